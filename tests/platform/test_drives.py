import errno
import os
import sys
from pathlib import Path

import pytest

from rta_viewer.platform import drives
from rta_viewer.platform.drives import FAT_FILE_BYTES, DriveLook, look_at

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


def test_fat_bounds_a_file() -> None:
    assert DriveLook(kind="vfat").largest_file_bytes == FAT_FILE_BYTES < 4 * 1024**3
    assert DriveLook(kind="ntfs").largest_file_bytes is None
    assert DriveLook().largest_file_bytes is None
