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


def test_what_was_there_at_the_start_is_not_looked_through_again(qtbot: QtBot) -> None:
    collector = GuiGarbageCollector()
    collector.start()
    try:
        before = len(gc.get_objects())
        collector.settle()
        # What it collects from is what came since: next to nothing.
        assert len(gc.get_objects()) < before / 10
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
