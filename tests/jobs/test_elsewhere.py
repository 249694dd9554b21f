"""A job that goes on in another folder."""

import errno
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import LATE_S
from rta_viewer.core.jobs import Job, JobKind, JobState, PauseCause
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.jobs import placing, room
from rta_viewer.jobs.delivery import part_of
from rta_viewer.jobs.engine import NotMovableError
from rta_viewer.jobs.inbox import Do, Order
from rta_viewer.jobs.package import INDEX_NAME
from rta_viewer.jobs.schedule import Lane
from rta_viewer.platform.drives import DriveLook
from tests.helpers.held_jobs import FULL, Package, whole_unplaced
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import video


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


@pytest.fixture
def two_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be renamed from one folder to another."""

    really = placing.rename_to_free

    def rename(path: Path, target: Path) -> None:
        if path.parent != target.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        really(path, target)

    monkeypatch.setattr(placing, "rename_to_free", rename)


def half_fetched(desk: Desk, kind: JobKind = JobKind.CLIP) -> Job:
    """Its drive was full in the middle."""

    def fills(cancel: CancelToken) -> None:
        raise FULL

    desk.recorder.during_fetch = fills
    job = desk.run(desk.submit(kind))
    desk.recorder.during_fetch = lambda cancel: None
    assert job.waits_for_drive
    assert part_of(job).exists()
    return job


def said(desk: Desk, job: Job) -> tuple[str, str]:
    event = desk.engine.history(job.job_id)[-1]
    return event.why, event.who


@pytest.mark.parametrize("kind", list(JobKind))
def test_on_the_same_drive_what_was_fetched_comes_along(
    desk: Desk, other: Path, kind: JobKind
) -> None:
    job = half_fetched(desk, kind)
    half, taken = part_of(job).read_bytes(), desk.folder / "gate.mp4"
    part_of(job).with_name(f"{part_of(job).name}.json").write_text("note")
    taken.write_text(part_of(job).name)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert (moved.state, moved.folder, moved.reason) == (JobState.QUEUED, other, "")
    assert said(desk, job) == (f"It goes on in {other}, with what was fetched", "demo")
    assert desk.files() == [], "the name that was taken for it is free, too"
    part = part_of(moved)
    assert part.read_bytes() == half
    assert part.with_name(f"{part.name}.json").read_text() == "note"
    assert moved.received_bytes == job.received_bytes > 0
    done = desk.run(moved)
    assert (done.state, done.path.read_bytes()) == (JobState.DONE, video())
    assert desk.recorder.count("create_export") == (kind is JobKind.EXPORT)


@pytest.mark.usefixtures("two_drives")
@pytest.mark.parametrize("kind", list(JobKind))
def test_on_another_drive_it_is_fetched_again(desk: Desk, other: Path, kind: JobKind) -> None:
    job = half_fetched(desk, kind)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert said(desk, job) == (f"It goes on in {other}, from its start", "demo")
    assert (desk.files(), moved.received_bytes, moved.export_id) == ([], 0, job.export_id)
    assert desk.run(moved).path.read_bytes() == video()
    assert desk.recorder.count("create_export") == (kind is JobKind.EXPORT)


@pytest.mark.parametrize("begun", [True, False])
def test_where_the_drive_is_gone_nothing_of_it_is_waited_for(
    desk: Desk, other: Path, begun: bool
) -> None:
    job = half_fetched(desk) if begun else desk.submit()
    if begun:
        desk.folder.rename(desk.root / "away")
    desk.engine.go_on_in(job.job_id, other)
    stays = f", from its start. What was fetched stays in {desk.folder}" if begun else ""
    assert said(desk, job)[0] == f"It goes on in {other}{stays}"
    assert desk.run(job).path == other / "gate.mp4"
    assert not desk.folder.exists()


def test_a_drive_that_does_not_answer_is_left_alone(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, back = half_fetched(desk), threading.Event()
    desk.engine._board.change(job.job_id, mount_point="/share")
    monkeypatch.setattr(room, "_LONGEST_LOOK_S", 0.05)
    monkeypatch.setattr(room, "has_room", lambda job: job.folder == other or back.wait(60))
    moved = desk.engine.go_on_in(job.job_id, other)
    assert "What was fetched stays in" in said(desk, job)[0]
    assert part_of(job).exists()
    desk.recorder.fail("fetch_clip", FULL)
    assert desk.run(moved).waits_for_drive
    monkeypatch.setattr(room, "_LONGEST_LOOK_S", 60)
    desk.clock.advance(room.LOOK_EVERY_S)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.QUEUED, "the other drive does answer"
    look = desk.engine._endings.room._looks[job.job_id, job.folder]
    back.set()
    assert look.ends_within(60)


def test_a_drive_under_another_letter_has_it_already(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    other.rmdir()
    desk.folder.rename(other)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert said(desk, job)[0] == f"It goes on in {other}, with what was fetched"
    assert moved.received_bytes == job.received_bytes
    assert [path.name for path in other.iterdir()] == [part_of(moved).name]


def test_two_names_of_one_folder_lose_nothing(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    other.rmdir()
    other.symlink_to(desk.folder)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert said(desk, job)[0] == f"It goes on in {other}, with what was fetched"
    assert part_of(moved).exists()


def test_a_whole_file_is_not_fetched_twice(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = whole_unplaced(desk, monkeypatch)
    done = desk.run(desk.engine.go_on_in(job.job_id, other))
    assert (done.state, done.path.read_bytes()) == (JobState.DONE, video())
    assert desk.recorder.count("fetch_clip") == 1


@pytest.mark.usefixtures("two_drives")
def test_a_whole_file_on_another_drive_stays_as_the_server_may_have_it_no_more(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = whole_unplaced(desk, monkeypatch)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert f"What was fetched stays in {desk.folder}" in said(desk, job)[0]
    assert part_of(job).read_bytes() == video()
    assert desk.run(moved).path.read_bytes() == video()


def test_nothing_is_overwritten(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    (other / "gate.mp4").write_text("somebody's")
    done = desk.run(desk.engine.go_on_in(job.job_id, other))
    assert done.path == other / "gate (2).mp4"
    assert (other / "gate.mp4").read_text() == "somebody's"


@pytest.mark.parametrize("how", ["cancel", "fail", "pause", "wait"])
def test_what_ended_badly_or_waits_goes_on(desk: Desk, other: Path, how: str) -> None:
    job = desk.submit(JobKind.EXPORT)
    if how == "fail":
        desk.recorder.fail("create_export", StorageError("Read-only."))
        assert desk.run(job).state is JobState.FAILED
    elif how != "wait":
        getattr(desk.engine, how)(job.job_id)
    moved = desk.engine.go_on_in(job.job_id, other)
    assert (moved.state, moved.failure, moved.reason) == (JobState.QUEUED, "", "")
    assert said(desk, job) == (f"It goes on in {other}", "demo")
    assert desk.run(moved).path == other / "gate.mp4"


def test_what_is_under_way_or_done_stays(desk: Desk, other: Path) -> None:
    job = desk.submit()
    refused = list[type[Exception]]()

    def try_it(cancel: CancelToken) -> None:
        with pytest.raises(NotMovableError, match="Only what waits") as caught:
            desk.engine.go_on_in(job.job_id, other)
        refused.append(caught.type)

    desk.recorder.during_fetch = try_it
    assert desk.run(job).path == desk.folder / "gate.mp4"
    try_it(CancelToken())
    assert len(refused) == 2
    assert list(other.iterdir()) == []


def test_what_somebody_works_on_stays_though_it_is_not_written_down_yet(
    desk: Desk, other: Path
) -> None:
    job = desk.submit()
    assert desk.engine._running.take(job.job_id) is not None
    with pytest.raises(UsageError):
        desk.engine.go_on_in(job.job_id, other)
    assert desk.engine.job(job.job_id).folder == desk.folder
    desk.engine._running.release(job.job_id)


def test_a_folder_that_cannot_be_used_is_refused(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    (other / "file").write_text("x")
    with pytest.raises(NotMovableError, match="is a file"):
        desk.engine.go_on_in(job.job_id, other / "file")
    with pytest.raises(NotMovableError, match="whole path"):
        desk.engine.go_on_in(job.job_id, Path("here"))
    assert desk.engine.job(job.job_id) == job


@pytest.mark.parametrize("how", ["paused", "failed"])
def test_the_same_folder_is_only_gone_on_with(desk: Desk, how: str) -> None:
    job = half_fetched(desk)
    if how == "failed":
        desk.engine._endings.resume(job)
        desk.recorder.fail("fetch_clip", StorageError("Read-only."))
        job = desk.run(job)
    moved = desk.engine.go_on_in(job.job_id, desk.folder)
    assert moved.state is JobState.QUEUED
    assert said(desk, job)[0] == ("Resumed" if how == "paused" else "Tried again")
    assert part_of(moved).exists()


def test_where_the_list_cannot_be_written_all_stays_as_it_was(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = half_fetched(desk)

    def full(*_args: object) -> None:
        raise StorageError("The list cannot be written.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "save", full)
        with pytest.raises(StorageError):
            desk.engine.go_on_in(job.job_id, other)
    assert desk.engine.job(job.job_id) == job
    assert part_of(job).exists()
    assert list(other.iterdir()) == []
    assert desk.run(desk.engine.go_on_in(job.job_id, other)).path == other / "gate.mp4"


def test_it_is_known_after_a_restart(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    desk.engine.go_on_in(job.job_id, other)
    desk.restart()
    assert desk.run(desk.engine.job(job.job_id)).path == other / "gate.mp4"


def test_other_processes_can_order_it(desk: Desk, other: Path) -> None:
    job = half_fetched(desk)
    box = desk.store.inbox
    assert box is not None
    for _ in range(2):
        box.put(Order(Do.GO_ON_IN, job.job_id, folder=str(other)))
    box.put(Order(Do.GO_ON_IN, job.job_id, folder=str(other / "no" / "\0")))
    desk.clock.advance(5)
    desk.engine.tend()
    assert box.waiting() == []
    assert desk.engine.job(job.job_id).folder == other
    assert [event.why for event in desk.engine.history(job.job_id)].count(said(desk, job)[0]) == 1


def test_what_waits_of_a_package_comes_along_into_a_folder_of_its_own(
    desk: Desk, other: Path
) -> None:
    made = Package(desk)
    desk.engine.go_on_in("full", other)
    home = other / "Bank"
    stay = dict.fromkeys(("saved", "failed"), made.folder)
    assert made.folders() == stay | dict.fromkeys(("held", "full", "waits"), home)
    assert made.states()[2:] == [JobState.PAUSED, JobState.QUEUED, JobState.QUEUED]
    assert desk.engine.job("held").pause_cause is PauseCause.OPERATOR
    desk.turn(3)
    desk.engine.go_on_in("failed", other)
    desk.engine.resume("held")
    desk.turn(3)
    assert made.folders()["failed"] == home, "who comes later joins them"
    assert set(made.states()) == {JobState.DONE}
    page = (home / INDEX_NAME).read_text(encoding="utf-8")
    assert "4 of 4 files are here." in page
    assert all(f'href="./{name}.mp4"' in page for name in made.ids[1:])
    page = (made.folder / INDEX_NAME).read_text(encoding="utf-8")
    assert "1 of 5 files are here." in page
    assert page.count('class="missing"') == 4
    assert desk.engine.job("saved").package == "bank"
    assert len({desk.engine.job(name).package for name in made.ids[1:]} - {"bank"}) == 1


def test_another_package_of_that_name_keeps_its_folder(desk: Desk, other: Path) -> None:
    Package(desk)
    (other / "Bank").mkdir()
    assert desk.engine.go_on_in("waits", other).folder == other / "Bank (2)"


@pytest.mark.parametrize("chosen", [".", "Bank"])
def test_a_package_whose_drive_has_another_letter_is_at_home(
    desk: Desk, other: Path, chosen: str
) -> None:
    made = Package(desk)
    other.rmdir()
    desk.folder.rename(other)
    moved = desk.engine.go_on_in("waits", other / chosen)
    assert (moved.folder, moved.package) == (other / "Bank", "bank")
    desk.turn(3)
    page = (other / "Bank" / INDEX_NAME).read_text(encoding="utf-8")
    assert "3 of 5 files are here." in page
    assert not (other / "Bank" / "index (2).html").exists()
    assert made.folders()["saved"] == made.folder


def placed_unsaid(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Job:
    """It has its name, and no receipt yet."""
    job = whole_unplaced(desk, monkeypatch)
    part_of(job).rename(job.path)
    return job


def test_a_file_that_has_the_name_there_is_not_taken_for_what_was_fetched(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = placed_unsaid(desk, monkeypatch)
    (other / "gate.mp4").write_bytes(video())
    moved = desk.engine.go_on_in(job.job_id, other)
    assert f"What was fetched stays in {desk.folder}" in said(desk, job)[0]
    assert moved.sha256 == ""
    desk.engine.cancel(job.job_id)
    assert (other / "gate.mp4").read_bytes() == video()
    assert job.path.read_bytes() == video()


def test_a_file_with_its_name_is_known_under_the_other_name_of_its_folder(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = placed_unsaid(desk, monkeypatch)
    other.rmdir()
    other.symlink_to(desk.folder)
    done = desk.run(desk.engine.go_on_in(job.job_id, other))
    assert (done.state, done.path) == (JobState.DONE, other / "gate.mp4")
    assert desk.recorder.count("fetch_clip") == 1


def test_what_hangs_in_the_hands_of_another_job_is_not_asked(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dying stick answers the look from memory."""
    job = half_fetched(desk)
    monkeypatch.setattr(desk.engine._drives, "hold_up", lambda one: one.folder == desk.folder)
    desk.engine.go_on_in(job.job_id, other)
    assert "What was fetched stays in" in said(desk, job)[0]
    assert part_of(job).exists()


def test_how_its_last_step_ended_does_not_matter_any_more(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.submit()

    def full(*_args: object) -> None:
        raise StorageError("The list cannot be written.")

    desk.folder.write_text("a file")
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "save", full)
        desk.step(job)
    assert desk.engine._endings.is_unsettled(job.job_id)
    moved = desk.engine.go_on_in(job.job_id, other)
    desk.clock.advance(5)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.QUEUED
    assert desk.run(moved).path == other / "gate.mp4"


def test_nothing_is_made_where_the_drive_is_gone_if_the_list_cannot_be_written(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = half_fetched(desk)
    other.rmdir()
    desk.folder.rename(other)

    def full(*_args: object) -> None:
        raise StorageError("The list cannot be written.")

    monkeypatch.setattr(desk.store, "save", full)
    with pytest.raises(StorageError):
        desk.engine.go_on_in(job.job_id, other)
    assert not desk.folder.exists()
    assert part_of(replace(job, folder=other)).exists()


def test_an_order_that_hangs_at_a_drive_is_in_one_pair_of_hands(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, box, asked = half_fetched(desk), desk.store.inbox, list[Path]()
    assert box is not None
    box.put(Order(Do.GO_ON_IN, job.job_id, folder=str(other)))

    def look(folder: Path) -> DriveLook:
        asked.append(folder)
        assert len(asked) == 1
        with desk.engine._drives.watching(Lane.POLLS):
            desk.clock.advance(LATE_S)
            desk.engine.tend()
        assert desk.engine.wants_help(Lane.POLLS)
        return DriveLook()

    monkeypatch.setattr("rta_viewer.jobs.engine.look_at", look)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    assert asked == [other]
    assert desk.engine.job(job.job_id).folder == other
    assert box.waiting() == []


@pytest.mark.parametrize("how", ["cancel", "pause"])
def test_who_stops_it_while_its_drive_is_asked_is_obeyed(
    desk: Desk, other: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    job = half_fetched(desk)

    def look(folder: Path) -> DriveLook:
        getattr(desk.engine, how)(job.job_id)
        return DriveLook()

    monkeypatch.setattr("rta_viewer.jobs.engine.look_at", look)
    with pytest.raises(NotMovableError):
        desk.engine.go_on_in(job.job_id, other)
    stopped = desk.engine.job(job.job_id)
    assert (stopped.folder, stopped.state is not JobState.QUEUED) == (desk.folder, True)


def test_at_the_start_it_waits_for_whoever_looks_after_orders_and_can_be_cancelled(
    desk: Desk, other: Path
) -> None:
    job, second = desk.submit(), desk.submit()
    box = desk.store.inbox
    assert box is not None
    for one in (job, second):
        box.put(Order(Do.GO_ON_IN, one.job_id, folder=str(other)))
    box.put(Order(Do.PAUSE, second.job_id))
    desk.restart()
    desk.engine.tend(is_alone=True)
    assert not desk.engine.run_next(Lane.CLIPS, CancelToken()), "it may have begun to leave"
    assert len(box.waiting()) == 3
    desk.engine.cancel(job.job_id)
    desk.clock.advance(5)
    desk.engine.tend()
    assert desk.engine.job(job.job_id).state is JobState.CANCELLED
    left = desk.engine.job(second.job_id)
    assert (left.state, left.folder) == (JobState.PAUSED, other)
    assert desk.run(desk.engine.resume(second.job_id)).state is JobState.DONE


def test_where_the_folder_of_an_order_cannot_be_had_at_the_start_it_goes_on_where_it_was(
    desk: Desk, other: Path
) -> None:
    job, box = desk.submit(), desk.store.inbox
    assert box is not None
    (other / "file").write_text("x")
    box.put(Order(Do.GO_ON_IN, job.job_id, folder=str(other / "file"), package="p"))
    desk.restart()
    desk.engine.tend()
    assert desk.run(desk.engine.job(job.job_id)).path == desk.folder / "gate.mp4"


@pytest.mark.parametrize(("name", "package"), [("\udc80", ""), ("x", "\ud800")])
def test_an_order_that_nobody_can_write_down_holds_nothing_up(
    desk: Desk, other: Path, name: str, package: str
) -> None:
    job, box = half_fetched(desk), desk.store.inbox
    assert box is not None
    box.put(Order(Do.GO_ON_IN, job.job_id, folder=f"{other}/{name}", package=package))
    desk.clock.advance(5)
    desk.engine.tend()
    assert box.waiting() == []
    assert desk.engine.job(job.job_id).folder == desk.folder
    assert part_of(job).exists()
