from dataclasses import replace

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.jobs.schedule import (
    URGENT_MS,
    Lane,
    Limits,
    candidates,
    queue_order,
    ranks_before,
)
from tests.helpers.job_recorder import job

NOW = 1_761_300_000_000


def made(name: str, state: JobState, created: int, **more: object) -> Job:
    return job(name, state=state, created_ms=created, **more)


def ids(jobs: list[Job]) -> list[str]:
    return [one.job_id for one in jobs]


def test_what_expires_soon_is_fetched_first() -> None:
    jobs = [
        made("late", JobState.READY, 1, expires_at_ms=NOW + 20 * URGENT_MS),
        made("open", JobState.READY, 2),
        made("soon", JobState.READY, 3, expires_at_ms=NOW + URGENT_MS),
        made("now", JobState.READY, 4, expires_at_ms=NOW - 5),
    ]
    found = candidates(jobs, Lane.EXPORTS, Limits(), NOW)
    assert ids(found) == ["now", "soon", "late", "open"]
    hour = 3_600_000
    for jump in (-hour, hour):
        assert set(ids(candidates(jobs, Lane.EXPORTS, Limits(), NOW + jump))) == set(ids(jobs))


def test_a_known_export_is_polled_whatever_the_limit() -> None:
    jobs = [
        made("new", JobState.QUEUED, 1),
        made("known", JobState.QUEUED, 2, export_id="e"),
        made("preparing", JobState.PREPARING, 3, export_id="f"),
        made("elsewhere", JobState.QUEUED, 4, server="https://other"),
    ]
    found = candidates(jobs, Lane.POLLS, Limits(exports_at_once=2), NOW)
    assert ids(found) == ["known", "preparing", "elsewhere"]
    assert len(candidates(jobs, Lane.POLLS, Limits(exports_at_once=3), NOW)) == 4


def test_clips_in_the_operators_order() -> None:
    jobs = [
        made("b", JobState.QUEUED, 1, kind=JobKind.CLIP, rank=1),
        made("a", JobState.QUEUED, 9, kind=JobKind.CLIP),
        made("x", JobState.CHECKING, 9, kind=JobKind.CLIP),
    ]
    assert ids(candidates(jobs, Lane.CLIPS, Limits(2), NOW)) == ["a", "b"]
    assert candidates(jobs, Lane.CLIPS, Limits(1), NOW) == []


def moved(jobs: list[Job], name: str, before: str | None) -> list[Job]:
    ranks = ranks_before(jobs, name, before)
    return sorted(
        (replace(one, rank=ranks.get(one.job_id, one.rank)) for one in jobs), key=queue_order
    )


def test_moving_one_keeps_the_others_in_their_order() -> None:
    jobs = [made(name, JobState.QUEUED, at) for at, name in enumerate("abcd")]
    jobs = moved(jobs, "d", "b")
    assert ids(jobs) == ["a", "d", "b", "c"]
    jobs = moved(jobs, "b", "a")
    assert ids(jobs) == ["b", "a", "d", "c"]
    jobs = moved(jobs, "b", "c")
    assert ids(jobs) == ["a", "d", "b", "c"]
    jobs = moved(jobs, "a", None)
    assert ids(jobs) == ["d", "b", "c", "a"]
    assert ranks_before(jobs, "unknown", "b") == {}


def test_the_front_and_the_end_of_a_long_queue_cost_one_line() -> None:
    jobs = [made(f"{at:04}", JobState.QUEUED, at) for at in range(1000)]
    assert len(ranks_before(jobs, "0700", "0000")) == 1
    assert len(ranks_before(jobs, "0700", None)) == 1
    assert len(ranks_before(jobs, "0700", "0010")) == 11
