"""Saved files in the real window, no server anywhere: what both tiles show is read from the screen."""

from typing import Any

from PySide6.QtCore import QRect

from rta_viewer.core.playback import PlaybackState
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo import timecode
from rta_viewer.ui.tiles.tile import Tile
from tests.helpers.window import Key, Operator, grab, luma_of, wait_for


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    tiles = wait_for("two tiles with files", lambda: _tiles(operator))
    wait_for("pictures in both", lambda: all(_codes(tiles)))
    playing = wait_for("pictures that go on", lambda: _later(tiles, given["both_ms"] + 1_000))
    notes = [wait_for("the receipt's check", lambda tile=tile: _note(tile)) for tile in tiles]
    operator.press(Key.Key_Space)
    wait_for("the pause", lambda: all(tile.status.state is PlaybackState.PAUSED for tile in tiles))
    operator.go_to(iso_utc(given["at_ms"]))
    stopped = wait_for("the asked picture in both", lambda: _at(tiles, given["at_ms"]))
    operator.press(Key.Key_Period)
    stepped = wait_for("the next picture", lambda: _at(tiles, given["at_ms"] + given["step_ms"]))
    return {
        "names": [tile.header.name.whole_text for tile in tiles],
        "notes": notes,
        "playing": playing,
        "stopped": stopped,
        "stepped": stepped,
        "said": [tile.header.time.text() for tile in tiles],
        "asked_to_sign_in": operator.has("sign_in_dialog"),
        "server": operator.text_of("status_server"),
    }


def _tiles(operator: Operator) -> list[Tile]:
    tiles = [tile for tile in operator.window.grid.tiles if tile.camera is not None]
    return sorted(tiles, key=lambda tile: tile.header.name.whole_text) if len(tiles) == 2 else []


def _codes(tiles: list[Tile]) -> list[timecode.TimeCode | None]:
    return [_code(tile) for tile in tiles]


def _code(tile: Tile) -> timecode.TimeCode | None:
    rect = tile.surface.picture_rect()
    if rect.isEmpty():
        return None
    corner = tile.surface.mapToGlobal(rect.topLeft())
    return timecode.read(luma_of(grab(QRect(corner, rect.size()))))


def _pairs(tiles: list[Tile]) -> list[list[int]]:
    """Instant and camera of each tile's picture; empty while one of them cannot be read."""
    codes = [code for code in _codes(tiles) if code is not None]
    found = [[code.instant_ms, code.camera_number] for code in codes]
    return found if len(found) == len(tiles) else []


def _later(tiles: list[Tile], instant_ms: int) -> list[list[int]]:
    found = _pairs(tiles)
    return found if found and min(pair[0] for pair in found) > instant_ms else []


def _at(tiles: list[Tile], instant_ms: int) -> list[list[int]]:
    found = _pairs(tiles)
    return found if found and all(pair[0] == instant_ms for pair in found) else []


def _note(tile: Tile) -> str:
    note = tile.header.name.toolTip()
    return note if "comparing" not in note else ""
