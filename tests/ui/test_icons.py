import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import CameraState
from rta_viewer.ui import icons


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_something_in_the_asked_colour(qtbot: QtBot, name: str) -> None:
    assert QSvgRenderer(QByteArray(icons.svg(name, "#ff0000").encode())).isValid()
    image = icons.pixmap(name, "#ff0000", 24).toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert len(inked) > 8
    assert all((c.red(), c.green(), c.blue()) == (255, 0, 0) for c in inked)


def test_camera_states_differ_in_shape_not_only_in_colour(qtbot: QtBot) -> None:
    shapes = []
    for state in CameraState:
        image = icons.pixmap(f"state_{state}", "#ffffff", 24).toImage()
        shapes.append(
            frozenset(
                (x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 128
            )
        )
    for index, one in enumerate(shapes):
        for two in shapes[index + 1 :]:
            assert len(one ^ two) > 30


def test_a_disabled_icon_has_its_own_colour(qtbot: QtBot) -> None:
    made = icons.icon("play", "#ffffff", disabled="#404040")
    shown = made.pixmap(24, made.Mode.Disabled).toImage().pixelColor(12, 12)
    assert shown == QColor("#404040")
