"""Everything that goes wrong on a server or on this computer, against the embedded server over real HTTP.

What each transfer ends with is either the file, byte for byte, or a true reason, and then the cure works.
"""

import hashlib
import random
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.filenames import MAX_NAME_CHARS
from rta_viewer.core.jobs import Job, JobKind, JobState, PauseCause
from rta_viewer.core.model import ExportState, SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import wall_clock
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import World
from rta_viewer.jobs import room
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane, Limits
from rta_viewer.jobs.store import JobStore, StoreError
from tests.helpers.certificates import server_context
from tests.helpers.job_orders import submit
from tests.helpers.job_recorder import video
from tests.helpers.recorders import Naps, signed_in_recorder
from tests.helpers.scripted_http import Reply, scripted
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

HOUR_MS = 3_600_000
BODY = video(3)
BODY += (300_008).to_bytes(4, "big") + b"free" + random.Random(1).randbytes(300_000)  # noqa: S311
TENTH = len(BODY) // 10


@dataclass
class Shelf:
    """A packager with one good file; ``body`` is what it delivers."""

    body: bytes = BODY
    made: int = 0
    files: list[Path] = field(default_factory=list)

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        container: str,
        quality: str,
        include_audio: bool,
        watermark: str | None,
        progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> None:
        self.made += 1
        self.files.append(target)
        progress(0.5)
        target.write_bytes(self.body)


class Ground:
    """A site, an engine that is signed in to it, and a folder."""

    def __init__(self, folder: Path, site: DemoSite, recorder: Any, shelf: Shelf) -> None:
        self.site = site
        self.shelf = shelf
        self.folder = folder / "saved"
        self.naps = Naps()
        self.clock = ManualClock(site.world.clock.now_ms())
        self.path = folder / "jobs.db"
        self.recorder = recorder
        self.store = JobStore(self.path, self.clock)
        self.engine = self._engine()
        camera = camera_named(site.world, "Main entrance").camera_id
        start_ms = recorded_span(site.world, camera, 10_000).start_ms
        self.request = SaveRequest(camera, Span(start_ms, start_ms + 3_000))

    def _engine(self) -> JobEngine:
        return JobEngine(self.store, lambda *_: self.recorder, self.clock, sleep=self.naps)

    def restart(self) -> None:
        self.store.close()
        self.store = JobStore(self.path, self.clock)
        self.engine = self._engine()
        self.engine.resume_unfinished()

    def submit(self, kind: JobKind = JobKind.CLIP) -> Job:
        return submit(
            self.engine,
            self.request,
            server=self.site.rest_url,
            folder=self.folder,
            file_name="gate.mp4",
            kind=kind,
        )

    def run(self, job: Job) -> Job:
        return self.engine.run_job(job.job_id, CancelToken())

    def save(self, kind: JobKind = JobKind.CLIP) -> Job:
        return self.run(self.submit(kind))

    def is_whole(self, job: Job) -> bool:
        return job.state is JobState.DONE and job.path.read_bytes() == self.shelf.body


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    shelf = Shelf()
    with (
        running_site(tmp_path, packager=shelf) as site,
        signed_in_recorder(site.rest_url) as recorder,
    ):
        made = Ground(tmp_path, site, recorder, shelf)
        yield made
        made.store.close()


def cut_ten_times(site: DemoSite, path: str) -> None:
    for _ in range(10):
        site.faults.cut_body(TENTH, path=path)


def burst(site: DemoSite, path: str) -> None:
    for status in (500, 502, 503, 504):
        site.faults.fail_next(1, status, path=path)
    site.faults.fail_next_with_html(1, 502, path=path)


def asks_to_wait(site: DemoSite, path: str) -> None:
    site.faults.fail_next(1, 429, path=path, retry_after="7")
    soon = wall_clock(site.world.clock.now_ms(), UTC)
    site.faults.fail_next(1, 429, path=path, retry_after=format_datetime(soon, usegmt=True))


def other_range(site: DemoSite, path: str) -> None:
    site.faults.cut_body(TENTH, path=path)
    site.faults.answer_other_range(-1, path=path)


def ignores_range(site: DemoSite, path: str) -> None:
    site.faults.cut_body(5 * TENTH, path=path)
    site.faults.ignore_range(path=path, count=2)


def changes(site: DemoSite, path: str) -> None:
    site.faults.cut_body(5 * TENTH, path=path)
    site.faults.change_etag(path=path)


def resets(site: DemoSite, path: str) -> None:
    site.faults.cut_body(5 * TENTH, path=path, reset=True)


def promises_more(site: DemoSite, path: str) -> None:
    site.faults.lie_about_length("more", path=path)


def promises_nothing(site: DemoSite, path: str) -> None:
    site.faults.lie_about_length("none", path=path)


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize(
    "arm",
    [
        cut_ten_times,
        burst,
        asks_to_wait,
        other_range,
        ignores_range,
        changes,
        resets,
        promises_more,
        promises_nothing,
    ],
)
def test_the_file_arrives_all_the_same(
    ground: Ground, kind: JobKind, arm: Callable[[DemoSite, str], None]
) -> None:
    arm(ground.site, "/download" if kind is JobKind.CLIP else "/file")
    job = ground.save(kind)
    assert ground.is_whole(job), job
    assert job.sha256 == hashlib.sha256(BODY).hexdigest()
    assert ground.site.faults.armed == 0
    assert not list(ground.folder.glob("*.part*"))
    whys = [event.why for event in ground.engine.history(job.job_id)]
    begun_again = sum("again from its start" in why for why in whys)
    assert begun_again == (arm in {other_range, ignores_range, changes}), whys


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_that_gets_no_answer_for_long_is_waited_for(ground: Ground, status: int) -> None:
    """In the window; what the gateway said is told meanwhile, and a server that says 500 fails soon."""
    ground.engine.limits = Limits(patience=30)
    faults = ground.site.faults
    faults.cut_body(TENTH, path="/download")
    faults.fail_next(20, status, path="/download")
    job, token, told = ground.submit(), CancelToken(), set()
    while not ground.engine.job(job.job_id).finished:
        assert ground.engine.run_next(Lane.CLIPS, token)
        told.add(ground.engine.job(job.job_id).reason)
        ground.clock.advance(60)
    assert ground.is_whole(ground.engine.job(job.job_id))
    assert any("gets no answer" in reason for reason in told)
    assert faults.armed == 0
    faults.fail_next(20, 500, path="/download")
    job = ground.submit()
    ground.engine.run_next(Lane.CLIPS, token)
    assert ground.engine.job(job.job_id).state is JobState.FAILED


@pytest.mark.parametrize("tenth", [0, 3, 6, 9])
def test_a_cut_at_every_tenth_then_a_refusal_then_a_restart(ground: Ground, tenth: int) -> None:
    """403 in the middle ends the job with its reason; the cure goes on with the bytes that are there."""
    faults = ground.site.faults
    faults.cut_body(max(1, tenth * TENTH), path="/download")
    refusals = [403]

    def nap(seconds: float, cancel: CancelToken) -> None:
        if refusals:
            faults.fail_next(1, refusals.pop(), path="/download")

    job = ground.submit()
    with signed_in_recorder(ground.site.rest_url, sleep=nap) as recorder:
        ground.recorder = recorder
        job = ground.run(job)
        assert job.state is JobState.FAILED
        assert "not allowed" in job.reason
        ground.restart()
        sent = ground.site.log.count("/download")
        job = ground.run(ground.engine.retry(job.job_id))
    assert ground.is_whole(job)
    (last,) = ground.site.log.entries("/download")[sent:]
    assert last.sent_bytes <= len(BODY) - tenth * TENTH


def test_a_length_that_says_less_is_no_success(ground: Ground) -> None:
    ground.site.faults.lie_about_length("less", by_bytes=200_000, path="/file")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.DIFFERS
    assert "cut off" in job.reason
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


def test_a_file_that_is_truncated_on_the_server_is_no_success(ground: Ground) -> None:
    ground.shelf.body = BODY[: len(BODY) // 2]
    job = ground.save()
    assert job.state is JobState.DIFFERS
    assert "cut off" in job.reason


@pytest.mark.parametrize(
    ("body", "kind"), [(b"", "video/mp4"), (b"<html>Sign in</html>", "text/html")]
)
def test_an_empty_file_and_a_web_page_are_no_success(
    ground: Ground, body: bytes, kind: str
) -> None:
    ground.site.faults.answer_instead(body, content_type=kind, path="/download")
    job = ground.save()
    assert job.state is JobState.FAILED
    assert job.reason
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


def test_a_slow_drip_is_not_a_stall(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes several times as long as silence may last."""
    monkeypatch.setattr("rta_viewer.vms.fetch.STALL_TIMEOUT_S", 0.25)
    ground.site.faults.drip(400_000, path="/download")
    assert ground.is_whole(ground.save())
    assert ground.site.log.count("/download") == 1


def test_a_token_that_ends_in_the_middle_is_renewed(tmp_path: Path) -> None:
    shelf = Shelf()
    options = RestOptions(accept=frozenset({"token"}), rate_limits=NO_LIMITS)
    with (
        running_site(tmp_path, packager=shelf, options=options) as site,
        signed_in_recorder(site.rest_url) as recorder,
    ):
        ground = Ground(tmp_path, site, recorder, shelf)
        site.faults.cut_body(3 * TENTH, path="/download")
        site.faults.fail_next(1, 401, path="/download")
        logins = site.log.count("auth/login")
        assert ground.is_whole(ground.save())
        assert site.log.count("auth/login") == logins + 1
        ground.store.close()


def test_an_export_that_fails_goes_back_and_is_forgotten(ground: Ground) -> None:
    exports = ground.site.exports
    exports.fail_next(1, "disk on fire")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert "disk on fire" in job.reason
    ground.site.faults.report_progress(80.0, 10.0, 60.0)
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
    ground.site.faults.clear()
    exports.hold()
    token, lost = CancelToken(), ground.submit(JobKind.EXPORT)
    assert ground.engine.run_next(Lane.POLLS, token)
    exports.forget(ground.engine.job(lost.job_id).export_id)
    exports.release()
    job = ground.run(lost)
    assert ground.is_whole(job)
    assert any("forgot" in event.why for event in ground.engine.history(job.job_id))


@pytest.mark.parametrize("renew", [False, True])
@pytest.mark.parametrize("when", ["while it waits", "during the transfer"])
def test_an_export_that_expires(ground: Ground, when: str, renew: bool) -> None:
    ground.engine.limits = Limits(renew_expired=renew)
    job, token = ground.submit(JobKind.EXPORT), CancelToken()
    ground.engine.run_next(Lane.POLLS, token)
    known = ground.engine.job(job.job_id).export_id
    assert ground.site.exports.wait_for(known, ExportState.COMPLETED)
    ground.clock.advance(10)
    ground.engine.run_next(Lane.POLLS, token)
    assert ground.engine.job(job.job_id).state is JobState.READY
    if when == "while it waits":
        ground.site.exports.expire(known)
    else:
        ground.site.faults.cut_body(TENTH, path="/file")
        ground.site.faults.fail_next(1, 410, path="/file")
    job = ground.run(job)
    if not renew:
        assert job.state is JobState.FAILED
        assert "expired" in job.reason
        job = ground.run(ground.engine.retry(job.job_id))
    assert ground.is_whole(job)
    assert job.export_id != known
    assert ground.shelf.made == 2


@pytest.mark.parametrize("form", ["{id}/file", "/api/rest/v1/recordings/export/{id}/file"])
def test_a_relative_download_url(ground: Ground, form: str) -> None:
    job, token = ground.submit(JobKind.EXPORT), CancelToken()
    ground.engine.run_next(Lane.POLLS, token)
    known = ground.engine.job(job.job_id).export_id
    ground.site.faults.override_download_url(form.format(id=known), count=9)
    assert ground.is_whole(ground.run(job))


def test_a_download_url_on_another_host_or_port(ground: Ground) -> None:
    page = Reply(200, BODY, {"Content-Type": "video/mp4", "ETag": '"o"'})
    for host, is_known in (("localhost", False), ("127.0.0.1", True)):
        with scripted(lambda seen: page, host=host) as elsewhere:
            ground.site.faults.override_download_url(f"{elsewhere.url}/file", count=2)
            assert ground.is_whole(ground.save(JobKind.EXPORT))
            (seen,) = elsewhere.seen
            assert ("authorization" in seen.headers) is is_known
    ground.site.faults.clear()
    ground.site.faults.override_download_url("http://[broken", count=9)
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert "malformed" in job.reason


def test_a_download_url_without_encryption_after_https(tmp_path: Path) -> None:
    """It is refused in words, nobody is asked there, and the next link works."""
    shelf, page = Shelf(), Reply(200, BODY, {"Content-Type": "video/mp4"})
    with (
        running_site(tmp_path, packager=shelf, tls=server_context(tmp_path)) as site,
        signed_in_recorder(site.rest_url, verify_tls=False) as recorder,
        scripted(lambda seen: page) as elsewhere,
    ):
        ground = Ground(tmp_path, site, recorder, shelf)
        site.faults.override_download_url(f"{elsewhere.url}/file", count=9)
        job = ground.save(JobKind.EXPORT)
        assert job.state is JobState.FAILED
        assert "without encryption" in job.reason
        assert elsewhere.seen == []
        site.faults.clear()
        assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
        assert shelf.made == 1
        ground.store.close()


@pytest.mark.parametrize(
    "name", ["../../x.mp4", "CON.mp4", "a" * 300, "a:b\x01.mp4", "C:\\windows\\x.mp4", "..", ""]
)
def test_a_hostile_file_name_stays_in_the_folder(ground: Ground, name: str) -> None:
    disposition = f'attachment; filename="{name}"'.encode("latin-1", "replace").decode("latin-1")
    ground.site.faults.name_file(disposition.replace("\x01", "?"), path="/download")
    job = ground.save()
    assert ground.is_whole(job)
    assert job.path.parent == ground.folder
    assert len(job.file_name) <= MAX_NAME_CHARS
    assert sorted(path.name for path in ground.folder.iterdir()) == [
        "gate.mp4",
        "gate.mp4.receipt.json",
    ]


@contextmanager
def small_drive(folder: Path) -> Iterator[Path]:
    """A real file system of 80 MB, where that is possible."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)]
    with suppress(OSError):
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            try:
                yield folder
            finally:
                subprocess.run(["umount", "-l", str(folder)], check=True)
            return
    pytest.skip("a small drive cannot be mounted here")


@pytest.mark.parametrize("free", [0, TENTH, len(BODY) - 1, len(BODY) + 200])
def test_a_disk_that_gets_full_at_any_byte(
    ground: Ground, tmp_path: Path, free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rta_viewer.vms.part_file._SPARE_BYTES", -(10**9))
    with small_drive(tmp_path / "drive") as drive:
        ground.folder = drive / "saved"
        ground.folder.mkdir()
        filler = drive / "filler"
        left = shutil.disk_usage(drive).free - free
        with filler.open("wb") as file:
            file.write(bytes(left))
        job = ground.save()
        assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE), job
        assert "full" in job.reason or "space" in job.reason
        ground.clock.advance(room.LOOK_EVERY_S)
        ground.engine.tend()
        assert ground.engine.job(job.job_id).state is JobState.PAUSED
        filler.unlink()
        ground.clock.advance(2 * room.LOOK_EVERY_S)
        ground.engine.tend()
        job = ground.run(job)
        assert ground.is_whole(job), job
        assert len(list(ground.folder.iterdir())) == 2


def test_a_drive_that_is_pulled_out_and_comes_back(ground: Ground, tmp_path: Path) -> None:
    gone = tmp_path / "away"
    ground.folder.mkdir()

    def pull() -> None:
        ground.folder.rename(gone)

    ground.site.faults.cut_body(5 * TENTH, path="/download")
    original = ground.naps.__call__
    pulled: list[bool] = []

    def nap(seconds: float, cancel: CancelToken) -> None:
        original(seconds, cancel)
        if not pulled:
            pulled.append(True)
            pull()

    with signed_in_recorder(ground.site.rest_url, sleep=nap) as recorder:
        ground.recorder = recorder
        job = ground.save()
    assert pulled
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE), job
    assert not ground.folder.exists()
    gone.rename(ground.folder)
    with signed_in_recorder(ground.site.rest_url) as recorder:
        ground.recorder = recorder
        ground.clock.advance(2 * room.LOOK_EVERY_S)
        ground.engine.tend()
        job = ground.run(job)
    assert ground.is_whole(job)


def test_a_target_that_is_read_only(ground: Ground, tmp_path: Path) -> None:
    with small_drive(tmp_path / "drive") as drive:
        ground.folder = drive / "saved"
        ground.folder.mkdir()
        remount = ["mount", "-o", "remount,{}", str(drive)]
        subprocess.run([word.format("ro") for word in remount], check=True)
        job = ground.save()
        assert job.state is JobState.FAILED
        assert "written" in job.reason
        subprocess.run([word.format("rw") for word in remount], check=True)
        assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
@pytest.mark.parametrize("kind", list(JobKind))
def test_a_clock_that_jumps_an_hour(ground: Ground, kind: JobKind, jump_ms: int) -> None:
    job = ground.submit(kind)
    jumped: list[JobState] = []

    def jump(changed: Job) -> None:
        if changed.state not in jumped:
            jumped.append(changed.state)
            sign = 1 if len(jumped) % 2 else -1
            ground.clock.jump(ground.clock.now_ms() + sign * jump_ms)

    ground.engine.subscribe(jump)
    assert ground.is_whole(ground.run(job))
    assert len(jumped) >= 3
    events = ground.engine.history(job.job_id)
    assert [event.state for event in events][-1] is JobState.DONE


def test_a_list_that_is_busy_for_a_moment_is_waited_for(ground: Ground) -> None:
    with closing(sqlite3.connect(ground.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, lambda: None)
        release.start()
        saved: list[Job] = []
        worker = threading.Thread(target=lambda: saved.append(ground.save()))
        worker.start()
        release.join()
        other.execute("COMMIT")
        worker.join(20)
    assert ground.is_whole(saved[0])


def test_a_list_that_cannot_be_written_is_written_later(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ground.submit()
    save, broken = ground.store.save, [True]

    def fails_at_the_end(changed: Job, why: str | None, who: str = "") -> None:
        late = changed.received_bytes and changed.state in {JobState.CHECKING, JobState.QUEUED}
        if broken[0] and late:
            raise StoreError("The list of jobs cannot be used: database is locked.")
        save(changed, why, who)

    monkeypatch.setattr(ground.store, "save", fails_at_the_end)
    assert ground.engine.run_next(Lane.CLIPS, CancelToken())
    assert ground.engine.job(job.job_id).state is JobState.FETCHING
    broken[0] = False
    ground.clock.advance(5)
    ground.engine.tend()
    assert ground.engine.job(job.job_id).state is JobState.QUEUED
    assert ground.is_whole(ground.run(job))
    assert ground.site.log.count("/download") == 1


@pytest.mark.parametrize("damage", ["all of it", "a page"])
def test_a_list_that_is_corrupt_is_rebuilt_from_what_there_is(ground: Ground, damage: str) -> None:
    saved = [ground.save(kind) for kind in JobKind]
    ground.store.close()
    data = bytearray(ground.path.read_bytes())
    if damage == "all of it":
        data[:] = b"no database" * (len(data) // 11)
    else:
        data[-4096:] = b"\xaa" * 4096
    ground.path.write_bytes(data)
    ground.store = JobStore(ground.path, ground.clock)
    ground.engine = ground._engine()
    assert ground.store.set_aside is not None
    assert ground.store.set_aside.read_bytes() == data
    assert ground.store.rebuilt == 2
    found = {job.path: job for job in ground.engine.jobs()}
    assert set(found) == {job.path for job in saved}
    for job in saved:
        again = found[job.path]
        assert (again.state, again.sha256, again.kind) == (JobState.DONE, job.sha256, job.kind)
        assert (again.span, again.camera_id) == (job.span, job.camera_id)
