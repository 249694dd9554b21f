"""Threads that work off the queue where there is no window: for commands and scheduled tasks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane

_JOIN_S = 30.0
"""All threads together; what waits for a dead share ends with the process."""

_LOOK_S = 1.0
_GOING_ON = frozenset({JobState.PREPARING, JobState.FETCHING, JobState.CHECKING})


@contextmanager
def crew(engine: JobEngine, cancel: CancelToken) -> Iterator[None]:
    """Workers on all lanes until the end of the block; ``cancel`` ends them, too."""
    token = CancelToken()
    forget = cancel.on_cancel(token.cancel)
    lanes = [*[Lane.CLIPS] * engine.limits.clips_at_once, Lane.POLLS, Lane.EXPORTS]
    threads = [
        threading.Thread(target=engine.work, args=(lane, token), name=f"jobs-{lane.value}")
        for lane in lanes
    ]
    # A thread of its own: where nothing is to be done, the others end before they have got to it.
    threads.append(
        threading.Thread(target=_renew_indexes, args=(engine, cancel), name="package-indexes")
    )
    for thread in threads:
        thread.daemon = True
        thread.start()
    try:
        yield
    finally:
        token.cancel()
        forget()
        until_s = time.monotonic() + _JOIN_S
        for thread in threads:
            thread.join(max(0.0, until_s - time.monotonic()))


def _renew_indexes(engine: JobEngine, cancel: CancelToken) -> None:
    while not cancel.cancelled and engine.renew_doubted():
        pass


def run_until(engine: JobEngine, done: Callable[[list[Job]], bool], cancel: CancelToken) -> None:
    """Work until ``done`` says so of all jobs, which it is asked when one comes to rest, and now and then.

    Raises:
        Cancelled: The token was set first.
    """
    changed = threading.Event()

    def look(job: Job) -> None:
        # Transfers tell how far they are many times a second, and a list may be long.
        if job.state not in _GOING_ON:
            changed.set()

    unsubscribe = engine.subscribe(look)
    wake = cancel.on_cancel(changed.set)
    try:
        with crew(engine, cancel):
            while not done(engine.jobs()):
                cancel.raise_if_cancelled()
                changed.wait(_LOOK_S)
                changed.clear()
    finally:
        wake()
        unsubscribe()
