"""Clocks that jump: everything is asked at the same seconds as where none does."""

from collections.abc import Callable

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import ExportState
from rta_viewer.demo.request_log import LoggedRequest
from rta_viewer.jobs.schedule import Lane, Limits
from rta_viewer.jobs.workers import TEND_EVERY_S
from tests.helpers.fault_ground import HOUR_MS, Ground, ready_export

TICK_S = 0.5
JUMPS: dict[str, Callable[[int], int]] = {
    "an hour ahead now and then": lambda tick: HOUR_MS if tick % 20 == 3 else 0,
    "an hour back now and then": lambda tick: -HOUR_MS if tick % 20 == 3 else 0,
    "there and back": lambda tick: HOUR_MS if tick % 2 else -HOUR_MS,
}

Asked = tuple[float, str, int]
Event = Callable[[], object]


def diary(
    ground: Ground, kind: JobKind, jump: Callable[[int], int], events: dict[float, Event]
) -> list[Asked]:
    """What the server was asked until the file was there: after how many seconds, what, its answer.

    Args:
        ground: Where.
        kind: Of the job.
        jump: Milliseconds that the wall clock jumps by after each tick.
        events: What happens besides, by seconds.
    """
    ground.site.log.clear()
    ground.clock.advance(TEND_EVERY_S)
    job = ground.submit(kind)
    found: list[Asked] = []
    seen = 0
    for tick in range(4000):
        at_s = tick * TICK_S
        events.get(at_s, lambda: None)()
        ground.do_what_is_due()
        entries = ground.site.log.entries()[seen:]
        seen += len(entries)
        found += [(at_s, what, entry.status) for entry in entries if (what := _what(entry))]
        if ground.engine.job(job.job_id).finished:
            break
        ground.clock.advance(TICK_S)
        ground.clock.jump(ground.clock.now_ms() + jump(tick))
    assert ground.is_whole(ground.engine.job(job.job_id)), ground.engine.job(job.job_id)
    assert ground.site.faults.armed == 0
    return found


def _what(entry: LoggedRequest) -> str:
    """Empty for what belongs to the check of what was delivered."""
    last = entry.path.rpartition("/")[2]
    if last in {"export", "file", "download"}:
        return last
    return "status" if "/export/" in entry.path else ""


def stays(tick: int) -> int:
    return 0


@pytest.mark.parametrize("jump", JUMPS)
def test_waits_of_a_clip(ground: Ground, jump: str) -> None:
    """For what the server asked for, and for one that is away."""
    ground.engine.limits = Limits(patience=30)

    def run(by: Callable[[int], int]) -> list[Asked]:
        faults = ground.site.faults
        faults.fail_next(1, 429, path="/download", retry_after="400")
        faults.fail_next(18, 502, path="/download")
        return diary(ground, JobKind.CLIP, by, {})

    undisturbed = run(stays)
    assert [at_s for at_s, _, _ in undisturbed] == [0, *6 * [400], *6 * [408], *6 * [424], 456]
    assert run(JUMPS[jump]) == undisturbed


@pytest.mark.parametrize("jump", JUMPS)
def test_waits_of_an_export(ground: Ground, jump: str) -> None:
    """Its order, its polls, and its transfer are put off, and it takes a while."""
    ground.engine.limits = Limits(patience=30)
    exports = ground.site.exports

    def finish() -> None:
        exports.release()
        for job in ground.engine.jobs():
            assert exports.wait_for(job.export_id, ExportState.COMPLETED)

    def run(by: Callable[[int], int]) -> list[Asked]:
        faults = ground.site.faults
        faults.fail_next(1, 429, path="/recordings/export", retry_after="30")
        faults.fail_next(1, 503, path="/recordings/export/", retry_after="40")
        faults.fail_next(1, 429, path="/file", retry_after="500")
        exports.hold()
        return diary(ground, JobKind.EXPORT, by, {100.0: finish})

    undisturbed = run(stays)
    assert undisturbed[:4] == [
        (0, "export", 429),
        (30, "export", 200),
        (31, "status", 503),
        (71, "status", 200),
    ]
    ready_s = next(at_s for at_s, what, _ in undisturbed if what == "file")
    assert ready_s >= 100
    assert (ready_s + 500, "file", 200) in undisturbed
    assert run(JUMPS[jump]) == undisturbed


@pytest.mark.parametrize("jump", JUMPS)
def test_waits_for_room(ground: Ground, monkeypatch: pytest.MonkeyPatch, jump: str) -> None:
    """Looked at after ten seconds, and later where that was wrong."""
    spare = "rta_viewer.vms.part_file._SPARE_BYTES"

    def run(by: Callable[[int], int]) -> list[Asked]:
        monkeypatch.setattr(spare, 1 << 60)
        return diary(ground, JobKind.CLIP, by, {25.0: lambda: monkeypatch.setattr(spare, 0)})

    undisturbed = run(stays)
    assert [at_s for at_s, _, _ in undisturbed] == [0, 10.5, 32.5]
    assert run(JUMPS[jump]) == undisturbed


@pytest.mark.parametrize("asked_again", [False, True])
@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
def test_a_link_that_has_expired_by_this_clock_only(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, jump_ms: int, asked_again: bool
) -> None:
    """The server knows whether it has; nobody else is asked."""
    monkeypatch.setattr("rta_viewer.demo.exports.LIFETIME_MS", HOUR_MS // 2)
    job, known = ready_export(ground)
    assert job.expires_at_ms is not None
    ground.clock.jump(ground.clock.now_ms() + jump_ms)
    assert (job.expires_at_ms < ground.clock.now_ms()) is (jump_ms > 0)
    if asked_again:
        ground.restart()
    ground.engine.limits = Limits(renew_expired=True)
    assert ground.step(Lane.POLLS) is asked_again
    assert ground.step(Lane.EXPORTS)
    job = ground.engine.job(job.job_id)
    assert ground.is_whole(job)
    assert (job.export_id, ground.orders) == (known, 1)


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
def test_a_worker_sleeps_by_the_clock_that_does_not_jump(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, jump_ms: int
) -> None:
    ground.engine.limits = Limits(patience=30)
    ground.site.faults.fail_next(1, 429, path="/download", retry_after="400")
    token, waits, job = CancelToken(), list[float](), ground.submit()

    def wait(seen: int, seconds: float, cancel: CancelToken) -> None:
        waits.append(seconds)
        assert len(waits) < 100
        ground.clock.advance(seconds)
        ground.clock.jump(ground.clock.now_ms() + jump_ms)
        if ground.engine.job(job.job_id).finished:
            token.cancel()

    monkeypatch.setattr(ground.engine._running, "wait", wait)
    ground.engine.work(Lane.CLIPS, token)
    assert ground.is_whole(ground.engine.job(job.job_id))
    assert sum(waits[:-1]) == 400


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
@pytest.mark.parametrize("kind", list(JobKind))
def test_a_clock_that_jumps_with_each_step(ground: Ground, kind: JobKind, jump_ms: int) -> None:
    job = ground.submit(kind)
    jumped: list[JobState] = []

    def jump(changed: Job) -> None:
        if changed.state not in jumped:
            jumped.append(changed.state)
            sign = 1 if len(jumped) % 2 else -1
            ground.clock.jump(ground.clock.now_ms() + sign * jump_ms)

    ground.engine.subscribe(jump)
    assert ground.is_whole(ground.run(job))
    assert len(jumped) >= 3
    events = ground.engine.history(job.job_id)
    assert [event.state for event in events][-1] is JobState.DONE
