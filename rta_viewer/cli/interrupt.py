"""Ctrl+C that works while the network blocks.

Python runs signal handlers on the main thread between its own steps, and a blocking read may not give it
a chance (never on Windows). So the work runs on a thread and the main thread waits in short turns. The
first Ctrl+C cancels, and the work ends in its own way; a second one gives up on it.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled

_TURN_S = 0.1
_T = TypeVar("_T")


def run_interruptible(work: Callable[[], _T], cancel: CancelToken) -> _T:
    """Run ``work`` on a thread and return what it returns, or raise what it raises.

    Raises:
        Cancelled: Ctrl+C twice.
    """
    results: list[_T] = []
    failures: list[BaseException] = []

    def body() -> None:
        try:
            results.append(work())
        except BaseException as err:  # noqa: BLE001 - raised again in the caller
            failures.append(err)
        finally:
            done.set()

    # WORKAROUND for CPython 3.11: a join that Ctrl+C interrupts takes the thread for ended, so wait for
    # an event instead; drop when 3.13 is the oldest Python.
    done = threading.Event()
    thread = threading.Thread(target=body, name="command", daemon=True)
    thread.start()
    while not done.is_set():
        try:
            done.wait(_TURN_S)
        except KeyboardInterrupt as err:
            if cancel.cancelled:
                raise Cancelled from err
            cancel.cancel()
    thread.join()
    if failures:
        raise failures[0]
    return results[0]
