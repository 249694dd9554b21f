"""Pointing at the timeline with a real server: thumbnails, the calendar, and whose clock it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.secret import Secret
from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.platform.settings import TimeZoneMode
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.scene import Hovered
from rta_viewer.ui.timeline.segments import answer_of
from rta_viewer.ui.transport.zone_dialog import ZoneDialog
from rta_viewer.ui.transport.zone_switch import ZoneMode
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

pytestmark = pytest.mark.gui
LIMIT_MS = 60_000
PLACES = 6
PICTURE_MS = 40
"""The camera takes 25 pictures a second."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path / "server") as running:
        yield running


@pytest.fixture
def signed_in(program: Program, site: DemoSite, qtbot: QtBot) -> Program:
    program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo"), accept_plain=True))
    qtbot.waitUntil(lambda: program.window.tree.model.camera_count > 0, timeout=LIMIT_MS)
    return program


def point(canvas: TimelineCanvas, camera_id: str, instant_ms: int) -> None:
    canvas._scene.hover_x = 400
    canvas.hovered.emit(Hovered(camera_id, instant_ms, 100.0))


def test_pictures_come_over_one_connection_and_are_gone_after_signing_out(
    signed_in: Program, site: DemoSite, qtbot: QtBot
) -> None:
    camera_id = camera_named(site.world, "Main entrance").camera_id
    span = recorded_span(site.world, camera_id, 60_000, back_ms=600_000)
    canvas = signed_in.window.timeline.canvas
    recorder = signed_in.services.session.recorder  # type: ignore[union-attr]
    grants: list[int] = []
    playback = recorder.playback
    recorder.playback = lambda *args, **more: grants.append(1) or playback(*args, **more)  # type: ignore[method-assign, func-returns-value]
    known = signed_in._fetch_availability(camera_id, span, CancelToken())
    signed_in.availability.availability_loaded.emit(answer_of(known))
    for number in range(PLACES):
        asked_ms = span.start_ms + 5_000 + number * 8_000

        def shown(asked_ms: int = asked_ms) -> bool:
            picture = canvas.thumbnail.picture
            return picture is not None and 0 <= asked_ms - (picture.instant_ms or 0) <= 2_000

        point(canvas, camera_id, asked_ms)
        qtbot.waitUntil(shown, timeout=LIMIT_MS)
        assert canvas.thumbnail.isVisible()
    assert len(grants) == 1
    folder = signed_in.services.context.paths.cache_dir / "thumbnails"
    assert len(list(folder.iterdir())) == PLACES
    signed_in.sign_out()
    qtbot.waitUntil(lambda: not list(folder.iterdir()), timeout=LIMIT_MS)
    assert not canvas.thumbnail.isVisible()


def test_the_very_picture_for_the_ends_of_a_cut(
    signed_in: Program, site: DemoSite, qtbot: QtBot
) -> None:
    camera_id = camera_named(site.world, "Main entrance").camera_id
    span = recorded_span(site.world, camera_id, 20_000, back_ms=600_000)
    got: list[Picture | None] = []
    signed_in.thumbnails.exact(camera_id, span.start_ms + 5_437, got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=LIMIT_MS)
    assert got[0] is not None
    assert got[0].instant_ms == span.start_ms + 5_437 // PICTURE_MS * PICTURE_MS


def test_the_servers_clock_and_what_a_person_says_of_it(
    signed_in: Program, site: DemoSite, qtbot: QtBot
) -> None:
    switch, services = signed_in.window.transport.zone, signed_in.services
    switch.findChild(QToolButton, "zone_server").click()
    assert str(switch.zone) == "Asia/Dubai"
    assert services.settings.time_zone is TimeZoneMode.SERVER
    signed_in.window.acts["server_zone"].trigger()
    dialog = signed_in.window.findChild(ZoneDialog)
    assert dialog.names.currentText() == "Asia/Dubai"
    dialog.names.setEditText("America/New_York")
    dialog.ok.click()
    assert str(switch.zone) == "America/New_York"
    (entry,) = services.settings.servers
    assert entry.time_zone == "America/New_York"
    signed_in.sign_out()
    assert str(switch.zone) != "America/New_York"
    switch.set_mode(ZoneMode.UTC)


def test_a_server_that_does_not_say_what_was_recorded_says_so_and_plays(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    lacking = RestOptions(lacking=frozenset({"timeline"}))
    with running_site(tmp_path / "server", options=lacking) as site:
        request = SignInRequest(site.rest_url, "demo", Secret("demo"), accept_plain=True)
        program.sign_in_with(request)
        window = program.window
        qtbot.waitUntil(lambda: window.tree.model.camera_count > 0, timeout=LIMIT_MS)
        camera_id = camera_named(site.world, "Main entrance").camera_id
        span = recorded_span(site.world, camera_id, 60_000, back_ms=600_000)
        program.open_camera(camera_id, span.start_ms + 10_000)
        window.timeline.canvas.show_window(span)
        tile, text = window.grid.active, window.messages.text
        qtbot.waitUntil(lambda: "does not say what was recorded" in text.text(), timeout=LIMIT_MS)
        qtbot.waitUntil(lambda: tile.surface.picture is not None, timeout=LIMIT_MS)
        program.playback.pause()
        band = window.book.band(camera_id)
        qtbot.waitUntil(lambda: band.at(span.start_ms + 5_000) is not None, timeout=LIMIT_MS)
        point(window.timeline.canvas, camera_id, span.start_ms + 5_000)
        thumbnail = window.timeline.canvas.thumbnail
        qtbot.waitUntil(lambda: thumbnail.picture is not None, timeout=LIMIT_MS)
        program.calendar.open()
        about = window.transport.calendar.about_month
        qtbot.waitUntil(lambda: "does not say" in about.text(), timeout=LIMIT_MS)
        window.transport.calendar.hide()
        window.acts["next_recording"].trigger()
        qtbot.waitUntil(lambda: "go there by date and time" in text.text(), timeout=LIMIT_MS)
        program.sign_out()
