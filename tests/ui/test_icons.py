import gc

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import CameraState
from rta_viewer.ui import icons


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_something_in_the_asked_colour(qtbot: QtBot, name: str) -> None:
    assert QSvgRenderer(QByteArray(icons.svg(name, "#ff0000").encode())).isValid()
    image = icons.icon(name, "#ff0000").pixmap(24).toImage()
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
        image = icons.icon(f"state_{state}", "#ffffff").pixmap(24).toImage()
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


def test_each_state_has_its_own_colour(qtbot: QtBot) -> None:
    made = icons.icon("play", "#101010", checked="#fafafa", selected="#00ff00")
    modes, states = made.Mode, made.State
    for mode, state, ink in (
        (modes.Normal, states.Off, "#101010"),
        (modes.Normal, states.On, "#fafafa"),
        (modes.Active, states.On, "#fafafa"),
        (modes.Selected, states.Off, "#00ff00"),
    ):
        shown = made.pixmap(24, mode, state).toImage().pixelColor(12, 12)
        assert shown == QColor(ink), (mode, state)


def test_an_icon_without_a_colour_for_disabled_is_faint(qtbot: QtBot) -> None:
    made = icons.icon("play", "#ffffff")
    assert made.pixmap(24).toImage().pixelColor(12, 12).alpha() == 255
    assert made.pixmap(24, made.Mode.Disabled).toImage().pixelColor(12, 12).alpha() < 128


def test_an_icon_is_sharp_at_every_scale_and_outlives_who_asked_for_it(qtbot: QtBot) -> None:
    copied = QIcon(icons.icon("play", "#fefefe"))
    icons.icon.cache_clear()
    gc.collect()
    drawn = copied.pixmap(QSize(24, 24), 2.0)
    assert drawn.size() == QSize(48, 48)
    assert drawn.devicePixelRatio() == 2.0
    canvas = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(0)
    painter = QPainter(canvas)
    copied.paint(painter, 6, 6, 48, 48)
    painter.end()
    assert canvas.pixelColor(30, 30).alpha() == 255
    assert canvas.pixelColor(2, 2).alpha() == 0
