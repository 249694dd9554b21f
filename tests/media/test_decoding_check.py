"""Damage in the middle of files that are whole by their structure."""

import random
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import pytest

from rta_viewer.demo.footage.annexb import nal_units
from rta_viewer.media.probe import probe_file
from tests.helpers.coded_video import VideoKind, make_video

SECONDS = 24


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kind = VideoKind(SECONDS, 320, 180, gop_pictures=25, b_frames=2)
    return make_video(tmp_path_factory.mktemp("decoding") / "whole.mp4", kind)


def _copy(whole: Path, name: str, *options: str) -> Path:
    path = whole.with_name(name)
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(whole), "-c", "copy", *options, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "fragments.mp4"])
def test_whole_files_decode_at_every_place(whole: Path, name: str) -> None:
    options = ("-movflags", "frag_keyframe+empty_moov") if name.startswith("frag") else ()
    info = probe_file(_copy(whole, name, *options))
    assert info.decodes
    assert info.damaged_s == ()


@pytest.mark.parametrize(
    "kind",
    [
        VideoKind(12, 320, 180, gop_pictures=25, b_frames=3, open_groups=True),
        VideoKind(6, 320, 180, codec="libx265", b_frames=3, open_groups=True),
        VideoKind(6, 320, 180, codec="mjpeg"),
        VideoKind(0.04, 320, 180),
        VideoKind(12, 320, 180, gop_pictures=1000),
    ],
    ids=["open groups", "H.265", "MJPEG", "one picture", "one group"],
)
def test_whole_files_of_all_kinds_do(tmp_path: Path, kind: VideoKind) -> None:
    info = probe_file(make_video(tmp_path / "a.mkv", kind))
    assert info.decodes
    assert info.damaged_s == ()


def test_avi_too(tmp_path: Path) -> None:
    assert probe_file(make_video(tmp_path / "a.avi", VideoKind(6, 320, 180))).damaged_s == ()


def test_an_avi_without_an_index_too(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.avi", VideoKind(12, 320, 180, gop_pictures=50))
    data = bytearray(path.read_bytes())
    index = data.rindex(b"idx1")
    assert data.count(b"idx1") == 1
    del data[index:]
    data[4:8] = (index - 8).to_bytes(4, "little")
    path.write_bytes(data)
    info = probe_file(path)
    assert info.decodes
    assert info.damaged_s == ()


@pytest.mark.parametrize("damage", ["zeros", "noise"])
def test_a_damaged_middle_is_found(whole: Path, tmp_path: Path, damage: str) -> None:
    data = bytearray(whole.read_bytes())
    third = len(data) // 3
    noise = random.Random(1).randbytes(third)  # noqa: S311 - any bytes
    data[third : 2 * third] = bytes(third) if damage == "zeros" else noise
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    info = probe_file(path)
    assert info.decodes
    assert info.damaged_s
    assert all(SECONDS * 0.25 < at_s < SECONDS * 0.75 for at_s in info.damaged_s)


@pytest.mark.parametrize(
    ("name", "options", "damage"),
    [
        ("hole.mp4", (), "zeros"),
        ("hole.mp4", (), "noise"),
        ("hole.mkv", (), "noise"),
        ("fragments.mp4", ("-movflags", "frag_keyframe+empty_moov"), "noise"),
        ("hevc.mp4", ("-c:v", "libx265", "-x265-params", "keyint=25:log-level=none"), "noise"),
        ("mjpeg.avi", ("-c:v", "mjpeg"), "zeros"),
    ],
)
def test_a_small_hole_between_the_places_that_are_tried_is_found(
    whole: Path, tmp_path: Path, name: str, options: tuple[str, ...], damage: str
) -> None:
    source = _copy(whole, name, *options)
    data, noise = bytearray(source.read_bytes()), random.Random(1)  # noqa: S311 - any bytes
    with av.open(str(source)) as container:
        for packet in container.demux(video=0):
            if packet.pts is not None and 2.3 < packet.pts * packet.time_base < 2.6:
                start = data.index(bytes(packet))
                lost = bytes(packet.size) if damage == "zeros" else noise.randbytes(packet.size)
                data[start : start + packet.size] = lost
    (tmp_path / name).write_bytes(data)
    info = probe_file(tmp_path / name)
    assert info.decodes
    (place_s,) = info.damaged_s
    assert place_s == pytest.approx(2.4, abs=0.2)


def test_joined_recordings_with_other_parameters_decode(tmp_path: Path) -> None:
    """The later ones stand before their pictures, and a decoder that has read them keeps them."""
    first = make_video(tmp_path / "1.mp4", VideoKind(6, 320, 180))
    second = _copy(make_video(tmp_path / "2.mp4", VideoKind(6, 320, 180, b_frames=2)), "2.h264")
    with (
        av.open(str(first)) as one,
        av.open(str(second)) as two,
        av.open(str(tmp_path / "joined.mkv"), "w") as target,
    ):
        stream = target.add_stream_from_template(one.streams.video[0])
        packets = [bytes(packet) for packet in one.demux() if packet.size]
        for packet in two.demux():
            units = nal_units(bytes(packet))
            packets.append(b"".join(len(unit).to_bytes(4, "big") + unit for unit in units))
        for number, data in enumerate(filter(None, packets)):
            joined = av.Packet(data)
            joined.stream, joined.time_base = stream, Fraction(1, 25)
            joined.pts = joined.dts = number
            joined.is_keyframe = number % 50 == 0
            target.mux(joined)
    info = probe_file(tmp_path / "joined.mkv")
    assert info.picture_count == 300
    assert info.decodes
    assert info.damaged_s == ()
