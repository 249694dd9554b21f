"""Files by hand: blocks and chunks one after the other, and what damage makes of them."""

import io
import struct
from collections.abc import Sequence

import pytest

from rta_viewer.media.file_chain import FileChain

PICTURE = bytes(range(1, 251)) * 8
SOUND = b"\x55" * 160

Packets = list[tuple[int, int, bool]]


def _ebml(identifier: str, body: bytes, *, is_open: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if is_open else struct.pack(">Q", len(body) | 1 << 56)
    return bytes.fromhex(identifier) + size + body


def _block(data: bytes) -> bytes:
    return _ebml("a3", b"\x81\0\0\x80" + data)


def _mkv(*, is_open: bool) -> bytes:
    group = _ebml("a0", _ebml("a1", b"\x81\0\0\0" + PICTURE) + _ebml("9b", b"\x28"))
    clusters = [
        _ebml("1f43b675", _ebml("e7", b"\0") + _block(PICTURE) + _block(SOUND), is_open=is_open),
        _ebml("ec", bytes(3000)),
        _ebml("1f43b675", _ebml("e7", b"\1") + group + _block(PICTURE), is_open=is_open),
        _ebml("1c53bb6b", bytes(700)),
    ]
    segment = _ebml("18538067", _ebml("1549a966", bytes(40)) + b"".join(clusters), is_open=is_open)
    return _ebml("1a45dfa3", b"\x42\x82\x88matroska") + segment


def _chunk(name: bytes, data: bytes, *, pad: bytes = b"\0") -> bytes:
    return name + struct.pack("<I", len(data)) + data + (pad if len(data) % 2 else b"")


def _avi(pad: bytes = b"\0") -> bytes:
    odd = [(b"JUNK", bytes(601)), (b"ix00", bytes(900))]
    first = [(b"00dc", PICTURE), (b"01wb", SOUND), *odd, (b"00dc", PICTURE)]
    movie = b"movi" + b"".join(_chunk(*one, pad=pad) for one in first)
    more = b"AVIX" + _chunk(b"LIST", b"movi" + _chunk(b"00dc", PICTURE))
    head = _chunk(b"LIST", b"hdrl" + b"of no concern here, and oddly long")
    return _chunk(
        b"RIFF", b"AVI " + head + _chunk(b"JUNK", bytes(601)) + _chunk(b"LIST", movie)
    ) + (_chunk(b"RIFF", more))


FILES = {"mkv": _mkv(is_open=False), "live.mkv": _mkv(is_open=True), "avi": _avi()}
UNPADDED = {"unpadded.avi": _avi(b"")}


def _packets(name: str, data: bytes) -> Packets:
    """Where they are in an undamaged file; a block begins four bytes before its data."""
    before = 0 if name.endswith("avi") else 4
    found = []
    for body, is_picture in ((PICTURE, True), (SOUND, False)):
        at = data.find(body)
        while at >= 0:
            found.append((at - before, len(body), is_picture))
            at = data.find(body, at + 1)
    return sorted(found)


def _broken_at(
    name: str, data: bytes, packets: Sequence[tuple[int, int, bool]], end: int | None = None
) -> list[int]:
    """The pictures before which something is lost; -1 is the end."""
    chain = FileChain(io.BytesIO(data), name.rpartition(".")[2], end or len(data))
    found = [at for at, size, picture in packets if not chain.add(at, size, is_picture=picture)]
    return found if chain.ends() else [*found, -1]


@pytest.mark.parametrize(("name", "data"), [*FILES.items(), *UNPADDED.items()])
def test_what_is_whole_leads_from_picture_to_picture(name: str, data: bytes) -> None:
    packets = _packets(name, data)
    assert len(packets) == 4
    assert _broken_at(name, data, packets) == []
    # Sound that nobody asked for lies between all the same.
    assert _broken_at(name, data, [one for one in packets if one[2]]) == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("noise", [b"\0", b"\xa3"])
def test_a_picture_that_is_lost_with_its_head_is_told(name: str, noise: bytes) -> None:
    packets = _packets(name, FILES[name])
    at, _, _ = packets[2]
    damaged = bytearray(FILES[name])
    damaged[at - 8 : at + 900] = noise * 908
    left = [packets[0], packets[1], packets[3]]
    assert _broken_at(name, bytes(damaged), left) == [packets[3][0]]
    at, _, _ = packets[3]
    damaged = bytearray(FILES[name])
    damaged[at - 8 : at + 900] = noise * 908
    assert _broken_at(name, bytes(damaged), packets[:3]) == [-1]


@pytest.mark.parametrize("name", FILES)
def test_bytes_that_are_left_out_are_told_where_the_next_picture_begins_too_early(
    name: str,
) -> None:
    packets = _packets(name, FILES[name])
    at, size, _ = packets[2]
    data = FILES[name][: at + 100] + FILES[name][at + 1100 :]
    after = (packets[3][0] - 1000, packets[3][1], True)
    assert after[0] < at + size
    assert _broken_at(name, data, [*packets[:3], after]) == [after[0]]


@pytest.mark.parametrize("name", FILES)
def test_pictures_that_are_compressed_in_the_file_do_not_lie_in_each_other(name: str) -> None:
    packets = [(at, size * 2, picture) for at, size, picture in _packets(name, FILES[name])]
    assert _broken_at(name, FILES[name], packets) == []


@pytest.mark.parametrize("name", FILES)
def test_where_a_file_was_cut_the_last_block_leads_too_far(name: str) -> None:
    packets = _packets(name, FILES[name])
    at, _, _ = packets[3]
    assert _broken_at(name, FILES[name][: at + 1000], packets[:3]) == [-1]


def test_a_file_that_says_too_little_of_its_length_is_whole() -> None:
    packets, data = _packets("avi", FILES["avi"]), FILES["avi"] + _chunk(b"idx1", bytes(900))
    assert _broken_at("avi", data, packets, end=len(data) - 600) == []
    assert _broken_at("avi", data[:-1], packets, end=len(data) - 1) == [-1]


def test_of_other_containers_and_unknown_places_nothing_is_told() -> None:
    data = bytes(10_000)
    assert _broken_at("mp4", data, [(10, 100, True), (9_000, 100, True)]) == []
    chain = FileChain(io.BytesIO(data), "mkv", 0)
    assert chain.add(None, 10, is_picture=True)
    assert chain.add(-1, 10, is_picture=True)
