"""Jobs that hold: because the operator wants it, or because their target is full or gone."""

import errno
import shutil
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import IllegalTransitionError, Job, JobKind, JobState, PauseCause
from rta_viewer.core.model import ExportState, ExportStatus, TransferProgress
from rta_viewer.core.ports import ProgressListener
from rta_viewer.errors import (
    BusyError,
    Cancelled,
    NetworkError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
    StorageError,
    TargetLostError,
)
from rta_viewer.jobs import room
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.schedule import Lane, Limits
from rta_viewer.vms.errors_map import (
    GatewayError,
    NoTlsError,
    TemporaryServerError,
    UnclearAnswerError,
)
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import video, working


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_the_operator_pauses_what_waits_and_resumes_it(desk: Desk) -> None:
    job = desk.submit()
    desk.engine.pause(job.job_id)
    paused = desk.engine.job(job.job_id)
    assert (paused.state, paused.pause_cause) == (JobState.PAUSED, PauseCause.OPERATOR)
    assert not desk.engine.run_next(Lane.CLIPS, CancelToken())
    desk.engine.pause(job.job_id)
    assert desk.states(job) == [JobState.QUEUED, JobState.PAUSED]
    assert desk.engine.resume(job.job_id).state is JobState.QUEUED
    assert desk.run(job).state is JobState.DONE
    whos = [(event.why, event.who) for event in desk.engine.history(job.job_id)]
    assert ("Paused", "demo") in whos
    assert ("Resumed", "demo") in whos
    assert ("Fetching", "") in whos


def test_pausing_a_transfer_keeps_what_was_fetched(desk: Desk) -> None:
    job = desk.submit()
    desk.recorder.during_fetch = lambda cancel: desk.engine.pause(job.job_id)
    job = desk.run(job)
    assert job.state is JobState.PAUSED
    assert part_of(job).stat().st_size > 0
    desk.recorder.during_fetch = lambda cancel: None
    desk.engine.resume(job.job_id)
    assert desk.run(job).path.read_bytes() == video()


@pytest.mark.parametrize(
    ("clicks", "state"),
    [
        (("pause", "resume"), JobState.QUEUED),
        (("pause", "resume", "pause"), JobState.PAUSED),
        (("pause", "resume", "cancel"), JobState.CANCELLED),
        (("cancel", "resume"), JobState.CANCELLED),
    ],
)
def test_the_last_click_counts_before_the_transfer_has_noticed_the_first(
    desk: Desk, clicks: tuple[str, ...], state: JobState
) -> None:
    job = desk.submit()

    def click(cancel: CancelToken) -> None:
        for name in clicks:
            getattr(desk.engine, name)(job.job_id)

    desk.recorder.during_fetch = click
    assert desk.step(job).state is state
    assert part_of(job).exists() == (state is not JobState.CANCELLED)
    desk.recorder.during_fetch = lambda cancel: None
    if state is JobState.QUEUED:
        assert desk.run(job).state is JobState.DONE


def test_a_pause_may_be_taken_back_while_it_is_written_down(desk: Desk) -> None:
    job = desk.submit()

    def resume(one: Job) -> None:
        if one.state is JobState.PAUSED:
            desk.engine.resume(job.job_id)

    desk.engine.subscribe(resume)
    desk.recorder.during_fetch = lambda cancel: desk.engine.pause(job.job_id)
    job = desk.step(job)
    assert (job.state, job.pause_cause) == (JobState.QUEUED, PauseCause.NONE)
    assert [event.why for event in desk.engine.history(job.job_id)][-2:] == ["Paused", "Resumed"]


def test_what_is_paused_stays_so_over_a_restart_and_can_be_cancelled(desk: Desk) -> None:
    job = desk.submit(JobKind.EXPORT)
    desk.engine.pause(job.job_id)
    desk.restart()
    assert desk.engine.job(job.job_id).state is JobState.PAUSED
    desk.engine.cancel(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED
    desk.engine.pause(job.job_id)
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED


def test_cancelling_beats_pausing(desk: Desk) -> None:
    job = desk.submit()

    def both(cancel: CancelToken) -> None:
        desk.engine.cancel(job.job_id)
        desk.engine.pause(job.job_id)

    desk.recorder.during_fetch = both
    assert desk.run(job).state is JobState.CANCELLED


@pytest.mark.parametrize("kind", list(JobKind))
def test_a_full_disk_pauses_and_room_lets_it_go_on(
    desk: Desk, kind: JobKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [0]
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: _Usage(free[0]))
    method = "fetch_clip" if kind is JobKind.CLIP else "fetch_export"
    desk.recorder.fail(method, TargetLostError("The disk is full: /x.", "Free some space."))
    job = desk.run(desk.submit(kind))
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    assert "full" in job.reason
    for _ in range(3):
        desk.clock.advance(room.LOOK_EVERY_S)
        desk.engine.tend()
        assert desk.engine.job(job.job_id).state is JobState.PAUSED
    free[0] = 10**12
    desk.clock.advance(room.LOOK_EVERY_S)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.QUEUED
    assert "There is room again" in [event.why for event in desk.engine.history(job.job_id)]
    assert desk.run(job).state is JobState.DONE
    assert desk.recorder.count("create_export") == (kind is JobKind.EXPORT)


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


@pytest.mark.parametrize("click", ["cancel", "pause", "forget", "run"])
def test_room_for_a_job_that_is_wanted_otherwise_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, click: str
) -> None:
    """A share takes long to say how much room it has."""
    job = desk.submit()
    desk.recorder.fail("fetch_clip", TargetLostError("The disk is full."))
    desk.run(job)

    def clicked(path: Path) -> _Usage:
        if click == "pause":
            desk.engine.pause(job.job_id)
        elif click == "run":
            desk.engine.resume(job.job_id)
        else:
            desk.engine.cancel(job.job_id)
            if click == "forget":
                desk.engine.forget(job.job_id)
        return _Usage(10**12)

    monkeypatch.setattr(room.shutil, "disk_usage", clicked)
    desk.clock.advance(room.LOOK_EVERY_S)
    desk.engine.tend()
    told = [event.why for event in desk.engine.history(job.job_id)]
    assert "There is room again" not in told
    if click != "forget":
        expected = {"cancel": JobState.CANCELLED, "pause": JobState.PAUSED, "run": JobState.QUEUED}
        assert desk.engine.job(job.job_id).state is expected[click]


def test_room_does_not_touch_a_job_in_somebodys_hands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.submit()
    desk.recorder.fail("fetch_clip", TargetLostError("The disk is full."))
    desk.run(job)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: _Usage(10**12))
    desk.clock.advance(room.LOOK_EVERY_S)
    assert desk.engine._running.take(job.job_id)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.PAUSED


def test_a_disk_that_says_it_has_room_and_has_not_is_asked_less_and_less(desk: Desk) -> None:
    job = desk.submit()
    for _ in range(100):
        desk.recorder.fail("fetch_clip", TargetLostError("The disk is full."))
        if desk.run(job).state is JobState.PAUSED:
            desk.clock.advance(room.LOOK_EVERY_S)
            desk.engine.tend()
    assert 5 < desk.recorder.count("fetch_clip") < 12


def test_drives_that_do_not_answer_hold_up_nothing_else_for_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at a share that is away takes 20 seconds, and as many jobs wait for it."""
    desk.recorder.fail("fetch_clip", *[TargetLostError("Gone.")] * 6)
    *dead, other = (desk.submit() for _ in range(6))
    for job in (*dead, other):
        desk.run(job)
    looks: list[str] = []

    def look(job: Job) -> bool:
        looks.append(job.job_id)
        if job.job_id != other.job_id:
            desk.clock.advance(20)
        return job.job_id == other.job_id

    monkeypatch.setattr(room, "has_room", look)
    begun_s = desk.clock.monotonic_s()
    while desk.clock.monotonic_s() - begun_s < 3600:
        desk.clock.advance(2)
        desk.engine.tend()
    assert desk.engine.job(other.job_id).state is JobState.QUEUED
    assert set(looks) == {job.job_id for job in (*dead, other)}, "each has its turn"
    assert len(looks) * 20 < 3600 / 8
    assert len(looks) > 3600 / 300, "as soon as they are back they are noticed"


def test_all_that_wait_for_room_get_it_at_once_where_the_looks_are_quick(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.recorder.fail("fetch_clip", *[TargetLostError("Full.")] * 20)
    for job in [desk.submit() for _ in range(20)]:
        desk.run(job)

    def look(job: Job) -> bool:
        desk.clock.advance(0.01)
        return True

    monkeypatch.setattr(room, "has_room", look)
    desk.clock.advance(room.LOOK_EVERY_S)
    desk.engine.tend()
    assert {job.state for job in desk.engine.jobs()} == {JobState.QUEUED}


def test_a_target_that_is_gone_is_not_made_again_on_another_drive(desk: Desk) -> None:
    job = desk.submit()
    desk.recorder.fail("fetch_clip", NetworkError("down"))
    desk.engine.retry(desk.run(job).job_id)
    desk.engine._board.change(job.job_id, folder_seen=True)
    shutil.rmtree(desk.folder)
    job = desk.run(job)
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    assert "gone" in job.reason
    assert not desk.folder.exists()
    desk.clock.advance(2 * room.LOOK_EVERY_S)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.PAUSED
    desk.folder.mkdir()
    desk.clock.advance(2 * room.LOOK_EVERY_S)
    desk.engine.tend()
    assert desk.run(job).state is JobState.DONE


def test_the_operator_may_have_the_folder_made_again(desk: Desk) -> None:
    job = desk.submit()
    desk.engine._board.change(job.job_id, folder_seen=True)
    assert desk.run(job).state is JobState.PAUSED
    desk.engine.resume(job.job_id)
    assert desk.run(job).state is JobState.DONE


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (errno.ENOSPC, JobState.PAUSED),
        (errno.EIO, JobState.PAUSED),
        (errno.EROFS, JobState.FAILED),
        (errno.EACCES, JobState.FAILED),
    ],
)
@pytest.mark.parametrize("where", ["place", "write_receipt", "prepare_folder"])
def test_trouble_with_the_target_at_every_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, where: str, code: int, state: JobState
) -> None:
    module = "download_job" if where == "prepare_folder" else "delivery"

    def fails(*_: object) -> None:
        raise StorageError("It cannot be written.") from OSError(code, "x")

    with monkeypatch.context() as patched:
        patched.setattr(f"rta_viewer.jobs.{module}.{where}", fails)
        job = desk.run(desk.submit())
    assert job.state is state
    if state is JobState.PAUSED:
        desk.engine.resume(job.job_id)
    else:
        desk.engine.retry(job.job_id)
    assert desk.run(job).state is JobState.DONE
    assert desk.files() == ["gate.mp4", "gate.mp4.receipt.json"]
    assert desk.recorder.count("fetch_clip") == 1


def test_a_finished_job_is_not_resumed(desk: Desk) -> None:
    job = desk.run(desk.submit())
    assert desk.engine.resume(job.job_id).state is JobState.DONE
    with pytest.raises(IllegalTransitionError):
        replace(job).moved(JobState.PAUSED, 0)


def test_the_order_can_be_changed(desk: Desk) -> None:
    first, second, third = desk.submit(), desk.submit(), desk.submit()
    desk.engine.move_before(third.job_id, first.job_id)
    desk.engine.move_before(first.job_id, None)
    token = CancelToken()
    done: list[str] = []
    desk.engine.subscribe(
        lambda job: done.append(job.job_id) if job.state is JobState.DONE else None
    )
    while desk.engine.run_next(Lane.CLIPS, token):
        pass
    assert done == [third.job_id, second.job_id, first.job_id]


def test_only_so_many_clips_at_once(desk: Desk) -> None:
    desk.engine.limits = Limits(clips_at_once=1)
    desk.submit()
    desk.submit()
    inside: list[bool] = []
    desk.recorder.during_fetch = lambda cancel: inside.append(
        desk.engine.run_next(Lane.CLIPS, CancelToken())
    )
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert inside == [False]


def test_only_so_many_exports_at_once(desk: Desk) -> None:
    desk.engine.limits = Limits(exports_at_once=2)
    desk.recorder.polls = deque([working(10)] * 100)
    jobs = [desk.submit(JobKind.EXPORT) for _ in range(4)]
    for _ in range(20):
        while desk.engine.run_next(Lane.POLLS, CancelToken()):
            pass
        desk.clock.advance(1)
    states = [desk.engine.job(job.job_id).state for job in jobs]
    assert states == [JobState.PREPARING] * 2 + [JobState.QUEUED] * 2
    assert desk.recorder.count("create_export") == 2
    desk.recorder.polls.clear()
    for _ in range(80):
        desk.clock.advance(1)
        desk.engine.run_next(Lane.POLLS, CancelToken())
        desk.engine.run_next(Lane.EXPORTS, CancelToken())
    assert {desk.engine.job(job.job_id).state for job in jobs} == {JobState.DONE}


def test_a_busy_server_leaves_the_job_in_the_queue(desk: Desk) -> None:
    desk.recorder.fail("create_export", BusyError("The server is full.", "", 30.0))
    job = desk.submit(JobKind.EXPORT)
    assert desk.engine.run_next(Lane.POLLS, CancelToken())
    job = desk.engine.job(job.job_id)
    assert (job.state, job.reason) == (JobState.QUEUED, "The server is full.")


@pytest.mark.parametrize("renew", [False, True])
@pytest.mark.parametrize("when", ["while it is prepared", "while it is fetched"])
def test_an_expired_export_is_made_again_by_itself_if_allowed(
    desk: Desk, renew: bool, when: str
) -> None:
    desk.engine.limits = Limits(renew_expired=renew)
    if when == "while it is prepared":
        desk.recorder.polls = deque([ExportStatus("e1", ExportState.EXPIRED, "expired")])
    else:
        desk.recorder.fail("fetch_export", NotFoundError("The link to the export has expired."))
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is (JobState.DONE if renew else JobState.FAILED)
    assert desk.recorder.count("create_export") == (2 if renew else 1)
    told = [event.why for event in desk.engine.history(job.job_id)]
    assert any("expired" in why for why in told)


def test_but_not_for_ever(desk: Desk) -> None:
    desk.engine.limits = Limits(renew_expired=True)
    expired = [NotFoundError("The link to the export has expired.")] * 10
    desk.recorder.fail("fetch_export", *expired)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED
    assert desk.recorder.count("create_export") == 4


def test_a_kill_between_question_and_answer_is_in_the_history(desk: Desk) -> None:
    job = desk.submit(JobKind.EXPORT)
    desk.engine._board.move(job.job_id, JobState.ASKING, "Asking the server for the export")
    desk.restart()
    assert desk.run(job).state is JobState.DONE
    assert any("may make it twice" in event.why for event in desk.engine.history(job.job_id))


@pytest.mark.parametrize("by_operator", [False, True])
def test_an_interruption_between_question_and_answer_is_in_the_history(
    desk: Desk, by_operator: bool
) -> None:
    job, token = desk.submit(JobKind.EXPORT), CancelToken()

    def interrupted(*_: object) -> None:
        if by_operator:
            desk.engine.pause(job.job_id)
        raise Cancelled

    desk.recorder.create_export = interrupted  # type: ignore[method-assign, assignment]
    job = desk.step(job, token)
    assert job.state is (JobState.PAUSED if by_operator else JobState.QUEUED)
    assert "may make it twice" in desk.engine.history(job.job_id)[-1].why


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("The connection broke off."),
        GatewayError("The gateway gets no answer."),
        TemporaryServerError("The server failed."),
        UnclearAnswerError("The answer makes no sense."),
    ],
)
def test_an_order_without_an_answer_says_so(desk: Desk, error: RtaError) -> None:
    desk.engine.limits = Limits(patience=30)
    desk.recorder.fail("create_export", error)
    job = desk.run(desk.submit(JobKind.EXPORT))
    assert job.state is JobState.FAILED, "another question could be asked twice"
    assert "not known" in job.reason
    assert "twice" in job.hint


def test_a_transfer_waits_for_a_server_that_is_away(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    away = [
        NetworkError("The server refuses."),
        BusyError("Later.", retry_after_s=20),
        GatewayError("The gateway gets no answer."),
    ]
    desk.recorder.fail("fetch_clip", *away)
    job = desk.submit()
    waits = []
    for _ in away:
        desk.engine.run_next(Lane.CLIPS, CancelToken())
        waiting = desk.engine.job(job.job_id)
        assert waiting.state is JobState.QUEUED
        assert waiting.next_try_s is not None
        waits.append(waiting.next_try_s - desk.clock.monotonic_s())
        assert not desk.engine.run_next(Lane.CLIPS, CancelToken())
        desk.clock.advance(waits[-1])
    assert waits == [4, 20, 16]
    desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.DONE
    assert [event.why for event in desk.engine.history(job.job_id)].count(
        "The server refuses."
    ) == 1


def test_a_waiting_transfer_can_be_told_to_try_now(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    desk.recorder.fail("fetch_clip", NetworkError("The server refuses."))
    job = desk.submit()
    desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert not desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.retry(job.job_id).state is JobState.QUEUED
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.DONE


def test_an_export_that_is_ready_waits_for_its_server_and_is_not_made_again(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    desk.recorder.fail("fetch_export", NetworkError("The server refuses."))
    job = desk.submit(JobKind.EXPORT)
    for _ in range(6):
        for lane in (Lane.POLLS, Lane.EXPORTS):
            desk.engine.run_next(lane, CancelToken())
        desk.clock.advance(30)
    assert desk.engine.job(job.job_id).state is JobState.DONE
    assert desk.recorder.count("create_export") == 1
    assert desk.recorder.count("fetch_export") == 2


@pytest.mark.parametrize(
    "error",
    [
        NoTlsError("No TLS."),
        ServerError("Broken."),
        TemporaryServerError("It answers 500 again and again."),
        SignInError("Not you."),
    ],
)
def test_what_no_waiting_cures_fails_at_once(desk: Desk, error: Exception) -> None:
    desk.engine.limits = Limits(patience=3)
    desk.recorder.fail("fetch_clip", error)
    job = desk.submit()
    desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.FAILED


def test_a_server_that_comes_and_goes_is_one_line_of_the_history(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    job = desk.submit()
    received = 0

    def a_bit(*_: object, progress: ProgressListener, **__: object) -> None:
        nonlocal received
        received += 1
        progress(TransferProgress(received, 1_000))
        raise NetworkError(f"Cut the {received}th time.")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk.recorder, "fetch_clip", a_bit)
        for _ in range(100):
            assert desk.engine.run_next(Lane.CLIPS, CancelToken())
            desk.clock.advance(60)
    assert received == 100
    assert desk.engine.job(job.job_id).reason == "Cut the 100th time."
    assert desk.states(job) == [JobState.QUEUED, JobState.FETCHING, JobState.QUEUED]
    assert desk.engine.run_next(Lane.CLIPS, CancelToken())
    assert desk.engine.job(job.job_id).state is JobState.DONE


def test_what_comes_after_a_full_drive_is_told_anew(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=3)
    away, full = NetworkError("The server refuses."), TargetLostError("The disk is full.")
    desk.recorder.fail("fetch_clip", away, full, away)
    job = desk.submit()
    while not desk.engine.job(job.job_id).finished:
        desk.engine.run_next(Lane.CLIPS, CancelToken())
        desk.clock.advance(60)
        desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.DONE
    whys = [event.why for event in desk.engine.history(job.job_id)]
    assert whys[1:7] == [
        "Fetching",
        "The server refuses.",
        "The disk is full.",
        "There is room again",
        "Fetching",
        "The server refuses.",
    ]


def test_an_export_whose_transfer_breaks_off_often_adds_no_lines(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=30)
    desk.recorder.fail("fetch_export", *[NetworkError("Cut.")] * 20)
    job = desk.submit(JobKind.EXPORT)
    while not desk.engine.job(job.job_id).finished:
        for lane in (Lane.POLLS, Lane.EXPORTS):
            desk.engine.run_next(lane, CancelToken())
        desk.clock.advance(60)
    assert desk.engine.job(job.job_id).state is JobState.DONE
    assert desk.recorder.count("fetch_export") == 21
    assert desk.states(job) == [
        JobState.QUEUED,
        JobState.ASKING,
        JobState.PREPARING,
        JobState.READY,
        JobState.FETCHING,
        JobState.QUEUED,
        JobState.CHECKING,
        JobState.DONE,
    ]


def test_patience_ends_and_a_pause_begins_it_anew(desk: Desk) -> None:
    desk.engine.limits = Limits(patience=2)
    desk.recorder.fail("fetch_clip", *[NetworkError("Gone.")] * 5)
    job = desk.submit()
    for _ in range(2):
        desk.engine.run_next(Lane.CLIPS, CancelToken())
        desk.clock.advance(60)
    desk.engine.pause(job.job_id)
    desk.engine.resume(job.job_id)
    for _ in range(3):
        assert desk.engine.run_next(Lane.CLIPS, CancelToken())
        desk.clock.advance(60)
    assert desk.engine.job(job.job_id).state is JobState.FAILED
    assert desk.recorder.count("fetch_clip") == 5
