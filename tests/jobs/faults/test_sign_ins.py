"""An administrator changes the password while files are on their way."""

from pathlib import Path

import pytest

from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.secret import Secret
from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.jobs.schedule import Lane, Limits
from tests.helpers.fault_ground import fault_ground
from tests.helpers.recorders import signed_in_recorder


@pytest.mark.parametrize("way", ["basic", "token", "openid"])
def test_a_changed_password_is_tried_once_and_all_goes_on_after_the_sign_in(
    tmp_path: Path, way: str
) -> None:
    options = RestOptions(accept=frozenset({way}))
    with fault_ground(tmp_path, options=options) as ground:
        ground.engine.limits = Limits(patience=30)
        begun = ground.submit(JobKind.EXPORT)
        ground.step(Lane.POLLS)
        jobs = [begun, *(ground.submit(kind) for kind in [*JobKind] * 3)]
        ground.site.world.set_password(Secret("another"))
        ground.site.sign_in.revoke_all()
        before = len(ground.site.log.entries())
        for _ in range(5):
            ground.do_what_is_due()
            ground.clock.advance(60)
        said = [entry.path for entry in ground.site.log.entries()[before:]]
        assert len(said) == 2, (
            "a token, and the password for another one; or the password, and whether it is right at all"
        )
        told = [ground.engine.job(job.job_id) for job in jobs]
        assert {job.state for job in told} <= {JobState.QUEUED, JobState.PREPARING}
        assert all("did not accept" in job.reason for job in told)
        with signed_in_recorder(
            ground.site.rest_url, clock=ground.clock, sleep=ground.naps, typed="another"
        ) as ground.recorder:
            assert all(ground.is_whole(ground.work_off(job)) for job in jobs)
        assert ground.orders == 4


@pytest.mark.parametrize("patience", [30, 0])
@pytest.mark.parametrize("way", ["basic", "token", "openid"])
def test_one_camera_that_is_refused_keeps_no_other_from_being_saved(
    tmp_path: Path, way: str, patience: int
) -> None:
    options = RestOptions(accept=frozenset({way}))
    with fault_ground(tmp_path, options=options) as ground:
        ground.engine.limits = Limits(patience=patience)
        refused, other = ground.submit(), ground.submit()
        ground.site.faults.fail_next(1 if way == "basic" else 2, 401, path="/download")
        assert ground.is_whole(ground.work_off(other))
        job = ground.engine.job(refused.job_id)
        assert (job.state, job.reason) == (
            JobState.FAILED,
            "This user is not allowed to do that on the server.",
        )


@pytest.mark.parametrize("patience", [30, 0])
@pytest.mark.parametrize("way", ["basic", "token", "openid"])
def test_who_may_not_know_what_was_recorded_gets_the_file_all_the_same(
    tmp_path: Path, way: str, patience: int
) -> None:
    options = RestOptions(accept=frozenset({way}))
    with fault_ground(tmp_path, options=options) as ground:
        ground.engine.limits = Limits(patience=patience)
        ground.site.faults.fail_next(2, 401, path="/timeline")
        job = ground.work_off(ground.submit())
        assert ground.is_whole(job)
        assert "only the length" in job.reason
