"""A saved file as a source of footage: each of its stretches is placed at its own wall-clock time."""

import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from av.bitstream import BitStreamFilterContext
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat, TimeSource
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.saved_file import FileClock, one_stretch
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, MediaError, NoFootageError, NotOfferedError
from rta_viewer.media.file_facts import open_video

_CODECS = {"h264": Codec.H264, "hevc": Codec.H265, "mjpeg": Codec.MJPEG}
# Parameter sets before each key picture: of an open group's, the first filter leaves them out.
_FILTERS = {
    codec: f"{name}_mp4toannexb,dump_extra=freq=keyframe"
    for codec, name in ((Codec.H264, "h264"), (Codec.H265, "hevc"))
} | {Codec.MJPEG: "null"}


_REORDERED = 32
"""No codec shows a picture so much earlier or later than it comes."""

_FIRST_WAY_BACK_S = 2


class FileReplaySource:
    """Implements :class:`~rta_viewer.core.ports.ReplaySource` over one MP4, MKV, AVI or TS file.

    Args:
        path: The file; opened anew for every stream.
        clock: When its pictures were taken; a number is the UTC instant of the first one.
    """

    def __init__(self, path: Path, clock: FileClock | float) -> None:
        self._path = path
        self._clock = clock if isinstance(clock, FileClock) else one_stretch(clock)
        self._origin: int | None = None

    def open(
        self,
        start_ms: int,
        end_ms: int,
        *,
        speed: float,
        key_frames_only: bool,
        cancel: CancelToken,
    ) -> "FileReplayStream":
        """See :meth:`ReplaySource.open`; forwards ``speed`` does not matter to a file."""
        cancel.raise_if_cancelled()
        if speed < 0:
            raise NotOfferedError(tr("A file is read forwards."))
        stream = FileReplayStream(self._path, self._clock)
        try:
            self._origin = stream.find_origin(self._origin)
            stream.begin(start_ms, end_ms, key_frames_only=key_frames_only)
        except FFmpegError as err:
            stream.close()
            raise _damaged() from err
        except BaseException:
            stream.close()
            raise
        return stream

    def close(self) -> None:
        """Nothing is kept open between streams."""


class FileReplayStream:
    """Implements :class:`~rta_viewer.core.ports.ReplayStream`."""

    def __init__(self, path: Path, clock: FileClock) -> None:
        self._clock = clock
        self._closed = False
        self._lock = threading.Lock()
        self._end_ms = 0.0
        self._from_ms = float("-inf")
        self._key_frames_only = False
        self._container: Any = None
        self._packets: Generator[Packet[Any]] | None = None
        try:
            self._container = open_video(path)
            self._stream: VideoStream = self._container.streams.video[0]
        except (FFmpegError, OSError, IndexError) as err:
            self.close()
            raise MediaError(
                tr("{name} cannot be opened as a video.", name=path.name),
                tr("Check that the file is complete."),
            ) from err
        codec = _CODECS.get(self._stream.codec_context.name)
        if codec is None:
            name = self._stream.codec_context.name
            self.close()
            raise MediaError(
                tr(
                    "{name} is encoded as {codec}, which cannot be played here.",
                    name=path.name,
                    codec=name,
                )
            )
        context = self._stream.codec_context
        self._format = MediaFormat(codec, width=context.width, height=context.height)
        self._filter = BitStreamFilterContext(_FILTERS[codec], self._stream)
        self._time_base: Fraction = self._stream.time_base or Fraction(1, 1000)
        self._peeked: deque[Packet[Any]] = deque()
        self._origin = 0

    @property
    def formats(self) -> Sequence[MediaFormat]:
        """The video; sound of files is not carried."""
        return (self._format,)

    @property
    def delivered_speed(self) -> float | None:
        """As fast as it is read."""
        return None

    @property
    def lost_units(self) -> int:
        """A file loses nothing on the way."""
        return 0

    def begin(self, start_ms: int, end_ms: int, *, key_frames_only: bool) -> None:
        """Go to the key frame at or before the instant; raises NoFootageError past the end."""
        self._end_ms = end_ms
        self._key_frames_only = key_frames_only
        duration = self._stream.duration
        last_ms = self._instant_ms(self._origin + duration) if duration else None
        last_ms = min(self._clock.end_ms, last_ms or float("inf"))
        if end_ms <= self._clock.first_ms or start_ms >= last_ms:
            raise NoFootageError(tr("The file holds nothing at this time."))
        if self._clock.in_gap(start_ms):
            self._from_ms = start_ms
        ticks = int(self._clock.file_ms(start_ms) / 1000 / self._time_base) + self._origin
        self._go_to_key(max(ticks, self._origin))

    def find_origin(self, known: int | None) -> int:
        """Time stamp of the first picture, unless an earlier stream has found it; before :meth:`begin`.

        What a container says of its start may be when decoding starts, or a guess that is seconds off.
        """
        if known is None:
            count = 1 if self._format.codec is Codec.MJPEG else _REORDERED
            packets = iter(self._read, None)
            stamps = (_shown(packet) for packet in packets if not packet.is_discard)
            known = min(islice(stamps, count), default=0)
        self._origin = known
        return known

    def _go_to_key(self, ticks: int) -> None:
        """To the key picture at or before a place. Containers without an index end up anywhere near it."""
        back = int(_FIRST_WAY_BACK_S / self._time_base)
        place = ticks
        while True:
            self._peeked.clear()
            self._end_reading()
            self._container.seek(place, stream=self._stream, backward=True)
            packet = self._read()
            while packet is not None and not packet.is_keyframe:
                packet = self._read()
            if packet is not None and (_shown(packet) <= ticks or place <= self._origin):
                self._peeked.append(packet)
                return
            if place <= self._origin:
                return
            place = max(self._origin, ticks - back)
            back *= 2

    def units(self) -> Iterator[AccessUnit]:
        """See :meth:`ReplayStream.units`."""
        try:
            while not self._closed:
                with self._lock:
                    if self._closed:
                        raise Cancelled
                    batch = list(self._next_units())
                if not batch:
                    return
                for unit in batch:
                    if not self._has_begun(unit):
                        continue
                    if unit.instant_ms >= self._end_ms and unit.is_key:
                        return
                    if unit.is_key or not self._key_frames_only:
                        yield unit
        except FFmpegError as err:
            raise _damaged() from err

    def close(self) -> None:
        """End it, from any thread."""
        self._closed = True
        with self._lock:
            self._end_reading()
            container, self._container = self._container, None
        if container is not None:
            container.close()

    def _has_begun(self, unit: AccessUnit) -> bool:
        """Asked for an instant in a gap, what lies before the gap is of no use."""
        if unit.is_key and unit.instant_ms >= self._from_ms:
            self._from_ms = float("-inf")
        return self._from_ms == float("-inf")

    def _next_units(self) -> Iterator[AccessUnit]:
        while True:
            packet = self._read()
            found = False
            for filtered in self._filter.filter(packet):
                found = True
                yield self._unit(filtered)
            if packet is None or found:
                return

    def _read(self) -> "Packet[Any] | None":
        if self._peeked:
            return self._peeked.popleft()
        if self._packets is None:
            self._packets = self._container.demux(self._stream)
        for packet in self._packets:
            if packet.dts is not None or packet.pts is not None:
                return packet
            if packet.size == 0:
                break
        self._end_reading()
        return None

    def _end_reading(self) -> None:
        """What was begun must be ended expressly: PyAV loses memory where a reading is just dropped."""
        packets, self._packets = self._packets, None
        if packets is not None:
            packets.close()

    def _unit(self, packet: "Packet[Any]") -> AccessUnit:
        return AccessUnit(
            self._format,
            self._instant_ms(_shown(packet)),
            bytes(packet),
            is_key=packet.is_keyframe,
            time_source=TimeSource.FILE,
        )

    def _instant_ms(self, ticks: int) -> float:
        return self._clock.instant_ms(float((ticks - self._origin) * self._time_base * 1000))


def _shown(packet: "Packet[Any]") -> int:
    """When it is shown, in ticks."""
    return packet.pts if packet.pts is not None else packet.dts or 0


def _damaged() -> MediaError:
    return MediaError(tr("The file is damaged at this place."))
