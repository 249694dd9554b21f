from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.save_estimate import Experience
from rta_viewer.core.save_medium import Medium
from rta_viewer.jobs import room
from rta_viewer.jobs.experience import experience_of
from rta_viewer.jobs.room import bytes_to_come
from tests.helpers.job_desk import REQUEST, Desk
from tests.helpers.job_recorder import SPAN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def export(desk: Desk, request: SaveRequest = REQUEST) -> None:
    """Packaging takes a second of the clock, the transfer half of one."""
    job = desk.submit(JobKind.EXPORT, request)
    desk.recorder.during_fetch = lambda _cancel: desk.clock.advance(0.5)
    assert desk.run(job).state is JobState.DONE


def test_before_the_first_export_only_the_rate_of_clips_is_known(desk: Desk) -> None:
    assert experience_of(desk.engine, "http://server") == Experience()
    desk.recorder.during_fetch = lambda _cancel: desk.clock.advance(2.0)
    desk.run(desk.submit(JobKind.CLIP))
    rate = len(desk.recorder.body) / 2.0
    assert experience_of(desk.engine, "http://server") == Experience(rate)


def test_exports_tell_rate_and_pace_by_how_they_were_made(desk: Desk) -> None:
    export(desk)
    plain = experience_of(desk.engine, "http://server")
    assert plain.bytes_per_s == pytest.approx(len(desk.recorder.body) / 0.5)
    assert plain.pace == pytest.approx(SPAN.duration_ms / 1000)
    assert plain.encoding_pace is None
    export(desk, SaveRequest("camera", SPAN, watermark=Watermark("x")))
    both = experience_of(desk.engine, "http://server")
    assert both.encoding_pace == pytest.approx(SPAN.duration_ms / 1000)
    assert experience_of(desk.engine, "http://elsewhere") == Experience()


def test_what_is_still_to_come_needs_room_on_its_drive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.submit(JobKind.CLIP)
    desk.engine._board.change(job.job_id, estimated_bytes=5000)
    assert bytes_to_come(desk.engine.jobs(), desk.root) == 5000
    for size_bytes, needed in ((4_000_000_000, 4_000_000_000), (5_000_000_000, 10_000_000_000)):
        desk.engine._board.change(job.job_id, estimated_bytes=size_bytes, medium=Medium.DVD)
        assert bytes_to_come(desk.engine.jobs(), desk.root) == needed, "volumes lie beside it"
    desk.engine._board.change(job.job_id, total_bytes=1000, received_bytes=300)
    jobs = desk.engine.jobs()
    assert bytes_to_come(jobs, desk.root / "other") == 700
    with monkeypatch.context() as patch:
        patch.setattr(room, "_drive", lambda folder: 1 if folder == desk.folder else 2)
        assert bytes_to_come(jobs, desk.folder) == 700
        assert bytes_to_come(jobs, Path("elsewhere")) == 0
    desk.engine.cancel(job.job_id)
    assert bytes_to_come(desk.engine.jobs(), desk.root) == 0
