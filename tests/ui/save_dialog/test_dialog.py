from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.spans import Span
from rta_viewer.ui.save_dialog.dialog import SaveDialog
from rta_viewer.ui.save_dialog.order import SaveOrder, SaveProposal, coverage_text
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, cameras

CAMERA = cameras(1)[0]
FIVE = Span(NOW_MS, NOW_MS + 5 * MINUTE_MS)


def make(qtbot: QtBot, proposal: SaveProposal) -> SaveDialog:
    dialog = SaveDialog(proposal, ZoneInfo("Europe/Copenhagen"))
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def saved(qtbot: QtBot, dialog: SaveDialog) -> SaveOrder:
    with qtbot.waitSignal(dialog.save_requested) as caught:
        dialog.ok.click()
    assert not dialog.isVisible()
    order = caught.args[0]
    assert isinstance(order, SaveOrder)
    return order


def test_a_short_clip_is_downloaded_with_a_name_that_says_when(
    qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make(qtbot, SaveProposal(CAMERA, FIVE, tmp_path, footage_ms=5 * MINUTE_MS))
    assert "Download" in dialog.reason.text()
    assert dialog.coverage.text() == "All of it was recorded."
    assert "2025-10-24 12:05:00.000 +02:00" in dialog.findChild(QLabel, "save_range").text()
    order = saved(qtbot, dialog)
    assert order.request.span == FIVE
    assert order.folder == tmp_path
    assert order.file_name == "Main entrance 2025-10-24 12-00-00+0200 to 12-05-00+0200.mp4"
    assert order.route.kind is JobKind.CLIP
    assert order.request.container == "mp4"
    assert order.request.quality == ""


def test_a_watermark_makes_it_an_export_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(qtbot, SaveProposal(CAMERA, FIVE, tmp_path))
    dialog.route.setCurrentIndex(1)
    dialog.watermark.setChecked(True)
    assert "watermark" in dialog.reason.text()
    order = saved(qtbot, dialog)
    assert order.route.kind is JobKind.EXPORT
    assert order.request.watermark is not None
    assert "{timestamp}" in order.request.watermark.text


def test_the_operator_may_choose_the_way_format_and_name(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(qtbot, SaveProposal(CAMERA, FIVE, tmp_path, prefer=JobKind.EXPORT))
    assert dialog.route.currentText() == "Export on the server"
    dialog.container.setCurrentIndex(1)
    assert dialog.file_name.text().endswith(".mkv")
    dialog.file_name.selectAll()
    QTest.keyClicks(dialog.file_name, "a/b:c")
    dialog.container.setCurrentIndex(0)
    order = saved(qtbot, dialog)
    assert order.file_name == "a-b-c.mp4"
    assert order.route.kind is JobKind.EXPORT


def test_another_folder_can_be_chosen_and_none_cannot(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(qtbot, SaveProposal(CAMERA, FIVE, tmp_path))
    dialog.findChild(QPushButton, "save_browse").click()
    chooser = dialog.findChild(QFileDialog, "save_folder_chooser")
    chooser.fileSelected.emit(str(tmp_path / "other"))
    chooser.close()
    assert dialog.order().folder == tmp_path / "other"
    dialog.folder.clear()
    assert not dialog.ok.isEnabled()


@pytest.mark.parametrize(
    ("footage_ms", "text"),
    [
        (None, "It is not known how much of this was recorded."),
        (0, "Nothing was recorded in this time."),
        (MINUTE_MS, "1 min 00 s of 5 min 00 s were recorded (20 %)."),
        (5 * MINUTE_MS - 1, "5 min 00 s of 5 min 00 s were recorded (99 %)."),
    ],
)
def test_coverage(footage_ms: int | None, text: str) -> None:
    assert coverage_text(SaveProposal(CAMERA, FIVE, Path(), footage_ms)) == text


def test_the_expected_size_is_told() -> None:
    proposal = SaveProposal(CAMERA, FIVE, Path(), 5 * MINUTE_MS, estimated_bytes=20_000_000)
    assert coverage_text(proposal) == "All of it was recorded. About 20.0 MB."
