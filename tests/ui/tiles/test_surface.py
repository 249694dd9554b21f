import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QSize
from pytestqt.qtbot import QtBot

from rta_viewer.core.ports import Picture
from rta_viewer.ui.tiles.surface import VideoSurface, fitted


def striped(width: int, height: int, *, padding: int = 0) -> Picture:
    """Blue, green and red thirds from left to right; lines padded with garbage."""
    stride = width * 4 + padding
    pixels = np.full((height, stride), 0x77, np.uint8)
    third = width // 3
    for part in range(3):
        block = pixels[:, part * third * 4 : (part + 1) * third * 4].reshape(height, third, 4)
        block[:] = 0
        block[:, :, part] = 255
    return Picture(width, height, stride, memoryview(pixels.reshape(-1)), 1.0)


def test_pictures_are_shown_as_they_are(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 100)
    surface.show_picture(striped(300, 100, padding=48))
    shown = surface.grab().toImage()
    assert [shown.pixelColor(x, 50).name() for x in (50, 150, 250)] == [
        "#0000ff",
        "#00ff00",
        "#ff0000",
    ]


def test_another_shape_is_letterboxed_in_black(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 300)
    surface.show_picture(striped(300, 100))
    assert surface.picture_rect() == QRect(0, 100, 300, 100)
    shown = surface.grab().toImage()
    assert shown.pixelColor(50, 50).name() == "#000000"
    assert shown.pixelColor(50, 150).name() == "#0000ff"
    assert shown.pixelColor(250, 250).name() == "#000000"


def test_a_picture_of_another_size_leaves_nothing_of_the_one_before(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 300)
    surface.set_zoom(surface.zoom.zoomed(2.0, QPointF(150, 150), QRect(0, 0, 300, 300)))
    surface.show_picture(striped(300, 300))
    surface.show_picture(striped(60, 120))
    assert surface.picture_rect() == QRect(75, 0, 150, 300)
    shown = surface.grab().toImage()
    # The same part of the picture is shown: its middle, which is green.
    assert shown.pixelColor(150, 150).name() == "#00ff00"
    assert {shown.pixelColor(x, 150).name() for x in (20, 280)} == {"#000000"}
    assert surface.copied().size() == QSize(30, 60)


def test_nothing_is_shown_after_clear(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(30, 30)
    surface.show_picture(striped(30, 30))
    surface.clear()
    assert surface.picture_rect().isEmpty()
    assert surface.grab().toImage().pixelColor(5, 15).name() == "#000000"


@pytest.mark.parametrize(
    ("size", "room", "expected"),
    [
        (QSize(640, 360), QRect(0, 0, 1280, 720), QRect(0, 0, 1280, 720)),
        (QSize(640, 480), QRect(10, 20, 640, 360), QRect(90, 20, 480, 360)),
        (QSize(), QRect(0, 0, 10, 10), QRect()),
    ],
)
def test_fitting(size: QSize, room: QRect, expected: QRect) -> None:
    assert fitted(size, room) == expected
