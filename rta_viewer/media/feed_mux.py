"""Access units to a stream of bytes for libVLC, by FFmpeg's muxers.

H.264 and H.265 travel as an MPEG transport stream (ISO/IEC 13818-1); it has no place for MJPEG, which
travels as Matroska. Time stamps are *media time*: they start near zero, never jump and know nothing of
wall clocks.
"""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import av
from av.error import FFmpegError
from av.packet import Packet

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError

TICKS_PER_MS = 90


@dataclass(frozen=True, slots=True)
class Carrier:
    """How one codec travels: FFmpeg's names of codec and muxer, libVLC's name of the demuxer."""

    codec_name: str
    muxer: str
    demuxer: str
    options: Mapping[str, str]


_TS_OPTIONS = {"flush_packets": "1", "pcr_period": "20", "max_delay": "0"}
_MKV_OPTIONS = {"flush_packets": "1", "live": "1", "cluster_time_limit": "100"}
_CARRIERS = {
    Codec.H264: Carrier("h264", "mpegts", "ts", _TS_OPTIONS),
    Codec.H265: Carrier("hevc", "mpegts", "ts", _TS_OPTIONS),
    Codec.MJPEG: Carrier("mjpeg", "matroska", "avformat", _MKV_OPTIONS),
}
_ANY_WIDTH, _ANY_HEIGHT = 1920, 1080
_BASE_TICKS = 60 * 1000 * TICKS_PER_MS
"""Head room in front of media time zero for pictures that are decoded but not shown."""


def carrier_of(media_format: MediaFormat) -> Carrier:
    """How pictures of this format travel; raises MediaError for sound."""
    carrier = _CARRIERS.get(media_format.codec)
    if carrier is None:
        raise MediaError(tr("{codec} cannot be handed to the player.", codec=media_format.codec))
    return carrier


class FeedMuxer:
    """Writes one video stream. One thread. Must be closed, but not after ``write`` raised.

    Args:
        write: Receives the bytes; may block, may raise to end the stream.
        media_format: Of the video.
        reorder_depth: How many pictures the decoder must hold back (0 without B-frames). Decode time
            stamps are derived by looking that many units ahead. May grow on the way.
    """

    def __init__(
        self, write: Callable[[bytes], None], media_format: MediaFormat, *, reorder_depth: int = 0
    ) -> None:
        carrier = carrier_of(media_format)
        self._container = av.open(
            _Writer(write),
            "w",
            format=carrier.muxer,
            options=dict(carrier.options),
            buffer_size=64 * 188,
        )
        # A stream without an encoder: the pictures are encoded already.
        self._stream = self._container.add_mux_stream(
            carrier.codec_name,
            rate=25,
            width=media_format.width or _ANY_WIDTH,
            height=media_format.height or _ANY_HEIGHT,
        )
        self._stream.time_base = Fraction(1, 1000 * TICKS_PER_MS)
        self.reorder_depth = reorder_depth
        self._waiting: list[tuple[int, AccessUnit]] = []
        self._ahead: list[int] = []
        self._last_dts = -1

    def add(self, unit: AccessUnit, media_ms: float) -> None:
        """Write one unit; with reordering it is written as soon as enough later ones are known."""
        pts = _BASE_TICKS + round(media_ms * TICKS_PER_MS)
        self._waiting.append((pts, unit))
        heapq.heappush(self._ahead, pts)
        if len(self._waiting) > self.reorder_depth:
            self._write_oldest()

    def close(self) -> None:
        """Write what waits and end the stream."""
        while self._waiting:
            self._write_oldest()
        self._container.close()

    def _write_oldest(self) -> None:
        pts, unit = self._waiting.pop(0)
        # The decode order must be kept in front of the earliest picture that is still to come.
        earliest = self._ahead[0]
        self._ahead.remove(pts)
        heapq.heapify(self._ahead)
        dts = (
            max(self._last_dts + 1, earliest - self.reorder_depth - 1)
            if self.reorder_depth
            else pts
        )
        dts = min(dts, pts)
        if dts <= self._last_dts:
            dts = self._last_dts + 1
            pts = max(pts, dts)
        self._last_dts = dts
        packet = Packet(unit.data)
        packet.stream = self._stream
        packet.time_base = Fraction(1, 1000 * TICKS_PER_MS)
        packet.pts = pts
        packet.dts = dts
        packet.is_keyframe = unit.is_key
        try:
            self._container.mux_one(packet)
        except FFmpegError as err:
            raise MediaError(tr("The recording cannot be handed to the player.")) from err


class _Writer:
    """The part of a file object that the muxer needs."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def write(self, data: bytes) -> int:
        self._write(data)
        return len(data)
