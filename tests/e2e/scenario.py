"""Plays one scenario in the real program: ``python -m tests.e2e.scenario NAME GIVEN COMMAND…``.

Runs in a process of its own, because the tests' process may already have a Qt application off screen. The
scenario is a module of this folder with a function ``play(operator, given)``; it works while the program's
own ``main`` runs. Prints one JSON object: what ``play`` returned, how the program ended, what it logged as an
error, and what Qt warned of.
"""

import importlib
import json
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QRect, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rta_viewer.__main__ import window_commands
from rta_viewer.app import make_application
from rta_viewer.cli.main import run
from rta_viewer.ui.main_window import MainWindow
from tests.helpers.log_watch import LogWatch
from tests.helpers.window import Operator, grab, wait_for


class Stage:
    """Waits for the program's window, lets the scenario play, closes the window."""

    def __init__(self, name: str, given: dict[str, Any]) -> None:
        self._play = importlib.import_module(f"tests.e2e.{name}").play
        self._given = given
        self.result: dict[str, Any] = {"failure": "", "saw": {}}

    def perform(self) -> None:
        try:
            window = wait_for("window of the program", _window)
            self.result["saw"] = self._play(Operator(window), self._given)
        except Exception:  # noqa: BLE001 - reported to the test
            self.result["failure"] = traceback.format_exc()
            size = QGuiApplication.primaryScreen().size()
            grab(QRect(0, 0, size.width(), size.height())).save(
                str(Path(self._given["folder"]) / "failure.png")
            )
        finally:
            QApplication.closeAllWindows()


def _window() -> MainWindow | None:
    tops = QApplication.topLevelWidgets()
    return next((top for top in tops if isinstance(top, MainWindow) and top.isVisible()), None)


def main() -> None:
    name, given, *command = sys.argv[1:]
    stage = Stage(name, json.loads(given))
    warnings: list[str] = []

    def warned(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            warnings.append(text)

    qInstallMessageHandler(warned)
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    make_application()
    QTimer.singleShot(0, stage.perform)
    code = run(command, window_commands())
    ending = {"code": code, "errors": watch.unexpected(), "qt_warnings": warnings}
    sys.stdout.write(json.dumps({**stage.result, **ending}) + "\n")


if __name__ == "__main__":
    main()
