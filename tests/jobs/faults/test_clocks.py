"""Clocks that jump."""

import pytest

from rta_viewer.core.jobs import Job, JobKind, JobState
from tests.helpers.fault_ground import HOUR_MS, Ground


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
