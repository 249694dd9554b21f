"""Which cameras stood in which tiles: the last arrangement comes back, others are kept by name.

Kept beside the window's geometry, one JSON text a server and user. What cannot be read is nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu

from rta_viewer.core.model import Camera
from rta_viewer.core.texts import tr
from rta_viewer.qt.dialogs import open_over
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.tiles.grid import LAYOUTS

MOST_NAMES = 40
LONGEST_NAME = 60
_GROUP = "layouts"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How many tiles, and the camera of each; an empty id is a free tile."""

    tiles: int
    cameras: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"tiles": self.tiles, "cameras": list(self.cameras)}

    @classmethod
    def from_json(cls, found: object) -> "Arrangement | None":
        """None for anything that is not one."""
        if not isinstance(found, dict) or found.get("tiles") not in LAYOUTS:
            return None
        cameras = found.get("cameras")
        if not isinstance(cameras, list) or not all(isinstance(one, str) for one in cameras):
            return None
        return cls(found["tiles"], tuple(cameras[: found["tiles"]]))


class LayoutStore:
    """The arrangements of one server and user."""

    def __init__(self, settings: KeptTexts, server: str, username: str) -> None:
        self._settings = settings
        # A slash would be a folder of the settings, and addresses have slashes.
        self._key = f"{_GROUP}/{server.replace('/', '_')} {username.replace('/', '_')}"

    def last(self) -> Arrangement | None:
        """What was there when the program was left."""
        return Arrangement.from_json(self._read().get("last"))

    def named(self) -> dict[str, Arrangement]:
        """Those with a name, sorted by it."""
        found = self._read().get("named")
        entries = found.items() if isinstance(found, dict) else ()
        kept = {str(name): Arrangement.from_json(value) for name, value in entries}
        return {name: kept[name] for name in sorted(kept, key=str.casefold) if kept[name]}  # type: ignore[misc]

    def keep_last(self, arrangement: Arrangement) -> None:
        """What is there now."""
        self._write({**self._read(), "last": arrangement.to_json()})

    def keep_named(self, named: Mapping[str, Arrangement]) -> None:
        """Replace those with a name."""
        kept = {name: found.to_json() for name, found in list(named.items())[:MOST_NAMES]}
        self._write({**self._read(), "named": kept})

    def drop(self) -> None:
        """Keep none of them."""
        self._settings.put(self._key, "")

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._settings.text(self._key) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, document: Mapping[str, Any]) -> None:
        self._settings.put(self._key, json.dumps(document))


class Layouts(QObject):
    """Keeps and brings back arrangements; fills the menu of those with a name. GUI thread.

    Args:
        awaits: Says of a camera that is not known whether its server is still to come.
    """

    def __init__(
        self,
        window: MainWindow,
        playback: PlaybackController,
        settings: KeptTexts,
        awaits: Callable[[str], bool] = lambda _: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._settings = settings
        self._store: LayoutStore | None = None
        self._awaits = awaits
        self._awaited: dict[int, str] = {}
        self._asking: QInputDialog | None = None
        self._menu: QMenu = window.layouts_menu
        self._menu.aboutToShow.connect(self._on_menu)
        window.acts["save_layout"].triggered.connect(self.ask_for_a_name)
        playback.cameras_changed.connect(self._on_changed)
        window.grid.layout_changed.connect(self._on_changed)
        window.grid.tiles_swapped.connect(self._on_changed)

    def enter(self, server: str, username: str) -> None:
        """Somebody signed in and all cameras are known: bring back the last arrangement."""
        self._store = LayoutStore(self._settings, server, username)
        self._fill_awaited()
        last = self._store.last()
        if last is not None and not self._playback.open_cameras:
            self.show(last)

    def drop(self, server: str, username: str) -> None:
        """Forget all arrangements of a server and user."""
        LayoutStore(self._settings, server, username).drop()

    def leave(self) -> None:
        """Nobody is signed in; what happens to the tiles now is not worth keeping."""
        self._store = None
        self._awaited = {}

    @property
    def current(self) -> Arrangement:
        """What is there now, and what will be there when its server is."""
        tiles = self._window.grid.tiles
        cameras = [tile.camera_id for tile in tiles]
        for place, camera_id in self._awaited.items():
            if place < len(cameras):
                cameras[place] = cameras[place] or camera_id
        return Arrangement(len(tiles), tuple(cameras))

    def show(self, arrangement: Arrangement) -> None:
        """Arrange the tiles like this; cameras that are no more leave their tile free."""
        known = self._known(arrangement.cameras)
        self._awaited = {
            place: camera_id
            for place, camera_id in enumerate(arrangement.cameras)
            if known[place] is None and self._awaits(camera_id)
        }
        self.arrange(arrangement.tiles, known)

    def _fill_awaited(self) -> None:
        """Open those whose server has come, where their tile is still free."""
        grid = self._window.grid
        for place, camera_id in list(self._awaited.items()):
            camera = self._window.tree.model.camera(camera_id)
            if camera is None:
                continue
            del self._awaited[place]
            if place < len(grid.tiles) and grid.tiles[place].camera is None:
                active = grid.active
                self._playback.open_camera(camera, tile=grid.tiles[place])
                if active.camera is not None:
                    # Nobody asked for another tile just now.
                    grid.activate(active)

    def arrange(self, tiles: int, cameras: Sequence[Camera | None]) -> None:
        """So many tiles, and these cameras in them; all others are closed."""
        store, self._store = self._store, None
        with self._playback.changes.together():
            self._arrange(tiles, [self._as_it_is(camera) for camera in cameras])
        self._store = store
        self._on_changed()

    def _arrange(self, tiles: int, cameras: Sequence[Camera | None]) -> None:
        grid = self._window.grid
        wanted = {camera.camera_id for camera in cameras if camera is not None}
        self._playback.close_cameras(lambda camera: camera.camera_id not in wanted)
        grid.set_layout(tiles)
        for place, camera in enumerate(cameras):
            if camera is None:
                continue
            tile = grid.tiles[place]
            shown = grid.tile_of(camera.camera_id)
            if shown is not None:
                grid.swap(shown, tile)
            else:
                self._playback.open_camera(camera, tile=tile)
        grid.activate(next((tile for tile in grid.tiles if tile.camera), grid.tiles[0]))

    def _as_it_is(self, camera: Camera | None) -> Camera | None:
        """Saved files may have been closed since, and more may be known of them."""
        if camera is None or not camera.is_saved_file:
            return camera
        return self._window.tree.model.camera(camera.camera_id)

    def save(self, name: str) -> None:
        """Keep what is there under a name; one that exists is replaced."""
        short = " ".join(name.split())[:LONGEST_NAME]
        if self._store is not None and short:
            self._store.keep_named({short: self.current, **_without(self._store.named(), short)})

    def forget(self, name: str) -> None:
        """Drop one."""
        if self._store is not None:
            self._store.keep_named(_without(self._store.named(), name))

    @Slot()
    def ask_for_a_name(self) -> None:
        """A small dialog."""
        if self._store is None:
            self._window.messages.show_notice(tr("Sign in first: layouts belong to a server."))
            return
        dialog = QInputDialog(self._window)
        dialog.setObjectName("layout_name_dialog")
        dialog.setWindowTitle(tr("Save layout"))
        dialog.setLabelText(tr("Name of this layout"))
        dialog.textValueSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        self._asking = dialog
        open_over(dialog)

    def _known(self, camera_ids: Sequence[str]) -> list[Camera | None]:
        model = self._window.tree.model
        return [model.camera(camera_id) for camera_id in camera_ids]

    @Slot()
    def _on_changed(self) -> None:
        if self._store is not None:
            tiles = self._window.grid.tiles
            # A tile that somebody uses is not kept free for anybody.
            self._awaited = {
                place: camera_id
                for place, camera_id in self._awaited.items()
                if place < len(tiles) and tiles[place].camera is None
            }
            self._store.keep_last(self.current)

    @Slot()
    def _on_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(self._window.acts["save_layout"])
        named = self._store.named() if self._store is not None else {}
        if not named:
            return
        self._menu.addSeparator()
        for name in named:
            # In a menu an ampersand underlines the letter after it.
            action = self._menu.addAction(name.replace("&", "&&"))
            action.setData(name)
            action.triggered.connect(self._on_chosen)
        forget = self._menu.addMenu(tr("&Forget"))
        for name in named:
            action = forget.addAction(name.replace("&", "&&"))
            action.setData(name)
            action.triggered.connect(self._on_forgotten)

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self._store is not None:
            found = self._store.named().get(str(action.data()))
            if found is not None:
                self.show(found)

    @Slot()
    def _on_forgotten(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.forget(str(action.data()))


def _without(named: Mapping[str, Arrangement], name: str) -> dict[str, Arrangement]:
    return {other: found for other, found in named.items() if other != name}
