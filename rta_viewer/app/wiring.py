"""Connects panels, menus and controllers. Who is told of what is decided here and nowhere else."""

from PySide6.QtCore import QObject, Slot

from rta_viewer.core.model import CameraState
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import EARLIEST_MS, LATEST_MS, day_start
from rta_viewer.ui import times
from rta_viewer.ui.controllers.availability import AvailabilityController
from rta_viewer.ui.controllers.events import EventsController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.controllers.recording_search import Found, RecordingSearch, known_start
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.looks import reason_text
from rta_viewer.ui.timeline.scene import TimelineCamera
from rta_viewer.ui.timeline.segments import Answer, Look

_JUST_BEGUN_MS = 2_000
"""So soon after its start, "previous recording" means the one before, also while it plays."""

_GAP_NEAR_MS = 5_000
"""A player is fed a little ahead of what it shows: so far from the picture may the skipped gap be."""

_JUMPS_MS = {"back_5s": -5_000, "forward_5s": 5_000, "back_1m": -60_000, "forward_1m": 60_000}


class Wiring(QObject):
    """The connections between one window and the playback of one session."""

    def __init__(
        self,
        window: MainWindow,
        playback: PlaybackController,
        availability: AvailabilityController,
        events: EventsController | None = None,
        search: RecordingSearch | None = None,
    ) -> None:
        super().__init__(window)
        self._search = search
        self._window = window
        self._playback = playback
        self._availability = availability
        self._events = events
        self._connect_transport()
        self._connect_timeline()
        if search is not None:
            search.found.connect(self._on_recording_found)
            search.answer_loaded.connect(window.timeline.canvas.set_availability)
            search.problem.connect(window.messages.show_error)
        self._connect_actions()
        self._connect_playback()

    def _connect_transport(self) -> None:
        transport, playback = self._window.transport, self._playback
        transport.play_toggled.connect(playback.toggle)
        transport.stepped.connect(playback.step)
        transport.jumped.connect(playback.jump)
        transport.recording_requested.connect(self.go_to_recording)
        transport.speed.speed_chosen.connect(playback.set_speed)
        transport.go_to.go_to_requested.connect(self._on_go_to)
        transport.go_to.refused.connect(self._window.messages.show_error)
        transport.cut.in_marked.connect(self.mark_in)
        transport.cut.out_marked.connect(self.mark_out)
        transport.cut.range_cleared.connect(self.clear_cut)

    def _connect_timeline(self) -> None:
        canvas, playback = self._window.timeline.canvas, self._playback
        canvas.seek_requested.connect(playback.on_seek_requested)
        canvas.scrub_started.connect(playback.on_scrub_started)
        canvas.scrubbed.connect(playback.on_scrubbed)
        canvas.scrub_finished.connect(playback.on_scrub_finished)
        canvas.window_changed.connect(self._availability.set_window)
        if self._events is not None:
            canvas.window_changed.connect(self._events.set_window)
            self._events.events_loaded.connect(canvas.set_events)
        canvas.cut_changed.connect(self._window.transport.cut.set_cut)
        self._availability.availability_loaded.connect(canvas.set_availability)
        self._availability.availability_loaded.connect(playback.explain_gaps)
        self._availability.availability_loaded.connect(self._on_availability_loaded)
        self._availability.problem.connect(self._window.messages.show_error)
        self._availability.recovered.connect(self._window.messages.take_back)
        self._availability.not_offered.connect(self._on_availability_not_offered)

    def _connect_actions(self) -> None:
        acts, playback = self._window.acts, self._playback
        for name, slot in {
            "play_pause": playback.toggle,
            "slower": playback.slower,
            "faster": playback.faster,
            "backwards": playback.turn_round,
            "now": playback.go_to_newest,
            "day_start": self.go_to_day_start,
            "mark_in": self.mark_in,
            "mark_out": self.mark_out,
            "clear_cut": self.clear_cut,
            "step_back": self._on_step_back,
            "step_forward": self._on_step_forward,
            "previous_recording": self._on_previous_recording,
            "next_recording": self._on_next_recording,
        }.items():
            acts[name].triggered.connect(slot)
        for name in _JUMPS_MS:
            acts[name].triggered.connect(self._on_jump_action)
        acts["own_time"].triggered.connect(playback.set_own_time)
        acts["skip_gaps"].setChecked(playback.skip_gaps)
        acts["skip_gaps"].toggled.connect(playback.set_skip_gaps)
        button = self._window.transport.skip_gaps
        button.setChecked(playback.skip_gaps)
        button.toggled.connect(acts["skip_gaps"].setChecked)
        acts["skip_gaps"].toggled.connect(button.setChecked)

    def _connect_playback(self) -> None:
        window, playback = self._window, self._playback
        playback.playhead_moved.connect(self._on_playhead_moved)
        playback.sought.connect(self._on_sought)
        playback.playing_changed.connect(window.transport.set_playing)
        playback.speed_changed.connect(window.transport.speed.set_speed)
        playback.speed_reached.connect(window.transport.speed.set_reached)
        playback.cameras_changed.connect(self._on_cameras_changed)
        playback.explain_gaps_by(self._why_no_footage)

    @Slot(int)
    def go_to_recording(self, direction: int) -> None:
        """To the start of the previous (-1) or the next (1) recording of the active camera."""
        camera, here_ms = self._playback.active_camera, self._playback.playhead_ms
        if camera is None or here_ms is None:
            return
        band, from_ms = self._window.book.band(camera.camera_id), round(here_ms)
        found = known_start(band, from_ms, direction)
        begun_ms = round(_JUST_BEGUN_MS * max(1.0, self._playback.speed))
        just_begun = (
            self._playback.playing and found is not None and 0 <= from_ms - found < begun_ms
        )
        if direction < 0 and just_begun and found is not None:
            from_ms = found
            found = known_start(band, from_ms, direction)
        rest = Span(from_ms, LATEST_MS) if direction > 0 else Span(EARLIEST_MS, from_ms)
        if found is not None:
            self._on_go_to(found)
        elif not band.missing(rest):
            # A saved file: all is known, and nobody is there to be asked.
            self._on_recording_found(Found(direction, None, None))
        elif self._search is not None:
            self._search.look(camera.camera_id, from_ms, direction)

    @Slot(object)
    def _on_recording_found(self, found: Found) -> None:
        if found.instant_ms is not None:
            self._on_go_to(found.instant_ms)
            return
        later = found.direction > 0
        text = tr("There is no later recording.") if later else tr("There is no earlier recording.")
        if found.searched is not None:
            edge = found.searched.end_ms if later else found.searched.start_ms
            text = self._nothing_up_to(edge, later=later)
        if not found.told:
            text = tr(
                "This server does not say what was recorded: go there by date and time (Ctrl+G)."
            )
        self._window.messages.show_notice(text)

    def _nothing_up_to(self, edge_ms: int, *, later: bool) -> str:
        when = times.format_minute(edge_ms, self._window.transport.zone.zone)
        if later:
            return tr("There is no later recording up to {when}.", when=when)
        return tr("There is no earlier recording up to {when}.", when=when)

    def _why_no_footage(self, camera_id: str, instant_ms: float) -> str:
        within_ms = _GAP_NEAR_MS * max(1.0, abs(self._playback.speed))
        gap = self._window.book.band(camera_id).gap_near(instant_ms, within_ms)
        return reason_text(gap.reason) if gap is not None else ""

    @Slot()
    def go_to_day_start(self) -> None:
        """To midnight of the day that is shown, in the zone that is shown."""
        here_ms = self._playback.playhead_ms
        camera = self._playback.active_camera
        if camera is not None and camera.is_saved_file and camera.oldest_recording_ms is not None:
            self._on_go_to(camera.oldest_recording_ms)
        elif here_ms is not None:
            self._on_go_to(day_start(round(here_ms), self._window.transport.zone.zone))

    @Slot()
    def mark_in(self) -> None:
        """The cut begins with the picture on the screen."""
        if (here_ms := self._playback.position_now()) is not None:
            canvas = self._window.timeline.canvas
            self._set_cut(canvas.cut.with_in(round(here_ms)))

    @Slot()
    def mark_out(self) -> None:
        """The cut ends with the picture on the screen."""
        if (here_ms := self._playback.position_now()) is not None:
            canvas = self._window.timeline.canvas
            self._set_cut(canvas.cut.with_out(round(here_ms)))

    @Slot()
    def clear_cut(self) -> None:
        """There is no cut any more."""
        self._set_cut(Cut())

    def _set_cut(self, cut: Cut) -> None:
        self._window.timeline.canvas.set_cut(cut)
        self._window.transport.cut.set_cut(cut)

    @Slot(object)
    def _on_go_to(self, instant_ms: int) -> None:
        self._playback.seek(instant_ms)
        self._window.timeline.canvas.reveal(instant_ms)

    @Slot()
    def _on_jump_action(self) -> None:
        name = self.sender().objectName().removeprefix("action_")
        self._playback.jump(_JUMPS_MS[name])

    @Slot()
    def _on_step_back(self) -> None:
        self._playback.step(-1)

    @Slot()
    def _on_step_forward(self) -> None:
        self._playback.step(1)

    @Slot()
    def _on_previous_recording(self) -> None:
        self.go_to_recording(-1)

    @Slot()
    def _on_next_recording(self) -> None:
        self.go_to_recording(1)

    @Slot(object)
    def _on_playhead_moved(self, instant_ms: float | None) -> None:
        canvas = self._window.timeline.canvas
        canvas.set_playhead(instant_ms)
        self._window.transport.go_to.set_instant(instant_ms)

    @Slot(object)
    def _on_sought(self, instant_ms: int) -> None:
        """Show where somebody went; what merely plays on leaves the operator's view alone."""
        canvas = self._window.timeline.canvas
        if not canvas.dragging:
            canvas.reveal(instant_ms)

    @Slot()
    def _on_cameras_changed(self) -> None:
        self._window.acts["own_time"].setChecked(self._playback.has_own_time)
        cameras = self._playback.open_cameras
        canvas = self._window.timeline.canvas
        canvas.set_cameras([TimelineCamera(each.camera_id, each.name) for each in cameras])
        of_server = [each.camera_id for each in cameras if not each.is_saved_file]
        self._availability.set_cameras(of_server)
        if self._events is not None:
            self._events.set_cameras(of_server)

    @Slot(object)
    def _on_availability_loaded(self, answer: Answer) -> None:
        if [segment.look for segment in answer.segments] == [Look.NOT_ALLOWED]:
            self._window.tree.model.set_state(answer.camera_id, CameraState.NOT_ALLOWED)

    @Slot()
    def _on_availability_not_offered(self) -> None:
        self._window.messages.show_notice(
            tr("This server does not say what was recorded. Playing works all the same.")
        )
