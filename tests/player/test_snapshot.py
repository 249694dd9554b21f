import os

import av
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.frames import picture_at
from rta_viewer.player.snapshot import save_snapshot
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.timecode import read_frame


@pytest.fixture
def picture(coded_video):
    source = FileReplaySource(coded_video(VideoKind(seconds=4)), FIRST_MS)
    stream = source.open(
        FIRST_MS, FIRST_MS + 9_000, speed=1, key_frames_only=False, cancel=CancelToken()
    )
    units = [unit for _, unit in zip(range(20), stream.units(), strict=False)]
    stream.close()
    return picture_at(units, FIRST_MS + 400)


@pytest.mark.parametrize("name", ["shot.png", "shot.jpg"])
def test_the_file_holds_the_picture_and_its_instant(tmp_path, picture, name):
    path = tmp_path / name
    save_snapshot(picture, path)
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (640, 360)
    code = read_frame(frame)
    assert code is not None
    assert code.instant_ms == FIRST_MS + 400
    assert b"2025-10-24T10:00:00.400+00:00" in path.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
def test_a_saved_picture_outlives_a_power_cut(tmp_path, picture, monkeypatch):
    """Without that it would be an empty file, or none, for half a minute after it was said to be saved."""
    synced = []
    plain = os.fsync

    def fsync(handle):
        found = os.fstat(handle)
        synced.append((found.st_ino, found.st_size, [one.name for one in tmp_path.iterdir()]))
        plain(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "shot.png"
    save_snapshot(picture, path)
    (inode, size, _), (folder, _, names) = synced
    assert (inode, size) == (path.stat().st_ino, path.stat().st_size)
    assert (folder, names) == (tmp_path.stat().st_ino, ["shot.png"])


def test_another_kind_of_file_is_refused(tmp_path, picture):
    with pytest.raises(UsageError, match=r"\.png"):
        save_snapshot(picture, tmp_path / "shot.gif")


def test_a_folder_that_is_not_there(tmp_path, picture):
    with pytest.raises(StorageError, match="could not be written"):
        save_snapshot(picture, tmp_path / "gone" / "shot.png")
