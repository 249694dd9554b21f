"""What the program says to people, in the language that was chosen. Imports nothing of Qt.

A sentence is written in English where it is needed, with named places for values::

    tr("Saved as {path}.", path=path)
    trn("{n} camera", "{n} cameras", count)

Whoever opens a window puts a :class:`Language` in place with :func:`use` before the first sentence is said;
without one (commands, the demo server) everything stays English. Texts that are written at import time, such
as those of a table, are only marked there and looked up where they are shown::

    _LABELS = {State.OFFLINE: mark("Offline")}
    label.setText(tr(_LABELS[state]))

Never translated: logs, file names, settings, receipts, what goes to a server. What was said remembers its
English, so that :func:`english` can write it there. Any thread.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath
from string import Formatter
from typing import Any, Protocol

LEFT_TO_RIGHT_OVERRIDE = "\u202d"
POP_FORMATTING = "\u202c"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
_KEPT = "\x1f"
_CONTROLS = str.maketrans(
    dict.fromkeys(
        (
            LEFT_TO_RIGHT_OVERRIDE,
            POP_FORMATTING,
            LEFT_TO_RIGHT_ISOLATE,
            FIRST_STRONG_ISOLATE,
            POP_ISOLATE,
            "\u200e",
            RIGHT_TO_LEFT_MARK,
        )
    )
)


class Language(Protocol):
    """One language other than English. Called from every thread.

    Attributes:
        right_to_left: Sentences run from the right; values in them are isolated.
        zero: The digit for nothing; the other nine follow it in Unicode.
    """

    @property
    def right_to_left(self) -> bool: ...

    @property
    def zero(self) -> str: ...

    def say(self, text: str, meaning: str, count: int) -> str:
        """The translation, or nothing where there is none. ``count`` is -1 without a number."""
        ...


class Said(str):
    """A sentence in another language that remembers how it is put in English."""

    __slots__ = ("_text", "_values")

    def __new__(cls, said: str, text: str, values: dict[str, Any] | None = None) -> "Said":
        """``text`` and ``values``: see :func:`tr`."""
        made = super().__new__(cls, said)
        made._text = text
        made._values = values or {}
        return made

    _text: str
    _values: dict[str, Any]

    def __getnewargs__(self) -> tuple[Any, ...]:
        """For copies: ``dataclasses.asdict`` makes some."""
        return str(self), self._text, self._values

    @property
    def english(self) -> str:
        """Put together when somebody asks: few do."""
        values = {key: english(value) for key, value in self._values.items()}
        text = english(self._text)
        return _IN_ENGLISH.vformat(text, (), values) if values else text


class _English:
    right_to_left = False
    zero = "0"

    def say(self, text: str, meaning: str, count: int) -> str:
        return ""


_ENGLISH = _English()


class _Chosen:
    """The language in use, and the digits that go with it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        first = ord(language.zero)
        self.digits = str.maketrans({str(digit): chr(first + digit) for digit in range(10)})


_chosen = _Chosen(_ENGLISH)


def use(language: Language | None) -> None:
    """Speak this language from now on; None is English. Call it before windows are made."""
    global _chosen  # noqa: PLW0603 (one language for the whole program, like the process's locale)
    _chosen = _Chosen(language or _ENGLISH)


def is_right_to_left() -> bool:
    """Whether sentences run from the right."""
    return _chosen.language.right_to_left


def tr(text: str, meaning: str = "", /, **values: Any) -> str:
    """The sentence in the language in use, with its values put in.

    Args:
        text: English, a literal (or one that went through :func:`mark`).
        meaning: Tells apart equal English words that other languages word differently ("Open": a verb, a
            state).
        values: What the named places stand for. Numbers get the language's digits. Without any, braces in
            the text mean themselves.
    """
    chosen = _chosen
    said = chosen.language.say(text, meaning, -1) or text
    if values:
        said = _filled(chosen, said, values)
    return said if chosen.language is _ENGLISH else Said(said, text, values)


def trn(one: str, many: str, count: int, /, **values: Any) -> str:
    """A sentence with a number in it: ``{n}`` is the count, and the form fits it.

    Args:
        one: English for one.
        many: English for all other numbers; what translators see.
        count: How many.
        values: Further named places.
    """
    chosen = _chosen
    text, values = one if count == 1 else many, {"n": count, **values}
    said = _filled(chosen, chosen.language.say(many, "", abs(count)) or text, values)
    return said if chosen.language is _ENGLISH else Said(said, text, values)


def mark(text: str, _meaning: str = "", /) -> str:
    """The text as it is; translators find it. For literals that :func:`tr` gets later."""
    return text


def english(text: str) -> str:
    """What was said, in English: for receipts and other papers that everybody must be able to compare."""
    return text.english if isinstance(text, Said) else text


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after another."""
    told = list(sentences)
    plain_ones = [english(one) for one in told]
    said = " ".join(told)
    return Said(said, " ".join(plain_ones)) if plain_ones != told else said


def kept(text: str) -> str:
    """For a list of this program's own: what was said together with its English; see :func:`recalled`."""
    return f"{text}{_KEPT}{english(text)}" if isinstance(text, Said) else text


def recalled(text: str) -> str:
    """What :func:`kept` made, as it was before."""
    said, separator, original = text.partition(_KEPT)
    return Said(said, original) if separator else text


def digits(text: str) -> str:
    """The same with the language's own digits."""
    said = text.translate(_chosen.digits)
    return Said(said, text) if said != text else text


def left_to_right(text: str) -> str:
    """Date, time or span with the language's digits, safe from being turned round in a sentence."""
    said = digits(text)
    if not is_right_to_left():
        return said
    return Said(f"{LEFT_TO_RIGHT_OVERRIDE}{said}{POP_FORMATTING}", text)


def verbatim(text: str) -> str:
    """A path, a file's name or an address, letter by letter, running from the left."""
    if not text or not is_right_to_left():
        return text
    return Said(f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}", text)


def line(text: str) -> str:
    """What stands alone where sentences run from the right: it begins there, too, whatever it begins with."""
    if not text or not is_right_to_left():
        return text
    return Said(f"{RIGHT_TO_LEFT_MARK}{text}", text)


def alone(text: str) -> str:
    """What people called something, on its own: where it is cut, the dots stand at its own end."""
    if not text or not is_right_to_left():
        return text
    return Said(f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}", text)


def plain(text: str) -> str:
    """What somebody typed or pasted: without direction marks, with ASCII digits."""
    bare = text.translate(_CONTROLS)
    return "".join(str(int(char)) if char.isdecimal() else char for char in bare)


def is_text(said: str) -> bool:
    """False where there is half a character: names on a disk, arguments and JSON may hold that.

    It can be neither written as UTF-8, nor sent, nor kept in a database (RFC 8259, 8.2).
    """
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


def _filled(chosen: _Chosen, said: str, values: dict[str, Any]) -> str:
    return _FILLERS[chosen.language.right_to_left].vformat(said, (), values)


class _Named(Formatter):
    """``str.format`` for named places. No attributes, no indexes."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        return kwargs[field_name], field_name


class _Filler(_Named):
    """With the digits of the language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        said: str = format(value, format_spec)
        return digits(said) if isinstance(value, int | float) else said


class _Isolating(_Filler):
    def format_field(self, value: Any, format_spec: str) -> str:
        said = super().format_field(value, format_spec)
        begin = LEFT_TO_RIGHT_ISOLATE if isinstance(value, PurePath) else FIRST_STRONG_ISOLATE
        return f"{begin}{said}{POP_ISOLATE}" if said else said

    def vformat(self, format_string: str, args: Any, kwargs: Any) -> str:
        said = super().vformat(format_string, args, kwargs)
        return said if _begins_at_the_right(format_string) else f"{RIGHT_TO_LEFT_MARK}{said}"


@lru_cache(maxsize=512)
def _begins_at_the_right(template: str) -> bool:
    """False for a sentence that is nothing but values: nobody would know that it runs from the right."""
    own = "".join(literal for literal, *_ in Formatter().parse(template))
    sides = (unicodedata.bidirectional(char) for char in own)
    return next((side in {"R", "AL"} for side in sides if side in {"L", "R", "AL"}), False)


_IN_ENGLISH = _Named()
_FILLERS = {False: _Filler(), True: _Isolating()}
