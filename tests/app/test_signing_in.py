"""Signing in through the real window: passwords that change, servers that change, and what is dropped."""

import errno
import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.saving import at_its_server
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.secret import Secret, secrets_alive
from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.platform.credentials import KeyringCredentials
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.vms.address import Origin
from tests.helpers.certificates import fingerprint, server_context
from tests.helpers.ring import Ring
from tests.helpers.secret_search import forms
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

pytestmark = pytest.mark.gui
LIMIT_MS = 60_000


class FailingRing(KeyringBackend):
    """A keyring that fails in one way."""

    priority = 1

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure = failure

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.failure

    def delete_password(self, service: str, username: str) -> None:
        raise self.failure


class Use:
    """Somebody at the window."""

    def __init__(self, program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program = program
        self.window = program.window
        self.qtbot = qtbot
        self.ring = Ring()
        monkeypatch.setattr(program.services, "credentials", self.ring)

    @property
    def dialog(self) -> SignInDialog:
        dialog = self.program.sign_in_dialog
        assert dialog is not None
        return dialog

    def sign_in(self, site: DemoSite, *, remember: bool = False, cameras: int = 14) -> None:
        self.program.ask_to_sign_in()
        self.fill(site.rest_url, "demo", remember=remember)
        self.dialog.ok.click()
        self.ends_well(cameras)

    def fill(self, server: str, password: str, *, remember: bool = False) -> None:
        self.dialog.fill_in(SignInRequest(server, "demo", Secret(password), remember=remember))

    def ends_well(self, cameras: int = 14) -> None:
        """Go on through what is worth knowing (the small world's clock is off)."""
        self.wait(lambda: self.program.sign_in_dialog is None or self.dialog.ok.text() == "Go on")
        if self.program.sign_in_dialog is not None:
            self.dialog.ok.click()
        self.wait(lambda: self.window.tree.status.text() == f"{cameras} cameras")

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LIMIT_MS)


@pytest.fixture
def use(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Use:
    return Use(program, qtbot, monkeypatch)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path / "server") as running:
        yield running


def test_a_saved_password_that_was_changed_is_asked_for_once_and_replaced(
    use: Use, site: DemoSite
) -> None:
    use.sign_in(site, remember=True)
    use.wait(lambda: use.ring.kept == {(site.rest_url, "demo"): "demo"})
    use.program.sign_out()
    site.world.set_password(Secret("another"))
    (server,) = use.program.signing_in.desk.servers()
    use.program.signing_in.switch_to(server.entry)
    use.wait(lambda: use.program.sign_in_dialog is not None and use.dialog.error.isVisible())
    assert use.dialog.error.summary.text().startswith("The saved password does not work any more.")
    assert use.dialog.password.text() == ""
    assert use.dialog.remember.isChecked()
    QTest.keyClicks(use.dialog.password, "another")
    QTest.keyClick(use.dialog.password, Qt.Key.Key_Return)
    use.ends_well()
    use.wait(lambda: use.ring.kept == {(site.rest_url, "demo"): "another"})


def test_a_keyring_that_waits_for_somebody_does_not_hold_up_the_sign_in(
    use: Use, site: DemoSite
) -> None:
    use.sign_in(site)
    use.program.sign_out()
    unlocked = threading.Event()
    use.ring.unlocked = unlocked
    try:
        use.program.ask_to_sign_in()
        QTest.keyClicks(use.dialog.password, "demo")
        use.dialog.ok.click()
        use.ends_well()
    finally:
        unlocked.set()


LOCKED = KeyringLocked("x")
FULL = OSError(errno.ENOSPC, "x")
DENIED = PermissionError(errno.EACCES, "x")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (LOCKED, "is locked"),
        (FULL, "is full"),
        (DENIED, "denies this program access"),
        (RuntimeError("x"), "refused or failed"),
        (None, "has no keyring"),
    ],
)
def test_a_keyring_that_does_not_work_is_said_and_the_session_goes_on(
    use: Use,
    site: DemoSite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception | None,
    words: str,
) -> None:
    typed = "hush-hush/1+2"
    site.world.set_password(Secret(typed))
    ring = FailingRing(failure) if failure is not None else None
    credentials = KeyringCredentials(lambda: ring)
    monkeypatch.setattr(use.program.services, "credentials", credentials)
    use.program.ask_to_sign_in()
    use.fill(site.rest_url, typed, remember=True)
    use.dialog.ok.click()
    use.ends_well()
    text = use.window.messages.text
    use.wait(lambda: words in text.text())
    # For this session it serves, and it is nowhere else.
    use.window.acts["reload_cameras"].trigger()
    use.wait(lambda: use.window.tree.status.text() == "14 cameras")
    use.window.close()
    for path in (tmp_path / "profile").rglob("*"):
        if path.is_file():
            assert not any(form in path.read_bytes() for form in forms(typed)), path
    credentials.close()


def test_nobody_holds_a_secret_after_signing_out(use: Use, tmp_path: Path) -> None:
    options = RestOptions(rate_limits=NO_LIMITS, accept=frozenset({"token"}))
    with running_site(tmp_path / "tokens", options=options) as site:
        typed = "nobody-holds-this"
        site.world.set_password(Secret(typed))
        use.program.ask_to_sign_in()
        use.fill(site.rest_url, typed)
        use.dialog.ok.click()
        use.ends_well()
        session = use.program.services.session
        assert session is not None
        token = session.recorder._session._sign_in.authorization(CancelToken()).split()[1]
        assert {typed, token} <= set(secrets_alive())
        del session
        use.program.sign_out()
        use.wait(lambda: use.program.services.closing.in_flight == 0)

        def gone() -> bool:
            gc.collect()
            return not {typed, token} & set(secrets_alive())

        site.world.set_password(Secret("another"))
        use.wait(gone)


def test_a_password_that_is_not_to_be_remembered_any_more_is_deleted(
    use: Use, site: DemoSite
) -> None:
    use.sign_in(site, remember=True)
    use.wait(lambda: use.ring.kept != {})
    use.program.ask_to_sign_in()
    use.wait(lambda: use.dialog.password.text() == "demo")
    use.dialog.remember.click()
    use.dialog.ok.click()
    use.wait(lambda: use.ring.kept == {})
    use.ends_well()


def test_a_password_that_changes_during_work_is_a_quiet_bar(use: Use, site: DemoSite) -> None:
    use.sign_in(site)
    site.world.set_password(Secret("another"))
    use.window.acts["reload_cameras"].trigger()
    again = use.window.messages.findChild(QToolButton, "message_sign_in")
    assert again is not None
    use.wait(again.isVisible)
    assert use.program.sign_in_dialog is None
    again.click()
    assert use.dialog.username.text() == "demo"
    assert use.dialog.server_edit.text() == site.rest_url
    QTest.keyClicks(use.dialog.password, "another")
    use.dialog.ok.click()
    use.ends_well()
    assert not use.window.messages.isVisible()


def test_servers_are_switched_without_starting_again(
    use: Use, site: DemoSite, tmp_path: Path
) -> None:
    with running_site(tmp_path / "other") as other:
        other.world.remove_camera(other.world.cameras[0].camera_id)
        use.sign_in(site, remember=True)
        use.program.ask_to_sign_in()
        use.fill(other.rest_url, "demo")
        use.dialog.ok.click()
        use.wait(lambda: use.dialog.ok.text() == "Go on")
        use.dialog.ok.click()
        use.wait(lambda: use.window.tree.status.text() == "13 cameras")
        use.window.switch_menu.aboutToShow.emit()
        first, second, *_ = use.window.switch_menu.actions()
        assert first.isChecked()
        assert not second.isChecked()
        second.trigger()
        use.wait(lambda: use.window.tree.status.text() == "14 cameras")
        session = use.program.services.session
        assert session is not None
        assert session.info.address == site.rest_url
        use.program.sign_out()


def test_signing_out_drops_tokens_and_pictures(use: Use, site: DemoSite) -> None:
    use.sign_in(site)
    session = use.program.services.session
    assert session is not None
    closed: list[bool] = []
    close = session.recorder.close
    session.recorder.close = lambda: closed.append(True) or close()  # type: ignore[method-assign, func-returns-value]
    forgotten: list[bool] = []
    cache = use.program.services.cache
    forget = cache.forget
    cache.forget = lambda: forgotten.append(True) or forget()  # type: ignore[method-assign, func-returns-value]
    use.program.sign_out()
    use.wait(lambda: closed == [True])
    assert forgotten == [True]
    assert use.window.tree.model.camera_count == 0
    assert use.window.status.server.text() == "Not signed in"


def test_a_server_that_is_not_verified_marks_the_window(use: Use, tmp_path: Path) -> None:
    services, folder = use.program.services, tmp_path / "tls"
    folder.mkdir()
    with running_site(folder, tls=server_context(folder)) as secure:
        entry = ServerEntry(secure.rest_url, "demo", verify_tls=False)
        services.change_settings(services.settings.with_server(entry))
        use.program.sign_in_with(SignInRequest(secure.rest_url, "demo", Secret("demo")))
        use.wait(lambda: use.window.tree.status.text() == "14 cameras")
        assert use.window.trust_strip.isVisible()
        assert "NOT VERIFIED" in use.window.windowTitle()
        use.program.sign_out()
        assert not use.window.trust_strip.isVisible()
        pinned = replace(services.settings.servers[0], pins=(fingerprint(folder),))
        services.change_settings(services.settings.with_server(pinned))
        use.program.sign_in_with(SignInRequest(secure.rest_url, "demo", Secret("demo")))
        use.wait(lambda: use.window.tree.status.text() == "14 cameras")
        assert not use.window.trust_strip.isVisible()
        assert use.window.status.server.text().endswith("pinned certificate")
        use.program.sign_out()


def test_plain_http_is_asked_about_once_per_server_before_anything_is_sent(
    use: Use, site: DemoSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Origin, "is_loopback", property(lambda _: False))
    monkeypatch.setenv("NO_PROXY", "*")
    use.program.ask_to_sign_in()
    use.fill(site.rest_url, "demo")
    use.dialog.ok.click()
    use.wait(lambda: use.dialog.ok.text() == "Send it all the same")
    assert site.log.count() == 1, "only the question who is there, without credentials"
    use.dialog.ok.click()
    use.ends_well()
    assert "not encrypted" in use.window.status.server.text()
    use.program.sign_out()
    use.program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo")))
    use.wait(lambda: use.window.tree.status.text() == "14 cameras")
    assert use.program.sign_in_dialog is None
    use.program.sign_out()


def test_the_cameras_of_several_servers_are_in_one_tree(
    use: Use, site: DemoSite, tmp_path: Path
) -> None:
    services, menu = use.program.services, use.window.also_menu
    with running_site(tmp_path / "other") as other:
        use.sign_in(site)
        entry = ServerEntry(other.rest_url, "demo", name="Other")
        settings = services.settings
        services.change_settings(replace(settings, servers=(*settings.servers, entry)))
        use.ring.kept = {(other.rest_url, "demo"): "demo"}

        def choose() -> None:
            menu.aboutToShow.emit()
            here, there = menu.actions()
            assert not here.isEnabled()
            there.trigger()

        choose()
        use.wait(lambda: use.window.tree.status.text() == "28 cameras")
        session = services.session
        assert session is not None
        camera = camera_named(other.world, "Main entrance")
        span = recorded_span(other.world, camera.camera_id, 10_000)
        shown_id = session.joined.id_at(session.others[0], camera.camera_id)
        assert use.window.tree.model.camera(shown_id) is not None
        site.log.clear()
        other.log.clear()
        found = session.joined.availability(shown_id, span, CancelToken())
        assert found.recorded_ms == span.duration_ms
        picture = session.still(shown_id, span.start_ms, span.end_ms, CancelToken())
        assert picture.instant_ms == pytest.approx(span.start_ms, abs=1)
        assert other.log.count(camera.camera_id, protocol="rtsp") > 0
        assert site.log.count() == 0
        job = at_its_server(clip_job(shown_id, span), session.joined)
        assert (job.server, job.camera_id) == (other.rest_url, camera.camera_id)
        use.sign_in(site, cameras=28)
        session = services.session
        assert session is not None
        assert len(session.others) == 1, "signing in again at the first server keeps the others"
        sign_in_again_at(other, use, session)
        choose()
        use.wait(lambda: use.window.tree.status.text() == "14 cameras")
        assert session.others == ()
        assert use.window.tree.model.camera(shown_id) is None
        use.program.sign_out()


def test_a_server_that_is_wanted_too_just_after_a_dialog_has_closed_joins(
    use: Use, site: DemoSite, tmp_path: Path
) -> None:
    with running_site(tmp_path / "other") as other:
        use.sign_in(site)
        use.ring.kept = {(other.rest_url, "demo"): "demo"}
        use.program.ask_to_sign_in()
        use.dialog.done(0)
        use.program.signing_in.join(ServerEntry(other.rest_url, "demo", name="Other"))
        use.wait(lambda: use.window.tree.status.text() == "28 cameras")
        use.program.sign_out()


class SlowServer:
    """Takes its time to let somebody in: until :meth:`answer`."""

    def __init__(self, use: Use, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[Session] = []
        self._use = use
        self._asked, self._answers = threading.Event(), threading.Event()
        desk = use.program.signing_in.desk
        connect = desk.connect

        def slowly(request: SignInRequest, cancel: CancelToken, *more: Any) -> Session:
            session = connect(request, CancelToken(), *more)
            if request.server == address:
                self.made.append(session)
                self._asked.set()
                self._answers.wait(60)
            return session

        monkeypatch.setattr(desk, "connect", slowly)

    def is_asked(self) -> None:
        self._use.wait(self._asked.is_set)

    def answer(self) -> None:
        """And what came of it has been told."""
        self._answers.set()
        lane = self._use.program.services.sign_ins
        self._use.wait(lambda: lane.in_flight == 0)

    @property
    def is_left(self) -> bool:
        """The session that nobody wants was ended."""
        recorder: Any = self.made[0].recorder
        return bool(recorder._closed)


def test_of_two_servers_the_one_wanted_last_is_gone_to(
    use: Use, site: DemoSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(tmp_path / "slow") as other:
        slow = SlowServer(use, other.rest_url, monkeypatch)
        use.ring.kept = {(one.rest_url, "demo"): "demo" for one in (site, other)}
        use.program.signing_in.switch_to(ServerEntry(other.rest_url, "demo"))
        slow.is_asked()
        use.program.signing_in.switch_to(ServerEntry(site.rest_url, "demo"))
        use.wait(lambda: use.window.tree.status.text() == "14 cameras")
        slow.answer()
        session = use.program.services.session
        assert session is not None
        assert session.key[0] == site.rest_url
        use.wait(lambda: slow.is_left)
        use.program.sign_out()


def test_who_signs_out_is_not_signed_in_by_what_was_under_way(
    use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(tmp_path / "slow") as other:
        slow = SlowServer(use, other.rest_url, monkeypatch)
        use.ring.kept = {(other.rest_url, "demo"): "demo"}
        use.program.signing_in.switch_to(ServerEntry(other.rest_url, "demo"))
        slow.is_asked()
        use.program.sign_out()
        slow.answer()
        assert use.program.services.session is None
        use.wait(lambda: slow.is_left)


def test_a_server_that_is_to_join_does_so_whatever_is_asked_meanwhile(
    use: Use, site: DemoSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(tmp_path / "slow") as other:
        use.sign_in(site)
        slow = SlowServer(use, other.rest_url, monkeypatch)
        use.ring.kept = {(other.rest_url, "demo"): "demo"}
        use.program.signing_in.join(ServerEntry(other.rest_url, "demo"))
        slow.is_asked()
        use.program.ask_to_sign_in()
        use.dialog.done(0)
        slow.answer()
        use.wait(lambda: use.window.tree.status.text() == "28 cameras")
        session = use.program.services.session
        assert session is not None
        assert session.key[0] == site.rest_url
        use.program.sign_out()


def sign_in_again_at(other: DemoSite, use: Use, session: Session) -> None:
    """The joined server's password changes; the window asks for that one."""
    other.world.set_password(Secret("another"))
    use.window.acts["reload_cameras"].trigger()
    again = use.window.messages.findChild(QToolButton, "message_sign_in")
    assert again is not None
    use.wait(again.isVisible)
    again.click()
    assert use.dialog.server_edit.text() == other.rest_url
    use.wait(lambda: use.dialog.password.text() == "demo")
    use.dialog.password.setText("another")
    before = session.others
    use.dialog.ok.click()
    use.wait(lambda: use.program.sign_in_dialog is None and session.others != before)
    use.wait(lambda: use.window.tree.status.text() == "28 cameras")
    assert len(session.others) == 1


def clip_job(camera_id: str, span: Span) -> Job:
    return Job(
        job_id="1",
        kind=JobKind.CLIP,
        server="https://first",
        username="demo",
        camera_id=camera_id,
        camera_name="Main entrance",
        span=span,
        folder=Path("clips"),
        file_name="clip.mp4",
    )
