"""The steps of an export: asked for, polled, fetched, and what a server may answer meanwhile."""

import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.model import ExportState, ExportStatus
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NotFoundError,
    ServerError,
)
from rta_viewer.jobs.engine import Lane
from rta_viewer.jobs.export_job import MAX_RENEWALS, MAX_SILENT
from rta_viewer.jobs.schedule import Limits
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import forgotten, video, working


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_an_export_from_order_to_file(desk: Desk) -> None:
    desk.recorder.polls = deque(
        [working(10, "queued"), working(80), working(30), working(50, "Defragmenting")]
    )
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DONE
    assert job.path.read_bytes() == video()
    assert job.export_id == "e1"
    assert desk.states(job)[1:] == [
        JobState.ASKING,
        JobState.PREPARING,
        JobState.READY,
        JobState.FETCHING,
        JobState.CHECKING,
        JobState.DONE,
    ]
    receipt = json.loads((desk.folder / "gate.mp4.receipt.json").read_text("utf-8"))
    assert receipt["kind"] == "export"


def test_polling_slows_down_and_follows_the_servers_estimate(desk: Desk) -> None:
    desk.recorder.polls = deque(working(1) for _ in range(20))
    desk.run(desk.submit(JobKind.EXPORT))
    assert desk.naps.seconds[1] == 1.0
    assert max(desk.naps.seconds) == 15.0
    assert sorted(desk.naps.seconds[1:-1]) == desk.naps.seconds[1:-1]
    desk.naps.seconds.clear()
    soon = ExportStatus("e2", ExportState.PROCESSING, "processing", 90.0, 4.0)
    desk.recorder.polls = deque([soon] * 8)
    desk.run(desk.submit(JobKind.EXPORT))
    assert max(desk.naps.seconds) == 2.0


def test_a_size_that_the_server_did_not_announce(desk: Desk) -> None:
    desk.recorder.size_bytes = 5
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DIFFERS
    assert "announced" in job.reason


def test_too_many_exports_are_waited_for(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("full", "", 42.0), BusyError("full"))
    job = desk.submit(JobKind.EXPORT)
    waiting: list[str] = []
    desk.engine.subscribe(lambda one: waiting.append(one.reason))
    assert desk.run(job).state is JobState.DONE
    assert desk.naps.seconds[:2] == [42.0, 20.0]
    assert "full" in waiting
    assert desk.recorder.count("create_export") == 3


def test_an_export_that_the_server_forgot_is_made_again_by_itself_if_allowed(desk: Desk) -> None:
    desk.engine.limits = Limits(renew_expired=True)
    desk.recorder.polls = deque([working(5), forgotten()])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.DONE
    assert job.export_id == "e2"
    assert "The server forgot the export." in [e.why for e in desk.engine.history(job.job_id)]


def test_but_not_for_ever(desk: Desk) -> None:
    desk.engine.limits = Limits(renew_expired=True)
    desk.recorder.polls = deque([forgotten()] * 10)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert desk.recorder.count("create_export") == 1 + MAX_RENEWALS


def test_without_leave_one_that_the_server_forgot_waits_for_the_operator(desk: Desk) -> None:
    desk.recorder.polls = deque([working(5), forgotten()])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.failure, job.export_id) == (JobState.FAILED, "not_found", "")
    assert "does not know this export" in job.reason
    assert desk.recorder.count("create_export") == 1
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 2


def test_a_restart_after_the_server_forgot_does_not_say_that_it_was_asked(desk: Desk) -> None:
    desk.engine.limits = Limits(renew_expired=True)
    desk.recorder.polls = deque([working(10), forgotten()])
    job = desk.submit(JobKind.EXPORT)
    while desk.recorder.polls:
        desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(60)
    desk.restart()
    assert desk.engine.job(job.job_id).state is JobState.QUEUED
    assert not any("twice" in event.why for event in desk.engine.history(job.job_id))


def test_a_silent_server_is_asked_again_at_a_time_that_is_told(desk: Desk) -> None:
    job = desk.submit(JobKind.EXPORT)
    desk.recorder.polls = deque([NetworkError("The network is down."), working(40)])
    desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.clock.advance(5)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    waiting = desk.engine.job(job.job_id)
    assert waiting.state is JobState.PREPARING
    assert waiting.next_try_s == desk.clock.monotonic_s() + 2.0
    desk.clock.advance(5)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    answered = desk.engine.job(job.job_id)
    assert (answered.next_try_s, answered.server_progress) == (None, 40)


def test_a_silent_server_is_waited_for_a_long_time(desk: Desk) -> None:
    trouble = [NetworkError("down"), ServerError("page"), NetworkError("down")]
    desk.recorder.polls = deque([*trouble, working(50), *trouble])
    assert desk.run(desk.submit(JobKind.EXPORT)).state is JobState.DONE
    desk.recorder.polls = deque([NetworkError("The network is down.")] * MAX_SILENT)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.reason) == (JobState.FAILED, "The network is down.")
    assert job.export_id, "trying again goes on with the same export"
    asked = desk.recorder.count("create_export")
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == asked


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ExportStatus("e", ExportState.FAILED, "failed", error="disk on fire"), "disk on fire"),
        (ExportStatus("e", ExportState.EXPIRED, "expired"), "expired"),
    ],
)
def test_an_export_that_ended_badly(desk: Desk, status: ExportStatus, words: str) -> None:
    desk.recorder.polls = deque([status])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert words in job.reason
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 2


def test_a_link_that_expired_before_it_was_fetched(desk: Desk) -> None:
    desk.recorder.fail("fetch_export", NotFoundError("The link to the export has expired."))
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert "expired" in job.reason
    assert desk.run(desk.engine.retry(job.job_id)).state is JobState.DONE
    assert desk.recorder.count("create_export") == 2
