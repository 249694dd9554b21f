"""Tooltips that name a key name the one that works, also after the operator has changed it."""

import re

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from rta_viewer.ui.keys.keymap import KeyMap, native

_KEY_IN_TIP = re.compile(r" \([^()\n]*\)(?=$|,|\n)")

ACTION_OF = {
    "transport_play": "play_pause",
    "transport_back_1m": "back_1m",
    "transport_back_5s": "back_5s",
    "transport_forward_5s": "forward_5s",
    "transport_forward_1m": "forward_1m",
    "transport_step_back": "step_back",
    "transport_step_forward": "step_forward",
    "transport_previous_recording": "previous_recording",
    "transport_next_recording": "next_recording",
    "skip_gaps_button": "skip_gaps",
    "goto_edit": "go_to",
    "in_button": "mark_in",
    "out_button": "mark_out",
    "save_clip_button": "save_clip",
}
"""The widgets whose tooltips end in a key, and the action whose key it is."""


def with_key(tip: str, keys: tuple[str, ...]) -> str:
    """The tooltip with the first of these keys instead of the one that it names."""
    named = f" ({native(keys[0])})" if keys else ""
    return _KEY_IN_TIP.sub(lambda _: named, tip, count=1)


class KeyTips(QObject):
    """Watches the widgets of a window that have such tooltips."""

    def __init__(self, window: QWidget, keys: KeyMap) -> None:
        super().__init__(window)
        self._keys = keys
        for name in ACTION_OF:
            widget = window.findChild(QWidget, name)
            if isinstance(widget, QWidget):
                widget.installEventFilter(self)

    def set_keys(self, keys: KeyMap) -> None:
        """These keys work from now on."""
        self._keys = keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QHelpEvent) or event.type() is not QEvent.Type.ToolTip:
            return super().eventFilter(watched, event)
        if isinstance(watched, QWidget):
            keys = self._keys.keys(ACTION_OF[watched.objectName()])
            QToolTip.showText(event.globalPos(), with_key(watched.toolTip(), keys), watched)
        return True
