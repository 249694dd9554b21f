"""A drive that does not answer until it is told to: a share whose server is away, a dying stick."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_LONGEST_S = 60.0


class StuckDrive:
    """Calls of one kind, asked on other threads than the test's, wait; one after another may go on."""

    def __init__(self) -> None:
        self._asked = threading.Semaphore(0)
        self._may_go = threading.Semaphore(0)
        self._answers = False
        self._tester = threading.current_thread()

    def wait_for_call(self) -> None:
        """Until one more is waiting."""
        assert self._asked.acquire(timeout=_LONGEST_S)

    def answer_once(self) -> None:
        """The one that waits comes back."""
        self._may_go.release()

    def answer(self) -> None:
        """The drive is well again."""
        self._answers = True
        self._may_go.release(1000)

    def hang(self) -> None:
        """What a call does first."""
        if self._answers or threading.current_thread() is self._tester:
            return
        self._asked.release()
        self._may_go.acquire(timeout=_LONGEST_S)


@contextmanager
def stuck_drive(folder: Path, call: str = "write") -> Iterator[StuckDrive]:
    """Until the end of the block, for what is opened below a folder.

    Args:
        folder: What is on it.
        call: What hangs: ``write``, ``open``, ``fsync``, ``mkdir`` or ``hardlink_to``.
    """
    drive = StuckDrive()

    def is_on_it(path: Path) -> bool:
        return path == folder or folder in path.parents

    with pytest.MonkeyPatch.context() as patch:
        if call == "fsync":
            patch.setattr(os, "fsync", _hanging(drive, os.fsync, lambda _: True))
        elif call in {"write", "open"}:
            patch.setattr(Path, "open", _opener(drive, Path.open, is_on_it, call))
        else:
            patch.setattr(Path, call, _hanging(drive, getattr(Path, call), is_on_it))
        try:
            yield drive
        finally:
            drive.answer()


def _hanging(
    drive: StuckDrive, really: Callable[..., Any], concerns_it: Callable[[Any], bool]
) -> Callable[..., Any]:
    def hangs(target: Any, *more: Any, **named: Any) -> Any:
        if concerns_it(target):
            drive.hang()
        return really(target, *more, **named)

    return hangs


def _opener(
    drive: StuckDrive, plain: Callable[..., Any], is_on_it: Callable[[Path], bool], call: str
) -> Callable[..., Any]:
    """Only for the files of transfers, which are opened without a buffer."""

    class StuckFile(io.FileIO):
        def write(self, data: Any) -> int:
            drive.hang()
            return super().write(data)

    def open_file(
        path: Path, mode: str = "r", buffering: int = -1, *more: Any, **named: Any
    ) -> Any:
        if buffering != 0 or "+" not in mode or not is_on_it(path):
            return plain(path, mode, buffering, *more, **named)
        if call == "write":
            return StuckFile(str(path), mode.replace("b", ""))
        drive.hang()
        return plain(path, mode, buffering)

    return open_file
