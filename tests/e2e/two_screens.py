"""A window that is moved to a screen of twice the resolution, and back."""

from typing import Any

import numpy as np
from PySide6.QtCore import QByteArray, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from rta_viewer.core.timetext import iso_utc
from rta_viewer.ui import icons
from rta_viewer.ui.icon_label import IconLabel
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.e2e.moments import CAMERA, steady_ms
from tests.helpers.window import Key, Operator, grab, wait_for

_AT = QPoint(120, 60)


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    window = operator.window
    window.resize(1500, 850)
    move(window, "left")
    operator.reads("camera_tree_status", "14 cameras")
    operator.go_to(iso_utc(steady_ms()))
    operator.open_camera(CAMERA)
    first_ms = operator.sees(0, 1 << 44)
    window.messages.show_notice("Saved.")
    saw: list[dict[str, Any]] = []
    for name in ("right", "left", "right"):
        move(window, name)
        first_ms = operator.sees(first_ms, first_ms + 60_000)
        picture = operator.tile.surface
        there = {
            "name": name,
            "scale": window.devicePixelRatioF(),
            "size": [window.width(), window.height()],
            "picture_px": grab(on_screen(picture)).width() / picture.width(),
            "icon_off": icon_off(window.messages.findChildren(IconLabel)[0]),
            "dialogs": [
                size_of(operator, "save_clip", "save_dialog"),
                size_of(operator, "change_keys", "key_dialog"),
            ],
        }
        saw.append(there)
    screens = QGuiApplication.screens()
    return {"saw": saw, "screens": {screen.name(): screen.devicePixelRatio() for screen in screens}}


def move(window: QWidget, name: str) -> None:
    screen = next(one for one in QGuiApplication.screens() if one.name() == name)
    scale = screen.devicePixelRatio()
    window.move(screen.geometry().topLeft() + _AT)
    wait_for(
        f"window on the {name} screen",
        lambda: window.screen().name() == name and window.devicePixelRatioF() == scale,
    )


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].astype(int)


def icon_off(label: QLabel) -> float:
    """How much the icon on the screen differs from one that is drawn for it: levels of 255, the mean."""
    shown = grab(on_screen(label))
    ideal = QImage(shown.size(), QImage.Format.Format_RGB32)
    ideal.fill(DARK_THEME.colour("notice_ground"))
    side = min(shown.width(), shown.height())
    place = QRect(0, 0, side, side)
    place.moveCenter(ideal.rect().center())
    painter = QPainter(ideal)
    drawn = icons.svg("info", DARK_THEME.colours.on_notice_ground)
    QSvgRenderer(QByteArray(drawn.encode())).render(painter, place)
    painter.end()
    return float(np.abs(pixels(shown) - pixels(ideal)).mean())


def size_of(operator: Operator, action: str, name: str) -> list[int]:
    operator.window.acts[action].trigger()
    dialog = operator.appears(QDialog, name)
    wait_for("its focus", lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    size = [dialog.width(), dialog.height()]
    operator.press(Key.Key_Escape)
    wait_for("its end", lambda: not operator.has(name))
    return size
