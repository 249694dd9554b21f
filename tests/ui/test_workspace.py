from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import Availability, Camera, CameraGroup, ServerInfo, SignInMethod
from rta_viewer.core.spans import Span
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog
from rta_viewer.ui.save_dialog.order import SaveOrder
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import FOOTAGE
from rta_viewer.ui.workspace import Services, Workspace
from tests.helpers.fake_engine import FakeEngines
from tests.helpers.ui_world import (
    HOUR_MS,
    MINUTE_MS,
    NOW_MS,
    RunningClock,
    availability,
    cameras,
    groups,
    job,
    picture,
)
from tests.ui.test_main_window import COPENHAGEN

LEFT = Qt.MouseButton.LeftButton


class Recorder:
    """Only what a window asks of a recorder."""

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        yield cameras()

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        return groups()

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        return availability(camera_id, window)


class Jobs:
    def __init__(self) -> None:
        self.all: list[Job] = []
        self.orders: list[SaveOrder] = []

    def jobs(self) -> Sequence[Job]:
        return tuple(self.all)

    def submit(self, order: SaveOrder) -> Job:
        self.orders.append(order)
        self.all.append(job(len(self.all) + 1, JobState.QUEUED, folder=order.folder))
        return self.all[-1]

    def cancel(self, job_id: str) -> None:
        raise AssertionError

    def retry(self, job_id: str) -> None:
        raise AssertionError


@pytest.fixture
def engines() -> FakeEngines:
    return FakeEngines()


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def workspace(
    qtbot: QtBot, window: MainWindow, engines: FakeEngines, jobs: Jobs, tmp_path: Path
) -> Iterator[Workspace]:
    services = Services(
        recorder=Recorder(),  # type: ignore[arg-type]  # only what a window asks
        server=ServerInfo("http://127.0.0.1:1", "Demo", "1.0", SignInMethod.BASIC),
        username="demo",
        engine_factory=engines,
        jobs=jobs,
        submit_job=jobs.submit,
        clock=RunningClock(),
        save_folder=tmp_path,
    )
    workspace = Workspace(window, services)
    workspace.start()
    qtbot.waitUntil(lambda: window.tree.status.text() == "12 cameras")
    yield workspace
    assert workspace.close()


def open_camera(qtbot: QtBot, window: MainWindow, camera_id: str) -> None:
    view = window.tree.view
    where = view.visualRect(window.tree.index_of(camera_id)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=where)
    QTest.mouseDClick(view.viewport(), LEFT, pos=where)


def play_from(qtbot: QtBot, workspace: Workspace, engines: FakeEngines, instant_ms: float) -> None:
    engines.made[-1].show(instant_ms)
    workspace.playback.seek(round(instant_ms))
    qtbot.waitUntil(lambda: workspace.playback.playhead_ms == instant_ms)


def test_a_double_click_opens_and_the_timeline_loads(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines
) -> None:
    open_camera(qtbot, window, "cam-00002")
    assert engines.made[0].camera_id == "cam-00002"
    assert engines.made[0].asked("seek") == [("seek", NOW_MS - MINUTE_MS, True)]
    assert window.grid.tiles[0].header.name.whole_text == "Car park north"
    band = window.book.band("cam-00002")
    qtbot.waitUntil(lambda: band.footage(Span(NOW_MS - 6 * HOUR_MS, NOW_MS)) > 0)
    assert window.activity_label.text() == "1 camera open"
    assert "demo at Demo" in window.server_label.text()


def test_a_click_in_the_timeline_seeks_the_engine(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines
) -> None:
    open_camera(qtbot, window, "cam-00002")
    canvas = window.timeline.canvas
    asked = NOW_MS - 3 * HOUR_MS
    QTest.mouseClick(canvas, LEFT, pos=canvas.band_point(asked))
    kind, instant, playing = engines.made[0].calls[-1]
    assert (kind, playing) == ("seek", True)
    assert abs(instant - asked) <= canvas.scale.ms_per_px  # type: ignore[operator]
    assert canvas.playhead_ms == instant


def test_the_keys_drive_the_engine(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines
) -> None:
    open_camera(qtbot, window, "cam-00002")
    play_from(qtbot, workspace, engines, NOW_MS - HOUR_MS)
    engine = engines.made[0]
    grid = window.grid
    here = NOW_MS - HOUR_MS
    for key, modifier, wanted in (
        (Qt.Key.Key_Space, None, ("pause",)),
        (Qt.Key.Key_K, None, ("play",)),
        (Qt.Key.Key_L, None, ("speed", 2.0)),
        (Qt.Key.Key_J, None, ("speed", 1.0)),
        (Qt.Key.Key_Comma, None, ("step", -1)),
        (Qt.Key.Key_Period, None, ("step", 1)),
        (Qt.Key.Key_Right, None, ("seek", here + 5000, False)),
        (Qt.Key.Key_Left, None, ("seek", here, False)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, ("seek", here + 60_000, False)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, ("seek", here, False)),
        (Qt.Key.Key_Home, None, ("seek", NOW_MS - 12 * HOUR_MS, False)),
        (Qt.Key.Key_End, None, ("seek", NOW_MS - MINUTE_MS, False)),
    ):
        QTest.keyClick(grid, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert engine.calls[-1] == wanted
        if wanted[0] == "seek":
            engine.position = float(wanted[1])
            workspace.playback._on_poll()


def test_previous_and_next_recording(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines
) -> None:
    open_camera(qtbot, window, "cam-00000")
    band = window.book.band("cam-00000")
    shown = window.timeline.canvas.scale.span
    qtbot.waitUntil(lambda: band.footage(shown) > 0)
    starts = [s.start_ms for s in band.segments(shown) if s.look in FOOTAGE]
    middle = starts[len(starts) // 2]
    play_from(qtbot, workspace, engines, middle + 5 * MINUTE_MS)
    window.findChild(QToolButton, "transport_next_recording").click()
    assert engines.made[0].calls[-1][1] == band.next_recording(middle)
    play_from(qtbot, workspace, engines, middle + 5 * MINUTE_MS)
    window.findChild(QToolButton, "transport_previous_recording").click()
    assert engines.made[0].calls[-1][1] == middle
    play_from(qtbot, workspace, engines, float(middle))
    window.findChild(QToolButton, "transport_previous_recording").click()
    assert engines.made[0].calls[-1][1] == band.previous_recording(middle)


def test_marking_and_saving_a_clip(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines, jobs: Jobs,
    tmp_path: Path,
) -> None:  # fmt: skip
    open_camera(qtbot, window, "cam-00002")
    play_from(qtbot, workspace, engines, NOW_MS - HOUR_MS)
    QTest.keyClick(window.grid, Qt.Key.Key_I)
    play_from(qtbot, workspace, engines, NOW_MS - HOUR_MS + 5 * MINUTE_MS)
    QTest.keyClick(window.grid, Qt.Key.Key_O)
    cut = Span(NOW_MS - HOUR_MS, NOW_MS - HOUR_MS + 5 * MINUTE_MS)
    assert window.timeline.canvas.cut.span == cut
    window.findChild(QPushButton, "save_clip_button").click()
    dialog = window.findChild(SaveDialog, "save_dialog")
    dialog.ok.click()
    qtbot.waitUntil(lambda: len(jobs.orders) == 1)
    order = jobs.orders[0]
    assert (order.request.span, order.request.camera_id) == (cut, "cam-00002")
    assert order.folder == tmp_path
    assert window.jobs_dock.isVisible()
    qtbot.waitUntil(lambda: window.jobs.model.rowCount() == 1)
    jobs.all[0] = job(1, JobState.DONE)
    qtbot.waitUntil(window.messages.isVisible)
    assert "was saved" in window.messages.text.text()


def test_saving_without_a_cut_says_what_to_do(
    qtbot: QtBot, workspace: Workspace, window: MainWindow
) -> None:
    open_camera(qtbot, window, "cam-00002")
    QTest.keyClick(window.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "Mark in (I)" in window.messages.text.text()


def test_a_snapshot_is_the_picture_that_was_shown(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, tmp_path: Path
) -> None:
    open_camera(qtbot, window, "cam-00002")
    tile = window.grid.tiles[0]
    tile.show_picture(picture())
    QTest.keyClick(window.grid, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    chooser = window.findChild(QFileDialog, "snapshot_chooser")
    target = tmp_path / "snap.png"
    chooser.fileSelected.emit(str(target))
    chooser.close()
    qtbot.waitUntil(lambda: "snap.png was saved" in window.messages.text.text())
    image = QImage(str(target))
    assert (image.width(), image.height()) == (640, 360)
    assert [image.pixelColor(x, 355).name() for x in (2, 12)] == ["#000000", "#ffffff"]


def test_a_wrong_time_in_the_box_is_told(workspace: Workspace, window: MainWindow) -> None:
    window.transport.go_to.edit.setText("the day after")
    window.findChild(QToolButton, "goto_button").click()
    assert window.messages.isVisible()
    assert "not a time" in window.messages.text.text()


def test_closing_stops_the_engines_and_empties_the_panels(
    qtbot: QtBot, workspace: Workspace, window: MainWindow, engines: FakeEngines
) -> None:
    open_camera(qtbot, window, "cam-00002")
    open_camera(qtbot, window, "cam-00003")
    assert workspace.close()
    assert all(engine.closed for engine in engines.made)
    assert window.tree.model.camera_count == 0
    assert window.server_label.text() == "Not signed in"
    assert window.grid.tiles[0].camera is None
