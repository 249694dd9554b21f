from pathlib import Path

import numpy as np
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.time_grid import Cell
from rta_viewer.errors import Cancelled
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import CachedGop, GopCache
from rta_viewer.media.thumbnail_store import ThumbnailStore
from rta_viewer.media.thumbnails import ThumbnailReader
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.ui_world import picture

KIND = VideoKind(seconds=8)
"""A key picture each two seconds."""


class Sources:
    """Makes sources of one file, and counts what is asked of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.made: list[str] = []
        self.opened: list[int] = []
        self.whole: list[bool] = []
        self.closed = 0

    def __call__(self, camera_id: str) -> "Sources":
        self.made.append(camera_id)
        return self

    def open(self, start_ms: int, end_ms: int, **more):
        self.opened.append(start_ms)
        self.whole.append(not more["key_frames_only"])
        return FileReplaySource(self._path, FIRST_MS).open(start_ms, end_ms, **more)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def sources(coded_video) -> Sources:
    return Sources(coded_video(KIND))


@pytest.fixture
def store(tmp_path: Path) -> ThumbnailStore:
    return ThumbnailStore(tmp_path / "thumbnails")


@pytest.fixture
def cache() -> GopCache:
    return GopCache()


@pytest.fixture
def reader(sources: Sources, store: ThumbnailStore, cache: GopCache) -> ThumbnailReader:
    return ThumbnailReader(sources, cache, store, lambda: FIRST_MS + 60_000)


def cell(start_s: float, camera_id: str = "a") -> Cell:
    return Cell(camera_id, FIRST_MS + round(start_s * 1000), 1000)


def pixels(shown: Picture) -> np.ndarray:
    rows = np.frombuffer(shown.data, np.uint8)[: shown.stride * shown.height]
    return rows.reshape(shown.height, shown.stride)[:, : shown.width * 4].astype(int)


def test_the_key_picture_before_the_instant_comes_small_and_says_when_it_was(
    reader: ThumbnailReader, sources: Sources
) -> None:
    found = reader.picture(cell(3), FIRST_MS + 3_500, CancelToken())
    assert found is not None
    assert (found.width, found.height) == (240, 135)
    assert found.instant_ms == FIRST_MS + 2_000
    other = reader.picture(cell(5), FIRST_MS + 5_200, CancelToken())
    assert other is not None
    assert other.instant_ms == FIRST_MS + 4_000
    assert np.abs(pixels(found) - pixels(other)).max() > 60
    assert sources.made == ["a"]
    assert sources.whole == [False, False]


@pytest.mark.parametrize("b_frames", [0, 2])
def test_the_very_picture_of_an_instant(
    coded_video, store: ThumbnailStore, cache: GopCache, b_frames: int
) -> None:
    kind = VideoKind(seconds=8, b_frames=b_frames)
    reader = ThumbnailReader(Sources(coded_video(kind)), cache, store, lambda: FIRST_MS + 60_000)
    for offset_ms, wanted_ms in ((3_500, 3_480), (3_999, 3_960), (4_000, 4_000), (7_990, 7_960)):
        found = reader.exact("a", FIRST_MS + offset_ms, CancelToken())
        assert found is not None
        assert found.instant_ms == FIRST_MS + wanted_ms
        assert (found.width, found.height) == (240, 135)
    assert reader.exact("a", FIRST_MS - 5_000, CancelToken()) is None
    assert reader.exact("a", FIRST_MS + 50_000, CancelToken()) is None


def test_a_cell_is_asked_for_once_and_then_read_from_disk(
    reader: ThumbnailReader, sources: Sources, tmp_path: Path
) -> None:
    first = reader.picture(cell(3), FIRST_MS + 3_500, CancelToken())
    again = reader.picture(cell(3), FIRST_MS + 3_900, CancelToken())
    assert first is not None
    assert again is not None
    assert len(sources.opened) == 1
    assert again.instant_ms == first.instant_ms
    assert np.abs(pixels(first) - pixels(again)).mean() < 4
    assert len(list((tmp_path / "thumbnails").iterdir())) == 1


def test_what_a_player_received_is_not_asked_for(
    reader: ThumbnailReader, sources: Sources, cache: GopCache, coded_video
) -> None:
    stream = FileReplaySource(coded_video(KIND), FIRST_MS).open(
        FIRST_MS + 4_000, FIRST_MS + 9_000, speed=1.0, key_frames_only=True, cancel=CancelToken()
    )
    key = next(iter(stream.units()))
    stream.close()
    cache.put("a", CachedGop(key.instant_ms, key.instant_ms + 2_000, True, (key,)))
    found = reader.picture(cell(5), FIRST_MS + 5_500, CancelToken())
    assert found is not None
    assert found.instant_ms == FIRST_MS + 4_000
    assert sources.opened == []


def test_where_nothing_was_recorded_there_is_none(reader: ThumbnailReader) -> None:
    assert reader.picture(cell(30), FIRST_MS + 30_000, CancelToken()) is None
    assert reader.picture(cell(-20), FIRST_MS - 20_000, CancelToken()) is None


def test_one_connection_at_a_time_and_none_after_a_rest(
    reader: ThumbnailReader, sources: Sources
) -> None:
    for camera_id in ("a", "b"):
        reader.picture(cell(1, camera_id), FIRST_MS + 1_000, CancelToken())
    assert (sources.made, sources.closed) == (["a", "b"], 1)
    reader.rest()
    assert sources.closed == 2


def test_after_the_end_nothing_is_left(
    reader: ThumbnailReader, store: ThumbnailStore, tmp_path: Path
) -> None:
    reader.picture(cell(1), FIRST_MS + 1_000, CancelToken())
    reader.close()
    assert list((tmp_path / "thumbnails").iterdir()) == []
    assert store.size_bytes == 0
    with pytest.raises(Cancelled):
        reader.picture(cell(2), FIRST_MS + 2_000, CancelToken())


def test_the_folder_is_bounded_and_swept(tmp_path: Path) -> None:
    (tmp_path / "00000007.thumb.jpg").write_bytes(b"left behind")
    kept = tmp_path / "mine.txt"
    kept.write_text("not a thumbnail", encoding="utf-8")
    one = picture(240, 135)
    store = ThumbnailStore(tmp_path, limit_bytes=20_000)
    for number in range(20):
        store.put(cell(number), one)
    files = list(tmp_path.glob("*.jpg"))
    assert store.size_bytes == sum(path.stat().st_size for path in files) <= 20_000
    assert store.get(cell(0)) is None
    found = store.get(cell(19))
    assert found is not None
    assert (found.width, found.instant_ms) == (240, one.instant_ms)
    store.clear()
    assert list(tmp_path.iterdir()) == [kept]


def test_damaged_and_vanished_files_are_no_pictures(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path)
    for number, damage in enumerate((b"", b"no picture at all", None)):
        store.put(cell(number), picture(240, 135))
        (path,) = tmp_path.glob(f"{number + 1:08d}*")
        path.unlink() if damage is None else path.write_bytes(damage)
        assert store.get(cell(number)) is None
        assert store.get(cell(number)) is None


def test_a_disk_that_refuses_is_no_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    store = ThumbnailStore(blocked / "thumbnails")
    store.put(cell(0), picture(240, 135))
    assert store.get(cell(0)) is None
