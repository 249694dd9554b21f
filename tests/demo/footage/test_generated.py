from dataclasses import replace
from itertools import pairwise

import av
import pytest

from rta_viewer.core.spans import Span, clip
from rta_viewer.demo.footage import annexb
from rta_viewer.demo.footage.generated import picture_ms
from rta_viewer.demo.world import World
from tests.helpers.timecode import read_units
from tests.helpers.worlds import NOW_MS, camera_named, small_world

HOUR_MS = 3_600_000


@pytest.fixture
def world(tmp_path) -> World:
    return small_world(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "Main entrance",
        "Loading dock",
        "Corridor level 1",
        "Stairwell east",
        "Warehouse aisle 3",
        "Ticket hall",
        "Canteen",
    ],
)
def test_each_picture_carries_its_instant_and_groups_can_be_stitched(
    world: World, name: str
) -> None:
    camera = camera_named(world, name)
    footage = world.footage(camera.camera_id)
    groups = [footage.gop_from(NOW_MS - HOUR_MS)]
    groups.append(footage.gop_from(groups[0].end_ms))
    units = [unit for group in groups for unit in group.units]
    codes = read_units(camera.codec, [unit.data for unit in units])
    assert [(code.instant_ms, code.camera_number) for code in codes] == [
        (unit.instant_ms, camera.number) for unit in units
    ]
    assert all(
        group.units[0].is_key and group.units[0].instant_ms == group.start_ms for group in groups
    )
    assert not any(unit.is_key for group in groups for unit in group.units[1:])
    for group in groups:
        assert sum(unit.duration_ms for unit in group.units) == group.end_ms - group.start_ms


@pytest.mark.parametrize("name", ["Main entrance", "Ticket hall"])
def test_key_pictures_carry_the_same_parameter_sets_and_nothing_else_travels(
    world: World, name: str
) -> None:
    camera = camera_named(world, name)
    footage = world.footage(camera.camera_id)
    group = footage.gop_from(NOW_MS - HOUR_MS)
    for unit in (group.units[0], footage.gop_from(group.end_ms).units[0]):
        nals = list(annexb.nal_units(unit.data))
        sets = [nal for nal in nals if annexb.is_parameter_set(camera.codec, nal)]
        assert tuple(sets) == footage.video.parameter_sets
        assert not any(annexb.is_dispensable(camera.codec, nal) for nal in nals)
    assert len(footage.video.parameter_sets) == (3 if camera.codec == "H265" else 2)
    assert len(list(annexb.nal_units(group.units[1].data))) == 1


def test_the_parameter_sets_describe_the_camera(world: World) -> None:
    for name in ("Main entrance", "Loading dock", "Ticket hall"):
        camera = camera_named(world, name)
        video = world.footage(camera.camera_id).video
        unit = world.footage(camera.camera_id).gop_before(NOW_MS - HOUR_MS).units[0]
        decoder = av.CodecContext.create("hevc" if video.codec == "H265" else "h264", "r")
        decoder.extradata = annexb.joined(video.parameter_sets)
        frames = [*decoder.decode(av.Packet(unit.data)), *decoder.decode(None)]
        assert [(frame.width, frame.height) for frame in frames] == [(video.width, video.height)]


def test_a_recording_that_starts_off_the_grid_starts_with_a_key_picture(world: World) -> None:
    camera = world.cameras[0]
    footage = world.footage(camera.camera_id)
    start = NOW_MS - HOUR_MS
    assert footage.recorded(Span(start, start + 20_000)) == [Span(start, start + 20_000)]
    world.add_gap(camera.camera_id, Span(start + 3_000, start + 8_730), "manual_deletion")
    last = footage.gop_at(start + 2_999)
    assert (last.start_ms, last.end_ms) == (start + 2_000, start + 3_000)
    assert len(last.units) == 25
    assert footage.gop_at(start + 3_000) is None
    first = footage.gop_from(start + 3_000)
    assert (first.start_ms, first.end_ms) == (start + 8_760, start + 10_000)
    assert footage.gop_at(start + 9_999) == first
    codes = read_units("H264", [unit.data for unit in (*last.units, *first.units)])
    expected = [*range(start + 2_000, start + 3_000, 40), *range(start + 8_760, start + 10_000, 40)]
    assert [code.instant_ms for code in codes] == expected
    assert footage.gop_before(start + 8_760) == last
    assert footage.gop_before(start + 8_761) == first


def test_the_past_ends_with_the_last_whole_picture(tmp_path) -> None:
    world = small_world(tmp_path, NOW_MS + 1_234)
    footage = world.footage(world.cameras[0].camera_id)
    group = footage.gop_before(NOW_MS + 5_000)
    assert group.start_ms == NOW_MS
    assert group.end_ms == NOW_MS + 1_200
    assert group.units[-1].instant_ms + group.units[-1].duration_ms == group.end_ms
    assert footage.gop_from(NOW_MS + 1_200) is None
    assert footage.gop_at(NOW_MS + 60_000) is None
    world.clock.advance(60)
    assert footage.gop_at(NOW_MS).end_ms == NOW_MS + 2_000


def test_nothing_lies_before_the_retention(world: World) -> None:
    footage = world.footage(world.cameras[0].camera_id)
    oldest = footage.recorded(Span(NOW_MS - 9 * 24 * HOUR_MS, NOW_MS))[0].start_ms
    assert footage.gop_before(oldest) is None
    assert footage.gop_from(0).start_ms == oldest


def test_walking_through_groups_visits_all_footage_once(world: World) -> None:
    camera = camera_named(world, "Corridor level 1")
    footage = world.footage(camera.camera_id)
    window = Span(NOW_MS - HOUR_MS, NOW_MS - HOUR_MS + 300_000)
    expected = footage.recorded(window)
    walked, cursor = [], float(window.start_ms)
    while (group := footage.gop_from(cursor)) and group.start_ms < window.end_ms:
        walked.append(Span(group.start_ms, group.end_ms))
        before = footage.gop_before(group.end_ms)
        assert before.start_ms == group.start_ms
        cursor = group.end_ms
    assert clip(walked, window) == expected
    assert all(here.end_ms <= there.start_ms for here, there in pairwise(walked))


def test_a_camera_with_a_varying_rate_really_varies(world: World) -> None:
    camera = camera_named(world, "Canteen")
    footage = world.footage(camera.camera_id)
    durations, cursor = set(), float(NOW_MS - HOUR_MS)
    for _ in range(16):
        group = footage.gop_from(cursor)
        durations |= {unit.duration_ms for unit in group.units}
        assert sum(unit.duration_ms for unit in group.units) == group.end_ms - group.start_ms
        cursor = group.end_ms
    assert len(durations) >= 3


def test_the_same_instant_is_the_same_bytes_after_a_restart(tmp_path) -> None:
    first = small_world(tmp_path / "a")
    second = small_world(tmp_path / "b", NOW_MS + 7_777)
    camera_id = first.cameras[0].camera_id
    at = NOW_MS - HOUR_MS + 400
    assert first.footage(camera_id).gop_at(at) == second.footage(camera_id).gop_at(at)


def test_a_camera_whose_rate_does_not_fill_its_groups_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="do not fill"):
        picture_ms(replace(world.cameras[0], fps=30.0))
    with pytest.raises(ValueError, match="do not fill"):
        picture_ms(replace(world.cameras[0], fps=12.5, key_frame_interval_s=1.0))


def test_sound_follows_the_recordings(world: World) -> None:
    camera = next(camera for camera in world.cameras if camera.has_audio)
    footage = world.footage(camera.camera_id)
    start = NOW_MS - HOUR_MS
    world.add_gap(camera.camera_id, Span(start + 2_000, start + 4_000), "network_error")
    units = footage.audio_units(start, start + 6_000)
    instants = [unit.instant_ms for unit in units]
    assert instants == sorted(set(instants))
    assert all(instant % 64 == 0 for instant in instants)
    assert not [at for at in instants if start + 2_000 <= at < start + 4_000]
    # Two windows that touch give what one gives.
    assert [
        *footage.audio_units(start, start + 1_010),
        *footage.audio_units(start + 1_010, start + 6_000),
    ] == units
    assert world.footage(world.cameras[0].camera_id).audio_units(start, start + 1000) == ()
