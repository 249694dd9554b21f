"""One track of a running stream: interleaved payloads in, access units with instants out."""

from collections import deque
from typing import NamedTuple

from rta_viewer.core.access_unit import AccessUnit, MediaFormat
from rta_viewer.media.rtp import packet as rtp
from rta_viewer.media.rtp.coded import CodedUnit, Depacketizer
from rta_viewer.media.rtp.nal_units import NalAssembler
from rta_viewer.media.rtp.packet import RtpPacket
from rta_viewer.media.rtp.reorder import Reorderer
from rta_viewer.media.rtp.replay_header import ReplayHeader, replay_header
from rta_viewer.media.rtsp.clock_map import TrackClock, Unwrapper
from rta_viewer.media.rtsp.pace import Pace

_MAX_HEADERS = 64
_MAX_HELD = 256
_MAX_STALE = 4096


class Arrived(NamedTuple):
    """An access unit, and what its replay extension said beyond the instant."""

    unit: AccessUnit
    terminal: bool


class _Held(NamedTuple):
    unit: CodedUnit
    ticks: int
    header: ReplayHeader | None


class TrackFeed:
    """Everything one track needs while it plays. Not thread-safe.

    Args:
        depacketizer: Fresh or reset.
        payload_type: Packets of other types are not for it.
        clock: Maps its RTP time.
        pace: Shared by the tracks of the stream.
        clock_rate: RTP clock in Hz.
        first_sequence: From ``RTP-Info``, when older packets may still be under way (after a seek on the
            same connection); None when there are none.
        stale_cseq: Low byte of the PLAY request before this one, None when there was none.
    """

    def __init__(
        self,
        depacketizer: Depacketizer,
        payload_type: int,
        clock: TrackClock,
        pace: Pace,
        clock_rate: int,
        first_sequence: int | None = None,
        stale_cseq: int | None = None,
    ) -> None:
        self._depacketizer = depacketizer
        self._payload_type = payload_type
        self._clock = clock
        self._pace = pace
        self._clock_rate = clock_rate
        self._first_sequence = first_sequence
        self._stale_cseq = stale_cseq
        self._stale_left = _MAX_STALE
        self._reorderer = Reorderer()
        self._unwrapper = Unwrapper()
        self._headers: dict[int, ReplayHeader] = {}
        self._held: deque[_Held] = deque()
        self._lost_at_start = depacketizer.lost_units
        self.packets = 0

    @property
    def format(self) -> MediaFormat:
        """How to decode the units."""
        return self._depacketizer.format

    @property
    def lost_units(self) -> int:
        """Units dropped because of lost or damaged data."""
        return self._depacketizer.lost_units - self._lost_at_start

    def data(self, payload: memoryview, arrival_s: float) -> list[Arrived]:
        """Take one RTP packet; returns the access units that are ready now."""
        packet = rtp.parse(payload)
        if packet is None or packet.payload_type != self._payload_type:
            return []
        if self._stale_left and self._stale(packet):
            return []
        self.packets += 1
        if self._reorderer.in_order(packet.sequence):
            return self._take(packet, arrival_s)
        arrived: list[Arrived] = []
        for settled in self._reorderer.settle(packet):
            if settled.lost:
                self._depacketizer.lose()
            arrived += self._take(settled.packet, arrival_s)
        return arrived

    def lose(self) -> None:
        """Data is missing on the wire itself."""
        self._depacketizer.lose()

    def flush(self, arrival_s: float) -> list[Arrived]:
        """Nothing more comes: give out what waited for something."""
        arrived: list[Arrived] = []
        for settled in self._reorderer.flush():
            self._depacketizer.lose()
            arrived += self._take(settled.packet, arrival_s)
        for unit in self._depacketizer.flush():
            arrived += self._complete(unit, arrival_s)
        self._pace.assume()
        return arrived + self._release()

    def _take(self, packet: RtpPacket, arrival_s: float) -> list[Arrived]:
        if packet.extension is not None:
            header = replay_header(packet)
            if header is not None:
                self._note_header(packet.timestamp, header)
        arrived: list[Arrived] = []
        for unit in self._depacketizer.push(packet):
            arrived += self._complete(unit, arrival_s)
        return arrived

    def _stale(self, packet: RtpPacket) -> bool:
        """True for a packet of the PLAY request before this one."""
        if self._stale_cseq is not None and packet.extension is not None:
            header = replay_header(packet)
            if header is not None and header.cseq and header.cseq == self._stale_cseq:
                self._stale_left -= 1
                return True
        if self._first_sequence is not None:
            if (packet.sequence - self._first_sequence) & 0x8000:
                self._stale_left -= 1
                return True
            self._first_sequence = None
        if self._stale_cseq is None:
            self._stale_left = 0
        return False

    def _note_header(self, timestamp: int, header: ReplayHeader) -> None:
        """Keep the unit's first header; servers repeat it on later packets with other bits."""
        if timestamp not in self._headers:
            if len(self._headers) >= _MAX_HEADERS:
                self._headers.pop(next(iter(self._headers)))
            self._headers[timestamp] = header

    def _complete(self, unit: CodedUnit, arrival_s: float) -> list[Arrived]:
        header = self._headers.pop(unit.timestamp, None)
        ticks = self._unwrapper.extend(unit.timestamp)
        if self._pace.factor is None:
            self._look(unit, ticks, header, arrival_s)
            self._held.append(_Held(unit, ticks, header))
            if len(self._held) >= _MAX_HELD:
                self._pace.assume()
            return self._release() if self._pace.factor is not None else []
        if self._held:
            self._held.append(_Held(unit, ticks, header))
            return self._release()
        return [self._stamp(unit, ticks, header)]

    def _look(
        self, unit: CodedUnit, ticks: int, header: ReplayHeader | None, arrival_s: float
    ) -> None:
        if header is not None:
            self._pace.assume()
        elif unit.format.codec.is_video:
            if isinstance(self._depacketizer, NalAssembler) and self._depacketizer.picture_rate:
                self._pace.expect_interval(1 / self._depacketizer.picture_rate)
            self._pace.observe(ticks / self._clock_rate, arrival_s)

    def _release(self) -> list[Arrived]:
        arrived = [self._stamp(*held) for held in self._held]
        self._held.clear()
        return arrived

    def _stamp(self, unit: CodedUnit, ticks: int, header: ReplayHeader | None) -> Arrived:
        stamp = self._clock.stamp(ticks, self._pace.factor or 1.0, header)
        return Arrived(
            AccessUnit(
                format=unit.format,
                instant_ms=stamp.instant_ms,
                data=unit.data,
                is_key=unit.is_key,
                discontinuity=stamp.discontinuity or unit.after_loss,
                last_of_recording=header is not None and header.section_end,
                time_source=stamp.source,
            ),
            header is not None and header.terminal,
        )
