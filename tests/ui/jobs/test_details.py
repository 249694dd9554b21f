from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTableWidget
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobEvent, JobState
from rta_viewer.core.spans import Span
from rta_viewer.ui.jobs.details import JobDetails
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.ui_world import NOW_MS, job

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_details_tell_what_happened_when_why_and_who(qtbot: QtBot) -> None:
    short = job(
        1,
        JobState.DIFFERS,
        why_kind="Short enough.",
        received_bytes=1_234_567,
        sha256="ab" * 32,
        reason="The rest is missing.",
        missing=Span(NOW_MS, NOW_MS + 60_000),
        expires_at_ms=NOW_MS,
    )
    events = [
        JobEvent(NOW_MS, JobState.QUEUED, "Short enough.", "anna"),
        JobEvent(NOW_MS + 2000, JobState.DIFFERS, "The rest is missing."),
    ]
    dialog = JobDetails(short, events, COPENHAGEN)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.findChild(QTableWidget, "job_history")
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(2)]
    assert rows == [
        ["2025-10-24 12:00:00", "In the queue", "Short enough.", "anna"],
        ["2025-10-24 12:00:02", "Saved, but differs", "The rest is missing.", "the program"],
    ]
    copy = dialog.findChild(QPushButton, "job_details_copy")
    copy.setFocus()
    QTest.keyClick(copy, Qt.Key.Key_Return)
    assert dialog.isVisible()
    text = QGuiApplication.clipboard().text()
    for words in (
        "Camera: Reception",
        "Size: 1.2 MB (1,234,567 bytes)",
        f"SHA-256 {'ab' * 32}",
        "Missing: 2025-10-24 12:00:00 \N{EN DASH} 12:01:00",
        "Kind: Clip. Short enough.",
        "ends 2025-10-24 12:00:00 +02:00",
        "\tthe program",
    ):
        assert words in text
    dialog.findChild(QPushButton, "job_details_close").click()
    assert not dialog.isVisible()


def test_long_words_do_not_push_the_buttons_off_the_screen(qtbot: QtBot) -> None:
    long = job(
        1,
        JobState.DONE,
        camera_name="Gate" * 80,
        folder=Path("/media/a case/of a long name/and more") / ("x" * 200),
        volume_count=60,
    )
    dialog = JobDetails(long, [JobEvent(NOW_MS, JobState.DONE, "why")], COPENHAGEN)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.size().toTuple() == (760, 560)
    history = dialog.findChild(QTableWidget, "job_history")
    assert isinstance(history, QTableWidget)
    assert history.viewport().height() > history.rowHeight(0)
    path = next(one for one in dialog.findChildren(QLabel) if one.text() == str(long.path))
    path.setSelection(0, len(path.text()))
    assert path.selectedText() == str(long.path)
    facts = dialog.findChild(QScrollArea, "job_facts")
    assert isinstance(facts, QScrollArea)
    dialog.findChild(QPushButton, "job_details_close").setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is facts
    QTest.keyClick(facts, Qt.Key.Key_PageDown)
    assert facts.verticalScrollBar().value() > 0


def test_a_reason_is_whole_however_its_lines_break(qtbot: QtBot) -> None:
    events = [
        JobEvent(NOW_MS, JobState.PAUSED, f"why {'i' * count} so " * 3) for count in range(60)
    ]
    dialog = JobDetails(job(1), events, COPENHAGEN)
    qtbot.addWidget(dialog)
    themes.dress(dialog, DARK_THEME)
    dialog.show()
    history = dialog.findChild(QTableWidget, "job_history")
    assert isinstance(history, QTableWidget)
    # The sheet's room around it, and at the sides Qt's own.
    room = QRect(0, 0, history.columnWidth(2) - 2 * (8 + 3), 10_000)
    for row, event in enumerate(events):
        lines = history.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, event.why)
        assert history.rowHeight(row) >= lines.height() + 2 * 3


def test_a_value_stands_beside_its_name(qtbot: QtBot) -> None:
    dialog = JobDetails(job(1), [], COPENHAGEN)
    qtbot.addWidget(dialog)
    dialog.resize(1200, 900)
    dialog.show()
    labels = {label.text(): label for label in dialog.findChildren(QLabel)}
    name, value = labels["Camera"], labels["Reception"]
    assert (name.y(), name.height()) == (value.y(), value.height())


def test_the_history_takes_the_room_that_the_facts_do_not_need(qtbot: QtBot) -> None:
    dialog = JobDetails(job(1), [], COPENHAGEN)
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(QScrollArea, "job_facts")
    assert isinstance(area, QScrollArea)
    last = max(label.geometry().bottom() for label in area.widget().findChildren(QLabel))
    qtbot.waitUntil(lambda: area.height() <= last + 4)
    assert area.verticalScrollBar().maximum() == 0
