"""Sequence numbers (RFC 3550 section 5.1): finds what is missing and puts back in order what is not.

TCP keeps order, but recorders relay what a camera sent them over UDP, drop packets for slow readers, and
start counting anew where one recording ends and the next begins.
"""

from typing import NamedTuple

from rta_viewer.media.rtp.packet import RtpPacket

HELD_PACKETS = 16
"""How many packets may wait for a missing one before it counts as lost."""

_LATE_PACKETS = 128
_STUCK_PACKETS = 8


class Settled(NamedTuple):
    """A packet whose turn has come; ``lost`` when others are missing before it."""

    packet: RtpPacket
    lost: bool


class Reorderer:
    """One track's packets in the order of their numbers. Bounded; not thread-safe."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._held: dict[int, RtpPacket] = {}
        self._stuck = 0
        self._numbered = True

    def in_order(self, sequence: int) -> bool:
        """True when the packet is the next one and nothing waits: it needs no :meth:`settle`."""
        if not self._numbered:
            return True
        if sequence == self._next or self._next is None:
            if self._held:
                return False
            self._next = (sequence + 1) & 0xFFFF
            self._stuck = 0
            return True
        return False

    def settle(self, packet: RtpPacket) -> list[Settled]:
        """Take a packet that was not :meth:`in_order`; returns those whose turn has come."""
        if self._next is None:
            self._next = packet.sequence
        ahead = (packet.sequence - self._next) & 0xFFFF
        if ahead == 0:
            self._next = (packet.sequence + 1) & 0xFFFF
            return [Settled(packet, lost=False), *self._contiguous()]
        if ahead > 0x10000 - _LATE_PACKETS:
            return self._late(packet)
        if ahead <= HELD_PACKETS:
            self._held[packet.sequence] = packet.detached()
            return self._give_up_one() if len(self._held) >= HELD_PACKETS else []
        return self._renumber(packet)

    def flush(self) -> list[Settled]:
        """Everything that still waits, in order; what is missing counts as lost."""
        settled: list[Settled] = []
        while self._held:
            settled += self._give_up_one()
        return settled

    def reset(self, expected: int | None = None) -> None:
        """Forget everything, for example after a seek; ``expected`` is the next number where known."""
        self._next = expected
        self._held.clear()
        self._stuck = 0

    def _contiguous(self) -> list[Settled]:
        settled: list[Settled] = []
        while self._next is not None and (packet := self._held.pop(self._next, None)) is not None:
            settled.append(Settled(packet, lost=False))
            self._next = (self._next + 1) & 0xFFFF
        return settled

    def _give_up_one(self) -> list[Settled]:
        base = self._next or 0
        sequence = min(self._held, key=lambda number: (number - base) & 0xFFFF)
        lost = Settled(self._held.pop(sequence), lost=True)
        self._next = (sequence + 1) & 0xFFFF
        return [lost, *self._contiguous()]

    def _late(self, packet: RtpPacket) -> list[Settled]:
        """A duplicate, or a server that does not count at all."""
        self._stuck += 1
        if self._stuck < _STUCK_PACKETS:
            return []
        self._numbered = False
        return [*self.flush(), Settled(packet, lost=True)]

    def _renumber(self, packet: RtpPacket) -> list[Settled]:
        settled = self.flush()
        self._next = (packet.sequence + 1) & 0xFFFF
        return [*settled, Settled(packet, lost=True)]
