import errno
import os
import sys
from pathlib import Path

import pytest

from rta_viewer.platform import drives
from rta_viewer.platform.drives import FAT_FILE_BYTES, DriveLook, look_at
from tests.helpers.mount_points import fake_mounts

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 8:17 / /media/anna/my\\040stick rw,nosuid - vfat /dev/sdb1 rw
31 22 0:40 / /media rw - tmpfs tmpfs rw
"""


def test_a_folder_that_is_not_there_yet_is_looked_at_where_it_would_be(tmp_path: Path) -> None:
    found = look_at(tmp_path / "new" / "folder")
    assert found.problem == ""
    assert found.free_bytes is not None
    assert found.free_bytes > 0
    assert not (tmp_path / "new").exists()


def test_what_is_no_folder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file.txt"
    file.write_text("x")
    assert "is a file" in look_at(file).problem
    assert "is a file" in look_at(file / "deeper").problem
    assert "whole path" in look_at(Path("clips")).problem
    assert look_at(tmp_path / "a\0b").problem
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "may not write" in look_at(tmp_path).problem


@pytest.mark.parametrize(
    ("err", "takes"),
    [
        (None, True),
        (PermissionError(errno.EACCES, "denied"), False),
        (OSError(errno.ENOSPC, "full"), True),
    ],
)
def test_a_folder_of_windows_is_asked_by_making_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, err: OSError | None, takes: bool
) -> None:
    made: list[Path] = []
    plain = os.open

    def make(path: Path, flags: int) -> int:
        if err is not None:
            raise err
        made.append(path)
        return plain(path, flags)

    monkeypatch.setattr(os, "open", make)
    assert drives._takes_files(tmp_path, windows=True) is takes
    assert [path.parent for path in made] == ([] if err else [tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_what_looking_at_a_folder_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that are to be made may lie where files must not: beside those of Windows, say."""
    monkeypatch.setattr(drives, "_takes_files", lambda _folder: False)
    assert "may not write" in look_at(tmp_path).problem
    assert look_at(tmp_path / "new").problem == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mount table")
def test_the_file_system_is_that_of_the_innermost_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    kinds = {
        place: drives._mounted_kind(Path(place), mounts)
        for place in ("/media/anna/my stick/case", "/media/anna/my stickers", "/home")
    }
    assert list(kinds.values()) == ["vfat", "tmpfs", "ext4"]


def test_a_folder_is_on_the_drive_that_is_mounted_nearest(tmp_path: Path) -> None:
    disk, nas = tmp_path / "disk", tmp_path / "disk" / "nas"
    with fake_mounts(disk, nas) as mounted:
        assert drives.mount_point(nas) == str(nas)
        assert drives.mount_point(nas / "new" / "folder") == str(nas)
        assert drives.mount_point(disk / "other") == str(disk)
        assert drives.mount_point(tmp_path) == ""
        assert drives.is_mount_point(str(nas))
        mounted.remove(nas)
        assert drives.mount_point(nas) == str(disk)
        assert not drives.is_mount_point(str(nas))


@pytest.mark.skipif(os.name == "nt", reason="Windows answers for the link itself")
def test_a_link_is_on_the_drive_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nas" / "deep")
    with fake_mounts(tmp_path / "nas"):
        assert drives.mount_point(tmp_path / "link" / "folder") == str(tmp_path / "nas")


def test_where_a_drive_is_may_be_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a name that cannot be written down nor a system without an answer is an error."""
    with fake_mounts(Path("/caf\udce9")):
        assert drives.mount_point(Path("/caf\udce9/folder")) == ""

    def refuse(_place: str) -> bool:
        raise OSError(errno.EINVAL, "The volume is not known.")

    monkeypatch.setattr(os.path, "ismount", refuse)
    assert drives.mount_point(tmp_path) == ""
    assert not drives.is_mount_point(str(tmp_path))


def test_the_system_is_asked_so_that_it_mounts_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is idle is taken for unmounted otherwise."""
    asked: list[str] = []

    def answer(place: str) -> bool:
        asked.append(place)
        return True

    monkeypatch.setattr(os.path, "ismount", answer)
    assert drives.is_mount_point(str(tmp_path))
    assert asked == [f"{tmp_path}{os.sep}"]


def test_fat_bounds_a_file() -> None:
    assert DriveLook(kind="vfat").largest_file_bytes == FAT_FILE_BYTES < 4 * 1024**3
    assert DriveLook(kind="ntfs").largest_file_bytes is None
    assert DriveLook().largest_file_bytes is None
