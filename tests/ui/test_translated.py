"""Everything that is read on the screen can be translated."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.every_window import DIALOGS, NAMES, fill, main_window
from tests.helpers.marked import marking, painted, said, unmarked


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    themes.apply(qapp, DARK_THEME)
    with marking():
        window = main_window()
        qtbot.addWidget(window)
        fill(window)
        yield window
    qapp.setStyleSheet("")


def untranslated(top: QWidget) -> list[str]:
    with painted() as drawn:
        top.grab()
    everything = [*said(top), *(("painted", text) for text in drawn)]
    found = {f"{where}: {text!r}" for where, text in everything if unmarked(text, NAMES)}
    return sorted(found)


def nothing_of(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(["not translated:", *found]))


def test_everything_in_the_window_is_translated(window: MainWindow) -> None:
    nothing_of(untranslated(window))


def test_every_menu_for_a_place_is_translated(window: MainWindow) -> None:
    menus = [window.jobs.commands.menu(window)]
    window.tree.view.selectAll()
    window.tree.view.menu_wanted.emit(window.tree.mapToGlobal(window.tree.rect().center()))
    menus += [one for one in window.tree.findChildren(QMenu) if one.objectName() == "camera_menu"]
    assert len(menus) == 2
    found = [text for menu in menus for text in untranslated(menu)]
    menus[1].close()
    nothing_of(found)


def test_everything_in_the_dialogs_is_translated(window: MainWindow) -> None:
    found = []
    for make in DIALOGS:
        dialog = make(window)
        dialog.show()
        found += [f"{make.__name__}: {text}" for text in untranslated(dialog)]
        dialog.close()
    nothing_of(found)
