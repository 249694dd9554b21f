"""Tells the status line what goes on by itself: transfers, and the timeline that loads."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from rta_viewer.core.texts import tr, trn
from rta_viewer.ui.jobs.groups import Group
from rta_viewer.ui.main_window import MainWindow

_LOOK_EVERY_MS = 500


def words_for(running: int, waiting: int, loading: int, ordering: int = 0) -> str:
    """One short line; empty when nothing goes on."""
    parts = []
    if loading:
        parts.append(tr("Loading the timeline"))
    if ordering:
        # Until its drive has answered an order is in no list.
        parts.append(tr("Looking at the folder\N{HORIZONTAL ELLIPSIS}"))
    if running:
        parts.append(trn("{n} file is being saved", "{n:,} files are being saved", running))
    if waiting:
        parts.append(trn("{n} waiting", "{n:,} waiting", waiting))
    return " \N{MIDDLE DOT} ".join(parts)


class GoingOn(QObject):
    """Looks twice a second while the window is there. GUI thread.

    Args:
        loading: How many answers about recordings are on their way.
        ordering: How many orders are not in the list yet.
    """

    def __init__(
        self, window: MainWindow, loading: Callable[[], int], ordering: Callable[[], int]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._loading, self._ordering = loading, ordering
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def close(self) -> None:
        """End. Idempotent."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        jobs = self._window.jobs.model
        self._window.status.show_work(
            words_for(
                jobs.count(Group.RUNNING),
                jobs.count(Group.QUEUE),
                self._loading(),
                self._ordering(),
            )
        )
