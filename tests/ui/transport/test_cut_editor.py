from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.transport.cut_editor import CutEditor
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, picture

ZONE = ZoneInfo("Europe/Copenhagen")
IN, OUT = NOW_MS - 10 * MINUTE_MS, NOW_MS - 5 * MINUTE_MS


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.show()
    return desk


@pytest.fixture
def cuts() -> list[Cut]:
    return []


@pytest.fixture
def wanted() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def editor(
    theme: Theme, desk: QWidget, cuts: list[Cut], wanted: list[tuple[str, int]]
) -> Iterator[CutEditor]:
    editor = CutEditor(theme, desk)
    editor.cut_edited.connect(cuts.append)
    editor.picture_wanted.connect(lambda end, instant_ms: wanted.append((end, instant_ms)))
    editor.open_at(desk, Cut(IN, OUT), ZONE, NOW_MS, float(NOW_MS))
    yield editor
    editor.hide()


def retype(editor: CutEditor, name: str, text: str) -> None:
    edit = (editor.first if name == "in" else editor.last).edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_it_shows_both_times_with_their_offset_and_asks_for_both_pictures(
    editor: CutEditor, wanted: list[tuple[str, int]]
) -> None:
    assert editor.first.edit.text() == "2025-10-24 11:50:00 +02:00"
    assert editor.last.edit.text() == "2025-10-24 11:55:00 +02:00"
    assert wanted == [("in", IN), ("out", OUT - 1)]
    assert editor.about.text() == "5 min 00 s"
    editor.show_footage("about 150 MB")
    assert editor.about.text() == "5 min 00 s   about 150 MB"
    editor.show_picture("in", picture(240, 135))
    editor.show_picture("out", None)
    assert editor.first.box.picture is not None
    assert editor.last.box.words == "No footage here"
    assert not editor.grab().isNull()


def test_times_are_typed_in_any_form(
    editor: CutEditor, cuts: list[Cut], wanted: list[tuple[str, int]]
) -> None:
    retype(editor, "in", "11:52")
    assert cuts[-1] == Cut(NOW_MS - 8 * MINUTE_MS, OUT)
    retype(editor, "out", "+1m")
    assert cuts[-1] == Cut(NOW_MS - 8 * MINUTE_MS, OUT + MINUTE_MS)
    assert wanted[2:] == [("in", NOW_MS - 8 * MINUTE_MS), ("out", OUT + MINUTE_MS - 1)]
    assert editor.about.text() == "4 min 00 s"
    retype(editor, "out", "2025-10-24T10:00:00Z")
    assert cuts[-1].out_ms == NOW_MS


def test_nonsense_is_refused_and_changes_nothing(editor: CutEditor, cuts: list[Cut]) -> None:
    retype(editor, "in", "the day after")
    assert cuts == []
    assert editor.first.edit.property("invalid") == "true"
    assert "is not a time" in editor.about.text()


def test_nudging_by_key_and_button(editor: CutEditor, cuts: list[Cut]) -> None:
    edit, shift = editor.first.edit, Qt.KeyboardModifier.ShiftModifier
    none = Qt.KeyboardModifier.NoModifier
    at = IN
    for key, modifier, by_ms in (
        (Qt.Key.Key_Up, none, 1_000),
        (Qt.Key.Key_Up, shift, 40),
        (Qt.Key.Key_Down, none, -1_000),
        (Qt.Key.Key_PageDown, none, -60_000),
    ):
        QTest.keyClick(edit, key, modifier)
        at += by_ms
        assert cuts[-1] == Cut(at, OUT)
    assert edit.text() == "2025-10-24 11:49:00.040 +02:00"
    editor.findChild(QToolButton, "cut_out_back_picture").click()
    assert cuts[-1] == Cut(at, OUT - 40)


def test_a_mark_that_is_not_set_begins_at_the_playhead(
    editor: CutEditor, desk: QWidget, cuts: list[Cut]
) -> None:
    editor.open_at(desk, Cut(), ZONE, NOW_MS, float(IN))
    assert editor.first.box.words == "Not set"
    assert "Type both times" in editor.about.text()
    editor.findChild(QToolButton, "cut_in_forward_1s").click()
    assert cuts == [Cut(IN + 1_000)]


def test_in_after_out_drops_out(editor: CutEditor, cuts: list[Cut]) -> None:
    retype(editor, "in", "11:58")
    assert cuts[-1] == Cut(NOW_MS - 2 * MINUTE_MS)
    assert editor.last.box.words == "Not set"
