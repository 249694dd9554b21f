"""Exports from the command line: against a real server, and beside another process that owns the list."""

import contextlib
import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer.cli import job_list
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Camera,
    ExportStatus,
    SaveRequest,
    StreamInfo,
    Watermark,
)
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc, parse_instant
from rta_viewer.errors import BusyError, ServerError
from rta_viewer.evidence.verify import verify
from rta_viewer.jobs import fitting, inbox
from rta_viewer.jobs.engine import JobEngine, Lane
from rta_viewer.jobs.rows import job_row
from rta_viewer.jobs.store import JobStore, read_jobs
from rta_viewer.platform import drives
from rta_viewer.platform.drives import DriveLook
from tests.cli.conftest import site_commands
from tests.helpers.job_recorder import video
from tests.helpers.shelf_recorder import ShelfRecorder
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

FIELDS = {
    "id",
    "kind",
    "camera",
    "start",
    "end",
    "state",
    "path",
    "size_bytes",
    "sha256",
    "check",
    "reason",
}
RANGE = ["--from", "2025-10-24T09:00Z", "--to", "2025-10-24T09:01Z"]


def test_two_cameras_become_a_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(tmp_path) as site:
        ask = site_commands(site, tmp_path, monkeypatch, capsys)
        names = ["Main entrance", "Reception desk"]
        cameras = [camera_named(site.world, name).camera_id for name in names]
        span = recorded_span(site.world, cameras[0], 10_000)
        times = ["--from", iso_utc(span.start_ms), "--to", iso_utc(span.start_ms + 5_000)]
        out = tmp_path / "case"
        asked = ["export", *cameras, *times, "--output", str(out), "--watermark", "{camera}"]
        code, answer = ask(*asked)
        listed_code, listed = ask("jobs")
        one_code, one = ask("export", cameras[0], *times, "--output", str(out), "--format", "mkv")
    assert (code, listed_code, one_code) == (0, 0, 0), answer
    assert [set(job) for job in answer["jobs"]] == [FIELDS, FIELDS]
    folder = Path(answer["jobs"][0]["path"]).parent
    assert folder.parent == out
    for job, name in zip(answer["jobs"], names, strict=True):
        path = Path(job["path"])
        assert (job["kind"], job["camera"], job["state"]) == ("export", name, "done")
        assert (job["check"], job["reason"]) == ("ok", "")
        assert job["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert job["size_bytes"] == path.stat().st_size
        assert verify(path).ok
        assert job["sha256"] in (folder / "index.html").read_text(encoding="utf-8")
    assert sorted(path.suffix for path in folder.iterdir()) == [
        ".html",
        ".json",
        ".json",
        ".mp4",
        ".mp4",
    ]
    assert listed == answer
    assert Path(one["jobs"][0]["path"]).parent == out
    assert one["jobs"][0]["path"].endswith(".mkv")


def test_added_now_and_run_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(tmp_path) as site:
        ask = site_commands(site, tmp_path, monkeypatch, capsys)
        camera = camera_named(site.world, "Main entrance").camera_id
        span = recorded_span(site.world, camera, 10_000)
        times = ["--from", iso_utc(span.start_ms), "--to", iso_utc(span.start_ms + 4_000)]
        asked = ["export", camera, "--output", str(tmp_path / "out"), "--no-wait"]
        _, first = ask(*asked, *times)
        _, second = ask(*asked, "--from", "2020-01-01T00:00Z", "--to", "2020-01-01T00:01Z")
        good, bad = first["jobs"][0], second["jobs"][0]
        assert (good["state"], good["sha256"], good["check"]) == ("queued", None, None)
        assert ask("jobs", "pause", good["id"][:10])[1]["jobs"][0]["state"] == "paused"
        code, ran = ask("jobs", "run")
        assert code == 4, ran
        states = {job["id"]: job["state"] for job in ran["jobs"]}
        assert states == {good["id"]: "paused", bad["id"]: "failed"}
        assert ask("jobs", "resume", good["id"])[1]["jobs"][0]["state"] == "queued"
        code, ran = ask("jobs", "run")
        assert (code, [job["state"] for job in ran["jobs"]]) == (0, ["done"])
        assert ask("jobs", "retry", bad["id"])[1]["jobs"][0]["state"] == "queued"
        assert ask("jobs", "cancel", bad["id"])[1]["jobs"][0]["state"] == "cancelled"
        assert ask("jobs", "run") == (0, {"jobs": []})
        assert ask("jobs", "retry", good["id"])[0] == 2
        assert ask("jobs", "pause", "nothing")[0] == 4
        assert ask("jobs", "pause")[0] == 2


def span_of_range() -> Span:
    return Span(parse_instant(RANGE[1]), parse_instant(RANGE[3]))


@pytest.fixture
def shelf(recorder: ShelfRecorder) -> ShelfRecorder:
    recorder.cameras_ = [Camera("1", "Door"), Camera("2", "Gate")]
    return recorder


def test_a_body_that_is_no_video_is_never_a_success(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    assert code == 6
    (job,) = answer["jobs"]
    assert job["state"] == "differs"
    assert "not a video" in job["check"]


@pytest.mark.parametrize("later", [False, True])
def test_a_file_that_is_too_large_for_its_medium_becomes_volumes(
    ask: Callable,
    shelf: ShelfRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    later: bool,
) -> None:
    shelf.body = video(60)
    monkeypatch.setitem(VOLUME_BYTES, Medium.DVD, 50_000)
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 8_000)
    out = ["--output", str(tmp_path / "out"), "--volumes", "dvd"]
    if later:
        assert "volumes" not in ask("export", "door", *RANGE, *out, "--no-wait")[1]
    words = ["jobs", "run"] if later else ["export", "door", *RANGE, *out]
    code, answer = ask(*words)
    assert code == 0, answer
    ((job_id, volumes),) = answer["volumes"].items()
    assert job_id == answer["jobs"][0]["id"]
    assert len(volumes) >= 2
    assert all(0 < Path(volume).stat().st_size <= 50_000 for volume in volumes)
    assert Path(answer["jobs"][0]["path"]).read_bytes() == shelf.body


def test_nothing_starts_that_cannot_fit(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As large as the server says of its recordings, with what waits for the same drive already."""
    shelf.recorded_bytes = 400_000_000
    out = tmp_path / "out"
    asked = ["export", "door", *RANGE, "--output", str(out), "--no-wait"]
    free = [300_000_000]
    monkeypatch.setattr(fitting, "look_at", lambda _folder: DriveLook(free_bytes=free[0]))
    code, answer = ask(*asked)
    assert code == 5
    assert answer["error"]["kind"] == "storage"
    assert answer["error"]["message"].startswith(
        "Nothing was started. This needs about 400 MB, and 300 MB are free there; 67.1 MB have to stay free."
    )
    assert ask("jobs")[1] == {"jobs": []}
    free[0] = 700_000_000
    code, answer = ask(*asked)
    assert (code, len(answer["jobs"])) == (0, 1)
    code, answer = ask(*asked)
    assert code == 5, "the first one will take its room"
    assert "and 300 MB are free" in answer["error"]["message"]
    assert not out.exists()


def test_a_camera_that_recorded_nothing_needs_no_room(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.cameras_ = [Camera("1", "Door", streams=(StreamInfo("s", bitrate_kbps=1_000_000),))]
    monkeypatch.setattr(fitting, "look_at", lambda _folder: DriveLook(free_bytes=100_000_000))
    asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"]
    assert ask(*asked)[0] == 0
    assert ask(*asked)[0] == 0, "nor does one that waits"
    shelf.availability_ = Availability("1", span_of_range(), state=AvailabilityState.NO_ANSWER)
    assert ask(*asked)[0] == 5, "it may have recorded all of it"


def test_a_place_where_nothing_can_be_saved_is_said_before(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "file" / "out"))
    assert code == 5
    assert "is a file" in answer["error"]["message"]
    assert shelf.asked == [("1", span_of_range())]


def test_a_package_is_called_as_the_case(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    out = ["--output", str(tmp_path / "out"), "--no-wait"]
    asked = ["export", "door", "gate", *RANGE, *out, "--name", "Case 2025/114"]
    _, answer = ask(*asked)
    assert {Path(job["path"]).parent for job in answer["jobs"]} == {
        tmp_path / "out" / "Case 2025-114"
    }


def test_a_camera_that_is_named_twice_is_saved_once(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    out = ["--output", str(tmp_path / "out"), "--no-wait"]
    _, answer = ask("export", "door", "1", "DOOR", *RANGE, *out)
    assert [job["camera"] for job in answer["jobs"]] == ["Door"]


def test_what_is_chosen_is_asked_of_the_server(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    out = ["--output", str(tmp_path / "out"), "--watermark", "{camera} {timestamp}"]
    ask("export", "door", *RANGE, *out, "--quality", "low", "--format", "mkv", "--no-audio")
    (request,) = (asked for asked in shelf.asked if isinstance(asked, SaveRequest))
    assert request == SaveRequest(
        "1", span_of_range(), "mkv", "low", False, Watermark("Door {timestamp}")
    )


def test_paths_that_others_cannot_open_are_said(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "_allows_long_paths", lambda: False)
    noted: list[str] = []
    monkeypatch.setattr(Output, "note", lambda _self, text: noted.append(text))
    out = ["--output", str(tmp_path / "out"), "--no-wait"]
    assert ask("export", "door", "gate", *RANGE, *out)[0] == 0
    assert noted == []
    deep = tmp_path / ("y" * 100) / "out"
    asked = ["--output", str(deep), "--no-wait", "--name", "x" * 100]
    assert ask("export", "door", "gate", *RANGE, *asked)[0] == 0
    assert "none above 259" in noted[0]


def test_what_makes_no_sense_is_refused(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    assert ask("export", "door", *RANGE)[0] == 2
    assert ask("export", "door", *RANGE, "--output", str(tmp_path / "file"))[0] == 2
    assert ask("export", "door", *RANGE, "--output", " ")[0] == 2
    assert ask("export", "door", *RANGE, "--output", str(tmp_path / ("d" * 300)))[0] == 2
    assert ask("export", "window", *RANGE, "--output", str(tmp_path / "out"))[0] == 4
    assert ask("jobs", "dance")[0] == 2
    assert ask("jobs", "run", "an-id")[0] == 2


def test_people_get_a_table(ask: Callable, shelf: ShelfRecorder, tmp_path: Path) -> None:
    assert "There are no jobs." in ask("jobs", as_json=False)[1]
    ask("export", "door", "gate", *RANGE, "--output", str(tmp_path / "out"), "--no-wait")
    text = ask("jobs", as_json=False)[1]
    assert "Door" in text
    assert "queued" in text


def test_packages_of_one_name_that_wait_get_folders_of_their_own(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    asked = ["--name", "case", "--output", str(tmp_path / "out"), "--no-wait"]
    later = ["--from", "2025-10-24T09:02Z", "--to", "2025-10-24T09:03Z"]
    orders = [ask("export", "door", "gate", *times, *asked) for times in (RANGE, later)]
    folders = [
        {Path(job["path"]).parent.name for job in answer["jobs"]} for _code, answer in orders
    ]
    assert folders == [{"case"}, {"case (2)"}]


class BusyShelf(ShelfRecorder):
    """Takes no orders for a long time."""

    def create_export(self, request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        raise BusyError("It is busy.", retry_after_s=100_000.0)


@contextlib.contextmanager
def owned(
    data: Path,
    each_time: Callable[[JobEngine], None] = lambda engine: None,
    *,
    recorder: ShelfRecorder | None = None,
    over: threading.Event | None = None,
) -> Iterator[JobEngine]:
    """Another process that owns the list, and does this again and again until ``over``."""
    clock = ManualClock(1_761_300_000_000)
    store = JobStore(data / "jobs.sqlite3", clock)
    engine = JobEngine(store, lambda server, username: recorder, clock)
    ends = over or threading.Event()

    def own() -> None:
        while not ends.wait(0.02):
            clock.advance(3)
            engine.tend()
            each_time(engine)
        store.close()

    owner = threading.Thread(target=own)
    owner.start()
    try:
        yield engine
    finally:
        ends.set()
        owner.join()


def test_another_process_that_owns_the_list_does_the_work(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(Output, "note", lambda _self, text: noted.append(text))
    with owned(tmp_path / "profile" / "data") as engine:
        asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"]
        code, answer = ask(*asked)
        (job,) = answer["jobs"]
        assert (code, job["state"]) == (0, "queued")
        assert [text.endswith("signed in to http://shelf as anna.") for text in noted] == [True]
        assert ask("jobs", "cancel", job["id"])[1]["jobs"][0]["state"] == "cancelled"
        assert ask("jobs", "run")[0] == 5
        assert [one.state for one in engine.jobs()] == [JobState.CANCELLED]
        assert ask("jobs")[1]["jobs"][0]["state"] == "cancelled"


def looked_into(data: Path) -> threading.Timer:
    """Another command has the list for a moment, and carries out no orders."""
    data.mkdir(parents=True, exist_ok=True)
    store = JobStore(data / "jobs.sqlite3", ManualClock(5))
    soon = threading.Timer(0.3, store.close)
    soon.start()
    return soon


def orders_in(data: Path) -> list[Path]:
    return list((data / "jobs.sqlite3.inbox").glob("*"))


def test_a_list_that_a_command_looks_into_is_waited_for(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    data = tmp_path / "profile" / "data"
    soon = looked_into(data)
    assert ask("jobs", "run") == (0, {"jobs": []})
    soon.join()
    asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"]
    soon = looked_into(data)
    code, answer = ask(*asked)
    soon.join()
    assert (code, [job["state"] for job in answer["jobs"]]) == (0, ["queued"])
    for action, state in (("pause", "paused"), ("resume", "queued"), ("cancel", "cancelled")):
        soon = looked_into(data)
        code, answer = ask("jobs", action, answer["jobs"][0]["id"])
        soon.join()
        assert (code, answer["jobs"][0]["state"]) == (0, state)
    assert orders_in(data) == []


def test_an_order_that_nobody_takes_is_taken_back(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_list, "_TAKEN_WITHIN_S", 0.0)
    data = tmp_path / "profile" / "data"
    data.mkdir(parents=True)
    store = JobStore(data / "jobs.sqlite3", ManualClock(5))
    code, answer = ask(
        "export", "door", "gate", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"
    )
    assert code == 5
    assert "does not answer" in answer["error"]["message"]
    assert orders_in(data) == []
    store.close()
    assert ask("jobs", "run") == (0, {"jobs": []})


def test_the_list_is_taken_over_when_its_owner_ends(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    handed_over = threading.Event()

    def note(_self: Output, text: str) -> None:
        noted.append(text)
        handed_over.set()

    monkeypatch.setattr(Output, "note", note)
    shelf.body = video(60)
    with owned(tmp_path / "profile" / "data", over=handed_over) as engine:
        code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    assert (code, [job["state"] for job in answer["jobs"]]) == (0, ["done"])
    assert [job.job_id for job in engine.jobs()] == [answer["jobs"][0]["id"]]
    assert "saves the files" in noted[0]
    assert "this command goes on" in noted[1]


def test_what_somebody_paused_is_not_waited_for(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    def pause(engine: JobEngine) -> None:
        for job in engine.jobs():
            engine.pause(job.job_id)

    with owned(tmp_path / "profile" / "data", pause):
        code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    assert (code, [job["state"] for job in answer["jobs"]]) == (5, ["paused"])


def test_a_damaged_list_is_told(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(Output, "note", lambda _self, text: noted.append(text))
    ask("export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait")
    (tmp_path / "profile" / "data" / "jobs.sqlite3").write_bytes(b"")
    assert ask("jobs") == (0, {"jobs": []})
    assert [text for text in noted if "was lost and starts anew" in text]


def test_a_list_that_is_gone_is_told_and_found_again(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(Output, "note", lambda _self, text: noted.append(text))
    shelf.body = video(60)
    _, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    (tmp_path / "profile" / "data" / "jobs.sqlite3").unlink()
    code, listed = ask("jobs", "list")
    assert code == 0
    assert [job["path"] for job in listed["jobs"]] == [job["path"] for job in answer["jobs"]]
    assert [text for text in noted if "1 saved file was found again" in text]


def test_a_job_that_is_named_twice_is_changed_once(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    _, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    job_id = answer["jobs"][0]["id"]
    code, answer = ask("jobs", "retry", job_id, job_id[:8])
    assert (code, [job["state"] for job in answer["jobs"]]) == (0, ["queued"])


def test_what_waits_for_its_server_can_be_tried_at_once(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    with owned(tmp_path / "profile" / "data", recorder=BusyShelf()) as engine:
        monkeypatch.setattr(engine, "retry", tried.append)
        asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"]
        job_id = ask(*asked)[1]["jobs"][0]["id"]
        assert ask("jobs", "retry", job_id)[0] == 2, "it only waits for its turn"
        engine.run_next(Lane.POLLS, CancelToken())
        assert engine.job(job_id).waits_for_server
        code, answer = ask("jobs", "retry", job_id)
    assert (code, answer["jobs"][0]["state"], tried) == (0, "queued", [job_id])


def test_a_damaged_list_does_not_keep_an_export_from_starting(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path
) -> None:
    data = tmp_path / "profile" / "data"
    data.mkdir(parents=True)
    (data / "jobs.sqlite3").write_bytes(b"no database" * 100)
    asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), "--no-wait"]
    assert [job["state"] for job in ask(*asked)[1]["jobs"]] == ["queued"]


def test_only_so_many_cameras_are_looked_up_as_a_server_answers(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(camera_id: str, _window: Span, _cancel: CancelToken) -> Availability:
        shelf.asked.append(camera_id)
        raise ServerError("It stumbles.")

    monkeypatch.setattr(shelf, "availability", fail)
    names = [str(number) for number in range(70)]
    shelf.cameras_ = [Camera(name, name) for name in names]
    code, answer = ask("export", *names, *RANGE, "--output", str(tmp_path), "--no-wait")
    assert (code, len(answer["jobs"])) == (0, 70)
    assert shelf.asked == names[:64]


@pytest.mark.parametrize("option", ["--output", "--name", "--watermark"])
def test_what_is_no_text_is_refused(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, option: str
) -> None:
    asked = ["export", "door", *RANGE, "--output", str(tmp_path), option, "caf\udce9"]
    code, answer = ask(*asked)
    assert code == 2
    assert answer["error"]["message"] == f"What was given for {option} is not UTF-8."
    assert shelf.asked == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are not text")
def test_a_working_directory_that_is_no_text_is_refused(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "caf\udce9"
    here.mkdir()
    monkeypatch.chdir(here)
    code, answer = ask("export", "door", *RANGE, "--output", "out")
    assert code == 2
    assert "not UTF-8" in answer["error"]["message"]
    assert shelf.asked == []


@pytest.mark.parametrize("more", [[], ["--no-wait"]])
def test_an_order_that_the_owner_of_the_list_drops_is_an_error(
    ask: Callable,
    shelf: ShelfRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: list[str],
) -> None:
    monkeypatch.setattr(inbox, "job_row", lambda job: {**job_row(job), "of_another_version": 1})
    asked = ["export", "door", *RANGE, "--output", str(tmp_path / "out"), *more]
    with owned(tmp_path / "profile" / "data") as engine:
        code, answer = ask(*asked)
        assert engine.jobs() == []
    assert code == 5
    assert "did not add Door" in answer["error"]["message"]


def test_what_somebody_removed_is_not_waited_for(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_seen = threading.Event()
    rests = job_list.rests

    def seen(job: Job) -> bool:
        was_seen.set()
        return rests(job)

    def remove(engine: JobEngine) -> None:
        for job in engine.jobs() if was_seen.is_set() else ():
            engine.cancel(job.job_id)
            engine.forget(job.job_id)

    monkeypatch.setattr(job_list, "rests", seen)
    with owned(tmp_path / "profile" / "data", remove):
        code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    assert code == 5
    assert "was removed from the list" in answer["error"]["message"]


def test_what_was_removed_before_the_list_is_taken_over_is_not_added_again(
    ask: Callable, shelf: ShelfRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    seen: list[Job] = []

    def as_seen_first(path: Path) -> list[Job]:
        seen.extend(() if seen else read_jobs(path))
        return seen

    def remove(engine: JobEngine) -> None:
        for job in engine.jobs() if seen else ():
            engine.cancel(job.job_id)
            engine.forget(job.job_id)
            over.set()

    monkeypatch.setattr("rta_viewer.jobs.store.read_jobs", as_seen_first)
    with owned(tmp_path / "profile" / "data", remove, over=over):
        code, answer = ask("export", "door", *RANGE, "--output", str(tmp_path / "out"))
    assert code == 5
    assert "was removed from the list" in answer["error"]["message"]
    assert not (tmp_path / "out").exists()
