from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.packaging import estimate, package
from rta_viewer.demo.world import World
from rta_viewer.errors import (
    Cancelled,
    NoFootageError,
    NotFoundError,
    RtaError,
    StorageError,
    UsageError,
)
from tests.helpers.packages import ffprobe, save, shown
from tests.helpers.worlds import camera_named, recorded_span


@pytest.fixture
def camera_id(world: World) -> str:
    return camera_named(world, "Main entrance").camera_id


def test_progress_rises_to_one(world: World, camera_id: str, tmp_path: Path) -> None:
    span = recorded_span(world, camera_id, 10_000)
    seen = save(world, camera_id, span, tmp_path / "a.mp4")
    assert seen == sorted(seen)
    assert len(set(seen)) >= 5
    assert seen[-1] == 1.0
    assert seen[0] > 0


def test_only_the_finished_file_is_left(world: World, camera_id: str, tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    target.write_bytes(b"old")
    save(world, camera_id, recorded_span(world, camera_id, 4000), target)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert ffprobe(target).duration_s == pytest.approx(4.0)


@pytest.mark.parametrize("quality", ["", "low"])
def test_a_cancelled_job_leaves_nothing(
    world: World, camera_id: str, tmp_path: Path, quality: str
) -> None:
    cancel, seen = CancelToken(), list[float]()

    def stop_after_the_first_group(share: float) -> None:
        seen.append(share)
        cancel.cancel()

    with pytest.raises(Cancelled):
        package(
            world,
            camera_id,
            recorded_span(world, camera_id, 10_000),
            tmp_path / "a.mp4",
            container="mp4",
            quality=quality,
            progress=stop_after_the_first_group,
            cancel=cancel,
        )
    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []


def test_nothing_recorded(world: World, tmp_path: Path) -> None:
    camera = camera_named(world, "Goods lift")  # offline
    now = world.clock.now_ms()
    with pytest.raises(NoFootageError):
        save(world, camera.camera_id, Span(now - 60_000, now), tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_the_future_holds_no_footage(world: World, camera_id: str, tmp_path: Path) -> None:
    now = world.clock.now_ms()
    with pytest.raises(NoFootageError):
        save(world, camera_id, Span(now + 1000, now + 60_000), tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("order", "error"),
    [
        ({"container": "mov"}, UsageError),
        ({"container": "mp4", "quality": "best"}, UsageError),
    ],
)
def test_unknown_words_are_refused(
    world: World, camera_id: str, tmp_path: Path, order: dict[str, Any], error: type[RtaError]
) -> None:
    with pytest.raises(error):
        package(
            world,
            camera_id,
            recorded_span(world, camera_id, 2000),
            tmp_path / "a.mp4",
            progress=lambda _: None,
            cancel=CancelToken(),
            **order,
        )


@pytest.mark.parametrize("call", [save, lambda w, c, s, _: estimate(w, c, s)])
def test_an_unknown_camera(world: World, tmp_path: Path, call: Callable[..., object]) -> None:
    with pytest.raises(NotFoundError):
        call(world, "no such camera", Span(0, 1000), tmp_path / "a.mp4")


@pytest.mark.parametrize("quality", ["", "low"])
def test_a_folder_that_is_not_there(
    world: World, camera_id: str, tmp_path: Path, quality: str
) -> None:
    span = recorded_span(world, camera_id, 2000)
    with pytest.raises(StorageError):
        save(world, camera_id, span, tmp_path / "missing" / "a.mp4", quality=quality)


def test_the_estimate_is_near_the_size(world: World, camera_id: str, tmp_path: Path) -> None:
    span = recorded_span(world, camera_id, 10_000)
    seconds, size_bytes = estimate(world, camera_id, span)
    save(world, camera_id, span, tmp_path / "a.mp4")
    assert size_bytes == pytest.approx((tmp_path / "a.mp4").stat().st_size, rel=0.3)
    assert seconds >= 1
    longer = estimate(world, camera_id, Span(span.start_ms - 3_600_000, span.end_ms))
    assert longer[1] > 50 * size_bytes
    assert longer[0] > seconds


def test_ten_at_once(world: World, tmp_path: Path) -> None:
    names = ("Main entrance", "Reception desk", "Canteen", "Ticket hall", "Stairwell east")
    cameras = [camera_named(world, name) for name in names]

    def make(number: int) -> tuple[Path, Span]:
        camera = cameras[number % len(cameras)]
        span = recorded_span(world, camera.camera_id, 4000)
        path = tmp_path / f"{number}.mkv"
        quality = "low" if number % 3 == 0 else ""
        save(world, camera.camera_id, span, path, quality=quality)
        return path, span

    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(make, range(10)))
    for path, span in made:
        instants = [instant for _, instant in shown(path)]
        assert instants == sorted(instants)
        assert span.start_ms - 10_000 <= instants[0] <= span.start_ms
        assert span.end_ms - 200 < instants[-1] < span.end_ms
