"""Working off the list from the command line."""

import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.cli.main import run
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.core.model import Camera, ExportStatus, Fetched
from rta_viewer.errors import Cancelled, NoFootageError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.inbox import Inbox, order_to_add
from rta_viewer.jobs.store import JobStore, inbox_of
from tests.cli.conftest import SERVER
from tests.helpers.job_recorder import job, video
from tests.helpers.shelf_recorder import ShelfRecorder

RANGE = ["--from", "2025-10-24T09:00Z", "--to", "2025-10-24T09:01Z"]


class AddingShelf(ShelfRecorder):
    """Hands a job to the owner of the list while the first one is fetched."""

    box: Inbox
    late: Job

    def fetch_export(
        self, status: ExportStatus, part: Path, *, cancel: CancelToken, **more: Any
    ) -> Fetched:
        order = order_to_add([self.late])
        order = replace(order, file=self.box.put(order))
        while order.waits:
            assert not cancel.wait(0.01)
        return super().fetch_export(status, part, cancel=cancel, **more)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AddingShelf:
    from rta_viewer.cli import connection

    shelf = AddingShelf([Camera("1", "Door")], body=video(60))
    shelf.box = inbox_of(tmp_path / "profile" / "data" / "jobs.sqlite3")
    monkeypatch.setattr(connection, "connect", lambda context, args, password: shelf)
    return shelf


def test_what_others_add_while_the_list_is_worked_off_counts(
    ask: Callable[..., Any],
    recorder: AddingShelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rta_viewer.jobs.engine.TEND_EVERY_S", 0.0)
    monkeypatch.setattr("rta_viewer.jobs.workers.TEND_EVERY_S", 0.01)
    recorder.late = job(
        "late",
        server="http://shelf",
        username="anna",
        state=JobState.FAILED,
        failure=NoFootageError.kind,
    )
    _, first = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait")
    code, answer = ask("jobs", "run")
    states = {job["id"]: job["state"] for job in answer["jobs"]}
    assert (code, states) == (4, {first["jobs"][0]["id"]: "done", "late": "failed"})


@pytest.mark.parametrize(
    "command",
    [["jobs", "run"], ["export", "door", *RANGE, "--output", "out"]],
)
def test_ctrl_c_ends_a_command_and_none_of_its_jobs(
    ask: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    def interrupted(*_args: object) -> None:
        raise Cancelled

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rta_viewer.jobs.crew.run_until", interrupted)
    code, answer = ask(*command)
    assert (code, answer["error"]["kind"]) == (130, "cancelled")
    assert "stays in the list" in answer["error"]["hint"]


def test_an_order_that_was_left_behind_is_carried_out(
    ask: Callable[..., Any], recorder: AddingShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is asked whether there is anything to do."""
    monkeypatch.setattr("rta_viewer.jobs.crew.run_until", lambda *_args: None)
    left = job("left", server="http://shelf", username="anna", state=JobState.PAUSED)
    recorder.box.put(order_to_add([left]))
    assert [job["id"] for job in ask("jobs", "run")[1]["jobs"]] == ["left"]


def listed(profile: Path, *jobs: Job) -> None:
    """Such a list was left by somebody."""
    store = JobStore(profile / "data" / "jobs.sqlite3", ManualClock(5))
    store.add(jobs)
    store.close()


@pytest.mark.parametrize(("cause", "code"), [(PauseCause.OPERATOR, 0), (PauseCause.STORAGE, 5)])
def test_what_waits_for_a_drive_is_a_failure_and_what_somebody_paused_is_not(
    ask: Callable[..., Any], tmp_path: Path, cause: PauseCause, code: int
) -> None:
    paused = job(
        server="http://shelf",
        username="anna",
        state=JobState.PAUSED,
        pause_cause=cause,
        folder=tmp_path / "gone",
        folder_seen=True,
    )
    listed(tmp_path / "profile", paused)
    ended, answer = ask("jobs", "run")
    assert (ended, [one["state"] for one in answer["jobs"]]) == (code, ["paused"])


def test_what_waits_for_somebody_else_is_not_called_nothing(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    listed(tmp_path / "profile", job("other", server="http://shelf", username="berta"))
    code, said = ask("jobs", "run", as_json=False)
    assert (code, said) == (
        0,
        "No job waits for anna at http://shelf; the command jobs lists all.\n",
    )


@pytest.mark.usefixtures("recorder")
def test_who_asks_by_another_address_learns_which_one_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = [job(name, server="http://10.0.0.9", username="anna") for name in ("one", "two")]
    listed(tmp_path, *waits, job("ended", server="http://old", state=JobState.CANCELLED))
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    assert run(["--profile", str(tmp_path), "jobs", "run", *SERVER, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {"jobs": []}
    assert said.err == "There are jobs that wait for anna at http://10.0.0.9.\n"


def test_what_nobody_works_on_waits_for_no_server(ask: Callable[..., Any], tmp_path: Path) -> None:
    waited = {"reason": "It is busy.", "hint": "It is asked again by itself."}
    listed(
        tmp_path / "profile",
        job("queued", **waited),
        job("preparing", state=JobState.PREPARING, export_id="e", **waited),
        job("failed", state=JobState.FAILED, reason="It is gone."),
    )
    reasons = {job["id"]: job["reason"] for job in ask("jobs")[1]["jobs"]}
    assert reasons == {"queued": "", "preparing": "", "failed": "It is gone."}


@pytest.mark.parametrize(
    ("state", "hint"),
    [
        (JobState.PAUSED, "The command jobs resume goes on with it."),
        (JobState.QUEUED, "There is nothing to retry."),
        (JobState.DONE, "There is nothing to retry."),
    ],
)
def test_what_cannot_be_tried_again_says_what_can_be_done(
    ask: Callable[..., Any], tmp_path: Path, state: JobState, hint: str
) -> None:
    listed(tmp_path / "profile", job("one", state=state))
    code, answer = ask("jobs", "retry", "one")
    assert (code, answer["error"]["hint"]) == (2, hint)


@pytest.mark.parametrize(
    ("action", "state"), [("resume", JobState.PAUSED), ("retry", JobState.FAILED)]
)
def test_a_job_goes_on_in_another_folder(
    ask: Callable[..., Any], tmp_path: Path, action: str, state: JobState
) -> None:
    listed(tmp_path / "profile", job("one", state=state, folder=tmp_path / "gone"))
    code, answer = ask("jobs", action, "one", "--output", str(tmp_path / "other" / ".." / "new"))
    (found,) = answer["jobs"]
    assert (code, found["state"], found["path"]) == (0, "queued", str(tmp_path / "new" / "a.mp4"))


def test_who_works_on_the_list_goes_on_with_it_in_another_folder(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    profile, ends = tmp_path / "profile", threading.Event()
    listed(profile, job("one", state=JobState.PAUSED, folder=tmp_path / "gone"))
    clock = ManualClock(5)
    store = JobStore(profile / "data" / "jobs.sqlite3", clock)
    engine = JobEngine(store, lambda server, username: None, clock)

    def own() -> None:
        while not ends.wait(0.02):
            clock.advance(3)
            engine.tend()

    owner = threading.Thread(target=own)
    owner.start()
    try:
        code, answer = ask("jobs", "resume", "one", "--output", str(tmp_path))
    finally:
        ends.set()
        owner.join()
        store.close()
    assert (code, answer["jobs"][0]["path"]) == (0, str(tmp_path / "a.mp4"))
    assert engine.job("one").state is JobState.QUEUED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pause", "waits", "--output", "."], "jobs pause has no --output."),
        (["--output", "."], "jobs list has no --output."),
        (["resume", "waits", "--output", ""], "--output"),
        (["resume", "waits", "--output", "file"], "--output cannot be used: file is a file."),
        (["resume", "runs", "--output", "."], "Job runs is preparing."),
        (["retry", "short", "--output", "."], "Job short is differs."),
        (["retry", "waits", "--output", "."], "Job waits is paused."),
        (["resume", "failed", "--output", "."], "Job failed is failed."),
    ],
)
def test_another_folder_that_makes_no_sense_changes_nothing(
    ask: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    states = {
        "waits": JobState.PAUSED,
        "runs": JobState.PREPARING,
        "short": JobState.DIFFERS,
        "failed": JobState.FAILED,
    }
    folder = tmp_path / "gone"
    listed(
        tmp_path / "profile",
        *(job(name, state=state, folder=folder) for name, state in states.items()),
    )
    code, answer = ask("jobs", *words)
    assert code == 2
    assert answer["error"]["message"].startswith(said)
    found = {one["id"]: one["path"] for one in ask("jobs")[1]["jobs"]}
    assert found == dict.fromkeys(states, str(folder / "a.mp4"))
