from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from rta_viewer.core import texts
from rta_viewer.errors import UsageError
from rta_viewer.qt.language import choose_language, speak


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    speak(qapp, QLocale("en_US"))


@pytest.mark.parametrize(
    ("wanted", "system", "name"),
    [
        ("", "en_GB", "en_GB"),
        ("", "da_DK", "en_US"),
        ("", "ar_AE", "ar_AE"),
        ("ar", "ar_AE", "ar_AE"),
        ("ar", "en_US", "ar_EG"),
        ("en", "ar_EG", "en_US"),
    ],
)
def test_the_country_of_the_system_counts_where_its_language_is_spoken(
    wanted: str, system: str, name: str
) -> None:
    assert choose_language(wanted, QLocale(system)).name() == name


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(UsageError, match="fr"):
        choose_language("fr", QLocale("en_US"))


def test_arabic_turns_the_window_round_and_speaks(speaking: QApplication) -> None:
    speak(speaking, QLocale("ar_EG"))
    assert speaking.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert texts.tr("&File") != "&File"
    assert texts.digits("7") == "\u0667"


def test_the_buttons_of_qt_speak_too(speaking: QApplication, qtbot: QtBot) -> None:
    cancel = QDialogButtonBox.StandardButton.Cancel
    speak(speaking, QLocale("ar_EG"))
    arabic = QDialogButtonBox(cancel)
    qtbot.addWidget(arabic)
    speak(speaking, QLocale("en_US"))
    english = QDialogButtonBox(cancel)
    qtbot.addWidget(english)
    assert english.button(cancel).text() == "Cancel"
    assert arabic.button(cancel).text() not in ("", "Cancel")


def test_english_comes_back(speaking: QApplication) -> None:
    speak(speaking, QLocale("ar_EG"))
    speak(speaking, QLocale("en_US"))
    assert speaking.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert texts.tr("&File") == "&File"
