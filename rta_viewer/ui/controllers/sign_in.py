"""Signing in without blocking the window, and being able to change one's mind."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane, Task
from rta_viewer.ui.sign_in.dialog import SignInDialog, SignInRequest

Connect = Callable[[SignInRequest, CancelToken], Any]


class SignInController(QObject):
    """Runs ``connect`` on a lane for what the dialog asks; whatever it returns is the session.

    Signals:
        signed_in: The session.
    """

    signed_in = Signal(object)

    def __init__(
        self, dialog: SignInDialog, connect: Connect, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._dialog = dialog
        self._connect = connect
        self._lane = lane
        self._task: Task | None = None
        dialog.sign_in_requested.connect(self.try_now)
        dialog.sign_in_cancelled.connect(self.stop)

    @Slot(object)
    def try_now(self, request: SignInRequest) -> None:
        """Sign in with this; a try that is still running is given up."""
        self.stop()
        self._dialog.set_busy(True)
        connect = self._connect
        self._task = self._lane.submit(
            lambda cancel: connect(request, cancel), self, self._on_success, self._on_failure
        )

    @Slot()
    def stop(self) -> None:
        """Give up what is running."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_success(self, session: object) -> None:
        self._task = None
        self._dialog.accept()
        self.signed_in.emit(session)

    def _on_failure(self, error: RtaError) -> None:
        self._task = None
        self._dialog.show_error(error)
