"""What H.264 and H.265 have in common: NAL units become access units as an Annex B byte stream.

An access unit ends where the marker bit says so *and* where the time stamp changes, because servers get
either of them wrong. Units that are damaged, and all that need them, are dropped up to the next key unit.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from rta_viewer.core.access_unit import Codec, MediaFormat
from rta_viewer.media.rtp.coded import MAX_UNIT_BYTES, CodedUnit
from rta_viewer.media.rtp.packet import RtpPacket
from rta_viewer.media.rtp.parameter_sets import PictureSize

START_CODE = b"\x00\x00\x00\x01"

_NONE: tuple[CodedUnit, ...] = ()
_MAX_SETS = 64
_MAX_SET_BYTES = 8192


class NalRole(Enum):
    """What a NAL unit is to the access unit that it lies in."""

    PICTURE = auto()
    KEY_PICTURE = auto()
    PARAMETERS = auto()
    RECOVERY = auto()
    OTHER = auto()
    USELESS = auto()


class Dialect(NamedTuple):
    """What differs between the two codecs.

    Attributes:
        header_bytes: Length of a NAL unit's header.
        kind: The NAL unit type.
        role: What a type is good for. RECOVERY is decided by looking into the NAL unit.
        set_id: The number of a parameter set.
        size_kind: The type of the set that holds the picture's size.
        first_slice: True when a picture's NAL unit begins the picture.
        intra_slice: True when it surely needs no other picture.
        recovers: True when a RECOVERY unit promises that decoding may start here.
    """

    codec: Codec
    header_bytes: int
    kind: Callable[[int], int]
    role: Callable[[int], NalRole]
    set_id: Callable[[bytes], int | None]
    size: Callable[[bytes], PictureSize | None]
    size_kind: int
    set_kinds: frozenset[int]
    first_slice: Callable[[memoryview], bool]
    intra_slice: Callable[[memoryview], bool]
    recovers: Callable[[memoryview], bool]


class ParameterStore:
    """The parameter sets in force, by kind and number. Bounded."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._sets: dict[tuple[int, int], bytes] = {}
        self.format = MediaFormat(codec=dialect.codec)
        self.picture_rate = 0.0

    def put(self, nal: bytes) -> None:
        """Take a set into force; nonsense is ignored."""
        if not self._dialect.header_bytes < len(nal) <= _MAX_SET_BYTES:
            return
        kind, number = self._dialect.kind(nal[0]), self._dialect.set_id(nal)
        if number is None or self._sets.get((kind, number)) == nal:
            return
        if len(self._sets) >= _MAX_SETS and (kind, number) not in self._sets:
            self._sets.pop(next(iter(self._sets)))
        self._sets[kind, number] = nal
        self._renew(nal if kind == self._dialect.size_kind else None)

    @property
    def complete(self) -> bool:
        """True when there is at least one set of each kind."""
        return {kind for kind, _ in self._sets} >= self._dialect.set_kinds

    def _renew(self, size_set: bytes | None) -> None:
        width, height = self.format.width, self.format.height
        size = None if size_set is None else self._dialect.size(size_set)
        if size is not None:
            width, height = size.width, size.height
            self.picture_rate = size.rate or self.picture_rate
        ordered = sorted(self._sets.items(), key=lambda item: item[0])
        self.format = MediaFormat(
            codec=self._dialect.codec,
            width=width,
            height=height,
            parameter_sets=tuple(nal for _, nal in ordered),
        )


class NalAssembler(ABC):
    """Base of the H.264 and H.265 depacketizers: everything but the payload formats."""

    def __init__(self, dialect: Dialect, parameter_sets: Iterable[bytes] = ()) -> None:
        self._dialect = dialect
        self._store = ParameterStore(dialect)
        for nal in parameter_sets:
            if nal:
                self._store.put(nal)
        self.lost_units = 0
        self._trust_marker = True
        self._emitted_timestamp: int | None = None
        self._wait_for_key = True
        self._lost_before = False
        self._timestamp: int | None = None
        self._begin()

    @property
    def format(self) -> MediaFormat:
        """How to decode the units, by the parameter sets in force."""
        return self._store.format

    @property
    def picture_rate(self) -> float:
        """Pictures per second as the parameter sets say, 0 when they do not."""
        return self._store.picture_rate

    def push(self, packet: RtpPacket) -> Sequence[CodedUnit]:
        """Take the next packet in order; returns the units that it completes."""
        units: Sequence[CodedUnit] = _NONE
        if packet.timestamp != self._timestamp:
            if self._timestamp is not None:
                units = self._finish(marked=False)
            self._timestamp = packet.timestamp
        if len(packet.payload) > self._dialect.header_bytes:
            self._unpack(packet.payload)
        if packet.marker and self._trust_marker:
            ended = self._finish(marked=True)
            return [*units, *ended] if units else ended
        return units

    def lose(self) -> None:
        """Packets are missing before the next one."""
        self.lost_units += 1
        self._lost_before = True
        self._wait_for_key = True
        self._fragment_open = False
        self._drop_rest = self._timestamp is not None and bool(self._data)
        self._counted = True

    def flush(self) -> Sequence[CodedUnit]:
        """No more packets come: the unit that waited for its end, if it is whole."""
        units = self._finish(marked=False)
        self._timestamp = None
        return units

    def reset(self) -> None:
        """Drop what is half done; begin again at a key unit."""
        self._begin()
        self._timestamp = None
        self._emitted_timestamp = None
        self._wait_for_key = True
        self._lost_before = False

    @abstractmethod
    def _unpack(self, payload: memoryview) -> None:
        """Take one RTP payload apart by calling :meth:`_nal` and :meth:`_fragment`."""

    def _begin(self) -> None:
        self._data = bytearray()
        self._has_picture = False
        self._is_key = False
        self._recovery = False
        self._kinds: set[int] = set()
        self._fragment_open = False
        self._fragment_start = 0
        self._damaged = False
        self._drop_rest = False
        self._counted = False

    def _nal(self, nal: memoryview) -> None:
        """Add a whole NAL unit."""
        if self._fragment_open:
            self._damaged = True
            self._fragment_open = False
        if len(nal) <= self._dialect.header_bytes:
            return
        if self._admit(nal):
            self._data += START_CODE
            self._data += nal
            self._check_size()

    def _fragment(self, header: bytes, body: memoryview, *, first: bool, last: bool) -> None:
        """Add a part of a NAL unit; ``header`` is the header that the whole one has."""
        if first:
            self._nal_starts(header, body)
        elif not self._fragment_open:
            self._damaged = True
            return
        self._data += body
        self._check_size()
        if last:
            self._fragment_open = False
            kind = self._dialect.kind(header[0])
            if self._dialect.role(kind) is NalRole.PARAMETERS:
                self._store.put(bytes(self._data[self._fragment_start :]))

    def _nal_starts(self, header: bytes, body: memoryview) -> None:
        if self._fragment_open:
            self._damaged = True
        self._fragment_open = True
        self._admit(memoryview(header + bytes(body[:64])), whole=False)
        self._data += START_CODE
        self._fragment_start = len(self._data)
        self._data += header

    def _admit(self, nal: memoryview, *, whole: bool = True) -> bool:
        """Note what a NAL unit is; False when the access unit does not need it."""
        kind = self._dialect.kind(nal[0])
        role = self._dialect.role(kind)
        if role is NalRole.PICTURE or role is NalRole.KEY_PICTURE:
            self._picture(nal, key=role is NalRole.KEY_PICTURE)
        elif role is NalRole.PARAMETERS:
            self._kinds.add(kind)
            if whole:
                self._store.put(bytes(nal))
        elif role is NalRole.RECOVERY:
            self._recovery = self._recovery or self._dialect.recovers(nal)
        return role is not NalRole.USELESS

    def _picture(self, nal: memoryview, *, key: bool) -> None:
        if not self._has_picture:
            self._has_picture = True
            if not self._dialect.first_slice(nal):
                self._continued_picture()
            if self._recovery and self._dialect.intra_slice(nal):
                key = True
        self._is_key = self._is_key or key

    def _continued_picture(self) -> None:
        """A picture that lacks its beginning: lost, or the marker came after a part of it."""
        self._damaged = True
        if self._timestamp == self._emitted_timestamp:
            self._trust_marker = False

    def _check_size(self) -> None:
        if len(self._data) > MAX_UNIT_BYTES:
            self._data.clear()
            self._fragment_open = False
            self._damaged = True

    def _finish(self, *, marked: bool) -> Sequence[CodedUnit]:
        """The access unit is complete: deliver it, or drop it and say why in the counters."""
        damaged = self._damaged or self._drop_rest or (self._fragment_open and not marked)
        counted, has_picture, is_key = self._counted, self._has_picture, self._is_key
        data, kinds = self._data, self._kinds
        self._begin()
        if not has_picture:
            if damaged and not counted:
                self._lose_unit()
            return _NONE
        self._emitted_timestamp = self._timestamp
        if damaged:
            if not counted:
                self._lose_unit()
            return _NONE
        if self._wait_for_key and not (is_key and self._store.complete):
            self.lost_units += 1 if self._lost_before else 0
            return _NONE
        return (self._deliver(data, kinds, is_key=is_key),)

    def _lose_unit(self) -> None:
        self.lost_units += 1
        self._lost_before = True
        self._wait_for_key = True

    def _deliver(self, data: bytearray, kinds: set[int], *, is_key: bool) -> CodedUnit:
        if is_key and not kinds >= self._dialect.set_kinds:
            sets = b"".join(START_CODE + nal for nal in self.format.parameter_sets)
            whole = sets + bytes(data)
        else:
            whole = bytes(data)
        after_loss, self._lost_before = self._lost_before, False
        self._wait_for_key = False
        return CodedUnit(self.format, self._timestamp or 0, whole, is_key, after_loss)
