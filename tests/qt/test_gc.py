import gc
import weakref

from pytestqt.qtbot import QtBot

from rta_viewer.qt.gc import GuiGarbageCollector


class Knot:
    def __init__(self) -> None:
        self.me = self


def test_only_the_timer_collects(qtbot: QtBot) -> None:
    collector = GuiGarbageCollector(interval_ms=10)
    collector.start()
    try:
        assert not gc.isenabled()
        knot = weakref.ref(Knot())
        ballast = [[n] for n in range(5000)]
        qtbot.waitUntil(lambda: knot() is None)
        assert ballast
    finally:
        collector.stop()
    assert gc.isenabled()
