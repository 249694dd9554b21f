import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest

from rta_viewer.cli import job_list
from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobState
from rta_viewer.errors import NetworkError, NoFootageError, SignInError, StorageError, UsageError
from rta_viewer.jobs.inbox import Do, Order
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.paths import Paths
from tests.helpers.job_recorder import job

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
    orders = [Order(Do.PAUSE, str(number), {}) for number in range(10)]
    try:
        if is_done:
            assert job_list.hand_over(context, orders) is None
        else:
            with pytest.raises(StorageError, match="does not answer"):
                job_list.hand_over(context, orders)
    finally:
        store.close()
    assert box.waiting() == []


def test_people_read_why_and_what_to_do() -> None:
    failed = job(state=JobState.FAILED, reason="It is gone.", hint="Try again.")
    assert job_list.lines([failed])[0].endswith("  It is gone. Try again.")
