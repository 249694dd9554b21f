"""Keeps the cut, wherever it is marked."""

from PySide6.QtCore import QObject, Signal, Slot

from rta_viewer.ui.timeline.cut import Cut


class CutController(QObject):
    """The one holder of the in and out marks.

    Signals:
        cut_changed: Another :class:`Cut`.
    """

    cut_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cut = Cut()
        self._playhead_ms: float | None = None

    @property
    def cut(self) -> Cut:
        """The marks."""
        return self._cut

    @Slot(object)
    def on_playhead_moved(self, instant_ms: float | None) -> None:
        """Marks are set here."""
        self._playhead_ms = instant_ms

    @Slot(object)
    def set_cut(self, cut: Cut) -> None:
        """Somebody dragged it."""
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit(cut)

    @Slot()
    def mark_in(self) -> None:
        """In is where the playhead is."""
        if self._playhead_ms is not None:
            self.set_cut(self._cut.with_in(round(self._playhead_ms)))

    @Slot()
    def mark_out(self) -> None:
        """Out is where the playhead is."""
        if self._playhead_ms is not None:
            self.set_cut(self._cut.with_out(round(self._playhead_ms)))

    @Slot()
    def clear(self) -> None:
        """Forget both."""
        self.set_cut(Cut())
