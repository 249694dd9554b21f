"""Threads that work off the queue where there is no window: for commands and scheduled tasks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane

_JOIN_S = 30.0
"""All threads together; what waits for a dead share ends with the process."""

_LOOK_S = 1.0
_GOING_ON = frozenset({JobState.PREPARING, JobState.FETCHING, JobState.CHECKING})


@contextmanager
def crew(engine: JobEngine, cancel: CancelToken) -> Iterator[Callable[[], None]]:
    """Workers on all lanes until the end of the block; ``cancel`` ends them, too.

    Yields:
        Call it now and then: puts others in the place of those that hang at a drive.
    """
    token = CancelToken()
    forget = cancel.on_cancel(token.cancel)
    threads: list[threading.Thread] = []

    def start(name: str, work: Callable[[], None]) -> None:
        threads.append(threading.Thread(target=work, name=name, daemon=True))
        threads[-1].start()

    def send_help() -> None:
        for lane in filter(engine.wants_help, Lane):
            start(f"jobs-{lane.value}", partial(engine.help, lane, token))

    for lane in [*[Lane.CLIPS] * engine.limits.clips_at_once, Lane.POLLS, Lane.EXPORTS]:
        start(f"jobs-{lane.value}", partial(engine.work, lane, token))
    # A thread of its own: where nothing is to be done, the others end before they have got to it.
    start("package-indexes", partial(_renew_indexes, engine, cancel))
    try:
        yield send_help
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
        with crew(engine, cancel) as send_help:
            while not done(engine.jobs()):
                cancel.raise_if_cancelled()
                send_help()
                changed.wait(_LOOK_S)
                changed.clear()
    finally:
        wake()
        unsubscribe()
