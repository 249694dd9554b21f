"""An operator's own cameras: favourites and those used last, kept for each server and user."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Slot

from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.ui.camera_tree.branches import MOST_RECENT, Grouping
from rta_viewer.ui.main_window import MainWindow

MOST_FAVOURITES = 500
_GROUP = "cameras"
_GROUPING_KEY = "window/camera_grouping"


class CameraNotes(QObject):
    """Brings them into the tree after signing in, and keeps what changes. GUI thread."""

    def __init__(self, window: MainWindow, settings: KeptTexts) -> None:
        super().__init__(window)
        self._tree = window.tree
        self._settings = settings
        self._key = ""
        self._recent: list[str] = []
        self._tree.favourites_changed.connect(self._on_favourites_changed)
        self._tree.grouping_changed.connect(self._on_grouping_changed)
        if settings.text(_GROUPING_KEY) == Grouping.SERVERS.value:
            self._tree.set_grouping(Grouping.SERVERS)

    def enter(self, server: str, username: str) -> None:
        """Somebody signs in."""
        # A slash would be a folder of the settings, and addresses have slashes.
        self._key = f"{_GROUP}/{server.replace('/', '_')} {username.replace('/', '_')}"
        kept = self._read()
        self._recent = _texts(kept.get("recent"), MOST_RECENT)
        self._tree.set_favourites(_texts(kept.get("favourites"), MOST_FAVOURITES))
        self._tree.set_recent(self._recent)

    def leave(self) -> None:
        """Nobody is signed in."""
        self._key = ""

    def used(self, camera_id: str) -> None:
        """A camera was opened."""
        if not self._key:
            return
        # A list that changes its order under the pointer makes people open the wrong camera.
        is_new = camera_id not in self._recent
        self._recent = [camera_id, *(one for one in self._recent if one != camera_id)][:MOST_RECENT]
        if is_new:
            self._tree.set_recent(self._recent)
        self._write({**self._read(), "recent": self._recent})

    @Slot(object)
    def _on_favourites_changed(self, camera_ids: Iterable[str]) -> None:
        if self._key:
            self._write({**self._read(), "favourites": list(camera_ids)[:MOST_FAVOURITES]})

    @Slot(object)
    def _on_grouping_changed(self, grouping: Grouping) -> None:
        self._settings.put(_GROUPING_KEY, grouping.value)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._settings.text(self._key) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, document: Mapping[str, Any]) -> None:
        self._settings.put(self._key, json.dumps(document))


def _texts(found: object, most: int) -> list[str]:
    return [one for one in found if isinstance(one, str)][:most] if isinstance(found, list) else []
