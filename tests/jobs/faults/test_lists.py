"""Lists of jobs that are busy, cannot be written, or are damaged."""

import sqlite3
import threading
from contextlib import closing

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.jobs.schedule import Lane
from rta_viewer.jobs.store import StoreError
from tests.helpers.fault_ground import Ground


def test_a_list_that_is_busy_for_a_moment_is_waited_for(ground: Ground) -> None:
    with closing(sqlite3.connect(ground.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, lambda: None)
        release.start()
        saved: list[Job] = []
        worker = threading.Thread(target=lambda: saved.append(ground.save()))
        worker.start()
        release.join()
        other.execute("COMMIT")
        worker.join(20)
    assert ground.is_whole(saved[0])


def test_a_list_that_cannot_be_written_is_written_later(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ground.submit()
    save, broken = ground.store.save, [True]

    def fails_at_the_end(changed: Job, why: str | None, who: str = "") -> None:
        late = changed.received_bytes and changed.state in {JobState.CHECKING, JobState.QUEUED}
        if broken[0] and late:
            raise StoreError("The list of jobs cannot be used: database is locked.")
        save(changed, why, who)

    monkeypatch.setattr(ground.store, "save", fails_at_the_end)
    assert ground.engine.run_next(Lane.CLIPS, CancelToken())
    assert ground.engine.job(job.job_id).state is JobState.FETCHING
    broken[0] = False
    ground.clock.advance(5)
    ground.engine.tend()
    assert ground.engine.job(job.job_id).state is JobState.QUEUED
    assert ground.is_whole(ground.run(job))
    assert ground.site.log.count("/download") == 1


@pytest.mark.parametrize("damage", ["all of it", "a page"])
def test_a_list_that_is_corrupt_is_rebuilt_from_what_there_is(ground: Ground, damage: str) -> None:
    saved = [ground.save(kind) for kind in JobKind]
    ground.store.close()
    data = bytearray(ground.path.read_bytes())
    if damage == "all of it":
        data[:] = b"no database" * (len(data) // 11)
    else:
        data[-4096:] = b"\xaa" * 4096
    ground.path.write_bytes(data)
    ground.reopen()
    assert ground.store.set_aside is not None
    assert ground.store.set_aside.read_bytes() == data
    assert ground.store.rebuilt == 2
    found = {job.path: job for job in ground.engine.jobs()}
    assert set(found) == {job.path for job in saved}
    for job in saved:
        again = found[job.path]
        assert (again.state, again.sha256, again.kind) == (JobState.DONE, job.sha256, job.kind)
        assert (again.span, again.camera_id) == (job.span, job.camera_id)
