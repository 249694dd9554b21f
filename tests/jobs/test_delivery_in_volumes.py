"""Files that are too large for a medium: whole, and as volumes beside; whatever goes wrong meanwhile."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.core.spans import Span
from rta_viewer.errors import Cancelled, StorageError
from rta_viewer.jobs import delivery
from rta_viewer.jobs.package import index_html
from rta_viewer.media.probe import probe_file
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import SPAN, video

MINUTE = Span(SPAN.start_ms, SPAN.start_ms + 60_000)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setitem(VOLUME_BYTES, Medium.DVD, 50_000)
    monkeypatch.setattr("rta_viewer.jobs.volumes._FILE_COST_BYTES", 8_000)
    desk = Desk(tmp_path)
    desk.recorder.body = video(60)
    desk.recorder.recorded = (MINUTE,)
    yield desk
    desk.store.close()


def order(desk: Desk) -> Job:
    job = desk.submit(request=SaveRequest("camera", MINUTE))
    other = replace(job, job_id="volumes", medium=Medium.DVD, file_name="large.mp4")
    desk.engine.cancel(job.job_id)
    return desk.engine.add(other)


def test_the_volumes_lie_beside_the_file_and_in_the_index(desk: Desk) -> None:
    job = desk.run(order(desk))
    assert job.state is JobState.DONE
    assert job.volume_count >= 2
    assert f"{job.volume_count} volumes" in job.reason
    assert all(volume.stat().st_size <= 50_000 for volume in job.volumes)
    assert sum(probe_file(volume).picture_count for volume in job.volumes) == 600
    assert job.path.read_bytes() == desk.recorder.body
    assert all(quote(volume.name) in index_html([job]) for volume in job.volumes)


def test_a_kill_while_cutting_leaves_no_file_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, cut = order(desk), delivery.split_at_key_pictures

    def killed(*args: object, **names: object) -> list[Path]:
        volumes = cut(*args, **names)  # type: ignore[arg-type]
        volumes[-1].rename(volumes[-1].with_name(f"{volumes[-1].name}.part"))
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "split_at_key_pictures", killed)
        assert desk.run(job).state is JobState.QUEUED
    desk.restart()
    done = desk.run(job)
    assert done.state is JobState.DONE
    names = [path.name for path in (done.path, *done.volumes)]
    assert desk.files() == sorted([*names, "large.mp4.receipt.json"])
    assert desk.recorder.count("fetch_clip") == 1


def test_a_full_disk_waits_and_another_trouble_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> list[Path]:
        message = "The volumes cannot be written."
        raise StorageError(message) from OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "split_at_key_pictures", full)
        job = desk.run(order(desk))
    assert (job.state, job.pause_cause) == (JobState.PAUSED, PauseCause.STORAGE)
    (desk.folder / "large (volume 1).mp4").write_bytes(b"somebody's")
    desk.engine.resume(job.job_id)
    job = desk.run(job)
    assert job.state is JobState.DONE
    assert job.volume_count == 0
    assert "there already" in job.reason
    assert (desk.folder / "large (volume 1).mp4").read_bytes() == b"somebody's"
