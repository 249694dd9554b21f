"""Somebody else cancels what the test waits for."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from rta_viewer.core.cancel import CancelToken


@contextlib.contextmanager
def cancelled_when(ready: Callable[[], object], token: CancelToken) -> Iterator[None]:
    """Cancel from another thread as soon as ``ready`` returns; raises what cancelling raises."""
    failures: list[BaseException] = []

    def run() -> None:
        ready()
        try:
            token.cancel()
        except Exception as err:  # noqa: BLE001 - it is raised where the test sees it
            failures.append(err)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        for failure in failures:
            raise failure
