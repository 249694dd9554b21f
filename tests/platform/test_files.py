import os
from pathlib import Path

import pytest

from rta_viewer.errors import StorageError
from rta_viewer.platform import files


def test_content_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    files.write_atomic(path, b"one")
    files.write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_the_old_content_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    files.write_atomic(path, b"one")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        files.write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
def test_the_new_content_lasts_when_it_is_told_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    synced: list[tuple[int, list[str]]] = []
    plain = os.fsync

    def fsync(handle: int) -> None:
        synced.append((os.fstat(handle).st_ino, [one.name for one in tmp_path.iterdir()]))
        plain(handle)

    monkeypatch.setattr("os.fsync", fsync)
    files.write_atomic(path, b"one")
    assert [one for one, _ in synced] == [path.stat().st_ino, tmp_path.stat().st_ino]
    assert synced[-1][1] == ["file"]
