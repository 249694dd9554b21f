"""Servers that shared the window come back at the next start, without anybody having to wait for them."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import JobState
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import ServerEntry
from rta_viewer.demo.site import DemoSite
from rta_viewer.ui.camera_tree.waiting import WaitingServers
from rta_viewer.ui.sign_in.request import SignInRequest
from tests.app.conftest import Make
from tests.helpers.ring import Ring
from tests.helpers.site import running_site
from tests.helpers.ui_world import job
from tests.helpers.worlds import camera_named

pytestmark = pytest.mark.gui
LIMIT_MS = 60_000


class Starts:
    """The program, started again and again on one profile."""

    def __init__(self, make: Make, qtbot: QtBot) -> None:
        self._make = make
        self.qtbot = qtbot
        self.ring = Ring()
        self.program = self.start()

    def start(self) -> Program:
        services = self._make()
        services.credentials.close()
        services.credentials = self.ring  # type: ignore[assignment]
        self.program = Program(services)
        self.qtbot.addWidget(self.program.window)
        self.program.start()
        return self.program

    def end(self) -> None:
        self.program.close()
        self.program.window.close()

    def sign_in(self, site: DemoSite, cameras: int) -> None:
        self.program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo")))
        self.has(cameras)

    def has(self, cameras: int) -> None:
        status = self.program.window.tree.status
        self.wait(lambda: status.text() == f"{cameras} cameras")

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LIMIT_MS)

    @property
    def waiting(self) -> WaitingServers:
        return self.program.window.tree.waiting

    def says(self, words: str) -> bool:
        labels = self.waiting.findChildren(QLabel, "waiting_text")
        return any(words in label.text() for label in labels)

    def press(self, name: str) -> None:
        buttons = [*self.waiting.findChildren(QPushButton), *self.waiting.findChildren(QToolButton)]
        next(one for one in buttons if one.objectName() == name).click()


@pytest.fixture
def starts(make: Make, qtbot: QtBot) -> Iterator[Starts]:
    made = Starts(make, qtbot)
    yield made
    made.end()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path / "first") as running:
        yield running


@pytest.fixture
def second(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path / "second") as running:
        yield running


def join(starts: Starts, first: DemoSite, second: DemoSite) -> str:
    """Both in one window, a camera of each in a tile; the joined one's identifier."""
    program = starts.program
    starts.sign_in(first, 14)
    services = program.services
    entry = ServerEntry(second.rest_url, "demo", name="Second")
    services.change_settings(services.settings.with_server(entry))
    starts.ring.kept = {(second.rest_url, "demo"): "demo"}
    program.signing_in.join(entry)
    starts.has(28)
    session = services.session
    assert session is not None
    camera = camera_named(second.world, "Main entrance")
    shown = session.joined.id_at(session.others[0], camera.camera_id)
    program.open_cameras([camera_named(first.world, "Main entrance").camera_id, shown])
    starts.wait(lambda: len(program.playback.open_cameras) == 2)
    program.window.grid.activate(program.window.grid.tiles[0])
    return shown


def test_the_timeline_shows_what_was_saved_from_a_joined_server(
    starts: Starts, first: DemoSite, second: DemoSite, tmp_path: Path
) -> None:
    shown = join(starts, first, second)
    program = starts.program
    program.services.jobs.add(
        job(
            1,
            JobState.DONE,
            server=second.rest_url,
            camera_id=camera_named(second.world, "Main entrance").camera_id,
            folder=tmp_path,
        )
    )
    saved = program.window.timeline.canvas._scene
    starts.wait(lambda: shown in saved.saved)
    program.part_with(second.rest_url)
    starts.wait(lambda: not saved.saved)


def begin_again(starts: Starts) -> Program:
    starts.end()
    return starts.start()


def test_they_sign_in_again_by_themselves_and_their_cameras_are_where_they_were(
    starts: Starts, first: DemoSite, second: DemoSite
) -> None:
    shown = join(starts, first, second)
    program = begin_again(starts)
    # The answer of the second one is late: nobody waits for it.
    starts.ring.unlocked = threading.Event()
    try:
        starts.sign_in(first, 14)
        grid = program.window.grid
        starts.wait(lambda: [tile.camera is not None for tile in grid.tiles][:2] == [True, False])
        assert starts.says("Signing in")
        grid.activate(grid.tiles[0])
    finally:
        starts.ring.unlocked.set()
    starts.has(28)
    starts.wait(lambda: grid.tiles[1].camera_id == shown)
    assert grid.active is grid.tiles[0]
    assert not starts.waiting.isVisible()
    assert program.sign_in_dialog is None
    assert program.services.settings.servers[0].address == first.rest_url


def test_without_a_saved_password_there_is_an_entry_that_leads_to_signing_in(
    starts: Starts, first: DemoSite, second: DemoSite
) -> None:
    shown = join(starts, first, second)
    starts.ring.kept = {}
    program = begin_again(starts)
    starts.sign_in(first, 14)
    starts.wait(lambda: starts.says("Not signed in"))
    assert starts.waiting.isVisible()
    assert program.sign_in_dialog is None
    starts.press("waiting_sign_in")
    dialog = program.sign_in_dialog
    assert dialog is not None
    assert dialog.server_edit.text() == second.rest_url
    dialog.password.setText("demo")
    dialog.ok.click()
    starts.wait(lambda: program.sign_in_dialog is None or dialog.ok.text() == "Go on")
    starts.has(28)
    assert not starts.waiting.isVisible()
    starts.wait(lambda: program.window.grid.tiles[1].camera_id == shown)


def test_a_refused_password_is_tried_once_and_said(
    starts: Starts, first: DemoSite, second: DemoSite
) -> None:
    join(starts, first, second)
    begin_again(starts)
    second.world.set_password(Secret("another"))
    second.log.clear()
    starts.sign_in(first, 14)
    starts.wait(lambda: starts.says("does not work any more"))
    tried = second.log.count()
    starts.program.sign_out()
    assert not starts.waiting.isVisible()
    starts.sign_in(first, 14)
    starts.wait(lambda: starts.says("does not work any more"))
    assert second.log.count() == tried
    starts.press("waiting_give_up")
    assert not starts.waiting.isVisible()
    begin_again(starts)
    starts.sign_in(first, 14)
    assert starts.waiting.servers == ()


def test_who_is_gone_or_was_sent_away_does_not_come_back(
    starts: Starts, first: DemoSite, tmp_path: Path
) -> None:
    with running_site(tmp_path / "second") as second:
        join(starts, first, second)
    begin_again(starts)
    starts.sign_in(first, 14)
    # Nobody is there: it is said, and the rest works.
    starts.wait(lambda: bool(starts.waiting.servers) and not starts.waiting.servers[0].busy)
    assert starts.waiting.isVisible()
    entry = starts.program.signing_in.desk.entry_of(second.rest_url, "demo")
    assert entry is not None
    starts.program.signing_in.desk.forget(entry)
    starts.program.signing_in.forgotten.emit(entry)
    assert not starts.waiting.isVisible()
    begin_again(starts)
    starts.sign_in(first, 14)
    assert starts.waiting.servers == ()


def test_a_server_that_the_administrator_has_set_since_comes_back_too(
    starts: Starts, first: DemoSite, second: DemoSite, tmp_path: Path
) -> None:
    join(starts, first, second)
    bare = second.rest_url.removeprefix("http://")
    document = {"servers": [{"address": bare}]}
    (tmp_path / "site.json").write_text(json.dumps(document), encoding="utf-8")
    starts.ring.kept = {(bare, "demo"): "demo"}
    begin_again(starts)
    starts.sign_in(first, 28)


def test_signing_out_while_one_is_on_its_way_leaves_nobody_behind(
    starts: Starts, first: DemoSite, second: DemoSite
) -> None:
    join(starts, first, second)
    program = begin_again(starts)
    starts.ring.unlocked = threading.Event()
    starts.sign_in(first, 14)
    program.sign_out()
    second.log.clear()
    starts.ring.unlocked.set()
    starts.wait(lambda: program.services.rejoins.in_flight == 0)
    assert second.log.count() == 0
    assert program.services.session is None
    assert program.window.tree.model.camera_count == 0
