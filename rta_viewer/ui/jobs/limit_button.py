"""How fast all transfers together may be."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from rta_viewer.core.texts import tr
from rta_viewer.ui import times

LIMITS = (
    0, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
)  # fmt: skip
"""Bytes a second; 0 is no limit."""


class LimitButton(QToolButton):
    """Shows the limit, and offers others.

    Signals:
        limit_chosen: Bytes a second, 0 for no limit.
        renewal_chosen: Whether exports whose link has expired are asked for again by themselves.
    """

    limit_chosen = Signal(object)
    renewal_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs_limit")
        self.setToolTip(tr("Rate limit of all transfers together, and expired exports"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("role", "menu")
        self._menu = QMenu(self)
        self._menu.setObjectName("jobs_limit_menu")
        self._group = QActionGroup(self)
        self._limit = 0
        self.renewal = QAction(tr("Create expired exports again by themselves"), self)
        self.renewal.setObjectName("jobs_renewal")
        self.renewal.setCheckable(True)
        self.renewal.triggered.connect(self.renewal_chosen)
        self._menu.addSeparator()
        self._menu.addAction(self.renewal)
        self.setMenu(self._menu)
        self._group.triggered.connect(self._on_triggered)
        self.set_limit(0)

    def set_limit(self, bytes_per_s: int) -> None:
        """Show this one, whether it is among those that are offered or not."""
        self._limit = bytes_per_s
        self.setText(limit_text(bytes_per_s))
        self.setAccessibleName(tr("Rate limit: {limit}", limit=limit_text(bytes_per_s)))
        for old in self._group.actions():
            self._menu.removeAction(old)
            self._group.removeAction(old)
            old.deleteLater()
        for limit in sorted({*LIMITS, bytes_per_s}):
            action = QAction(limit_text(limit), self._group)
            action.setCheckable(True)
            action.setChecked(limit == bytes_per_s)
            action.setData(limit)
            self._menu.insertAction(self._menu.actions()[-2], action)

    @property
    def limit(self) -> int:
        """Bytes a second, 0 for no limit."""
        return self._limit

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.limit_chosen.emit(int(action.data()))


def limit_text(bytes_per_s: int) -> str:
    """``No limit`` or ``2.0 MB/s``."""
    return times.format_rate(bytes_per_s) if bytes_per_s else tr("No limit")
