"""Several saved files of one camera as one source of footage: each goes on where the one before ends."""

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.access_unit import AccessUnit, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.saved_file import FileClock
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, NoFootageError, NotOfferedError
from rta_viewer.media.file_source import FileReplaySource, FileReplayStream


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file and its times."""

    path: Path
    clock: FileClock


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a stream was asked for."""

    end_ms: int
    key_frames_only: bool
    cancel: CancelToken


class FileSequenceSource:
    """Implements :class:`~rta_viewer.core.ports.ReplaySource`.

    Where files overlap, the later one holds from its first picture on: files begin with a key picture.

    Args:
        parts: At least one, ascending by their first picture.
    """

    def __init__(self, parts: Sequence[FilePart]) -> None:
        self._parts = tuple(parts)
        self._sources = [FileReplaySource(part.path, part.clock) for part in parts]

    def open(
        self,
        start_ms: int,
        end_ms: int,
        *,
        speed: float,
        key_frames_only: bool,
        cancel: CancelToken,
    ) -> "FileSequenceStream":
        """See :meth:`ReplaySource.open`; forwards ``speed`` does not matter to files."""
        if speed < 0:
            raise NotOfferedError(tr("Files are read forwards."))
        asked = _Asked(end_ms, key_frames_only, cancel)
        number = max(0, bisect_right([part.clock.first_ms for part in self._parts], start_ms) - 1)
        while True:
            try:
                first = self._open(number, start_ms, asked)
            except NoFootageError:
                number += 1
                if number == len(self._parts):
                    raise
            else:
                return FileSequenceStream(self, number, first, asked)

    def close(self) -> None:
        """Nothing is kept open between streams."""

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self._parts)

    def first_ms(self, number: int) -> float:
        """Instant of a file's first picture; infinite behind the last file."""
        return self._parts[number].clock.first_ms if number < self.count else float("inf")

    def open_next(self, number: int, asked: _Asked) -> FileReplayStream:
        """A file from its beginning."""
        return self._open(number, int(self.first_ms(number)), asked)

    def _open(self, number: int, start_ms: int, asked: _Asked) -> FileReplayStream:
        return self._sources[number].open(
            start_ms,
            asked.end_ms,
            speed=1,
            key_frames_only=asked.key_frames_only,
            cancel=asked.cancel,
        )


class FileSequenceStream:
    """Implements :class:`~rta_viewer.core.ports.ReplayStream`."""

    def __init__(
        self, source: FileSequenceSource, number: int, first: FileReplayStream, asked: _Asked
    ) -> None:
        self._source = source
        self._number = number
        self._asked = asked
        self._lock = threading.Lock()
        self._stream = first
        self._closed = threading.Event()

    @property
    def formats(self) -> Sequence[MediaFormat]:
        """Of the file that is read now."""
        return self._stream.formats

    @property
    def delivered_speed(self) -> float | None:
        """As fast as it is read."""
        return None

    @property
    def lost_units(self) -> int:
        """Files lose nothing on the way."""
        return 0

    def units(self) -> Iterator[AccessUnit]:
        """See :meth:`ReplayStream.units`."""
        while True:
            next_ms = self._source.first_ms(self._number + 1)
            for unit in self._stream.units():
                if unit.instant_ms < next_ms:
                    yield unit
                elif unit.is_key:
                    break
            if not self._go_on():
                return

    def close(self) -> None:
        """End it, from any thread."""
        with self._lock:
            self._closed.set()
            self._stream.close()

    def _go_on(self) -> bool:
        self._number += 1
        if self._closed.is_set() or self._number >= self._source.count:
            return False
        if self._source.first_ms(self._number) >= self._asked.end_ms:
            return False
        following = self._source.open_next(self._number, self._asked)
        with self._lock:
            before, self._stream = self._stream, following
            before.close()
            if self._closed.is_set():
                following.close()
                raise Cancelled
        return True
