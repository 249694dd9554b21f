"""RTP packets (RFC 3550 section 5.1), parsed in place without copying."""

import struct
from typing import NamedTuple

_FIXED = struct.Struct(">BBHII")
_WORDS = struct.Struct(">HH")


class RtpPacket(NamedTuple):
    """One packet. ``payload`` and ``extension`` look into the buffer it was parsed from.

    Attributes:
        extension_profile: The 16 bits "defined by profile", 0 without an extension.
    """

    marker: bool
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: memoryview
    extension_profile: int = 0
    extension: memoryview | None = None

    def detached(self) -> "RtpPacket":
        """A copy that outlives the buffer."""
        return self._replace(
            payload=memoryview(bytes(self.payload)),
            extension=None if self.extension is None else memoryview(bytes(self.extension)),
        )


def parse(data: memoryview) -> RtpPacket | None:
    """The packet in ``data``, None for what is not RTP version 2 or is cut short."""
    size = len(data)
    if size < 12:
        return None
    first, second, sequence, timestamp, ssrc = _FIXED.unpack_from(data)
    if first & 0xC0 != 0x80:
        return None
    start = 12 + 4 * (first & 0x0F)
    profile = 0
    extension: memoryview | None = None
    if first & 0x10:
        if start + 4 > size:
            return None
        profile, words = _WORDS.unpack_from(data, start)
        extension = data[start + 4 : start + 4 + 4 * words]
        start += 4 + 4 * words
    end = size
    if first & 0x20:
        end -= data[size - 1]
        if data[size - 1] == 0:
            return None
    if start > end:
        return None
    return RtpPacket(
        bool(second & 0x80),
        second & 0x7F,
        sequence,
        timestamp,
        ssrc,
        data[start:end],
        profile,
        extension,
    )
