"""The window in Arabic: mirrored where it is read, not where time runs, and nothing is cut off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobState
from rta_viewer.core.model import Camera
from rta_viewer.qt.language import speak
from rta_viewer.ui.jobs.wording import progress_line
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.camera_rows import CameraRows
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import DARK_THEME
from tests.helpers.cut_off import cut_off, too_long_paintings
from tests.helpers.every_window import DIALOGS, fill, main_window
from tests.helpers.ui_world import job

SIZES = ((1280, 720), (1440, 860))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    themes.apply(qapp, DARK_THEME)
    speak(qapp, QLocale("ar_EG"))
    window = main_window()
    themes.dress(window, DARK_THEME)
    qtbot.addWidget(window)
    fill(window)
    QApplication.sendPostedEvents()
    yield window
    speak(qapp, QLocale("en_US"))


def unreadable(top: QWidget) -> list[str]:
    with too_long_paintings() as painted:
        top.grab()
    return sorted({*cut_off(top), *painted})


def none_of(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(["cut off:", *found]))


def test_nothing_in_the_window_is_cut_off(window: MainWindow) -> None:
    found = []
    for size in SIZES:
        window.resize(*size)
        QApplication.sendPostedEvents()
        assert (window.width(), window.height()) == size
        found += [f"{size}: {text}" for text in unreadable(window)]
    none_of(found)


def test_nothing_in_the_dialogs_is_cut_off(window: MainWindow) -> None:
    found = []
    for make in DIALOGS:
        dialog = make(window)
        dialog.show()
        QApplication.sendPostedEvents()
        found += [f"{make.__name__}: {text}" for text in unreadable(dialog)]
        dialog.close()
    none_of(found)


def test_reading_begins_at_the_right_and_time_at_the_left(window: MainWindow) -> None:
    def left_of(widget: QWidget) -> int:
        return widget.mapTo(window, QPoint(0, 0)).x()

    middle = left_of(window.grid)
    assert left_of(window.tree) > middle > left_of(window.jobs)
    assert left_of(window.tree.search) > middle
    assert window.tree.view.layoutDirection() == Qt.LayoutDirection.RightToLeft
    steps = [
        window.transport.findChild(QWidget, f"transport_{name}")
        for name in ("back_5s", "forward_5s")
    ]
    assert left_of(steps[0]) < left_of(steps[1])
    canvas = window.timeline.canvas
    assert canvas.layoutDirection() == Qt.LayoutDirection.LeftToRight
    early, late = canvas.scale.span.start_ms, canvas.scale.span.end_ms
    assert canvas.band_point(early).x() < canvas.band_point(late).x()


def test_names_and_words_of_others_keep_their_dots_at_their_own_side(window: MainWindow) -> None:
    latin = "\u2068Gate (north)\u2069"
    option = QStyleOptionViewItem()
    tree = window.tree
    tree.view.itemDelegate().initStyleOption(
        option, tree.index_of(tree.model.cameras()[0].camera_id)
    )
    assert option.text.startswith("\u2068")
    cameras = CameraRows([Camera("a", "Gate (north)")], [], [], lambda _: "", lambda _: "")
    assert cameras.index(0, 0).data() == latin
    refused = job(1, JobState.FAILED, reason="Gate (north)")
    assert progress_line(refused, None) == latin


def test_no_letter_means_two_things_in_one_menu(window: MainWindow) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        letters = [
            text[at + 1]
            for action in menu.actions()
            if (at := (text := action.text()).replace("&&", "  ").find("&")) >= 0
        ]
        twice = {letter for letter in letters if letters.count(letter) > 1}
        assert not twice, menu.title()
