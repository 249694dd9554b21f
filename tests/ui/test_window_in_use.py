"""The panels and controllers as the program wires them, with a fake engine and a fake recorder."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app.event_jumps import EventJumps
from rta_viewer.app.wiring import Wiring
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    CameraState,
    Recording,
    RecordingEvent,
)
from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import EARLIEST_MS, LATEST_MS
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.availability import AvailabilityController
from rta_viewer.ui.controllers.event_search import EventSearch
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.controllers.recording_search import RecordingSearch
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import Band
from rta_viewer.ui.timeline.segments import FOOTAGE, answer_of
from tests.helpers.fake_engine import FakeEngines
from tests.helpers.ui_world import (
    HOUR_MS,
    MINUTE_MS,
    NOW_MS,
    RunningClock,
    availability,
    cameras,
    groups,
    picture,
    unknown,
)
from tests.ui.test_main_window import COPENHAGEN

LEFT = Qt.MouseButton.LeftButton


def fetch(camera_id: str, window: Span, cancel: CancelToken) -> Availability:
    return availability(camera_id, window)


class Use:
    """A window with cameras in its tree, and everything behind it."""

    def __init__(self, qtbot: QtBot, lane: Lane) -> None:
        self.qtbot = qtbot
        self.engines = FakeEngines()
        self.window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
        qtbot.addWidget(self.window)
        self.playback = PlaybackController(
            self.window.grid, self.engines, RunningClock(), lane, self.window
        )
        self.availability = AvailabilityController(
            fetch, self.window.book, RunningClock(), lane, self.window
        )
        self.search = RecordingSearch(fetch, RunningClock(), lane, self.window)
        self.event_search = EventSearch(
            self.fetch_events, self.window.timeline.canvas.events, RunningClock(), lane, self.window
        )
        self.later_events: list[RecordingEvent] = []
        EventJumps(self.window, self.playback, self.event_search)
        self.wiring = Wiring(self.window, self.playback, self.availability, search=self.search)
        self.window.tree.camera_opened.connect(self.open)
        self.window.tree.begin(groups())
        self.window.tree.add_cameras(cameras())
        self.window.tree.finish()
        self.window.resize(1600, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.window.timeline.canvas.show_window(Span(NOW_MS - 24 * HOUR_MS, NOW_MS + HOUR_MS))

    def fetch_events(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> list[RecordingEvent]:
        return [event for event in self.later_events if window.contains(event.span.start_ms)]

    def open(self, camera_id: str) -> None:
        camera = self.window.tree.model.camera(camera_id)
        assert camera is not None
        self.playback.open_camera(camera)

    def double_click(self, camera_id: str) -> None:
        view = self.window.tree.view
        where = view.visualRect(self.window.tree.index_of(camera_id)).center()
        QTest.mouseClick(view.viewport(), LEFT, pos=where)
        QTest.mouseDClick(view.viewport(), LEFT, pos=where)

    def go_to(self, instant_ms: float) -> None:
        self.engines.made[-1].show(instant_ms)
        self.playback.seek(round(instant_ms))
        self.qtbot.waitUntil(lambda: self.playback.playhead_ms == instant_ms)


@pytest.fixture
def use(qtbot: QtBot, lane: Lane) -> Iterator[Use]:
    use = Use(qtbot, lane)
    yield use
    use.availability.close()
    use.playback.close()


def test_a_double_click_opens_and_the_timeline_loads(qtbot: QtBot, use: Use) -> None:
    use.double_click("cam-00002")
    (engine,) = use.engines.made
    assert engine.camera_id == "cam-00002"
    assert engine.asked("seek") == [("seek", NOW_MS - MINUTE_MS, True)]
    assert use.window.grid.tiles[0].header.name.whole_text == "Car park north"
    band = use.window.book.band("cam-00002")
    qtbot.waitUntil(lambda: band.footage(Span(NOW_MS - 6 * HOUR_MS, NOW_MS)) > 0)


def test_a_click_in_the_timeline_seeks_the_engine(use: Use) -> None:
    use.double_click("cam-00002")
    canvas = use.window.timeline.canvas
    asked = NOW_MS - 3 * HOUR_MS
    QTest.mouseClick(canvas, LEFT, pos=canvas.band_point(asked))
    kind, instant, playing = use.engines.made[0].calls[-1]
    assert (kind, playing) == ("seek", True)
    assert abs(instant - asked) <= canvas.scale.ms_per_px  # type: ignore[operator]
    assert canvas.playhead_ms == instant


def test_a_camera_that_may_not_be_seen_says_so_in_the_tree(use: Use) -> None:
    window = Span(NOW_MS - HOUR_MS, NOW_MS)
    refused = unknown("cam-00002", window, AvailabilityState.NOT_ALLOWED)
    use.availability.availability_loaded.emit(answer_of(refused))
    known = use.window.tree.model.camera("cam-00002")
    assert known is not None
    assert known.state is CameraState.NOT_ALLOWED


def test_the_keys_drive_the_engine(use: Use) -> None:
    use.double_click("cam-00002")
    here = NOW_MS - HOUR_MS
    use.go_to(here)
    engine = use.engines.made[0]
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
        QTest.keyClick(use.window.grid, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert engine.calls[-1] == wanted
        if wanted[0] == "seek":
            engine.position = float(wanted[1])
            use.playback._on_poll()


def test_previous_and_next_recording(qtbot: QtBot, use: Use) -> None:
    use.double_click("cam-00000")
    band = use.window.book.band("cam-00000")
    shown = use.window.timeline.canvas.scale.span
    qtbot.waitUntil(lambda: band.footage(shown) > 0)
    starts = [segment.start_ms for segment in band.segments(shown) if segment.look in FOOTAGE]
    middle = starts[len(starts) // 2]
    use.go_to(middle + 5 * MINUTE_MS)
    use.window.findChild(QToolButton, "transport_next_recording").click()
    assert use.engines.made[0].calls[-1][1] == band.next_recording(middle)
    use.go_to(middle + 5 * MINUTE_MS)
    use.window.findChild(QToolButton, "transport_previous_recording").click()
    assert use.engines.made[0].calls[-1][1] == middle
    use.go_to(float(middle))
    use.window.findChild(QToolButton, "transport_previous_recording").click()
    assert use.engines.made[0].calls[-1][1] == band.previous_recording(middle)


def test_previous_recording_soon_after_a_start_goes_to_the_one_before(
    qtbot: QtBot, use: Use
) -> None:
    use.double_click("cam-00000")
    band = use.window.book.band("cam-00000")
    shown = use.window.timeline.canvas.scale.span
    qtbot.waitUntil(lambda: band.footage(shown) > 0)
    starts = [segment.start_ms for segment in band.segments(shown) if segment.look in FOOTAGE]
    middle = starts[len(starts) // 2]
    before = band.previous_recording(middle)
    use.go_to(middle + 1_500.0)
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp)
    assert use.engines.made[0].calls[-1][1] == before
    use.go_to(middle + 2_500.0)
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp)
    assert use.engines.made[0].calls[-1][1] == middle
    use.playback.pause()
    use.go_to(middle + 1_500.0)
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp)
    assert use.engines.made[0].calls[-1][1] == middle


def test_recordings_beyond_what_was_loaded_are_found(qtbot: QtBot, use: Use) -> None:
    use.double_click("cam-00000")
    far_ms = NOW_MS - 200 * 24 * HOUR_MS + 5 * MINUTE_MS
    truth = Band()
    around = Span(far_ms - 4 * HOUR_MS, far_ms + 4 * HOUR_MS)
    truth.merge(answer_of(availability("cam-00000", around)))
    engine = use.engines.made[0]
    for key, wanted in (
        (Qt.Key.Key_PageDown, truth.next_recording(far_ms)),
        (Qt.Key.Key_PageUp, truth.previous_recording(far_ms)),
    ):
        use.go_to(float(far_ms))
        use.playback.pause()
        QTest.keyClick(use.window.grid, key)
        qtbot.waitUntil(lambda wanted=wanted: engine.asked("seek")[-1][1] == wanted)
        assert wanted is not None
        assert use.window.timeline.canvas.scale.span.contains(wanted)


def test_where_everything_is_known_nobody_is_asked_for_more(use: Use) -> None:
    use.double_click("cam-00000")
    footage = Recording(Span(NOW_MS - 9 * HOUR_MS, NOW_MS - 8 * HOUR_MS))
    everything = Availability("cam-00000", Span(EARLIEST_MS, LATEST_MS), (footage,))
    use.window.timeline.canvas.set_availability(answer_of(everything))
    use.go_to(float(NOW_MS - 7 * HOUR_MS))
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageDown)
    assert use.window.messages.text.text() == "There is no later recording."
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp)
    assert use.engines.made[0].asked("seek")[-1][1] == footage.span.start_ms


def test_the_reason_of_a_gap_stands_in_the_tile(qtbot: QtBot, use: Use) -> None:
    use.double_click("cam-00000")
    band = use.window.book.band("cam-00000")
    shown = use.window.timeline.canvas.scale.span
    qtbot.waitUntil(lambda: band.footage(shown) > 0)
    gap = next(part for part in band.segments(shown) if part.reason == "disk_full")
    use.playback.seek(gap.start_ms + 10_000)
    use.engines.made[0].say(PlaybackState.NO_FOOTAGE)
    overlay = use.window.grid.tiles[0].overlay
    qtbot.waitUntil(overlay.isVisible)
    assert overlay.hint.text() == "Reason: server storage was full."


def test_skipping_gaps_by_menu_button_and_key(use: Use) -> None:
    use.double_click("cam-00002")
    engine, button = use.engines.made[0], use.window.transport.skip_gaps
    assert button.isChecked()
    use.window.acts["skip_gaps"].trigger()
    assert not button.isChecked()
    button.click()
    assert use.window.acts["skip_gaps"].isChecked()
    QTest.keyClick(use.window.grid, Qt.Key.Key_G)
    assert [call[1] for call in engine.asked("skip_gaps")] == [False, True, False]


def test_from_event_to_event(use: Use) -> None:
    use.double_click("cam-00002")
    canvas, engine = use.window.timeline.canvas, use.engines.made[0]
    shown = canvas.scale.span
    starts = [NOW_MS - 4 * HOUR_MS, NOW_MS - 3 * HOUR_MS, NOW_MS - 2 * HOUR_MS]
    found = [RecordingEvent(str(at), "motion", Span(at, at + 1000)) for at in starts]
    canvas.set_events("cam-00002", shown, found)
    use.go_to(float(NOW_MS - 2.5 * HOUR_MS))
    shift = Qt.KeyboardModifier.ShiftModifier
    for key, wanted in (
        (Qt.Key.Key_PageUp, starts[1]),
        (Qt.Key.Key_PageUp, starts[0]),
        (Qt.Key.Key_PageDown, starts[1]),
        (Qt.Key.Key_PageDown, starts[2]),
    ):
        QTest.keyClick(use.window.grid, key, shift)
        assert engine.calls[-1][1] == wanted - 2_000
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageDown, shift)
    use.qtbot.waitUntil(lambda: use.window.messages.text.text() == "There is no later event.")


def test_no_event_is_passed_over_where_nothing_was_loaded(use: Use) -> None:
    use.double_click("cam-00002")
    canvas, engine = use.window.timeline.canvas, use.engines.made[0]
    early, late = (Span(NOW_MS - h * HOUR_MS, NOW_MS - (h - 1) * HOUR_MS) for h in (6, 3))
    for window in (early, late):
        at = window.start_ms + 10 * MINUTE_MS
        event = RecordingEvent(str(at), "motion", Span(at, at + 1000))
        canvas.set_events("cam-00002", window, [event])
    between = Span(early.end_ms + MINUTE_MS, early.end_ms + 2 * MINUTE_MS)
    use.later_events = [RecordingEvent("between", "motion", between)]
    use.go_to(float(early.start_ms + 30 * MINUTE_MS))
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert "Looking for an event" in use.window.status.activity.text()
    use.qtbot.waitUntil(lambda: engine.asked("seek")[-1][1] == between.start_ms - 2_000)
    assert use.window.status.activity.text() == ""
    use.go_to(float(early.start_ms + 30 * MINUTE_MS))
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert engine.asked("seek")[-1][1] == early.start_ms + 10 * MINUTE_MS - 2_000


def test_whoever_goes_elsewhere_is_left_there_by_the_search_for_an_event(use: Use) -> None:
    use.double_click("cam-00002")
    engine = use.engines.made[0]
    event = Span(NOW_MS - 60 * HOUR_MS, NOW_MS - 59 * HOUR_MS)
    use.later_events = [RecordingEvent("early", "motion", event)]
    use.go_to(float(NOW_MS - 2 * HOUR_MS))
    QTest.keyClick(use.window.grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert use.event_search.running
    use.playback.seek(NOW_MS - HOUR_MS)
    assert not use.event_search.running
    assert use.window.status.activity.text() == ""
    assert engine.asked("seek")[-1][1] == NOW_MS - HOUR_MS


def test_copying_the_picture(use: Use) -> None:
    use.window.acts["copy_picture"].trigger()
    assert "no picture" in use.window.messages.text.text()
    use.double_click("cam-00002")
    use.window.grid.active.show_picture(picture(640, 360))
    use.window.acts["copy_picture"].trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (640, 360)


def test_the_timeline_follows_backwards(use: Use) -> None:
    use.double_click("cam-00002")
    canvas = use.window.timeline.canvas
    canvas.show_window(Span(NOW_MS - 2 * HOUR_MS, NOW_MS - HOUR_MS))
    start = canvas.scale.start_ms
    canvas.set_playhead(start + 9 * MINUTE_MS)
    canvas.set_playhead(start + 8.5 * MINUTE_MS)
    assert canvas.scale.start_ms == pytest.approx(start - MINUTE_MS / 2, abs=2)


@pytest.mark.parametrize("playing", [True, False])
def test_a_click_never_moves_the_window_and_a_skipped_gap_in_sight_neither(
    use: Use, playing: bool
) -> None:
    use.double_click("cam-00002")
    canvas, engine = use.window.timeline.canvas, use.engines.made[0]
    canvas.show_window(Span(NOW_MS - 2 * HOUR_MS, NOW_MS - HOUR_MS))
    shown = canvas.scale.span
    if not playing:
        use.playback.pause()
    for there in (0.8, 0.9, 0.91, 0.2, 0.08, 0.07):
        asked = shown.start_ms + round(there * HOUR_MS)
        for point in (canvas.band_point(asked), canvas.ruler_point(asked)):
            QTest.mouseClick(canvas, LEFT, pos=point)
            assert canvas.scale.span == shown
        engine.show(float(asked + 90_000))
        use.playback._on_poll()
        assert canvas.scale.span == shown


def test_the_operator_may_look_elsewhere_while_it_plays(use: Use) -> None:
    use.double_click("cam-00002")
    canvas, engine = use.window.timeline.canvas, use.engines.made[0]
    use.go_to(NOW_MS - 20 * HOUR_MS)
    elsewhere = Span(NOW_MS - 3 * HOUR_MS, NOW_MS - 2 * HOUR_MS)
    canvas.show_window(elsewhere)
    there = float(NOW_MS - 20 * HOUR_MS + 3_000)
    engine.show(there)
    use.qtbot.waitUntil(lambda: use.playback.playhead_ms == there)
    assert canvas.scale.span == elsewhere
    QTest.keyClick(use.window.grid, Qt.Key.Key_Right)
    assert canvas.scale.span.contains(NOW_MS - 20 * HOUR_MS + 8_000)


def test_marking_a_cut_with_the_keys(use: Use) -> None:
    use.double_click("cam-00002")
    use.go_to(NOW_MS - HOUR_MS)
    QTest.keyClick(use.window.grid, Qt.Key.Key_I)
    save = use.window.findChild(QPushButton, "save_clip_button")
    assert not save.isEnabled()
    use.go_to(NOW_MS - HOUR_MS + 5 * MINUTE_MS)
    QTest.keyClick(use.window.grid, Qt.Key.Key_BracketRight)
    cut = use.window.timeline.canvas.cut
    assert cut.span == Span(NOW_MS - HOUR_MS, NOW_MS - HOUR_MS + 5 * MINUTE_MS)
    assert save.isEnabled()
    use.window.findChild(QToolButton, "range_clear").click()
    assert use.window.timeline.canvas.cut.span is None


def test_a_wrong_time_in_the_box_is_told(use: Use) -> None:
    use.window.transport.go_to.edit.setText("the day after")
    use.window.findChild(QToolButton, "goto_button").click()
    assert use.window.messages.isVisible()
    assert "not a time" in use.window.messages.text.text()


def test_the_timeline_takes_no_more_room_than_its_rows(qtbot: QtBot, use: Use) -> None:
    window = use.window
    window.acts["layout_4"].trigger()
    tall = window.timeline_dock.height()
    for number in range(4):
        use.open(f"cam-0000{number}")
    qtbot.waitUntil(lambda: window.timeline_dock.height() > tall)
    canvas = window.timeline.canvas
    qtbot.waitUntil(lambda: canvas.height() == canvas.sizeHint().height())
    window.acts["layout_1"].trigger()
    qtbot.waitUntil(lambda: window.timeline_dock.height() == tall)
