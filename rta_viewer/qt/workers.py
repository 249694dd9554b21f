"""The one way to run background work: a lane of threads with a purpose.

A lane runs Qt-free functions that take a :class:`~rta_viewer.core.cancel.CancelToken`. What comes out
crosses to the GUI thread by one queued signal to a slot of the lane, and is handed on from there.
"""

import contextlib
import logging
import os
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, RtaError

_log = logging.getLogger(__name__)

Work = Callable[[CancelToken], Any]

CLOSE_TIMEOUT_S: Final = 5.0

# A QThread object that is destroyed while its thread runs aborts the process: one that could not be
# joined is kept here, and the process has to end by :func:`end_process`.
_stranded: list[QThread] = []


def end_process(code: int) -> None:
    """Where a thread could not be joined, end the process here and now; else return. Call it last.

    What waits for a dead share or for a name server does not end in time. Python would destroy its object on
    its way out.
    """
    if any(worker.isRunning() for worker in _stranded):
        logging.shutdown()
        # Windows gives a program without a terminal none at all.
        if sys.stdout is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
        os._exit(code)


@dataclass(eq=False)
class Task:
    """One piece of work that was handed to a lane.

    Attributes:
        owner: Nothing is delivered once this object's C++ side is gone.
    """

    work: Work
    owner: QObject
    on_success: Callable[[Any], None]
    on_failure: Callable[[RtaError], None]
    on_cancelled: Callable[[], None] | None = None
    must_run: bool = False
    token: CancelToken = field(default_factory=CancelToken)

    def cancel(self) -> None:
        """Ask the work to stop; ends in ``on_cancelled``, never in the other two. Idempotent."""
        self.token.cancel()


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: Task
    value: object = None
    error: RtaError | None = None


class _Worker(QThread):
    """Runs tasks until it takes a None."""

    def __init__(self, name: str, tasks: "queue.SimpleQueue[Task | None]", lane: "Lane") -> None:
        super().__init__()
        self.setObjectName(name)
        self._tasks = tasks
        self._lane = lane

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            outcome = _attempt(task)
            if not self._lane.closed:
                self._lane.finished.emit(outcome)
            # Whatever the task refers to must not live until the next one arrives.
            del task, outcome


def _attempt(task: Task) -> _Outcome:
    if task.token.cancelled:
        return _Outcome(task, error=Cancelled())
    try:
        return _Outcome(task, value=task.work(task.token))
    except RtaError as err:
        return _Outcome(task, error=err)
    except Exception:  # noqa: BLE001 - the outermost line of a thread
        _log.exception("Unexpected failure in background work")
        return _Outcome(
            task,
            error=RtaError(
                tr("Something went wrong inside the program."), tr("The log has the details.")
            ),
        )


class Lane(QObject):
    """A few threads that run one kind of background work, first come first served.

    Lives in the GUI thread, like everything it delivers to. Call :meth:`close` before the program ends.

    Args:
        name: What it is for; the threads carry it.
        workers: How many pieces of work run at the same time.
        most: So many do where all threads are busy when one more is handed in; no more than ``workers`` if 0.
    """

    finished = Signal(object)

    def __init__(
        self, name: str, parent: QObject | None = None, *, workers: int = 1, most: int = 0
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._most = max(workers, most)
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._open: set[Task] = set()
        self._closed = False
        self.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._workers: list[_Worker] = []
        for _ in range(workers):
            self._start_worker()

    def _start_worker(self) -> None:
        worker = _Worker(f"{self._name}-{len(self._workers)}", self._tasks, self)
        self._workers.append(worker)
        worker.start()

    @property
    def closed(self) -> bool:
        """True once :meth:`close` was called."""
        return self._closed

    @property
    def in_flight(self) -> int:
        """Pieces of work that were submitted and not delivered yet, waiting ones included."""
        return len(self._open)

    def submit(
        self,
        work: Work,
        owner: QObject,
        on_success: Callable[[Any], None],
        on_failure: Callable[[RtaError], None],
        on_cancelled: Callable[[], None] | None = None,
        *,
        must_run: bool = False,
    ) -> Task:
        """Run ``work(token)`` on a thread of the lane; exactly one callback follows on the GUI thread.

        None follows when ``owner`` is destroyed, or the lane closed, before the delivery. With ``must_run``
        (closing a player, say) :meth:`close` does not cancel it, but lets it run within its time limit.
        """
        task = Task(work, owner, on_success, on_failure, on_cancelled, must_run)
        if not self._closed:
            self._open.add(task)
            self._tasks.put(task)
            if len(self._workers) < min(len(self._open), self._most):
                self._start_worker()
        return task

    def stop(self) -> None:
        """Take no more work and cancel what may be cancelled; waits for nothing. Idempotent."""
        if self._closed:
            return
        self._closed = True
        for task in self._open:
            if not task.must_run:
                task.cancel()
        self._open.clear()
        for _ in self._workers:
            self._tasks.put(None)

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> bool:
        """Stop, and join the threads; False when one did not end in time. Idempotent."""
        self.stop()
        ended = self._join(timeout_s)
        for worker in self._workers:
            if worker.isRunning():
                _log.warning("Background thread %s did not end in time", worker.objectName())
                _stranded.append(worker)
        self._workers = []
        return ended

    def _join(self, timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        ended = True
        for worker in self._workers:
            ended &= worker.wait(max(0, round((deadline - time.monotonic()) * 1000)))
        return ended

    @Slot(object)
    def _on_finished(self, outcome: _Outcome) -> None:
        task = outcome.task
        self._open.discard(task)
        if self._closed or not shiboken6.isValid(task.owner):
            return
        if task.token.cancelled or isinstance(outcome.error, Cancelled):
            if task.on_cancelled is not None:
                task.on_cancelled()
        elif outcome.error is not None:
            task.on_failure(outcome.error)
        else:
            task.on_success(outcome.value)
