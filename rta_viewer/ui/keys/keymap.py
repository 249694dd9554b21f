"""Which keys start which action: the program's own, or the operator's."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from rta_viewer.core.texts import tr

MOST_KEYS = 4

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_FOR_MOVING_ABOUT = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Menu,
    }
)
_SHIFT_ONLY = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def normal(key: str) -> str:
    """One key with its modifiers as the settings hold it; empty for what is none."""
    sequence = QKeySequence(key, _PORTABLE)
    if sequence.count() != 1 or _first(sequence).key() in {Qt.Key.Key_unknown, Qt.Key(0)}:
        return ""
    return sequence.toString(_PORTABLE)


def _first(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # missing in the stub
    return first


def native(key: str) -> str:
    """The same as this system writes it."""
    return QKeySequence(key, _PORTABLE).toString(_NATIVE)


def why_not(key: str) -> str:
    """Why a key cannot start an action; empty when it can."""
    if not normal(key):
        return tr("This is no key that can be used.")
    pressed = _first(QKeySequence(key, _PORTABLE))
    if pressed.key() in _FOR_MOVING_ABOUT and pressed.keyboardModifiers() in _SHIFT_ONLY:
        return tr("{key} is needed to move about in lists and fields.", key=native(key))
    return ""


class KeyMap:
    """Immutable. No key means two things: what the operator chose goes before the program's own.

    Args:
        defaults: The program's own keys, by action.
        own: The operator's; an empty tuple means that the action has none.
    """

    def __init__(
        self, defaults: Mapping[str, Iterable[str]], own: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._defaults = {name: _normal_keys(keys) for name, keys in defaults.items()}
        chosen = {name: _normal_keys(keys) for name, keys in (own or {}).items()}
        self._keys: dict[str, tuple[str, ...]] = {}
        taken: set[str] = set()
        for name in sorted(self._defaults, key=lambda one: one not in chosen):
            keys = chosen.get(name, self._defaults[name])
            self._keys[name] = tuple(key for key in keys if key not in taken)
            taken.update(self._keys[name])

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action, the one for the menu first."""
        return self._keys[name]

    def owner(self, key: str) -> str:
        """The action that a key starts; empty for none."""
        wanted = normal(key)
        return next((name for name, keys in self._keys.items() if wanted in keys), "")

    @property
    def own(self) -> dict[str, tuple[str, ...]]:
        """What differs from the program's own."""
        return {name: keys for name, keys in self._keys.items() if keys != self._defaults[name]}

    def with_keys(self, name: str, keys: Iterable[str]) -> "KeyMap":
        """The same where an action has these keys; other actions lose them."""
        wanted = _normal_keys(keys)
        changed = {
            other: tuple(key for key in held if key not in wanted)
            for other, held in self._keys.items()
        }
        return KeyMap(self._defaults, {**changed, name: wanted})

    def with_default(self, name: str) -> "KeyMap":
        """The same where an action has the program's own keys again."""
        return self.with_keys(name, self._defaults[name])

    def with_defaults(self) -> "KeyMap":
        """The program's own keys for everything."""
        return KeyMap(self._defaults)


def _normal_keys(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in map(normal, keys) if key))[:MOST_KEYS]
