"""The tour's steps on the timeline: pointing, the calendar, a day on which the clocks change."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.timescale import wall_clock
from rta_viewer.tour import hand
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui import times

Record = Callable[[str, object], AbstractContextManager[Step]]

_KEY_FRAME_MS = 2_000
_PICTURE_MS = 40


class TimelineSteps:
    """What is done on the timeline. ``record`` makes a step of the report."""

    def __init__(self, program: Program, record: Record) -> None:
        self._program = program
        self._window = program.window
        self._record = record

    def script(self, base_ms: int) -> Script:
        """Everything, around a moment with footage on each side."""
        yield from self._point(base_ms + 30_000)
        yield from self._calendar(base_ms)
        yield from self._type_a_cut(base_ms)
        yield from self._server_time()

    def _point(self, asked_ms: int) -> Script:
        canvas = self._window.timeline.canvas
        thumbnail = canvas.thumbnail
        with self._record("point at a moment", asked_ms) as step:
            at = canvas.band_point(asked_ms)
            hand.move(canvas, at - QPoint(40, 0))
            hand.move(canvas, at)
            pointed_ms = canvas.instant_at(at.x())
            yield Until(lambda: thumbnail.isVisible() and thumbnail.picture, "the thumbnail")
            yield Pause(0.2)
            picture = thumbnail.picture
            step.read = round(picture.instant_ms or 0) if picture is not None else None
            early_ms = pointed_ms - step.read if step.read is not None else -1
            label = canvas.findChild(QLabel, "timeline_hover")
            said = isinstance(label, QLabel) and label.text().startswith(
                times.format_instant(pointed_ms, self._window.transport.zone.zone)
            )
            near = -_KEY_FRAME_MS <= early_ms <= _KEY_FRAME_MS + 10 * canvas.scale.ms_per_px
            step.passed = said and near
            step.problem = "" if step.passed else "another picture, or another time"
        hand.move(canvas, QPoint(5, 5))
        yield Until(lambda: not thumbnail.isVisible(), "the thumbnail's end")

    def _calendar(self, here_ms: int) -> Script:
        """Open it by its key, look at the day that is shown, go to that day's start with Enter, and back."""
        popup, playback = self._window.transport.calendar, self._program.playback
        zone = self._window.transport.zone.zone
        with self._record("calendar", here_ms) as step:
            self._window.timeline.canvas.setFocus()
            hand.key(self._window, Qt.Key.Key_C)
            yield Until(popup.isVisible, "the calendar")
            yield Until(lambda: "with footage" in popup.about_month.text(), "the days with footage")
            yield Pause(0.3)
            step.read = f"{popup.about_day.text()}; {popup.about_month.text()}"
            step.passed = popup.grid.cursor_day == wall_clock(here_ms, zone).date()
            step.problem = "" if step.passed else "the cursor is on another day"
        with self._record("a day by the keyboard", None) as step:
            hand.key(popup, Qt.Key.Key_Left)
            yield Pause(0.2)
            hand.key(popup, Qt.Key.Key_Return)
            yield Until(lambda: not popup.isVisible(), "the calendar's end")
            step.read = round(playback.playhead_ms or 0)
            there = wall_clock(step.read, zone).date()
            step.passed = there < wall_clock(here_ms, zone).date()
            step.problem = "" if step.passed else "it is the same day"
            yield Pause(0.3)
        playback.seek(here_ms)
        self._window.timeline.canvas.reveal(here_ms)

    def _type_a_cut(self, here_ms: int) -> Script:
        """In and out typed, by the keyboard alone; both pictures are seen."""
        editor, canvas = self._window.transport.cut_editor, self._window.timeline.canvas
        zone = self._window.transport.zone.zone
        asked = [here_ms + 20_000, here_ms + 50_000]
        with self._record("type in and out", asked) as step:
            canvas.setFocus()
            hand.key(self._window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
            yield Until(editor.isVisible, "the editor")
            for end, instant_ms in zip((editor.first, editor.last), asked, strict=True):
                hand.type_text(end.edit, times.format_instant(instant_ms, zone))
                hand.key(editor, Qt.Key.Key_Return)
            yield Until(lambda: editor.first.box.picture, "the first picture")
            yield Until(lambda: editor.last.box.picture, "the last picture")
            first, last = editor.first.box.picture, editor.last.box.picture
            step.read = [
                round(picture.instant_ms or 0) for picture in (first, last) if picture is not None
            ]
            step.passed = step.read[0] == asked[0] and 0 < asked[1] - step.read[1] <= _PICTURE_MS
            step.problem = "" if step.passed else "other pictures than those of the cut"
            yield Pause(0.3)
        hand.key(editor, Qt.Key.Key_Escape)
        yield Until(lambda: not editor.isVisible(), "the editor's end")
        self._window.acts["clear_cut"].trigger()

    def _server_time(self) -> Script:
        """The switch to the server's clock, and back."""
        zone = self._window.transport.zone
        before = zone.zone
        with self._record("time of the server", None) as step:
            hand.click(self._child("zone_server"))
            yield Until(lambda: zone.zone != before, "the server's zone")
            yield Pause(0.3)
            step.read = str(zone.zone)
        hand.click(self._child("zone_pc"))
        yield Until(lambda: zone.zone == before, "this PC's zone")

    def _child(self, name: str) -> QWidget:
        widget = self._window.findChild(QWidget, name)
        if not isinstance(widget, QWidget):
            msg = f"the window has no {name}"
            raise TypeError(msg)
        return widget
