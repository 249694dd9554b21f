"""Reading one recorded file, group by group. Owns the open container; used by one thread at a time."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from types import TracebackType
from typing import Self, TypeAlias

import av
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from rta_viewer.demo.footage import annexb
from rta_viewer.demo.footage.adts import strip_adts
from rta_viewer.demo.footage.file_index import Entry, FileIndex, build_index, video_entry
from rta_viewer.demo.footage.file_probe import FileFacts, open_streams
from rta_viewer.errors import MediaError

_log = logging.getLogger(__name__)

_FILTERS = {"H264": "h264_mp4toannexb", "H265": "hevc_mp4toannexb"}
_SOUND_SEEK_BACK_MS = 1_000

# Quoted: PyAV's packets are generic in its type stubs only.
VideoPacket: TypeAlias = "av.Packet[VideoStream]"


class FileReader:
    """See the module's text.

    Raises:
        MediaError: The file has become unreadable since it was probed.
    """

    def __init__(self, facts: FileFacts, index: FileIndex | None = None) -> None:
        self.facts = facts
        self._container, self._video, self._audio = self._open()
        self._packets: Iterator[VideoPacket] | None = None
        self._position = 0
        self._index = index if index is not None else self._build_index()
        self._positions = {
            entry.pts: number for number, entry in enumerate(self._index.entries) if entry.is_key
        }

    @property
    def index(self) -> FileIndex:
        """Where everything is."""
        return self._index

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def group_packets(self, number: int) -> list[tuple[Entry, VideoPacket]]:
        """The packets of one group in decode order; fewer where the file is damaged.

        Raises:
            MediaError: The file cannot be read there.
        """
        place = self._index.groups[number]
        try:
            self._go_to(place.first)
            found = []
            while self._position < place.last:
                step = self._next()
                if step is None:
                    break
                found.append(step)
        except FFmpegError as err:
            self._packets = None
            raise self._damaged() from err
        return found

    def annexb_group(self, number: int) -> list[tuple[Entry, bytes]]:
        """One group of an H.264 or H.265 file as Annex B pictures.

        Raises:
            MediaError: The file cannot be read there.
        """
        packets = self.group_packets(number)
        entries = [entry for entry, _ in packets]
        try:
            converter = BitStreamFilterContext(_FILTERS[self.facts.codec], in_stream=self._video)
            streams = [
                b"".join(bytes(part) for part in converter.filter(packet)) for _, packet in packets
            ]
        except FFmpegError as err:
            raise self._damaged() from err
        return list(zip(entries, streams, strict=True))

    def decode_groups(self, first: int, last: int) -> list[tuple[int, av.VideoFrame]]:
        """The pictures of the groups ``[first, last)`` with their time stamps, in presentation order.

        Raises:
            MediaError: The file cannot be read there.
        """
        packets = [step for number in range(first, last) for step in self.group_packets(number)]
        context = self._video.codec_context
        frames: list[av.VideoFrame] = []
        context.flush_buffers()
        for _, packet in packets:
            frames += self._decoded(packet)
        frames += self._decoded(None)
        context.flush_buffers()
        stamps = sorted(entry.pts for entry, _ in packets)
        return [
            (frame.pts if frame.pts is not None else stamp, frame)
            for frame, stamp in zip(frames, stamps, strict=False)
        ]

    def sound(self, first_pts: int, end_pts: int) -> list[tuple[int, bytes]]:
        """Raw AAC frames with time stamps inside ``[first_pts, end_pts)``.

        Raises:
            MediaError: The file cannot be read there.
        """
        if self._audio is None:
            return []
        base = self._audio.time_base or Fraction(1, 1000)
        back = int(_SOUND_SEEK_BACK_MS / 1000 / base)
        self._packets = None
        found = []
        try:
            self._container.seek(first_pts - back, stream=self._audio, backward=True)
            for packet in self._container.demux(self._audio):
                if packet.pts is None or not packet.size:
                    continue
                if packet.pts >= end_pts:
                    break
                if packet.pts >= first_pts:
                    found.append((packet.pts, strip_adts(bytes(packet))[1]))
        except FFmpegError as err:
            raise self._damaged() from err
        return found

    def parameter_sets(self) -> tuple[bytes, ...]:
        """The parameter sets of the first group, as NAL units.

        Raises:
            MediaError: There are none.
        """
        codec = self.facts.codec
        sets: list[bytes] = []
        for _, stream in self.annexb_group(0)[:1]:
            sets = [
                unit for unit in annexb.nal_units(stream) if annexb.is_parameter_set(codec, unit)
            ]
        if not sets:
            sets = self._header_sets()
        if not sets:
            raise self._damaged()
        return tuple(dict.fromkeys(sets))

    def _header_sets(self) -> list[bytes]:
        header = bytes(self._video.codec_context.extradata or b"")
        if not header.startswith((b"\x00\x00\x01", annexb.START_CODE)):
            return []
        codec = self.facts.codec
        return [unit for unit in annexb.nal_units(header) if annexb.is_parameter_set(codec, unit)]

    def _open(self) -> tuple[InputContainer, VideoStream, av.AudioStream | None]:
        try:
            container, video, audio = open_streams(self.facts.path)
        except (MediaError, OSError) as err:
            raise self._damaged() from err
        return container, video, audio if self.facts.audio else None

    def _build_index(self) -> FileIndex:
        try:
            return build_index(self._container, self._video, self._audio)
        except (FFmpegError, ValueError) as err:
            self._container.close()
            raise self._damaged() from err

    def _decoded(self, packet: "VideoPacket | None") -> list[av.VideoFrame]:
        try:
            return list(self._video.codec_context.decode(packet))
        except FFmpegError:
            _log.debug("%s: a picture is damaged", self.facts.path.name, exc_info=True)
            return []

    def _next(self) -> "tuple[Entry, VideoPacket] | None":
        """The next packet of pictures, None at the end of the file."""
        if self._packets is None:
            return None
        for packet in self._packets:
            if video_entry(packet):
                if self._position >= len(self._index.entries):
                    return None
                entry = self._index.entries[self._position]
                self._position += 1
                return entry, packet
        self._packets = None
        return None

    def _go_to(self, target: int) -> None:
        """Stand before the entry with this number; reading on in order needs no seek."""
        if self._packets is not None and self._position == target:
            return
        entry = self._index.entries[target]
        # Containers differ in whether they seek by decode or by presentation time, and some land late.
        for stamp in (entry.pts, entry.dts, entry.dts - 2 * (entry.pts - entry.dts) - 90_000):
            if self._seek_and_find(stamp, target):
                return
        self._restart()
        while self._position < target and self._next() is not None:
            pass

    def _seek_and_find(self, stamp: int, target: int) -> bool:
        self._container.seek(stamp, stream=self._video, backward=True)
        stream = self._container.demux(self._video)
        for packet in stream:
            entry = video_entry(packet)
            if not entry or not entry.is_key:
                continue
            number = self._positions.get(entry.pts)
            if number is None:
                continue
            if number > target:
                return False
            if number == target:
                self._packets = _with_first(packet, stream)
                self._position = target
                return True
        return False

    def _restart(self) -> None:
        """Open the file again and read from its start."""
        self._container.close()
        self._container, self._video, self._audio = self._open()
        self._packets = self._container.demux(self._video)
        self._position = 0

    def _damaged(self) -> MediaError:
        return MediaError(
            f"The recording {self.facts.path.name} cannot be read.",
            "It may have been deleted, changed or damaged since the server started.",
        )


def _with_first(first: VideoPacket, rest: Iterator[VideoPacket]) -> Iterator[VideoPacket]:
    yield first
    yield from rest
