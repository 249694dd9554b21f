import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.header import TileHeader
from tests.helpers.ui_world import NOW_MS

NOTES = ("unchanged, time from its receipt", "time from its receipt", "by its receipt")


@pytest.fixture
def header(qtbot: QtBot, theme: Theme) -> TileHeader:
    header = TileHeader(theme)
    qtbot.addWidget(header)
    header.set_name("Door (file)")
    header.set_instant(NOW_MS)
    header.set_notes(NOTES, "warning")
    header.show()
    return header


def test_the_longest_note_that_there_is_room_for(header: TileHeader) -> None:
    shown = []
    for width in (240, 360, 460, 520, 620, 900):
        header.resize(width, header.height())
        shown.append(header.note.text())
        assert header.note.isVisible() is bool(shown[-1])
        assert header.childrenRect().right() <= width
    assert shown[-1] == NOTES[0]
    assert [NOTES.index(text) if text else 3 for text in shown] == sorted(
        (NOTES.index(text) if text else 3 for text in shown), reverse=True
    )
    assert len(set(shown)) >= 3


def test_how_much_a_note_matters_is_on_the_name_too(header: TileHeader) -> None:
    assert header.name.property("level") == header.note.property("level") == "warning"
    header.set_notes(())
    assert not header.note.isVisible()
    assert header.name.property("level") == "quiet"
