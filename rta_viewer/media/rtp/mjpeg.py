"""Motion JPEG over RTP (RFC 2435), with restart markers and quantization tables in-band."""

from collections.abc import Sequence
from dataclasses import replace

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp import jpeg_headers
from rta_viewer.media.rtp.coded import MAX_UNIT_BYTES, CodedUnit
from rta_viewer.media.rtp.packet import RtpPacket

_NONE: tuple[CodedUnit, ...] = ()
_MAIN_BYTES = 8
_RESTART_BYTES = 4


class MjpegDepacketizer:
    """Every picture is a key picture: damage costs that one picture only.

    Args:
        media_format: Size from the SDP, for pictures too large for the RTP header's 8 bits.
    """

    def __init__(self, media_format: MediaFormat | None = None) -> None:
        self.format = media_format or MediaFormat(codec=Codec.MJPEG)
        self.lost_units = 0
        self._tables: dict[int, tuple[bytes, int]] = {}
        self._timestamp: int | None = None
        self._lost = False
        self._scan = bytearray()
        self._head = b""
        self._damaged = False
        self._counted = False

    def push(self, packet: RtpPacket) -> Sequence[CodedUnit]:
        """Take the next packet in order; returns the picture that it completes."""
        if packet.timestamp != self._timestamp:
            self._abandon()
            self._timestamp = packet.timestamp
        if not self._damaged and not self._take(packet.payload):
            self._damaged = True
        return self._finish() if packet.marker else _NONE

    def lose(self) -> None:
        """Packets are missing before the next one."""
        self.lost_units += 1
        self._lost = True
        if self._scan:
            self._damaged = self._counted = True

    def flush(self) -> Sequence[CodedUnit]:
        """A picture without its marker lacks its end."""
        self._abandon()
        self._timestamp = None
        return _NONE

    def reset(self) -> None:
        """Drop a picture that is half done."""
        self._begin()
        self._timestamp = None
        self._lost = False

    def _begin(self) -> None:
        self._scan = bytearray()
        self._head = b""
        self._damaged = False
        self._counted = False

    def _abandon(self) -> None:
        if (self._scan or self._damaged) and not self._counted:
            self.lost_units += 1
            self._lost = True
        self._begin()

    def _take(self, payload: memoryview) -> bool:
        """Add one payload; False when it does not fit what came before."""
        if len(payload) < _MAIN_BYTES:
            return False
        offset = int.from_bytes(payload[1:4], "big")
        kind, quality = payload[4], payload[5]
        if offset != len(self._scan) or offset + len(payload) > MAX_UNIT_BYTES:
            return False
        position = _MAIN_BYTES
        restart = 0
        if 64 <= kind < 128:
            restart = int.from_bytes(payload[position : position + 2], "big")
            position += _RESTART_BYTES
        if offset == 0:
            if quality >= 128:
                position = self._read_tables(payload, position, quality)
            if not self._start(payload, kind & 0x3F, quality, restart):
                return False
        self._scan += payload[position:]
        return True

    def _read_tables(self, payload: memoryview, position: int, quality: int) -> int:
        """Keep the tables that follow, if any; returns where the scan data begins."""
        if position + 4 > len(payload):
            return position
        precision = payload[position + 1]
        size = int.from_bytes(payload[position + 2 : position + 4], "big")
        position += 4
        if 0 < size <= 256:
            self._tables[quality] = (bytes(payload[position : position + size]), precision)
        return position + size

    def _start(self, payload: memoryview, kind: int, quality: int, restart: int) -> bool:
        tables, precision = (
            (jpeg_headers.quantizers(quality), 0)
            if quality < 128
            else self._tables.get(quality, (b"", 0))
        )
        width = payload[6] * 8 or self.format.width
        height = payload[7] * 8 or self.format.height
        if kind > 1 or not width or not height:
            return False
        if (width, height) != (self.format.width, self.format.height):
            self.format = replace(self.format, width=width, height=height)
        try:
            self._head = jpeg_headers.headers(
                width=width,
                height=height,
                kind=kind,
                tables=tables,
                precision=precision,
                restart=restart,
            )
        except ValueError:
            return False
        return True

    def _finish(self) -> Sequence[CodedUnit]:
        if self._damaged or not self._scan:
            self._abandon()
            return _NONE
        data = self._head + bytes(self._scan)
        if not data.endswith(jpeg_headers.END_OF_IMAGE):
            data += jpeg_headers.END_OF_IMAGE
        self._begin()
        after_loss, self._lost = self._lost, False
        return (CodedUnit(self.format, self._timestamp or 0, data, True, after_loss),)
