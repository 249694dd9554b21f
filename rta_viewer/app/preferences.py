"""What the operator set once and finds again: colours, keys and the language."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from rta_viewer.app.services import Services
from rta_viewer.core.texts import tr
from rta_viewer.platform.settings import LanguageMode, ThemeMode
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.choice import ThemeChoice


class Preferences(QObject):
    """Puts them on the window, and keeps what is changed there. GUI thread."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        window.set_keys(services.settings.keys)
        window.choose_theme(ThemeChoice(services.settings.theme.value))
        self._languages = QActionGroup(window)
        for mode in LanguageMode:
            action = window.acts[f"language_{mode.value}"]
            action.setData(mode.value)
            self._languages.addAction(action)
            action.setChecked(mode is services.settings.language)
        self._languages.triggered.connect(self._on_language_action)
        window.keys_changed.connect(self._on_keys_changed)
        window.theme_chosen.connect(self._on_theme_chosen)

    @Slot(object)
    def _on_keys_changed(self, own: Mapping[str, tuple[str, ...]]) -> None:
        services = self._services
        services.change_settings(replace(services.settings, keys=dict(own)))

    @Slot(object)
    def _on_theme_chosen(self, choice: ThemeChoice) -> None:
        services = self._services
        services.change_settings(replace(services.settings, theme=ThemeMode(choice.value)))

    @Slot(QAction)
    def _on_language_action(self, action: QAction) -> None:
        services = self._services
        mode = LanguageMode(action.data())
        if mode is services.settings.language:
            return
        services.change_settings(replace(services.settings, language=mode))
        self._window.messages.show_notice(
            tr("The language changes when the program is started again.")
        )
