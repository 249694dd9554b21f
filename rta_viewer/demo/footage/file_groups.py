"""The groups of pictures of one recorded file: passed on as they are, or converted.

Both kinds hold an open file once they were used; :meth:`close` lets it go, and the next call opens it
again. Safe from several threads.
"""

import hashlib
import threading
from bisect import bisect_right
from functools import cached_property
from typing import Protocol

from rta_viewer.demo.footage import annexb
from rta_viewer.demo.footage.cache import GopCache, Group
from rta_viewer.demo.footage.encoder import EncoderSettings, Picture, encode_group
from rta_viewer.demo.footage.file_index import Entry, FileIndex
from rta_viewer.demo.footage.file_probe import FileFacts
from rta_viewer.demo.footage.file_reader import FileReader
from rta_viewer.demo.footage.model import VideoUnit
from rta_viewer.errors import MediaError

_CONVERTED_GROUP_MS = 2_000


class FileGroups(Protocol):
    """What footage needs of a file; all may raise MediaError when the file became unreadable."""

    @property
    def count(self) -> int:
        """How many groups there are, at least one."""
        ...

    def number_at(self, instant_ms: float) -> int:
        """The group that shows the instant; the first for earlier, the last for later ones."""
        ...

    def start_ms(self, number: int) -> float:
        """The instant of the group's key picture."""
        ...

    def units(self, number: int) -> tuple[VideoUnit, ...]:
        """The group's pictures in decode order."""
        ...

    def close(self) -> None:
        """Let the open file go."""
        ...


class OpenFile:
    """One file that is indexed at first use and can be closed and opened again."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self.lock = threading.RLock()
        self._reader: FileReader | None = None
        self._index: FileIndex | None = None
        self._parameter_sets: tuple[bytes, ...] | None = None

    def reader(self) -> FileReader:
        """The open file; call it, and use it, with the lock held."""
        if self._reader is None:
            self._reader = FileReader(self.facts, self._index)
            self._index = self._reader.index
        return self._reader

    def index(self) -> FileIndex:
        """Where everything is."""
        with self.lock:
            if self._index is None:
                return self.reader().index
            return self._index

    def parameter_sets(self) -> tuple[bytes, ...]:
        """What the pictures of the file need to be decoded, as NAL units.

        Raises:
            MediaError: There are none, or the file cannot be read.
        """
        with self.lock:
            if self._parameter_sets is None:
                self._parameter_sets = self.reader().parameter_sets()
            return self._parameter_sets

    def close(self) -> None:
        """Let the open file go; the index stays."""
        with self.lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None


class PassedGroups:
    """Groups as the file has them, as Annex B."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self._file.index().groups)

    def number_at(self, instant_ms: float) -> int:
        """The group that shows the instant."""
        return self._file.index().group_at(instant_ms - self._file.facts.origin_ms)

    def start_ms(self, number: int) -> float:
        """The instant of the group's key picture."""
        index = self._file.index()
        return self._file.facts.origin_ms + index.offset_ms(index.groups[number].key_pts)

    def units(self, number: int) -> tuple[VideoUnit, ...]:
        """The group's pictures in decode order."""
        with self._file.lock:
            pictures = self._file.reader().annexb_group(number)
        place = self._file.index().groups[number]
        units = (
            self._unit(entry, data, place.key_pts, place.first + at)
            for at, (entry, data) in enumerate(pictures)
        )
        # Nothing comes before a file's first group, so what needs it can never be decoded.
        return tuple(unit for unit in units if number > 0 or not unit.needs_previous)

    def close(self) -> None:
        """Let the open file go."""
        self._file.close()

    def _unit(self, entry: Entry, data: bytes, key_pts: int, number: int) -> VideoUnit:
        facts, index = self._file.facts, self._file.index()
        codec = facts.codec
        nals = [nal for nal in annexb.nal_units(data) if not annexb.is_delimiter(codec, nal)]
        if entry.is_key and not any(annexb.is_parameter_set(codec, nal) for nal in nals):
            nals = [*self._file.parameter_sets(), *nals]
        instant = facts.origin_ms + index.offset_ms(entry.pts)
        leading = entry.pts < key_pts
        return VideoUnit(
            instant_ms=instant,
            decode_ms=min(instant, facts.origin_ms + index.decode_offsets_ms[number]),
            duration_ms=index.duration_ms(entry.pts),
            data=annexb.joined(nals),
            is_key=entry.is_key,
            reference=entry.is_key or annexb.is_reference(codec, nals),
            needs_previous=leading and not annexb.is_decodable_leading(codec, nals),
        )


class ConvertedGroups:
    """Groups of about two seconds, encoded again, for codecs and sizes that cannot be passed on."""

    def __init__(self, file: OpenFile, settings: EncoderSettings, cache: GopCache) -> None:
        self._file = file
        self._settings = settings
        self._cache = cache
        stat = file.facts.path.stat()
        identity = (str(file.facts.path.resolve()), stat.st_size, stat.st_mtime_ns, settings)
        self._folder = hashlib.sha256(repr(identity).encode()).hexdigest()[:16]

    @cached_property
    def _stamps(self) -> tuple[tuple[int, ...], ...]:
        """The time stamps of each group."""
        index = self._file.index()
        groups: dict[int, list[int]] = {}
        for pts in index.shown_pts:
            place = int(index.offset_ms(pts) // _CONVERTED_GROUP_MS)
            groups.setdefault(place, []).append(pts)
        return tuple(tuple(stamps) for stamps in groups.values())

    @cached_property
    def _starts_ms(self) -> tuple[float, ...]:
        return tuple(self.start_ms(number) for number in range(self.count))

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self._stamps)

    def number_at(self, instant_ms: float) -> int:
        """The group that shows the instant."""
        # A trifle more, so that an instant computed from a time stamp finds its own group.
        return max(0, bisect_right(self._starts_ms, instant_ms + 1e-3) - 1)

    def start_ms(self, number: int) -> float:
        """The instant of the group's key picture."""
        return self._file.facts.origin_ms + self._file.index().offset_ms(self._stamps[number][0])

    def units(self, number: int) -> tuple[VideoUnit, ...]:
        """The group's pictures in decode order."""
        index, origin_ms = self._file.index(), self._file.facts.origin_ms
        group = self._cache.get((self._folder, number), lambda: self._convert(number))
        units = []
        for position, (place, data) in enumerate(group):
            pts = self._stamps[number][place]
            instant = origin_ms + index.offset_ms(pts)
            units.append(
                VideoUnit(instant, instant, index.duration_ms(pts), data, is_key=position == 0)
            )
        return tuple(units)

    def close(self) -> None:
        """Let the open file go."""
        self._file.close()

    def _convert(self, number: int) -> Group:
        wanted = {pts: place for place, pts in enumerate(self._stamps[number])}
        index = self._file.index()
        first = index.group_at(index.offset_ms(min(wanted)))
        last = index.group_at(index.offset_ms(max(wanted))) + 1
        if last < len(index.groups) and _has_leading(index, last):
            last += 1
        with self._file.lock:
            frames = self._file.reader().decode_groups(first, last)
        pictures: list[Picture] = [
            (wanted[pts], frame.reformat(self._settings.width, self._settings.height, "yuv420p"))
            for pts, frame in frames
            if pts in wanted
        ]
        if not pictures:
            raise MediaError(f"The recording {self._file.facts.path.name} cannot be decoded.")
        return encode_group(self._settings, pictures)


def _has_leading(index: FileIndex, number: int) -> bool:
    place = index.groups[number]
    return any(entry.pts < place.key_pts for entry in index.entries[place.first : place.last])
