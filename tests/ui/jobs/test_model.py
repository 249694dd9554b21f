import random
from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.drive_calls import SILENT
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.spans import Span
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.groups import Filter, Group, group_of, sort_key
from rta_viewer.ui.jobs.model import Column, JobsModel
from rta_viewer.ui.jobs.search_text import words_of
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, job


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW_MS)


@pytest.fixture
def model(qtbot: QtBot, clock: ManualClock) -> JobsModel:
    model = JobsModel(clock)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_signed_in(("http://127.0.0.1", "demo"))
    return model


def text(model: JobsModel, row: int, column: Column) -> str:
    return str(model.index(row, column).data())


def ids(model: JobsModel) -> list[str]:
    found = [model.job_at(row) for row in range(model.rowCount())]
    return [one.job_id for one in found if one is not None]


def test_the_table_says_how_far_how_fast_and_how_long(model: JobsModel, clock: ManualClock) -> None:
    moving = job(1, total_bytes=40_000_000, received_bytes=10_000_000)
    model.set_jobs([moving])
    clock.advance(2)
    model.update_jobs([replace(moving, received_bytes=20_000_000)])
    assert text(model, 0, Column.CAMERA) == "Reception"
    assert text(model, 0, Column.RANGE) == "2025-10-24 09:00:00 \N{EN DASH} 09:05:00"
    assert text(model, 0, Column.STATE) == "Downloading"
    assert text(model, 0, Column.PROGRESS) == "50%"
    assert text(model, 0, Column.SIZE) == "20.0 MB of 40.0 MB"
    assert text(model, 0, Column.RATE) == "5.0 MB/s"
    assert text(model, 0, Column.LEFT) == "4 s"
    assert model.unfinished == 1


def test_a_transfer_that_stands_still_gets_slower(model: JobsModel, clock: ManualClock) -> None:
    moving = job(1, total_bytes=40_000_000, received_bytes=0)
    model.set_jobs([moving])
    clock.advance(2)
    model.update_jobs([replace(moving, received_bytes=20_000_000)])
    for _ in range(8):
        clock.advance(1)
        model.measure_again()
    assert text(model, 0, Column.RATE) == ""


@pytest.mark.parametrize("state", [JobState.FETCHING, JobState.CHECKING])
def test_a_drive_that_does_not_answer_is_told_of_while_the_job_runs(state: JobState) -> None:
    """Other remarks give way to bytes and rate there."""
    stuck = replace(job(1, state), received_bytes=0, reason=SILENT)
    assert wording.progress_line(stuck, None) == SILENT
    assert wording.state_word(stuck) == wording.plain_state_word(state)
    moving = replace(stuck, reason="Cutting it into volumes")
    assert moving.reason not in wording.progress_line(moving, None)


def test_what_runs_is_on_top_then_the_queue_then_what_ended_last(model: JobsModel) -> None:
    model.set_jobs(
        [
            job(1, JobState.DONE, updated_ms=5),
            job(2, JobState.FAILED, updated_ms=9),
            job(3, JobState.QUEUED, rank=2),
            job(4, JobState.PAUSED, rank=1),
            job(5, JobState.FETCHING),
        ]
    )
    assert ids(model) == ["job-5", "job-4", "job-3", "job-2", "job-1"]
    assert [one.job_id for one in model.queue()] == ["job-4", "job-3"]


def test_under_way_is_what_goes_on_and_what_its_orders_have_behind_them(model: JobsModel) -> None:
    model.set_filter(Filter(None, ("nothing of the kind",)))
    model.set_jobs(
        [
            job(1, package="now"),
            job(2, JobState.DONE, package="now"),
            job(3, JobState.FAILED, package="now"),
            job(4, JobState.PAUSED, package="now"),
            job(5, JobState.DONE, package="then"),
            job(6, JobState.DONE),
            job(7, JobState.QUEUED),
            job(8, JobState.QUEUED, server="http://other"),
            job(9, server="http://other"),
        ]
    )
    assert sorted(one.job_id for one in model.under_way()) == [
        "job-1", "job-2", "job-3", "job-7", "job-9",
    ]  # fmt: skip
    orders = model.orders({"then", "never"})
    assert {name: [one.job_id for one in files] for name, files in orders.items()} == {
        "then": ["job-5"]
    }
    assert model.orders(set()) == {}


def test_a_thousand_changes_leave_the_rows_sorted_filtered_and_counted(model: JobsModel) -> None:
    dice = random.Random(7)  # noqa: S311 - the same every time
    known: dict[str, Job] = {}
    model.set_filter(Filter(None, ("reception",)))
    for turn in range(1000):
        number = dice.randrange(40)
        state = dice.choice(list(JobState))
        changed = job(number, state, rank=dice.randrange(4), updated_ms=turn)
        known[changed.job_id] = changed
        if dice.random() < 0.1:
            gone = dice.choice(list(known))
            model.remove_jobs([gone])
            known.pop(gone)
        if changed.job_id in known:
            model.update_jobs([changed])
    seen = [one for one in known.values() if one.camera_name == "Reception"]
    assert ids(model) == [one.job_id for one in sorted(seen, key=sort_key)]
    for group in Group:
        assert model.count(group) == sum(group_of(one) is group for one in known.values())
    model.set_filter(Filter())
    assert ids(model) == [one.job_id for one in sorted(known.values(), key=sort_key)]


def test_a_job_goes_on_where_its_server_speaks_tls_by_now(model: JobsModel) -> None:
    one = replace(job(1), server="http://recorder", username="demo")
    model.set_signed_in(("https://recorder", "other"))
    assert not model.signed_in_to(one)
    model.set_signed_in(("https://recorder", "demo"))
    assert model.signed_in_to(one)


def test_those_of_one_order_stay_in_its_order(model: JobsModel) -> None:
    names = ["c", "a", "d", "b"]
    model.set_jobs([job(1, JobState.QUEUED, job_id=name) for name in names[:2]])
    model.update_jobs([job(1, JobState.QUEUED, job_id=name) for name in names[2:]])
    assert ids(model) == names
    assert [one.job_id for one in model.queue()] == names


def test_many_changes_at_once(model: JobsModel) -> None:
    model.set_jobs([job(number, JobState.QUEUED) for number in range(500)])
    model.update_jobs([job(number, JobState.DONE) for number in range(300)])
    assert model.count(Group.DONE) == 300
    assert model.rowCount() == 500


def test_many_are_removed_at_once(model: JobsModel) -> None:
    model.set_jobs([job(number, JobState.DONE) for number in range(500)])
    model.remove_jobs(f"job-{number}" for number in (*range(300), 7, 9999))
    assert model.rowCount() == model.count() == model.count(Group.DONE) == 200
    assert model.job("job-7") is None


def test_the_tip_has_whole_what_a_card_may_shorten(model: JobsModel) -> None:
    model.set_jobs([job(1)])
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    for told in ("Reception", "2025-10-24 09:00:00 \N{EN DASH} 09:05:00", "clip 1.mp4"):
        assert told in tip


def test_words_are_looked_for_in_what_is_shown(model: JobsModel) -> None:
    export = job(2, kind=JobKind.EXPORT, span=Span(NOW_MS - 26 * HOUR_MS, NOW_MS - 25 * HOUR_MS))
    model.set_jobs([job(1), export])
    for typed, found in (
        ("recep", ["job-1"]),
        ("CAR park", ["job-2"]),
        ("2025-10-23", ["job-2"]),
        ("23/10/2025", ["job-2"]),
        ("23.10.2025 08:00", ["job-2"]),
        ("export 08:00", ["job-2"]),
        ("clip 1.mp4", ["job-1"]),
        ("reception 2025-10-23", []),
        ("  ", ["job-1", "job-2"]),
    ):
        model.set_filter(Filter(None, words_of(typed)))
        assert ids(model) == found, typed
    model.set_filter(Filter(Group.QUEUE))
    assert ids(model) == []
    assert model.job("job-1") is not None
    assert model.row_of("job-1") is None


def test_a_date_that_is_looked_for_is_one_of_the_zone_that_is_shown(model: JobsModel) -> None:
    late = job(1, span=Span(NOW_MS + 13 * HOUR_MS, NOW_MS + 13 * HOUR_MS + MINUTE_MS))
    model.set_jobs([late])
    model.set_filter(Filter(None, words_of("2025-10-25")))
    assert ids(model) == []
    model.set_zone(ZoneInfo("Europe/Copenhagen"))
    assert ids(model) == ["job-1"]
    model.set_zone(UTC)
    assert ids(model) == []


def test_the_servers_work_is_told_apart_from_bytes(model: JobsModel) -> None:
    preparing = job(1, JobState.PREPARING, kind=JobKind.EXPORT, server_progress=40.0)
    model.set_jobs([preparing])
    assert text(model, 0, Column.STATE) == "Server is preparing 40 %"
    assert wording.is_servers_progress(preparing)
    assert wording.progress(preparing) == 0.4
    asked = job(1, reason="The server is preparing the file.")
    model.update_jobs([asked])
    assert text(model, 0, Column.STATE) == "Server is preparing"
    assert wording.progress(asked) is None
    arriving = job(1, received_bytes=5, total_bytes=10)
    model.update_jobs([arriving])
    assert text(model, 0, Column.STATE) == "Downloading"
    assert not wording.is_servers_progress(arriving)


def test_a_silent_server_is_waited_for_and_the_next_try_counts_down(
    model: JobsModel, clock: ManualClock
) -> None:
    away = job(1, received_bytes=3_000_000, reason="No answer.", next_try_s=12.0)
    model.set_jobs([away])
    assert text(model, 0, Column.STATE) == "Waiting for the server"
    assert wording.progress_line(away, None, clock.monotonic_s()).startswith("Next try in 12 s")
    clock.advance(9)
    assert wording.progress_line(away, None, clock.monotonic_s()).startswith("Next try in 3 s")
    clock.advance(3)
    assert wording.progress_line(away, None, clock.monotonic_s()).startswith("Trying again now")
    model.update_jobs([replace(away, next_try_s=None, reason="")])
    assert text(model, 0, Column.STATE) == "Downloading"
    for state, said in ((JobState.FAILED, "Failed"), (JobState.PAUSED, "Paused")):
        model.update_jobs([replace(away, state=state)])
        assert text(model, 0, Column.STATE) == said


def test_links_end_at_a_time_that_is_told(model: JobsModel, clock: ManualClock) -> None:
    ready = job(1, JobState.READY, expires_at_ms=NOW_MS + 192 * MINUTE_MS)
    model.set_jobs([ready])
    assert text(model, 0, Column.EXPIRY) == "expires in 3 h 12 min"
    assert not wording.expires_soon(ready, clock.now_ms())
    slow = replace(ready, state=JobState.FETCHING, total_bytes=4_000_000, received_bytes=1)
    assert wording.expires_soon(slow, clock.now_ms(), rate=100.0)
    assert not wording.expires_soon(slow, clock.now_ms(), rate=1_000_000.0)
    clock.advance(2 * 3600)
    assert text(model, 0, Column.EXPIRY) == "expires in 1 h 12 min"
    assert wording.expires_soon(ready, clock.now_ms())
    clock.advance(2 * 3600)
    assert text(model, 0, Column.EXPIRY) == "has expired"
    for state in (JobState.CHECKING, JobState.DONE):
        model.update_jobs([replace(ready, state=state)])
        assert text(model, 0, Column.EXPIRY) == ""


def test_a_job_of_another_server_says_what_it_waits_for(model: JobsModel) -> None:
    waiting = job(1, JobState.QUEUED)
    model.set_jobs([waiting])
    assert text(model, 0, Column.STATE) == "In the queue"
    model.set_signed_in()
    assert text(model, 0, Column.STATE) == "Waiting for sign-in"
    preparing = replace(waiting, state=JobState.PREPARING, next_try_s=9.0)
    assert wording.state_word(preparing, signed_in=False) == "Waiting for sign-in"
    assert wording.state_word(preparing) == "Waiting for the server"
    line = wording.progress_line(waiting, None, signed_in=False)
    assert line == "Goes on when demo signs in to http://127.0.0.1"


def test_every_state_has_words(model: JobsModel) -> None:
    model.set_jobs([job(number, state) for number, state in enumerate(JobState)])
    assert set(wording.STATE_WORDS) == set(JobState)
    spoken = model.index(model.rowCount() - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert wording.STATE_WORDS[JobState.CANCELLED] in spoken or "Saved" in spoken


def test_what_is_missing_is_told_in_the_operators_time() -> None:
    short = job(
        1,
        JobState.DIFFERS,
        reason="Delivered 2025-10-24T10:00:00Z to 2025-10-24T10:21:40Z of it.",
        missing=Span(NOW_MS, NOW_MS + MINUTE_MS),
    )
    zone = ZoneInfo("Europe/Copenhagen")
    line = wording.progress_line(short, None, zone=zone)
    assert line == "Missing: 2025-10-24 12:00:00 \N{EN DASH} 12:01:00"
    line = wording.progress_line(replace(short, missing=None), None, zone=zone)
    assert line == ("Delivered 2025-10-24 12:00:00 +02:00 to 2025-10-24 12:21:40 +02:00 of it.")


def test_how_much_is_missing_is_told_only_while_more_comes() -> None:
    part = job(1, total_bytes=40_000_000, received_bytes=10_000_000)
    assert wording.size_text(part) == "10.0 MB of 40.0 MB"
    assert wording.size_text(replace(part, state=JobState.FAILED)) == "10.0 MB"
    assert wording.size_text(replace(part, received_bytes=0)) == "40.0 MB"
    assert wording.size_text(replace(part, received_bytes=0, state=JobState.FAILED)) == ""


def test_a_failure_says_why_instead_of_how_far() -> None:
    failed = job(1, JobState.FAILED, reason="The disk is full.", received_bytes=5)
    assert wording.progress_line(failed, None) == "The disk is full."
    assert wording.progress(job(1, JobState.PREPARING, server_progress=140.0)) == 1.0
    assert wording.progress(job(1, received_bytes=3, total_bytes=2)) == 1.0
    assert wording.progress(job(1, JobState.FETCHING)) is None
