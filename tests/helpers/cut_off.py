"""Finds texts on the screen that have less room than they need."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QToolButton,
    QWidget,
)

_FIELD_EDGES_PX = 18
_ARROW_PX = 24


def cut_off(top: QWidget) -> Iterator[str]:
    """What is not to be read whole in a window that is shown; texts with a tooltip may be shortened."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisibleTo(top) or widget.visibleRegion().isEmpty():
            continue
        needed, given = _needs(widget), widget.width()
        if needed > given + 1 and not widget.toolTip():
            yield f"{_name(widget)}: {needed} of {given} wide"
        if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
            height = widget.heightForWidth(widget.width())
            if height > widget.height() + 1:
                yield f"{_name(widget)}: {height} of {widget.height()} high"
        if isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            yield from _sections(widget)
        if isinstance(widget, QLabel | QAbstractButton) and not _inside(widget):
            yield f"{_name(widget)}: outside of its panel"


def _needs(widget: QWidget) -> int:
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        if widget.wordWrap() or not widget.text() or type(widget) is not QLabel:
            return 0
        return widget.sizeHint().width()
    if isinstance(widget, QCheckBox | QMenuBar):
        return widget.sizeHint().width()
    if isinstance(widget, QToolButton | QAbstractButton):
        return _words(metrics, widget.text()) if widget.text() else 0
    if isinstance(widget, QComboBox):
        return _words(metrics, widget.currentText()) + _FIELD_EDGES_PX + _ARROW_PX
    if (
        isinstance(widget, QLineEdit)
        and not widget.text()
        and not widget.placeholderText().isascii()
    ):
        return _words(metrics, widget.placeholderText()) + _FIELD_EDGES_PX
    return 0


def _words(metrics: QFontMetrics, text: str) -> int:
    return metrics.size(Qt.TextFlag.TextShowMnemonic, text).width()


def _sections(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        needed, given = header.sectionSizeHint(section), header.sectionSize(section)
        if needed > given and not header.isSectionHidden(section):
            title = header.model().headerData(section, Qt.Orientation.Horizontal)
            yield f"header {title!r}: {needed} of {given} wide"


def _inside(widget: QWidget) -> bool:
    around = widget.parentWidget()
    return around is None or around.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {widget.objectName()} {text!r}"


@contextmanager
def too_long_paintings() -> Iterator[list[str]]:
    """What the program's own code draws while within into a rectangle that is too narrow for it."""
    found: list[str] = []
    draw = QPainter.drawText

    def note(painter: QPainter, *args: Any) -> Any:
        if len(args) == 3 and isinstance(args[0], QRect | QRectF) and isinstance(args[2], str):
            needed = painter.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, args[2]).width()
            if needed > args[0].width() + 1:
                found.append(f"painted {args[2]!r}: {needed} of {args[0].width()} wide")
        return draw(painter, *args)

    with patch.object(QPainter, "drawText", note):
        yield found
