import logging
import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import Gop
from rta_viewer.demo.world import DemoCamera, World, recordings_world
from rta_viewer.errors import UsageError
from tests.helpers.timecode import read_units
from tests.helpers.worlds import NOW_MS, make_recording

HOUR_MS = 3_600_000
ALL = Span(NOW_MS - HOUR_MS, NOW_MS + HOUR_MS)
X264 = ("-c:v", "libx264", "-preset", "veryfast")

pytestmark = pytest.mark.peer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def open_world(folder: Path, tmp_path: Path):
    worlds: list[World] = []

    def make(now_ms: int = NOW_MS + HOUR_MS) -> World:
        worlds.append(recordings_world(folder, ManualClock(now_ms), tmp_path / "cache"))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()


def walk(world: World, camera: DemoCamera) -> list[Gop]:
    footage, found, cursor = world.footage(camera.camera_id), [], float(ALL.start_ms)
    while group := footage.gop_from(cursor):
        found.append(group)
        cursor = group.end_ms
    return found


def shown(camera: DemoCamera, groups: list[Gop]) -> list[int | None]:
    codes = read_units(camera.codec, [unit.data for group in groups for unit in group.units])
    assert {code.camera_number for code in codes if code} <= {1}
    return [code and code.instant_ms for code in codes]


def spans(world: World, camera: DemoCamera) -> list[Span]:
    return [item.span for item in world.sequences(camera.camera_id, ALL)]


@pytest.mark.parametrize(
    ("name", "size", "rate", "options"),
    [
        ("2025-10-24T10-00-00Z.mp4", (426, 240), "25", (*X264, "-g", "25", "-bf", "3")),
        ("20251024_100000.mkv", (854, 480), "30000/1001", (*X264, "-g", "30")),
        ("cam 20251024T100000Z.ts", (426, 240), "25", (*X264, "-g", "25")),
        ("2025-10-24T10-00-00Z.mov", (320, 180), "12.5", (*X264, "-g", "20", "-bf", "0")),
        (
            "2025-10-24T10-00-00Z.mkv",
            (426, 240),
            "25",
            ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=25"),
        ),
        (
            "2025-10-24T10-00-00Z.ts",
            (426, 240),
            "25",
            ("-c:v", "libx265", "-preset", "fast", "-x265-params", "log-level=none:keyint=25"),
        ),
        ("2025-10-24T10-00-00Z.m4v", (320, 180), "10", (*X264, "-g", "999")),
    ],
)
def test_files_of_others_are_passed_on_untouched_and_in_time(
    folder: Path, open_world, name: str, size: tuple[int, int], rate: str, options: tuple[str, ...]
) -> None:
    instants = make_recording(folder / "Front door" / name, *options, size=size, rate=rate)
    world = open_world()
    (camera,) = world.cameras
    assert (camera.name, camera.width, camera.height) == ("Front door", *size)
    assert camera.fps == pytest.approx(float(Fraction(rate)))
    assert camera.codec == ("H265" if "libx265" in options else "H264")
    groups = walk(world, camera)
    units = [unit for group in groups for unit in group.units]
    # Matroska rounds to whole milliseconds.
    assert sorted(unit.instant_ms for unit in units) == pytest.approx(instants, rel=0, abs=1)
    assert shown(camera, groups) == instants
    assert all(unit.decode_ms <= unit.instant_ms for unit in units)
    decode_times = [unit.decode_ms for unit in units]
    assert decode_times == sorted(set(decode_times))
    assert decode_times[0] == NOW_MS
    period = float(1000 / Fraction(rate))
    assert sum(unit.duration_ms for unit in units) == pytest.approx(len(instants) * period, abs=2)
    (span,) = spans(world, camera)
    assert span.start_ms == NOW_MS
    assert span.end_ms == pytest.approx(instants[-1] + period, abs=2)
    for group in groups:
        assert world.footage(camera.camera_id).gop_at(group.start_ms) == group
        assert world.footage(camera.camera_id).gop_before(group.end_ms) == group
        first_nals = world.footage(camera.camera_id).video.parameter_sets
        assert all(nal in group.units[0].data for nal in first_nals)


def test_pictures_that_need_the_group_before_are_marked(folder: Path, open_world) -> None:
    params = "keyint=26:min-keyint=26:open-gop=1:bframes=3:b-adapt=0:scenecut=0"
    instants = make_recording(folder / "c" / "20251024_100000.mp4", *X264, "-x264-params", params)
    world = open_world()
    (camera,) = world.cameras
    groups = walk(world, camera)
    marked = [unit for group in groups for unit in group.units if unit.needs_previous]
    assert marked
    assert not any(unit.needs_previous for unit in groups[0].units)
    assert shown(camera, groups) == instants
    # Without them a group stands on its own.
    alone = [unit for unit in groups[2].units if not unit.needs_previous]
    codes = read_units("H264", [unit.data for unit in alone])
    assert [code.instant_ms for code in codes] == sorted(round(unit.instant_ms) for unit in alone)


def test_b_pictures_that_nobody_needs_are_marked(folder: Path, open_world) -> None:
    make_recording(
        folder / "c" / "20251024_100000.mp4", *X264, "-g", "25", "-bf", "2", "-b_strategy", "0"
    )
    world = open_world()
    groups = walk(world, world.cameras[0])
    needed = [unit.data for group in groups for unit in group.units if unit.reference]
    total = sum(len(group.units) for group in groups)
    assert 0 < len(needed) < total
    codes = read_units("H264", needed)
    assert len(codes) == len(needed)
    assert all(codes)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("avi", ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p")),
        ("mp4", ("-c:v", "mpeg4", "-q:v", "3", "-g", "12", "-bf", "2")),
        ("ts", ("-c:v", "mpeg2video", "-q:v", "3", "-g", "12", "-bf", "2")),
        ("mkv", (*X264, "-pix_fmt", "yuv444p")),
    ],
)
def test_other_codecs_are_converted(
    folder: Path, open_world, suffix: str, options: tuple[str, ...]
) -> None:
    instants = make_recording(
        folder / "old" / f"20251024_100000.{suffix}", *options, size=(320, 180), seconds=5
    )
    world = open_world()
    (camera,) = world.cameras
    assert (camera.codec, camera.width, camera.height) == ("H264", 320, 180)
    groups = walk(world, camera)
    assert len(groups) == 3
    assert shown(camera, groups) == instants
    assert [round(unit.instant_ms) for group in groups for unit in group.units] == instants
    assert world.footage(camera.camera_id).gop_at(NOW_MS + 2_500) == groups[1]
    assert world.footage(camera.camera_id).video.parameter_sets


def test_odd_files_of_a_camera_are_converted_to_the_newest_ones_format(
    folder: Path, open_world
) -> None:
    first = make_recording(
        folder / "c" / "20251024_095000.mp4", *X264, size=(320, 180), start_ms=NOW_MS - 600_000
    )
    last = make_recording(folder / "c" / "20251024_100000.mp4", *X264, size=(426, 240))
    world = open_world()
    (camera,) = world.cameras
    assert (camera.width, camera.height) == (426, 240)
    assert shown(camera, walk(world, camera)) == first + last
    assert [
        gap.reason for gap in world.gaps(camera.camera_id, Span(NOW_MS - 700_000, NOW_MS + 9000))
    ] == ["no_recording"] * 3


def test_where_files_overlap_the_earlier_one_is_cut(folder: Path, open_world) -> None:
    first = make_recording(folder / "c" / "20251024_100000.mp4", *X264, "-g", "25", "-bf", "2")
    second = make_recording(
        folder / "c" / "20251024_100002.ts", *X264, "-g", "25", start_ms=NOW_MS + 2_500 - 500
    )
    world = open_world()
    (camera,) = world.cameras
    assert spans(world, camera) == [
        Span(NOW_MS, NOW_MS + 2_000),
        Span(NOW_MS + 2_000, NOW_MS + 6_000),
    ]
    groups = walk(world, camera)
    assert shown(camera, groups) == [at for at in first if at < NOW_MS + 2_000] + second
    decode_times = [unit.decode_ms for group in groups for unit in group.units]
    assert decode_times == sorted(set(decode_times))
    assert all(here.end_ms <= there.start_ms for here, there in pairwise(groups))


def test_two_files_of_the_same_time_count_once(folder: Path, open_world, caplog) -> None:
    for name in ("a_20251024_100000.mp4", "b_20251024_100000.mp4"):
        make_recording(folder / "c" / name, *X264, seconds=1)
    with caplog.at_level(logging.WARNING):
        world = open_world()
    assert spans(world, world.cameras[0]) == [Span(NOW_MS, NOW_MS + 1_000)]
    assert "another file starts at the same time" in caplog.text


def test_without_a_time_in_the_name_the_container_or_the_file_tells(
    folder: Path, open_world
) -> None:
    make_recording(
        folder / "a" / "clip.mp4",
        *X264,
        "-metadata",
        "creation_time=2025-10-24T10:00:00Z",
        seconds=2,
    )
    plain = folder / "b" / "clip.mkv"
    make_recording(plain, *X264, seconds=2)
    os.utime(plain, (NOW_MS / 1000 + 2, NOW_MS / 1000 + 2))
    world = open_world()
    assert [camera.name for camera in world.cameras] == ["a", "b"]
    for camera in world.cameras:
        assert spans(world, camera) == [Span(NOW_MS, NOW_MS + 2_000)]


def test_a_missing_first_key_picture_is_skipped(folder: Path, open_world) -> None:
    path = folder / "c" / "20251024_100000.ts"
    instants = make_recording(path, *X264, "-g", "25", "-bf", "0")
    content = path.read_bytes()
    # MPEG-TS can be cut at any packet: drop the first tenth, as a recorder does that joins late.
    path.write_bytes(content[len(content) // 10 // 188 * 188 :])
    world = open_world()
    (camera,) = world.cameras
    groups = walk(world, camera)
    codes = shown(camera, groups)
    units = [unit for group in groups for unit in group.units]
    lost = instants.index(codes[0])
    assert lost in {25, 50}
    assert codes == instants[lost:]
    assert units[0].is_key
    assert spans(world, camera)[0].start_ms == round(units[0].instant_ms)


def test_damaged_files_are_skipped_with_a_warning(folder: Path, open_world, caplog) -> None:
    make_recording(folder / "c" / "20251024_100000.mp4", *X264, seconds=1)
    good = (folder / "c" / "20251024_100000.mp4").read_bytes()
    (folder / "c" / "20251024_090000.mp4").write_bytes(b"not a video at all" * 99)
    (folder / "c" / "20251024_080000.mp4").write_bytes(good[: len(good) // 2])
    (folder / "c" / "20251024_070000.mkv").write_bytes(b"")
    (folder / "c" / "readme.txt").write_text("hello", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / ".hidden").mkdir()
    with caplog.at_level(logging.WARNING):
        world = open_world()
    assert [camera.name for camera in world.cameras] == ["c"]
    assert len(spans(world, world.cameras[0])) == 1
    for name in ("090000", "080000", "070000"):
        assert f"{name}.mp4: skipped" in caplog.text or f"{name}.mkv: skipped" in caplog.text


def test_a_file_that_breaks_off_gives_what_it_has(folder: Path, open_world) -> None:
    path = folder / "c" / "20251024_100000.mkv"
    instants = make_recording(path, *X264, "-g", "25")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 6 // 10])
    world = open_world()
    codes = shown(world.cameras[0], walk(world, world.cameras[0]))
    assert len(codes) >= 30
    assert codes[:30] == instants[:30]


def test_a_file_that_vanishes_costs_only_its_own_footage(folder: Path, open_world, caplog) -> None:
    make_recording(folder / "c" / "20251024_095900.mp4", *X264, seconds=2, start_ms=NOW_MS - 60_000)
    last = make_recording(folder / "c" / "20251024_100000.mp4", *X264, seconds=2)
    world = open_world()
    (folder / "c" / "20251024_095900.mp4").unlink()
    camera = world.cameras[0]
    assert world.footage(camera.camera_id).gop_at(NOW_MS - 60_000) is None
    assert shown(camera, walk(world, camera)) == last
    assert "cannot be read" in caplog.text


def test_sound_passes_as_raw_aac(folder: Path, open_world, caplog) -> None:
    for name, kind in (("mp4", "aac"), ("ts", "aac"), ("mkv", "aac"), ("avi", "pcm_s16le")):
        make_recording(
            folder / name / f"20251024_100000.{name}",
            *X264,
            "-g",
            "25",
            "-c:a",
            kind,
            seconds=3,
            sound=True,
        )
    with caplog.at_level(logging.WARNING):
        world = open_world()
    for camera in world.cameras:
        footage = world.footage(camera.camera_id)
        units = footage.audio_units(NOW_MS, NOW_MS + 3_000)
        if camera.name == "avi":
            assert not camera.has_audio
            assert footage.audio is None
            assert not units
            continue
        assert camera.has_audio
        assert (footage.audio.sample_rate, footage.audio.channels) == (16_000, 1)
        assert 44 <= len(units) <= 48
        decoder = av.CodecContext.create("aac", "r")
        decoder.extradata = footage.audio.config
        blocks = [frame for unit in units for frame in decoder.decode(av.Packet(unit.data))]
        assert sum(block.samples for block in blocks) == len(units) * 1024
        later = footage.audio_units(NOW_MS + 1_000, NOW_MS + 2_000)
        assert later == [
            unit for unit in units if NOW_MS + 1_000 <= unit.instant_ms < NOW_MS + 2_000
        ]
        # Reading sound between groups does not disturb the pictures.
        first = footage.gop_at(NOW_MS)
        assert footage.gop_from(first.end_ms).start_ms == first.end_ms
    assert "only AAC-LC is served" in caplog.text


def test_files_of_the_future_do_not_exist_yet(folder: Path, open_world) -> None:
    make_recording(folder / "c" / "20251024_100000.mp4", *X264, seconds=4, rate="10")
    world = open_world(NOW_MS + 1_500)
    camera = world.cameras[0]
    assert spans(world, camera) == [Span(NOW_MS, NOW_MS + 1_500)]
    assert world.footage(camera.camera_id).gop_at(NOW_MS + 2_000) is None


def test_a_gap_can_be_added(folder: Path, open_world) -> None:
    make_recording(folder / "c" / "20251024_100000.mp4", *X264, "-g", "25")
    world = open_world()
    camera = world.cameras[0]
    world.add_gap(camera.camera_id, Span(NOW_MS + 1_000, NOW_MS + 3_000), "manual_deletion")
    assert [group.start_ms for group in walk(world, camera)] == [NOW_MS, NOW_MS + 3_000]
    footage = world.footage(camera.camera_id)
    assert footage.gop_at(NOW_MS + 1_500) is None
    assert footage.gop_before(NOW_MS + 2_500).start_ms == NOW_MS


def test_ids_stay_the_same_when_folders_are_added(folder: Path, open_world) -> None:
    make_recording(folder / "m" / "20251024_100000.mp4", *X264, seconds=1)
    before = open_world().cameras[0]
    make_recording(folder / "A" / "20251024_100000.mp4", *X264, seconds=1)
    world = open_world()
    assert [camera.name for camera in world.cameras] == ["A", "m"]
    assert world.cameras[1].camera_id == before.camera_id
    assert world.groups[0].camera_ids == tuple(camera.camera_id for camera in world.cameras)


def test_a_folder_without_recordings_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for directory in (tmp_path, tmp_path / "missing"):
        with pytest.raises(UsageError) as caught:
            recordings_world(directory, ManualClock(NOW_MS), tmp_path / "cache")
        assert caught.value.hint
