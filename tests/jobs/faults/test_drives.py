"""Drives that are full, gone, or read-only."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobState, PauseCause
from rta_viewer.jobs import room
from tests.helpers.fault_ground import BODY, TENTH, Ground
from tests.helpers.recorders import signed_in_recorder


@contextmanager
def small_drive(folder: Path) -> Iterator[Path]:
    """A real file system of 80 MB, where that is possible."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)]
    with suppress(OSError):
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            try:
                yield folder
            finally:
                subprocess.run(["umount", "-l", str(folder)], check=True)
            return
    pytest.skip("a small drive cannot be mounted here")


@pytest.mark.parametrize("free", [0, TENTH, len(BODY) - 1, len(BODY) + 200])
def test_a_disk_that_gets_full_at_any_byte(
    ground: Ground, tmp_path: Path, free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rta_viewer.vms.part_file._SPARE_BYTES", -(10**9))
    with small_drive(tmp_path / "drive") as drive:
        ground.folder = drive / "saved"
        ground.folder.mkdir()
        filler = drive / "filler"
        left = shutil.disk_usage(drive).free - free
        with filler.open("wb") as file:
            file.write(bytes(left))
        job = ground.save()
        assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE), job
        assert "full" in job.reason or "space" in job.reason
        ground.clock.advance(room.LOOK_EVERY_S)
        ground.engine.tend()
        assert ground.engine.job(job.job_id).state is JobState.PAUSED
        filler.unlink()
        ground.clock.advance(2 * room.LOOK_EVERY_S)
        ground.engine.tend()
        job = ground.run(job)
        assert ground.is_whole(job), job
        assert len(list(ground.folder.iterdir())) == 2


def test_a_drive_that_is_pulled_out_and_comes_back(ground: Ground, tmp_path: Path) -> None:
    gone = tmp_path / "away"
    ground.folder.mkdir()

    def pull() -> None:
        ground.folder.rename(gone)

    ground.site.faults.cut_body(5 * TENTH, path="/download")
    original = ground.naps.__call__
    pulled: list[bool] = []

    def nap(seconds: float, cancel: CancelToken) -> None:
        original(seconds, cancel)
        if not pulled:
            pulled.append(True)
            pull()

    with signed_in_recorder(ground.site.rest_url, sleep=nap) as recorder:
        ground.recorder = recorder
        job = ground.save()
    assert pulled
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE), job
    assert not ground.folder.exists()
    gone.rename(ground.folder)
    with signed_in_recorder(ground.site.rest_url) as recorder:
        ground.recorder = recorder
        ground.clock.advance(2 * room.LOOK_EVERY_S)
        ground.engine.tend()
        job = ground.run(job)
    assert ground.is_whole(job)


def test_a_target_that_is_read_only(ground: Ground, tmp_path: Path) -> None:
    with small_drive(tmp_path / "drive") as drive:
        ground.folder = drive / "saved"
        ground.folder.mkdir()
        remount = ["mount", "-o", "remount,{}", str(drive)]
        subprocess.run([word.format("ro") for word in remount], check=True)
        job = ground.save()
        assert job.state is JobState.FAILED
        assert "written" in job.reason
        subprocess.run([word.format("rw") for word in remount], check=True)
        assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
