"""The next day, with the same profile: who and what was there before is still there."""

from typing import Any

from PySide6.QtWidgets import QApplication

from rta_viewer.ui.sign_in.dialog import SignInDialog
from tests.helpers.window import Key, Operator, wait_for


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    dialog = operator.appears(SignInDialog, "sign_in_dialog")
    saw: dict[str, Any] = {
        "server": dialog.server_edit.text(),
        "username": dialog.username.text(),
        "password": dialog.password.text(),
        "focus": QApplication.focusWidget().objectName(),
    }
    operator.click(dialog.password)
    operator.type("demo")
    operator.press(Key.Key_Return)
    operator.reads("camera_tree_status", " cameras")
    jobs = operator.window.jobs.model
    wait_for("saved file in the list", lambda: jobs.rowCount() > 0)
    job = jobs.job_at(0)
    saw["job"] = (job.state.value, str(job.path)) if job else None
    return saw
