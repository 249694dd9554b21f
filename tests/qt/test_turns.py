"""Drawing waits for a turn of its own, and is not forgotten."""

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.qt.turns import draw_next_turn, next_turn, open_next_turn, spread


class Painted(QWidget):
    """Counts."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.times += 1


def test_the_first_picture_comes_in_a_later_turn(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    draw_next_turn(widget)
    widget.show()
    QCoreApplication.sendPostedEvents()
    assert widget.times == 0
    qtbot.waitUntil(lambda: widget.times > 0)
    assert widget.updatesEnabled()


def test_a_widget_that_is_gone_is_let_be(qtbot: QtBot) -> None:
    widget, other = Painted(), Painted()
    qtbot.addWidget(other)
    draw_next_turn(widget)
    draw_next_turn(other)
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    other.show()
    qtbot.waitUntil(lambda: other.times > 0)


def test_a_dialog_opens_later(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    before: list[bool] = []
    open_next_turn(dialog, lambda: before.append(dialog.isVisible()))
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.updatesEnabled())
    assert before == [False]


def test_whose_method_is_to_be_called_is_kept_until_then(qtbot: QtBot) -> None:
    class Worker:
        def work(self) -> None:
            done.append(self)

    done: list[Worker] = []
    owner, worker = QObject(), Worker()
    alive = weakref.ref(worker)
    next_turn(owner, worker.work)
    del worker
    gc.collect()
    assert alive() is not None
    qtbot.waitUntil(lambda: done == [alive()])


def test_the_first_is_done_now_and_each_other_one_in_a_turn_of_its_own(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[int] = []
    between: list[int] = []

    def work(number: int) -> None:
        done.append(number)
        next_turn(owner, lambda: between.append(len(done)))

    spread(owner, [lambda number=number: work(number) for number in range(3)])
    assert done == [0]
    qtbot.waitUntil(lambda: len(between) == 3)
    assert done == [0, 1, 2]
    assert between[0] < 3


def test_what_fails_does_not_keep_the_rest_from_being_done(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[str] = []

    def fail() -> None:
        msg = "no"
        raise ValueError(msg)

    with qtbot.captureExceptions() as failures:
        spread(owner, [lambda: done.append("first"), fail, lambda: done.append("last")])
        qtbot.waitUntil(lambda: done == ["first", "last"])
    assert [kind for kind, *_ in failures] == [ValueError]


def test_nothing_is_spread(qtbot: QtBot) -> None:
    spread(QObject(), [])
