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

    thread = threading.Thread(target=body, name="command", daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(_TURN_S)
        except KeyboardInterrupt as err:
            if cancel.cancelled:
                raise Cancelled from err
            cancel.cancel()
    if failures:
        raise failures[0]
    return results[0]
