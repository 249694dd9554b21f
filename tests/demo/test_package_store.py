import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.package_store import PackagedFile, PackageRequest, PackageStore
from rta_viewer.demo.world import World
from rta_viewer.errors import Cancelled, MediaError
from tests.helpers.packagers import FakePackager
from tests.helpers.worlds import camera_named, recorded_span, small_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = small_world(tmp_path)
    yield world
    world.close()


@pytest.fixture
def packager() -> FakePackager:
    return FakePackager(1000)


@pytest.fixture
def store(world: World, packager: FakePackager, tmp_path: Path) -> PackageStore:
    folder = tmp_path / "files"
    folder.mkdir()
    return PackageStore(world, packager, folder, max_bytes=2500, at_once=2)


def _order(world: World, back_ms: int = 0, name: str = "Main entrance") -> PackageRequest:
    camera_id = camera_named(world, name).camera_id
    return PackageRequest(camera_id, recorded_span(world, camera_id, 10_000, back_ms=back_ms))


def test_the_same_order_is_made_once_and_another_one_anew(
    world: World, store: PackageStore, packager: FakePackager
) -> None:
    order = _order(world)
    first = store.obtain(order, CancelToken())
    assert store.obtain(order, CancelToken()) == first
    assert len(first.path.read_bytes()) == first.size_bytes == 1000
    other = PackageRequest(order.camera_id, order.span, container="mkv")
    assert store.obtain(other, CancelToken()).etag != first.etag
    assert len(packager.orders) == 2


def test_callers_together_wait_for_one_packaging(
    world: World, store: PackageStore, packager: FakePackager
) -> None:
    packager.gate.clear()
    found: list[PackagedFile] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.obtain(_order(world), CancelToken())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert packager.entered.acquire(timeout=10)
    packager.gate.set()
    for thread in threads:
        thread.join(10)
    assert len(set(found)) == 1
    assert len(found) == 3
    assert len(packager.orders) == 1


def test_new_footage_in_the_asked_span_makes_it_another_file(
    world: World, store: PackageStore, packager: FakePackager
) -> None:
    now_ms = world.clock.now_ms()
    order = PackageRequest(
        camera_named(world, "Main entrance").camera_id, Span(now_ms - 10_000, now_ms + 10_000)
    )
    first = store.obtain(order, CancelToken())
    world.clock.advance(5)  # type: ignore[attr-defined]
    assert store.obtain(order, CancelToken()).path != first.path
    assert len(packager.orders) == 2


def test_the_least_recently_used_files_go_when_the_bound_is_reached(
    world: World, store: PackageStore, tmp_path: Path
) -> None:
    orders = [_order(world, back_ms=minutes * 600_000) for minutes in range(3)]
    first = store.obtain(orders[0], CancelToken())
    second = store.obtain(orders[1], CancelToken())
    store.obtain(orders[0], CancelToken())
    store.obtain(orders[2], CancelToken())
    assert first.path.exists()
    assert not second.path.exists()
    assert len(list((tmp_path / "files").iterdir())) == 2


def test_a_failed_packaging_leaves_nothing_and_can_be_tried_again(
    world: World, store: PackageStore, packager: FakePackager, tmp_path: Path
) -> None:
    packager.failure = MediaError("No.")
    with pytest.raises(MediaError):
        store.obtain(_order(world), CancelToken())
    assert list((tmp_path / "files").iterdir()) == []
    packager.failure = None
    assert store.obtain(_order(world), CancelToken()).size_bytes == 1000


def test_a_cancelled_caller_leaves_no_half_file(
    world: World, store: PackageStore, packager: FakePackager, tmp_path: Path
) -> None:
    packager.gate.clear()
    cancel = CancelToken()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            store.obtain(_order(world), cancel)
        except Cancelled as err:
            failures.append(err)

    thread = threading.Thread(target=work)
    thread.start()
    assert packager.entered.acquire(timeout=10)
    cancel.cancel()
    thread.join(10)
    assert len(failures) == 1
    assert list((tmp_path / "files").iterdir()) == []


def test_no_more_are_made_at_once_than_allowed(
    world: World, packager: FakePackager, tmp_path: Path
) -> None:
    store = PackageStore(world, packager, tmp_path, max_bytes=10**6, at_once=1)
    packager.gate.clear()
    cancel = CancelToken()
    names = ("Main entrance", "Reception desk")
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            store.obtain(_order(world, name=name), cancel)
        except Cancelled as err:
            failures.append(err)

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    assert packager.entered.acquire(timeout=10)
    assert not packager.entered.acquire(timeout=0.3)
    cancel.cancel()
    for thread in threads:
        thread.join(10)
    assert len(failures) == 2
