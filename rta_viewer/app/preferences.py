"""What the operator set once and finds again: colours and keys."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from rta_viewer.app.services import Services
from rta_viewer.platform.settings import ThemeMode
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.theme.choice import ThemeChoice


class Preferences(QObject):
    """Puts them on the window, and keeps what is changed there. GUI thread."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        window.set_keys(services.settings.keys)
        window.choose_theme(ThemeChoice(services.settings.theme.value))
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
