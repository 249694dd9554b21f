"""Access units cut into RTP payloads: H.264 (RFC 6184, mode 1), H.265 (RFC 7798), AAC (RFC 3640, AAC-hbr)."""

from collections.abc import Callable, Iterable, Sequence

from rta_viewer.demo.footage.annexb import nal_type

Packetizer = Callable[[Sequence[bytes], int], list[bytes]]


def packetize_h264(nals: Sequence[bytes], limit: int) -> list[bytes]:
    """Payloads of one access unit, each at most ``limit`` bytes.

    Parameter sets and the like travel together (STAP-A), slices alone or fragmented (FU-A).
    """
    payloads: list[bytes] = []
    for group in _grouped("H264", nals, 1, limit):
        if len(group) > 1:
            header = max(nal[0] & 0x60 for nal in group) | 24
            payloads.append(bytes([header]) + _with_lengths(group))
        elif len(group[0]) <= limit:
            payloads.append(group[0])
        else:
            payloads += _fragments_h264(group[0], limit)
    return payloads


def _fragments_h264(nal: bytes, limit: int) -> Iterable[bytes]:
    indicator, kind = nal[0] & 0xE0 | 28, nal[0] & 0x1F
    for chunk, first, last in _chunks(nal[1:], limit - 2):
        yield bytes([indicator, first << 7 | last << 6 | kind]) + chunk


def packetize_h265(nals: Sequence[bytes], limit: int) -> list[bytes]:
    """The same for H.265: aggregation packets (48) and fragmentation units (49)."""
    payloads: list[bytes] = []
    for group in _grouped("H265", nals, 2, limit):
        if len(group) > 1:
            payloads.append(_header_h265(group[0], 48) + _with_lengths(group))
        elif len(group[0]) <= limit:
            payloads.append(group[0])
        else:
            payloads += _fragments_h265(group[0], limit)
    return payloads


def _fragments_h265(nal: bytes, limit: int) -> Iterable[bytes]:
    header, kind = _header_h265(nal, 49), (nal[0] >> 1) & 0x3F
    for chunk, first, last in _chunks(nal[2:], limit - 3):
        yield header + bytes([first << 7 | last << 6 | kind]) + chunk


def _header_h265(nal: bytes, kind: int) -> bytes:
    return bytes([nal[0] & 0x81 | kind << 1, nal[1]])


def packetize_aac(frames: Sequence[bytes], limit: int) -> list[bytes]:
    """One AAC frame in one packet, or fragmented with the whole frame's size in each header."""
    payloads: list[bytes] = []
    for frame in frames:
        header = b"\x00\x10" + (len(frame) << 3 & 0xFFFF).to_bytes(2, "big")
        payloads += [header + chunk for chunk, _, _ in _chunks(frame, limit - len(header))]
    return payloads


def _grouped(
    codec: str, nals: Sequence[bytes], overhead: int, limit: int
) -> Iterable[Sequence[bytes]]:
    """Neighbours that carry no picture and fit into one packet together; all others alone."""
    group: list[bytes] = []
    size = overhead
    for nal in nals:
        picture = _is_picture(codec, nal)
        if group and (picture or size + 2 + len(nal) > limit):
            yield group
            group, size = [], overhead
        if picture:
            yield [nal]
            continue
        group.append(nal)
        size += 2 + len(nal)
    if group:
        yield group


def _is_picture(codec: str, nal: bytes) -> bool:
    kind = nal_type(codec, nal)
    return kind < 32 if codec == "H265" else 1 <= kind <= 5


def _with_lengths(group: Sequence[bytes]) -> bytes:
    return b"".join(len(nal).to_bytes(2, "big") + nal for nal in group)


def _chunks(data: bytes, size: int) -> Iterable[tuple[bytes, bool, bool]]:
    for offset in range(0, len(data), size):
        yield data[offset : offset + size], offset == 0, offset + size >= len(data)
