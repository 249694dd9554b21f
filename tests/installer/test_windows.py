import struct
from pathlib import Path

import pytest

from installer import windows


def library(folder: Path, machine: int) -> Path:
    folder.mkdir()
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80)
    head = head.ljust(0x80, b"\0") + b"PE\0\0" + struct.pack("<H", machine)
    (folder / "libvlc.dll").write_bytes(head.ljust(512, b"\0"))
    return folder


def test_only_a_64_bit_vlc_counts(tmp_path: Path) -> None:
    old = library(tmp_path / "x86", 0x14C)
    new = library(tmp_path / "x64", windows.MACHINE_X64)
    assert windows.find([tmp_path / "none", old]) is None
    assert windows.find([tmp_path / "none", old, new]) == new


@pytest.mark.parametrize("content", [b"", b"MZ", b"MZ" + b"\xff" * 100, b"ELF" * 100])
def test_a_file_that_is_no_library_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "libvlc.dll"
    path.write_bytes(content)
    assert not windows.is_x64(path)


def test_program_files_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ProgramW6432", str(tmp_path))
    assert tmp_path / "VideoLAN" / "VLC" in list(windows.candidates())
