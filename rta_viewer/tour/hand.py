"""Mouse and keyboard of the tour: events that enter where the window system's own do."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

_LEFT = Qt.MouseButton.LeftButton
FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit)
"""Where keys are letters."""

_NONE = Qt.KeyboardModifier.NoModifier


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """A left click in the middle of the widget, or at a point in its coordinates."""
    window, point = _place(widget, at)
    QTest.mouseMove(window, point)
    QTest.mouseClick(window, _LEFT, _NONE, point)


def double_click(widget: QWidget, at: QPoint | None = None) -> None:
    """Two clicks that belong together."""
    window, point = _place(widget, at)
    QTest.mouseMove(window, point)
    QTest.mouseDClick(window, _LEFT, _NONE, point)


def move(widget: QWidget, at: QPoint | None = None) -> None:
    """Move the pointer; a button that is held stays held."""
    window, point = _place(widget, at)
    QTest.mouseMove(window, point)


def press(widget: QWidget, at: QPoint | None = None) -> None:
    """Hold the left button."""
    window, point = _place(widget, at)
    QTest.mouseMove(window, point)
    QTest.mousePress(window, _LEFT, _NONE, point)


def release(widget: QWidget, at: QPoint | None = None) -> None:
    """Let the left button go."""
    window, point = _place(widget, at)
    QTest.mouseRelease(window, _LEFT, _NONE, point)


def key(widget: QWidget, which: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """One key, sent to whatever has the focus in the widget's window."""
    QTest.keyClick(_window(widget), which, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Replace a text field's content by typing."""
    click(widget)
    key(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_keys(widget, text)


def type_keys(widget: QWidget, text: str) -> None:
    """Type into whatever has the focus in the widget's window."""
    for letter in text:
        QTest.keyClick(_window(widget), ord(letter))


def _window(widget: QWidget) -> QWindow:
    handle: QWindow | None = widget.window().windowHandle()
    if handle is None:
        msg = f"{widget.objectName()} is in no window"
        raise RuntimeError(msg)
    return handle


def _place(widget: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
    point = widget.rect().center() if at is None else at
    return _window(widget), widget.mapTo(widget.window(), point)
