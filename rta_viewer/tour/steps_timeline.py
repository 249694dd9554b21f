"""The tour's steps on the timeline: pointing, the calendar, a day on which the clocks change."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import tzinfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import plain
from rta_viewer.core.timescale import DAY_MS, HOUR_MS, clock_changes, days_in, ticks, wall_clock
from rta_viewer.core.timetext import find_zone
from rta_viewer.tour import hand
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui import times
from rta_viewer.ui.transport.zone_dialog import ZoneDialog

Record = Callable[[str, object], AbstractContextManager[Step]]

_ZONE = "Europe/Copenhagen"
_KEY_FRAME_MS = 2_000
_PICTURE_MS = 40


def _day_of_25_hours(now_ms: int, zone: tzinfo) -> Span:
    """The last one before now."""
    year = Span(now_ms - 366 * DAY_MS, now_ms)
    days = [span for span, _ in days_in(year, zone) if span.duration_ms == 25 * HOUR_MS]
    return days[-1]


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
        yield from self._clock_change(base_ms)

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
            said = isinstance(label, QLabel) and plain(label.text()).startswith(
                times.typed_instant(pointed_ms, self._window.transport.zone.zone)
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
            yield Until(
                lambda: bool(re.search(r"\d", plain(popup.about_month.text()))),
                "the days with footage",
            )
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
                hand.type_text(end.edit, times.typed_instant(instant_ms, zone))
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

    def _clock_change(self, here_ms: int) -> Script:
        """The day of 25 hours, by the clock of a zone that has one, and the hour that happens twice."""
        zone_switch, canvas = self._window.transport.zone, self._window.timeline.canvas
        shown, before = canvas.scale.span, zone_switch.zone
        with self._record("name the zone of the server", _ZONE) as step:
            self._window.acts["server_zone"].trigger()
            yield Until(lambda: self._window.findChild(ZoneDialog), "the dialog")
            dialog = self._window.findChild(ZoneDialog)
            if not isinstance(dialog, ZoneDialog):
                return
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            hand.type_text(dialog.names, _ZONE)
            yield Until(dialog.ok.isEnabled, "the zone")
            yield Pause(0.2)
            step.read = dialog.clock.text()
        offered = dialog.completer.popup()
        if offered is not None and offered.isVisible():
            hand.key(offered, Qt.Key.Key_Escape)
            yield Pause(0.2)
        hand.click(dialog.ok)
        yield Until(lambda: zone_switch.zone != before, "the zone")
        zone = find_zone(_ZONE)
        day = _day_of_25_hours(self._program.services.clock.now_ms(), zone)
        with self._record("a day of 25 hours", 25) as step:
            canvas.show_window(day)
            yield Pause(0.5)
            labels = [plain(tick.label) for tick in ticks(canvas.scale, zone, 7.0) if tick.label]
            step.read = (canvas.scale.span.duration_ms / HOUR_MS, labels)
            changes = [change.label for change in clock_changes(canvas.scale, zone)]
            step.read = (*step.read, changes)
            step.passed = (step.read[0], labels.count("02:00"), len(changes)) == (25, 2, 1)
            step.problem = "" if step.passed else "the repeated hour is not told apart"
        with self._record("a time that happens twice", None) as step:
            box = self._window.transport.go_to
            day_text = wall_clock(day.start_ms, zone).strftime("%d/%m/%Y")
            hand.type_text(box.edit, f"{day_text} 02:30")
            yield Until(lambda: box.preview.property("level") == "wrong", "the refusal")
            step.read = box.preview.text()
            yield Pause(0.2)
        hand.key(self._window, Qt.Key.Key_Escape)
        hand.click(self._child("zone_pc"))
        yield Until(lambda: zone_switch.zone == before, "this PC's zone")
        canvas.show_window(shown)
        self._program.playback.seek(here_ms)

    def _child(self, name: str) -> QWidget:
        widget = self._window.findChild(QWidget, name)
        if not isinstance(widget, QWidget):
            msg = f"the window has no {name}"
            raise TypeError(msg)
        return widget


def _counts(text: str) -> bool:
    """There is a number in it, in whatever digits."""
    return re.search(r"\d", plain(text)) is not None
