"""Dark, light, or as the system is: what the operator chose, and the theme that follows from it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QStyleHints

from rta_viewer.ui.theme.theme import DARK_THEME, LIGHT_THEME, Theme


class ThemeChoice(StrEnum):
    """What can be chosen."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


_SCHEMES = {
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
}


def theme_for(choice: ThemeChoice, scheme: Qt.ColorScheme) -> Theme:
    """The theme for a choice, where the system has this scheme. Dark where nobody knows."""
    if choice is ThemeChoice.SYSTEM:
        return LIGHT_THEME if scheme is Qt.ColorScheme.Light else DARK_THEME
    return LIGHT_THEME if choice is ThemeChoice.LIGHT else DARK_THEME


class ThemeFollower(QObject):
    """Knows the choice, and follows the system while that is the choice. GUI thread.

    Signals:
        theme_changed: The :class:`Theme` to put on.
    """

    theme_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choice = ThemeChoice.LIGHT if theme == LIGHT_THEME else ThemeChoice.DARK
        self._hints: QStyleHints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)

    def choose(self, choice: ThemeChoice) -> None:
        """This is wanted from now on."""
        self.choice = choice
        # The window's frame, which the system draws, is dark or light with it.
        self._hints.setColorScheme(_SCHEMES[choice])
        self._follow()

    def _follow(self) -> None:
        wanted = theme_for(self.choice, self._hints.colorScheme())
        if wanted != self._theme:
            self._theme = wanted
            self.theme_changed.emit(wanted)

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._follow()
