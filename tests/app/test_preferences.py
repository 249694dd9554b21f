from collections.abc import Callable

from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.platform.settings import SettingsStore, ThemeMode
from rta_viewer.ui.keys.keymap import KeyMap


def test_keys_and_colours_come_back(
    program: Program, make: Callable[[], Services], qtbot: QtBot
) -> None:
    window = program.window
    window._on_keys_chosen(KeyMap({"quit": ("Ctrl+Q",)}, {"quit": ["Ctrl+X"]}))
    window.acts["theme_light"].trigger()
    store = SettingsStore(program.services.context.paths.settings_file)
    qtbot.waitUntil(lambda: store.load().settings.theme is ThemeMode.LIGHT)
    assert store.load().settings.keys == {"quit": ("Ctrl+X",)}
    second = Program(make())
    qtbot.addWidget(second.window)
    second.start()
    assert second.window.acts["quit"].shortcut().toString() == "Ctrl+X"
    assert second.window.theme.name == "light"
    second.window.acts["theme_dark"].trigger()
    assert second.services.settings.theme is ThemeMode.DARK
    second.window.close()
