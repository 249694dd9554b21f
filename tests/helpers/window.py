"""Somebody at the real window: looks at the screen, moves the mouse, presses keys, and waits.

Mouse and keys go to the operating system's window and find their widget as those of an operator do: what
is covered, disabled or without focus does not get them. Pictures are read from the screen, not from the
widgets.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from rta_viewer.demo import timecode
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.tiles.tile import Tile

LIMIT_S = 60.0
_LOOK_EVERY_MS = 10

_T = TypeVar("_T")
_WidgetT = TypeVar("_WidgetT", bound=QWidget)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def wait_for(what: str, look: Callable[[], _T | None], limit_s: float = LIMIT_S) -> _T:
    """Let the window live until ``look`` gives something true; returns that.

    Raises:
        AssertionError: It did not within the limit.
    """
    found: list[_T] = []
    failed: list[BaseException] = []
    loop, timer = QEventLoop(), QTimer()
    deadline_s = time.monotonic() + limit_s

    def on_timeout() -> None:
        try:
            seen = look()
        except Exception as err:  # noqa: BLE001 - carried out of the event loop
            failed.append(err)
        else:
            if seen:
                found.append(seen)
        if found or failed or time.monotonic() > deadline_s:
            timer.stop()
            loop.quit()

    timer.timeout.connect(on_timeout)
    timer.start(_LOOK_EVERY_MS)
    loop.exec()
    if failed:
        raise failed[0]
    assert found, f"within {limit_s:g} s there was no {what}"
    return found[0]


def grab(rect: QRect) -> QImage:
    """What the screen shows there, in global coordinates; as many pixels as that screen has."""
    screen = QGuiApplication.screenAt(rect.center()) or QGuiApplication.primaryScreen()
    place = rect.translated(-screen.geometry().topLeft())
    return screen.grabWindow(0, place.x(), place.y(), place.width(), place.height()).toImage()


def luma_of(image: QImage) -> np.ndarray:
    """The brightness of an image's pixels."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    # The image goes with this function; its memory may not even be mapped any more then.
    return rows[:, : grey.width()].copy()


class Operator:
    """Works with one window of the program. GUI thread."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    # What is seen

    def has(self, name: str) -> bool:
        """True while a widget of that name is visible."""
        return bool(_visible(QWidget, name))

    def widget(self, kind: type[_WidgetT], name: str) -> _WidgetT:
        """The one visible widget of that name, in whichever window."""
        found = _visible(kind, name)
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    def appears(self, kind: type[_WidgetT], name: str) -> _WidgetT:
        """Wait for the widget of that name."""
        return wait_for(f"{name} on the screen", lambda: _visible(kind, name))[0]

    def text_of(self, name: str) -> str:
        """The words of a visible label; empty when it is not visible."""
        labels = _visible(QLabel, name)
        return labels[0].text() if labels else ""

    def reads(self, name: str, *words: str) -> str:
        """Wait until the label of that name says all the words; returns all that it says."""

        def look() -> str | None:
            text = self.text_of(name)
            return text if text and all(word in text for word in words) else None

        return wait_for(f"{words} in {name} (it says {self.text_of(name)!r})", look)

    @property
    def tile(self) -> Tile:
        """The active one."""
        return self.window.grid.active

    def shown(self) -> timecode.TimeCode | None:
        """The time code of the active tile's picture, as it is on the screen now."""
        rect = self.tile.surface.picture_rect()
        if rect.isEmpty():
            return None
        corner = self.tile.surface.mapToGlobal(rect.topLeft())
        return timecode.read(luma_of(grab(QRect(corner, rect.size()))))

    def shown_ms(self) -> int | None:
        """The instant of that."""
        code = self.shown()
        return code.instant_ms if code else None

    def sees(self, first_ms: float, last_ms: float) -> int:
        """Wait until the picture on the screen is one of ``(first_ms, last_ms]``."""
        seen: list[int | None] = []

        def look() -> int | None:
            seen.append(self.shown_ms())
            shown = seen[-1]
            return shown if shown is not None and first_ms < shown <= last_ms else None

        try:
            return wait_for("such picture", look)
        except AssertionError as err:
            msg = f"no picture of ({first_ms}, {last_ms}], the last seen was {seen[-1:]}"
            raise AssertionError(msg) from err

    # What is done

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Left click, in the middle unless told otherwise."""
        QTest.mouseClick(*_target(widget, at))

    def double_click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Left double-click."""
        QTest.mouseDClick(*_target(widget, at))

    def point_at(self, widget: QWidget, at: QPoint) -> None:
        """Move the mouse there."""
        window, _button, _keys, point = _target(widget, at)
        QTest.mouseMove(window, point - QPoint(2, 0))
        QTest.mouseMove(window, point)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key, wherever the focus is."""
        QTest.keyClick(self._focus(), key, modifiers or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type into whatever has the focus, over what is selected."""
        for letter in text:
            QTest.keyClick(self._focus(), letter)

    def retype(self, text: str) -> None:
        """Replace the text of the field that has the focus."""
        self.press(Key.Key_A, CTRL)
        self.type(text)

    def go_to(self, time_text: str) -> None:
        """Ctrl+G, a date and time, Enter."""
        self.press(Key.Key_G, CTRL)
        self.retype(time_text)
        self.press(Key.Key_Return)

    def open_camera(self, name: str) -> None:
        """Double-click it in the tree."""
        tree = self.window.tree

        def look() -> str | None:
            named = (each for each in tree.model.cameras() if each.name == name)
            return next((each.camera_id for each in named), None)

        index = tree.index_of(wait_for(f"camera {name}", look))
        self.double_click(tree.view.viewport(), tree.view.visualRect(index).center())

    def _focus(self) -> QWindow:
        """The window that gets keys. A virtual screen has no window manager that hands the focus back."""
        if QGuiApplication.focusWindow() is None:
            (QApplication.activeModalWidget() or self.window).activateWindow()
        return wait_for("window with the focus", QGuiApplication.focusWindow)


def _visible(kind: type[_WidgetT], name: str) -> list[_WidgetT]:
    return [
        widget
        for widget in QApplication.allWidgets()
        if isinstance(widget, kind) and widget.objectName() == name and widget.isVisible()
    ]


def _target(
    widget: QWidget, at: QPoint | None
) -> tuple[QWindow, Qt.MouseButton, Qt.KeyboardModifier, QPoint]:
    top = widget.window()
    point = widget.mapTo(top, at if at is not None else widget.rect().center())
    return top.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point
