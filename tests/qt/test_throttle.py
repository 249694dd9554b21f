from pytestqt.qtbot import QtBot

from rta_viewer.qt.throttle import Throttle


def test_first_at_once_then_the_latest(qtbot: QtBot) -> None:
    throttle, seen = Throttle(30), []
    throttle.fired.connect(seen.append)
    for number in range(10):
        throttle.submit(number)
    assert seen == [0]
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [0, 9]


def test_flush_passes_what_waits_and_cancel_forgets_it(qtbot: QtBot) -> None:
    throttle, seen = Throttle(60_000), []
    throttle.fired.connect(seen.append)
    big = 1_761_300_000_123
    throttle.submit(big)
    throttle.submit(big + 1)
    throttle.flush()
    assert seen == [big, big + 1]
    throttle.submit(3)
    throttle.cancel()
    throttle.flush()
    assert seen == [big, big + 1]
    throttle.submit(4)
    assert seen[-1] == 4
