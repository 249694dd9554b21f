"""Faults of exports, and of the links to what they made."""

from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.model import ExportState
from rta_viewer.jobs.schedule import Lane, Limits
from tests.helpers.certificates import server_context
from tests.helpers.fault_ground import BODY, TENTH, Ground, fault_ground, ready_export
from tests.helpers.scripted_http import Reply, scripted


def test_an_export_that_fails(ground: Ground) -> None:
    ground.site.exports.fail_next(1, "disk on fire")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert "disk on fire" in job.reason
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
    assert ground.orders == 2


@pytest.mark.parametrize(
    "body",
    [b"", b'{"exportId":"e1","stat', b"{}", b'{"status":"queued"}', b"<html>Welcome</html>"],
)
def test_an_answer_to_an_order_that_makes_no_sense(ground: Ground, body: bytes) -> None:
    """The server may well have begun the export: before there is a second one, that is said."""
    ground.site.faults.answer_instead(body, path="/recordings/export")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert "Whether the server has begun the export is not known." in job.reason
    assert "twice" in job.hint
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_an_order_that_is_refused(ground: Ground, status: int) -> None:
    ground.site.faults.fail_next_with_html(1, status, path="/recordings/export")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert "not known" not in job.reason


def test_progress_that_goes_back(ground: Ground) -> None:
    """The operator sees what the server says, and it goes on."""
    ground.site.exports.hold(at_percent=50)
    ground.site.faults.report_progress(80.0, 10.0, 60.0)
    job = ground.submit(JobKind.EXPORT)
    assert ground.step(Lane.POLLS)
    known = ground.engine.job(job.job_id).export_id
    assert ground.site.exports.wait_for(known, ExportState.PROCESSING)
    seen = []
    for _ in range(3):
        ground.clock.advance(60)
        assert ground.step(Lane.POLLS)
        seen.append(ground.engine.job(job.job_id).server_progress)
    assert seen == [80.0, 10.0, 60.0]
    assert ground.site.faults.armed == 0
    ground.site.exports.release()
    job = ground.work_off(job)
    assert ground.is_whole(job)
    assert (job.export_id, ground.orders) == (known, 1)


@pytest.mark.parametrize("when", ["before the transfer", "during the transfer"])
def test_a_completed_export_that_goes_back_in_progress(ground: Ground, when: str) -> None:
    """It is waited for again, by the same id; nobody orders a second one."""
    exports = ground.site.exports
    job, known = ready_export(ground)
    exports.hold(at_percent=50)

    def go_back(seconds: float, cancel: CancelToken) -> None:
        exports.begin_again(known)
        assert exports.wait_for(known, ExportState.PROCESSING)

    if when == "before the transfer":
        go_back(0, CancelToken())
    else:
        ground.site.faults.cut_body(5 * TENTH, path="/file")
    with ground.waiting_by(go_back):
        assert ground.step(Lane.EXPORTS)
    for _ in range(3):
        ground.clock.advance(60)
        ground.step(Lane.POLLS)
    waiting = ground.engine.job(job.job_id)
    assert (waiting.state, waiting.export_id) == (JobState.PREPARING, known), waiting
    assert ground.site.faults.armed == 0
    exports.release()
    job = ground.work_off(job)
    assert ground.is_whole(job), job
    assert (job.export_id, ground.orders) == (known, 1)
    states = [event.state for event in ground.engine.history(job.job_id)]
    assert JobState.PREPARING in states[states.index(JobState.READY) :]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_stumbles_just_before_the_transfer(ground: Ground, status: int) -> None:
    job, known = ready_export(ground)
    ground.site.faults.fail_next(3, status, path=f"/export/{known}")
    job = ground.work_off(job)
    assert ground.is_whole(job), job
    assert (job.export_id, ground.orders) == (known, 1)
    assert ground.site.faults.armed == 0


def test_an_export_that_is_forgotten(ground: Ground) -> None:
    ground.engine.limits = Limits(renew_expired=True)
    exports = ground.site.exports
    exports.hold()
    lost = ground.submit(JobKind.EXPORT)
    assert ground.step(Lane.POLLS)
    known = ground.engine.job(lost.job_id).export_id
    exports.forget(known)
    exports.release()
    job = ground.run(lost)
    assert ground.is_whole(job)
    assert any("forgot" in event.why for event in ground.engine.history(job.job_id))
    assert job.export_id != known
    assert ground.orders == 2


@pytest.mark.parametrize("renew", [False, True])
@pytest.mark.parametrize("when", ["while nobody looks", "while it waits", "during the transfer"])
def test_an_export_that_expires(ground: Ground, when: str, renew: bool) -> None:
    ground.engine.limits = Limits(renew_expired=renew)
    job, known = ready_export(ground)
    if when == "while nobody looks":
        ground.restart()
        ground.engine.limits = Limits(renew_expired=renew)
        ground.site.exports.expire(known)
        assert ground.step(Lane.POLLS), "the server is asked how far it is"
    elif when == "while it waits":
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
    assert ground.orders == ground.shelf.made == 2
    assert ground.site.faults.armed == 0


@pytest.mark.parametrize("form", ["{id}/file", "/api/rest/v1/recordings/export/{id}/file"])
def test_a_relative_download_url(ground: Ground, form: str) -> None:
    job = ground.submit(JobKind.EXPORT)
    assert ground.step(Lane.POLLS)
    known = ground.engine.job(job.job_id).export_id
    ground.site.faults.override_download_url(form.format(id=known), count=9)
    assert ground.is_whole(ground.run(job))
    assert ground.site.faults.armed < 9


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
    page = Reply(200, BODY, {"Content-Type": "video/mp4"})
    with (
        fault_ground(tmp_path, tls=server_context(tmp_path), verify_tls=False) as ground,
        scripted(lambda seen: page) as elsewhere,
    ):
        faults = ground.site.faults
        faults.override_download_url(f"{elsewhere.url}/file", count=9)
        job = ground.save(JobKind.EXPORT)
        assert job.state is JobState.FAILED
        assert "without encryption" in job.reason
        assert elsewhere.seen == []
        faults.clear()
        assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
        assert ground.shelf.made == 1
