"""Saved files in the real program without a server; what is shown is read out of the pictures."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.core.model import Camera
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.demo import timecode
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.tiles.tile import Tile
from rta_viewer.ui.tiles.zoom import Zoom
from rta_viewer.ui.timeline.thumbnail import Shown
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant
from tests.helpers.saved_clips import flip_last_bit, save_clip
from tests.helpers.site import running_site

pytestmark = pytest.mark.gui

LIMIT_MS = 60_000
PICTURE_MS = 40
DOOR = VideoKind(seconds=20, width=320, height=192)
YARD = replace(DOOR, first_ms=FIRST_MS + 5_000, camera_number=9)
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files of two cameras."""
    folder = tmp_path_factory.mktemp("clips")
    save_clip(folder / "door.mp4", DOOR, "Door")
    save_clip(folder / "yard.mkv", YARD, "Yard")
    return folder


def _name(camera: Camera | None) -> str:
    return camera.name.removesuffix(" (file)") if camera is not None else ""


class Use:
    """Somebody at the window."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.window = program.window
        self.qtbot = qtbot

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LIMIT_MS)

    def open(self, *paths: Path) -> None:
        count = len(self.program.files.controller.cameras)
        self.program.files.open(paths)
        self.wait(lambda: len(self.program.files.controller.cameras) > count)

    def tile(self, name: str) -> Tile:
        return next(
            tile
            for tile in self.window.grid.tiles
            if tile.camera and tile.camera.name.removesuffix(" (file)") == name
        )

    def shown(self, name: str) -> int | None:
        open_names = [
            camera.name.removesuffix(" (file)") for camera in self.program.playback.open_cameras
        ]
        picture = self.tile(name).surface.picture if name in open_names else None
        return shown_instant(picture) if picture is not None else None

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.grid, key)

    def state(self, name: str) -> PlaybackState:
        return self.tile(name).status.state

    def notes(self, name: str) -> str:
        return self.tile(name).camera.notes[0]  # type: ignore[union-attr]


@pytest.fixture
def use(program: Program, qtbot: QtBot) -> Use:
    program.window.resize(1400, 800)
    return Use(program, qtbot)


def test_two_files_play_at_their_own_time_and_in_step(use: Use, clips: Path) -> None:
    use.open(clips)
    use.wait(lambda: use.shown("Door") and use.shown("Yard"))
    # Where both have footage.
    assert (use.shown("Yard") or 0) >= YARD.first_ms
    use.wait(lambda: all(use.state(name) is PlaybackState.PLAYING for name in ("Door", "Yard")))
    use.wait(lambda: abs((use.shown("Door") or 0) - (use.shown("Yard") or 9e9)) <= 2 * PICTURE_MS)
    use.key(Qt.Key.Key_Space)
    use.wait(lambda: use.state("Door") is PlaybackState.PAUSED)
    canvas = use.window.timeline.canvas
    at = canvas.band_point(FIRST_MS + 12_000)
    asked_ms = canvas.instant_at(at.x())
    QTest.mouseClick(canvas, LEFT, PLAIN, at)
    wanted = asked_ms // PICTURE_MS * PICTURE_MS
    use.wait(lambda: use.shown("Door") == use.shown("Yard") == wanted)
    assert use.tile("Door").instant_ms == pytest.approx(wanted, abs=1)
    assert use.window.book.band(use.tile("Yard").camera_id).footage(
        Span(FIRST_MS, FIRST_MS + 60_000)
    ) == pytest.approx(20_000, abs=50)


def test_step_speed_and_backwards(use: Use, clips: Path) -> None:
    use.open(clips / "door.mp4")
    use.wait(lambda: use.shown("Door"))
    use.key(Qt.Key.Key_Space)
    use.wait(lambda: use.state("Door") is PlaybackState.PAUSED)
    use.program.playback.seek(FIRST_MS + 4_000)
    use.wait(lambda: use.shown("Door") == FIRST_MS + 4_000)
    for key, by in ((Qt.Key.Key_Comma, -1), (Qt.Key.Key_Period, 1), (Qt.Key.Key_Period, 2)):
        before = use.shown("Door") or 0
        for _ in range(abs(by)):
            use.key(key)
        use.wait(lambda: use.shown("Door") == before + by * PICTURE_MS)  # noqa: B023 - awaited here
    use.key(Qt.Key.Key_Home)
    use.wait(lambda: use.shown("Door") == FIRST_MS)
    use.program.playback.set_speed(4)
    use.key(Qt.Key.Key_Space)
    use.wait(lambda: (use.shown("Door") or 0) > FIRST_MS + 8_000)
    use.program.playback.set_speed(-4)
    use.wait(lambda: (use.shown("Door") or FIRST_MS + 9_000) < FIRST_MS + 6_000)
    use.wait(lambda: use.state("Door") is PlaybackState.ENDED)
    assert use.shown("Door") == FIRST_MS


def test_snapshot_and_zoom(use: Use, clips: Path, tmp_path: Path) -> None:
    use.program.services.remember_folder(tmp_path / "pictures")
    use.open(clips / "yard.mkv")
    use.wait(lambda: use.shown("Yard"))
    use.key(Qt.Key.Key_Space)
    use.program.playback.seek(YARD.first_ms + 3_000)
    use.wait(lambda: use.shown("Yard") == YARD.first_ms + 3_000)
    use.tile("Yard").surface.set_zoom(
        Zoom().zoomed(4.0, QPointF(5, 5), use.tile("Yard").surface.picture_rect())
    )
    assert use.tile("Yard").surface.copied().width() < 320
    use.window.acts["snapshot"].trigger()
    use.wait(lambda: "Saved" in use.window.messages.text.text())
    (saved,) = (tmp_path / "pictures").glob("Yard (file) 2025-10-24 *08.000*.png")
    with av.open(str(saved)) as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="gray")
    code = timecode.read(np.ascontiguousarray(pixels))
    assert code is not None
    assert (code.instant_ms, code.camera_number) == (YARD.first_ms + 3_000, 9)


def test_a_picture_that_goes_to_a_dead_share_keeps_no_job_waiting(
    use: Use, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive, done = threading.Event(), threading.Event()
    monkeypatch.setattr("rta_viewer.app.program.save_snapshot", lambda *_: alive.wait(10))
    use.open(clips / "yard.mkv")
    use.wait(lambda: use.shown("Yard"))
    use.window.acts["snapshot"].trigger()
    services = use.program.services
    services.chores.submit(lambda _: done.set(), use.window, print, print)
    use.wait(done.is_set)
    alive.set()
    use.wait(lambda: "Saved" in use.window.messages.text.text())


def test_what_cannot_be_relied_on_is_said_and_never_green(
    use: Use, clips: Path, tmp_path: Path
) -> None:
    for name in ("door.mp4", "door.mp4.receipt.json"):
        (tmp_path / name).write_bytes((clips / name).read_bytes())
    flip_last_bit(tmp_path / "door.mp4")
    use.open(tmp_path / "door.mp4")
    use.wait(lambda: "SHA-256" in use.window.messages.text.text())
    assert use.tile("Door").header.note.property("level") == "danger"
    assert "not to be relied on" in use.notes("Door")
    use.open(clips / "yard.mkv")
    use.wait(lambda: use.notes("Yard") == "unchanged, time from its receipt")


def test_what_cannot_be_opened_is_said(use: Use, tmp_path: Path) -> None:
    (tmp_path / "page.mp4").write_text("<html>busy</html>", encoding="utf-8")
    use.program.files.open([tmp_path / "page.mp4", tmp_path / "gone.mp4"])
    use.wait(use.window.messages.isVisible)
    assert "There is no file" in use.window.messages.text.text()
    use.window.messages._show.click()
    assert "page.mp4 is not a video" in use.window.messages._details
    assert use.window.grid.active.camera is None


def test_files_stay_through_signing_in_and_out(use: Use, clips: Path, tmp_path: Path) -> None:
    use.open(clips / "door.mp4")
    use.wait(lambda: use.shown("Door"))
    tree = use.window.tree
    with running_site(tmp_path / "server") as site:
        use.program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo")))
        use.wait(lambda: tree.status.text() == "14 cameras")
        assert tree.model.index(0, 0).data() == "Saved files (1)"
        use.program.sign_out()
    assert tree.model.index(0, 0).data() == "Saved files (1)"
    assert use.shown("Door")
    whole = Span(FIRST_MS, FIRST_MS + 20_000)
    assert use.window.book.band(use.tile("Door").camera_id).footage(whole) == 20_000


def test_closing_removes_them(use: Use, clips: Path) -> None:
    use.open(clips)
    use.wait(lambda: use.shown("Door"))
    use.window.tree.files_closed.emit([use.tile("Yard").camera_id])
    assert [camera.name for camera in use.program.playback.open_cameras] == ["Door (file)"]
    use.window.acts["close_files"].trigger()
    assert use.program.playback.open_cameras == ()
    assert use.window.tree.model.rowCount() == 0


def test_more_files_than_tiles_wait_in_the_list(
    use: Use, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.mp4").write_bytes((clips / "door.mp4").read_bytes())
    monkeypatch.setattr(use.window.grid, "make_room", lambda _more: use.window.grid.set_layout(2))
    use.program.files.open([tmp_path])
    assert use.window.status.activity.text().startswith("Opening saved files")
    use.wait(lambda: len(use.program.playback.open_cameras) == 2)
    assert use.window.status.activity.text() == ""
    assert use.window.messages.text.text().startswith("Not enough tiles for 1 of them.")


def test_undo_brings_a_tile_back_but_no_file_that_was_closed(use: Use, clips: Path) -> None:
    use.open(clips / "door.mp4")
    use.wait(lambda: use.notes("Door").startswith("unchanged"))
    use.program.history._on_settled()
    use.program.playback.close_tile(use.tile("Door"))
    use.window.acts["undo"].trigger()
    use.wait(lambda: use.shown("Door"))
    assert use.notes("Door").startswith("unchanged")
    use.window.acts["close_files"].trigger()
    use.window.acts["undo"].trigger()
    assert use.program.playback.open_cameras == ()


def test_a_double_click_in_the_tree_shows_a_file_that_was_put_away(use: Use, clips: Path) -> None:
    use.open(clips / "yard.mkv")
    use.wait(lambda: use.shown("Yard"))
    use.program.playback.close_tile(use.tile("Yard"))
    view = use.window.tree.view
    index = use.window.tree.model.index(0, 0, use.window.tree.model.index(0, 0))
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, view.visualRect(index).center())
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, view.visualRect(index).center())
    use.wait(lambda: use.shown("Yard"))


def drop_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_onto(widget: QWidget, data: QMimeData) -> bool:
    """Hold it over a widget; False when nobody there wants it."""
    at, action = widget.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, action, data, LEFT, PLAIN)
    enter.setAccepted(False)
    QApplication.sendEvent(widget, enter)
    return enter.isAccepted()


def drop_on(widget: QWidget, data: QMimeData) -> None:
    """Let go."""
    action = Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), action, data, LEFT, PLAIN))


def test_files_are_dropped_onto_a_tile(use: Use, clips: Path) -> None:
    data = drop_of(clips / "door.mp4")
    data.setUrls([*data.urls(), QUrl("https://example.org/x.mp4")])
    assert drag_onto(use.window.grid.active, data)
    assert use.window.status.activity.text() == "Let go to open the files"
    drop_on(use.window, data)
    use.wait(lambda: use.shown("Door"))
    assert use.window.status.activity.text() == ""


def test_the_sign_in_dialog_does_not_stand_in_the_way(use: Use, clips: Path) -> None:
    use.program.ask_to_sign_in()
    dialog = use.program.signing_in.dialog
    assert dialog is not None
    drag_onto(dialog, drop_of(clips / "door.mp4"))
    drop_on(dialog, drop_of(clips / "door.mp4"))
    assert use.program.signing_in.dialog is None
    use.wait(lambda: use.shown("Door"))
    use.program.ask_to_sign_in()
    dialog = use.program.signing_in.dialog
    assert dialog is not None
    dialog.files.click()
    assert use.program.signing_in.dialog is None
    chooser = use.window.findChild(QFileDialog, "open_files_dialog")
    assert chooser is not None
    chooser.filesSelected.emit([str(clips / "yard.mkv")])
    chooser.reject()
    use.wait(lambda: use.shown("Yard"))


def test_the_dialog_opens_files(use: Use, clips: Path) -> None:
    QTest.keyClick(use.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = use.window.findChild(QFileDialog, "open_files_dialog")
    assert dialog is not None
    dialog.filesSelected.emit([str(clips / "door.mp4")])
    dialog.reject()
    use.wait(lambda: use.shown("Door"))
    use.window.acts["save_clip"].trigger()
    assert "saved file already" in use.window.messages.text.text()


def test_the_dialog_begins_at_home_until_the_last_folder_answers(
    use: Use, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, there = threading.Event(), os.path.lexists
    monkeypatch.setattr(
        os.path, "lexists", lambda path: there(path) and (path != str(clips) or answers.wait(10))
    )
    use.program.services.remember_folder(clips, {})
    use.window.acts["open_files"].trigger()
    dialog = use.window.findChild(QFileDialog, "open_files_dialog")
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == Path.home()
    answers.set()
    use.wait(lambda: Path(dialog.directory().absolutePath()) == clips)
    dialog.reject()


def test_a_last_folder_that_answers_late_does_not_take_the_operator_away(
    use: Use, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, there = threading.Event(), os.path.lexists
    monkeypatch.setattr(
        os.path, "lexists", lambda path: there(path) and (path != str(clips) or answers.wait(10))
    )
    services = use.program.services
    services.remember_folder(clips, {})
    use.window.acts["open_files"].trigger()
    dialog = use.window.findChild(QFileDialog, "open_files_dialog")
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    answers.set()
    use.wait(lambda: services.drives.in_flight == 0)
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.reject()


def test_a_time_from_the_name_is_the_one_in_the_picture(use: Use, tmp_path: Path) -> None:
    name = "20251024T100000Z"
    use.open(save_clip(tmp_path / f"{name}.mp4", DOOR, "", receipt=False))
    use.wait(lambda: use.shown(name))
    assert use.notes(name) == "time from its name"
    use.key(Qt.Key.Key_Space)
    use.wait(lambda: use.state(name) is PlaybackState.PAUSED)
    use.wait(lambda: use.tile(name).instant_ms == pytest.approx(use.shown(name), abs=1))


def test_a_finished_job_plays_here(use: Use, clips: Path) -> None:
    use.window.jobs.file_open_requested.emit(clips / "door.mp4")
    use.wait(lambda: use.shown("Door"))


def test_a_thumbnail_comes_from_the_file(use: Use, clips: Path) -> None:
    use.open(clips / "door.mp4")
    use.wait(lambda: use.shown("Door"))
    canvas = use.window.timeline.canvas
    shown: list[Shown | None] = []
    use.program.thumbnails.controller.thumbnail_changed.connect(shown.append)
    QTest.mouseMove(canvas, canvas.band_point(FIRST_MS + 9_000))
    use.wait(lambda: shown and shown[-1] is not None and shown[-1].picture is not None)
    picture = shown[-1].picture  # type: ignore[union-attr]
    assert picture is not None
    assert FIRST_MS + 7_000 <= (picture.instant_ms or 0) <= FIRST_MS + 9_000
