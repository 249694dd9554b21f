"""Where the pictures and the sound of one recorded file lie, found by demuxing it once."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

PROBED_PACKETS = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """One packet of pictures; times in units of the stream's time base."""

    pts: int
    dts: int
    duration: int
    is_key: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A group of pictures: entries ``[first, last)`` in decode order, and where its key picture is."""

    first: int
    last: int
    key_pts: int


@dataclass(frozen=True)
class FileIndex:
    """All pictures of a file in decode order.

    Attributes:
        time_base: Seconds of one unit of time.
        origin: The time stamp of the first picture that is shown; the file's start is this instant.
        audio_pts: Time stamps of the sound, in units of ``audio_time_base``, sorted.
    """

    entries: tuple[Entry, ...]
    time_base: Fraction
    origin: int
    audio_pts: tuple[int, ...]
    audio_time_base: Fraction

    @cached_property
    def groups(self) -> tuple[GroupPlace, ...]:
        """The groups in order; pictures before the first key picture cannot be decoded."""
        keys = [number for number, entry in enumerate(self.entries) if entry.is_key]
        ends = [*keys[1:], len(self.entries)]
        return tuple(
            GroupPlace(first, last, self.entries[first].pts)
            for first, last in zip(keys, ends, strict=True)
        )

    @cached_property
    def shown_pts(self) -> tuple[int, ...]:
        """Time stamps, in presentation order, of all pictures that can be decoded."""
        start = self.groups[0]
        return tuple(
            sorted(
                {
                    entry.pts
                    for number, entry in enumerate(self.entries)
                    if number >= start.last
                    or (number >= start.first and entry.pts >= start.key_pts)
                }
            )
        )

    @cached_property
    def decode_offsets_ms(self) -> tuple[float, ...]:
        """For each entry, milliseconds from the file's start to its decoding, rising.

        A file with bidirectional prediction begins decoding before its first picture is shown, which
        would reach into the file before it: the first steps are squeezed in behind that picture.
        """
        first = self.groups[0].first
        start = self.groups[0].key_pts
        later = (at for at in range(first, len(self.entries)) if self.entries[at].dts > start)
        until = next(later, len(self.entries))
        after = self.entries[until].dts if until < len(self.entries) else self.end
        squeezed = {
            at: start + (after - start) * (at - first) / (until - first)
            for at in range(first, until)
        }
        return tuple(
            self._milliseconds(squeezed.get(number, entry.dts))
            for number, entry in enumerate(self.entries)
        )

    @cached_property
    def end(self) -> int:
        """The time stamp at which the last picture ends."""
        last = max(self.entries, key=lambda entry: entry.pts)
        return last.pts + max(last.duration, 1)

    def offset_ms(self, pts: int) -> float:
        """Milliseconds since the file's start."""
        return self._milliseconds(pts)

    def group_at(self, offset_ms: float) -> int:
        """The number of the group that shows an instant of the file; the first for earlier ones."""
        pts = self.origin + offset_ms / 1000 / float(self.time_base)
        # Half a unit more, so that an instant computed from a time stamp finds its own picture.
        found = bisect_right(self.groups, pts + 0.5, key=lambda group: group.key_pts) - 1
        return max(0, found)

    def duration_ms(self, pts: int) -> float:
        """How long the picture with this time stamp is shown."""
        following = bisect_right(self.shown_pts, pts)
        after = self.shown_pts[following] if following < len(self.shown_pts) else self.end
        return float((after - pts) * self.time_base * 1000)

    def _milliseconds(self, stamp: float) -> float:
        return (stamp - self.origin) * self.time_base.numerator * 1000 / self.time_base.denominator


def video_entry(packet: "av.Packet[Any]") -> Entry | None:
    """The packet's entry, None for packets without data or without any time stamp."""
    pts = packet.pts if packet.pts is not None else packet.dts
    if not packet.size or pts is None:
        return None
    dts = packet.dts if packet.dts is not None else pts
    return Entry(pts, dts, packet.duration or 0, packet.is_keyframe, not packet.is_discard)


def origin_of(entries: list[Entry]) -> int:
    """The time stamp of the first picture that is shown, given the first entries of a file.

    Pictures that are decoded after the first key picture but shown before it need an earlier group
    that is not in the file: they do not count.
    """
    first_key = next((number for number, entry in enumerate(entries) if entry.is_key), 0)
    key_pts = entries[first_key].pts
    shown = [
        entry.pts
        for number, entry in enumerate(entries)
        if entry.is_shown and (number <= first_key or entry.pts >= key_pts)
    ]
    return min(shown, default=key_pts)


def with_decode_times(entries: list[Entry]) -> list[Entry]:
    """The entries with rising decode times that never lie after the presentation.

    Where the container does not say them (Matroska never does, and FFmpeg cannot always tell), a picture
    is decoded at the time at which the one some places before it in presentation order is shown.
    """
    rising = all(here.dts < there.dts for here, there in pairwise(entries))
    if rising and all(entry.dts <= entry.pts for entry in entries):
        return entries
    shown = sorted(entry.pts for entry in entries)
    place = {pts: number for number, pts in enumerate(shown)}
    delay = max(number - place[entry.pts] for number, entry in enumerate(entries))
    step = max(1, (shown[-1] - shown[0]) // max(1, len(shown) - 1))
    early = [shown[0] - step * (delay - number) for number in range(delay)]
    return [replace(entry, dts=dts) for entry, dts in zip(entries, [*early, *shown], strict=False)]


def build_index(
    container: InputContainer, video: VideoStream, audio: AudioStream | None
) -> FileIndex:
    """Demux a freshly opened file to its end.

    Raises:
        FFmpegError: The file is damaged.
        ValueError: It has no pictures.
    """
    entries: list[Entry] = []
    sound: list[int] = []
    streams = [video, audio] if audio else [video]
    for packet in container.demux(streams):
        if packet.stream_index == video.index:
            entry = video_entry(packet)
            if entry:
                entries.append(entry)
        elif packet.size and packet.pts is not None:
            sound.append(packet.pts)
    if not any(entry.is_key for entry in entries):
        msg = "no key picture"
        raise ValueError(msg)
    return FileIndex(
        entries=tuple(with_decode_times(entries)),
        time_base=video.time_base or Fraction(1, 1000),
        origin=origin_of(entries[:PROBED_PACKETS]),
        audio_pts=tuple(sorted(sound)),
        audio_time_base=(audio.time_base if audio else None) or Fraction(1, 1000),
    )
