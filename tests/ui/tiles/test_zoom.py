import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.surface import VideoSurface
from rta_viewer.ui.tiles.tile import Tile
from rta_viewer.ui.tiles.zoom import MOST, Zoom
from tests.helpers.ui_world import cameras
from tests.ui.tiles.test_surface import striped

SHOWN = QRect(20, 10, 640, 360)


def under(zoom: Zoom, at: QPointF) -> QPointF:
    part = zoom.source(1920, 1080)
    across = (at.x() - SHOWN.left()) / SHOWN.width()
    down = (at.y() - SHOWN.top()) / SHOWN.height()
    return QPointF(part.left() + across * part.width(), part.top() + down * part.height())


points = st.builds(QPointF, st.integers(20, 660), st.integers(10, 370))
steps = st.lists(st.tuples(st.floats(0.2, 5), points), max_size=8)


@given(steps, points)
def test_the_part_lies_in_the_picture_and_what_is_pointed_at_stays(
    before: list[tuple[float, QPointF]], at: QPointF
) -> None:
    zoom = Zoom()
    for by, point in before:
        zoom = zoom.zoomed(by, point, SHOWN)
        part = zoom.source(1920, 1080)
        assert part.left() >= -0.01
        assert part.top() >= -0.01
        assert part.right() <= 1920.01
        assert part.bottom() <= 1080.01
        assert 1 <= zoom.factor <= MOST
    # Zooming in never meets an edge: the point stays exactly.
    pointed = under(zoom, at)
    closer = under(zoom.zoomed(1.5, at, SHOWN), at)
    assert (pointed - closer).manhattanLength() < 0.01


def test_dragging_takes_the_picture_along_up_to_its_edge() -> None:
    zoom = Zoom(4.0)
    moved = zoom.moved(QPointF(32, 0), SHOWN)
    assert moved.x == 0.5 - 32 / 640 / 4
    assert zoom.moved(QPointF(9999, -9999), SHOWN) == Zoom(4.0, 0.125, 0.875)


def test_the_wheel_enlarges_what_is_under_it(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 100)
    surface.show()
    surface.show_picture(striped(300, 100))
    at = QPointF(280, 50)
    for _ in range(6):
        event = QWheelEvent(
            at, QPointF(surface.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(surface, event)
    shown = surface.grab().toImage()
    assert {shown.pixelColor(x, 50).name() for x in (20, 150, 280)} == {"#ff0000"}
    copied = surface.copied()
    assert 70 <= copied.width() <= 82
    assert copied.pixelColor(10, 10).name() == "#ff0000"
    surface.set_zoom(Zoom())
    assert surface.copied().width() == 300


def test_holding_the_picture_moves_it_and_without_zoom_does_nothing(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 100)
    surface.show()
    surface.show_picture(striped(300, 100))

    def drag(start: QPointF, end: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for kind, at, button, held in (
            (QEvent.Type.MouseButtonPress, start, left, left),
            (QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, left),
            (QEvent.Type.MouseButtonRelease, end, left, Qt.MouseButton.NoButton),
        ):
            where = surface.mapToGlobal(at)
            QApplication.sendEvent(surface, QMouseEvent(kind, at, where, button, held, none))

    drag(QPointF(200, 50), QPointF(100, 50))
    assert surface.zoom == Zoom()
    surface.set_zoom(Zoom(2.0))
    drag(QPointF(200, 50), QPointF(100, 50))
    assert surface.zoom.x == pytest.approx(0.5 + 100 / 300 / 2)
    assert surface.cursor().shape() is Qt.CursorShape.OpenHandCursor


def test_another_camera_starts_with_the_whole_picture(qtbot: QtBot, theme: Theme) -> None:
    tile = Tile(theme)
    qtbot.addWidget(tile)
    tile.resize(400, 300)
    tile.show()
    tile.set_camera(cameras(2)[0])
    tile.surface.show_picture(striped(300, 100))
    tile.surface.set_zoom(Zoom(4.0))
    with qtbot.waitSignal(tile.activated):
        QTest.mouseClick(tile.surface, Qt.MouseButton.LeftButton)
    tile.set_camera(cameras(2)[1])
    assert not tile.surface.zoom.active
