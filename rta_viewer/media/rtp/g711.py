"""G.711 over RTP (RFC 3551 section 4.5.14): each payload is a block of samples."""

from collections.abc import Sequence

from rta_viewer.core.access_unit import MediaFormat
from rta_viewer.media.rtp.coded import CodedUnit
from rta_viewer.media.rtp.packet import RtpPacket


class G711Depacketizer:
    """One packet is one block; there is nothing to put together."""

    def __init__(self, media_format: MediaFormat) -> None:
        self.format = media_format
        self.lost_units = 0
        self._lost = False

    def push(self, packet: RtpPacket) -> Sequence[CodedUnit]:
        """The packet's samples as a unit."""
        if not packet.payload:
            return ()
        lost, self._lost = self._lost, False
        data = bytes(packet.payload)
        return (CodedUnit(self.format, packet.timestamp, data, is_key=True, after_loss=lost),)

    def lose(self) -> None:
        """Packets are missing before the next one."""
        self.lost_units += 1
        self._lost = True

    def flush(self) -> Sequence[CodedUnit]:
        """Nothing ever waits."""
        return ()

    def reset(self) -> None:
        """Nothing is ever half done."""
        self._lost = False
