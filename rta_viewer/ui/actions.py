"""Every action of the window: its words, its keys, and the menu it stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.keys.dialog import KeyRow
from rta_viewer.ui.keys.keymap import KeyMap, native


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        menu: Its menu, and those around it from the outside.
        text: In the menu, marked for translators. A language stands there in its own words.
        keys: In Qt's portable notation; the first is shown in the menu.
    """

    name: str
    menu: tuple[str, ...]
    text: str
    keys: tuple[str, ...] = ()
    separator_before: bool = False
    checkable: bool = False


FILE = (mark("&File"),)
EDIT = (mark("&Edit"),)
PLAYBACK = (mark("&Playback"),)
CUT = (mark("&Cut"),)
VIEW = (mark("&View"),)
PANELS = (*VIEW, mark("&Panels"))
COLOURS = (*VIEW, mark("C&olours"))
LANGUAGE = (*VIEW, mark("Lan&guage"))
TILES = (mark("&Tiles"),)
HELP = (mark("&Help"),)

SPECS = (
    ActionSpec("sign_in", FILE, mark("Sign &in\N{HORIZONTAL ELLIPSIS}")),
    ActionSpec("sign_out", FILE, mark("Sign &out")),
    ActionSpec("reload_cameras", FILE, mark("&Reload cameras"), ("F5",)),
    ActionSpec(
        "open_files",
        FILE,
        mark("O&pen saved files\N{HORIZONTAL ELLIPSIS}"),
        ("Ctrl+O",),
        separator_before=True,
    ),
    ActionSpec("verify_files", FILE, mark("&Verify saved files\N{HORIZONTAL ELLIPSIS}")),
    ActionSpec("close_files", FILE, mark("C&lose saved files")),
    ActionSpec(
        "save_clip",
        FILE,
        mark("&Save clip\N{HORIZONTAL ELLIPSIS}"),
        ("Ctrl+D",),
        separator_before=True,
    ),
    ActionSpec("export", FILE, mark("&Export\N{HORIZONTAL ELLIPSIS}"), ("Ctrl+E",)),
    ActionSpec("snapshot", FILE, mark("S&napshot\N{HORIZONTAL ELLIPSIS}"), ("Ctrl+S",)),
    ActionSpec("copy_picture", FILE, mark("&Copy the picture"), ("Ctrl+Shift+C",)),
    ActionSpec("quit", FILE, mark("&Quit"), ("Ctrl+Q",), separator_before=True),
    ActionSpec("undo", EDIT, mark("&Undo"), ("Ctrl+Z",)),
    ActionSpec("redo", EDIT, mark("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec("play_pause", PLAYBACK, mark("&Play / pause"), ("Space", "K")),
    ActionSpec("slower", PLAYBACK, mark("&Slower"), ("J",)),
    ActionSpec("faster", PLAYBACK, mark("&Faster"), ("L",)),
    ActionSpec("backwards", PLAYBACK, mark("Play back&wards / forwards"), ("Shift+Space",)),
    ActionSpec(
        "skip_gaps", PLAYBACK, mark("S&kip stretches without footage"), ("G",), checkable=True
    ),
    ActionSpec("step_back", PLAYBACK, mark("One picture &back"), (",",), separator_before=True),
    ActionSpec("step_forward", PLAYBACK, mark("One picture f&orward"), (".",)),
    ActionSpec("back_5s", PLAYBACK, mark("Back 5 seconds"), ("Left",)),
    ActionSpec("forward_5s", PLAYBACK, mark("Forward 5 seconds"), ("Right",)),
    ActionSpec("back_1m", PLAYBACK, mark("Back 1 minute"), ("Shift+Left",)),
    ActionSpec("forward_1m", PLAYBACK, mark("Forward 1 minute"), ("Shift+Right",)),
    ActionSpec(
        "previous_recording", PLAYBACK, mark("Previous recording"), ("PgUp",), separator_before=True
    ),
    ActionSpec("next_recording", PLAYBACK, mark("Next recording"), ("PgDown",)),
    ActionSpec("previous_event", PLAYBACK, mark("Previous event"), ("Shift+PgUp",)),
    ActionSpec("next_event", PLAYBACK, mark("Next event"), ("Shift+PgDown",)),
    ActionSpec("day_start", PLAYBACK, mark("Start of the day"), ("Home",)),
    ActionSpec("now", PLAYBACK, mark("Newest recordings"), ("End",)),
    ActionSpec("go_to", PLAYBACK, mark("&Go to date and time\N{HORIZONTAL ELLIPSIS}"), ("Ctrl+G",)),
    ActionSpec("calendar", PLAYBACK, mark("&Calendar\N{HORIZONTAL ELLIPSIS}"), ("C",)),
    ActionSpec("mark_in", CUT, mark("Mark &in"), ("I", "[")),
    ActionSpec("mark_out", CUT, mark("Mark &out"), ("O", "]")),
    ActionSpec("edit_cut", CUT, mark("&Type in and out\N{HORIZONTAL ELLIPSIS}"), ("Ctrl+I",)),
    ActionSpec("clear_cut", CUT, mark("&Forget in and out")),
    ActionSpec("find_camera", VIEW, mark("&Find camera"), ("Ctrl+F",)),
    ActionSpec("favourite", VIEW, mark("Fa&vourite, or not any more"), ("Ctrl+B",)),
    ActionSpec("find_job", VIEW, mark("Find &saved file"), ("Ctrl+J",)),
    ActionSpec(
        "zoom_in", VIEW, mark("Timeline: zoom in"), ("Ctrl++", "Ctrl+="), separator_before=True
    ),
    ActionSpec("zoom_out", VIEW, mark("Timeline: zoom out"), ("Ctrl+-",)),
    ActionSpec(
        "full_screen",
        VIEW,
        mark("F&ull screen"),
        ("F11", "F"),
        separator_before=True,
        checkable=True,
    ),
    ActionSpec("back", VIEW, mark("Back"), ("Esc",)),
    ActionSpec("server_zone", VIEW, mark("Server's time &zone\N{HORIZONTAL ELLIPSIS}")),
    ActionSpec("panel_cameras", PANELS, mark("&Cameras"), ("F2",), checkable=True),
    ActionSpec("panel_timeline", PANELS, mark("&Timeline"), ("F3",), checkable=True),
    ActionSpec("panel_files", PANELS, mark("&Saved files"), ("F4",), checkable=True),
    ActionSpec("panels_reset", PANELS, mark("&All in their places")),
    ActionSpec("next_panel", PANELS, mark("To the &next panel"), ("F6",), separator_before=True),
    ActionSpec("previous_panel", PANELS, mark("To the &previous panel"), ("Shift+F6",)),
    ActionSpec("theme_dark", COLOURS, mark("&Dark"), checkable=True),
    ActionSpec("theme_light", COLOURS, mark("&Light"), checkable=True),
    ActionSpec("theme_system", COLOURS, mark("As the &system"), checkable=True),
    ActionSpec("language_system", LANGUAGE, mark("As the &system"), checkable=True),
    ActionSpec("language_en", LANGUAGE, "&English", checkable=True),
    ActionSpec(
        "language_ar",
        LANGUAGE,
        "العربية",
        checkable=True,
    ),
    ActionSpec("layout_1", TILES, mark("&1 tile"), ("Ctrl+1",)),
    ActionSpec("layout_2", TILES, mark("&2 tiles"), ("Ctrl+2",)),
    ActionSpec("layout_4", TILES, mark("&4 tiles"), ("Ctrl+4",)),
    ActionSpec("layout_6", TILES, mark("&6 tiles"), ("Ctrl+6",)),
    ActionSpec("layout_9", TILES, mark("&9 tiles"), ("Ctrl+9",)),
    ActionSpec("layout_16", TILES, mark("16 &tiles"), ("Ctrl+0",)),
    ActionSpec(
        "save_layout", TILES, mark("&Save layout\N{HORIZONTAL ELLIPSIS}"), ("Ctrl+Shift+L",)
    ),
    ActionSpec("clear_tile", TILES, mark("&Clear the tile"), ("Del",), separator_before=True),
    ActionSpec("enlarge", TILES, mark("&Enlarge the tile, or not any more"), ("E",)),
    ActionSpec("own_time", TILES, mark("&Own time for the tile"), ("T",), checkable=True),
    ActionSpec("zoom_off", TILES, mark("&Whole picture"), ("Z",)),
    ActionSpec("next_tile", TILES, mark("&Next tile"), ("Ctrl+Tab", "N"), separator_before=True),
    ActionSpec("previous_tile", TILES, mark("&Previous tile"), ("Ctrl+Shift+Tab", "Shift+N")),
    ActionSpec("keys", HELP, mark("&Keys"), ("?", "F1")),
    ActionSpec("change_keys", HELP, mark("&Change keys\N{HORIZONTAL ELLIPSIS}")),
    ActionSpec(
        "save_report",
        HELP,
        mark("Save a &report for whoever helps\N{HORIZONTAL ELLIPSIS}"),
        separator_before=True,
    ),
)
"""All of them, in the order of the menus."""

_TEXT_FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Actions(QObject):
    """Makes the actions of a window. Their keys work wherever the focus is, except where somebody types."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(tr(spec.text), window)
            action.setObjectName(f"action_{spec.name}")
            action.setCheckable(spec.checkable)
            window.addAction(action)
            self._actions[spec.name] = action
        self._keys = KeyMap({spec.name: spec.keys for spec in SPECS})
        self.set_keys({})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> dict[tuple[str, ...], QMenu]:
        """Put all actions into menus; returns the menus by their places."""
        menus: dict[tuple[str, ...], QMenu] = {}
        for spec in SPECS:
            menu = menus.get(spec.menu)
            if menu is None:
                *above, title = spec.menu
                around = menus[tuple(above)] if above else bar
                menu = menus[spec.menu] = around.addMenu(tr(title))
            if spec.separator_before:
                menu.addSeparator()
            menu.addAction(self._actions[spec.name])
        return menus

    @property
    def keys(self) -> KeyMap:
        """Which keys start what."""
        return self._keys

    def set_keys(self, own: Mapping[str, Iterable[str]]) -> None:
        """Use the operator's keys instead of the program's own, where there are any."""
        self._keys = KeyMap({spec.name: spec.keys for spec in SPECS}, own)
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in self._keys.keys(name)])

    def key_rows(self) -> list[KeyRow]:
        """All actions, for the dialog that changes keys."""
        return [
            KeyRow(
                spec.name, ", ".join(plain(tr(title)) for title in spec.menu), plain(tr(spec.text))
            )
            for spec in SPECS
        ]

    def key_lines(self) -> list[tuple[str, str]]:
        """``(keys, what they do)`` for the sheet."""
        lines: list[tuple[str, str]] = []
        for spec in SPECS:
            keys = self._keys.keys(spec.name)
            if keys:
                lines.append((tr("  or  ").join(map(native, keys)), plain(tr(spec.text))))
        return lines


def plain(text: str) -> str:
    """A menu's words without what only menus need."""
    return text.replace("&", "").rstrip("\N{HORIZONTAL ELLIPSIS}")


def keep_for_text(focus: QWidget | None, event: QKeyEvent) -> bool:
    """True when a key is meant for the text field that has the focus, and must not start an action.

    A single letter is an action everywhere in the window except where somebody types: there it is a
    letter. Keys with Ctrl or Alt and the function keys always work.
    """
    return focus is not None and _is_text_field(focus) and _belongs_to_text(event)


def _is_text_field(widget: QWidget) -> bool:
    return isinstance(widget, _TEXT_FIELDS) or (
        isinstance(widget, QComboBox) and widget.isEditable()
    )


def _belongs_to_text(event: QKeyEvent) -> bool:
    if event.modifiers() & _COMMAND:
        # Ctrl with a cursor or editing key edits; Ctrl with a letter is looked at by the field itself.
        return event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
    return not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
