import errno
import hashlib
import subprocess
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, StorageError, TargetLostError
from rta_viewer.jobs import copying
from rta_viewer.jobs.copying import copy_verified

DATA = bytes(range(256)) * 10_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "saved"
    folder.mkdir()
    made = [folder / "a.mp4", folder / "b.mp4"]
    for number, file in enumerate(made):
        file.write_bytes(DATA + bytes([number]))
    return made


def test_copies_are_read_back_and_listed(files: list[Path], tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    shares: list[float] = []
    copied = copy_verified(files, drive, progress=shares.append)
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
    first, second = (copy_verified(files[:1], tmp_path / "drive") for _ in range(2))
    assert (first[0].path.name, second[0].path.name) == ("a.mp4", "a (2).mp4")


def test_a_drive_that_lies_is_found_out(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[1000] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(copying, "_forget_in_memory", lying)
    with pytest.raises(StorageError, match="reads back"):
        copy_verified(files, tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []


def test_a_full_drive_and_a_cancelled_copy_leave_nothing(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        copy_verified(files, tmp_path / "drive", cancel=token)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(TargetLostError):
        copy_verified(files, tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []
    with pytest.raises(StorageError):
        copy_verified([tmp_path / "none"], tmp_path / "drive")
