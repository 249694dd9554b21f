import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.dragging import CAMERAS_TYPE, cameras_data, cameras_of, tile_data, tile_of
from rta_viewer.ui.tiles.grid import LAYOUTS, TileGrid
from rta_viewer.ui.tiles.tile import Tile
from tests.helpers.ui_world import NOW_MS, cameras


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> TileGrid:
    grid = TileGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    grid.set_layout(4)
    grid.show()
    return grid


def drop(tile: Tile, data: QMimeData) -> bool:
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    middle, action = tile.rect().center(), Qt.DropAction.MoveAction
    enter = QDragEnterEvent(middle, action, data, button, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(tile, enter)
    if not enter.isAccepted():
        return False
    assert tile.property("target") == "true"
    QApplication.sendEvent(tile, QDropEvent(QPointF(middle), action, data, button, keys))
    assert tile.property("target") == "false"
    return True


def test_cameras_are_dropped_onto_a_tile(qtbot: QtBot, grid: TileGrid) -> None:
    with qtbot.waitSignal(grid.cameras_dropped) as caught:
        assert drop(grid.tiles[2], cameras_data(["b", "a", "b"]))
    assert caught.args == [grid.tiles[2], ["b", "a"]]


def test_two_tiles_change_places_and_keep_what_they_show(qtbot: QtBot, grid: TileGrid) -> None:
    first, last = grid.tiles[0], grid.tiles[3]
    first.set_camera(cameras(1)[0])
    grid.activate(first)
    with qtbot.waitSignal(grid.tiles_swapped):
        assert drop(last, tile_data(0))
    assert (grid.tiles[0], grid.tiles[3]) == (last, first)
    assert grid.active is first
    qtbot.waitUntil(lambda: first.x() > 500 and first.y() > 300)
    assert first.camera_id == "cam-00000"
    closed: list[object] = []
    grid.tiles_closed.connect(closed.extend)
    grid.set_layout(1)
    assert closed == [first]
    assert grid.active is last


def test_anything_else_is_refused(grid: TileGrid) -> None:
    foreign = QMimeData()
    foreign.setText("cam-00000")
    assert not drop(grid.tiles[0], foreign)


@given(st.binary(max_size=60))
def test_what_other_programs_write_there_is_no_camera(data: bytes) -> None:
    mime = QMimeData()
    mime.setData(CAMERAS_TYPE, data)
    assert all(isinstance(name, str) for name in cameras_of(mime))
    assert tile_of(mime) is None


@pytest.mark.parametrize("count", LAYOUTS)
def test_every_layout_shows_its_tiles_side_by_side_on_a_small_screen(
    qtbot: QtBot, grid: TileGrid, count: int
) -> None:
    grid.resize(1000, 480)
    grid.set_layout(count)
    for tile in grid.tiles:
        tile.set_camera(cameras(1)[0])
        tile.set_instant(NOW_MS)
    qtbot.waitUntil(lambda: grid.tiles[-1].geometry().right() > 990)
    assert len(grid.tiles) == count
    rows, columns = LAYOUTS[count]
    assert len({tile.x() for tile in grid.tiles}) == columns
    assert len({tile.y() for tile in grid.tiles}) == rows
    assert grid.minimumSizeHint().width() <= 1000
    for tile in grid.tiles:
        assert "10:00:00" in tile.header.time.text()

    def legible() -> bool:
        labels = [(tile.header.time, tile.header) for tile in grid.tiles]
        return all(
            label.width() >= label.sizeHint().width() and label.geometry().right() <= header.width()
            for label, header in labels
        )

    qtbot.waitUntil(legible)


def test_a_narrow_header_keeps_what_matters_and_tells_the_rest_by_tooltip(
    qtbot: QtBot, grid: TileGrid
) -> None:
    grid.set_layout(1)
    tile = grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.set_instant(NOW_MS)
    tile.set_status(PlaybackStatus(PlaybackState.PLAYING, codec="H264", lost_units=3))
    header = tile.header
    forms = []
    for width in (900, 470, 400, 320):
        grid.resize(width, 400)
        qtbot.waitUntil(lambda width=width: abs(header.width() - width) <= 12)
        forms.append((header.time.text(), header.details.isVisible()))
    assert forms[0] == ("2025-10-24 10:00:00.000 UTC", True)
    assert forms[-1][0] == "10:00:00"
    assert [len(text) for text, _ in forms] == sorted(
        (len(text) for text, _ in forms), reverse=True
    )
    assert "3 lost" in header.name.toolTip()
    assert "H264" in header.name.toolTip()


def test_room_is_made_for_more_cameras(grid: TileGrid) -> None:
    grid.set_layout(1)
    grid.make_room(1)
    assert len(grid.tiles) == 1
    grid.tiles[0].set_camera(cameras(1)[0])
    grid.make_room(4)
    assert len(grid.tiles) == 6
    grid.make_room(99)
    assert len(grid.tiles) == 16
