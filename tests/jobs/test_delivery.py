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


def die(*_: object) -> None:
    raise Kill


def files(ground: Ground) -> list[str]:
    return sorted(path.name for path in ground.folder.iterdir())


def killed_in(ground: Ground, monkeypatch: pytest.MonkeyPatch, function: str) -> Job:
    """A job that died instead of doing that."""
    job = ground.submit()
    with monkeypatch.context() as patched:
        patched.setattr(f"rta_viewer.jobs.{function}", die)
        with pytest.raises(Kill):
            ground.run(job)
    ground.restart()
    return ground.engine.job(job.job_id)


def test_a_kill_after_the_final_name_leaves_no_note(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = killed_in(ground, monkeypatch, "placing.discard")
    assert any(name.endswith(".part.json") for name in files(ground))
    assert ground.is_whole(ground.run(job))
    assert files(ground) == ["gate.mp4", "gate.mp4.receipt.json"]


@pytest.mark.parametrize("function", ["placing._replace", "placing._rename"])
def test_a_kill_before_the_final_name_and_then_cancelled_leaves_nothing(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    job = killed_in(ground, monkeypatch, function)
    ground.engine.cancel(job.job_id)
    assert files(ground) == []


def test_a_file_that_cannot_get_its_name_leaves_nothing_when_it_is_taken_off_the_list(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "held by another program")

    monkeypatch.setattr("rta_viewer.jobs.placing._replace", held)
    job = ground.save()
    assert job.state is JobState.FAILED
    assert all(".part" in name for name in files(ground)), "nothing that looks like the file"
    ground.engine.forget(job.job_id)
    assert files(ground) == []
