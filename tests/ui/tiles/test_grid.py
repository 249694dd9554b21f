from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import TileGrid
from tests.helpers.ui_world import NOW_MS, cameras, picture

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> TileGrid:
    grid = TileGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    grid.set_layout(4)
    grid.show()
    return grid


def test_four_tiles_share_the_room(grid: TileGrid) -> None:
    corners = {(tile.x() > 500, tile.y() > 300) for tile in grid.tiles}
    assert len(corners) == 4
    assert all(tile.width() > 590 and tile.height() > 340 for tile in grid.tiles)


def test_a_click_activates_and_a_double_click_enlarges_and_back(
    qtbot: QtBot, grid: TileGrid
) -> None:
    tile = grid.tiles[2]
    with qtbot.waitSignal(grid.active_changed) as caught:
        QTest.mouseClick(tile.surface, LEFT)
    assert caught.args == [tile]
    QTest.mouseDClick(tile.surface, LEFT)
    assert grid.enlarged is tile
    qtbot.waitUntil(lambda: tile.width() == 1200)
    assert not grid.tiles[0].isVisible()
    QTest.mouseDClick(tile.surface, LEFT)
    assert grid.enlarged is None
    assert grid.tiles[0].isVisible()
    qtbot.waitUntil(lambda: tile.width() < 700)


def test_cameras_go_to_free_tiles_first(grid: TileGrid) -> None:
    assert grid.free_tile() is grid.tiles[0]
    for index, camera in enumerate(cameras(4)):
        grid.tiles[index].set_camera(camera)
    grid.activate(grid.tiles[3])
    assert grid.free_tile() is grid.tiles[3]
    assert grid.tile_of("cam-00001") is grid.tiles[1]


def test_fewer_tiles_close_the_others(qtbot: QtBot, grid: TileGrid) -> None:
    closed: list[object] = []
    grid.tiles_closed.connect(closed.extend)
    last = grid.tiles[3]
    last.set_camera(cameras(1)[0])
    grid.activate(last)
    grid.set_layout(1)
    assert closed == [last]
    assert grid.active is grid.tiles[0]
    qtbot.waitUntil(lambda: grid.tiles[0].width() == 1200)


def test_the_header_is_above_the_picture_and_tells_the_pictures_time(grid: TileGrid) -> None:
    tile = grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.set_zone(ZoneInfo("Europe/Copenhagen"))
    tile.show_picture(picture(instant_ms=NOW_MS + 40))
    assert tile.header.time.text() == "2025-10-24 12:00:00.040 +02:00"
    assert tile.header.name.whole_text == "Main entrance"
    rect = tile.picture_rect()
    assert rect.top() >= tile.header.geometry().bottom()
    shown = tile.grab().toImage()
    strip = QPoint(rect.left() + 4, rect.bottom() - 3)
    assert shown.pixelColor(strip).lightness() in {0, 255}


def test_no_footage_clears_the_picture_so_that_no_other_time_is_believed(grid: TileGrid) -> None:
    tile = grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.show_picture(picture())
    tile.set_status(
        PlaybackStatus(PlaybackState.NO_FOOTAGE, message="Camera offline.", hint="Next at 10:02.")
    )
    assert tile.picture_rect().isEmpty()
    assert tile.header.time.text() == ""
    assert tile.overlay.isVisible()
    assert (tile.overlay.text.text(), tile.overlay.hint.text()) == (
        "Camera offline.",
        "Next at 10:02.",
    )
    tile.set_status(PlaybackStatus(PlaybackState.PLAYING))
    assert not tile.overlay.isVisible()


def test_a_quick_seek_does_not_flash_a_slow_one_says_loading(qtbot: QtBot, grid: TileGrid) -> None:
    tile = grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.set_status(PlaybackStatus(PlaybackState.OPENING))
    assert not tile.overlay.isVisible()
    qtbot.waitUntil(tile.overlay.isVisible)
    assert "Loading" in tile.overlay.text.text()


def test_failures_offer_to_try_again_and_cameras_can_be_closed(
    qtbot: QtBot, grid: TileGrid
) -> None:
    tile = grid.tiles[1]
    tile.set_camera(cameras(1)[0])
    tile.set_status(PlaybackStatus(PlaybackState.FAILED, message="No answer."))
    with qtbot.waitSignal(grid.tile_retried) as retried:
        QTest.mouseClick(tile.overlay.retry, LEFT)
    with qtbot.waitSignal(grid.tiles_closed) as closed:
        QTest.mouseClick(tile.findChild(QToolButton, "tile_close"), LEFT)
    assert (retried.args, closed.args) == ([tile], [[tile]])


def test_a_late_picture_of_a_closed_camera_is_not_shown(grid: TileGrid) -> None:
    tile = grid.tiles[0]
    tile.set_camera(cameras(1)[0])
    tile.set_camera(None)
    tile.show_picture(picture())
    tile.set_status(PlaybackStatus(PlaybackState.PLAYING))
    assert tile.picture_rect().isEmpty()
    assert "No camera" in tile.overlay.text.text()
