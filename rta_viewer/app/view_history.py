"""Undo for what changes the view: a camera that was closed, tiles rearranged, in and out moved."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Slot

from rta_viewer.app.layouts import Layouts
from rta_viewer.core.model import Camera
from rta_viewer.core.texts import tr, trn
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.timeline.cut import Cut

MOST_STEPS = 50
_SETTLE_MS = 300
"""A drag, or a layout that opens four cameras, is one step."""


@dataclass(frozen=True, slots=True)
class View:
    """What one step goes back to. ``instant_ms`` is where the playhead stood when it was left."""

    tiles: int
    camera_ids: tuple[str, ...]
    cut: Cut
    cameras: tuple[Camera | None, ...] = field(compare=False)
    instant_ms: float | None = field(default=None, compare=False)


def words_for(before: View, after: View) -> str:
    """What somebody did between the two."""
    closed = [
        camera.name
        for camera in before.cameras
        if camera is not None and camera.camera_id not in after.camera_ids
    ]
    opened = set(after.camera_ids) - set(before.camera_ids) - {""}
    if len(closed) == 1 and not opened:
        return tr("closing {camera}", camera=closed[0])
    if closed and not opened:
        return trn("closing {n} camera", "closing {n} cameras", len(closed))
    if opened and not closed:
        return trn("opening a camera", "opening {n} cameras", len(opened))
    if (before.tiles, before.camera_ids) == (after.tiles, after.camera_ids):
        return tr("moving in and out")
    return tr("rearranging tiles")


class ViewHistory(QObject):
    """Watches the window, and takes steps back and forth. GUI thread."""

    def __init__(self, window: MainWindow, playback: PlaybackController, layouts: Layouts) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._layouts = layouts
        self._past: list[View] = []
        self._future: list[View] = []
        self._now = self._view()
        self._left_at_ms: float | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._connect()
        self._show()

    def _connect(self) -> None:
        window = self._window
        acts, cut = window.acts, window.transport.cut
        for changed in (
            self._playback.cameras_changed,
            window.grid.layout_changed,
            window.grid.tiles_swapped,
            window.timeline.canvas.cut_changed,
            cut.in_marked,
            cut.out_marked,
            cut.range_cleared,
            *(acts[name].triggered for name in ("mark_in", "mark_out", "clear_cut")),
        ):
            changed.connect(self._on_changed)
        acts["undo"].triggered.connect(self.undo)
        acts["redo"].triggered.connect(self.redo)

    def forget(self) -> None:
        """Another server, other cameras: what was before cannot come back."""
        self._settle.stop()
        self._past.clear()
        self._future.clear()
        self._now = self._view()
        self._show()

    @Slot()
    def undo(self) -> None:
        """One step back."""
        self._on_settled()
        if self._past:
            self._go_to(self._past.pop(), self._future)

    @Slot()
    def redo(self) -> None:
        """One step forward again."""
        self._on_settled()
        if self._future:
            self._go_to(self._future.pop(), self._past)

    def _go_to(self, view: View, kept: list[View]) -> None:
        kept.append(replace(self._now, instant_ms=self._playback.playhead_ms))
        opens = bool(set(view.camera_ids) - set(self._now.camera_ids))
        if (view.tiles, view.camera_ids) != (self._now.tiles, self._now.camera_ids):
            self._layouts.arrange(view.tiles, view.cameras)
        if opens and view.instant_ms is not None and not self._playback.playing:
            # The other cameras may have gone elsewhere meanwhile, to their next recording, say.
            self._playback.seek(round(view.instant_ms))
        self._window.timeline.canvas.set_cut(view.cut)
        self._window.transport.cut.set_cut(view.cut)
        self._settle.stop()
        self._now = self._view()
        self._show()

    def _view(self) -> View:
        tiles = self._window.grid.tiles
        return View(
            len(tiles),
            tuple(tile.camera_id for tile in tiles),
            self._window.timeline.canvas.cut,
            tuple(tile.camera for tile in tiles),
        )

    def _show(self) -> None:
        acts = self._window.acts
        undone = words_for(self._past[-1], self._now) if self._past else ""
        done = words_for(self._now, self._future[-1]) if self._future else ""
        # In a menu an ampersand underlines the letter after it.
        undone, done = undone.replace("&", "&&"), done.replace("&", "&&")
        undo = tr("&Undo {what}", what=undone) if undone else tr("&Undo")
        redo = tr("&Redo {what}", what=done) if done else tr("&Redo")
        for name, text, what in (("undo", undo, undone), ("redo", redo, done)):
            acts[name].setText(text)
            acts[name].setEnabled(bool(what))

    @Slot()
    def _on_changed(self) -> None:
        if not self._settle.isActive():
            self._left_at_ms = self._playback.playhead_ms
        self._settle.start()
        # Whoever is quick need not wait for that.
        self._window.acts["undo"].setEnabled(True)

    @Slot()
    def _on_settled(self) -> None:
        self._settle.stop()
        view = self._view()
        if view == self._now:
            self._show()
            return
        self._past.append(replace(self._now, instant_ms=self._left_at_ms))
        del self._past[:-MOST_STEPS]
        self._future.clear()
        self._now = view
        self._show()
