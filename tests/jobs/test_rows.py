from typing import Any

import pytest

from rta_viewer.core.jobs import JobState
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.spans import Span
from rta_viewer.jobs.rows import can_be_kept, job_from_row, job_of_order, job_row
from tests.helpers.job_recorder import job

FULL = job(
    state=JobState.FETCHING,
    total_bytes=2**41,
    server_progress=12.5,
    expires_at_ms=9,
    missing=Span(5, 9),
    medium=Medium.DVD,
    reason="warum",
)


@pytest.mark.parametrize("one", [job(), FULL])
def test_a_row_is_the_job(one: Any) -> None:
    assert job_from_row(job_row(one)) == one
    assert job_of_order(job_row(one)) == one


def test_an_older_programs_order_has_fewer_columns() -> None:
    row = job_row(job())
    for name in ("medium", "volume_count", "estimated_bytes", "missing_start_ms", "mount_point"):
        del row[name]
    assert job_of_order(row) == job()


@pytest.mark.parametrize(
    "odd",
    [
        {"quality": ["x"]},
        {"reason": 5},
        {"quality": None},
        {"start_ms": "x", "end_ms": "y"},
        {"start_ms": 1.5},
        {"rank": 2**63},
        {"rank": None},
        {"server_progress": "half"},
        {"server_progress": 10**400},
        {"server_progress": float("nan")},
        {"server_progress": float("-inf")},
        {"next_try_s": "soon"},
        {"next_try_s": 5.0},
        {"missing": "x"},
        {"total_bytes": "many"},
        {"folder": 5},
        {"camera_name": "\udc80"},
        {"mount_point": None},
        {"unknown": 1},
        {"state": "dancing"},
    ],
)
def test_an_order_that_could_not_be_kept_makes_no_sense(odd: dict[str, Any]) -> None:
    assert job_of_order({**job_row(job()), **odd}) is None


def test_a_row_of_the_first_version_has_no_pauses() -> None:
    row = job_row(job())
    for name in ("pause_cause", "folder_seen", "rank", "package"):
        del row[name]
    assert job_from_row(row) == job()


@pytest.mark.parametrize("name", ["job_id", "state", "start_ms", "include_audio", "reason"])
def test_a_row_without_what_each_has_makes_no_sense(name: str) -> None:
    row = job_row(job())
    del row[name]
    assert job_from_row(row) is None


def test_columns_may_stand_in_any_order_and_an_unknown_one_makes_no_sense() -> None:
    row = job_row(FULL)
    assert job_from_row(dict(sorted(row.items()))) == FULL
    assert job_from_row({**row, "colour": "red"}) is None


def test_what_no_database_takes_cannot_be_kept() -> None:
    assert can_be_kept(FULL)
    assert not can_be_kept(job(total_bytes=2**63))
    assert not can_be_kept(job(camera_name="\udc80"))
