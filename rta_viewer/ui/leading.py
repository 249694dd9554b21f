"""Where lines of text begin: at the right in a window that runs from the right, whatever they say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rta_viewer.core.texts import is_right_to_left

_FLAG = Qt.AlignmentFlag


def leading() -> Qt.AlignmentFlag:
    """The side at which lines begin, also those of names, addresses and times."""
    return _FLAG.AlignRight | _FLAG.AlignAbsolute if is_right_to_left() else _FLAG.AlignLeft


def align_labels(top: QWidget) -> None:
    """Begin the lines of all labels of a window where its other lines begin.

    Qt puts a label with Latin letters to the left, far from its caption in a window that runs from the right.
    """
    if not is_right_to_left():
        return
    for label in top.findChildren(QLabel):
        sides = label.alignment() & _FLAG.AlignHorizontal_Mask
        if sides in {Qt.AlignmentFlag(0), _FLAG.AlignLeft}:
            upright = label.alignment() & _FLAG.AlignVertical_Mask
            label.setAlignment(leading() | upright)
