"""What every depacketizer offers: RTP packets in, coded pictures or blocks of sound out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rta_viewer.core.access_unit import MediaFormat
from rta_viewer.media.rtp.packet import RtpPacket

MAX_UNIT_BYTES = 16 * 1024 * 1024
"""Larger access units are damage or malice, and are dropped."""


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """An access unit that has an RTP time stamp, but no instant yet.

    Attributes:
        after_loss: Something that belongs before it was lost.
    """

    format: MediaFormat = field(repr=False)
    timestamp: int
    data: bytes = field(repr=False)
    is_key: bool
    after_loss: bool = False


class Depacketizer(Protocol):
    """Puts one track's access units together. Not thread-safe; raises nothing on damaged data."""

    @property
    def format(self) -> MediaFormat:
        """How to decode the units; changes when parameter sets do."""
        ...

    @property
    def lost_units(self) -> int:
        """Units dropped because of lost or damaged data."""
        ...

    def push(self, packet: RtpPacket) -> Sequence[CodedUnit]:
        """Take the next packet in order; returns the units that it completes."""
        ...

    def lose(self) -> None:
        """Packets are missing before the next one."""
        ...

    def flush(self) -> Sequence[CodedUnit]:
        """No more packets come: the unit that waited for its end, if it is whole."""
        ...

    def reset(self) -> None:
        """Drop what is half done, for example after a seek; begin again at a key unit."""
        ...
