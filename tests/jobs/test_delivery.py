"""The last steps of a file, taken up again after a kill; fetched by the real transfer."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.filenames import note_path
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.timetext import iso_utc
from rta_viewer.evidence.receipt import read_receipt, receipt_path
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.schedule import Lane
from tests.helpers.coded_video import VideoKind, make_video
from tests.helpers.fault_ground import HOUR_MS, Ground, fault_ground
from tests.helpers.job_recorder import video


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


@pytest.mark.parametrize("damage", ["none", "changed", "another file"])
def test_the_poller_of_exports_does_not_read_what_was_fetched(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """That takes minutes for large files, while which no other export would be asked for."""
    job = killed_at(ground, JobKind.EXPORT, JobState.CHECKING)
    part = part_of(job)
    if damage != "none":
        part.write_bytes(bytes(part.stat().st_size))
    if damage == "another file":
        part.rename(job.path)
    with monkeypatch.context() as patched:
        patched.setattr("rta_viewer.jobs.delivery.hash_file", die)
        assert ground.step(Lane.POLLS)
    assert ground.engine.job(job.job_id).state is JobState.READY
    sent = ground.site.log.count("/file")
    job = ground.work_off(job)
    assert ground.is_whole(job), job
    assert ground.orders == 1
    assert ground.site.log.count("/file") == sent + (damage != "none")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
def test_a_new_folder_lasts_before_it_is_written_down_that_it_was_there(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut it would be taken for one on a drive that is gone, and waited for without an end."""
    outer = ground.folder.parent
    ground.folder = outer / "case" / "day"
    lasting: set[int] = set()
    written_down: list[set[int]] = []
    plain = os.fsync

    def fsync(handle: int) -> None:
        lasting.add(os.fstat(handle).st_ino)
        plain(handle)

    def look(job: Job) -> None:
        if job.folder_seen and not written_down:
            written_down.append(set(lasting))

    monkeypatch.setattr(os, "fsync", fsync)
    ground.engine.subscribe(look)
    ground.save()
    assert written_down[0] >= {outer.stat().st_ino, (outer / "case").stat().st_ino}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
def test_the_final_name_lasts_before_the_job_is_done(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is pulled out a moment later has the file, not an unfinished one."""
    seen: list[list[str] | JobState] = []
    plain = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            seen.append(files(ground))
        plain(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    ground.engine.subscribe(lambda job: seen.append(job.state))
    job = ground.save()
    names = [job.file_name, receipt_path(job.path).name]
    assert seen[-2:] == [names, JobState.DONE]
    # The file's name lasts before there is a receipt: one that is left alone would keep it for ever.
    assert [job.file_name] in seen


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


@pytest.mark.parametrize("function", ["placing._replace", "placing.rename_to_free"])
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


@pytest.mark.parametrize("kind", list(JobKind))
def test_the_size_is_the_one_that_the_server_says_of_the_recordings(
    ground: Ground, kind: JobKind
) -> None:
    ground.shelf.body = video(3, 160, 90)
    job = ground.save(kind)
    assert job.state is JobState.DIFFERS
    assert job.reason == "The pictures are 160x90, the camera recorded 640x360."


def test_a_server_that_does_not_say_it_lets_it_pass(ground: Ground) -> None:
    ground.shelf.body = video(3, 160, 90)
    ground.site.faults.fail_next(100, 404, path="/timeline")
    assert ground.save().state is JobState.DONE


def test_another_quality_may_have_another_size(ground: Ground) -> None:
    ground.shelf.body = video(3, 160, 90)
    ground.request = replace(ground.request, quality="low")
    assert ground.save(JobKind.EXPORT).state is JobState.DONE


@pytest.mark.parametrize(("late_ms", "state"), [(0, JobState.DONE), (-120_000, JobState.DIFFERS)])
def test_what_the_file_says_of_its_start_is_in_the_receipt(
    ground: Ground, tmp_path: Path, late_ms: int, state: JobState
) -> None:
    starts = ground.request.span.start_ms + late_ms
    metadata = {"creation_time": iso_utc(starts)}
    made = make_video(tmp_path / "made.mp4", VideoKind(3.0), metadata)
    ground.shelf.body = made.read_bytes()
    job = ground.save()
    assert job.state is state, job.reason
    receipt = read_receipt(receipt_path(job.path))
    assert receipt.start_from == "file"
    assert receipt.stamp_ms == starts
    assert receipt.delivered is not None
    assert receipt.delivered.start_ms == starts


@pytest.mark.parametrize("ahead_ms", [-HOUR_MS - 600_000, 0, HOUR_MS + 600_000])
def test_the_time_of_making_is_known_as_such_whatever_this_clock_shows(
    ground: Ground, tmp_path: Path, ahead_ms: int
) -> None:
    metadata = {"creation_time": iso_utc(ground.clock.now_ms() + 30_000)}
    made = make_video(tmp_path / "made.mp4", VideoKind(3.0), metadata)
    ground.shelf.body = made.read_bytes()
    ground.clock.jump(ground.clock.now_ms() + ahead_ms)
    job = ground.save()
    assert job.state is JobState.DONE, job.reason
    receipt = read_receipt(receipt_path(job.path))
    assert (receipt.start_from, receipt.delivered) == ("request", ground.request.span)


def test_a_start_that_is_only_assumed_is_told_to_be(ground: Ground) -> None:
    job = ground.save()
    assert job.state is JobState.DONE
    receipt = read_receipt(receipt_path(job.path))
    assert (receipt.start_from, receipt.stamp_ms) == ("request", None)
