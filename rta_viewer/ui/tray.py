"""The icon in the system's tray, where the desktop has one."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from rta_viewer.core.texts import tr

_NOTICE_MS = 10_000
_SHOWN_FOR_NOTICE_MS = 15_000


class Tray(QObject):
    """Shown while the window is away, and for as long as a notification needs it. GUI thread.

    Signals:
        show_requested: Somebody wants the window.
        quit_requested: Somebody wants the end.
    """

    show_requested = Signal()
    quit_requested = Signal()

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._kept = False
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(_SHOWN_FOR_NOTICE_MS)
        self._hiding.timeout.connect(self._on_hiding)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._menu = QMenu()
        self._menu.addAction(tr("Show the window")).triggered.connect(self._on_show)
        self._menu.addSeparator()
        self._menu.addAction(tr("Quit; files go on next time")).triggered.connect(self._on_quit)
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.show_requested)

    @property
    def available(self) -> bool:
        """True where the desktop has a tray."""
        return self._icon is not None

    def set_visible(self, visible: bool) -> None:
        """Show or hide the icon."""
        self._kept = visible
        self._hiding.stop()
        if self._icon is not None:
            self._icon.setVisible(visible)

    def set_tool_tip(self, text: str) -> None:
        """What the pointer over the icon tells."""
        if self._icon is not None:
            self._icon.setToolTip(text)

    def notify(self, title: str, text: str, *, warning: bool = False) -> None:
        """A notification of the desktop; nothing without a tray."""
        if self._icon is not None:
            kinds = QSystemTrayIcon.MessageIcon
            # A desktop takes messages only from an icon that is there.
            self._icon.setVisible(True)
            if not self._kept:
                self._hiding.start()
            kind = kinds.Warning if warning else kinds.Information
            self._icon.showMessage(title, text, kind, _NOTICE_MS)

    def close(self) -> None:
        """Take it away."""
        self._hiding.stop()
        if self._icon is not None:
            self._icon.hide()
            self._menu.deleteLater()
            self._icon.deleteLater()
            self._icon = None

    @Slot()
    def _on_hiding(self) -> None:
        self.set_visible(False)

    @Slot()
    def _on_show(self) -> None:
        self.show_requested.emit()

    @Slot()
    def _on_quit(self) -> None:
        self.quit_requested.emit()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        reasons = QSystemTrayIcon.ActivationReason
        if reason in {reasons.Trigger, reasons.DoubleClick}:
            self.show_requested.emit()
