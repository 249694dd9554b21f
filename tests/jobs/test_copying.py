import errno
import hashlib
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, StorageError, TargetLostError
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs import copying
from rta_viewer.jobs.copying import Bundle, Original, copy_verified
from rta_viewer.platform import drives
from tests.helpers.mount_points import pretended_mount
from tests.helpers.scanner import held_at_first

DATA = bytes(range(256)) * 10_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "saved"
    folder.mkdir()
    made = [folder / "a.mp4", folder / "b.mp4"]
    for number, file in enumerate(made):
        file.write_bytes(DATA + bytes([number]))
    return made


def bundles(files: list[Path]) -> list[Bundle]:
    return [Bundle((Original(file),)) for file in files]


def test_copies_are_read_back_and_listed(files: list[Path], tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    shares: list[float] = []
    copied = copy_verified(bundles(files), drive, progress=shares.append)
    assert [one.path.read_bytes() for one in copied] == [file.read_bytes() for file in files]
    assert copied[0].sha256 == hashlib.sha256(files[0].read_bytes()).hexdigest()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert not list(drive.glob("*.part"))
    check = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS.txt"], cwd=drive, capture_output=True, check=False
    )
    assert check.returncode == 0


def test_nothing_is_overwritten(files: list[Path], tmp_path: Path) -> None:
    receipt_path(files[0]).write_bytes(b"its receipt")
    first, second = (copy_verified(bundles(files[:1]), tmp_path / "drive") for _ in range(2))
    assert [one.path.name for one in first] == ["a.mp4", "a.mp4.receipt.json"]
    assert [one.path.name for one in second] == ["a (2).mp4", "a (2).mp4.receipt.json"]
    (tmp_path / "drive" / "a (3).mp4.receipt.json").write_bytes(b"somebody's")
    (third, _) = copy_verified(bundles(files[:1]), tmp_path / "drive")
    assert third.path.name == "a (4).mp4"
    bare = [copy_verified(bundles(files[1:]), tmp_path / "drive")[0] for _ in range(2)]
    assert [one.path.name for one in bare] == ["b.mp4", "b (2).mp4"]


@pytest.mark.parametrize("has_links", [True, False])
def test_what_others_write_while_it_is_copied_is_not_overwritten(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """Copying takes minutes, and a share has other users."""
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    drive = tmp_path / "drive"
    receipt_path(files[0]).write_bytes(b"its receipt")

    def somebody_else(share: float) -> None:
        (drive / "a.mp4").write_bytes(b"somebody's")

    copied = copy_verified(bundles(files[:1]), drive, progress=somebody_else)
    assert [one.path.name for one in copied] == ["a (2).mp4", "a (2).mp4.receipt.json"]
    assert copied[0].path.read_bytes() == files[0].read_bytes()
    assert (drive / "a.mp4").read_bytes() == b"somebody's"


def refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, "no links here")


def test_two_copies_that_end_at_the_same_moment(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two programs: both choose the same free names, one is first."""
    drive, free, others = tmp_path / "drive", copying._free_name, set[str]()

    def late(folder: Path, wanted: str) -> str:
        name = free(folder, wanted)
        if wanted not in others:
            others.add(wanted)
            if wanted == "Case":
                (folder / name).mkdir()
                (folder / name / "a.mp4").write_bytes(b"somebody's")
            else:
                (folder / name).write_bytes(b"somebody's")
        return name

    monkeypatch.setattr(copying, "_free_name", late)
    package = Bundle((Original(files[1]),), "Case", "<p>")
    copied = copy_verified([*bundles(files[:1]), package], drive)
    names = [one.path.relative_to(drive).as_posix() for one in copied]
    assert names == ["a (2).mp4", "Case (2)/b.mp4", "Case (2)/index.html"]
    assert (drive / "Case" / "a.mp4").read_bytes() == b"somebody's"
    assert (drive / "SHA256SUMS.txt").read_bytes() == b"somebody's"
    assert (drive / "SHA256SUMS (2).txt").read_text().endswith("  a (2).mp4\n")
    assert not list(drive.rglob("*.part"))


def test_two_windows_that_list_their_copies_at_the_same_moment(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two users of one computer: each list has its own copies."""
    drive, name, lists = tmp_path / "drive", copying._under_free_names, [0]

    def late(parts: list[Path], wanted: Path) -> list[Path]:
        if wanted.name == copying.SUMS_NAME:
            lists[0] += 1
            if lists[0] == 1:
                copy_verified(bundles(files[1:]), drive)
        return name(parts, wanted)

    monkeypatch.setattr(copying, "_under_free_names", late)
    copy_verified(bundles(files[:1]), drive)
    assert (drive / "SHA256SUMS.txt").read_text().endswith("  b.mp4\n")
    assert (drive / "SHA256SUMS (2).txt").read_text().endswith("  a.mp4\n")
    assert not list(drive.rglob("*.part"))


def test_a_name_that_is_taken_again_and_again_is_not_fought_for_ever(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_free_name", lambda folder, wanted: wanted)
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.mp4").write_bytes(b"somebody's")
    with pytest.raises(StorageError, match=r"a\.mp4 cannot be written"):
        copy_verified(bundles(files[:1]), drive)
    assert (drive / "a.mp4").read_bytes() == b"somebody's"
    assert [path.name for path in drive.iterdir()] == ["a.mp4"]


@pytest.mark.parametrize("has_links", [True, False])
def test_two_files_whose_names_are_one_to_the_drive_are_not_both_called_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """As Gate.mp4 and gate.mp4 are on most sticks."""
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    originals = [tmp_path / "one" / "gate.mp4", tmp_path / "other" / "gate.mp4"]
    for file in originals:
        file.parent.mkdir()
        file.write_bytes(DATA + bytes(file))
    drive = tmp_path / "drive"
    with pytest.raises(StorageError, match=r"gate\.mp4 cannot be written"):
        copy_verified([Bundle(tuple(map(Original, originals)), "Case", "<p>")], drive)
    assert list(drive.iterdir()) == []


@pytest.mark.parametrize("end", ["stopped", "failed"])
def test_what_was_copied_before_the_end_has_its_sums(
    files: list[Path], tmp_path: Path, end: str
) -> None:
    token, drive = CancelToken(), tmp_path / "drive"

    def stop(share: float) -> None:
        if share > 0.6:
            token.cancel() if end == "stopped" else files[1].write_bytes(b"changed")

    originals = [Original(file, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    with pytest.raises(Cancelled if end == "stopped" else StorageError):
        copy_verified([Bundle((one,)) for one in originals], drive, cancel=token, progress=stop)
    assert sorted(path.name for path in drive.iterdir()) == ["SHA256SUMS.txt", "a.mp4"]
    assert (drive / "SHA256SUMS.txt").read_text() == f"{originals[0].sha256}  a.mp4\n"


def test_hours_of_copying_are_not_lost_to_a_scanner_in_the_folder(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes its time over the last file, and Windows renames no folder meanwhile."""
    rename, waits = Path.rename, list[float]()

    def held(one: Path, target: Path) -> Path:
        if target.name == "Case" and sum(waits) < 20:
            raise PermissionError(errno.EACCES, "held")
        return rename(one, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("rta_viewer.evidence.files.time.sleep", waits.append)
    bundle = Bundle(tuple(map(Original, files)), "Case", "<p>")
    copied = copy_verified([bundle], tmp_path / "drive")
    assert {one.path.parent for one in copied} == {tmp_path / "drive" / "Case"}
    assert waits


def test_a_file_gets_its_name_when_its_receipt_is_there_too(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that is pulled out before holds nothing that looks like a copy."""
    receipt_path(files[0]).write_bytes(b"its receipt")
    original, seen = copying.rename_to_free, list[int]()

    def count(part: Path, target: Path) -> None:
        seen.append(len(list(target.parent.glob("*.part"))))
        original(part, target)

    monkeypatch.setattr(copying, "rename_to_free", count)
    copied = copy_verified(bundles(files[:1]), tmp_path / "drive")
    assert [one.path.name for one in copied] == ["a.mp4", "a.mp4.receipt.json"]
    assert [one.path.read_bytes() for one in copied] == [files[0].read_bytes(), b"its receipt"]
    assert seen[:2] == [2, 1]


def test_a_scanner_that_looks_at_a_new_copy_is_waited_for(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "rename_to_free", held_at_first(copying.rename_to_free))
    (copied,) = copy_verified(bundles(files[:1]), tmp_path / "drive")
    assert copied.path.read_bytes() == files[0].read_bytes()


def test_a_drive_that_goes_between_two_files_gets_the_second_one_nowhere(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_beside = copying._copy_beside
    with pretended_mount(tmp_path / "stick") as stick:

        def copy_and_unmount(*of: Any) -> list[copying.Copied]:
            copied = copy_beside(*of)
            stick.unmount()
            return copied

        monkeypatch.setattr(copying, "_copy_beside", copy_and_unmount)
        with pytest.raises(TargetLostError, match="is gone"):
            copy_verified(bundles(files), stick.folder)
        assert not list(stick.folder.iterdir())


def test_only_ones_own_unfinished_copies_make_way(files: list[Path], tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.mp4.part").write_bytes(b"somebody's")
    parts: set[str] = set()

    def look(_share: float) -> None:
        parts.update(path.name for path in drive.glob("*.part"))

    copy_verified(bundles(files[:1]), drive, progress=look)
    assert (drive / "a.mp4.part").read_bytes() == b"somebody's"
    (own,) = parts - {"a.mp4.part"}
    (drive / "a.mp4").unlink()
    (drive / own).write_bytes(b"as a kill left it" * 1_000_000)
    (copied,) = copy_verified(bundles(files[:1]), drive)
    assert copied.path.read_bytes() == files[0].read_bytes()
    assert [path.name for path in drive.glob("*.part")] == ["a.mp4.part"]


def test_what_refers_to_each_other_gets_a_folder_of_its_own(
    files: list[Path], tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    for number, page in enumerate(("<p>one</p>", "<p>other</p>")):
        files[0].write_bytes(DATA + page.encode())
        one = Bundle(tuple(map(Original, files)), "case", page)
        copied = copy_verified([one], drive)
        folder = drive / ("case", "case (2)")[number]
        assert {each.path.parent for each in copied} == {folder}
        assert sorted(path.name for path in folder.iterdir()) == [
            "SHA256SUMS.txt",
            "a.mp4",
            "b.mp4",
            "index.html",
        ]
        assert (folder / "index.html").read_text("utf-8") == page
        assert (folder / "a.mp4").read_bytes() == files[0].read_bytes()
        check = ["sha256sum", "-c", "SHA256SUMS.txt"]
        assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    assert sorted(path.name for path in drive.iterdir()) == ["case", "case (2)"]


def test_a_folder_has_its_name_only_when_it_is_whole(files: list[Path], tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    one = Bundle(tuple(map(Original, files)), "case", "<p></p>")
    seen: set[str] = set()

    def look(_share: float) -> None:
        seen.update(path.name for path in drive.iterdir())

    copy_verified([one], drive, progress=look)
    (unfinished,) = seen
    (drive / unfinished).mkdir()
    (drive / unfinished / "a.mp4").write_bytes(b"as a kill left it")
    (drive / "copy-0123456789abcdef.part").mkdir()
    copied = copy_verified([one], drive)
    assert {each.path.parent.name for each in copied} == {"case (2)"}
    assert all(each.path.is_file() for each in copied)
    left = sorted(path.name for path in drive.iterdir())
    assert left == ["case", "case (2)", "copy-0123456789abcdef.part"]


@pytest.mark.parametrize("folder_name", ["", "case"])
def test_what_was_damaged_since_it_was_saved_is_not_copied(
    files: list[Path], tmp_path: Path, folder_name: str
) -> None:
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    files[1].write_bytes(DATA + b"\x07")
    one = Bundle(tuple(map(Original, files, sums)), folder_name, "<p></p>" if folder_name else "")
    with pytest.raises(StorageError, match=r"b\.mp4 was changed since it was saved"):
        copy_verified([one], tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


def test_a_drive_that_lies_is_found_out(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[1000] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(copying, "_forget_in_memory", lying)
    with pytest.raises(StorageError, match="reads back"):
        copy_verified(bundles(files), tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


def test_an_index_is_read_back_too(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(path: Path) -> None:
        if path.suffix == ".html":
            path.write_bytes(b"something else")

    monkeypatch.setattr(copying, "_forget_in_memory", lying)
    with pytest.raises(StorageError, match=r"index\.html reads back"):
        copy_verified([Bundle((Original(files[0]),), "case", "<p></p>")], tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


def test_what_is_read_back_comes_from_the_drive_where_the_system_can_be_asked(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, ...]] = []

    def advise(_descriptor: int, *words: int) -> None:
        asked.append(words)

    monkeypatch.setattr(os, "posix_fadvise", advise, raising=False)
    monkeypatch.setattr(os, "POSIX_FADV_DONTNEED", 4, raising=False)
    copy_verified(bundles(files), tmp_path / "drive")
    assert asked == [(0, 0, 4)] * 2


def test_a_full_drive_and_a_cancelled_copy_leave_nothing(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        copy_verified(bundles(files), tmp_path / "drive", cancel=token)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(TargetLostError):
        copy_verified(bundles(files), tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []
    with pytest.raises(StorageError):
        copy_verified(bundles([tmp_path / "none"]), tmp_path / "drive")


def test_names_at_the_limit_of_the_file_system(files: list[Path], tmp_path: Path) -> None:
    """240 bytes in UTF-8, and its receipt has more."""
    long = files[0].with_name("\N{ARABIC LETTER KAF}" * 118 + ".mp4")
    files[0].rename(long)
    receipt_path(long).write_bytes(b"its receipt")
    for number, folder_name in enumerate(("", "case")):
        copied = copy_verified(
            [Bundle((Original(long),), folder_name)], tmp_path / f"drive {number}"
        )
        assert [one.path.name for one in copied] == [long.name, receipt_path(long).name]


def test_an_original_that_is_gone_is_not_blamed_on_the_drive(
    files: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match=r"The file none\.mp4 cannot be read"):
        copy_verified(bundles([tmp_path / "none.mp4"]), tmp_path / "drive")

    def lose(_share: float) -> None:
        files[1].unlink(missing_ok=True)

    with pytest.raises(StorageError, match=r"The file b\.mp4 cannot be read") as caught:
        copy_verified(bundles(files), tmp_path / "drive", progress=lose)
    assert not isinstance(caught.value, TargetLostError)
    left = sorted(path.name for path in (tmp_path / "drive").iterdir())
    assert left == ["SHA256SUMS.txt", "a.mp4"]


def test_a_drive_that_is_gone_while_a_copy_is_cancelled(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = CancelToken()

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "no such drive")

    def pull(_share: float) -> None:
        token.cancel()
        monkeypatch.setattr(Path, "unlink", fail)

    with pytest.raises(Cancelled):
        copy_verified(bundles(files), tmp_path / "drive", cancel=token, progress=pull)


@pytest.mark.parametrize("folder_name", ["", "Case"])
def test_a_drive_that_does_not_say_what_is_on_it(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_name: str
) -> None:
    def stale(path: Path) -> bool:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))

    monkeypatch.setattr(copying, "is_there", stale)
    with pytest.raises(TargetLostError):
        copy_verified([Bundle((Original(files[0]),), folder_name)], tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


def test_a_drive_that_is_gone_before_it_is_read_back(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_forget_in_memory", Path.unlink)
    with pytest.raises(StorageError):
        copy_verified(bundles(files), tmp_path / "drive")


def test_a_file_too_large_for_a_drive_is_told_before_anything_is_copied(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "_kind", lambda _place: "vfat")
    monkeypatch.setattr(drives, "FAT_FILE_BYTES", len(DATA))
    small = tmp_path / "saved" / "small.mp4"
    small.write_bytes(DATA)
    assert len(copy_verified(bundles([small]), tmp_path / "other drive")) == 1
    with pytest.raises(StorageError, match="too large for this drive"):
        copy_verified(bundles([small, *files]), tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
@pytest.mark.parametrize("folder_name", ["", "case"])
def test_copies_outlive_a_drive_that_is_pulled_out_as_soon_as_they_are_told(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_name: str
) -> None:
    """What is in a file does not help when the drive does not know its name yet."""
    drive = tmp_path / "sticks" / "drive"
    lasting: dict[int, set[str]] = {}
    plain = os.fsync

    def fsync(handle: int) -> None:
        plain(handle)
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            lasting[found.st_ino] = set(os.listdir(handle))

    monkeypatch.setattr(os, "fsync", fsync)
    originals = tuple(map(Original, files))
    copied = copy_verified([Bundle(originals, folder_name, "page")], drive)
    for one in copied:
        assert one.path.name in lasting[one.path.parent.stat().st_ino]
    for folder in (drive / folder_name, drive, drive.parent):
        names = {each.name for each in folder.iterdir()}
        assert lasting[folder.stat().st_ino] == names
