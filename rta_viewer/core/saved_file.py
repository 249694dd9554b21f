"""Saved files as recordings: what is known of each, and when its pictures were taken. No I/O.

A file that was saved over gaps is shorter than the time it covers: recorders close the gaps up. Its pictures
lie in *stretches*, each placed at its own wall-clock time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rta_viewer.core.spans import Span, union

LONGEST_OVERLAP_MS = 15_000
"""Parts of one range begin at the key picture before their start, so they overlap by that much."""


class TimeOrigin(StrEnum):
    """How it is known when a file was recorded, best first."""

    RECORD = "record"
    RECEIPT = "receipt"
    METADATA = "metadata"
    NAME = "name"
    FILE_DATE = "file_date"

    @property
    def is_guess(self) -> bool:
        """True where nobody wrote the time down: a file's date changes with each copy."""
        return self is TimeOrigin.FILE_DATE


class Trust(StrEnum):
    """What comparing a file with its receipt found."""

    NO_RECEIPT = "no_receipt"
    NOT_COMPARED = "not_compared"
    MATCHES = "matches"
    MATCHES_NOT_AS_ASKED = "matches_not_as_asked"
    """The bytes are those of the receipt, which says that the file is not all that was asked for."""

    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken part of a file.

    Attributes:
        file_ms: Where it begins, in milliseconds since the file's first picture.
        start_ms, end_ms: UTC instants of its first picture, and of the end of its last one.
    """

    file_ms: float
    start_ms: float
    end_ms: float

    @property
    def span(self) -> Span:
        """In whole milliseconds, never empty."""
        start_ms = round(self.start_ms)
        return Span(start_ms, max(start_ms + 1, round(self.end_ms)))


_ROUNDING_MS = 2.0
"""Containers round time stamps to their own ticks, Matroska to whole milliseconds."""


class FileClock:
    """Translates between a file's own time and instants.

    Args:
        stretches: Ascending in both times, at least one.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = tuple(stretches)
        self._file_starts = [stretch.file_ms - _ROUNDING_MS for stretch in stretches]
        self._starts = [stretch.start_ms - _ROUNDING_MS for stretch in stretches]

    @property
    def first_ms(self) -> float:
        """Instant of the first picture."""
        return self.stretches[0].start_ms

    @property
    def end_ms(self) -> float:
        """Instant at which the last picture ends."""
        return self.stretches[-1].end_ms

    def instant_ms(self, file_ms: float) -> float:
        """When the picture at this place of the file was taken."""
        stretch = self.stretches[max(0, bisect_right(self._file_starts, file_ms) - 1)]
        return stretch.start_ms + file_ms - stretch.file_ms

    def file_ms(self, instant_ms: float) -> float:
        """Where in the file an instant is; in a gap and before the start, where the next stretch begins."""
        index = bisect_right(self._starts, instant_ms) - 1
        if index < 0:
            return self.stretches[0].file_ms
        if self.in_gap(instant_ms) and index + 1 < len(self.stretches):
            return self.stretches[index + 1].file_ms
        stretch = self.stretches[index]
        return stretch.file_ms + instant_ms - stretch.start_ms

    def in_gap(self, instant_ms: float) -> bool:
        """True between two stretches."""
        index = bisect_right(self._starts, instant_ms) - 1
        inside = 0 <= index < len(self.stretches) - 1
        return inside and instant_ms >= self.stretches[index].end_ms


def one_stretch(first_ms: float, duration_ms: float = float("inf")) -> FileClock:
    """A file without gaps."""
    return FileClock([Stretch(0.0, first_ms, first_ms + duration_ms)])


@dataclass(frozen=True, slots=True)
class SavedFile:
    """One file that was opened.

    Attributes:
        source_id: What tells the camera: the server's address and the camera's id; empty when unknown.
        camera_name: The camera's, or the file's own name.
        stretches: When its pictures were taken.
        problems: Sentences for people about what is wrong with it.
        remarks: Sentences worth knowing that are no fault.
    """

    path: Path
    source_id: str
    camera_name: str
    stretches: tuple[Stretch, ...]
    origin: TimeOrigin
    codec: str = ""
    width: int = 0
    height: int = 0
    trust: Trust = Trust.NO_RECEIPT
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def start_ms(self) -> float:
        """Instant of the first picture."""
        return self.stretches[0].start_ms

    @property
    def end_ms(self) -> float:
        """Instant at which the last picture ends."""
        return self.stretches[-1].end_ms


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What came out of opening files: those that can be played, and sentences about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[str, ...] = ()


def spans_of(files: Iterable[SavedFile]) -> list[Span]:
    """All that the files show, as a normal list."""
    return union(stretch.span for file in files for stretch in file.stretches)


def first_common_ms(rows: Sequence[Sequence[Span]]) -> int | None:
    """The first instant at which all rows have footage; otherwise the first one of any; None without rows."""
    starts = sorted(span.start_ms for spans in rows for span in spans)
    for start_ms in starts:
        if all(any(span.contains(start_ms) for span in spans) for spans in rows):
            return start_ms
    return starts[0] if starts else None


def rows_of(files: Iterable[SavedFile]) -> list[tuple[SavedFile, ...]]:
    """Files that belong one after another in one tile: of one camera, each going on where another ends.

    Files of an unknown camera, and those that show the same time twice, get a row of their own.
    """
    rows: list[list[SavedFile]] = []
    last_of: dict[str, list[SavedFile]] = {}
    for file in sorted(files, key=lambda file: (file.start_ms, file.end_ms, str(file.path))):
        row = last_of.get(file.source_id) if file.source_id else None
        if row is not None and _follows(row[-1], file):
            row.append(file)
            continue
        row = [file]
        rows.append(row)
        if file.source_id:
            last_of[file.source_id] = row
    return [tuple(row) for row in rows]


def _follows(before: SavedFile, after: SavedFile) -> bool:
    later = before.start_ms < after.start_ms and before.end_ms < after.end_ms
    return later and after.start_ms >= before.end_ms - LONGEST_OVERLAP_MS
