"""Drives that do not answer, and what is said of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rta_viewer.core.drive_calls import CANCELS, LATE_S, PAUSES, SILENT
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane
from tests.helpers.fault_ground import Ground, ready_export
from tests.helpers.stuck_drive import StuckDrive, stuck_drive

TEND_S = 3.0


@contextmanager
def worker(ground: Ground, lane: Lane = Lane.CLIPS) -> Iterator[threading.Thread]:
    """Does one step beside the test, and has ended after the block, in which the drive has to get well."""
    thread = threading.Thread(target=ground.step, args=(lane,))
    thread.start()
    yield thread
    thread.join(60)
    assert not thread.is_alive()


def look(ground: Ground, after_s: float, job: Job) -> Job:
    ground.clock.advance(after_s)
    ground.engine.tend()
    return ground.engine.job(job.job_id)


def times_told(engine: JobEngine, job: Job) -> int:
    return sum(event.why == SILENT for event in engine.history(job.job_id))


def hang(ground: Ground, drive: StuckDrive, job: Job) -> None:
    drive.wait_for_call()
    assert look(ground, LATE_S - 1, job).reason != SILENT
    assert look(ground, TEND_S, job).reason == SILENT


@pytest.mark.parametrize("call", ["mkdir", "open", "write", "fsync", "hardlink_to"])
def test_a_drive_that_does_not_answer_is_told_of_until_it_does(ground: Ground, call: str) -> None:
    job = ground.submit()
    with stuck_drive(ground.folder, call) as drive, worker(ground):
        hang(ground, drive, job)
        told = ground.engine.job(job.job_id)
        assert told.drive_is_silent
        assert told.hint
        look(ground, TEND_S, job)
        drive.answer()
    done = ground.engine.job(job.job_id)
    assert ground.is_whole(done), done
    assert not done.reason
    assert times_told(ground.engine, job) == 1


def test_what_was_said_is_taken_back_while_it_gets_on(ground: Ground) -> None:
    job = ground.submit()
    with stuck_drive(ground.folder) as drive, worker(ground):
        hang(ground, drive, job)
        drive.answer_once()
        drive.wait_for_call()
        assert not look(ground, TEND_S, job).drive_is_silent
        assert look(ground, LATE_S, job).drive_is_silent
        drive.answer()
    assert times_told(ground.engine, job) == 1


def test_an_export_that_hangs_is_told_of_likewise(ground: Ground) -> None:
    job, _ = ready_export(ground)
    with stuck_drive(ground.folder) as drive, worker(ground, Lane.EXPORTS):
        hang(ground, drive, job)
        drive.answer()
    assert ground.is_whole(ground.engine.job(job.job_id))


def test_what_is_wanted_of_it_meanwhile_is_said_and_done_as_soon_as_it_can_be(
    ground: Ground,
) -> None:
    job = ground.submit()
    with stuck_drive(ground.folder) as drive, worker(ground):
        hang(ground, drive, job)
        ground.engine.pause(job.job_id)
        assert ground.engine.job(job.job_id).reason == PAUSES
        ground.engine.resume(job.job_id)
        assert ground.engine.job(job.job_id).reason == SILENT
        ground.engine.cancel(job.job_id)
        assert ground.engine.job(job.job_id).reason == CANCELS
        drive.answer()
    job = ground.engine.job(job.job_id)
    assert (job.state, job.reason) == (JobState.CANCELLED, "")
    assert times_told(ground.engine, job) == 1
    assert list(ground.folder.iterdir()) == []


def test_others_at_the_same_drive_are_not_begun_and_can_be_cancelled(ground: Ground) -> None:
    first, other, third = (ground.submit() for _ in range(3))
    with stuck_drive(ground.folder) as drive, worker(ground):
        hang(ground, drive, first)
        assert not ground.step(Lane.CLIPS)
        ground.engine.cancel(other.job_id)
        assert ground.engine.job(other.job_id).state is JobState.CANCELLED
        drive.answer()
    assert ground.step(Lane.CLIPS)
    assert ground.is_whole(ground.engine.job(third.job_id))


def test_how_far_exports_are_is_still_asked(ground: Ground) -> None:
    clip, export = ground.submit(), ground.submit(JobKind.EXPORT)
    assert ground.step(Lane.POLLS)
    with stuck_drive(ground.folder) as drive, worker(ground):
        hang(ground, drive, clip)
        assert ground.step(Lane.POLLS)
        drive.answer()
    assert ground.engine.job(export.job_id).state in {JobState.PREPARING, JobState.READY}
