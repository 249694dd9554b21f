"""AAC over RTP (RFC 3640, mode AAC-hbr)."""

from collections.abc import Sequence

from rta_viewer.core.access_unit import MediaFormat
from rta_viewer.media.rtp.coded import CodedUnit
from rta_viewer.media.rtp.packet import RtpPacket

_SAMPLES = 1024
_MAX_FRAME_BYTES = 16_384
_MAX_FRAMES = 64


class AacDepacketizer:
    """Whole frames, several in a packet, or one frame over several packets.

    Args:
        size_bits: ``sizelength`` of the SDP's fmtp.
        index_bits: ``indexlength`` (and ``indexdeltalength``, the same in this mode).
    """

    def __init__(self, media_format: MediaFormat, size_bits: int = 13, index_bits: int = 3) -> None:
        self.format = media_format
        self.lost_units = 0
        self._size_bits = size_bits
        self._header_bits = size_bits + index_bits
        self._partial = bytearray()
        self._partial_size = 0
        self._lost = False

    def push(self, packet: RtpPacket) -> Sequence[CodedUnit]:
        """Take the next packet in order; returns the frames that it completes."""
        sizes, body = self._headers(packet.payload)
        if not sizes:
            return self._damage()
        if len(sizes) == 1 and sizes[0] > len(body):
            return self._part(packet, sizes[0], body)
        self._partial.clear()
        if sum(sizes) > len(body):
            return self._damage()
        units = []
        position = 0
        for index, size in enumerate(sizes):
            timestamp = (packet.timestamp + index * _SAMPLES) & 0xFFFFFFFF
            units.append(self._unit(timestamp, bytes(body[position : position + size])))
            position += size
        return units

    def lose(self) -> None:
        """Packets are missing before the next one."""
        self._damage()

    def flush(self) -> Sequence[CodedUnit]:
        """A frame without its end is nothing."""
        self._partial.clear()
        return ()

    def reset(self) -> None:
        """Drop a frame that is half done."""
        self._partial.clear()
        self._lost = False

    def _headers(self, payload: memoryview) -> tuple[list[int], memoryview]:
        """The sizes in the AU header section, and what follows it; no sizes when damaged."""
        bits = int.from_bytes(payload[:2], "big")
        length = (bits + 7) // 8
        count = bits // self._header_bits
        if len(payload) < 2 or not 0 < count <= _MAX_FRAMES or 2 + length > len(payload):
            return [], payload
        section = int.from_bytes(payload[2 : 2 + length], "big") >> (length * 8 - bits)
        mask = (1 << self._size_bits) - 1
        left = bits
        sizes = []
        for _ in range(count):
            left -= self._header_bits
            sizes.append((section >> (left + self._header_bits - self._size_bits)) & mask)
        return ([] if 0 in sizes else sizes), payload[2 + length :]

    def _part(self, packet: RtpPacket, size: int, body: memoryview) -> Sequence[CodedUnit]:
        if size > _MAX_FRAME_BYTES:
            return self._damage()
        if self._partial and self._partial_size != size:
            self._damage()
        self._partial_size = size
        self._partial += body
        if len(self._partial) < size and not packet.marker:
            return ()
        data = bytes(self._partial)
        self._partial.clear()
        if len(data) != size:
            return self._damage()
        return (self._unit(packet.timestamp, data),)

    def _unit(self, timestamp: int, data: bytes) -> CodedUnit:
        lost, self._lost = self._lost, False
        return CodedUnit(self.format, timestamp, data, is_key=True, after_loss=lost)

    def _damage(self) -> tuple[CodedUnit, ...]:
        self._partial.clear()
        self.lost_units += 1
        self._lost = True
        return ()
