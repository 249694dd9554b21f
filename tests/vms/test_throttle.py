"""A rate limit that holds for all transfers together."""

import threading
from itertools import pairwise
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.errors import Cancelled
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.vms.fetch import Fetcher, Source
from rta_viewer.vms.throttle import Throttle
from rta_viewer.vms.transport import Transport
from tests.helpers.scripted_http import ranged, scripted

FILE = b"\x00\x00\x00\x20ftypisom" + bytes(600_000)


class Waits:
    """Sleeping moves the clock."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.total_s = 0.0

    def __call__(self, seconds: float, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.clock.advance(seconds)
        self.total_s += seconds


def test_the_rate_is_kept_over_all_transfers() -> None:
    clock = ManualClock(0)
    waits = Waits(clock)
    throttle, token = Throttle(clock, 1000, waits), CancelToken()
    for _ in range(50):
        throttle.spent(200, token)
    assert clock.monotonic_s() == pytest.approx(10)
    clock.advance(60)
    before_s = clock.monotonic_s()
    throttle.spent(1000, token)
    assert clock.monotonic_s() - before_s == pytest.approx(1), "idle time is not saved up"
    throttle.set_rate(0)
    before_s = clock.monotonic_s()
    throttle.spent(10**9, token)
    assert clock.monotonic_s() == before_s


def test_a_servers_own_limit_lies_within_that_of_all() -> None:
    clock = ManualClock(0)
    waits = Waits(clock)
    both = Throttle(clock, 1000, waits)
    slow = Throttle(clock, 500, waits, both)
    free = Throttle(clock, 0, waits, both)
    token = CancelToken()
    slow.spent(1000, token)
    assert clock.monotonic_s() == pytest.approx(2)
    free.spent(3000, token)
    assert clock.monotonic_s() == pytest.approx(5), "the other server has what is left"


@pytest.mark.parametrize("rate", [0, 10_000_000])
@pytest.mark.parametrize("of_all", [False, True])
def test_a_wait_ends_when_the_limit_is_lifted(rate: int, of_all: bool) -> None:
    clock = ManualClock(0)
    wide = Throttle(clock, 1000 if of_all else 0)

    def lift(seconds: float, cancel: CancelToken) -> None:
        clock.advance(seconds)
        (wide if of_all else own).set_rate(rate)

    own = Throttle(clock, 0 if of_all else 1000, lift, wide)
    own.spent(4_000_000, CancelToken())
    assert clock.monotonic_s() < 1


def test_what_was_asked_for_without_a_limit_does_not_stop_the_transfer() -> None:
    clock = ManualClock(0)
    throttle = Throttle(clock, 0, Waits(clock))
    asked_bytes = throttle.piece_bytes(4_000_000)
    throttle.set_rate(100_000)
    throttle.spent(asked_bytes, CancelToken())
    assert clock.monotonic_s() < 1


def test_a_wait_ends_when_cancelled() -> None:
    throttle, token = Throttle(SystemClock(), 1), CancelToken()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        throttle.spent(10**6, token)
    timer.join()


def fetch(part: Path, throttle: Throttle, waits: Waits) -> list[int]:
    """How many bytes were there each time that progress was told."""
    sizes: list[int] = []
    transport = Transport(verify_tls=True)
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        fetcher = Fetcher(transport.send, waits.clock, waits, throttle=throttle)
        fetcher.fetch(
            Source(server.url, "x", "x"),
            part,
            cancel=CancelToken(),
            progress=lambda now: sizes.append(now.received_bytes),
        )
    transport.close()
    return sizes


def test_transfers_pay(tmp_path: Path) -> None:
    clock = ManualClock(0)
    waits = Waits(clock)
    fetch(tmp_path / "x.part", Throttle(clock, 100_000, waits), waits)
    assert waits.total_s == pytest.approx(len(FILE) / 100_000, rel=0.01)


def test_a_limited_transfer_takes_pieces_of_a_quarter_of_a_second(tmp_path: Path) -> None:
    clock = ManualClock(0)
    waits = Waits(clock)
    throttle = Throttle(clock, 0, waits, within=Throttle(clock, 100_000, waits))
    sizes = fetch(tmp_path / "x.part", throttle, waits)
    # The first one is what it takes to see whether it is a video.
    assert max(after - before for before, after in pairwise(sizes[1:])) <= 25_000
    assert throttle.piece_bytes(1_000_000) == 25_000
    assert Throttle(clock, 1).piece_bytes(1_000_000) == 4096
    assert Throttle(clock, 0).piece_bytes(1_000_000) == 1_000_000
