"""What the list of saved files offers beyond its own room: timeline, details, another folder, rate limit."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.services import Services
from rta_viewer.core.jobs import Job, JobEvent
from rta_viewer.core.servers import is_served_by
from rta_viewer.core.texts import tr, verbatim
from rta_viewer.jobs.opening import Hold
from rta_viewer.qt.dialogs import open_over
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.folder_chooser import folder_chooser
from rta_viewer.ui.jobs.details import JobDetails
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.timeline.cut import Cut


class JobWishes(QObject):
    """Fulfils what the list and its controller ask for. GUI thread."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        playback: PlaybackController,
        jobs: JobsController,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._playback = playback
        self._jobs = jobs
        window.jobs.limit.set_limit(services.settings.max_bytes_per_s)
        window.jobs.limit_chosen.connect(self._on_limit_chosen)
        window.jobs.limit.renewal.setChecked(services.settings.renew_expired)
        window.jobs.limit.renewal_chosen.connect(self._on_renewal_chosen)
        services.hold_changed.connect(self._on_hold_changed)
        services.problem_found.connect(window.messages.show_notice)
        jobs.show_requested.connect(self._on_show_requested)
        jobs.folder_requested.connect(self._on_folder_requested)
        jobs.history_loaded.connect(self._on_history_loaded)

    @Slot(object)
    def _on_hold_changed(self, hold: Hold) -> None:
        """The jobs are known now, or are others."""
        self._window.jobs.lent.setVisible(hold is Hold.LENT)
        self._jobs.refresh()

    @Slot(object)
    def _on_limit_chosen(self, bytes_per_s: int) -> None:
        self._services.limit_rate(bytes_per_s)
        self._window.jobs.limit.set_limit(bytes_per_s)

    @Slot(bool)
    def _on_renewal_chosen(self, allowed: bool) -> None:
        self._services.renew_expired(allowed=allowed)

    @Slot(object)
    def _on_show_requested(self, jobs: Sequence[Job]) -> None:
        job, session = jobs[0], self._services.session
        parts = (session, *session.others) if session is not None else ()
        here = (one for one in parts if is_served_by((job.server, one.key[1]), one.key))
        part = next(here, None)
        shown_id = session.joined.id_at(part, job.camera_id) if session and part else ""
        camera = self._window.tree.model.camera(shown_id)
        if camera is None:
            self._window.messages.show_notice(_not_there(job, signed_in=part is not None))
            return
        cut = Cut.of(job.span)
        self._window.timeline.canvas.set_cut(cut)
        self._window.transport.cut.set_cut(cut)
        tile = self._window.grid.tile_of(shown_id)
        if tile is None:
            self._playback.open_camera(camera, job.span.start_ms)
        else:
            self._window.grid.activate(tile)
            self._playback.seek(job.span.start_ms)
        self._window.timeline.canvas.reveal(job.span.start_ms)

    @Slot(object)
    def _on_folder_requested(self, jobs: Sequence[Job]) -> None:
        chooser = folder_chooser(self._window, "job_folder_chooser", tr("Choose a folder"))
        chooser.fileSelected.connect(lambda folder: self._jobs.go_on_in(jobs, Path(folder)))
        chooser.open()

    @Slot(object, object)
    def _on_history_loaded(self, job: Job, events: Sequence[JobEvent]) -> None:
        open_over(JobDetails(job, events, self._window.transport.zone.zone, self._window))


def _not_there(job: Job, *, signed_in: bool) -> str:
    server = verbatim(job.server)
    if signed_in:
        return tr(
            "{camera} is not in the list of cameras of {server}.",
            camera=job.camera_name,
            server=server,
        )
    return tr(
        "{camera} is a camera of {server}. Sign in there to see it.",
        camera=job.camera_name,
        server=server,
    )
