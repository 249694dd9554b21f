"""The program is started once more while its window is open."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from rta_viewer.ui.sign_in.dialog import SignInDialog
from tests.helpers.window import Operator, wait_for


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    operator.appears(SignInDialog, "sign_in_dialog")
    operator.window.showMinimized()
    profile = Path(given["folder"]) / "profile"
    command = [sys.executable, "-m", "rta_viewer", "--profile", str(profile), "demo"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as again:
        said = operator.reads("message_text", "open already")
        code = wait_for("end of the second program", lambda: _ended(again))
        told = again.stderr.read() if again.stderr else ""
    return {
        "said": said,
        "code": code[0],
        "told": told,
        "minimised": operator.window.isMinimized(),
    }


def _ended(process: "subprocess.Popen[str]") -> tuple[int] | None:
    code = process.poll()
    return None if code is None else (code,)
