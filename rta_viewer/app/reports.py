"""Offers a report where the last run crashed, and saves one whenever somebody asks. Sends nothing."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog

from rta_viewer.app.services import Services
from rta_viewer.cli.version import version_lines
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import mark, tr
from rta_viewer.platform.crash import CrashReports
from rta_viewer.ui.main_window import MainWindow

_OFFER = mark(
    "The program ended unexpectedly the last time. You can save a report for whoever looks after "
    "it; nothing is sent."
)


class Reports(QObject):
    """GUI thread; files are read and written on a lane."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._reports = CrashReports(services.context.paths.log_dir)
        window.acts["save_report"].triggered.connect(self.ask_where)
        window.messages.offer_taken.connect(self.ask_where)

    def look(self) -> None:
        """Did the last run crash? Then offer a report."""

        def found(crashed: bool) -> None:
            if crashed:
                self._window.messages.show_offer(
                    tr(_OFFER), tr("Save report\N{HORIZONTAL ELLIPSIS}")
                )

        self._services.chores.submit(
            lambda _: self._reports.pending(), self, found, self._window.messages.show_error
        )

    @Slot()
    def ask_where(self) -> None:
        """A dialog for the file."""
        places = QStandardPaths.StandardLocation
        folder = QStandardPaths.writableLocation(places.DocumentsLocation) or str(Path.home())
        now_s = self._services.clock.now_ms() / 1000
        at = datetime.fromtimestamp(now_s).astimezone()
        name = f"RTA Viewer report {at:%Y-%m-%d %H-%M}.txt"
        dialog = QFileDialog(self._window, tr("Save report"), str(Path(folder) / name))
        dialog.setObjectName("report_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Text (*.txt)"))
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save(self, file_name: str) -> None:
        """Write the report there."""
        path, reports = Path(file_name), self._reports

        def work(_cancel: CancelToken) -> None:
            reports.save(path, version_lines())

        def done(_result: object) -> None:
            self._window.messages.show_notice(tr("The report was saved as {path}.", path=path))

        self._services.papers.submit(work, self, done, self._window.messages.show_error)
