"""Signed-in recorders for tests, without real waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Recorder
from rta_viewer.core.secret import Secret
from rta_viewer.platform.system_clock import SystemClock


class Naps:
    """A sleeper that does not sleep; remembers what it was asked."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.seconds.append(seconds)


@contextmanager
def signed_in_recorder(url: str, *, typed: str = "demo", **more: Any) -> Iterator[Recorder]:
    """``demo`` at the address; further arguments go to ``vms.connect``."""
    arguments = {"clock": SystemClock(), "sleep": Naps(), **more}
    recorder = vms.connect(url, "demo", Secret(typed), **arguments)
    try:
        recorder.sign_in(CancelToken())
        yield recorder
    finally:
        recorder.close()
