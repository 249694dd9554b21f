"""The tiles side by side."""

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.qt.turns import draw_next_turn
from rta_viewer.ui.plain import make_labels_plain
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.tile import Tile

LAYOUTS = {1: (1, 1), 2: (1, 2), 4: (2, 2), 6: (2, 3), 9: (3, 3), 16: (4, 4)}
"""How many tiles, and in how many rows and columns they stand."""


class TileGrid(QWidget):
    """Some tiles, one of them active, at most one enlarged to the whole room.

    Signals:
        active_changed: Another :class:`Tile` is the active one.
        tiles_closed: By their button, or because there is no room for them any more.
        tile_retried: The button of a :class:`Tile`.
        layout_changed: The number of tiles.
        cameras_dropped: Cameras were dragged onto a tile: ``(tile, camera ids)``.
        tiles_swapped: Two tiles changed places.
    """

    active_changed = Signal(object)
    tiles_closed = Signal(object)
    tile_retried = Signal(object)
    layout_changed = Signal(int)
    cameras_dropped = Signal(object, object)
    tiles_swapped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile_grid")
        self.setAccessibleName(tr("Tiles"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._zone: tzinfo = UTC
        self._tiles: list[Tile] = []
        self._make_tiles(1)
        self._count = 1
        self._active = self._tiles[0]
        self._enlarged: Tile | None = None
        self._box = QGridLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._active.set_active(True)
        self._arrange()

    def _make_tiles(self, count: int) -> None:
        """Sixteen tiles cost time at the start; most windows never need them."""
        for index in range(len(self._tiles), count):
            tile = Tile(self._theme, index, self)
            make_labels_plain(tile)
            tile.set_zone(self._zone)
            tile.activated.connect(self._on_activated)
            tile.enlarge_requested.connect(self._on_enlarge_requested)
            tile.close_requested.connect(self._on_close_requested)
            tile.retry_requested.connect(self._on_retry_requested)
            tile.cameras_dropped.connect(self._on_cameras_dropped)
            tile.tile_dropped.connect(self._on_tile_dropped)
            tile.place_wanted.connect(self._on_place_wanted)
            self._tiles.append(tile)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Those of the chosen layout, also while one of them is enlarged."""
        return tuple(self._tiles[: self._count])

    @property
    def active(self) -> Tile:
        """The one that keys and timeline speak of."""
        return self._active

    @property
    def enlarged(self) -> Tile | None:
        """The one that fills the room, or None."""
        return self._enlarged

    def tile_of(self, camera_id: str) -> Tile | None:
        """The tile that shows a camera."""
        return next((tile for tile in self.tiles if tile.camera_id == camera_id), None)

    def free_tile(self) -> Tile:
        """Where the next camera goes: the first empty tile, otherwise the active one."""
        return next((tile for tile in self.tiles if tile.camera is None), self._active)

    def set_layout(self, count: int) -> None:
        """Show so many tiles (a key of ``LAYOUTS``); cameras beyond them are reported as closed."""
        # Making room is work enough for one turn, and pictures play.
        draw_next_turn(self)
        self._make_tiles(count)
        self._count = count
        self._enlarged = None
        if self._active not in self._tiles[:count]:
            self.activate(self._tiles[0])
        self._arrange()
        if beyond := [tile for tile in self._tiles[count:] if tile.camera is not None]:
            self.tiles_closed.emit(beyond)
        self.layout_changed.emit(count)

    def make_room(self, more: int) -> None:
        """Show as many tiles as it takes for so many more cameras, as far as there are layouts."""
        wanted = sum(tile.camera is not None for tile in self.tiles) + more
        if wanted > self._count:
            self.set_layout(next((count for count in LAYOUTS if count >= wanted), max(LAYOUTS)))

    def swap(self, first: Tile, second: Tile) -> None:
        """Let two tiles change places; what they play goes on."""
        if first is second:
            return
        one, two = self._tiles.index(first), self._tiles.index(second)
        self._tiles[one], self._tiles[two] = second, first
        self._arrange()
        self.tiles_swapped.emit()

    def activate(self, tile: Tile) -> None:
        """Make a tile the active one."""
        if tile is self._active:
            return
        self._active.set_active(False)
        self._active = tile
        tile.set_active(True)
        self.active_changed.emit(tile)

    def step(self, by: int) -> None:
        """Make the next (1) or the previous (-1) tile the active one, also while one is enlarged."""
        tiles = self.tiles
        chosen = tiles[(tiles.index(self._active) + by) % len(tiles)]
        self.activate(chosen)
        if self._enlarged is not None:
            self.enlarge(chosen)

    def enlarge(self, tile: Tile | None) -> None:
        """Give one tile the whole room, or share it again."""
        self._enlarged = tile
        self._arrange()

    def set_zone(self, zone: tzinfo) -> None:
        """Word times in another zone."""
        self._zone = zone
        for tile in self._tiles:
            tile.set_zone(zone)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        for tile in self._tiles:
            tile.set_theme(theme)

    def _arrange(self) -> None:
        for tile in self._tiles:
            self._box.removeWidget(tile)
            tile.hide()
        rows, columns = LAYOUTS[self._count]
        for index, tile in enumerate(self.tiles):
            if self._enlarged is None or tile is self._enlarged:
                self._box.addWidget(tile, index // columns, index % columns)
                tile.show()
        for position in range(max(rows, self._box.rowCount(), self._box.columnCount())):
            shared = self._enlarged is None
            self._box.setRowStretch(position, 1 if shared and position < rows else 0)
            self._box.setColumnStretch(position, 1 if shared and position < columns else 0)

    @Slot(object)
    def _on_cameras_dropped(self, camera_ids: list[str]) -> None:
        self.cameras_dropped.emit(self._sending_tile(), camera_ids)

    @Slot(int)
    def _on_tile_dropped(self, place: int) -> None:
        if 0 <= place < self._count:
            self.swap(self._tiles[place], self._sending_tile())

    @Slot()
    def _on_place_wanted(self) -> None:
        tile = self._sending_tile()
        tile.drag(self._tiles.index(tile))

    def _sending_tile(self) -> Tile:
        tile = self.sender()
        return tile if isinstance(tile, Tile) else self._active

    @Slot()
    def _on_activated(self) -> None:
        self.activate(self._sending_tile())

    @Slot()
    def _on_enlarge_requested(self) -> None:
        tile = self._sending_tile()
        if self._count > 1:
            self.enlarge(None if self._enlarged else tile)

    @Slot()
    def _on_close_requested(self) -> None:
        self.tiles_closed.emit([self._sending_tile()])

    @Slot()
    def _on_retry_requested(self) -> None:
        self.tile_retried.emit(self._sending_tile())
