import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PureWindowsPath

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, StorageError
from rta_viewer.evidence import files
from rta_viewer.evidence.files import hash_file, system_path, write_atomically

MIB = 1 << 20


def test_hashing_goes_in_chunks_and_tells_how_far(tmp_path: Path) -> None:
    data = bytes(range(256)) * (10 * MIB // 256) + b"tail"
    (tmp_path / "a").write_bytes(data)
    seen: list[float] = []
    assert hash_file(tmp_path / "a", progress=seen.append) == (
        hashlib.sha256(data).hexdigest(),
        len(data),
    )
    assert len(seen) == 11
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_hashing_stops_between_chunks(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(4 * MIB))
    cancel, seen = CancelToken(), list[float]()

    def stop(share: float) -> None:
        seen.append(share)
        cancel.cancel()

    with pytest.raises(Cancelled):
        hash_file(tmp_path / "a", cancel=cancel, progress=stop)
    assert seen == [0.25]


def test_an_unreadable_file_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        hash_file(tmp_path / "missing")
    with pytest.raises(StorageError):
        hash_file(tmp_path)


def test_a_locked_target_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does while a scanner holds the file."""
    waits: list[float] = []
    real, refusals = Path.replace, iter([True, True, False])

    def replace(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(files.time, "sleep", waits.append)
    monkeypatch.setattr(Path, "replace", replace)
    write_atomically(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert waits == [0.05, 0.1]


def test_a_failed_write_keeps_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageError, match="cannot be written"):
        write_atomically(tmp_path / "a.json", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.json", b"old")]


class _WindowsPath(PureWindowsPath):
    def absolute(self) -> "_WindowsPath":
        return self


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("C:\\short.mp4", "C:\\short.mp4"),
        ("C:\\" + "d" * 300, "\\\\?\\C:\\" + "d" * 300),
        ("\\\\nvr\\share\\" + "d" * 300, "\\\\?\\UNC\\nvr\\share\\" + "d" * 300),
        ("\\\\?\\C:\\" + "d" * 300, "\\\\?\\C:\\" + "d" * 300),
    ],
)
def test_long_windows_paths_are_marked(given: str, expected: str) -> None:
    assert str(system_path(_WindowsPath(given), windows=True)) == expected  # type: ignore[arg-type]
    assert system_path(Path("x" * 300), windows=False) == Path("x" * 300)


def test_threads_that_write_the_same_file_do_so_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []
    most: list[int] = []
    real = os.fsync

    def fsync(number: int) -> None:
        inside.append(number)
        most.append(len(inside))
        real(number)
        inside.remove(number)

    monkeypatch.setattr(files.os, "fsync", fsync)
    start = threading.Barrier(4)

    def write(letter: bytes) -> None:
        start.wait(20)
        for _ in range(20):
            write_atomically(tmp_path / "a.json", letter * 100)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write, letter) for letter in (b"a", b"b", b"c", b"d")]:
            done.result(20)
    assert max(most) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert len(set((tmp_path / "a.json").read_bytes())) == 1
