"""What a server calls things is never markup, wherever it is shown: markup can name files to load."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.core.spans import Span
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.camera_tree.waiting import WaitingServer
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.plain import plain_tip
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.edit_dialog import EditServerDialog
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.fake_scout import FakeScout
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, cameras, groups
from tests.ui.test_main_window import COPENHAGEN

EVIL = "Gate <img src='//elsewhere/x.png'> &amp; <b>1</b>"


def as_shown(tip: str) -> str:
    """What somebody reads; a picture would be a character of its own."""
    if "<" not in tip:
        return tip
    return QTextDocumentFragment.fromHtml(tip).toPlainText()


@pytest.mark.parametrize("text", ["Gate", EVIL, f"one\n{EVIL}", "a < b", ""])
def test_a_tooltip_says_its_very_text(text: str) -> None:
    assert as_shown(plain_tip(text)) == text
    assert "<img" not in plain_tip(text)


def test_nothing_in_the_window_takes_markup(qtbot: QtBot) -> None:
    window = MainWindow(DARK_THEME, RunningClock(), COPENHAGEN)
    qtbot.addWidget(window)
    camera = replace(cameras(1)[0], name=EVIL, notes=(EVIL,), recording_server=EVIL)
    window.tree.begin(groups())
    window.tree.add_cameras([camera])
    window.tree.waiting.show_servers([WaitingServer("https://gate", "anna", EVIL, EVIL, EVIL)])
    window.grid.set_layout(4)
    window.grid.tiles[0].set_camera(camera)
    sign_in, known = SignInDialog(window), KnownServer(ServerEntry("https://gate", name=EVIL))
    sign_in.set_servers([known])
    editor = EditServerDialog(known, window)
    labels = [label for top in (window, sign_in, editor) for label in top.findChildren(QLabel)]
    assert len(labels) > 40
    assert [one for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
    tips = [one.toolTip() for one in labels if one.toolTip()]
    tips += [window.tree.index_of(camera.camera_id).data(Qt.ItemDataRole.ToolTipRole)]
    tips += [sign_in.servers.list.item(0).toolTip()]
    assert any(EVIL in as_shown(tip) for tip in tips)
    assert not [tip for tip in tips if "<img" in tip]


def test_nothing_in_the_save_dialog_takes_markup(qtbot: QtBot, lane: Lane, tmp_path: Path) -> None:
    camera, span = replace(cameras(1)[0], name=EVIL), Span(NOW_MS, NOW_MS + MINUTE_MS)
    proposal = SaveProposal([camera], (camera.camera_id,), span, tmp_path, COPENHAGEN)
    inquiry = Inquiry(FakeScout(), lane, lane, lane)
    dialog = SaveDialog(proposal, inquiry, RunningClock())
    qtbot.addWidget(dialog)
    dialog.begin()
    dialog.open()
    qtbot.waitUntil(lambda: "all of it was recorded" in dialog.coverage.text())
    labels = dialog.findChildren(QLabel)
    assert any(EVIL in one.text() for one in labels)
    assert [one for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
    rows = dialog.cameras.rows
    tips = [rows.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in range(2)]
    assert all(EVIL in as_shown(tip) and "<img" not in tip for tip in tips)
    dialog.reject()
