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

from rta_viewer.ui.keys.dialog import KeyRow
from rta_viewer.ui.keys.keymap import KeyMap, native


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        menu: Its menu; behind a slash a menu within that one.
        keys: In Qt's portable notation; the first is shown in the menu.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    separator_before: bool = False
    checkable: bool = False


COLOURS = "C&olours"
PANELS = "&View/&Panels"
TILES = "&Tiles"

SPECS = (
    ActionSpec("sign_in", "&File", "Sign &in\N{HORIZONTAL ELLIPSIS}"),
    ActionSpec("sign_out", "&File", "Sign &out"),
    ActionSpec("reload_cameras", "&File", "&Reload cameras", ("F5",)),
    ActionSpec(
        "open_files",
        "&File",
        "O&pen saved files\N{HORIZONTAL ELLIPSIS}",
        ("Ctrl+O",),
        separator_before=True,
    ),
    ActionSpec("verify_files", "&File", "&Verify saved files\N{HORIZONTAL ELLIPSIS}"),
    ActionSpec("close_files", "&File", "C&lose saved files"),
    ActionSpec(
        "save_clip",
        "&File",
        "&Save clip\N{HORIZONTAL ELLIPSIS}",
        ("Ctrl+D",),
        separator_before=True,
    ),
    ActionSpec("export", "&File", "&Export\N{HORIZONTAL ELLIPSIS}", ("Ctrl+E",)),
    ActionSpec("snapshot", "&File", "S&napshot\N{HORIZONTAL ELLIPSIS}", ("Ctrl+S",)),
    ActionSpec("copy_picture", "&File", "&Copy the picture", ("Ctrl+Shift+C",)),
    ActionSpec("quit", "&File", "&Quit", ("Ctrl+Q",), separator_before=True),
    ActionSpec("undo", "&Edit", "&Undo", ("Ctrl+Z",)),
    ActionSpec("redo", "&Edit", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec("play_pause", "&Playback", "&Play / pause", ("Space", "K")),
    ActionSpec("slower", "&Playback", "&Slower", ("J",)),
    ActionSpec("faster", "&Playback", "&Faster", ("L",)),
    ActionSpec("backwards", "&Playback", "Play back&wards / forwards", ("Shift+Space",)),
    ActionSpec("skip_gaps", "&Playback", "S&kip stretches without footage", ("G",), checkable=True),
    ActionSpec("step_back", "&Playback", "One picture &back", (",",), separator_before=True),
    ActionSpec("step_forward", "&Playback", "One picture f&orward", (".",)),
    ActionSpec("back_5s", "&Playback", "Back 5 seconds", ("Left",)),
    ActionSpec("forward_5s", "&Playback", "Forward 5 seconds", ("Right",)),
    ActionSpec("back_1m", "&Playback", "Back 1 minute", ("Shift+Left",)),
    ActionSpec("forward_1m", "&Playback", "Forward 1 minute", ("Shift+Right",)),
    ActionSpec(
        "previous_recording", "&Playback", "Previous recording", ("PgUp",), separator_before=True
    ),
    ActionSpec("next_recording", "&Playback", "Next recording", ("PgDown",)),
    ActionSpec("previous_event", "&Playback", "Previous event", ("Shift+PgUp",)),
    ActionSpec("next_event", "&Playback", "Next event", ("Shift+PgDown",)),
    ActionSpec("day_start", "&Playback", "Start of the day", ("Home",)),
    ActionSpec("now", "&Playback", "Newest recordings", ("End",)),
    ActionSpec("go_to", "&Playback", "&Go to date and time\N{HORIZONTAL ELLIPSIS}", ("Ctrl+G",)),
    ActionSpec("calendar", "&Playback", "&Calendar\N{HORIZONTAL ELLIPSIS}", ("C",)),
    ActionSpec("mark_in", "&Cut", "Mark &in", ("I", "[")),
    ActionSpec("mark_out", "&Cut", "Mark &out", ("O", "]")),
    ActionSpec("edit_cut", "&Cut", "&Type in and out\N{HORIZONTAL ELLIPSIS}", ("Ctrl+I",)),
    ActionSpec("clear_cut", "&Cut", "&Forget in and out"),
    ActionSpec("find_camera", "&View", "&Find camera", ("Ctrl+F",)),
    ActionSpec("favourite", "&View", "Fa&vourite, or not any more", ("Ctrl+B",)),
    ActionSpec("find_job", "&View", "Find &saved file", ("Ctrl+J",)),
    ActionSpec(
        "zoom_in", "&View", "Timeline: zoom in", ("Ctrl++", "Ctrl+="), separator_before=True
    ),
    ActionSpec("zoom_out", "&View", "Timeline: zoom out", ("Ctrl+-",)),
    ActionSpec(
        "full_screen", "&View", "F&ull screen", ("F11", "F"), separator_before=True, checkable=True
    ),
    ActionSpec("back", "&View", "Back", ("Esc",)),
    ActionSpec("server_zone", "&View", "Server's time &zone\N{HORIZONTAL ELLIPSIS}"),
    ActionSpec("panel_cameras", PANELS, "&Cameras", ("F2",), checkable=True),
    ActionSpec("panel_timeline", PANELS, "&Timeline", ("F3",), checkable=True),
    ActionSpec("panel_files", PANELS, "&Saved files", ("F4",), checkable=True),
    ActionSpec("panels_reset", PANELS, "&All in their places"),
    ActionSpec("next_panel", PANELS, "To the &next panel", ("F6",), separator_before=True),
    ActionSpec("previous_panel", PANELS, "To the &previous panel", ("Shift+F6",)),
    ActionSpec("theme_dark", f"&View/{COLOURS}", "&Dark", checkable=True),
    ActionSpec("theme_light", f"&View/{COLOURS}", "&Light", checkable=True),
    ActionSpec("theme_system", f"&View/{COLOURS}", "As the &system", checkable=True),
    ActionSpec("layout_1", TILES, "&1 tile", ("Ctrl+1",)),
    ActionSpec("layout_2", TILES, "&2 tiles", ("Ctrl+2",)),
    ActionSpec("layout_4", TILES, "&4 tiles", ("Ctrl+4",)),
    ActionSpec("layout_6", TILES, "&6 tiles", ("Ctrl+6",)),
    ActionSpec("layout_9", TILES, "&9 tiles", ("Ctrl+9",)),
    ActionSpec("layout_16", TILES, "16 &tiles", ("Ctrl+0",)),
    ActionSpec("save_layout", TILES, "&Save layout\N{HORIZONTAL ELLIPSIS}", ("Ctrl+Shift+L",)),
    ActionSpec("clear_tile", TILES, "&Clear the tile", ("Del",), separator_before=True),
    ActionSpec("enlarge", TILES, "&Enlarge the tile, or not any more", ("E",)),
    ActionSpec("zoom_off", TILES, "&Whole picture", ("Z",)),
    ActionSpec("next_tile", TILES, "&Next tile", ("Ctrl+Tab", "N"), separator_before=True),
    ActionSpec("previous_tile", TILES, "&Previous tile", ("Ctrl+Shift+Tab", "Shift+N")),
    ActionSpec("keys", "&Help", "&Keys", ("?", "F1")),
    ActionSpec("change_keys", "&Help", "&Change keys\N{HORIZONTAL ELLIPSIS}"),
    ActionSpec(
        "save_report",
        "&Help",
        "Save a &report for whoever helps\N{HORIZONTAL ELLIPSIS}",
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
            action = QAction(spec.text, window)
            action.setObjectName(f"action_{spec.name}")
            action.setCheckable(spec.checkable)
            window.addAction(action)
            self._actions[spec.name] = action
        self._keys = KeyMap({spec.name: spec.keys for spec in SPECS})
        self.set_keys({})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put all actions into menus; returns the menus by their titles."""
        menus: dict[str, QMenu] = {}
        for spec in SPECS:
            menu = menus.get(spec.menu)
            if menu is None:
                above, _, title = spec.menu.rpartition("/")
                menu = menus[above].addMenu(title) if above else bar.addMenu(title)
                menus[spec.menu] = menu
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
            KeyRow(spec.name, plain(spec.menu.replace("/", ", ")), plain(spec.text))
            for spec in SPECS
        ]

    def key_lines(self) -> list[tuple[str, str]]:
        """``(keys, what they do)`` for the sheet."""
        lines: list[tuple[str, str]] = []
        for spec in SPECS:
            keys = self._keys.keys(spec.name)
            if keys:
                lines.append(("  or  ".join(map(native, keys)), plain(spec.text)))
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
