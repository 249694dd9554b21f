"""Files dragged onto the window from a file manager or a mail."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_MOST = 500


class FileDrop(QObject):
    """Takes what nothing else in a window wants.

    Signals:
        hovering: Files are held over the window, or not any more.
        files_dropped: A list of ``pathlib.Path``.
    """

    hovering = Signal(bool)
    files_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QDragEnterEvent) and paths_of(event.mimeData()):
            event.acceptProposedAction()
            self.hovering.emit(True)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hovering.emit(False)
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hovering.emit(False)
            paths = paths_of(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self.files_dropped.emit(paths)
                return True
        return super().eventFilter(watched, event)


def paths_of(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are carried; addresses of other kinds are not."""
    local = (url.toLocalFile() for url in data.urls()[:_MOST] if url.isLocalFile())
    return [Path(name) for name in local if name]
