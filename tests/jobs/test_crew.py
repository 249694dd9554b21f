"""Workers where there is no window: they come, work, and go."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobState
from rta_viewer.errors import Cancelled
from rta_viewer.jobs import crew as crew_module
from rta_viewer.jobs.crew import crew, run_until
from rta_viewer.jobs.package import INDEX_NAME
from rta_viewer.jobs.schedule import Lane, Limits
from tests.helpers.job_desk import REQUEST, Desk
from tests.helpers.job_orders import submit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def working() -> list[str]:
    return sorted(one.name for one in threading.enumerate() if one.name.startswith("jobs-"))


def test_each_lane_has_its_workers_until_the_end(desk: Desk) -> None:
    desk.engine.limits = Limits(clips_at_once=3)
    with crew(desk.engine, CancelToken()):
        assert working() == ["jobs-clips"] * 3 + ["jobs-exports", "jobs-polls"]
    assert working() == []


def test_it_works_until_all_is_done(desk: Desk) -> None:
    desk.submit()
    run_until(desk.engine, lambda jobs: all(job.finished for job in jobs), CancelToken())
    assert [job.state for job in desk.engine.jobs()] == [JobState.DONE]
    assert working() == []


def test_it_ends_when_it_is_told_to(desk: Desk) -> None:
    job, token = desk.submit(), CancelToken()
    desk.recorder.during_fetch = lambda _: token.cancel()
    with pytest.raises(Cancelled):
        run_until(desk.engine, lambda jobs: False, token)
    assert working() == []
    assert desk.engine.job(job.job_id).state is JobState.QUEUED


def test_workers_that_hang_are_waited_for_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew_module, "_JOIN_S", 0.5)
    desk.engine.limits = Limits(clips_at_once=10)
    share_is_back = threading.Event()

    def hangs(lane: Lane, cancel: CancelToken) -> None:
        share_is_back.wait(30)

    monkeypatch.setattr(desk.engine, "work", hangs)
    with crew(desk.engine, CancelToken()):
        begun_s = time.monotonic()
    took_s = time.monotonic() - begun_s
    hung = [one for one in threading.enumerate() if one.name.startswith("jobs-")]
    share_is_back.set()
    for one in hung:
        one.join(10)
    assert len(hung) == 12
    assert took_s < 3


def test_indexes_that_a_kill_left_behind_are_written_also_where_nothing_is_to_be_done(
    desk: Desk,
) -> None:
    indexes = []
    for name in ("one", "two", "three"):
        folder = desk.folder / name
        job = submit(desk.engine, REQUEST, folder=folder, file_name="gate.mp4", package=name)
        assert desk.run(job).state is JobState.DONE
        indexes.append(folder / INDEX_NAME)
        indexes[-1].unlink()
    desk.restart()
    run_until(desk.engine, lambda jobs: True, CancelToken())
    assert all(index.exists() for index in indexes)
