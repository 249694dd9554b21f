import contextlib
import io
import itertools
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from rta_viewer.cli import job_list
from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobState, PauseCause
from rta_viewer.errors import (
    Cancelled,
    NetworkError,
    NoFootageError,
    NotFoundError,
    SignInError,
    StorageError,
    UsageError,
)
from rta_viewer.jobs.inbox import Do, Order
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.settings import Settings, SettingsStore
from tests.helpers.job_recorder import job
from tests.helpers.shelf_recorder import ShelfRecorder

CODES = [
    ({"state": JobState.DONE}, ExitCode.DONE),
    ({"state": JobState.CANCELLED}, ExitCode.CANCELLED),
    ({"state": JobState.DIFFERS}, ExitCode.DELIVERY),
    ({"state": JobState.FAILED, "failure": NoFootageError.kind}, ExitCode.NOT_FOUND),
    ({"state": JobState.FAILED, "failure": SignInError.kind}, ExitCode.SIGN_IN),
    ({"state": JobState.FAILED, "failure": UsageError.kind}, ExitCode.USAGE),
    ({"state": JobState.FAILED, "failure": NetworkError.kind}, ExitCode.FAILED),
]


def test_the_code_is_that_of_the_worst_job() -> None:
    jobs = [job(str(number), **more) for number, (more, _) in enumerate(CODES)]
    for number, (_, code) in enumerate(CODES):
        assert job_list.worst(jobs[: number + 1]) == code
        assert job_list.worst(reversed(jobs[: number + 1])) == code
    assert job_list.worst([]) == ExitCode.DONE
    assert job_list.worst([job(state=JobState.QUEUED)]) == ExitCode.DONE


@pytest.mark.parametrize(("taken_each_time", "is_done"), [(1, True), (0, False)])
def test_an_owner_that_takes_one_order_after_another_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taken_each_time: int, is_done: bool
) -> None:
    """Thousands of orders take their time on a slow disk."""
    context = Context(Paths(tmp_path), CancelToken(), ManualClock(5), Output())
    store = JobStore(job_list.store_path(context), ManualClock(5))
    box = store.inbox
    assert box is not None

    def take(_context: Context) -> None:
        for order in box.waiting()[:taken_each_time]:
            order.done()

    monkeypatch.setattr(job_list, "look_again", take)
    slow = SimpleNamespace(monotonic=itertools.count(0, 20).__next__)
    monkeypatch.setattr(job_list, "time", slow)
    orders = [Order(Do.PAUSE, str(number)) for number in range(10)]
    try:
        if is_done:
            assert job_list.hand_over(context, orders) is None
        else:
            with pytest.raises(StorageError, match="does not answer"):
                job_list.hand_over(context, orders)
    finally:
        store.close()
    assert box.waiting() == []


@pytest.mark.parametrize("how", [Cancelled, KeyboardInterrupt])
def test_ctrl_c_after_an_order_was_taken_does_not_say_that_nothing_comes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: type[BaseException]
) -> None:
    context = Context(Paths(tmp_path), CancelToken(), ManualClock(5), Output())
    store = JobStore(job_list.store_path(context), ManualClock(5))
    box = store.inbox
    assert box is not None

    def take_one(_context: Context) -> None:
        box.waiting()[0].done()
        raise how

    monkeypatch.setattr(job_list, "look_again", take_one)
    with pytest.raises(Cancelled) as raised:
        job_list.hand_over(context, [Order(Do.CANCEL, "a"), Order(Do.CANCEL, "b")])
    store.close()
    assert "had taken by then is carried out" in raised.value.hint
    assert box.waiting() == []


def test_a_job_is_found_by_how_its_id_begins() -> None:
    jobs = [job("abc"), job("abd"), job("bab")]
    assert job_list.find(jobs, "ba").job_id == "bab"
    assert job_list.find([job("ab"), *jobs], "ab").job_id == "ab"
    for wanted, error in (
        ("ab", UsageError),
        ("b", None),
        ("c", NotFoundError),
        ("", NotFoundError),
    ):
        with pytest.raises(error) if error else contextlib.nullcontext():
            job_list.find(jobs, wanted)


def test_size_is_what_the_server_announced_until_the_file_is_here() -> None:
    fetching = job(state=JobState.FETCHING, received_bytes=5, total_bytes=30, sha256="ab")
    done = replace(fetching, state=JobState.DONE, received_bytes=31)
    listed = job_list.document([fetching, done])["jobs"]
    assert [(one["size_bytes"], one["sha256"]) for one in listed] == [(30, None), (31, "ab")]


def test_commands_keep_to_the_limits_of_the_settings(tmp_path: Path) -> None:
    context = Context(Paths(tmp_path), CancelToken(), ManualClock(5), Output())
    context.paths.create()
    SettingsStore(context.paths.settings_file).save(Settings(clips_at_once=5, renew_expired=True))
    store = JobStore(job_list.store_path(context), ManualClock(5))
    store.add([job(state=JobState.FETCHING)])
    engine = job_list.engine_of(context, store, ("http://shelf", "anna"), ShelfRecorder())
    store.close()
    assert (engine.limits.clips_at_once, engine.limits.renew_expired) == (5, True)
    assert [one.state for one in engine.jobs()] == [JobState.QUEUED], "a kill left it under way"


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (PauseCause.STORAGE, "while the window is open, or by the command jobs run."),
        (PauseCause.OPERATOR, "after the command jobs resume."),
    ],
)
def test_who_waited_in_vain_learns_what_makes_it_go_on(
    tmp_path: Path, cause: PauseCause, said: str
) -> None:
    heard = io.StringIO()
    context = Context(Paths(tmp_path), CancelToken(), ManualClock(5), Output(stderr=heard))
    done, paused = job("done", state=JobState.DONE), job(state=JobState.PAUSED, pause_cause=cause)
    job_list.tell_what_is_left(context, [done])
    assert heard.getvalue() == ""
    job_list.tell_what_is_left(context, [paused, done])
    assert heard.getvalue().endswith(f" {said}\n")


def test_people_read_why_and_what_to_do() -> None:
    failed = job(state=JobState.FAILED, reason="It is gone.", hint="Try again.")
    assert job_list.lines([failed])[0].endswith("  It is gone. Try again.")
