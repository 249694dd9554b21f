from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.ui.save_dialog.range import RangeFields
from tests.helpers.ui_world import MINUTE_MS, NOW_MS

NINE_MS = NOW_MS - 180 * MINUTE_MS
"""2025-10-24, 09:00 in Copenhagen; the proposal begins at 12:00."""

TEN_MINUTES = Span(NINE_MS, NINE_MS + 10 * MINUTE_MS)


@pytest.fixture
def fields(qtbot: QtBot) -> RangeFields:
    made = RangeFields(
        Span(NOW_MS, NOW_MS + 5 * MINUTE_MS),
        ZoneInfo("Europe/Copenhagen"),
        ManualClock(NOW_MS + 60 * MINUTE_MS),
    )
    qtbot.addWidget(made)
    made.show()
    return made


def type_into(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def paste_into(edit: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    edit.setFocus()
    edit.selectAll()
    edit.paste()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09:00 - 09:10", "09:00", "09:10"),
        ("09:00-09:10", "09:00", "09:10"),
        ("24/10/2025 09:00 to 09:10", "24/10/2025 09:00", "09:10"),
        ("09:00;+10m", "09:00", "+10m"),
    ],
)
@pytest.mark.parametrize("name", ["save_in", "save_out"])
def test_a_range_that_is_typed_is_taken_apart_when_it_is_finished(
    fields: RangeFields, name: str, text: str, start: str, end: str
) -> None:
    edit = fields.findChild(QLineEdit, name)
    type_into(edit, text)
    assert edit.text() == text
    assert fields.span == TEN_MINUTES
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (fields.start.text(), fields.end.text()) == (start, end)
    assert fields.span == TEN_MINUTES


@pytest.mark.parametrize("name", ["save_in", "save_out"])
def test_a_range_that_is_pasted_is_taken_apart_at_once(fields: RangeFields, name: str) -> None:
    edit = fields.findChild(QLineEdit, name)
    paste_into(edit, "24/10/2025 09:00-09:10")
    assert (fields.start.text(), fields.end.text()) == ("24/10/2025 09:00", "09:10")
    assert fields.span == TEN_MINUTES


def test_typing_on_after_a_paste_keeps_what_is_typed(fields: RangeFields) -> None:
    paste_into(fields.start, "09:00")
    QTest.keyClicks(fields.start, ":30")
    assert fields.start.text() == "09:00:30"
    assert fields.span == Span(NINE_MS + 30_000, NOW_MS + 5 * MINUTE_MS)


def test_a_time_that_occurs_twice_comes_with_both_that_it_could_be(fields: RangeFields) -> None:
    type_into(fields.start, "26/10/2025 02:30")
    words = fields.start_words.text()
    assert "happens twice" in words
    assert "Write 2025-10-26T02:30:00+02:00 for the first" in words


def test_a_distance_counts_from_the_start_that_was_proposed(fields: RangeFields) -> None:
    type_into(fields.start, "-30m")
    assert fields.span == Span(NOW_MS - 30 * MINUTE_MS, NOW_MS + 5 * MINUTE_MS)
    assert fields.start_words.text().endswith("(30m before the proposed start)")


def test_what_is_wrong_is_told(fields: RangeFields) -> None:
    assert fields.problem == ""
    type_into(fields.end, "11:00")
    assert fields.span is None
    assert fields.problem == "The end is not after the start. Write a later time, or +10m."
    assert fields.end_words.text() == "The end is not after the start."
    type_into(fields.start, "nonsense")
    assert fields.problem.startswith("'nonsense' is not a time. Write 24/10/2025 10:00, ")
