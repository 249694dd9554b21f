"""Faults of the server and the line while a file is on its way."""

import hashlib
from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.timescale import wall_clock
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.jobs.schedule import Lane, Limits
from tests.helpers.fault_ground import BODY, TENTH, Ground, fault_ground
from tests.helpers.recorders import Naps


def cut_ten_times(site: DemoSite, path: str) -> None:
    for _ in range(10):
        site.faults.cut_body(TENTH, path=path)


def burst(site: DemoSite, path: str) -> None:
    for status in (500, 408, 522, 504):
        site.faults.fail_next(1, status, path=path)
    site.faults.fail_next_with_html(1, 502, path=path)


def range_before(site: DemoSite, path: str) -> None:
    site.faults.cut_body(TENTH, path=path)
    site.faults.answer_other_range(-1, path=path)


def range_behind(site: DemoSite, path: str) -> None:
    site.faults.cut_body(TENTH, path=path)
    site.faults.answer_other_range(1, path=path)


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
        range_before,
        range_behind,
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
    assert begun_again == (arm in {range_before, range_behind, ignores_range, changes}), whys


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wrong_ms", [0, 3_600_000, -3_600_000])
def test_retry_after_is_waited_for_in_both_forms(
    ground: Ground, kind: JobKind, status: int, wrong_ms: int
) -> None:
    """As seconds, and as a date, which is the server's, whatever the clock of this computer says."""
    path = "/download" if kind is JobKind.CLIP else "/file"
    ahead = wall_clock(ground.clock.now_ms() + 90_000, UTC)
    for said in ("7", format_datetime(ahead, usegmt=True)):
        ground.site.faults.fail_next(1, status, path=path, retry_after=said)
    naps, ours = Naps(), ManualClock(ground.clock.now_ms() + wrong_ms)
    with ground.waiting_by(naps, clock=ours):
        assert ground.is_whole(ground.save(kind))
    assert naps.seconds == [7.0, 90.0]
    assert ground.statuses(path) == [status, status, 200]


@pytest.mark.parametrize("status", [408, 502, 504, 522])
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
    assert any(f"status {status}" in reason for reason in told)
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
    with ground.waiting_by(nap):
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


def test_a_file_that_is_cut_off_on_the_server_is_no_success(ground: Ground) -> None:
    ground.shelf.body = BODY[: len(BODY) // 2]
    job = ground.save()
    assert job.state is JobState.DIFFERS
    assert "cut off" in job.reason


@pytest.mark.parametrize(("tenths", "rest"), [(3, 416), (5, 416), (7, 206)])
def test_a_file_that_is_truncated_on_the_server_between_two_parts(
    ground: Ground, tenths: int, rest: int
) -> None:
    """What is kept is what the server has by now, and that is no success; never the older part."""
    ground.site.faults.cut_body(5 * TENTH + 1, path="/download")
    job = ground.submit()

    def shrink(seconds: float, cancel: CancelToken) -> None:
        ground.site.faults.shrink_file(tenths * TENTH, path="/download", count=2)

    with ground.waiting_by(shrink):
        job = ground.run(job)
    assert ground.statuses("/download") == [200, rest, 200]
    assert job.state is JobState.DIFFERS
    assert "cut off" in job.reason
    assert job.path.read_bytes() == BODY[: tenths * TENTH]
    whys = [event.why for event in ground.engine.history(job.job_id)]
    assert any("changed. It is fetched again from its start" in why for why in whys), whys
    ground.site.faults.clear()
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


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
    options = RestOptions(accept=frozenset({"token"}), rate_limits=NO_LIMITS)
    with fault_ground(tmp_path, options=options) as ground:
        site = ground.site
        site.faults.cut_body(3 * TENTH, path="/download")

        def revoke(seconds: float, cancel: CancelToken) -> None:
            site.sign_in.revoke_all()

        with ground.waiting_by(revoke):
            logins = site.log.count("auth/login")
            assert ground.is_whole(ground.save())
        assert site.log.count("auth/login") == logins + 1
        assert ground.statuses("/download") == [200, 401, 206]
