"""Looking whether the drives of paused jobs are there again."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.errors import TargetLostError
from rta_viewer.jobs import endings, room
from tests.helpers.job_desk import Desk
from tests.helpers.mount_points import pretended_mount


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_a_drive_that_does_not_answer_at_all_holds_up_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share whose server is gone; when it is back, what it says then counts."""
    desk.recorder.fail("fetch_clip", *[TargetLostError("Gone.")] * 3)
    jobs = [desk.submit() for _ in range(3)]
    for job, place in zip(jobs, ("/share", "/share", "/stick"), strict=True):
        desk.run(job)
        desk.engine._board.change(job.job_id, mount_point=place)
    asked, back = list[str](), threading.Event()

    def look(job: Job) -> bool:
        asked.append(job.job_id)
        return job.mount_point == "/stick" or back.wait(60)

    monkeypatch.setattr(room, "_LONGEST_LOOK_S", 0.05)
    monkeypatch.setattr(room, "has_room", look)
    for _ in range(5):
        desk.clock.advance(room.LOOK_EVERY_S)
        desk.engine.tend()
    states = [desk.engine.job(job.job_id).state for job in jobs]
    assert states == [JobState.PAUSED, JobState.PAUSED, JobState.QUEUED]
    assert asked == [jobs[0].job_id, jobs[2].job_id], "no other look at a drive that hangs"
    monkeypatch.setattr(room, "_LONGEST_LOOK_S", 60)
    withdrawn: list[Path] = []
    monkeypatch.setattr(endings, "withdraw", lambda part, path, **_: withdrawn.append(path))
    desk.engine.cancel(jobs[1].job_id)
    assert desk.engine.job(jobs[1].job_id).state is JobState.CANCELLED
    assert withdrawn == [], "its drive would be waited for"
    back.set()
    desk.engine._endings.room._looks[jobs[0].job_id, jobs[0].folder].ends_within(60)
    desk.clock.advance(room.LOOK_EVERY_S)
    desk.engine.tend()
    assert desk.engine.job(jobs[0].job_id).state is JobState.QUEUED
    assert len(asked) == 2
    desk.engine.cancel(jobs[0].job_id)
    assert withdrawn == [jobs[0].path]


def test_thousands_that_wait_for_a_drive_that_answers_need_no_thread_each(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.recorder.fail("fetch_clip", TargetLostError("Gone."))
    job = desk.run(desk.submit())
    waiting = [replace(job, job_id=f"{number}") for number in range(50)]
    asked, threads = list[str](), set[threading.Thread]()

    def look(job: Job) -> bool:
        asked.append(job.job_id)
        threads.add(threading.current_thread())
        return False

    monkeypatch.setattr(room, "has_room", look)
    assert room.RoomWatch(desk.clock).ready(waiting) == []
    assert len(asked) == 50
    assert len(threads) == 2


def test_what_waits_for_a_drive_that_is_gone_takes_no_room_where_it_was_mounted(
    desk: Desk, tmp_path: Path
) -> None:
    with pretended_mount(tmp_path / "stick") as stick:
        desk.folder = stick.folder
        job = desk.submit()
        change = desk.engine._board.change
        change(job.job_id, estimated_bytes=5000, mount_point=str(stick.folder))
        assert room.bytes_to_come(desk.engine.jobs(), stick.folder) == 5000
        stick.unmount()
        assert room.bytes_to_come(desk.engine.jobs(), tmp_path) == 0
        change(job.job_id, mount_point="")
        assert room.bytes_to_come(desk.engine.jobs(), tmp_path) == 5000, "it is wanted there now"
