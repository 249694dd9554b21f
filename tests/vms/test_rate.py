import threading

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.errors import Cancelled
from rta_viewer.vms.rate import Lane, RateLimiter, sleep_for


class SimulatedTime:
    """Sleeping moves the clock."""

    def __init__(self) -> None:
        self.clock = ManualClock(0)
        self.slept_s = 0.0

    def sleep(self, seconds: float, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.clock.advance(seconds)
        self.slept_s += seconds


@pytest.mark.parametrize("lane", list(Lane))
def test_never_more_in_any_minute_than_the_contract_allows(lane: Lane) -> None:
    time = SimulatedTime()
    limiter = RateLimiter(time.clock, time.sleep)
    at_s = []
    for _ in range(lane.per_minute * 3):
        limiter.admit(lane, CancelToken())
        at_s.append(time.clock.monotonic_s())
    most = max(
        sum(1 for other in at_s if one <= other < one + 60) for one in at_s[:: len(at_s) // 60]
    )
    assert most <= lane.per_minute
    assert at_s[-1] < 60 * 3 * 1.4


def test_a_share_of_what_the_contract_allows() -> None:
    time = SimulatedTime()
    limiter = RateLimiter(time.clock, time.sleep, share=0.25)
    for _ in range(100):
        limiter.admit(Lane.TIMELINE, CancelToken())
    assert time.clock.monotonic_s() > 60 * 3.9


def test_the_contract_is_known() -> None:
    limits = {lane.name: lane.per_minute for lane in Lane if lane is not Lane.OTHER}
    assert limits == {"CAMERA_LIST": 60, "CAMERA": 300, "TIMELINE": 100, "EVENTS": 120}


def test_a_quiet_operator_never_waits() -> None:
    time = SimulatedTime()
    limiter = RateLimiter(time.clock, time.sleep)
    for _ in range(15):
        limiter.admit(Lane.TIMELINE, CancelToken())
    assert time.slept_s == 0


def test_lanes_do_not_hold_each_other_up() -> None:
    time = SimulatedTime()
    limiter = RateLimiter(time.clock, time.sleep)
    limiter.hold(Lane.EVENTS, 30)
    limiter.admit(Lane.TIMELINE, CancelToken())
    assert time.slept_s == 0
    limiter.admit(Lane.EVENTS, CancelToken())
    assert time.slept_s == 30


def test_giving_up_gives_the_place_back() -> None:
    time = SimulatedTime()
    limiter = RateLimiter(time.clock, time.sleep)
    cancelled = CancelToken()
    cancelled.cancel()
    for _ in range(40):
        limiter.admit(Lane.CAMERA_LIST, CancelToken())
    slept_s = time.slept_s
    for _ in range(20):
        with pytest.raises(Cancelled):
            limiter.admit(Lane.CAMERA_LIST, cancelled)
    limiter.admit(Lane.CAMERA_LIST, CancelToken())
    assert time.slept_s - slept_s < 3


def test_real_waiting_ends_when_cancelled() -> None:
    token = CancelToken()
    ended = threading.Event()

    def wait() -> None:
        with pytest.raises(Cancelled):
            sleep_for(60, token)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    token.cancel()
    assert ended.wait(5)
    thread.join()
