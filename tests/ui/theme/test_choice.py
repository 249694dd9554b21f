import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rta_viewer.ui.theme.choice import ThemeChoice, ThemeFollower, theme_for
from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme

SCHEME = Qt.ColorScheme


@pytest.mark.parametrize(
    ("choice", "scheme", "theme"),
    [
        (ThemeChoice.DARK, SCHEME.Light, DARK_THEME),
        (ThemeChoice.LIGHT, SCHEME.Dark, LIGHT_THEME),
        (ThemeChoice.SYSTEM, SCHEME.Light, LIGHT_THEME),
        (ThemeChoice.SYSTEM, SCHEME.Dark, DARK_THEME),
        (ThemeChoice.SYSTEM, SCHEME.Unknown, DARK_THEME),
    ],
)
def test_the_theme_for_a_choice(choice: ThemeChoice, scheme: SCHEME, theme: Theme) -> None:
    assert theme_for(choice, scheme) == theme


class Hints:
    """A system that changes its colours."""

    scheme = SCHEME.Dark

    def colorScheme(self) -> SCHEME:  # noqa: N802 - Qt's name
        return self.scheme

    def setColorScheme(self, scheme: SCHEME) -> None:  # noqa: N802 - Qt's name
        """The window's frame follows; the system stays as it is."""


def test_the_system_is_followed_while_that_is_the_choice(qtbot: QtBot) -> None:
    follower = ThemeFollower(DARK_THEME)
    hints = Hints()
    follower._hints = hints  # type: ignore[assignment]
    with qtbot.assertNotEmitted(follower.theme_changed):
        hints.scheme = SCHEME.Light
        follower._on_scheme_changed()
    with qtbot.waitSignal(follower.theme_changed) as caught:
        follower.choose(ThemeChoice.SYSTEM)
    assert caught.args == [LIGHT_THEME]
    hints.scheme = SCHEME.Dark
    with qtbot.waitSignal(follower.theme_changed) as caught:
        follower._on_scheme_changed()
    assert caught.args == [DARK_THEME]
    follower.deleteLater()
