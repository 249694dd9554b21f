"""The last steps of a file, taken up again after a kill; fetched by the real transfer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.filenames import note_path
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.jobs.delivery import part_of
from tests.helpers.fault_ground import Ground, fault_ground


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with fault_ground(tmp_path) as made:
        yield made


class Kill(BaseException):
    """Ends a run as abruptly as a test can."""


def killed_at(ground: Ground, kind: JobKind, state: JobState) -> Job:
    """A job that died right after it was written that it is in ``state``."""
    job = ground.submit(kind)

    def die(one: Job) -> None:
        if one.state is state:
            raise Kill

    ground.engine.subscribe(die)
    with pytest.raises(Kill):
        ground.run(job)
    ground.restart()
    return ground.engine.job(job.job_id)


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("same_length", [False, True])
def test_a_part_that_was_damaged_meanwhile_is_fetched_again(
    ground: Ground, kind: JobKind, same_length: bool
) -> None:
    job = killed_at(ground, kind, JobState.CHECKING)
    part = part_of(job)
    assert '"complete": true' in note_path(part).read_text()
    data = bytearray(part.read_bytes())
    data[-1000:-500] = bytes(500 if same_length else 0)
    part.write_bytes(data)
    paths = "/download" if kind is JobKind.CLIP else "/file"
    fetched = ground.site.log.count(paths)
    job = ground.run(job)
    assert ground.is_whole(job), job
    assert ground.site.log.count(paths) == fetched + 1
    whys = [event.why for event in ground.engine.history(job.job_id)]
    assert sum("again from its start" in why for why in whys) == 1


def test_a_part_that_was_not_damaged_is_not_fetched_again(ground: Ground) -> None:
    job = killed_at(ground, JobKind.CLIP, JobState.CHECKING)
    fetched = ground.site.log.count("/download")
    assert ground.is_whole(ground.run(job))
    assert ground.site.log.count("/download") == fetched
