"""H.264 over RTP (RFC 6184): single NAL units, STAP-A and FU-A, as camera recorders send them."""

from collections.abc import Iterable

from rta_viewer.core.access_unit import Codec
from rta_viewer.media.rtp.bits import BitReader, OutOfBits, unescape
from rta_viewer.media.rtp.nal_units import Dialect, NalAssembler, NalRole
from rta_viewer.media.rtp.parameter_sets import h264_id, h264_size

_STAP_A = 24
_FU_A = 28
_RECOVERY_POINT = 6
_INTRA_SLICES = frozenset({2, 4, 7, 9})

_ROLES = {
    1: NalRole.PICTURE,
    2: NalRole.PICTURE,
    5: NalRole.KEY_PICTURE,
    6: NalRole.RECOVERY,
    7: NalRole.PARAMETERS,
    8: NalRole.PARAMETERS,
    9: NalRole.USELESS,
    10: NalRole.USELESS,
    11: NalRole.USELESS,
    12: NalRole.USELESS,
}


def _kind(first_byte: int) -> int:
    return first_byte & 0x1F


def _role(kind: int) -> NalRole:
    return _ROLES.get(kind, NalRole.OTHER)


def _first_slice(nal: memoryview) -> bool:
    """True when ``first_mb_in_slice`` is 0, whose Exp-Golomb code is a single one bit."""
    return bool(nal[1] & 0x80)


def _intra_slice(nal: memoryview) -> bool:
    reader = BitReader(unescape(bytes(nal[1:16])))
    try:
        reader.unsigned()
        return reader.unsigned() in _INTRA_SLICES
    except OutOfBits:
        return False


def _recovers(sei: memoryview) -> bool:
    """True for an SEI with a recovery point at this very picture (H.264 D.1.8)."""
    data = unescape(bytes(sei[1:256]))
    position = 0
    while position + 2 <= len(data) and data[position] != 0x80:
        kind, position = _sei_number(data, position)
        size, position = _sei_number(data, position)
        if kind == _RECOVERY_POINT:
            return position < len(data) and bool(data[position] & 0x80)
        position += size
    return False


def _sei_number(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    while position < len(data) and data[position] == 0xFF:
        value += 255
        position += 1
    if position < len(data):
        value += data[position]
    return value, position + 1


_DIALECT = Dialect(
    codec=Codec.H264,
    header_bytes=1,
    kind=_kind,
    role=_role,
    set_id=h264_id,
    size=h264_size,
    size_kind=7,
    set_kinds=frozenset({7, 8}),
    first_slice=_first_slice,
    intra_slice=_intra_slice,
    recovers=_recovers,
)


class H264Depacketizer(NalAssembler):
    """Packetization modes 0 and 1. Interleaved mode (2) is not spoken by recorders and is dropped."""

    def __init__(self, parameter_sets: Iterable[bytes] = ()) -> None:
        super().__init__(_DIALECT, parameter_sets)

    def _unpack(self, payload: memoryview) -> None:
        kind = payload[0] & 0x1F
        if kind == _FU_A:
            self._fragment_unit(payload)
        elif 1 <= kind < _STAP_A:
            self._nal(payload)
        elif kind == _STAP_A:
            self._aggregate(payload)
        elif kind == 0 and (skip := _start_code(payload)):
            self._nal(payload[skip:])
        else:
            self._damaged = True

    def _fragment_unit(self, payload: memoryview) -> None:
        if len(payload) < 3:
            self._damaged = True
            return
        indicator, header = payload[0], payload[1]
        self._fragment(
            bytes(((indicator & 0xE0) | (header & 0x1F),)),
            payload[2:],
            first=bool(header & 0x80),
            last=bool(header & 0x40),
        )

    def _aggregate(self, payload: memoryview) -> None:
        position = 1
        while position + 2 < len(payload):
            size = int.from_bytes(payload[position : position + 2], "big")
            position += 2
            if size == 0 or position + size > len(payload):
                self._damaged = True
                return
            self._nal(payload[position : position + size])
            position += size


def _start_code(payload: memoryview) -> int:
    """Length of the start code that some servers leave in front of the NAL unit, 0 without one."""
    head = bytes(payload[:4])
    if head == b"\x00\x00\x00\x01":
        return 4
    return 3 if head[:3] == b"\x00\x00\x01" else 0
