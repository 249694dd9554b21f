import io
import itertools
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rta_viewer.cli.output import Output
from rta_viewer.cli.working import progress_of, work_until_all_rest
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import LATE_S, SILENT, at_drive
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import TransferProgress
from rta_viewer.errors import Cancelled
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import job


def test_several_files_are_told_as_one_transfer() -> None:
    done = job("a", state=JobState.DONE, received_bytes=10, total_bytes=10)
    other = job("b", state=JobState.FETCHING, received_bytes=5, total_bytes=30)
    assert progress_of([done, other], other) == TransferProgress(15, 40, "1 of 2 done")
    preparing = job("b", state=JobState.PREPARING, server_progress=33.4)
    told = progress_of([done, preparing], preparing)
    assert told == TransferProgress(10, None, "1 of 2 done, server 33 %")


def test_how_far_the_server_is_with_the_jobs_of_others_is_not_told() -> None:
    other = job("b", state=JobState.PREPARING, server_progress=33.4)
    assert progress_of([job("a")], other).note == "0 of 1 done"


def test_a_server_that_is_waited_for_is_said() -> None:
    waiting = job("b", state=JobState.PREPARING, reason="Nothing answers.", next_try_s=9.0)
    assert progress_of([job("a"), waiting], waiting).note == "0 of 2 done  Nothing answers."
    stuck = job("b", state=JobState.FETCHING, reason=SILENT)
    assert progress_of([job("a"), stuck], stuck).note == f"0 of 2 done  {SILENT}"


def test_a_drive_that_does_not_answer_is_said_once_and_ctrl_c_still_ends_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rta_viewer.jobs.workers.TEND_EVERY_S", 0.01)
    monkeypatch.setattr("rta_viewer.jobs.crew._LOOK_S", 0.01)
    monkeypatch.setattr("rta_viewer.jobs.crew._JOIN_S", 0.1)
    desk, stderr, answers = Desk(tmp_path), io.StringIO(), threading.Event()
    said, looks = threading.Event(), itertools.count()
    context: Any = SimpleNamespace(
        output=Output(stdout=io.StringIO(), stderr=stderr),
        clock=desk.clock,
        cancel=CancelToken(),
    )

    def hang(part: Path) -> None:
        with at_drive():
            desk.clock.advance(LATE_S)
            answers.wait(60)

    def is_ours(_job: Job) -> bool:
        if SILENT in stderr.getvalue() and next(looks) > 10:
            said.set()
            context.cancel.cancel()
        return True

    desk.recorder.during_part = hang
    desk.submit()
    with pytest.raises(Cancelled):
        work_until_all_rest(context, desk.engine, is_ours)
    assert said.is_set()
    assert stderr.getvalue().count(SILENT) == 1
    assert str(desk.folder) in stderr.getvalue()
    answers.set()
    for one in threading.enumerate():
        if one.name.startswith("jobs-"):
            one.join(30)
    desk.store.close()
