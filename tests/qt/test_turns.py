"""Drawing waits for a turn of its own, and is not forgotten."""

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.qt.turns import draw_next_turn, next_turn, open_next_turn


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
    open_next_turn(dialog)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.updatesEnabled())


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
