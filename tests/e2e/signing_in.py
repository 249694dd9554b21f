"""Filling in the sign-in dialog with the keyboard."""

from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.error_box import ErrorBox
from tests.helpers.window import Key, Operator, wait_for

_DIALOG = "sign_in_dialog"


def fill_in(operator: Operator, server: str, username: str, password: str) -> None:
    """Type into the dialog, from field to field with Tab, and press Enter."""
    dialog = operator.appears(SignInDialog, _DIALOG)
    operator.click(dialog.server_edit)
    operator.retype(server)
    for text in (username, password):
        operator.press(Key.Key_Tab)
        operator.retype(text)
    operator.press(Key.Key_Return)


def sign_in(operator: Operator, server: str, username: str, password: str) -> None:
    """Sign in, read what was found out if there is something to know, and wait for the list of cameras."""
    fill_in(operator, server, username, password)
    wait_for("end of the sign-in", lambda: not operator.has(_DIALOG) or _may_go_on(operator))
    if operator.has(_DIALOG):
        operator.press(Key.Key_Return)
    wait_for("end of the dialog", lambda: not operator.has(_DIALOG))
    operator.reads("camera_tree_status", " camera")
    wait_for("complete list", lambda: "Loading" not in operator.text_of("camera_tree_status"))


def _may_go_on(operator: Operator) -> bool:
    return operator.widget(SignInDialog, _DIALOG).ok.text() == "Go on"


def refused(operator: Operator, server: str, username: str, password: str) -> str:
    """Try to sign in; what the dialog says against it."""
    fill_in(operator, server, username, password)
    box = operator.appears(ErrorBox, "error_box")
    return f"{box.summary.text()} {box.hint.text()}".strip()
