"""What the program does without being looked at: notifications, progress in the taskbar, work in the tray."""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr, verbatim
from rta_viewer.errors import RtaError
from rta_viewer.platform.taskbar import open_taskbar
from rta_viewer.qt.dialogs import open_over
from rta_viewer.ui.close_question import CloseQuestion
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.jobs import summary
from rta_viewer.ui.jobs.groups import Group, group_of
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.tray import Tray

_TOGETHER_MS = 1_500
"""Files that are ready so soon after one another are one notification."""

_PROGRESS_MS = 1_000


class Progress(Protocol):
    """A taskbar or a dock. GUI thread."""

    def show(self, window_id: int, share: float | None, /) -> None:
        """How much is done, from 0 to 1; None when that is not known. The identifier is 0 while hidden."""
        ...

    def clear(self, window_id: int, /) -> None:
        """Nothing is going on any more."""
        ...

    def close(self) -> None:
        """Let go of it. Idempotent."""
        ...


def open_progress() -> Progress | None:
    """Where this desktop shows progress outside of windows; None where it does not."""
    if sys.platform != "linux":
        return open_taskbar()
    # Here, because other systems may lack the library for it.
    from rta_viewer.qt.launcher_entry import open_launcher_entry

    return open_launcher_entry(QGuiApplication.desktopFileName())


class Background(QObject):
    """Guards the window's closing while files are on their way. GUI thread.

    Args:
        pause: Holds what plays; nobody sees it while the window is away.
        copying: Whether files are being copied to a drive.
        progress: Where the desktop shows progress outside the window, too.
        forgets: Whether no list keeps the files that are on their way.

    Attributes:
        question: The one that is asked now, if any.
    """

    def __init__(
        self,
        window: MainWindow,
        jobs: JobsController,
        tray: Tray,
        pause: Callable[[], None],
        copying: Callable[[], bool] = lambda: False,
        progress: Progress | None = None,
        forgets: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._pause = pause
        self._copying = copying
        self._forgets = forgets
        self._shown_outside = progress
        self.tray = tray
        self.question: CloseQuestion | None = None
        self._ending = False
        self._badge = 0
        self._finished: list[Job] = []
        self._held: list[Job] = []
        self._together = QTimer(self)
        self._together.setSingleShot(True)
        self._together.setInterval(_TOGETHER_MS)
        self._together.timeout.connect(self._on_together)
        self._progress = QTimer(self)
        self._progress.setInterval(_PROGRESS_MS)
        self._progress.timeout.connect(self._on_progress)
        jobs.jobs_finished.connect(self._on_jobs_finished)
        jobs.jobs_held.connect(self._on_jobs_held)
        window.jobs.model.counts_changed.connect(self._on_counts_changed)
        tray.show_requested.connect(self.show_window)
        tray.quit_requested.connect(self._on_quit_requested)
        window.close_guard = self.may_close

    @property
    def running(self) -> int:
        """Jobs that go on by themselves while the program runs, and orders that are not in the list yet."""
        if not self._window.jobs.lent.isHidden():
            # A command works on them, and goes on without the window.
            return self._jobs.ordering
        model = self._window.jobs.model
        going_on = (_goes_on(job) and model.signed_in_to(job) for job in model.unfinished_jobs())
        return sum(going_on) + self._jobs.ordering

    @Slot()
    def quit(self) -> None:
        """End the program; nobody is asked."""
        self._ending = True
        self._window.close()
        # The last window that was hidden before it closed ends nothing by itself.
        QApplication.quit()

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front, wherever it was."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.setQuitOnLastWindowClosed(True)
        self.tray.set_visible(False)

    def may_close(self) -> bool:
        """Asked by the window before it closes; asks the operator where files are on their way."""
        app = QGuiApplication.instance()
        logging_off = isinstance(app, QGuiApplication) and app.isSavingSession()
        if self._ending or logging_off or not (self.running or self._copying()):
            return True
        if self.question is None:
            self._ask()
        return False

    def close(self) -> None:
        """Take the icon away, stop the timers, ask nothing any more. Idempotent."""
        self._ending = True
        self._together.stop()
        self._progress.stop()
        self.tray.close()
        if self._shown_outside is not None:
            self._shown_outside.close()

    def _ask(self) -> None:
        if self._window.isMinimized():
            self.show_window()
        question = CloseQuestion(
            self.running,
            copying=self._copying(),
            forgets=self._forgets(),
            has_tray=self.tray.available,
            parent=self._window,
        )
        question.keep_chosen.connect(self._on_keep)
        question.stop_chosen.connect(self.quit)
        question.finished.connect(self._on_answered)
        self.question = question
        open_over(question)

    @Slot()
    def _on_quit_requested(self) -> None:
        # The icon's menu promises a next time. There is none for copies, and without a list for no file.
        if self._copying() or (self._forgets() and self.running):
            self.show_window()
            self._window.close()
        else:
            self.quit()

    @Slot()
    def _on_answered(self) -> None:
        self.question = None

    @Slot()
    def _on_keep(self) -> None:
        self._pause()
        if not self.tray.available:
            self._window.showMinimized()
            return
        QApplication.setQuitOnLastWindowClosed(False)
        self.tray.set_visible(True)
        self._window.withdraw()
        self._on_progress()

    @Slot(object)
    def _on_jobs_finished(self, jobs: Sequence[Job]) -> None:
        ended = [job for job in jobs if job.state is not JobState.CANCELLED]
        if ended:
            self._finished += ended
            if not self._held:
                # Else it is running: a full drive is told though files for another one keep coming in.
                self._together.start()

    @Slot(object)
    def _on_jobs_held(self, jobs: Sequence[Job]) -> None:
        self._held += jobs
        self._together.start()

    @Slot(object, object)
    def tell_shut_out(self, job: Job, error: RtaError) -> None:
        """Nothing goes on there until somebody signs in."""
        if not self._window.isActiveWindow():
            title = tr("Files wait until somebody signs in again")
            self._notify(title, f"{verbatim(job.server)}: {error}", True)

    @Slot()
    def _on_together(self) -> None:
        finished, self._finished = self._finished, []
        held, self._held = self._held, []
        if self._window.isActiveWindow():
            # Whoever looks at the window sees it there.
            return
        model = self._window.jobs.model
        over, others = model.orders_over(finished)
        # Of an order that goes on only what went wrong is news.
        others = [job for job in others if not job.package or job.state is not JobState.DONE]
        told = summary.notification(over, others)
        if told is not None:
            self._notify(*told)
        held = [job for job in held if (now := model.job(job.job_id)) and now.waits_for_drive]
        if held:
            self._notify(*summary.held_text(held), True)

    def _notify(self, title: str, text: str, wrong: bool) -> None:
        self.tray.notify(title, text, warning=wrong)
        QApplication.alert(self._window)

    @Slot()
    def _on_counts_changed(self) -> None:
        runs = self._window.jobs.model.count(Group.RUNNING) > 0
        if runs and not self._progress.isActive():
            self._progress.start()
        elif not runs:
            self._progress.stop()
        self._on_progress()

    @Slot()
    def _on_progress(self) -> None:
        model = self._window.jobs.model
        under_way = model.under_way()
        work = summary.work_text(under_way)
        self._window.show_work(work)
        self.tray.set_tool_tip(tr("RTA Viewer: {work}", work=work) if work else "RTA Viewer")
        self._show_badge(model.count(Group.RUNNING))
        self._show_outside(under_way if work else [])

    def _show_outside(self, jobs: Sequence[Job]) -> None:
        if self._shown_outside is None:
            return
        # A hidden window has no button; the program's own icon in a dock stays.
        window_id = int(self._window.winId()) if self._window.isVisible() else 0
        if jobs:
            self._shown_outside.show(window_id, summary.share_of(jobs))
        else:
            self._shown_outside.clear(window_id)

    def _show_badge(self, number: int) -> None:
        """On the taskbar or dock, where the desktop has such a thing."""
        app = QGuiApplication.instance()
        if not isinstance(app, QGuiApplication) or number == self._badge:
            return
        # Without the name of its entry in the menu a program has no place in a Linux dock.
        if QGuiApplication.desktopFileName():
            self._badge = number
            app.setBadgeNumber(number)


def _goes_on(job: Job) -> bool:
    return group_of(job) is Group.RUNNING or job.state is JobState.QUEUED or job.waits_for_drive
