"""H.265 over RTP (RFC 7798): single NAL units, aggregation packets and fragmentation units."""

from collections.abc import Iterable

from rta_viewer.core.access_unit import Codec
from rta_viewer.media.rtp.nal_units import Dialect, NalAssembler, NalRole
from rta_viewer.media.rtp.parameter_sets import h265_id, h265_size

_AGGREGATE = 48
_FRAGMENT = 49
_IRAP = range(16, 24)
_PARAMETERS = range(32, 35)
_USELESS = range(35, 39)
_PICTURES = range(32)


def _kind(first_byte: int) -> int:
    return (first_byte >> 1) & 0x3F


def _role(kind: int) -> NalRole:
    if kind in _IRAP:
        return NalRole.KEY_PICTURE
    if kind in _PICTURES:
        return NalRole.PICTURE
    if kind in _PARAMETERS:
        return NalRole.PARAMETERS
    return NalRole.USELESS if kind in _USELESS else NalRole.OTHER


def _first_slice(nal: memoryview) -> bool:
    """``first_slice_segment_in_pic_flag`` is the first bit after the header."""
    return bool(nal[2] & 0x80)


def _never(_nal: memoryview) -> bool:
    """H.265 names its random access points in the NAL unit type; nothing has to be guessed."""
    return False


_DIALECT = Dialect(
    codec=Codec.H265,
    header_bytes=2,
    kind=_kind,
    role=_role,
    set_id=h265_id,
    size=h265_size,
    size_kind=33,
    set_kinds=frozenset({32, 33, 34}),
    first_slice=_first_slice,
    intra_slice=_never,
    recovers=_never,
)


class H265Depacketizer(NalAssembler):
    """RFC 7798 over one transmission; ``donl`` when fmtp says ``sprop-max-don-diff`` above 0."""

    def __init__(self, parameter_sets: Iterable[bytes] = (), *, donl: bool = False) -> None:
        super().__init__(_DIALECT, parameter_sets)
        self._donl_bytes = 2 if donl else 0

    def _unpack(self, payload: memoryview) -> None:
        kind = _kind(payload[0])
        if kind == _FRAGMENT:
            self._fragment_unit(payload)
        elif kind < _AGGREGATE:
            self._single(payload)
        elif kind == _AGGREGATE:
            self._aggregate(payload)
        else:
            self._damaged = True

    def _single(self, payload: memoryview) -> None:
        if self._donl_bytes:
            payload = memoryview(bytes(payload[:2]) + bytes(payload[4:]))
        self._nal(payload)

    def _fragment_unit(self, payload: memoryview) -> None:
        if len(payload) < 4 + self._donl_bytes:
            self._damaged = True
            return
        header = payload[2]
        first = bool(header & 0x80)
        nal_header = bytes(((payload[0] & 0x81) | ((header & 0x3F) << 1), payload[1]))
        body = payload[3 + (self._donl_bytes if first else 0) :]
        self._fragment(nal_header, body, first=first, last=bool(header & 0x40))

    def _aggregate(self, payload: memoryview) -> None:
        position = 2 + self._donl_bytes
        while position + 2 < len(payload):
            size = int.from_bytes(payload[position : position + 2], "big")
            position += 2
            if size == 0 or position + size > len(payload):
                self._damaged = True
                return
            self._nal(payload[position : position + size])
            position += size + (1 if self._donl_bytes else 0)
