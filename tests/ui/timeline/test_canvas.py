from datetime import UTC
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import (
    Availability,
    Gap,
    Recording,
    RecordingEvent,
    RecordingKind,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import MAX_WINDOW_MS, MIN_WINDOW_MS
from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.looks import paint_looks
from rta_viewer.ui.timeline.painting import playhead_chip
from rta_viewer.ui.timeline.panel import TimelinePanel
from rta_viewer.ui.timeline.scene import Hovered, TimelineCamera
from rta_viewer.ui.timeline.segments import Look, answer_of
from rta_viewer.ui.timeline.thumbnail import Shown
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, availability, picture

WINDOW = Span(NOW_MS - HOUR_MS, NOW_MS)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> TimelineCanvas:
    canvas = TimelineCanvas(theme, BandBook())
    qtbot.addWidget(canvas)
    canvas.resize(1348, canvas.sizeHint().height())
    canvas.set_cameras([TimelineCamera("a", "Gate"), TimelineCamera("b", "Roof")])
    canvas.resize(1348, canvas.sizeHint().height())
    canvas.show()
    canvas.show_window(WINDOW)
    return canvas


def drag(canvas: TimelineCanvas, start: QPoint, *stops: QPoint) -> None:
    QTest.mouseMove(canvas, start)
    QTest.mousePress(canvas, LEFT, pos=start)
    for stop in stops:
        # QTest.mouseMove carries no buttons offscreen; the canvas does not look at them.
        QTest.mouseMove(canvas, stop)
    QTest.mouseRelease(canvas, LEFT, pos=stops[-1])


def wheel(canvas: TimelineCanvas, at: QPoint, delta: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_a_click_seeks_with_all_64_bits(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    asked = NOW_MS - 20 * MINUTE_MS
    for point in (canvas.band_point(asked), canvas.band_point(asked, 1), canvas.ruler_point(asked)):
        with qtbot.waitSignal(canvas.seek_requested) as caught:
            QTest.mouseClick(canvas, LEFT, pos=point)
        (instant,) = caught.args
        assert instant > 2**31
        assert abs(instant - asked) <= canvas.scale.ms_per_px


def test_a_click_on_the_names_does_nothing(canvas: TimelineCanvas) -> None:
    seen: list[object] = []
    canvas.seek_requested.connect(seen.append)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(20, canvas.band_point(NOW_MS).y()))
    assert seen == []


def test_dragging_the_ruler_moves_time_and_does_not_seek(canvas: TimelineCanvas) -> None:
    seen: list[object] = []
    windows: list[Span] = []
    canvas.seek_requested.connect(seen.append)
    canvas.window_changed.connect(windows.append)
    start = canvas.ruler_point(NOW_MS - 30 * MINUTE_MS)
    drag(canvas, start, start + QPoint(50, 0), start + QPoint(200, 0))
    assert seen == []
    moved = windows[-1].start_ms - WINDOW.start_ms
    assert moved == pytest.approx(-200 * canvas.scale.ms_per_px, abs=2)


def test_the_wheel_zooms_about_the_pointer_between_a_second_and_a_year(
    canvas: TimelineCanvas,
) -> None:
    at = canvas.band_point(NOW_MS - 10 * MINUTE_MS)
    under = canvas.instant_at(at.x())
    wheel(canvas, at, 120)
    assert canvas.scale.window_ms < HOUR_MS
    assert abs(canvas.instant_at(at.x()) - under) <= 1
    for _ in range(60):
        wheel(canvas, at, 240)
    assert canvas.scale.window_ms == MIN_WINDOW_MS
    assert abs(canvas.instant_at(at.x()) - under) <= 60
    for _ in range(100):
        wheel(canvas, at, -240)
    assert canvas.scale.window_ms == MAX_WINDOW_MS


def test_dragging_the_playhead_scrubs_from_start_to_finish(canvas: TimelineCanvas) -> None:
    log: list[tuple[str, object]] = []
    canvas.scrub_started.connect(lambda: log.append(("start", None)))
    canvas.scrubbed.connect(lambda ms: log.append(("at", ms)))
    canvas.scrub_finished.connect(lambda ms: log.append(("end", ms)))
    canvas.seek_requested.connect(lambda ms: log.append(("seek", ms)))
    canvas.set_playhead(float(NOW_MS - 30 * MINUTE_MS))
    grip = canvas.playhead_point()
    assert grip is not None
    target = canvas.band_point(NOW_MS - 10 * MINUTE_MS)
    drag(canvas, grip, grip + QPoint(40, 0), QPoint(target.x(), grip.y()))
    assert [name for name, _ in log] == ["start", "at", "at", "end"]
    assert log[-1][1] == log[-2][1]
    assert abs(log[-1][1] - (NOW_MS - 10 * MINUTE_MS)) <= canvas.scale.ms_per_px  # type: ignore[operator]


def test_dragging_over_the_bands_marks_a_cut_in_either_direction(canvas: TimelineCanvas) -> None:
    cuts: list[Cut] = []
    canvas.cut_changed.connect(cuts.append)
    early, late = NOW_MS - 40 * MINUTE_MS, NOW_MS - 20 * MINUTE_MS
    for start, stop in ((early, late), (late, early)):
        canvas.set_cut(Cut())
        drag(canvas, canvas.band_point(start), canvas.band_point(stop))
        span = cuts[-1].span
        assert span is not None
        assert abs(span.start_ms - early) <= canvas.scale.ms_per_px
        assert abs(span.end_ms - late) <= canvas.scale.ms_per_px


def test_the_handles_move_one_end_and_never_cross(canvas: TimelineCanvas) -> None:
    early, late = NOW_MS - 40 * MINUTE_MS, NOW_MS - 20 * MINUTE_MS
    canvas.set_cut(Cut(early, late))
    drag(canvas, canvas.band_point(early), canvas.band_point(early + 5 * MINUTE_MS))
    assert canvas.cut.out_ms == late
    assert canvas.cut.in_ms == pytest.approx(early + 5 * MINUTE_MS, abs=canvas.scale.ms_per_px)
    drag(canvas, canvas.band_point(late), canvas.band_point(early - 10 * MINUTE_MS))
    span = canvas.cut.span
    assert span is not None
    assert span.duration_ms == 1


def test_hovering_tells_the_exact_time_and_the_reason_of_a_gap(canvas: TimelineCanvas) -> None:
    canvas.set_zone(ZoneInfo("Europe/Copenhagen"))
    gap = Gap(Span(NOW_MS - 30 * MINUTE_MS, NOW_MS), "camera_offline")
    recording = Recording(Span(NOW_MS - HOUR_MS, NOW_MS - 30 * MINUTE_MS), RecordingKind.MOTION)
    canvas.set_availability(answer_of(Availability("b", WINDOW, (recording,), (gap,))))
    hover = canvas.findChild(QLabel, "timeline_hover")
    QTest.mouseMove(canvas, canvas.band_point(NOW_MS - 15 * MINUTE_MS, 1))
    assert hover.isVisible()
    assert hover.text().startswith("2025-10-24 11:4")
    assert "+02:00" in hover.text()
    assert "Roof: No footage: camera offline" in hover.text()
    QTest.mouseMove(canvas, canvas.band_point(NOW_MS - 45 * MINUTE_MS, 1))
    assert "Recorded on motion" in hover.text()
    QTest.mouseMove(canvas, canvas.band_point(NOW_MS - 45 * MINUTE_MS, 0))
    assert "Not loaded yet" in hover.text()


def test_pointing_asks_for_the_picture_and_shows_it_above(
    qtbot: QtBot, canvas: TimelineCanvas
) -> None:
    asked: list[Hovered | None] = []
    canvas.hovered.connect(asked.append)
    canvas.set_zone(ZoneInfo("Europe/Copenhagen"))
    there = NOW_MS - 20 * MINUTE_MS
    for point, camera_id in (
        (canvas.band_point(there, 1), "b"),
        (canvas.band_point(there), "a"),
        (canvas.ruler_point(there), "a"),
    ):
        QTest.mouseMove(canvas, point)
        assert asked[-1] is not None
        assert (asked[-1].camera_id, asked[-1].ms_per_px) == (camera_id, canvas.scale.ms_per_px)
        assert abs(asked[-1].instant_ms - there) <= canvas.scale.ms_per_px
    canvas.show_thumbnail(Shown(None))
    assert canvas.thumbnail.isVisible()
    assert "Loading" in canvas.thumbnail.caption
    canvas.show_thumbnail(Shown(picture(240, 135, float(NOW_MS - 1_234))))
    assert canvas.thumbnail.caption == "11:59:58.766"
    assert not canvas.thumbnail.grab().isNull()
    QTest.mouseMove(canvas, QPoint(10, 10))
    assert asked[-1] is None
    canvas.show_thumbnail(None)
    assert not canvas.thumbnail.isVisible()
    canvas.set_now(there - MINUTE_MS)
    QTest.mouseMove(canvas, canvas.band_point(there))
    assert asked[-1] is None


def test_a_click_takes_the_thumbnail_away_and_the_labels_do_not_cover_each_other(
    canvas: TimelineCanvas,
) -> None:
    asked: list[Hovered | None] = []
    canvas.hovered.connect(asked.append)
    canvas.seek_requested.connect(lambda ms: canvas.set_playhead(float(ms)))
    point = canvas.band_point(NOW_MS - 20 * MINUTE_MS)
    QTest.mouseMove(canvas, point - QPoint(9, 3))
    QTest.mouseMove(canvas, point)
    assert asked[-1] is not None
    QTest.mouseClick(canvas, LEFT, pos=point)
    assert asked[-1] is None
    chip = playhead_chip(canvas._scene, canvas._layout, canvas._theme)
    hover = canvas.findChild(QLabel, "timeline_hover")
    assert chip is not None
    assert hover.isVisible()
    assert not hover.geometry().intersects(chip)
    QTest.mouseMove(canvas, point + QPoint(30, 0))
    assert asked[-1] is not None


def test_the_window_follows_the_playhead_but_not_into_the_operators_hands(
    canvas: TimelineCanvas,
) -> None:
    canvas.set_playhead(float(WINDOW.end_ms - MINUTE_MS))
    canvas.set_playhead(float(WINDOW.end_ms + 1000))
    assert canvas.scale.span.contains(WINDOW.end_ms + 1000)
    canvas.show_window(WINDOW)
    canvas.set_playhead(float(WINDOW.end_ms + 2 * HOUR_MS))
    assert canvas.scale.span == WINDOW
    canvas.reveal(WINDOW.end_ms + 2 * HOUR_MS)
    assert canvas.scale.span.contains(WINDOW.end_ms + 2 * HOUR_MS)


@pytest.mark.parametrize("theme_used", [DARK_THEME, LIGHT_THEME], ids=["dark", "light"])
def test_the_looks_differ_on_the_screen(
    qtbot: QtBot, canvas: TimelineCanvas, theme_used: Theme
) -> None:
    """Recorded fills the band, motion its lower part, a gap neither."""
    canvas.set_theme(theme_used)
    third = HOUR_MS // 3
    start = WINDOW.start_ms
    recordings = (
        Recording(Span(start, start + third), RecordingKind.CONTINUOUS),
        Recording(Span(start + third, start + 2 * third), RecordingKind.MOTION),
    )
    canvas.set_availability(answer_of(Availability("a", WINDOW, recordings)))
    image = canvas.grab().toImage()
    colours = theme_used.colours
    heights = []
    for part in range(3):
        x = canvas.band_point(start + part * third + third // 2 + 40_000).x()
        middle = canvas.band_point(start).y()
        column = [image.pixelColor(x, y).name() for y in range(middle - 12, middle + 13)]
        heights.append(sum(name in {colours.recorded, colours.motion} for name in column))
    assert heights[0] >= 24
    assert 10 <= heights[1] <= 18
    assert heights[2] == 0


@pytest.mark.parametrize("theme_used", [DARK_THEME, LIGHT_THEME], ids=["dark", "light"])
@pytest.mark.parametrize("height", [26, 11, 8])
def test_every_look_has_a_shape_of_its_own(qapp: object, theme_used: Theme, height: int) -> None:
    """Without colours: which pixels of a band are inked, in rows as high as those of the timeline."""
    shapes = []
    for look in Look:
        image = QImage(64, height, QImage.Format.Format_RGB32)
        image.fill(theme_used.colour("band_ground"))
        ground = image.pixel(0, 0)
        painter = QPainter(image)
        paint_looks(painter, image.rect(), [(0, 64, look)], theme_used)
        painter.end()
        shapes.append([image.pixel(x, y) != ground for y in range(height) for x in range(64)])
    for number, one in enumerate(shapes):
        assert any(one)
        for other in shapes[:number]:
            differing = sum(a != b for a, b in zip(one, other, strict=True))
            assert differing >= 24


def test_thousands_of_recordings_are_drawn_in_a_bounded_number_of_runs(
    canvas: TimelineCanvas,
) -> None:
    window = Span(NOW_MS - 300 * 24 * HOUR_MS, NOW_MS)
    canvas.set_availability(answer_of(availability("a", window)))
    canvas.show_window(window)
    band = canvas._scene.book.band("a")
    assert len(list(band.segments(window))) > 10_000
    assert len(band.runs(canvas.scale)) <= canvas.scale.width_px
    assert not canvas.grab().isNull()


def test_events_are_marked_and_named(canvas: TimelineCanvas) -> None:
    start = NOW_MS - 30 * MINUTE_MS
    whole = Availability("a", WINDOW, (Recording(WINDOW, RecordingKind.CONTINUOUS),))
    canvas.set_availability(answer_of(whole))
    point = canvas.band_point(start)
    top = QPoint(point.x(), point.y() - 12)
    ink = canvas._theme.colours
    assert canvas.grab().toImage().pixelColor(top).name() == ink.recorded
    event = RecordingEvent("1", "tampering", Span(start, start + 5000), "high", "Lens\ncovered")
    canvas.set_events("a", WINDOW, [event])
    shown = canvas.grab().toImage()
    assert shown.pixelColor(top).name() == ink.event
    assert shown.pixelColor(point).name() == ink.recorded
    QTest.mouseMove(canvas, point)
    hover = canvas.findChild(QLabel, "timeline_hover")
    assert hover.text().endswith("Recorded   Tampering (high) at 09:30:00: Lens covered")


def test_the_keyboard_zooms_about_the_playhead(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.set_playhead(float(NOW_MS - 10 * MINUTE_MS))
    x = canvas.scale.x_of(NOW_MS - 10 * MINUTE_MS)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale.window_ms < HOUR_MS
    assert canvas.scale.x_of(NOW_MS - 10 * MINUTE_MS) == pytest.approx(x, abs=0.1)


def test_dragging_at_the_edge_scrolls_on(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    start = canvas.band_point(NOW_MS - 10 * MINUTE_MS)
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, start + QPoint(20, 0))
    QTest.mouseMove(canvas, QPoint(canvas.width() + 60, start.y()))
    qtbot.waitUntil(lambda: canvas.scale.span.end_ms > WINDOW.end_ms + MINUTE_MS)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(canvas.width() + 60, start.y()))
    assert canvas.cut.out_ms is not None
    assert canvas.cut.out_ms > WINDOW.end_ms


def flick(canvas: TimelineCanvas, clock: list[float], by_px: int, rest_s: float = 0.0) -> None:
    start = canvas.ruler_point(NOW_MS - 30 * MINUTE_MS)
    QTest.mousePress(canvas, LEFT, pos=start)
    for step in range(1, 6):
        clock[0] += 0.016
        QTest.mouseMove(canvas, start + QPoint(by_px * step // 5, 0))
    clock[0] += rest_s
    QTest.mouseRelease(canvas, LEFT, pos=start + QPoint(by_px, 0))


@pytest.fixture
def clock(canvas: TimelineCanvas) -> list[float]:
    now = [100.0]
    canvas.glide._now_s = lambda: now[0]
    canvas.glide._timer.setInterval(1_000_000)
    canvas.glides = True
    return now


def test_after_a_flick_time_runs_on_and_comes_to_rest(
    canvas: TimelineCanvas, clock: list[float]
) -> None:
    flick(canvas, clock, -200)
    released = canvas.scale.start_ms
    assert canvas.glide.running
    moved = [released]
    while canvas.glide.running:
        clock[0] += 0.016
        canvas.glide.advance()
        moved.append(canvas.scale.start_ms)
    steps = [two - one for one, two in pairwise(moved)]
    assert all(one >= two > 0 for one, two in pairwise(steps))
    assert 100 < (moved[-1] - released) / canvas.scale.ms_per_px < 1_200
    assert clock[0] < 103


def test_a_press_stops_the_glide_and_goes_nowhere(
    canvas: TimelineCanvas, clock: list[float]
) -> None:
    seen: list[object] = []
    canvas.seek_requested.connect(seen.append)
    flick(canvas, clock, 200)
    QTest.mouseClick(canvas, LEFT, pos=canvas.ruler_point(NOW_MS - 30 * MINUTE_MS))
    assert not canvas.glide.running
    assert seen == []
    QTest.mouseClick(canvas, LEFT, pos=canvas.ruler_point(NOW_MS - 30 * MINUTE_MS))
    assert len(seen) == 1


def test_no_glide_after_a_rest_and_none_when_motion_is_unwanted(
    canvas: TimelineCanvas, clock: list[float]
) -> None:
    flick(canvas, clock, 200, rest_s=0.3)
    assert not canvas.glide.running
    canvas.glides = False
    flick(canvas, clock, 200)
    assert not canvas.glide.running


def test_the_wheel_stops_the_glide(canvas: TimelineCanvas, clock: list[float]) -> None:
    flick(canvas, clock, 200)
    wheel(canvas, canvas.band_point(NOW_MS - 30 * MINUTE_MS), 120)
    assert not canvas.glide.running


@pytest.mark.parametrize("grip", ["in", "out", "playhead"])
def test_what_is_dragged_to_the_edge_scrolls_on_inside_the_widget(
    qtbot: QtBot, canvas: TimelineCanvas, grip: str
) -> None:
    """At the edge of a full screen there is no pixel beyond."""
    middle = NOW_MS - 30 * MINUTE_MS
    canvas.set_cut(Cut(middle - 10 * MINUTE_MS, middle + 10 * MINUTE_MS))
    canvas.set_playhead(float(middle))
    head = canvas.playhead_point()
    assert head is not None
    start, edge = {
        "in": (canvas.band_point(middle - 10 * MINUTE_MS), canvas.band_point(0).x()),
        "out": (canvas.band_point(middle + 10 * MINUTE_MS), canvas.width() - 1),
        "playhead": (head, canvas.width() - 1),
    }[grip]
    edge = max(edge, canvas.width() - canvas.scale.width_px)
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, QPoint(edge, start.y()))
    out = (
        (lambda: canvas.scale.span.start_ms < WINDOW.start_ms - MINUTE_MS)
        if grip == "in"
        else (lambda: canvas.scale.span.end_ms > WINDOW.end_ms + MINUTE_MS)
    )
    qtbot.waitUntil(out)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(edge, start.y()))


def test_the_panel_zooms_by_buttons_and_says_how_much_is_shown(qtbot: QtBot, theme: Theme) -> None:
    panel = TimelinePanel(theme, BandBook())
    qtbot.addWidget(panel)
    panel.resize(1280, 240)
    panel.show()
    panel.canvas.set_zone(UTC)
    panel.canvas.show_window(WINDOW)
    from PySide6.QtWidgets import QToolButton

    panel.findChild(QToolButton, "timeline_zoom_24h").click()
    assert panel.canvas.scale.window_ms == 24 * HOUR_MS
    panel.findChild(QToolButton, "timeline_zoom_in").click()
    assert panel.canvas.scale.window_ms == 12 * HOUR_MS
    assert panel.findChild(QLabel, "timeline_window_label").text() == "12 h 00 min"
