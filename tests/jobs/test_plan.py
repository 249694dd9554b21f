"""Packages of one name that are planned at the same time."""

from datetime import UTC
from pathlib import Path

import pytest

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import Availability, Camera
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.errors import UsageError
from rta_viewer.jobs.inbox import order_to_add
from rta_viewer.jobs.plan import in_final_folders, plan_jobs
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import job
from tests.helpers.shares import share_is_away


def package(mark: str, folder: Path, state: JobState = JobState.QUEUED) -> list[Job]:
    return [
        job(f"{mark}{number}", package=mark, folder=folder, state=state, file_name=f"{number}.mp4")
        for number in (1, 2)
    ]


def folders(jobs: list[Job]) -> list[str]:
    return [one.folder.name for one in jobs]


def test_two_packages_get_two_folders(tmp_path: Path) -> None:
    first, second = package("a", tmp_path / "case"), package("b", tmp_path / "case")
    assert folders(in_final_folders([*first, *second], [])) == ["case"] * 2 + ["case (2)"] * 2
    assert folders(in_final_folders(second, first)) == ["case (2)"] * 2


def test_the_files_of_a_package_stay_together(tmp_path: Path) -> None:
    first, (one, two) = package("a", tmp_path / "case"), package("b", tmp_path / "case")
    moved = in_final_folders([one], first)
    assert folders(in_final_folders([two], [*first, *moved])) == ["case (2)"]
    single = job("c", folder=tmp_path / "case")
    assert in_final_folders([single], first) == [single]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_package_that_is_done_keeps_its_folder_as_long_as_that_is_there(
    tmp_path: Path, is_there: bool
) -> None:
    done = package("a", tmp_path / "case", JobState.DONE)
    if is_there:
        done[0].folder.mkdir()
    name = "case (2)" if is_there else "case"
    assert folders(in_final_folders(package("b", tmp_path / "case"), done)) == [name] * 2


@pytest.mark.parametrize("written", ["sub/../case", "Case"])
def test_a_folder_may_be_written_differently(tmp_path: Path, written: str) -> None:
    first, second = package("a", tmp_path / "case"), package("b", tmp_path / written)
    assert folders(in_final_folders(second, first)) == [f"{Path(written).name} (2)"] * 2


def test_an_order_of_what_was_never_recorded_is_refused(tmp_path: Path) -> None:
    camera, days = Camera("1", "Gate"), Span(0, 3 * 86_400_000)
    order = SaveOrder(
        (camera,), days, tmp_path, SaveChoices(), UTC, "op", known={"1": Availability("1", days)}
    )
    with pytest.raises(UsageError, match="Nothing was recorded"):
        plan_jobs(order, server="http://s", username="u", now_ms=5)


def test_orders_of_other_processes_get_folders_of_their_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    box = desk.store.inbox
    assert box is not None
    desk.engine.add_all(package("a", tmp_path / "case"))
    for one in package("b", tmp_path / "case"):
        box.put(order_to_add([one]))
    desk.clock.advance(5)
    desk.engine.tend()
    assert folders(desk.engine.jobs()) == ["case"] * 2 + ["case (2)"] * 2
    added = desk.engine.add_all(package("c", tmp_path / "case"))
    desk.store.close()
    assert folders(added) == ["case (3)"] * 2


def test_packages_that_meet_on_a_share_that_is_away_are_added(tmp_path: Path) -> None:
    """They wait for it there."""
    desk, share = Desk(tmp_path), tmp_path / "share"
    box = desk.store.inbox
    assert box is not None
    desk.engine.add_all(package("a", share / "case"))
    with share_is_away(share):
        box.put(order_to_add(package("b", share / "case")))
        desk.clock.advance(5)
        desk.engine.tend()
    desk.store.close()
    assert folders(desk.engine.jobs()) == ["case"] * 2 + ["case (2)"] * 2
