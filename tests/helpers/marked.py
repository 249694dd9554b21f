"""A language that puts every translated sentence into marks: what is outside of them nobody translated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from html import unescape
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from rta_viewer.core import day_names, texts
from rta_viewer.core.day_names import DayNames

OPEN, CLOSE = "\u27e6", "\u27e7"
_INSIDE = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*(?:{CLOSE}|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TAG = re.compile(r"<[^>]*>")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_ROWS = 200

# What is no sentence of the program: names, addresses, formats, keys of the keyboard.
DATA = re.compile(
    r"""
    \bRTA\ Viewer\b
    | \b(?:UTC|GMT|CET|CEST|SHA-256|JPEG|H\.?26[45]|MJPEG|MP4|MKV|AVI|TLS|DOMAIN\\name)\b
    | [A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+)+                          # zones: Europe/Copenhagen
    | \b(?:Ctrl|Shift|Alt|Meta)\+\S+ | \bPg(?:Up|Down|Dn)\b | \bF\d+\b
    | \b(?:Space|Left|Right|Home|End|Del|Esc|Return|Enter|Tab)\b   # Qt names keys in its own words
    | https?://\S+ | \b[0-9a-f]{64}\b
    | \{[a-z_]+\}                                                  # places of a file's name
    """,
    re.VERBOSE,
)


class Marked:
    """Implements :class:`rta_viewer.core.texts.Language`."""

    right_to_left = False
    zero = "0"

    def say(self, text: str, meaning: str, count: int) -> str:
        return f"{OPEN}{text}{CLOSE}"


@contextmanager
def marking() -> Iterator[None]:
    """Everything that is said within goes into marks."""

    def put(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{OPEN}{name}{CLOSE}" for name in names)

    english = day_names.ENGLISH
    texts.use(Marked())
    day_names.use(DayNames(*(put(getattr(english, each.name)) for each in fields(english))))
    try:
        yield
    finally:
        texts.use(None)
        day_names.use(None)


def unmarked(text: str, names: frozenset[str] = frozenset()) -> str:
    """The words of a text that nobody translated; nothing when there are none.

    Args:
        text: What stands on the screen, or a part of it that was cut off at its end.
        names: Data that may stand anywhere.
    """
    rest = unescape(_TAG.sub(" ", text)) if text.startswith("<") else text
    while (without := _INSIDE.sub(" ", rest)) != rest:
        rest = without
    rest = DATA.sub(" ", rest.replace("&", ""))
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return rest.strip() if _WORD.search(rest) else ""


def said(top: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a window and of what is in it: where, and what. Also what is hidden."""
    for widget in (top, *top.findChildren(QWidget)):
        name = f"{type(widget).__name__} {widget.objectName()}"
        for what, text in _texts(widget):
            yield f"{name} {what}", text
    for action in top.findChildren(QAction):
        name = f"QAction {action.objectName()}"
        yield f"{name} text", action.text()
        yield f"{name} toolTip", action.toolTip()
        yield f"{name} statusTip", action.statusTip()


@contextmanager
def painted() -> Iterator[list[str]]:
    """What the program's own code draws with a painter while within."""
    drawn: list[str] = []
    draw = QPainter.drawText

    def note(painter: QPainter, *args: Any, **more: Any) -> Any:
        drawn.extend(arg for arg in args if isinstance(arg, str))
        return draw(painter, *args, **more)

    with patch.object(QPainter, "drawText", note):
        yield drawn


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    if widget.objectName().startswith("qt_") and not isinstance(widget, QLabel):
        # A part that Qt made and words itself.
        return
    for what in ("windowTitle", "toolTip", "whatsThis", "accessibleName", "accessibleDescription"):
        yield what, getattr(widget, what)()
    if isinstance(widget, QLabel | QAbstractButton) and not _of_qt(widget):
        yield "text", widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield "placeholderText", widget.placeholderText()
    elif isinstance(widget, QGroupBox | QMenu):
        yield "title", widget.title()
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        if widget.model() is not None:
            yield from _model_texts(widget, widget.model(), QModelIndex())
    else:
        yield from _choices(widget)


def _choices(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QComboBox):
        yield from ((f"item {row}", widget.itemText(row)) for row in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from ((f"tab {at}", widget.tabText(at)) for at in range(widget.count()))
    elif isinstance(widget, QSpinBox):
        yield "prefix", widget.prefix()
        yield "suffix", widget.suffix()
        yield "specialValueText", widget.specialValueText()
    elif isinstance(widget, QProgressBar) and widget.isTextVisible():
        yield "text", widget.text()


def _of_qt(widget: QWidget) -> bool:
    """Buttons that Qt words itself."""
    box = widget.parent()
    if isinstance(widget, QAbstractButton):
        if isinstance(box, QDialogButtonBox):
            mine = box.standardButton(widget) != QDialogButtonBox.StandardButton.NoButton
            message = box.parent()
            if isinstance(message, QMessageBox):
                mine = message.standardButton(widget) != QMessageBox.StandardButton.NoButton
            return mine
        return widget.objectName().startswith("qt_")
    return False


def _model_texts(
    view: QAbstractItemView, model: QAbstractItemModel, parent: QModelIndex
) -> Iterator[tuple[str, str]]:
    if not parent.isValid() and isinstance(view, QTreeView | QTableView):
        for column in range(model.columnCount()):
            title = model.headerData(column, Qt.Orientation.Horizontal)
            if isinstance(title, str):
                yield f"header {column}", title
    columns = 1 if isinstance(view, QListView) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), _ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in _ROLES:
                text = index.data(role)
                if isinstance(text, str):
                    yield role.name, text
        first = model.index(row, 0, parent)
        if model.rowCount(first):
            yield from _model_texts(view, model, first)
