"""A packager that is quick and predictable, for tests of what happens around packaging."""

import random
import threading
from collections.abc import Callable
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World


class FakePackager:
    """Writes random bytes that depend on the order alone.

    Attributes:
        size_bytes: Of each file.
        orders: The keyword arguments and span of each call.
        failure: Raised instead of writing.
        gate: Packaging waits for it, halfway; open at first.
        entered: Released once for each call that began.
    """

    def __init__(self, size_bytes: int = 100_000) -> None:
        self.size_bytes = size_bytes
        self.orders: list[dict[str, object]] = []
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Semaphore(0)

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        container: str,
        quality: str,
        include_audio: bool,
        watermark: str | None,
        progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> None:
        order = {
            "camera_id": camera_id,
            "span": span,
            "container": container,
            "quality": quality,
            "include_audio": include_audio,
            "watermark": watermark,
        }
        self.orders.append(order)
        self.entered.release()
        if self.failure is not None:
            raise self.failure
        content = random.Random(repr(order)).randbytes(self.size_bytes)  # noqa: S311
        target.write_bytes(content[: self.size_bytes // 2])
        progress(0.5)
        while not self.gate.wait(0.01):
            cancel.raise_if_cancelled()
        cancel.raise_if_cancelled()
        target.write_bytes(content)
        progress(1.0)
