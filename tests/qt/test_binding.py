"""What the program relies on in PySide6 itself."""

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    sent = Signal(object)


def test_emitting_keeps_the_books_of_true():
    """PySide6 6.12.0 returns True from ``emit`` without owning it.

    Before Python 3.12, where True became immortal, some thousand emits then end the process.
    """
    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(500):
        sender.sent.emit(1)
    assert abs(sys.getrefcount(True) - before) < 100
