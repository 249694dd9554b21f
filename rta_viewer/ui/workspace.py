"""One signed-in session in the window: makes the controllers and connects them with the panels."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import ServerInfo
from rta_viewer.core.ports import Recorder
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, day_start
from rta_viewer.errors import DeliveryError, RtaError, UsageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.availability import MAX_IN_FLIGHT, AvailabilityController
from rta_viewer.ui.controllers.camera_list import CameraListController
from rta_viewer.ui.controllers.cutting import CutController
from rta_viewer.ui.controllers.jobs import JobEngineLike, JobsController, Submit
from rta_viewer.ui.controllers.playback import EngineFactory, PlaybackController
from rta_viewer.ui.controllers.saving import SavingController
from rta_viewer.ui.jobs.wording import STATE_WORDS
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.timeline.bands import FOOTAGE
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.scene import TimelineCamera


@dataclass(frozen=True, slots=True)
class Services:
    """What a session works with; made by the composition root.

    Attributes:
        username: Who is signed in, for the status line.
        submit_job: Turns an order into a job of ``jobs``; called on a worker thread.
        save_folder: Where saved files go unless the operator chooses otherwise.
    """

    recorder: Recorder
    server: ServerInfo
    username: str
    engine_factory: EngineFactory
    jobs: JobEngineLike
    submit_job: Submit
    clock: Clock
    save_folder: Path


class Workspace(QObject):
    """Lives from sign-in to sign-out. Call :meth:`close` at its end, while the window still exists.

    Signals:
        folder_changed: The ``Path`` that was last saved to, to be remembered.
    """

    folder_changed = Signal(object)

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._closed = False
        window.book.clear()
        self._lanes = {
            "lists": Lane("lists", self),
            "availability": Lane("availability", self, workers=MAX_IN_FLIGHT),
            "closing": Lane("closing", self, workers=2),
            "jobs": Lane("jobs", self),
        }
        clock = services.clock
        self.cameras = CameraListController(
            services.recorder, window.tree, self._lanes["lists"], self
        )
        self.playback = PlaybackController(
            window.grid, services.engine_factory, clock, self._lanes["closing"], self
        )
        self.availability = AvailabilityController(
            services.recorder.availability, window.book, clock, self._lanes["availability"], self
        )
        self.cut = CutController(self)
        self.jobs = JobsController(
            services.jobs, services.submit_job, window.jobs, self._lanes["jobs"], self
        )
        self.saving = SavingController(window, services.save_folder, self._lanes["jobs"], self)
        self._connect_timeline()
        self._connect_transport()
        self._connect_actions()
        self._connect_rest()

    def start(self) -> None:
        """Load the cameras, look at the jobs, show the last day."""
        now_ms = self._services.clock.now_ms()
        canvas = self._window.timeline.canvas
        canvas.set_now(now_ms)
        canvas.show_window(Span(now_ms - DAY_MS + HOUR_MS, now_ms + HOUR_MS))
        info = self._services.server
        name = info.name or info.address
        where = name if info.address in name else f"{name} ({info.address})"
        self._window.show_server(f"{self._services.username} at {where}")
        self.cameras.load()
        self.jobs.refresh()

    def close(self, timeout_s: float = 8.0) -> bool:
        """Stop everything and wait for it (bounded); False when something did not end in time."""
        if self._closed:
            return True
        self._closed = True
        self.cameras.close()
        self.availability.close()
        self.jobs.close()
        self.playback.close()
        ended = [self._lanes["closing"].drain(timeout_s)]
        ended.extend(lane.close(timeout_s) for lane in self._lanes.values())
        window = self._window
        window.tree.clear()
        window.timeline.canvas.set_cameras(())
        window.timeline.canvas.set_playhead(None)
        window.timeline.canvas.set_cut(Cut())
        window.transport.cut.set_cut(Cut())
        window.show_server("Not signed in")
        window.show_activity("")
        return all(ended)

    def _connect_timeline(self) -> None:
        canvas, playback = self._window.timeline.canvas, self.playback
        canvas.seek_requested.connect(playback.on_seek_requested)
        canvas.scrub_started.connect(playback.on_scrub_started)
        canvas.scrubbed.connect(playback.on_scrubbed)
        canvas.scrub_finished.connect(playback.on_scrub_finished)
        canvas.window_changed.connect(self._on_window_changed)
        canvas.cut_changed.connect(self.cut.set_cut)
        self.availability.availability_loaded.connect(self._on_availability_loaded)

    def _connect_transport(self) -> None:
        transport, playback = self._window.transport, self.playback
        transport.play_toggled.connect(playback.toggle)
        transport.stepped.connect(playback.step)
        transport.jumped.connect(playback.jump)
        transport.recording_requested.connect(self._on_recording_requested)
        transport.speed.speed_chosen.connect(playback.set_speed)
        transport.go_to.go_to_requested.connect(self._on_go_to_requested)
        transport.go_to.refused.connect(self.show_problem)
        transport.cut.in_marked.connect(self.cut.mark_in)
        transport.cut.out_marked.connect(self.cut.mark_out)
        transport.cut.range_cleared.connect(self.cut.clear)
        transport.cut.save_requested.connect(self._on_save_clip)
        playback.playing_changed.connect(transport.set_playing)
        playback.speed_changed.connect(transport.speed.set_speed)
        playback.speed_reached.connect(transport.speed.set_reached)
        playback.playhead_moved.connect(self._on_playhead_moved)
        playback.cameras_changed.connect(self._on_cameras_changed)
        self.cut.cut_changed.connect(self._on_cut_changed)

    def _connect_actions(self) -> None:
        acts, playback = self._window.acts, self.playback
        for name, slot in {
            "play_pause": playback.toggle,
            "slower": playback.slower,
            "faster": playback.faster,
            "step_back": self._on_step_back,
            "step_forward": self._on_step_forward,
            "back_5s": self._on_back_5s,
            "forward_5s": self._on_forward_5s,
            "back_1m": self._on_back_1m,
            "forward_1m": self._on_forward_1m,
            "previous_recording": self._on_previous_recording,
            "next_recording": self._on_next_recording,
            "day_start": self._on_day_start,
            "now": playback.go_to_newest,
            "mark_in": self.cut.mark_in,
            "mark_out": self.cut.mark_out,
            "clear_cut": self.cut.clear,
            "save_clip": self._on_save_clip,
            "export": self._on_export,
            "snapshot": self.saving.snapshot,
        }.items():
            acts[name].triggered.connect(slot)

    def _connect_rest(self) -> None:
        window = self._window
        window.tree.camera_opened.connect(self._on_camera_opened)
        window.jobs.folder_open_requested.connect(self._on_folder_open_requested)
        window.jobs.file_open_requested.connect(self._on_file_open_requested)
        self.saving.order_made.connect(self._on_order_made)
        self.saving.snapshot_saved.connect(self._on_snapshot_saved)
        self.jobs.job_finished.connect(self._on_job_finished)
        self.availability.not_offered.connect(self._on_not_offered)
        for controller in (self.cameras, self.availability, self.jobs, self.saving):
            controller.problem.connect(self.show_problem)

    @Slot(object)
    def show_problem(self, error: RtaError) -> None:
        """Say it in the quiet bar."""
        self._window.messages.show_error(error)

    # What the panels report

    @Slot(str)
    def _on_camera_opened(self, camera_id: str) -> None:
        camera = self._window.tree.model.camera(camera_id)
        if camera is not None:
            self.playback.open_camera(camera)

    @Slot()
    def _on_cameras_changed(self) -> None:
        cameras = self.playback.open_cameras
        rows = [TimelineCamera(camera.camera_id, camera.name) for camera in cameras]
        self._window.timeline.canvas.set_cameras(rows)
        self.availability.set_cameras([camera.camera_id for camera in cameras])
        count = len(cameras)
        self._window.show_activity(
            "" if not count else "1 camera open" if count == 1 else f"{count} cameras open"
        )
        if not count:
            self._window.timeline.canvas.set_playhead(None)

    @Slot(object)
    def _on_window_changed(self, span: Span) -> None:
        self._window.timeline.canvas.set_now(self._services.clock.now_ms())
        self.availability.set_window(span)

    @Slot(object)
    def _on_availability_loaded(self, availability: object) -> None:
        self._window.timeline.canvas.set_availability(availability)  # type: ignore[arg-type]  # a Signal(object)

    @Slot(object)
    def _on_playhead_moved(self, instant_ms: float | None) -> None:
        canvas = self._window.timeline.canvas
        if not canvas.dragging:
            canvas.set_playhead(instant_ms)
        self._window.transport.go_to.set_instant(instant_ms)
        self.cut.on_playhead_moved(instant_ms)

    @Slot(object)
    def _on_go_to_requested(self, instant_ms: int) -> None:
        self._seek_and_reveal(instant_ms)

    def _seek_and_reveal(self, instant_ms: int) -> None:
        self._window.timeline.canvas.reveal(instant_ms)
        self.playback.seek(instant_ms)

    @Slot(int)
    def _on_recording_requested(self, direction: int) -> None:
        camera, playhead = self.playback.active_camera, self.playback.playhead_ms
        if camera is None or playhead is None:
            return
        band = self._window.book.band(camera.camera_id)
        here = round(playhead)
        if direction > 0:
            found = band.next_recording(here)
        else:
            # Just after a start, the one before is meant; later, the start of this one.
            segment = band.at(here)
            inside = segment is not None and segment.look in FOOTAGE
            slack = 2 * SECOND_MS if inside else 0
            found = band.previous_recording(here - slack)
        if found is None:
            words = "later" if direction > 0 else "earlier"
            hint = "Zoom out in the timeline to load more."
            self.show_problem(UsageError(f"No {words} recording is known.", hint))
            return
        self._seek_and_reveal(found)

    @Slot(object)
    def _on_cut_changed(self, cut: Cut) -> None:
        self._window.timeline.canvas.set_cut(cut)
        self._window.transport.cut.set_cut(cut)

    @Slot(object)
    def _on_order_made(self, order: object) -> None:
        self.folder_changed.emit(self.saving.folder)
        self._window.jobs_dock.show()
        self.jobs.submit(order)  # type: ignore[arg-type]  # a Signal(object)

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        if job.state is JobState.DONE:
            self._window.messages.show_notice(f"{job.file_name} was saved.", str(job.path))
        elif job.state in {JobState.FAILED, JobState.DIFFERS}:
            what = f"{job.camera_name}: {STATE_WORDS[job.state].lower()}."
            self.show_problem(DeliveryError(f"{what} {job.reason}", job.hint))

    @Slot(object)
    def _on_snapshot_saved(self, path: Path) -> None:
        self._window.messages.show_notice(f"{path.name} was saved.", str(path))

    @Slot(object)
    def _on_folder_open_requested(self, folder: Path) -> None:
        self._open_outside(folder)

    @Slot(object)
    def _on_file_open_requested(self, path: Path) -> None:
        self._open_outside(path)

    def _open_outside(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            hint = f"Its place is {path}."
            self.show_problem(UsageError("This computer has no program to open that.", hint))

    @Slot()
    def _on_not_offered(self) -> None:
        self._window.messages.show_notice(
            "This server does not say what was recorded. Playing works all the same."
        )

    # Keys

    @Slot()
    def _on_step_back(self) -> None:
        self.playback.step(-1)

    @Slot()
    def _on_step_forward(self) -> None:
        self.playback.step(1)

    @Slot()
    def _on_back_5s(self) -> None:
        self.playback.jump(-5 * SECOND_MS)

    @Slot()
    def _on_forward_5s(self) -> None:
        self.playback.jump(5 * SECOND_MS)

    @Slot()
    def _on_back_1m(self) -> None:
        self.playback.jump(-MINUTE_MS)

    @Slot()
    def _on_forward_1m(self) -> None:
        self.playback.jump(MINUTE_MS)

    @Slot()
    def _on_previous_recording(self) -> None:
        self._on_recording_requested(-1)

    @Slot()
    def _on_next_recording(self) -> None:
        self._on_recording_requested(1)

    @Slot()
    def _on_day_start(self) -> None:
        if self.playback.playhead_ms is not None:
            zone = self._window.transport.zone.zone
            self._seek_and_reveal(day_start(self.playback.playhead_ms, zone))

    @Slot()
    def _on_save_clip(self) -> None:
        self.saving.propose(self.playback.active_camera, self.cut.cut)

    @Slot()
    def _on_export(self) -> None:
        self.saving.propose(self.playback.active_camera, self.cut.cut, JobKind.EXPORT)
