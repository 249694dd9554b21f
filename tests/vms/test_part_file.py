import contextlib
import errno
import hashlib
import io
import json
import os
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import note_path
from rta_viewer.errors import Cancelled, StorageError, TargetLostError
from rta_viewer.vms import part_file
from rta_viewer.vms.part_file import PartFile, storage_errors

Usage = namedtuple("Usage", "total used free")


def opened(path: Path, identity: str = "job") -> PartFile:
    return PartFile(path, identity, CancelToken())


def written(path: Path, data: bytes, *, etag: str = '"v1"', total: int | None = 100) -> None:
    file = opened(path)
    file.begin(etag, total, "name.mp4")
    file.write(data)
    file.close()


def test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    written(part, b"first ")
    file = opened(part)
    assert (file.size, file.note.etag, file.note.total, file.note.name) == (
        6,
        '"v1"',
        100,
        "name.mp4",
    )
    file.write(b"second")
    assert file.tail(8) == b"t second"
    assert file.sha256 == hashlib.sha256(b"first second").hexdigest()
    file.complete()
    file.close()
    assert part.read_bytes() == b"first second"
    again = opened(part)
    assert again.note.complete
    assert again.sha256 == hashlib.sha256(b"first second").hexdigest()
    again.close()


@pytest.mark.parametrize("scheme", ["https://", "http://"])
def test_goes_on_with_what_an_older_version_began(tmp_path: Path, scheme: str) -> None:
    """It noted the whole address of the server."""
    part = tmp_path / "x.part"
    older = opened(part, f"{scheme}server export 1")
    older.begin('"v1"', 100, "name.mp4")
    older.write(b"first ")
    older.close()
    for _ in range(2):
        file = opened(part, "server export 1")
        assert (file.size, file.note.etag) == (6, '"v1"')
        file.close()


def test_bytes_of_another_transfer_are_not_used(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    written(part, b"first")
    file = opened(part, "other job")
    assert (file.size, file.note.etag) == (0, "")
    assert part.read_bytes() == b""
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_what_holds_no_byte_leaves_nothing_behind(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    file = opened(part)
    file.begin('"v1"', 100, "name.mp4")
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(TargetLostError):
        opened(tmp_path / "x.part")
    assert list(tmp_path.iterdir()) == []


def test_a_share_that_goes_while_a_part_is_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers also the closing of what was opened with an error, which says no file name."""

    class Stale(io.FileIO):
        def close(self) -> None:
            if not self.closed:
                super().close()
                raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))

    monkeypatch.setattr(Path, "open", lambda path, *_, **__: Stale(str(path), "w"))
    monkeypatch.setattr(Path, "write_text", lambda path, *_, **__: path.open().close())
    with pytest.raises(TargetLostError, match="cannot be written"):
        opened(tmp_path / "x.part")


def test_what_was_not_safely_on_the_disk_is_not_trusted(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    written(part, b"safe")
    with part.open("ab") as file:
        file.write(bytes(10))
    opened_again = opened(part)
    assert opened_again.size == 4
    opened_again.close()
    assert part.read_bytes() == b"safe"


@pytest.mark.parametrize("is_complete", [False, True])
@pytest.mark.parametrize("now", [b"0123", b"01x3456789", b"0123456789more"])
def test_a_part_that_was_changed_meanwhile(tmp_path: Path, now: bytes, is_complete: bool) -> None:
    part = tmp_path / "x.part"
    written(part, b"0123456789", total=10)
    if is_complete:
        file = opened(part)
        file.complete()
        file.close()
    part.write_bytes(now)
    again = opened(part)
    was_changed = not now.startswith(b"0123456789")
    assert again.was_changed is was_changed
    assert (again.size, again.note.complete) == ((0, False) if was_changed else (10, is_complete))
    again.write(b"x")
    assert again.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
    again.close()


def test_a_note_without_a_sum_is_believed(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    written(part, b"0123456789", total=10)
    document = json.loads(note_path(part).read_text())
    del document["summed_bytes"], document["sha256"]
    note_path(part).write_text(json.dumps({**document, "complete": True}))
    part.write_bytes(b"0123")
    again = opened(part)
    assert (again.size, again.note.complete, again.was_changed) == (4, False, False)
    again.write(b"456")
    again.close()
    assert json.loads(note_path(part).read_text())["sha256"] == (
        hashlib.sha256(b"0123456").hexdigest()
    )


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"not json",
        b"[]",
        b'{"version": 2}',
        b"[" * 5000,
        b"x" * 20_000,
        b"\xff\xff",
        json.dumps({"version": 1, "identity": 5}).encode(),
        json.dumps({"version": 1, "identity": "x", "safe_bytes": "many"}).encode(),
        json.dumps({"version": 1, "identity": "x", "extra": 1}).encode(),
    ],
)
def test_a_note_that_makes_no_sense_means_a_fresh_start(tmp_path: Path, note: bytes) -> None:
    part = tmp_path / "x.part"
    written(part, b"first")
    note_path(part).write_bytes(note)
    file = opened(part)
    assert file.size == 0
    file.close()


@pytest.mark.parametrize(("safe", "total"), [(-5, 10), (3, -1), (True, 10), (3, 2.5)])
def test_a_note_with_impossible_numbers(tmp_path: Path, safe: Any, total: Any) -> None:
    part = tmp_path / "x.part"
    written(part, b"first")
    document = json.loads(note_path(part).read_text())
    note_path(part).write_text(json.dumps({**document, "safe_bytes": safe, "total": total}))
    file = opened(part)
    assert file.size == 0
    file.close()


def test_the_note_holds_no_address(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    file = opened(part, "https://server/x?signature=secret")
    file.begin("", None, "")
    file.write(b"first")
    file.close()
    assert "secret" not in note_path(part).read_text()


def test_long_transfers_are_made_safe_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [0.0]
    monkeypatch.setattr(part_file.time, "monotonic", lambda: now_s[0])
    monkeypatch.setattr(part_file, "_CHECKPOINT_BYTES", 10)
    part = tmp_path / "x.part"
    file = opened(part)
    file.begin("", None, "")
    safe: list[int] = []
    for _ in range(7):
        now_s[0] += 0.8
        file.write(b"0123")
        safe.append(json.loads(note_path(part).read_text())["safe_bytes"])
    # Not before there is enough of it, and not more often than every two seconds.
    assert safe == [0, 0, 12, 12, 12, 24, 24]
    file.close()


def test_what_is_safe_already_is_not_made_safe_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(part_file.os, "fsync", synced.append)
    file = opened(tmp_path / "x.part")
    file.write(b"all")
    file.complete()
    file.close()
    assert len(synced) == 1
    file = opened(tmp_path / "x.part")
    assert file.note.complete
    file.close()
    assert len(synced) == 1


def test_the_sum_is_that_of_what_the_disk_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(tmp_path / "x.part")
    file.begin("", None, "")
    file.write(b"first ")
    file.checkpoint()
    taking = iter([3])
    disk = file._file

    class Full:
        """Takes three bytes more."""

        def write(self, data: memoryview) -> int | None:
            for count in taking:
                return disk.write(data[:count])
            raise OSError(errno.ENOSPC, "full")

        def __getattr__(self, name: str) -> Any:
            return getattr(disk, name)

    monkeypatch.setattr(file, "_file", Full())
    with pytest.raises(TargetLostError):
        file.write(memoryview(b"second"))
    assert file.size == len(b"first sec")
    file.close()
    # The sum had gone ahead of the file: what was noted before it still counts.
    note = json.loads(note_path(tmp_path / "x.part").read_text())
    assert (note["safe_bytes"], note["summed_bytes"]) == (9, 6)
    again = opened(tmp_path / "x.part")
    assert again.sha256 == hashlib.sha256(b"first sec").hexdigest()
    again.write(b"ond")
    again.complete()
    assert again.sha256 == hashlib.sha256(b"first second").hexdigest()
    again.close()


@pytest.mark.parametrize("more_bytes", [100_000, 1_000_000])
@pytest.mark.parametrize("is_whole", [False, True])
def test_what_was_safe_outlives_a_disk_that_stays_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more_bytes: int, is_whole: bool
) -> None:
    safe, more = b"s" * 1_000_000, b"m" * more_bytes
    file = opened(tmp_path / "x.part")
    file.begin("", None, "")
    file.write(safe)
    file.checkpoint()
    file.write(more)

    def full(self: PartFile) -> None:
        raise TargetLostError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(PartFile, "_save_note", full)
        if is_whole:
            with pytest.raises(TargetLostError):
                file.complete()
        with contextlib.suppress(TargetLostError):
            file.close()
    again = opened(tmp_path / "x.part")
    assert (again.size, again.was_changed, again.note.complete) == (len(safe), False, False)
    assert again.sha256 == hashlib.sha256(safe).hexdigest()
    again.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("is_whole", [False, True])
def test_what_a_drive_did_not_take_is_not_called_safe_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, is_whole: bool
) -> None:
    """As on a network share that is full: what was written seems to be there, until it is read anew."""
    file = opened(tmp_path / "x.part")
    file.begin("", None, "")
    file.write(b"s" * 1_000_000)
    file.checkpoint()
    file.write(b"m" * 1_000_000)
    troubles = iter([code])

    def fsync(_handle: int) -> None:
        for trouble in troubles:
            raise OSError(trouble, "not taken")

    with monkeypatch.context() as patched:
        patched.setattr(part_file.os, "fsync", fsync)
        if is_whole:
            with pytest.raises(TargetLostError):
                file.complete()
        file.close()
    again = opened(tmp_path / "x.part")
    assert (again.size, again.was_changed, again.note.complete) == (1_000_000, False, False)
    again.close()


def test_the_end_makes_room_for_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(tmp_path / "x.part")
    file.begin("", None, "")
    file.write(b"a" * 1_000_000)
    save, tries = PartFile._save_note, iter([True])

    def full_once(self: PartFile) -> None:
        for _ in tries:
            raise TargetLostError("The disk is full.")
        save(self)

    monkeypatch.setattr(PartFile, "_save_note", full_once)
    file.close()
    again = opened(tmp_path / "x.part")
    assert again.size == 1_000_000 - 256 * 1024
    again.close()


def test_too_little_space_is_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = lambda path: Usage(10**12, 0, 50 * 10**6)  # noqa: E731
    monkeypatch.setattr(part_file.shutil, "disk_usage", usage)
    file = opened(tmp_path / "x.part")
    file.require_space(10**6)
    with pytest.raises(StorageError, match="984 MB are missing"):
        file.require_space(10**9)
    file.write(bytes(5 * 10**6))
    with pytest.raises(StorageError, match="979 MB are missing"):
        file.require_space(10**9)
    file.close()


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        opened(tmp_path / "gone" / "x.part")


@pytest.mark.parametrize(
    ("err", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "disk is full"),
        (OSError(errno.EFBIG, "x"), "too large for this drive"),
        (PermissionError(errno.EACCES, "x"), "cannot be written"),
        (OSError(errno.EIO, "bad sector"), "bad sector"),
    ],
)
def test_what_disks_say(tmp_path: Path, err: OSError, words: str) -> None:
    with pytest.raises(StorageError, match=words) as caught, storage_errors(tmp_path / "x"):
        raise err
    assert caught.value.hint


@pytest.mark.parametrize(
    ("code", "back_later"),
    [
        (errno.ENOSPC, True),
        (errno.ENOENT, True),
        (errno.EIO, True),
        (errno.ECONNABORTED, True),
        (errno.EROFS, False),
        (errno.EACCES, False),
        (errno.EFBIG, False),
    ],
)
def test_what_may_be_better_later_is_told_apart(
    tmp_path: Path, code: int, back_later: bool
) -> None:
    with pytest.raises(StorageError) as caught, storage_errors(tmp_path / "x"):
        raise OSError(code, "x")
    assert isinstance(caught.value, TargetLostError) is back_later


def test_windows_calls_a_drive_that_is_not_ready_a_question_of_rights(tmp_path: Path) -> None:
    err = PermissionError(errno.EACCES, "The device is not ready")
    err.winerror = 21
    with pytest.raises(TargetLostError, match="not ready"), storage_errors(tmp_path / "x"):
        raise err


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EBADF, errno.EACCES])
def test_whatever_is_said_of_a_folder_that_is_gone_it_may_come_back(
    tmp_path: Path, code: int
) -> None:
    with pytest.raises(TargetLostError), storage_errors(tmp_path / "gone" / "x"):
        raise OSError(code, "x")


def test_hashing_again_can_be_cancelled(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    written(part, b"first")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        PartFile(part, "job", token)
    file = opened(part)
    assert file.size == 5
    file.close()
