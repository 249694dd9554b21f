"""Workers that hang at a drive: others take their place, and go when they are back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import LATE_S, SILENT, at_drive
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.jobs.crew import crew
from rta_viewer.jobs.schedule import Lane
from rta_viewer.jobs.silent_drives import MOST_LENT
from tests.helpers.job_desk import REQUEST, Desk
from tests.helpers.job_orders import submit


class Hanging:
    """Transfers into folders called ``stuck`` wait for their drive."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.asked = threading.Semaphore(0)
        self.answers = threading.Event()
        self._done = threading.Semaphore(0)
        self._ids = list[str]()
        desk.engine.subscribe(self._on_change)
        desk.recorder.during_part = self._during

    def submit(self, place: str, kind: JobKind = JobKind.CLIP) -> Job:
        folder = self.desk.root / place
        return submit(self.desk.engine, REQUEST, folder=folder, file_name="gate.mp4", kind=kind)

    def begin_late(self, count: int) -> None:
        """So many hang by now, and for long."""
        for _ in range(count):
            assert self.asked.acquire(timeout=30)
        self.desk.clock.advance(LATE_S)

    def wait_for_done(self, count: int = 1) -> None:
        for _ in range(count):
            assert self._done.acquire(timeout=30)

    def look(self) -> None:
        """What tending does; the crew may just be at it."""
        self.desk.engine._drives.tell()

    def _during(self, part: Path) -> None:
        if "stuck" in part.parent.name and not self.answers.is_set():
            with at_drive():
                self.asked.release()
                self.answers.wait(60)

    def _on_change(self, job: Job) -> None:
        if job.state is JobState.DONE and job.job_id not in self._ids:
            self._ids.append(job.job_id)
            self._done.release()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Each folder is a drive of its own."""
    monkeypatch.setattr("rta_viewer.jobs.delivery.mount_point", str)
    monkeypatch.setattr("rta_viewer.jobs.room.is_mount_point", lambda _: True)
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def hanging(desk: Desk) -> Iterator[Hanging]:
    made = Hanging(desk)
    yield made
    made.answers.set()


def workers(lane: Lane) -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == f"jobs-{lane.value}"]


def wait_until_ended(threads: list[threading.Thread], left: int) -> None:
    """The first that ends, and so on; a wrong number runs into the limit of the test."""
    while sum(one.is_alive() for one in threads) > left:
        next(one for one in threads if one.is_alive()).join(0.01)


@pytest.mark.parametrize(
    ("kind", "lane", "base"),
    [(JobKind.CLIP, Lane.CLIPS, 2), (JobKind.EXPORT, Lane.EXPORTS, 1)],
)
def test_others_go_on_and_nobody_is_too_many_afterwards(
    desk: Desk, hanging: Hanging, kind: JobKind, lane: Lane, base: int
) -> None:
    hung = [hanging.submit(f"stuck {number}", kind) for number in range(base)]
    other = hanging.submit("well", kind)
    while kind is JobKind.EXPORT and desk.engine.job(other.job_id).state is not JobState.READY:
        desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(60)
    with crew(desk.engine, CancelToken()) as send_help:
        hanging.begin_late(base)
        assert len(workers(lane)) == base
        assert desk.engine.job(other.job_id).state is not JobState.DONE
        send_help()
        hanging.wait_for_done()
        assert desk.engine.job(other.job_id).state is JobState.DONE
        hanging.look()
        assert [desk.engine.job(job.job_id).reason for job in hung] == [SILENT] * base
        threads = workers(lane)
        assert len(threads) > base
        hanging.answers.set()
        hanging.wait_for_done(base)
        hanging.look()
        wait_until_ended(threads, base)
        assert len(workers(lane)) == base
        assert not desk.engine.wants_help(lane)


def test_a_job_at_the_drive_that_hangs_takes_nobody_elses_place(
    desk: Desk, hanging: Hanging
) -> None:
    for _ in range(2):
        hanging.submit("stuck")
    with crew(desk.engine, CancelToken()) as send_help:
        hanging.begin_late(2)
        waiting, well = hanging.submit("stuck"), hanging.submit("well")
        send_help()
        hanging.wait_for_done()
        assert desk.engine.job(well.job_id).state is JobState.DONE
        assert desk.engine.job(waiting.job_id).state is JobState.QUEUED
        hanging.answers.set()
        hanging.wait_for_done(2)
        hanging.look()
        hanging.wait_for_done()


def test_only_some_are_lent(desk: Desk, hanging: Hanging) -> None:
    for number in range(2 + MOST_LENT + 1):
        hanging.submit(f"stuck {number}")
    with crew(desk.engine, CancelToken()) as send_help:
        hanging.begin_late(2)
        lent = 0
        while lent < MOST_LENT:
            send_help()
            hanging.begin_late(1)
            lent += 1
        assert not desk.engine.wants_help(Lane.CLIPS)
        send_help()
        assert len(workers(Lane.CLIPS)) == 2 + MOST_LENT
        states = [job.state for job in desk.engine.jobs()]
        assert states.count(JobState.QUEUED) == 1
        hanging.answers.set()
        hanging.wait_for_done(2 + MOST_LENT + 1)


def test_help_that_nobody_needs_does_not_stay(desk: Desk) -> None:
    desk.engine.help(Lane.CLIPS, CancelToken())


def test_a_slow_server_is_no_drive(desk: Desk) -> None:
    job, said = desk.submit(), list[str]()

    def wait_long(cancel: CancelToken) -> None:
        desk.clock.advance(LATE_S * 100)
        desk.engine.tend()
        said.append(desk.engine.job(job.job_id).reason)
        assert not desk.engine.wants_help(Lane.CLIPS)

    desk.recorder.during_fetch = wait_long
    assert desk.run(job).state is JobState.DONE
    assert said == [""]


def test_what_the_list_said_when_the_program_was_killed_is_not_said_any_more(desk: Desk) -> None:
    job = desk.submit()
    desk.engine._board.move(job.job_id, JobState.FETCHING, "Fetching", reason=SILENT, hint="See.")
    desk.restart()
    again = desk.engine.job(job.job_id)
    assert (again.state, again.reason, again.hint) == (JobState.QUEUED, "", "")


def test_a_computer_that_slept_in_the_middle_of_a_call_says_nothing_of_its_drive(
    desk: Desk,
) -> None:
    """On some systems the monotonic clock goes on meanwhile."""
    job, drives = desk.submit(), desk.engine._drives

    def reason_after(seconds: float) -> str:
        desk.clock.advance(seconds)
        drives.tell()
        return desk.engine.job(job.job_id).reason

    with drives.watching(Lane.CLIPS) as turn, at_drive():
        turn.job_id = job.job_id
        assert reason_after(2) == ""
        assert reason_after(3 * 3600) == "", "nobody could have heard it"
        assert reason_after(2) == ""
        assert reason_after(LATE_S) == SILENT
        assert reason_after(3 * 3600) == SILENT
    assert reason_after(2) == ""
    told = [event.why for event in desk.engine.history(job.job_id)]
    assert told.count(SILENT) == 1
