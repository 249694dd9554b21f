"""What a screen reader finds: every widget that can be used has a name and a role."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.jobs import JobEvent, JobState
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.core.spans import Span
from rta_viewer.qt.workers import Lane
from rta_viewer.ui import accessible
from rta_viewer.ui.camera_tree.waiting import WaitingServer
from rta_viewer.ui.close_question import CloseQuestion
from rta_viewer.ui.jobs.details import JobDetails
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.edit_dialog import EditServerDialog
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.fake_scout import FakeScout
from tests.helpers.server_desk import CERTIFICATE
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, cameras, groups, job
from tests.ui.test_main_window import COPENHAGEN

_USED = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit)
# Parts that Qt made itself belong to the widget around them, which has a name.
_PARTS = (QHeaderView, QScrollBar)
_NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    accessible.install()
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    window.tree.begin(groups())
    window.tree.add_cameras(cameras())
    waiting = WaitingServer("https://gate", "anna", "Gate", "Not signed in.")
    window.tree.waiting.show_servers([waiting])
    window.jobs_dock.show()
    window.grid.set_layout(4)
    window.grid.tiles[0].set_camera(cameras(1)[0])
    window.resize(1600, 900)
    window.show()
    return window


def usable(top: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisibleTo(top)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, _PARTS)
        and (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, _USED))
    ]


def nameless(top: QWidget) -> list[str]:
    found = []
    for widget in usable(top):
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told else ""
        if not name or told.role() in _NO_ROLE:
            found.append(f"{type(widget).__name__} {widget.objectName()} {name!r}")
    return found


def words(widget: QWidget) -> str:
    """What a widget is called: by its label where it has one (Qt names a box of choices by its choice)."""
    told = QAccessible.queryAccessibleInterface(widget)
    labels = [found for found, _ in told.relations(QAccessible.RelationFlag.Label)]
    return (labels or [told])[0].text(QAccessible.Text.Name)


def test_everything_in_the_window_has_a_name_and_a_role(window: MainWindow) -> None:
    assert len(usable(window)) > 50
    assert nameless(window) == []
    names = {words(one) for one in usable(window.tree.waiting)}
    assert names == {"Sign in to Gate", "Do not show Gate here any more"}


@pytest.mark.parametrize("action", ["change_keys", "keys"])
def test_everything_in_its_dialogs_has_too(window: MainWindow, action: str) -> None:
    before = set(QApplication.topLevelWidgets())
    window.acts[action].trigger()
    (dialog,) = [
        one
        for one in QApplication.topLevelWidgets()
        if one not in before and one.isVisible() and one.objectName().endswith(("dialog", "sheet"))
    ]
    assert usable(dialog)
    assert nameless(dialog) == []
    dialog.close()


def test_everything_in_the_sign_in_dialog_has_too(qtbot: QtBot, window: MainWindow) -> None:
    dialog = SignInDialog(window)
    qtbot.addWidget(dialog)
    entry = ServerEntry("https://gate", "anna", name="Gate")
    dialog.set_servers([KnownServer(entry), KnownServer(ServerEntry("https://two"), fixed=True)])
    dialog.open()
    dialog.fill_in(SignInRequest(entry.address, "anna", Secret("")))
    dialog.show_finding(Finding(Step.REACHABLE, Outcome.GOOD, "A server answers."))
    dialog.show_error(UntrustedCertificateError("It is not trusted.", "Pin it.", CERTIFICATE))
    for part in (dialog.steps, dialog.error, dialog.certificate):
        assert part.isVisibleTo(dialog)
    assert len(usable(dialog)) >= 16
    assert nameless(dialog) == []
    # Each field is told by its own words.
    names = [words(one) for one in usable(dialog)]
    assert len(set(names)) == len(names)
    assert {"Server", "User", "Password", "Method", "Issued to: CN=gate, O=Gate Süd"} <= set(names)
    dialog.done(0)


def test_everything_in_a_servers_settings_has_too(qtbot: QtBot, window: MainWindow) -> None:
    editor = EditServerDialog(KnownServer(ServerEntry("https://gate", verify_tls=False)), window)
    qtbot.addWidget(editor)
    editor.open()
    names = [words(one) for one in usable(editor)]
    assert len(set(names)) == len(names) >= 11
    assert {"Address", "Transfers", "Requests"} <= set(names)
    assert nameless(editor) == []
    editor.done(0)


def test_everything_in_the_save_dialog_has_too(
    qtbot: QtBot, window: MainWindow, lane: Lane, tmp_path: Path
) -> None:
    shown, span = cameras(3), Span(NOW_MS, NOW_MS + MINUTE_MS)
    chosen = tuple(camera.camera_id for camera in shown)
    choices = SaveChoices(watermark=True)
    proposal = SaveProposal(shown, chosen, span, tmp_path, COPENHAGEN, choices=choices)
    inquiry = Inquiry(FakeScout(), lane, lane, lane)
    dialog = SaveDialog(proposal, inquiry, RunningClock(), window)
    dialog.begin()
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert nameless(dialog) == []
    told = QAccessible.queryAccessibleInterface(dialog.summary)
    assert "3 files" in told.text(QAccessible.Text.Description)
    names = [words(one) for one in usable(dialog)]
    assert len(set(names)) == len(names) >= 22
    assert {"In", "Out", "Folder", "Package", "Gaps", "Size", "Way", "Save"} <= set(names)
    dialog.reject()


def test_everything_in_a_jobs_details_has_too(qtbot: QtBot, window: MainWindow) -> None:
    done = JobEvent(NOW_MS, JobState.DONE, "The file is what was asked", "anna")
    details = JobDetails(job(1, JobState.DONE), [done], COPENHAGEN, window)
    question = CloseQuestion(2, has_tray=True, parent=window)
    for dialog in (details, question):
        qtbot.addWidget(dialog)
        dialog.open()
        assert usable(dialog)
        assert nameless(dialog) == []
        dialog.done(0)


def test_a_tile_is_called_by_its_camera(window: MainWindow) -> None:
    told = [
        QAccessible.queryAccessibleInterface(tile).text(QAccessible.Text.Name)
        for tile in window.grid.tiles
    ]
    assert told == ["Main entrance", "Free tile", "Free tile", "Free tile"]
