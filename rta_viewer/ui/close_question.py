"""Closing the window while files are on their way: go on, or stop until next time?"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from rta_viewer.core.texts import tr, trn


class CloseQuestion(QMessageBox):
    """Show it with ``open()``.

    Args:
        running: So many files are on their way.
        copying: Files are being copied to a drive.
        forgets: No list keeps what is not finished when the program ends.
        has_tray: The program can go on there.
        parent: The window that closes.

    Signals:
        keep_chosen: Go on without the window.
        stop_chosen: Stop; what was fetched stays.
    """

    keep_chosen = Signal()
    stop_chosen = Signal()

    def __init__(
        self,
        running: int,
        *,
        copying: bool = False,
        forgets: bool = False,
        has_tray: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("close_question")
        self.setWindowTitle(tr("Files are on their way"))
        lines: list[str] = []
        if running:
            lines.append(
                trn(
                    "{n} file is on the way or in the queue.",
                    "{n:,} files are on the way or in the queue.",
                    running,
                )
            )
            self.setInformativeText(
                tr(
                    "The list of jobs could not be opened: if you stop, what is not here yet is "
                    "forgotten, and has to be ordered again."
                )
                if forgets
                else tr(
                    "If you stop, what was fetched stays, and the rest follows when the program is "
                    "started and somebody signs in again."
                )
            )
        if copying:
            lines.append(
                tr(
                    "Files are being copied to a drive; a copy that is stopped does not go on by "
                    "itself."
                )
            )
        self.setText("\n".join(lines))
        keep = tr("Keep working in the tray") if has_tray else tr("Keep working minimised")
        roles = QMessageBox.ButtonRole
        self.keep = self.addButton(keep, roles.AcceptRole)
        goes_on = tr("Stop") if forgets else tr("Stop, go on next time")
        stop = goes_on if running else tr("Stop copying")
        self.stop = self.addButton(stop, roles.DestructiveRole)
        stay = self.addButton(tr("Cancel"), roles.RejectRole)
        for button, name in ((self.keep, "keep"), (self.stop, "stop"), (stay, "stay")):
            button.setObjectName(f"close_{name}")
        self.keep.setProperty("role", "primary")
        # The box has polished its buttons already.
        self.keep.style().unpolish(self.keep)
        self.keep.style().polish(self.keep)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(stay)
        self.buttonClicked.connect(self._on_clicked)
        self.finished.connect(self.deleteLater)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        if button is self.keep:
            self.keep_chosen.emit()
        elif button is self.stop:
            self.stop_chosen.emit()
