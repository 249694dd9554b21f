"""Starts the program as its command does, says how long it took to be painted, in seconds of the clock and of
the processor, and closes it.

``python -m tests.benchmarks.window_start PROFILE BEGAN``; BEGAN is ``time.time()`` of whoever started it.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from rta_viewer.__main__ import window_commands
from rta_viewer.app import make_application
from rta_viewer.cli.main import run
from rta_viewer.ui.main_window import MainWindow


class FirstPicture(QObject):
    """Waits for the window's first paint event and writes down the time."""

    def __init__(self, began_s: float) -> None:
        super().__init__()
        self._began_s = began_s
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._seen and event.type() is QEvent.Type.Paint and isinstance(watched, MainWindow):
            self._seen = True
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        sys.stdout.write(f"{time.time() - self._began_s:.4f} {time.process_time():.4f}\n")
        for widget in QApplication.topLevelWidgets():
            widget.close()


def main() -> int:
    profile, began_s = Path(sys.argv[1]), float(sys.argv[2])
    app = make_application()
    watch = FirstPicture(began_s)
    app.installEventFilter(watch)
    return run(["--profile", str(profile)], window_commands())


if __name__ == "__main__":
    raise SystemExit(main())
