"""Files that are too large for a medium: whole, and as volumes beside; whatever goes wrong meanwhile."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import av
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Verdict
from rta_viewer.core.jobs import Job, JobKind, JobState, PauseCause
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.saved_file import TimeOrigin
from rta_viewer.core.spans import Span
from rta_viewer.errors import Cancelled, StorageError
from rta_viewer.evidence.receipt import Whole, read_receipt, receipt_path
from rta_viewer.jobs import cutting, delivery, placing, room, volumes
from rta_viewer.jobs.engine import Lane
from rta_viewer.jobs.examine import examine
from rta_viewer.jobs.package import index_html
from rta_viewer.jobs.rebuild import jobs_from_receipts
from rta_viewer.jobs.saved_files import read_saved_file
from rta_viewer.jobs.volumes import Volumes
from rta_viewer.media.probe import probe_file
from tests.helpers.job_desk import MINUTE, Desk, volume_desk
from tests.helpers.job_recorder import video


class _Usage(NamedTuple):
    free: int


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with volume_desk(tmp_path, monkeypatch) as made:
        yield made


def order(desk: Desk, kind: JobKind = JobKind.CLIP) -> Job:
    job = desk.submit(kind, request=SaveRequest("camera", MINUTE))
    other = replace(job, job_id="volumes", medium=Medium.DVD, file_name="large.mp4")
    desk.engine.cancel(job.job_id)
    return desk.engine.add(other)


def test_the_volumes_lie_beside_the_file_and_in_the_index(desk: Desk) -> None:
    job = desk.run(order(desk))
    assert job.state is JobState.DONE
    assert job.volume_count >= 2
    assert job.reason.endswith(f"It was also cut into {job.volume_count} volumes.")
    assert all(volume.stat().st_size <= 50_000 for volume in job.volumes)
    assert sum(probe_file(volume).picture_count for volume in job.volumes) == 600
    assert job.path.read_bytes() == desk.recorder.body
    assert all(quote(volume.name) in index_html([job]) for volume in job.volumes)


def test_nothing_is_said_of_volumes_where_the_file_fits(desk: Desk) -> None:
    other = replace(order(desk), job_id="fits", medium=Medium.BLU_RAY, file_name="fits.mp4")
    job = desk.run(desk.engine.add(other))
    assert (job.state, job.volume_count) == (JobState.DONE, 0)
    assert "cut" not in job.reason


def test_volumes_of_another_format_are_said_to_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = delivery.cut_into_volumes
    monkeypatch.setattr(
        delivery, "cut_into_volumes", lambda *args: replace(cut(*args), base="large.mkv")
    )
    job = desk.run(order(desk))
    assert "They are MKV files" in job.reason
    assert all(volume.suffix == ".mkv" for volume in job.volumes)


def test_a_kill_while_cutting_leaves_no_file_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, cut = order(desk), delivery.cut_into_volumes

    def killed(*args: object) -> Volumes:
        last = cut(*args).all[-1].path  # type: ignore[arg-type]
        last.rename(last.with_name(f"{last.name}.part"))
        receipt_path(last).unlink()
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "cut_into_volumes", killed)
        assert desk.step(job).state is JobState.QUEUED
    desk.restart()
    done = desk.run(job)
    assert done.state is JobState.DONE
    names = [path.name for path in (done.path, *done.volumes)]
    assert desk.files() == sorted([*names, *(f"{name}.receipt.json" for name in names)])
    assert desk.recorder.count("fetch_clip") == 1


def test_a_full_disk_waits_and_another_trouble_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Volumes:
        message = "The volumes cannot be written."
        raise StorageError(message) from OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "cut_into_volumes", full)
        job = desk.run(order(desk))
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    desk.recorder.body = video(60)
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 49_000)
    desk.engine.resume(job.job_id)
    job = desk.run(job)
    assert job.state is JobState.DONE
    assert job.volume_count == 0
    assert "not cut into volumes: Between two key pictures" in job.reason
    assert desk.files() == ["large.mp4", "large.mp4.receipt.json"]


def test_a_disk_that_gets_full_under_a_volume_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What writes the volumes says so in its own way."""

    def full(*_: object) -> None:
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(volumes._Writer, "write", full)
        job = desk.run(order(desk))
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    assert job.reason == "The volumes cannot be written: No space left on device."
    desk.engine.resume(job.job_id)
    job = desk.run(job)
    assert (job.state, job.volume_count >= 2) == (JobState.DONE, True)
    assert desk.recorder.count("fetch_clip") == 1


def test_volumes_wait_until_there_is_room_for_them_beside_the_whole_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut without it, they would fill the drive again and again for nothing."""
    tries = list[int]()

    def full(*_: object) -> None:
        tries.append(0)
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(volumes._Writer, "write", full)
    job = desk.run(order(desk))
    assert job.state is JobState.PAUSED
    for short_of, count in ((1, 1), (0, 2)):
        free = room._SPARE_BYTES + len(desk.recorder.body) - short_of
        monkeypatch.setattr(room.shutil, "disk_usage", lambda path, free=free: _Usage(free))
        for _ in range(2):
            desk.clock.advance(room.LOOK_EVERY_S)
            desk.engine.tend()
            desk.engine.run_next(Lane.CLIPS, CancelToken())
        assert len(tries) == count


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize("fails", ["volumes", "name"])
def test_a_drive_that_takes_nothing_beside_the_file_adds_no_lines_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: JobKind, fails: str
) -> None:
    """A full quota: the system says that there is room."""
    tries = list[int]()

    def full(*_: object) -> None:
        tries.append(0)
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    job = order(desk, kind)
    with monkeypatch.context() as patch:
        patch.setattr(room.shutil, "disk_usage", lambda path: _Usage(10**12))
        place, name = (placing, "_put_claim") if fails == "name" else (volumes._Writer, "write")
        patch.setattr(place, name, full)
        lines = list[int]()
        for _ in range(10):
            desk.turn()
            desk.clock.advance(300)
            desk.engine.tend()
            lines.append(len(desk.engine.history(job.job_id)))
    assert len(tries) > 8
    assert lines[-1] == lines[-7]
    assert desk.run(job).state is JobState.DONE
    assert desk.engine.history(job.job_id)[-1].why == "Delivered as asked"


def test_volumes_of_the_first_try_are_not_those_of_the_second(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first file was too short, the second cannot be cut."""
    desk.recorder.recorded = (Span(MINUTE.start_ms, MINUTE.end_ms + 60_000),)
    job = order(desk)
    desk.engine._board.change(job.job_id, span=desk.recorder.recorded[0])
    first = desk.run(job)
    assert (first.state, first.volume_count > 1) == (JobState.DIFFERS, True)
    again = desk.engine.retry(job.job_id)
    assert (again.volume_count, again.volume_base) == (0, "")
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 49_000)
    second = desk.run(again)
    assert second.file_name == "large (2).mp4"
    assert second.volumes == ()
    assert all(volume.exists() for volume in first.volumes)


def test_volumes_that_are_cut_once_more_are_not_those_of_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = order(desk)
    desk.engine._board.change(job.job_id, volume_count=3, volume_base="other.mp4")
    monkeypatch.setattr("rta_viewer.jobs.volume_plan.FILE_COST_BYTES", 49_000)
    assert desk.run(job).volumes == ()


def test_volumes_are_opened_at_their_true_times_and_verified(desk: Desk) -> None:
    job = desk.run(order(desk))
    start_ms = MINUTE.start_ms
    for number, path in enumerate(job.volumes, 1):
        receipt = read_receipt(receipt_path(path))
        assert receipt.volume_of == Whole("large.mp4", job.sha256, number, job.volume_count)
        for records in ([], [job]):
            opened = read_saved_file(path, records)
            assert opened.origin is TimeOrigin.RECEIPT
            assert opened.start_ms == pytest.approx(start_ms, abs=2)
            assert opened.remarks == ()
        examined = examine(path, [job], CancelToken())
        assert examined.verdict is Verdict.UNCHANGED
        start_ms += round(probe_file(path).duration_s * 1000)
    assert start_ms == pytest.approx(MINUTE.end_ms, abs=100)


def test_volumes_whose_names_are_taken_get_others(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "large (volume 2).mp4").write_bytes(b"somebody's")
    job = desk.run(order(desk))
    assert job.volumes[0].name == "large (2) (volume 1).mp4"
    assert all(path.is_file() for path in job.volumes)
    desk.restart()
    assert desk.engine.job(job.job_id).volumes == job.volumes
    assert (desk.folder / "large (volume 2).mp4").read_bytes() == b"somebody's"
    assert not (desk.folder / "large (volume 1).mp4").exists()
    (found,) = jobs_from_receipts([desk.folder], [])
    assert (found.path, found.volumes) == (job.path, job.volumes)


def test_a_receipt_that_cannot_be_written_leaves_no_volumes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        message = "The receipt cannot be written."
        raise StorageError(message)

    monkeypatch.setattr(cutting, "write_volume_receipts", fails)
    job = desk.run(order(desk))
    assert (job.state, job.volume_count) == (JobState.DONE, 0)
    assert "It was not cut into volumes: The receipt cannot be written." in job.reason
    assert desk.files() == ["large.mp4", "large.mp4.receipt.json"]
