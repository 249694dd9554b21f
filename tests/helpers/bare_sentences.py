"""Finds sentences for people in the program's source that are not handed to ``tr``, ``trn`` or ``mark``."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_SAID = re.compile(r"RTA Viewer|UTC|https?:")
_SHOWN_BY = frozenset(
    [
        "setText",
        "setToolTip",
        "setPlaceholderText",
        "setWindowTitle",
        "setAccessibleName",
        "setTitle",
        "setLabelText",
        "setAccessibleDescription",
        "setInformativeText",
        "setStatusTip",
        "setHorizontalHeaderLabels",
        "setHeaderLabels",
        "addItem",
        "addItems",
        "addAction",
        "addMenu",
        "addButton",
        "addTab",
        "show_notice",
        "show_note",
        "show_activity",
        "show_words",
        "show_offer",
        "setNameFilter",
        "setNameFilters",
        "notify",
        "QLabel",
        "QPushButton",
        "QToolButton",
        "QAction",
        "QMenu",
        "QDockWidget",
        "QGroupBox",
        "QFileDialog",
        "CheckBox",
        "QCheckBox",
    ]
)


def bare_sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each literal that a widget or an error gets as it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _is_for_people(node):
            for argument in node.args:
                for text in _literals(argument):
                    if _WORD.search(_NOT_SAID.sub("", text)):
                        yield node.lineno, text


def _is_for_people(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    name = function.id if isinstance(function, ast.Name) else name
    ours = name.endswith("Error") and not hasattr(builtins, name)
    return ours or name in _SHOWN_BY


def _literals(node: ast.expr) -> Iterator[str]:
    """What a value is made of, without what other functions make of it."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            for part in node.values:
                inner = part.value if isinstance(part, ast.FormattedValue) else part
                yield from _literals(inner)
        case ast.IfExp():
            yield from _literals(node.body)
            yield from _literals(node.orelse)
        case ast.BinOp():
            yield from _literals(node.left)
            yield from _literals(node.right)
        case ast.List() | ast.Tuple():
            for element in node.elts:
                yield from _literals(element)
        case ast.BoolOp():
            for value in node.values:
                yield from _literals(value)
        case _:
            return
