"""The same free memory for every program that is measured.

A virtual machine tells its host of memory that was free for two seconds (Linux, ``mm/page_reporting.c``), and
taking that again costs up to a second for 2 GB. Whoever begins late after the last run, or takes a little
more than was given back, pays for it.
"""

import time
from pathlib import Path

_TOLD_AFTER_S = 2.5
_WORTH_WAITING_BYTES = 1_000_000_000
_BLOCK = bytes(1 << 20)


class HeldMemory:
    """Half as much again as a run writes, held by a file until the run begins.

    Args:
        folder: In memory, as what the run writes.
        size_bytes: What a run writes.
    """

    def __init__(self, folder: Path, size_bytes: int) -> None:
        self._file = folder / "held"
        self._blocks = -(-size_bytes * 3 // (2 * len(_BLOCK)))

    def hold(self) -> None:
        """Take what the last run gave back, and wait until what is free has been told."""
        with self._file.open("wb", buffering=0) as file:
            for _ in range(self._blocks):
                file.write(_BLOCK)
        if len(_BLOCK) * self._blocks >= _WORTH_WAITING_BYTES:
            time.sleep(_TOLD_AFTER_S)

    def release(self) -> None:
        """All of it is free from now on."""
        self._file.unlink()
