"""Spreading work over turns of the event loop: pictures that play must not be seen to stop. GUI thread."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from rta_viewer.qt.dialogs import open_over

_NEXT_TURN_MS = 1
"""Of no time at all it would be one more event of this turn."""


def next_turn(owner: QObject, work: Callable[[], object]) -> None:
    """Do it in the next turn, unless ``owner`` is gone by then; ``work`` is kept alive meanwhile."""
    # Of a method PySide keeps only the address of its object, and calls it there when that is gone.
    QTimer.singleShot(_NEXT_TURN_MS, owner, lambda: work())  # noqa: PLW0108


def spread(owner: QObject, works: Iterable[Callable[[], object]]) -> None:
    """Do the first one now and each other one in a turn of its own, as long as ``owner`` is there."""
    left = deque(works)

    def go_on() -> None:
        work = left.popleft()
        if left:
            next_turn(owner, go_on)
        work()

    if left:
        go_on()


def draw_next_turn(widget: QWidget) -> None:
    """Draw the widget and all in it not in this turn, but after the next one has begun.

    For a change that is work enough by itself: a dialog that opens, another style for a whole window. The
    widget takes keys and the mouse meanwhile.
    """
    widget.setUpdatesEnabled(False)
    next_turn(widget, lambda: widget.setUpdatesEnabled(True))


def open_next_turn(dialog: QDialog, *before: Callable[[], object]) -> None:
    """Open it and draw it in turns of their own: making it was work enough for this one.

    Args:
        dialog: It is there, and not shown yet.
        before: What is to be done with it before, in turns of their own.
    """

    def open_it() -> None:
        draw_next_turn(dialog)
        open_over(dialog)

    next_turn(dialog, lambda: spread(dialog, (*before, open_it)))
