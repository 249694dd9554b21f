"""The tour's steps in the list of saved files: a busy server, a failure and its cure, pause, history."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QMenu, QTableWidget, QToolButton, QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr
from rta_viewer.tour import hand
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.report import Step
from rta_viewer.ui.jobs.limit_button import LIMITS
from rta_viewer.ui.jobs.model import Column

Record = Callable[[str, object], AbstractContextManager[Step]]
Fault = Callable[..., None]
"""The name of a fault of the embedded server, and its arguments."""

_DOWNLOAD = "/download"
_BUSY_S = 6
_WAITING = "Waiting for the server"
_LIMIT = 100_000
_STANDS_S = 1.0


class JobSteps:
    """What is done with saved files. ``record`` makes a step of the report; the cut is marked already."""

    def __init__(self, program: Program, record: Record, fault: Fault) -> None:
        self._program = program
        self._window = program.window
        self._panel = program.window.jobs
        self._record = record
        self._fault = fault

    def script(self) -> Script:
        """Everything."""
        first = self._panel.current_job
        yield from self._busy_server()
        yield from self._failure_and_cure()
        yield from self._pause_and_resume(first.sha256 if first is not None else "")
        yield from self._details()
        yield from self._filter()

    def _busy_server(self) -> Script:
        """It asks to come back later: the list counts down, and the file comes by itself."""
        self._fault("fail_next", count=1, status=503, retry_after=str(_BUSY_S), path=_DOWNLOAD)
        with self._record("wait for a busy server", _BUSY_S) as step:
            yield from self._save()
            yield Until(lambda: self._said(Column.STATE) == tr(_WAITING), "the wait")
            yield Pause(0.5)
            step.read = f"{self._said(Column.STATE)}: {self._said(Column.REASON)}"
        with self._record("the file comes by itself", None) as step:
            yield Until(lambda: self._is(JobState.DONE), "the file", 60.0)
            step.read = self._said(Column.STATE)
            yield Pause(0.2)

    def _failure_and_cure(self) -> Script:
        self._fault("fail_next", count=1, status=403, path=_DOWNLOAD)
        with self._record("a download fails", JobState.FAILED.value) as step:
            yield from self._save()
            yield Until(lambda: self._is(JobState.FAILED), "the failure", 30.0)
            step.read = self._said(Column.REASON)
            yield Pause(0.3)
        with self._record("try again", JobState.DONE.value) as step:
            hand.click(self._child("job_retry"))
            yield Until(lambda: self._is(JobState.DONE), "the file", 60.0)
            step.read = self._said(Column.STATE)
            yield Pause(0.2)

    def _pause_and_resume(self, sha256: str) -> Script:
        yield from self._limit(_LIMIT)
        yield from self._save()
        yield Until(lambda: self._is(JobState.FETCHING) and self._job.received_bytes > 0, "bytes")
        yield from self._close_and_stay()
        with self._record("pause a download", JobState.PAUSED.value) as step:
            hand.click(self._child("job_pause"))
            yield Until(lambda: self._is(JobState.PAUSED), "the pause")
            before = self._job.received_bytes
            yield Pause(_STANDS_S)
            step.read = [before, self._job.received_bytes]
            step.passed = 0 < before == self._job.received_bytes
            step.problem = "" if step.passed else "bytes arrive while it is paused"
        yield from self._limit(0)
        with self._record("resume it", JobState.DONE.value) as step:
            hand.click(self._child("job_resume"))
            yield Until(lambda: self._is(JobState.DONE), "the file", 60.0)
            step.read = self._job.sha256
            step.passed = self._job.sha256 == sha256
            step.problem = "" if step.passed else "another file than the one without a pause"
            yield Pause(0.2)

    def _close_and_stay(self) -> Script:
        """Closing the window asks, because a file is on its way."""
        background = self._program.background
        with self._record("close the window", None) as step:
            yield from self._activate()
            hand.key(self._window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
            yield Until(lambda: background.question is not None, "the question")
            question = background.question
            if question is None:
                return
            yield Until(question.isActiveWindow, "the question's activation")
            yield Pause(0.2)
            step.read = [question.text(), *(button.text() for button in question.buttons())]
        hand.key(question, Qt.Key.Key_Escape)
        yield Until(lambda: background.question is None, "the question's end")
        yield from self._activate()

    def _details(self) -> Script:
        """By the keyboard: the history tells of the pause and of who wanted it."""
        with self._record("history of a file", None) as step:
            yield from self._activate()
            self._panel.view.setFocus()
            hand.key(self._window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
            yield Until(lambda: self._details_dialog() is not None, "the details")
            dialog = self._details_dialog()
            if dialog is None:
                return
            yield Until(dialog.isActiveWindow, "the details' activation")
            yield Pause(0.2)
            table = dialog.findChild(QTableWidget, "job_history")
            rows = range(table.rowCount()) if isinstance(table, QTableWidget) else ()
            step.read = [[_cell(table, row, 1), _cell(table, row, 3)] for row in rows]
            step.passed = ["Paused", "demo"] in step.read
            step.problem = "" if step.passed else "nobody paused it"
        hand.key(dialog, Qt.Key.Key_Escape)
        yield Until(lambda: self._details_dialog() is None, "the details' end")
        yield from self._activate()

    def _filter(self) -> Script:
        with self._record("find a file", 1) as step:
            hand.key(self._window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
            search = self._panel.filters.search
            yield Until(search.hasFocus, "the search's focus")
            hand.type_text(search, self._job.file_name)
            yield Until(lambda: self._panel.model.rowCount() == 1, "the one file")
            yield Pause(0.2)
            step.read = self._said(Column.CAMERA)
        hand.key(self._window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hand.key(self._window, Qt.Key.Key_Delete)
        hand.key(self._window, Qt.Key.Key_Return)
        yield Until(lambda: self._panel.model.rowCount() > 1, "all files")

    def _save(self) -> Script:
        """The same cut once more; its name gets a number."""
        known = self._panel.model.count()
        saving, before = self._program.saving, self._program.saving.dialog
        yield from self._activate()
        hand.key(self._window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        yield Until(lambda: saving.dialog is not before, "the save dialog")
        dialog = saving.dialog
        if dialog is None:
            return
        yield Until(dialog.isActiveWindow, "the dialog's activation")
        yield Until(dialog.ok.isEnabled, "room for the file")
        hand.click(dialog.ok)
        yield Until(lambda: self._panel.model.count() > known, "the new job")

    def _activate(self) -> Script:
        """Without a window manager nobody gives the keyboard back after a dialog."""
        self._window.activateWindow()
        yield Until(self._window.isActiveWindow, "the window's activation")

    def _limit(self, bytes_per_s: int) -> Script:
        """By the button's menu and the keyboard."""
        button = self._child("jobs_limit")
        menu = self._window.findChild(QMenu, "jobs_limit_menu")
        if not isinstance(menu, QMenu):
            msg = "the limit has no menu"
            raise TypeError(msg)
        # The menu runs an event loop of its own until it is closed.
        QTimer.singleShot(0, button, partial(hand.click, button))
        yield Until(menu.isVisible, "the menu of limits")
        for _ in range(LIMITS.index(bytes_per_s) + 1):
            hand.key(menu, Qt.Key.Key_Down)
        yield Pause(0.2)
        hand.key(menu, Qt.Key.Key_Return)
        yield Until(lambda: self._panel.limit.limit == bytes_per_s, "the limit")

    @property
    def _job(self) -> Job:
        job = self._panel.current_job
        if job is None:
            msg = "no file is chosen"
            raise RuntimeError(msg)
        return job

    def _is(self, state: JobState) -> bool:
        return self._job.state is state

    def _said(self, column: Column) -> str:
        row = self._panel.view.currentIndex().row()
        return str(self._panel.model.index(row, column).data())

    def _details_dialog(self) -> QDialog | None:
        found = self._window.findChild(QDialog, "job_details")
        return found if isinstance(found, QDialog) and found.isVisible() else None

    def _child(self, name: str) -> QWidget:
        widget = self._window.findChild(QToolButton, name)
        if not isinstance(widget, QWidget):
            msg = f"the window has no {name}"
            raise TypeError(msg)
        return widget


def _cell(table: object, row: int, column: int) -> str:
    item = table.item(row, column) if isinstance(table, QTableWidget) else None
    return item.text() if item is not None else ""
