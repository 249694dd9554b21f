"""From a cut on the timeline to a job, and what can be done with a saved file."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from rta_viewer.app.joined import Joined
from rta_viewer.app.outcomes import Outcomes
from rta_viewer.app.save_scout import Scout
from rta_viewer.app.services import Services
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.save_choices import choices_from
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import RtaError, StorageError
from rta_viewer.evidence.files import system_path
from rta_viewer.jobs.fitting import refuse_what_cannot_fit, target_for
from rta_viewer.jobs.plan import plan_jobs
from rta_viewer.platform.user import user_name
from rta_viewer.qt.turns import open_next_turn
from rta_viewer.ui import times
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.timeline.cut import Cut

_UNMARKED_MS = 60_000
"""How much is proposed where no end is marked."""


class OrderSender:
    """Makes jobs of an order. Worker threads.

    Args:
        joined: Who was signed in when the cameras were offered: by the time that a drive has answered it may
            be somebody else, whose server calls other cameras the same.
    """

    def __init__(self, services: Services, joined: Joined) -> None:
        self._services = services
        self._joined = joined

    def __call__(self, order: SaveOrder) -> Job:
        """Add the jobs; the first of them.

        Raises:
            UsageError: There is nothing to save.
            StorageError: It does not fit: the drive may have filled up while the dialog was open.
        """
        services, joined = self._services, self._joined
        target = target_for(order.folder, services.known_jobs())
        refuse_what_cannot_fit(order, target, times.format_bytes)
        server, username = joined.first.key
        now_ms, known = services.clock.now_ms(), services.jobs.jobs()
        plan = plan_jobs(order, server=server, username=username, now_ms=now_ms, known=known)
        return services.jobs.add_all([at_its_server(job, joined) for job in plan.jobs])[0]


def at_its_server(job: Job, joined: Joined) -> Job:
    """The window may show several servers; a job is about one."""
    part, camera_id = joined.part_of(job.camera_id)
    server, username = part.key
    return replace(job, server=server, username=username, camera_id=camera_id)


def proposed_span(cut: Cut, here_ms: float | None) -> Span | None:
    """The cut; for a mark that it lacks the playhead counts, or a minute. None without any of them."""
    if cut.span is not None:
        return cut.span
    here = None if here_ms is None else round(here_ms)
    if cut.out_ms is not None:
        latest = cut.out_ms - _UNMARKED_MS
        return Span(here if here is not None and here < cut.out_ms else latest, cut.out_ms)
    start = here if cut.in_ms is None else cut.in_ms
    if start is None:
        return None
    return Span(start, here if here is not None and here > start else start + _UNMARKED_MS)


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
        self.outcomes = Outcomes(window, jobs)
        self.dialog: SaveDialog | None = None
        self._asking = False
        self.opener: Callable[[Path], bool] = open_path
        window.transport.cut.save_requested.connect(self.save_clip)
        window.acts["save_clip"].triggered.connect(self.save_clip)
        window.acts["export"].triggered.connect(self.save_export)
        window.jobs.folder_open_requested.connect(self._on_open_requested)

    @Slot()
    def save_clip(self) -> None:
        """Save the cut of the active camera; which way, the dialog finds out."""
        active = self._playback.active_camera
        live = active is not None and not active.is_saved_file
        self._open([active.camera_id] if active is not None and live else [], None)

    @Slot()
    def save_export(self) -> None:
        """Save the cut of all cameras on the screen by exports on the server."""
        self._open(self._shown, JobKind.EXPORT)

    @property
    def _shown(self) -> list[str]:
        cameras = self._playback.open_cameras
        return [camera.camera_id for camera in cameras if not camera.is_saved_file]

    def _open(self, chosen: list[str], way: JobKind | None) -> None:
        if self._asking:
            # Asked for twice before the first one was there to keep the keys to itself.
            return
        active = self._playback.active_camera
        if not chosen and active is not None and active.is_saved_file:
            self._window.messages.show_notice(
                tr("This is a saved file already. Choose a tile with a camera of a server.")
            )
            return
        span = proposed_span(self._window.timeline.canvas.cut, self._playback.playhead_ms)
        cameras = [each for each in self._window.tree.model.cameras() if not each.is_saved_file]
        session = self._services.session
        if session is None or not cameras or span is None:
            hint = tr("There is nothing to save yet. Open a camera.")
            if session is None:
                hint = tr("There is nothing to save yet. Sign in first.")
            elif not cameras:
                hint = tr("There is nothing to save yet: no camera is listed.")
            self._window.messages.show_notice(hint)
            return
        services, clock = self._services, self._services.clock
        kept = choices_from(services.settings.saving)
        proposal = SaveProposal(
            cameras=cameras,
            chosen=tuple(chosen),
            shown=tuple(self._shown),
            span=span,
            folder=self._folder(),
            zone=self._window.transport.zone.zone,
            operator=user_name(),
            choices=replace(kept, way=way or kept.way),
        )
        scout = Scout(services, session)
        inquiry = Inquiry(scout, services.looks, services.stills, services.drives)
        dialog = SaveDialog(proposal, inquiry, clock, self._window)
        # Somebody may be signed in elsewhere by the time that it is answered.
        sender = OrderSender(services, session.joined)
        dialog.save_requested.connect(partial(self._on_save_requested, sender))
        dialog.finished.connect(self._on_asked)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog, self._asking = dialog, True
        open_next_turn(dialog, dialog.begin)

    @Slot()
    def _on_asked(self) -> None:
        self._asking = False

    def _folder(self) -> Path:
        last = self._services.settings.last_save_folder
        if last:
            return Path(last)
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(place or Path.home())

    def _on_save_requested(self, sender: OrderSender, order: SaveOrder) -> None:
        self._window.jobs_dock.show()
        self._remember(order)
        self._jobs.submit(order, sender)

    def _remember(self, order: SaveOrder) -> None:
        settings, chosen = self._services.settings, order.choices
        dialog = self.dialog
        if dialog is not None and chosen.way == dialog.proposal.choices.way:
            # It may come from the menu's "Export": only what was chosen in the dialog is kept.
            chosen = replace(chosen, way=choices_from(settings.saving).way)
        self._services.remember_folder(order.folder, chosen.to_plain())

    @Slot(object)
    def _on_open_requested(self, path: Path) -> None:
        # Most desktops are silent about a folder that is not there; and a share may hang.
        self._services.drives.submit(
            lambda _: os.path.lexists(system_path(path)),
            self,
            partial(self._open_path, path),
            self._show_error,
        )

    def _open_path(self, path: Path, there: bool) -> None:
        if not there:
            words = tr("{path} is not there.", path=path)
            hint = tr("It was moved or removed, its drive is away, or nothing is saved there yet.")
            self._show_error(StorageError(words, hint))
        elif not self.opener(path):
            words = tr("No program could be found to open it.")
            self._show_error(StorageError(words, tr("It is at {path}", path=path)))

    def _show_error(self, error: RtaError) -> None:
        self._window.messages.show_error(error)
