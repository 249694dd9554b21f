"""Copies of saved files on a drive, each read back: for somebody who takes them along."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.services import Services
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import tr, trn
from rta_viewer.errors import RtaError
from rta_viewer.jobs.bundles import bundles_of
from rta_viewer.jobs.copying import Copied, copy_verified
from rta_viewer.qt.mailbox import Mailbox
from rta_viewer.qt.workers import Task
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.folder_chooser import folder_chooser
from rta_viewer.ui.main_window import MainWindow

_PROGRESS_MS = 100


class HandingOver(QObject):
    """Asks where to, copies on a lane of its own, shows how far it is. GUI thread.

    Attributes:
        chooser: Asks for a folder and calls back with it; not at all when nobody chooses one.
    """

    def __init__(self, services: Services, window: MainWindow, jobs: JobsController) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._strip = window.jobs.copying
        self._task: Task | None = None
        self._news = Mailbox(_PROGRESS_MS, self)
        self._news.arrived.connect(self._on_news)
        self.chooser: Callable[[Callable[[Path], None]], None] = self._choose
        jobs.copy_requested.connect(self._on_copy_requested)
        self._strip.cancelled.connect(self._on_cancelled)

    @property
    def busy(self) -> bool:
        """A copy is under way."""
        return self._task is not None

    def copy(self, jobs: Sequence[Job], folder: Path) -> None:
        """Begin, unless a copy is under way."""
        if self._task is not None:
            self._window.messages.show_notice(
                tr("Another copy is under way. Wait for it, or stop it.")
            )
            return
        self._strip.begin(
            trn(
                "Copying {n} file to {folder}, and reading back",
                "Copying {n:,} files to {folder}, and reading back",
                len(jobs),
                folder=folder,
            )
        )
        news, known = self._news, self._services.known_jobs

        def work(cancel: CancelToken) -> list[Copied]:
            return copy_verified(
                bundles_of(jobs, known()),
                folder,
                cancel=cancel,
                progress=lambda share: news.put("share", share),
            )

        self._task = self._services.copies.submit(
            work, self, partial(self._on_done, len(jobs)), self._on_failed, self._on_stopped
        )

    def close(self) -> None:
        """Tell nothing any more."""
        self._news.close()

    def _choose(self, chosen: Callable[[Path], None]) -> None:
        dialog = folder_chooser(self._window, "copy_folder_dialog", tr("Copy to which folder?"))
        dialog.fileSelected.connect(lambda folder: chosen(Path(folder)))
        dialog.open()

    def _end(self) -> None:
        self._task = None
        self._strip.hide()

    @Slot(object)
    def _on_copy_requested(self, jobs: Sequence[Job]) -> None:
        self.chooser(lambda folder: self.copy(jobs, folder))

    @Slot(object)
    def _on_news(self, news: list[float]) -> None:
        self._strip.set_share(news[-1])

    @Slot()
    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_done(self, chosen: int, copied: Sequence[Copied]) -> None:
        self._end()
        where = os.path.commonpath([one.path.parent for one in copied])
        self._window.messages.show_notice(
            trn(
                "{n} file was copied to {folder} with what belongs to it and read back: all the same.",
                "{n:,} files were copied to {folder} with what belongs to them and read back: all the same.",
                chosen,
                folder=where,
            ),
            "\n".join(f"{one.sha256}  {one.path}" for one in copied),
        )

    def _on_failed(self, error: RtaError) -> None:
        self._end()
        self._window.messages.show_error(error)

    def _on_stopped(self) -> None:
        self._end()
        self._window.messages.show_notice(
            tr("Copying was stopped. What was copied before is complete.")
        )
