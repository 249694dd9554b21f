"""From a cut on the timeline to a job, and what can be done with a saved file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from rta_viewer.app.services import Services
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog
from rta_viewer.ui.save_dialog.order import SaveOrder, SaveProposal


class OrderSender:
    """Starts a job for who is signed in. Worker threads."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, order: SaveOrder) -> Job:
        """Add the job; raises UsageError when nobody is signed in."""
        session = self._services.session
        if session is None:
            raise UsageError("Nobody is signed in.", "Sign in and save again.")
        server, username = session.key
        return self._services.jobs.submit(
            order.request,
            server=server,
            username=username,
            camera_name=order.camera.name,
            folder=order.folder,
            file_name=order.file_name,
            kind=order.route.kind,
        )


def open_path(path: Path) -> bool:
    """Show a file or folder with the program that the desktop has for it; False when it has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Saving(QObject):
    """Opens the save dialog, starts jobs, opens what was saved.

    Attributes:
        opener: How files and folders are opened.
    """

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
        self.dialog: SaveDialog | None = None
        self.opener: Callable[[Path], bool] = open_path
        window.transport.cut.save_requested.connect(self.save_clip)
        window.acts["save_clip"].triggered.connect(self.save_clip)
        window.acts["export"].triggered.connect(self.save_export)
        window.jobs.folder_open_requested.connect(self._on_open_requested)
        jobs.job_finished.connect(self._on_job_finished)

    @Slot()
    def save_clip(self) -> None:
        """Save the cut; which way, the dialog finds out."""
        self._open(None)

    @Slot()
    def save_export(self) -> None:
        """Save the cut by an export on the server."""
        self._open(JobKind.EXPORT)

    def _open(self, prefer: JobKind | None) -> None:
        camera, span = self._playback.active_camera, self._window.timeline.canvas.cut.span
        if camera is not None and camera.is_saved_file:
            self._window.messages.show_notice(
                "This is a saved file already. Choose a tile with a camera of a server."
            )
            return
        if camera is None or span is None:
            hint = "Open a camera." if camera is None else "Mark in (I) and out (O) first."
            self._window.messages.show_notice(f"There is nothing to save yet. {hint}")
            return
        band = self._window.book.band(camera.camera_id)
        known = not band.missing(span)
        footage_ms = band.footage(span) if known else None
        stream = camera.main_stream
        estimated = None
        if footage_ms is not None and stream is not None and stream.bitrate_kbps:
            estimated = footage_ms * stream.bitrate_kbps // 8
        proposal = SaveProposal(camera, span, self._folder(), footage_ms, estimated, prefer)
        self.dialog = SaveDialog(proposal, self._window.transport.zone.zone, self._window)
        self.dialog.save_requested.connect(self._on_save_requested)
        self.dialog.open()

    def _folder(self) -> Path:
        last = self._services.settings.last_save_folder
        if last:
            return Path(last)
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(place or Path.home())

    @Slot(object)
    def _on_save_requested(self, order: SaveOrder) -> None:
        self._window.jobs_dock.show()
        self._services.remember_folder(order.folder)
        self._jobs.submit(order)

    @Slot(object)
    def _on_open_requested(self, path: Path) -> None:
        if not self.opener(path):
            error = StorageError("No program could be found to open it.", f"It is at {path}")
            self._window.messages.show_error(error)

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        if job.state is JobState.DONE:
            self._window.messages.show_notice(f"Saved {job.file_name} in {job.folder}")
        elif job.state is not JobState.CANCELLED:
            text = f"{job.camera_name}: {job.reason} {job.hint}".strip()
            self._window.messages.show_error(StorageError(text))
