import time

from rta_viewer.core.clock import Clock
from rta_viewer.platform.system_clock import SystemClock


def test_it_reads_this_computers_clocks() -> None:
    clock: Clock = SystemClock()
    before, reading, after = time.time() * 1000, clock.now_ms(), time.time() * 1000
    assert int(before) <= reading <= after
    assert clock.monotonic_s() <= clock.monotonic_s()
