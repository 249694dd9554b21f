"""Drives that are unmounted: what they were mounted in is a folder of this computer's disk then."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState, PauseCause
from rta_viewer.jobs import room
from rta_viewer.jobs.rest import rest_of
from tests.helpers.fault_ground import TENTH, Ground, ready_export
from tests.helpers.mount_points import MOUNTS, MountPoint, fake_mounts


@pytest.fixture(params=list(MOUNTS))
def share(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MountPoint]:
    with MOUNTS[request.param](tmp_path / "nas") as made:
        yield made


@pytest.fixture
def made(share: MountPoint, ground: Ground) -> Ground:
    """One that saves to the share."""
    ground.folder = share.folder
    return ground


def waits_for_its_drive(ground: Ground, job: Job) -> bool:
    now = ground.engine.job(job.job_id)
    waits = (now.state, now.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    return waits and now.reason == f"The drive that was at {ground.folder} is gone."


def look_for_the_drive(ground: Ground) -> None:
    ground.clock.advance(room.LOOK_EVERY_S * 2)
    ground.engine.tend()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("kind", list(JobKind))
def test_between_two_attempts(
    made: Ground, share: MountPoint, kind: JobKind, restarted: bool
) -> None:
    """Nothing is put in its place; when it is back the transfer goes on where it was."""
    path = "/download" if kind is JobKind.CLIP else "/file"
    job = ready_export(made)[0] if kind is JobKind.EXPORT else made.submit()
    made.step_until_cut(job)
    share.unmount()
    if restarted:
        made.restart()
    made.clock.advance(60)
    made.do_what_is_due()
    assert waits_for_its_drive(made, job), made.engine.job(job.job_id)
    look_for_the_drive(made)
    assert waits_for_its_drive(made, job)
    assert files(share.folder) == []
    share.mount()
    look_for_the_drive(made)
    assert made.is_whole(made.work_off(job))
    assert files(share.folder) == ["gate.mp4", "gate.mp4.receipt.json"]
    assert made.site.log.entries(path)[-1].headers["range"] == f"bytes={5 * TENTH}-"


def test_in_the_middle_of_a_transfer(made: Ground, share: MountPoint) -> None:
    made.site.faults.cut_body(5 * TENTH, path="/download")

    def unmount(seconds: float, cancel: CancelToken) -> None:
        share.unmount()

    with made.waiting_by(unmount):
        job = made.save()
    assert job.state is JobState.PAUSED
    for _ in range(3):
        look_for_the_drive(made)
        made.do_what_is_due()
        assert made.engine.job(job.job_id).state is JobState.PAUSED
    assert "gate.mp4" not in files(share.folder)
    for left in share.folder.iterdir():
        left.unlink()
    share.mount()
    look_for_the_drive(made)
    assert made.is_whole(made.work_off(job))
    assert files(share.folder) == ["gate.mp4", "gate.mp4.receipt.json"]


class Kill(BaseException):
    """Ends a run as abruptly as a test can."""


@pytest.mark.parametrize("function", ["place", "write_receipt"])
@pytest.mark.parametrize("kind", list(JobKind))
def test_after_a_kill_between_the_last_steps(
    made: Ground, share: MountPoint, kind: JobKind, function: str
) -> None:
    """What was fetched is not here; it is when the drive is back, and is not fetched twice."""

    def die(*_: object) -> None:
        raise Kill

    job = ready_export(made)[0] if kind is JobKind.EXPORT else made.submit()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"rta_viewer.jobs.delivery.{function}", die)
        with pytest.raises(Kill):
            made.do_what_is_due()
    share.unmount()
    made.restart()
    made.do_what_is_due()
    assert waits_for_its_drive(made, job), made.engine.job(job.job_id)
    share.mount()
    look_for_the_drive(made)
    assert made.is_whole(made.work_off(job))
    assert files(share.folder) == ["gate.mp4", "gate.mp4.receipt.json"]
    assert len(made.site.log.entries("/file" if kind is JobKind.EXPORT else "/download")) == 1


def test_what_has_not_begun_waits_for_the_drive_too(made: Ground, share: MountPoint) -> None:
    """It was ordered while it was there; a folder below it is not made in its place."""
    begun, same, elsewhere = made.submit(), made.submit(), made.folder.parent / "other"
    made.folder = share.folder / "package"
    below = made.submit()
    made.folder = elsewhere
    other = made.submit()
    made.folder = share.folder
    made.step_until_cut(begun)
    share.unmount()
    made.clock.advance(60)
    made.do_what_is_due()
    assert made.is_whole(made.engine.job(other.job_id))
    assert all(waits_for_its_drive(made, job) for job in (begun, same, below))
    assert files(share.folder) == []
    share.mount()
    look_for_the_drive(made)
    assert all(made.is_whole(made.work_off(job)) for job in (begun, same, below))


def test_through_a_link(ground: Ground, share: MountPoint, tmp_path: Path) -> None:
    ground.folder = tmp_path / "link"
    try:
        ground.folder.symlink_to(share.folder, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    job = ground.submit()
    ground.step_until_cut(job)
    share.unmount()
    ground.clock.advance(60)
    ground.do_what_is_due()
    assert ground.engine.job(job.job_id).state is JobState.PAUSED
    assert files(share.folder) == []


def test_the_operator_may_have_it_on_this_drive(made: Ground, share: MountPoint) -> None:
    """After being told; who only paused it does not know."""
    job = made.submit()
    made.step_until_cut(job)
    made.engine.pause(job.job_id)
    share.unmount()
    made.engine.resume(job.job_id)
    made.do_what_is_due()
    assert waits_for_its_drive(made, job), made.engine.job(job.job_id)
    made.engine.resume(job.job_id)
    assert made.is_whole(made.work_off(job))
    assert files(share.folder) == ["gate.mp4", "gate.mp4.receipt.json"]


def test_what_is_tried_again_waits_for_its_drive(made: Ground, share: MountPoint) -> None:
    job = made.submit()
    made.step_until_cut(job)
    made.engine.cancel(job.job_id)
    share.unmount()
    made.engine.retry(job.job_id)
    made.do_what_is_due()
    assert waits_for_its_drive(made, job), made.engine.job(job.job_id)
    share.mount()
    look_for_the_drive(made)
    assert made.is_whole(made.work_off(job))


def test_the_rest_of_a_file_waits_for_the_drive_of_the_first(
    made: Ground, share: MountPoint
) -> None:
    job = made.save()
    short = replace(job, state=JobState.DIFFERS, missing=job.span)
    share.unmount()
    rest = made.engine.add(rest_of(short, made.clock.now_ms()))
    made.do_what_is_due()
    assert waits_for_its_drive(made, rest), made.engine.job(rest.job_id)
    share.mount()
    look_for_the_drive(made)
    assert made.is_whole(made.work_off(rest))


def test_one_that_was_not_mounted_when_it_began(ground: Ground, tmp_path: Path) -> None:
    """It is a folder like others then, also when something is mounted there later, or at its root."""
    ground.folder = tmp_path / "nas"
    ground.folder.mkdir()
    with fake_mounts() as mounted:
        job = ground.submit()
        ground.step_until_cut(job)
        assert ground.engine.job(job.job_id).mount_point == ""
        mounted.add(ground.folder)
        ground.clock.advance(60)
        job = ground.work_off(job)
    assert ground.is_whole(job)
    assert job.mount_point == str(ground.folder)


def test_a_list_that_does_not_know_where_drives_were(made: Ground, share: MountPoint) -> None:
    """Of an earlier version: a folder that is there is used, as that one did."""
    job = made.submit()
    made.step_until_cut(job)
    made.engine._board.change(job.job_id, mount_point="")
    share.unmount()
    made.clock.advance(60)
    assert made.is_whole(made.work_off(job))


def test_a_folder_that_was_removed_is_made_again_by_retry(made: Ground, share: MountPoint) -> None:
    made.folder = share.folder / "saved"
    job = made.submit()
    made.step_until_cut(job)
    made.engine.cancel(job.job_id)
    shutil.rmtree(made.folder)
    made.engine.retry(job.job_id)
    assert made.is_whole(made.work_off(job))
