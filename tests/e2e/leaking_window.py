"""Somebody signs in by the window, fails, watches, and the program crashes with the secrets in hand.

The passwords come by standard input, one JSON line: arguments are what the test looks through.
"""

import faulthandler
import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from rta_viewer.core.secret import secrets_alive
from rta_viewer.core.timetext import iso_utc
from tests.e2e.signing_in import refused, sign_in
from tests.helpers.window import Key, Operator, wait_for


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    typed = json.loads(sys.stdin.readline())
    refused(operator, given["server"], "demo", typed["wrong"])
    operator.click(operator.widget(QCheckBox, "sign_in_remember"))
    sign_in(operator, given["server"], "demo", typed["right"])
    operator.go_to(iso_utc(given["at_ms"]))
    operator.open_camera(given["camera"])
    operator.sees(given["at_ms"] - 40, given["at_ms"] + 30_000)
    operator.press(Key.Key_F5)
    secrets = secrets_alive()
    happened: list[bool] = []

    def fail() -> None:
        happened.append(True)
        raise RuntimeError(f"unforeseen {secrets}")

    QTimer.singleShot(0, fail)
    wait_for("failure", lambda: happened)
    Path(given["folder"], "all-was-done").touch()
    # Whatever is written at the end is written now.
    operator.window.close()
    faulthandler._sigsegv()  # type: ignore[attr-defined]
    return {}
