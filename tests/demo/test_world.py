import threading
from dataclasses import replace

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import RecordingKind
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span, gaps, total_ms
from rta_viewer.demo.world import World, demo_world
from tests.helpers.worlds import NOW_MS, camera_named, small_world

DAY_MS = 86_400_000
WEEK = Span(NOW_MS - 8 * DAY_MS, NOW_MS + DAY_MS)
REASONS = {
    "no_recording",
    "camera_offline",
    "disk_full",
    "motion_recording_no_motion",
    "retention_expired",
    "network_error",
    "database_error",
    "manual_deletion",
}


@pytest.fixture
def world(tmp_path) -> World:
    return small_world(tmp_path)


def test_the_cameras_are_as_varied_as_promised(world: World) -> None:
    cameras = world.cameras
    assert len(cameras) >= 12
    assert {f"{c.width}x{c.height}" for c in cameras} == {"640x360", "1280x720", "1920x1080"}
    assert {c.codec for c in cameras} == {"H264", "H265"}
    assert {c.key_frame_interval_s for c in cameras} == {1.0, 2.0, 10.0}
    assert {c.kind for c in cameras} == {RecordingKind.CONTINUOUS, RecordingKind.MOTION}
    for trait in ("has_audio", "variable_frame_rate", "offline"):
        assert any(getattr(c, trait) for c in cameras), trait
    assert any(not c.enabled for c in cameras)
    assert len({c.camera_id for c in cameras}) == len({c.number for c in cameras}) == len(cameras)
    first = cameras[0]
    assert (first.width, first.height, first.fps, first.key_frame_interval_s) == (
        640,
        360,
        25.0,
        2.0,
    )


def test_one_camera_is_in_two_groups_and_one_in_none(world: World) -> None:
    assert len(world.groups) >= 3
    in_groups = [
        sum(camera.camera_id in group.camera_ids for group in world.groups)
        for camera in world.cameras
    ]
    assert 0 in in_groups
    assert 2 in in_groups


def test_every_gap_reason_occurs_in_the_last_days_whatever_the_day(tmp_path) -> None:
    for day in range(29):
        world = small_world(tmp_path, NOW_MS + day * DAY_MS + day * 3_456_789)
        window = Span(world.clock.now_ms() - 7 * DAY_MS, world.clock.now_ms())
        found = {
            gap.reason for camera in world.cameras for gap in world.gaps(camera.camera_id, window)
        }
        assert found == REASONS, day


def test_recordings_and_gaps_fill_the_past_without_overlap(world: World) -> None:
    for camera in world.cameras:
        recorded = [item.span for item in world.sequences(camera.camera_id, WEEK)]
        missing = [item.span for item in world.gaps(camera.camera_id, WEEK)]
        end = max(span.end_ms for span in recorded + missing)
        assert NOW_MS - 200 < end <= NOW_MS, camera.name
        covered = Span(WEEK.start_ms, end)
        assert gaps(recorded + missing, covered) == [], camera.name
        assert total_ms(recorded) + total_ms(missing) == covered.duration_ms, camera.name
        assert sum(span.duration_ms for span in recorded + missing) == covered.duration_ms
        assert total_ms(recorded) > DAY_MS // 2, camera.name
        assert (
            world.footage(camera.camera_id).recorded(WEEK)[0].start_ms
            >= NOW_MS - 7 * DAY_MS - 3_600_000
        )


def test_lists_are_clipped_to_their_window_and_agree_with_the_longer_view(world: World) -> None:
    for camera in world.cameras[:6]:
        whole = world.sequences(camera.camera_id, WEEK)
        window = Span(NOW_MS - 5_000_000, NOW_MS - 1_234_567)
        part = world.sequences(camera.camera_id, window)
        expected = [
            (item.sequence_id, clipped)
            for item in whole
            if (clipped := item.span.clip(window)) is not None
        ]
        assert [(item.sequence_id, item.span) for item in part] == expected
        for gap in world.gaps(camera.camera_id, window):
            assert gap.span.clip(window) == gap.span


def test_nothing_lies_in_the_future_and_the_past_grows_with_the_clock(tmp_path) -> None:
    clock = ManualClock(NOW_MS)
    world = demo_world(clock, tmp_path)
    camera_id = world.cameras[0].camera_id
    after = Span(NOW_MS, NOW_MS + 600_000)
    assert world.sequences(camera_id, after) == []
    assert world.gaps(camera_id, after) == []
    clock.advance(120)
    assert world.footage(camera_id).recorded(after) == [Span(NOW_MS, NOW_MS + 120_000)]


def test_a_restarted_server_has_the_same_past(tmp_path) -> None:
    early, late = small_world(tmp_path), small_world(tmp_path, NOW_MS + 5_400_000)
    window = Span(NOW_MS - 2 * DAY_MS, NOW_MS - 60_000)
    for camera in early.cameras:
        assert early.sequences(camera.camera_id, window) == late.sequences(camera.camera_id, window)
        assert early.gaps(camera.camera_id, window) == late.gaps(camera.camera_id, window)
        assert early.events(camera.camera_id, window) == late.events(camera.camera_id, window)


def test_the_offline_camera_has_been_so_up_to_now(world: World) -> None:
    camera = next(camera for camera in world.cameras if camera.offline)
    last = world.gaps(camera.camera_id, WEEK)[-1]
    assert last.reason == "camera_offline"
    assert last.span.end_ms > NOW_MS - 200
    assert last.span.duration_ms >= DAY_MS


def test_motion_recordings_last_from_20_seconds_to_3_minutes(world: World) -> None:
    camera = camera_named(world, "Corridor level 1")
    window = Span(NOW_MS - DAY_MS, NOW_MS - 3_600_000)
    lengths = [item.span.duration_ms for item in world.sequences(camera.camera_id, window)[1:-1]]
    assert len(lengths) > 50
    assert min(lengths) >= 20_000
    assert max(lengths) <= 180_000


def test_events_lie_in_recordings_and_are_counted(world: World) -> None:
    kinds = set()
    window = Span(NOW_MS - 2 * DAY_MS, NOW_MS)
    for camera in world.cameras:
        events = world.events(camera.camera_id, window)
        kinds |= {event.kind for event in events}
        recorded = world.footage(camera.camera_id).recorded(window)
        assert all(any(span.contains(event.start_ms) for span in recorded) for event in events)
        counted = sum(item.event_count for item in world.sequences(camera.camera_id, window))
        assert counted == len(events)
    assert kinds == {"motion", "tampering", "audio"}


def test_mutators(world: World) -> None:
    first, second = world.cameras[:2]
    hole = Span(NOW_MS - 3_000_000, NOW_MS - 2_900_000)
    world.add_gap(first.camera_id, hole, "manual_deletion")
    assert any(
        gap.reason == "manual_deletion" and gap.span == hole
        for gap in world.gaps(first.camera_id, Span(NOW_MS - 3_600_000, NOW_MS))
    )
    assert not world.footage(first.camera_id).recorded(hole)
    world.remove_camera(second.camera_id)
    assert world.camera(second.camera_id) is None
    assert all(second.camera_id not in group.camera_ids for group in world.groups)
    for ask in (world.sequences, world.gaps, world.events):
        with pytest.raises(KeyError):
            ask(second.camera_id, hole)
    with pytest.raises(KeyError):
        world.footage(second.camera_id)
    world.set_password(Secret("new"))
    assert world.password == Secret("new")
    assert world.username == "demo"


def test_a_replaced_camera_gets_new_footage(world: World) -> None:
    first = world.cameras[0]
    world.replace_camera(replace(first, name="Canteen door", codec="H265"))
    assert world.camera(first.camera_id).name == "Canteen door"
    assert world.footage(first.camera_id).video.codec == "H265"
    assert world.cameras[0].name == "Canteen door"


def test_it_can_be_used_by_several_threads_while_it_is_changed(world: World) -> None:
    errors: list[BaseException] = []
    camera_id = world.cameras[3].camera_id
    window = Span(NOW_MS - 3_600_000, NOW_MS)

    def read() -> None:
        try:
            for _ in range(30):
                world.sequences(camera_id, window)
                _ = world.cameras, world.groups
        except BaseException as err:  # noqa: BLE001 - handed to the test's thread
            errors.append(err)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for number in range(20):
        world.add_gap(
            camera_id, Span(NOW_MS - number * 1000 - 500, NOW_MS - number * 1000), "no_recording"
        )
        world.remove_camera(world.cameras[-1].camera_id)
        if len(world.cameras) < 6:
            break
    for thread in readers:
        thread.join(20)
    assert errors == []


def test_closing_twice_is_harmless(world: World) -> None:
    world.close()
    world.close()
