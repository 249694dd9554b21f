"""Jobs that go on in another folder, as they are before."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.errors import StorageError, TargetLostError
from rta_viewer.jobs import placing
from rta_viewer.jobs.schedule import Lane
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import SPAN
from tests.helpers.job_recorder import job as odd_job

FULL = TargetLostError("The disk is full: /x.", "Free some space.")


def whole_unplaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Job:
    """All of it is fetched, and nothing more can be written."""

    def refuses(path: Path, part: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(placing, "_put_claim", refuses)
        job = desk.run(desk.submit())
    assert job.waits_for_drive
    assert job.sha256
    return job


class Package:
    """Five files for one folder: one is saved, one failed, one was paused, two wait."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.folder = desk.folder / "Bank"
        plain = odd_job(
            kind=JobKind.CLIP,
            server="http://server",
            username="demo",
            span=SPAN,
            folder=self.folder,
            package="bank",
        )
        self.ids = ["saved", "failed", "held", "full", "waits"]
        jobs = [replace(plain, job_id=name, file_name=f"{name}.mp4") for name in self.ids]
        desk.engine.add_all(jobs)
        desk.engine.pause("held")
        for trouble in (None, StorageError("Read-only."), FULL):
            if trouble is not None:
                desk.recorder.fail("fetch_clip", trouble)
            assert desk.engine.run_next(Lane.CLIPS, CancelToken())

    def folders(self) -> dict[str, Path]:
        return {name: self.desk.engine.job(name).folder for name in self.ids}

    def states(self) -> list[JobState]:
        return [self.desk.engine.job(name).state for name in self.ids]
