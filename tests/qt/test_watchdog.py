import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from rta_viewer.qt import watchdog as watchdogs
from rta_viewer.qt.watchdog import GuiWatchdog, Spent
from tests.helpers.log_watch import LogWatch


def block_the_thread(watchdog: GuiWatchdog) -> None:
    """So much work, and until somebody looked: on a busy machine that may take its time."""
    until, latest = time.thread_time() + 0.4, time.monotonic() + 20
    while time.thread_time() < until or not watchdog._looks:
        assert time.monotonic() < latest


def test_a_block_is_measured_and_says_where(qtbot: QtBot, error_log: LogWatch) -> None:
    error_log.expect("The window stood still for")
    watchdog = GuiWatchdog(limit_ms=150, during=lambda: "counting")
    watchdog.start()
    try:
        QTimer.singleShot(0, lambda: block_the_thread(watchdog))
        qtbot.waitUntil(
            lambda: any(block.cpu_ms > 300 for block in watchdog.blocks), timeout=20_000
        )
    finally:
        watchdog.close()
    watchdog.close()
    worst = max(watchdog.blocks, key=lambda block: block.cpu_ms)
    assert 150 < worst.blocked_ms <= watchdog.longest_ms
    assert "block_the_thread" in worst.stack
    assert worst.during == "counting"
    assert watchdog.most_cpu_ms >= worst.cpu_ms
    assert watchdog.most_cpu_during == "counting"


class LookedAround:
    """Whoever measures took this long."""

    def __init__(self) -> None:
        self.wall_s = self.cpu_s = 0.0

    def seconds(self) -> float:
        return self.wall_s

    def spent(self) -> Spent:
        return Spent(self.wall_s, self.cpu_s, 0.0)


def test_what_is_excused_does_not_count(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    # The machine's load while the test runs is not what is measured here.
    monkeypatch.setattr(watchdogs, "spent_by_this_thread", Spent)
    now_s, excuse = [100.0], LookedAround()
    watchdog = GuiWatchdog(excuse=excuse, clock_s=lambda: now_s[0])
    watchdog._mark()
    now_s[0] += 1.0
    excuse.wall_s += 0.97
    excuse.cpu_s += 5.0
    watchdog._on_beat()
    assert watchdog.blocks == []
    assert watchdog.longest_ms == pytest.approx(20)
    assert watchdog.most_cpu_ms == 0.0
