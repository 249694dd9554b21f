"""Looks at folders beside one another: a dead share holds up nothing but the look at itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rta_viewer.core.save_estimate import SaveTarget
from rta_viewer.errors import RtaError
from rta_viewer.qt.workers import Lane

Look = Callable[[Path], SaveTarget]
"""Worker threads; may take minutes."""

MOST_LOOKS = 4
"""At the same time."""

_MOST_NEAR = 2
"""Of folders beside one another: while a path is written, several of the same dead share may be looked at."""


class FolderLooks(QObject):
    """Lives as long as its lane: the next dialog does not ask again after a folder that hangs.

    Signals:
        found: A :class:`SaveTarget`.
    """

    found = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane)
        self._lane = lane
        self._under_way: set[Path] = set()
        self._waiting: tuple[Path, Look] | None = None

    @staticmethod
    def of(lane: Lane) -> "FolderLooks":
        """The one of a lane."""
        known = lane.findChild(FolderLooks)
        return known if isinstance(known, FolderLooks) else FolderLooks(lane)

    def look(self, folder: Path, look: Look) -> None:
        """Look now, or when there is room. The latest folder replaces one that waits."""
        self._waiting = None
        if folder in self._under_way:
            return
        if not self._has_room(folder):
            self._waiting = folder, look
            return
        self._under_way.add(folder)
        self._lane.submit(
            lambda _cancel: look(folder),
            self,
            lambda found: self._on_answer(folder, found),
            lambda error: self._on_failed(folder, error),
        )

    def _has_room(self, folder: Path) -> bool:
        if any(other in folder.parents for other in self._under_way):
            # What keeps us waiting there does so below it, too.
            return False
        near = sum(_are_near(folder, other) for other in self._under_way)
        return len(self._under_way) < MOST_LOOKS and near < _MOST_NEAR

    def _on_failed(self, folder: Path, error: RtaError) -> None:
        self._on_answer(folder, SaveTarget(folder, problem=error.summary))

    def _on_answer(self, folder: Path, found: SaveTarget) -> None:
        self._under_way.discard(folder)
        if self._waiting is not None:
            self.look(*self._waiting)
        self.found.emit(found)


def _are_near(one: Path, other: Path) -> bool:
    return one.parent == other.parent or one in other.parents
