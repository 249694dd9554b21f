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
    RtaError,
    ServerError,
)
from rta_viewer.jobs.engine import Lane
from rta_viewer.jobs.export_job import MAX_RENEWALS, MAX_SILENT
from rta_viewer.jobs.schedule import Limits
from rta_viewer.vms.errors_map import NoTlsError, TemporaryServerError
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import completed, forgotten, video, working


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
    assert desk.naps.seconds[:2] == [42.0, 40.0]
    assert "full" in waiting
    assert desk.recorder.count("create_export") == 3


def test_a_busy_server_is_waited_for_for_ever_in_one_line_of_the_history(desk: Desk) -> None:
    desk.recorder.fail("create_export", *[BusyError("full", "", 1.0)] * 300)
    job = desk.submit(JobKind.EXPORT)
    for _ in range(300):
        assert desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(60)
    waiting = desk.engine.job(job.job_id)
    assert (waiting.state, waiting.reason) == (JobState.QUEUED, "full")
    assert "for as long as it takes" in waiting.hint
    assert waiting.waits_for_server
    assert desk.states(job) == [JobState.QUEUED, JobState.ASKING, JobState.QUEUED]
    assert desk.run(job).state is JobState.DONE


def test_a_server_that_is_busy_at_polls_is_waited_for_without_a_line(desk: Desk) -> None:
    desk.recorder.polls = deque([BusyError("not available")] * 100)
    job = desk.submit(JobKind.EXPORT)
    for _ in range(100):
        desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(60)
    assert desk.engine.job(job.job_id).state is JobState.PREPARING
    assert desk.states(job) == [JobState.QUEUED, JobState.ASKING, JobState.PREPARING]


NOBODY = NetworkError("The connection was refused.")
NOBODY.nothing_sent = True


def test_an_order_that_was_not_sent_waits_for_its_server(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    desk.recorder.fail("create_export", *[NOBODY] * 3)
    job = desk.submit(JobKind.EXPORT)
    waits = []
    for _ in range(3):
        assert desk.engine.run_next(Lane.POLLS, CancelToken())
        waiting = desk.engine.job(job.job_id)
        assert (waiting.state, waiting.reason) == (JobState.QUEUED, NOBODY.summary)
        waits.append((waiting.next_try_s or 0.0) - desk.clock.monotonic_s())
        assert not desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(waits[-1])
    assert waits == [2, 4, 8]
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.PREPARING
    whys = [event.why for event in desk.engine.history(job.job_id)]
    assert whys.count(NOBODY.summary) == 1
    assert not any("not known" in why for why in whys)


@pytest.mark.parametrize("patience", [0, 3])
def test_but_not_beyond_patience(desk: Desk, patience: int) -> None:
    desk.engine.limits = Limits(patience=patience)
    desk.recorder.fail("create_export", *[NOBODY] * 10)
    job = desk.submit(JobKind.EXPORT)
    while not desk.engine.job(job.job_id).finished:
        assert desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.clock.advance(60)
    job = desk.engine.job(job.job_id)
    assert (job.state, job.reason) == (JobState.FAILED, NOBODY.summary)
    assert desk.recorder.count("create_export") == patience + 1


@pytest.mark.parametrize("trouble", [NetworkError("cut"), TemporaryServerError("failed")])
def test_an_order_without_an_answer_is_not_repeated_by_itself(
    desk: Desk, trouble: RtaError
) -> None:
    desk.engine.limits = Limits(patience=3)
    desk.recorder.fail("create_export", trouble)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.failure) == (JobState.FAILED, trouble.kind)
    assert "Whether the server has begun the export is not known." in job.reason
    assert "twice" in job.hint
    assert desk.recorder.count("create_export") == 1


def test_what_no_waiting_cures_fails_at_once_and_without_doubt(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    error = NoTlsError("It does not answer with TLS.")
    error.nothing_sent = True
    desk.recorder.fail("create_export", error)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.reason) == (JobState.FAILED, error.summary)


@pytest.mark.parametrize(
    "again",
    [
        ExportStatus("e1", ExportState.PROCESSING, "processing", 60.0),
        ExportStatus("e1", ExportState.UNKNOWN, "archiving", 100.0),
    ],
)
def test_one_that_was_complete_and_is_worked_on_again_is_waited_for(
    desk: Desk, again: ExportStatus
) -> None:
    desk.recorder.polls = deque([completed("e1"), again, working(80)])
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.export_id) == (JobState.DONE, "e1")
    assert 15.0 in desk.naps.seconds, "it is not asked at once, again and again"
    assert desk.recorder.count("create_export") == 1
    assert "once more" in " ".join(event.why for event in desk.engine.history(job.job_id))


def test_one_that_is_worked_on_again_while_it_is_fetched_is_waited_for(desk: Desk) -> None:
    desk.recorder.polls = deque([completed("e1"), completed("e1"), working(40)])
    desk.recorder.fail("fetch_export", NotFoundError("The link to the export has expired."))
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert (job.state, job.export_id) == (JobState.DONE, "e1")
    assert desk.recorder.count("create_export") == 1


@pytest.mark.parametrize(
    "trouble", [TemporaryServerError("failed"), NetworkError("down"), BusyError("full")]
)
def test_a_question_without_an_answer_before_the_transfer_is_asked_again(
    desk: Desk, trouble: RtaError
) -> None:
    desk.recorder.polls = deque([completed("e1"), trouble, trouble])
    job = desk.submit(JobKind.EXPORT)
    for lane in (Lane.POLLS, Lane.POLLS, Lane.EXPORTS):
        assert desk.engine.run_next(lane, CancelToken())
        desk.clock.advance(1)
    waiting = desk.engine.job(job.job_id)
    assert (waiting.state, waiting.reason, waiting.export_id) == (
        JobState.QUEUED,
        trouble.summary,
        "e1",
    )
    assert waiting.next_try_s
    job = desk.run(job)
    assert (job.state, job.export_id) == (JobState.DONE, "e1")
    assert desk.recorder.count("create_export") == 1


def test_one_that_never_decides_whether_it_is_complete_is_asked_seldom(desk: Desk) -> None:
    desk.recorder.polls = deque([completed("e1"), working(80)] * 20)
    job = desk.submit(JobKind.EXPORT)
    asked = []
    for _ in range(100):
        for lane in (Lane.POLLS, Lane.EXPORTS):
            desk.engine.run_next(lane, CancelToken())
        asked.append(desk.recorder.count("export_status"))
        desk.clock.advance(1)
    assert asked[-1] < 20
    assert len(desk.states(job)) < 8


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
