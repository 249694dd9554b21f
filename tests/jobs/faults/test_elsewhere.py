"""A job goes on in another folder, and the program is killed meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState, PauseCause
from rta_viewer.jobs import placing
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.package import INDEX_NAME
from rta_viewer.jobs.schedule import Lane
from tests.helpers.held_jobs import Package, whole_unplaced
from tests.helpers.job_desk import Desk

BEFORE_IT_IS_ORDERED = 1
"""Steps after which it is known at the next start."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def kill_at(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int) -> Iterator[None]:
    """Before the given one of all the changes to drive and list that going on elsewhere makes."""
    left = [step]

    def counted(patch: pytest.MonkeyPatch, target: object, name: str) -> None:
        really = getattr(target, name)

        def act(*args: object, **named: object) -> object:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return really(*args, **named)

        patch.setattr(target, name, act)

    with monkeypatch.context() as patch:
        counted(patch, placing, "make_folder")
        counted(patch, desk.store, "save")
        for name in ("unlink", "hardlink_to", "rename", "replace"):
            counted(patch, Path, name)
        yield


def go_on_until_killed(
    desk: Desk, job: Job, other: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Or until it is done, where that takes fewer steps."""
    with kill_at(desk, monkeypatch, step), suppress(Killed):
        desk.engine.go_on_in(job.job_id, other)


def begin_again(desk: Desk) -> None:
    """As after a kill, with workers that are quicker than whoever looks after orders."""
    desk.restart()
    desk.engine.run_next(Lane.CLIPS, CancelToken())
    desk.clock.advance(5)
    desk.engine.tend()


def names_under(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("step", range(18))
def test_a_kill_at_any_step_leaves_nothing_behind_and_loses_nothing(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    job = desk.engine.resume(whole_unplaced(desk, monkeypatch).job_id)
    part_of(job).with_name(f"{part_of(job).name}.json").write_text("{}")
    go_on_until_killed(desk, job, other, monkeypatch, step)
    begin_again(desk)
    done = desk.engine.job(job.job_id)
    done = done if done.state is JobState.DONE else desk.run(done)
    assert done.state is JobState.DONE
    assert desk.recorder.count("fetch_clip") == 1, "a whole one is not fetched again"
    left = [*names_under(desk.folder), *names_under(other)]
    assert left == ["gate.mp4", "gate.mp4.receipt.json"]
    assert done.folder == (desk.folder if step < BEFORE_IT_IS_ORDERED else other)
    assert desk.store.inbox is not None
    assert desk.store.inbox.waiting() == []


@pytest.mark.parametrize("step", range(BEFORE_IT_IS_ORDERED, 22))
def test_a_kill_at_any_step_keeps_what_waits_of_a_package_together(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    made = Package(desk)
    for name in ("held", "waits"):
        part_of(desk.engine.job(name)).write_bytes(b"half")
    go_on_until_killed(desk, desk.engine.job("full"), other, monkeypatch, step)
    begin_again(desk)
    assert desk.engine.job("held").pause_cause is PauseCause.OPERATOR
    desk.engine.resume("held")
    desk.turn(4)
    assert {name: made.folders()[name] for name in ("held", "full", "waits")} == dict.fromkeys(
        ("held", "full", "waits"), other / "Bank"
    )
    assert [made.states()[at] for at in (0, 2, 3, 4)] == [JobState.DONE] * 4
    assert [one for one in names_under(desk.folder) + names_under(other) if ".part" in one] == []
    assert len([one for one in names_under(other) if one.endswith(".mp4")]) == 3
    page = (other / "Bank" / INDEX_NAME).read_text(encoding="utf-8")
    assert "3 of 3 files are here." in page
