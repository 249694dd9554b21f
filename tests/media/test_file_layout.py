import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rta_viewer.errors import MediaError
from rta_viewer.media.file_layout import FileLayout, read_layout


def _box(kind: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(payload), kind) + payload


def _layout(tmp_path: Path, data: bytes) -> FileLayout:
    path = tmp_path / "file"
    path.write_bytes(data)
    return read_layout(path)


@pytest.mark.parametrize(
    ("kinds", "faststart", "fragmented"),
    [
        ((b"ftyp", b"moov", b"mdat"), True, False),
        ((b"ftyp", b"free", b"mdat", b"moov"), False, False),
        ((b"ftyp", b"moov", b"moof", b"mdat", b"mfra"), True, True),
        ((b"moov", b"mdat"), True, False),
    ],
)
def test_boxes_in_any_order(
    tmp_path: Path, kinds: tuple[bytes, ...], faststart: bool, fragmented: bool
) -> None:
    data = b"".join(_box(kind, b"x" * 9) for kind in kinds)
    assert _layout(tmp_path, data) == FileLayout("mp4", faststart, fragmented)


def test_boxes_with_long_and_open_lengths(tmp_path: Path) -> None:
    long = struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"12345"
    to_the_end = struct.pack(">I4s", 0, b"mdat") + b"12345"
    assert not _layout(tmp_path, _box(b"ftyp") + long + _box(b"moov")).is_faststart
    assert _layout(tmp_path, _box(b"ftyp") + _box(b"moov") + to_the_end).is_faststart
    with pytest.raises(MediaError, match="cut off"):
        _layout(tmp_path, _box(b"ftyp") + _box(b"moov") + long[:-1])


@pytest.mark.parametrize(
    "appended", [b"ACME-SIGNATURE" + b"x" * 50, bytes(512), b"\xff" * 40, b"12"]
)
def test_what_is_appended_behind_the_boxes_is_no_cut(tmp_path: Path, appended: bytes) -> None:
    whole = _box(b"ftyp") + _box(b"mdat", b"12345") + _box(b"moov", b"12345")
    assert _layout(tmp_path, whole + appended) == FileLayout("mp4", is_faststart=False)
    with pytest.raises(MediaError, match="index is missing"):
        _layout(tmp_path, _box(b"ftyp") + _box(b"mdat", b"12345") + appended)


@pytest.mark.parametrize("kind", [b"mdat", b"moof", b"moov", b"free", b"uuid"])
def test_a_box_that_is_not_all_there_is_a_cut(tmp_path: Path, kind: bytes) -> None:
    whole = _box(b"ftyp") + _box(b"moov", b"12345") + _box(b"mdat", b"12345")
    with pytest.raises(MediaError, match="cut off"):
        _layout(tmp_path, whole + _box(kind, b"12345")[:-1])
    with pytest.raises(MediaError, match="cut off"):
        _layout(tmp_path, whole + _box(b"moof") + _box(b"\x12\x34\x56\x78", b"12345")[:-1])


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    """Six gigabytes, of which the disk holds a few bytes."""
    path = tmp_path / "file"
    size = 6 << 30
    with path.open("wb") as file:
        file.write(_box(b"ftyp") + struct.pack(">I4sQ", 1, b"mdat", size))
        file.seek(size + 8)
        file.write(_box(b"moov"))
    assert read_layout(path) == FileLayout("mp4", is_faststart=False)


def test_matroska_of_unknown_length_is_believed(tmp_path: Path) -> None:
    ebml = b"\x1a\x45\xdf\xa3\x80"
    assert (
        _layout(tmp_path, ebml + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"xy").container == "mkv"
    )
    assert _layout(tmp_path, ebml + b"\x18\x53\x80\x67\x82xy").container == "mkv"
    with pytest.raises(MediaError, match="cut off"):
        _layout(tmp_path, ebml + b"\x18\x53\x80\x67\x83xy")


def test_large_avi_files_have_several_parts(tmp_path: Path) -> None:
    def part(kind: bytes, length: int) -> bytes:
        return b"RIFF" + struct.pack("<I", length) + kind + b"x" * (length - 4)

    whole = part(b"AVI ", 50) + part(b"AVIX", 30)
    assert _layout(tmp_path, whole).container == "avi"
    for lost in (1, 4):
        with pytest.raises(MediaError, match="cut off"):
            _layout(tmp_path, whole[:-lost])
    # Not every writer makes an odd length even.
    assert _layout(tmp_path, part(b"AVI ", 51)).container == "avi"


SIGNATURES = [
    b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00\x00moov",
    b"\x1a\x45\xdf\xa3",
    b"RIFF\x10\x00\x00\x00AVI ",
    b"G" * 400,
    b"{",
    b"<",
    b"",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SIGNATURES), st.binary(max_size=200))
def test_any_bytes_get_an_answer_or_a_sentence(tmp_path: Path, head: bytes, rest: bytes) -> None:
    try:
        layout = _layout(tmp_path, head + rest)
    except MediaError as err:
        sentence = err.summary
    else:
        sentence = layout.container
    assert sentence
