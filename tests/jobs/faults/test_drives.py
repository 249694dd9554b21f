"""Drives that are full, gone, or read-only."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState, PauseCause
from rta_viewer.jobs import room
from tests.helpers.fault_ground import BODY, TENTH, Ground, ready_export
from tests.helpers.shares import share_is_away
from tests.helpers.small_drive import Drive, PretendedDrive, mounted_drive, pretended_drive

GIVEN_WAY_BYTES = 256 * 1024


@pytest.fixture(autouse=True)
def no_spare_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transfer only finds out that the drive is full when it is."""
    monkeypatch.setattr("rta_viewer.vms.part_file._SPARE_BYTES", -(1 << 40))


@pytest.fixture
def pretended(tmp_path: Path) -> Iterator[PretendedDrive]:
    (tmp_path / "drive").mkdir()
    with pretended_drive(tmp_path / "drive") as drive:
        yield drive


@pytest.fixture(params=["pretended", "mounted"])
def drive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drive]:
    (tmp_path / "drive").mkdir()
    make = pretended_drive if request.param == "pretended" else mounted_drive
    with make(tmp_path / "drive") as made:
        yield made


def pauses(job: Job) -> bool:
    return (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)


def look_for_the_drive(ground: Ground) -> None:
    ground.clock.advance(room.LOOK_EVERY_S * 2)
    ground.engine.tend()


def go_on_with_room(ground: Ground, drive: Drive, job: Job) -> None:
    """It was stopped by a full drive, stays so, and is done as soon as there is room."""
    assert pauses(job), job
    assert re.search("full|space", job.reason), job
    look_for_the_drive(ground)
    assert pauses(ground.engine.job(job.job_id))
    drive.make_room()
    look_for_the_drive(ground)
    job = ground.run(job)
    assert ground.is_whole(job), job
    assert len(list(ground.folder.iterdir())) == 2


@pytest.mark.parametrize("free", [0, TENTH, len(BODY) - 1, len(BODY) + 200])
def test_a_disk_that_is_full_after_any_byte(ground: Ground, drive: Drive, free: int) -> None:
    ground.folder = drive.folder / "saved"
    ground.folder.mkdir()
    drive.leave(free)
    go_on_with_room(ground, drive, ground.save())


@pytest.mark.parametrize(
    ("names", "least"),
    [
        pytest.param("download.*.part", 4, id="the file"),
        pytest.param("download.*.part.json.new", 2, id="its note"),
        pytest.param("download.*.part.claim", 1, id="the claim of its name"),
        pytest.param("????????????????.part", 1, id="its receipt"),
    ],
)
@pytest.mark.parametrize("free", [0, 5])
def test_a_disk_that_gets_full_at_any_write(
    ground: Ground,
    pretended: PretendedDrive,
    monkeypatch: pytest.MonkeyPatch,
    names: str,
    least: int,
    free: int,
) -> None:
    monkeypatch.setattr("rta_viewer.vms.fetch._PIECE_BYTES", 64 * 1024)
    for number in range(1, 1000):
        ground.folder = pretended.folder / f"saved {number}"
        pretended.leave_at_write(names, number, free)
        job = ground.save()
        if not pretended.was_filled:
            break
        if not ground.is_whole(job):
            go_on_with_room(ground, pretended, job)
        pretended.make_room()
        assert len(list(ground.folder.iterdir())) == 2
    assert ground.is_whole(job), job
    assert number > least


def test_the_end_of_a_part_gives_way_to_the_note_that_saves_the_rest(
    ground: Ground, drive: Drive
) -> None:
    ground.folder = drive.folder / "saved"
    ground.folder.mkdir()
    drive.leave(len(BODY))
    go_on_with_room(ground, drive, ground.save())
    first, again = ground.site.log.entries("/download")
    assert "range" not in first.headers
    kept = int(again.headers["range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < kept <= len(BODY) - GIVEN_WAY_BYTES
    assert again.sent_bytes == len(BODY) - kept


def test_a_target_that_is_read_only(ground: Ground, drive: Drive) -> None:
    """That is no drive that may come back: it fails, and says why."""
    ground.folder = drive.folder / "saved"
    ground.folder.mkdir()
    drive.forbid(writing=True)
    job = ground.save()
    assert job.state is JobState.FAILED
    assert "written" in job.reason
    drive.forbid(writing=False)
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


def test_a_target_that_gets_read_only_in_the_middle(ground: Ground, drive: Drive) -> None:
    """As a system does with a drive that has errors; what is there is used afterwards."""
    ground.folder = drive.folder / "saved"
    ground.folder.mkdir()
    job = ground.submit()
    ground.step_until_cut(job)
    drive.forbid(writing=True)
    job = ground.run(job)
    assert job.state is JobState.FAILED
    assert "written" in job.reason
    drive.forbid(writing=False)
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
    assert ground.site.log.entries("/download")[-1].headers["range"] == f"bytes={5 * TENTH}-"


def test_a_drive_that_is_pulled_out_during_a_transfer(ground: Ground, tmp_path: Path) -> None:
    away = tmp_path / "away"
    ground.folder.mkdir()
    ground.site.faults.cut_body(5 * TENTH, path="/download")

    def pull(seconds: float, cancel: CancelToken) -> None:
        ground.folder.rename(away)

    with ground.waiting_by(pull):
        job = ground.save()
    assert pauses(job), job
    assert not ground.folder.exists()
    come_back(ground, job, away)


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("kind", list(JobKind))
def test_a_drive_that_is_pulled_out_between_two_attempts(
    ground: Ground, tmp_path: Path, kind: JobKind, restarted: bool
) -> None:
    """Its folder is not made again: it would be on another drive."""
    away, path = tmp_path / "away", "/download" if kind is JobKind.CLIP else "/file"
    job = ready_export(ground)[0] if kind is JobKind.EXPORT else ground.submit()
    ground.step_until_cut(job)
    ground.folder.rename(away)
    if restarted:
        ground.restart()
    ground.clock.advance(60)
    ground.do_what_is_due()
    assert pauses(ground.engine.job(job.job_id)), ground.engine.job(job.job_id)
    look_for_the_drive(ground)
    assert pauses(ground.engine.job(job.job_id))
    assert not ground.folder.exists()
    come_back(ground, job, away)
    assert ground.site.log.entries(path)[-1].headers["range"] == f"bytes={5 * TENTH}-"


@pytest.mark.skipif(os.name == "nt", reason="the error of another system")
@pytest.mark.parametrize("kind", list(JobKind))
def test_a_share_that_answers_with_errors_only(ground: Ground, kind: JobKind) -> None:
    job = ready_export(ground)[0] if kind is JobKind.EXPORT else ground.submit()
    ground.step_until_cut(job)
    ground.clock.advance(60)
    with share_is_away(ground.folder):
        ground.do_what_is_due()
        assert pauses(ground.engine.job(job.job_id)), ground.engine.job(job.job_id)
        look_for_the_drive(ground)
        assert pauses(ground.engine.job(job.job_id))
    look_for_the_drive(ground)
    assert ground.is_whole(ground.work_off(job))


@pytest.mark.skipif(os.name == "nt", reason="the error of another system")
def test_a_job_of_a_share_that_is_away_can_be_cancelled(ground: Ground) -> None:
    job = ground.submit()
    ground.engine._board.change(job.job_id, sha256="ab" * 32)
    with share_is_away(ground.folder):
        ground.engine.cancel(job.job_id)
    assert ground.engine.job(job.job_id).state is JobState.CANCELLED


def come_back(ground: Ground, job: Job, away: Path) -> None:
    away.rename(ground.folder)
    look_for_the_drive(ground)
    job = ground.work_off(job)
    assert ground.is_whole(job), job
    assert len(list(ground.folder.iterdir())) == 2


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("happens", ["full", "gone"])
def test_a_job_whose_drive_is_full_or_gone_goes_on_in_another_folder(
    ground: Ground, drive: Drive, tmp_path: Path, kind: JobKind, happens: str
) -> None:
    """It is fetched whole there; the server makes its export once."""
    ground.folder = drive.folder / "saved"
    ground.folder.mkdir()
    drive.leave(5 * TENTH)
    job = ground.save(kind)
    assert pauses(job), job
    if happens == "gone":
        ground.folder.rename(drive.folder / "away")
    other = tmp_path / "other"
    job = ground.run(ground.engine.go_on_in(job.job_id, other))
    assert job.path == other / "gate.mp4"
    assert ground.is_whole(job), job
    assert job.sha256 == hashlib.sha256(BODY).hexdigest()
    assert sorted(path.name for path in other.iterdir()) == ["gate.mp4", "gate.mp4.receipt.json"]
    assert ground.orders == (kind is JobKind.EXPORT)
    assert not ground.folder.exists() or list(ground.folder.iterdir()) == []


def test_what_was_fetched_of_a_clip_comes_along_on_its_drive(
    ground: Ground, tmp_path: Path
) -> None:
    job = ground.submit()
    ground.step_until_cut(job)
    job = ground.run(ground.engine.go_on_in(job.job_id, tmp_path / "other"))
    assert ground.is_whole(job), job
    again = ground.site.log.entries("/download")[-1]
    assert again.headers["range"].startswith("bytes=")
    assert again.sent_bytes < len(BODY)
