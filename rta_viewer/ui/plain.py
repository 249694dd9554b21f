"""Words of a server are words: Qt takes what looks like markup for markup, and markup can name files to load.

On Windows such a file may be on somebody's computer, and asking for it tells that computer who is asking.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def make_labels_plain(top: QWidget) -> None:
    """No label below takes markup from now on."""
    for label in top.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """A tooltip that shows this very text: of tooltips nothing but their text can be said to Qt."""
    if "<" not in text:
        return text
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"
