"""Whose turn it is when servers are away or slow: none of them holds the others up."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import ExportStatus
from rta_viewer.errors import NetworkError
from rta_viewer.jobs.engine import JobEngine, Lane
from rta_viewer.jobs.schedule import Limits
from rta_viewer.jobs.store import JobStore
from tests.helpers.job_desk import REQUEST
from tests.helpers.job_orders import submit
from tests.helpers.job_recorder import JobRecorder, completed, working
from tests.helpers.recorders import Naps

HERE, AWAY = "http://here", "http://away"
CALLS = ("fetch_clip", "fetch_export", "create_export", "export_status")
ATTEMPT_S = 90
"""What an attempt at a server that says nothing may take."""


class Two:
    """An engine that is signed in to two servers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "saved"
        self.clock = ManualClock(1_761_300_000_000)
        self.store = JobStore(folder / "jobs.db", self.clock)
        self.recorders = {HERE: JobRecorder(), AWAY: JobRecorder()}
        self.engine = JobEngine(
            self.store,
            lambda server, _: self.recorders[server],
            self.clock,
            sleep=Naps(),
            limits=Limits(patience=30),
        )

    def submit(self, server: str, kind: JobKind) -> Job:
        return submit(self.engine, REQUEST, server=server, folder=self.folder, kind=kind)

    def state(self, job: Job) -> JobState:
        return self.engine.job(job.job_id).state

    def go_away(self) -> Callable[[], None]:
        """The other server says nothing from now on, until the result is called."""

        def silent(*_: Any, **__: Any) -> Any:
            self.clock.advance(ATTEMPT_S)
            raise NetworkError("The server does not answer.")

        recorder = self.recorders[AWAY]
        before = {name: getattr(recorder, name) for name in CALLS}
        for name in CALLS:
            setattr(recorder, name, silent)

        def come_back() -> None:
            for name, plain in before.items():
                setattr(recorder, name, plain)

        return come_back

    def work(self, steps: int, *lanes: Lane) -> None:
        for _ in range(steps):
            done = [self.engine.run_next(lane, CancelToken()) for lane in lanes]
            if not any(done):
                self.clock.advance(1)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.store.close()


def test_clips_of_a_server_that_is_away_do_not_hold_up_those_of_another(two: Two) -> None:
    """Each attempt takes so long that the next one is always due."""
    come_back = two.go_away()
    waiting = [two.submit(AWAY, JobKind.CLIP) for _ in range(4)]
    clips = [two.submit(HERE, JobKind.CLIP) for _ in range(3)]
    two.work(8, Lane.CLIPS)
    assert [two.state(clip) for clip in clips] == [JobState.DONE] * 3
    assert {two.state(clip) for clip in waiting} == {JobState.QUEUED}
    come_back()
    two.work(99, Lane.CLIPS)
    assert {two.state(clip) for clip in waiting} == {JobState.DONE}


def test_while_another_server_has_much_to_do_one_that_was_away_is_asked_again(two: Two) -> None:
    come_back = two.go_away()
    waiting = two.submit(AWAY, JobKind.CLIP)
    clips = [two.submit(HERE, JobKind.CLIP) for _ in range(20)]
    two.work(1, Lane.CLIPS)
    come_back()
    two.clock.advance(60)
    two.work(2, Lane.CLIPS)
    assert two.state(waiting) is JobState.DONE
    assert two.state(clips[-1]) is JobState.QUEUED


def test_one_worker_is_left_to_the_others_while_a_server_is_away(two: Two) -> None:
    two.go_away()
    first, second = two.submit(AWAY, JobKind.CLIP), two.submit(AWAY, JobKind.CLIP)
    two.work(2, Lane.CLIPS)
    two.submit(HERE, JobKind.CLIP)
    two.work(1, Lane.CLIPS)
    clips = [two.submit(HERE, JobKind.CLIP) for _ in range(2)]
    two.clock.advance(60)
    seen: list[JobState] = []

    def meanwhile(*_: Any, **__: Any) -> Any:
        """What the other worker does."""
        seen.append(two.state(second))
        for _ in clips:
            assert two.engine.run_next(Lane.CLIPS, CancelToken())
        raise NetworkError("The server does not answer.")

    two.recorders[AWAY].fetch_clip = meanwhile  # type: ignore[method-assign]
    two.work(1, Lane.CLIPS)
    assert seen == [JobState.QUEUED]
    assert two.state(first) is JobState.QUEUED
    assert [two.state(clip) for clip in clips] == [JobState.DONE] * 2


def test_exports_of_a_server_that_is_away_do_not_hold_up_those_of_another(two: Two) -> None:
    two.recorders[AWAY].polls.extend([working(5)] * 9)
    waiting = [two.submit(AWAY, JobKind.EXPORT) for _ in range(4)]
    two.work(4, Lane.POLLS)
    come_back = two.go_away()
    two.clock.advance(5)
    export = two.submit(HERE, JobKind.EXPORT)
    two.work(8, Lane.POLLS, Lane.EXPORTS)
    assert two.state(export) is JobState.DONE
    assert {two.state(job) for job in waiting} == {JobState.PREPARING}
    come_back()
    two.work(999, Lane.POLLS, Lane.EXPORTS)
    assert {two.state(job) for job in waiting} == {JobState.DONE}


def test_a_slow_server_is_asked_for_each_export_in_turn(two: Two) -> None:
    """Asked in the order of the list, the first ones would be due again before it is the others' turn."""
    asked: Counter[str] = Counter()

    def slowly(export_id: str, cancel: CancelToken) -> ExportStatus:
        asked[export_id] += 1
        two.clock.advance(6)
        return working(5)

    two.recorders[AWAY].export_status = slowly  # type: ignore[method-assign]
    for _ in range(10):
        two.submit(AWAY, JobKind.EXPORT)
    two.work(100, Lane.POLLS)
    assert len(asked) == 10
    assert max(asked.values()) - min(asked.values()) <= 2


def test_a_server_that_sends_again_is_not_behind_another_one(two: Two) -> None:
    """A long export that was cut once is fetched for hours: clips of its server do not wait for that."""
    export = two.submit(AWAY, JobKind.EXPORT)
    two.recorders[AWAY].fail("fetch_export", NetworkError("The connection was cut."))
    two.work(3, Lane.POLLS, Lane.EXPORTS)
    clips = [two.submit(AWAY, JobKind.CLIP) for _ in range(2)]
    others = [two.submit(HERE, JobKind.CLIP) for _ in range(9)]
    seen: list[JobState] = []

    def meanwhile(cancel: CancelToken) -> None:
        """What the worker for clips does."""
        two.recorders[AWAY].during_fetch = lambda cancel: None
        two.work(4, Lane.CLIPS)
        seen.extend(two.state(clip) for clip in clips)

    two.recorders[AWAY].during_fetch = meanwhile
    two.work(99, Lane.POLLS, Lane.EXPORTS)
    assert two.state(export) is JobState.DONE
    assert seen == [JobState.DONE] * 2
    assert two.state(others[-1]) is JobState.QUEUED


def test_a_server_that_works_on_an_export_once_more_is_not_behind_another_one(two: Two) -> None:
    two.recorders[AWAY].polls.extend([completed(), working(5)])
    export = two.submit(AWAY, JobKind.EXPORT)
    two.work(6, Lane.POLLS, Lane.EXPORTS)
    assert two.state(export) is JobState.PREPARING
    clips = [two.submit(AWAY, JobKind.CLIP) for _ in range(3)]
    others = [two.submit(HERE, JobKind.CLIP) for _ in range(9)]
    two.work(3, Lane.CLIPS)
    assert [two.state(clip) for clip in clips] == [JobState.DONE] * 3
    assert {two.state(other) for other in others} == {JobState.QUEUED}
