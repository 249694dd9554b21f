"""Names of files, from cameras, servers and people, made safe for every system that the program runs on.

The rules are those of Windows, which are the strictest: Microsoft, "Naming Files, Paths, and Namespaces".
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path

from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import wall_clock
from rta_viewer.errors import UsageError

MAX_NAME_CHARS = 120
"""Leaves room for a folder within the 260 characters of a Windows path, and for ``.part.json``."""

DEFAULT_TEMPLATE = "{camera} {start} to {end}"
"""What a file is called unless the operator says otherwise."""

NAME_FIELDS = ("camera", "start", "end", "date", "duration", "operator")
"""What a template may hold, in braces."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)
_NUMBER = re.compile(r" \(\d{1,9}\)$")
_FIELD = re.compile(r"{([^{}]*)}")
_MAX_EXTENSION_CHARS = 8
_LEAST_FIELD_CHARS = 8
_SUFFIX_CHARS = len(" (volume 99)")
"""A name that is taken gets a number, and so do volumes."""


def clean_name(text: str, *, max_chars: int = MAX_NAME_CHARS, fallback: str = "recording") -> str:
    """A file name without any folder that every system can store and show as what it is.

    Control, direction-changing and invisible characters go; what Windows forbids becomes ``-``; an
    extension of up to 8 characters survives when the name has to be shortened.
    """
    visible = text
    if not (text.isascii() and text.isprintable()):
        visible = "".join(map(_visible, unicodedata.normalize("NFC", text)))
    name = " ".join(_FORBIDDEN.sub("-", visible).split()).strip(" .")
    name = _shortened(name, max_chars)
    if not name.strip("-. "):
        return fallback
    if name.split(".")[0].rstrip().upper() in _RESERVED:
        name = _shortened(f"_{name}", max_chars)
    return name


@lru_cache(maxsize=4096)
def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp"} or char in "\t\r\n":
        return " "
    return "" if category in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def _shortened(name: str, max_chars: int) -> str:
    return name if _units(name) <= max_chars else _joined(*_split(name), max_chars)


def _split(name: str) -> tuple[str, str]:
    """Stem, and an extension with its dot or nothing."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > _MAX_EXTENSION_CHARS:
        return name, ""
    return stem, f".{extension}" if extension else ""


def _joined(stem: str, ending: str, max_chars: int) -> str:
    """Both together; the stem gives way, by whole characters."""
    while stem and _units(stem + ending) > max_chars:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending


def _units(name: str) -> int:
    """Length as NTFS counts (UTF-16), or as ext4 does (UTF-8) where that is stricter: 255 at most."""
    utf_16, utf_8 = (len(name.encode(code, "surrogatepass")) for code in ("utf-16-le", "utf-8"))
    return max(utf_16 // 2, -(-utf_8 * MAX_NAME_CHARS // 240))


def name_from_path(text: str) -> str:
    """The last part of what a server calls a file, cleaned; both kinds of slash separate."""
    return clean_name(re.split(r"[/\\]", text)[-1], fallback="")


def default_name(
    camera_name: str,
    span: Span,
    zone: tzinfo,
    container: str,
    template: str = DEFAULT_TEMPLATE,
    *,
    operator: str = "",
) -> str:
    """A name that says camera and time, with the offset from UTC, so that no hour is ambiguous.

    Args:
        camera_name: As the server gives it.
        span: What the file shows.
        zone: Whose wall clock the name uses.
        container: Becomes the extension.
        template: May use the fields of :data:`NAME_FIELDS`; the extension may be written, too.
        operator: Who saves it.

    Raises:
        UsageError: The template has another field, or leaves no room for those that it has.
    """
    ending = f".{container}"
    if template.lower().endswith(ending.lower()):
        template = template[: -len(ending)]
    words = _words(template)
    unknown = next((name for name in words[1::2] if name not in NAME_FIELDS), None)
    if unknown is not None:
        raise UsageError(
            tr("The name template has an unknown field: {field}.", field=f"{{{unknown}}}"),
            tr("Use {fields}.", fields=", ".join(f"{{{name}}}" for name in NAME_FIELDS)),
        )
    fields = {
        **_time_fields(span, zone),
        "camera": _clean_field(camera_name, 60, "camera"),
        "operator": _clean_field(operator, 40, "operator"),
    }
    for name in ("camera", "operator"):
        _make_room(words, fields, name, ending)
    filled = f"{_filled(words, fields).strip(' .') or 'recording'}{ending}"
    if _units(filled) > MAX_NAME_CHARS:
        raise UsageError(
            tr("The file names would be longer than {n} characters.", n=MAX_NAME_CHARS),
            tr("Shorten what they are made of."),
        )
    return clean_name(filled)


# Orders of hundreds of files are named anew at every key: the same cameras, operator and times.
@lru_cache(maxsize=16)
def _words(template: str) -> tuple[str, ...]:
    """A template's texts and, at the odd places, its fields."""
    return tuple(_FIELD.split(template))


@lru_cache(maxsize=1024)
def _clean_field(text: str, max_chars: int, fallback: str) -> str:
    return clean_name(text, max_chars=max_chars, fallback=fallback)


@lru_cache(maxsize=2048)
def _time_fields(span: Span, zone: tzinfo) -> Mapping[str, str]:
    start, end = wall_clock(span.start_ms, zone), wall_clock(span.end_ms, zone)
    end_format = "%H-%M-%S%z" if end.date() == start.date() else "%Y-%m-%d %H-%M-%S%z"
    return {
        "start": start.strftime("%Y-%m-%d %H-%M-%S%z"),
        "end": end.strftime(end_format),
        "date": start.strftime("%Y-%m-%d"),
        "duration": _duration(span),
    }


def _filled(words: Sequence[str], fields: Mapping[str, str]) -> str:
    return "".join(fields[word] if at % 2 else word for at, word in enumerate(words))


def _make_room(words: Sequence[str], fields: dict[str, str], name: str, ending: str) -> None:
    """Shorten a field of words: times would be wrong without their last digits."""
    uses, most = words[1::2].count(name), MAX_NAME_CHARS - _SUFFIX_CHARS
    while uses and (length := _units(fields[name])) > _LEAST_FIELD_CHARS:
        excess = _units(_filled(words, fields) + ending) - most
        if excess <= 0:
            return
        room = max(_LEAST_FIELD_CHARS, length - -(-excess // uses))
        fields[name] = clean_name(fields[name], max_chars=room, fallback=name)


def snapshot_name(camera_name: str, instant_ms: float, zone: tzinfo) -> str:
    """The name of one picture's file: camera, and time to the millisecond with its offset."""
    at = wall_clock(int(instant_ms), zone)
    camera = clean_name(camera_name, max_chars=60, fallback="camera")
    return clean_name(f"{camera} {at:%Y-%m-%d %H-%M-%S}.{at.microsecond // 1000:03}{at:%z}.png")


def _duration(span: Span) -> str:
    minutes, seconds = divmod(span.duration_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes:02d}m{seconds:02d}s" if hours else f"{minutes}m{seconds:02d}s"


def unique_name(name: str, taken: Callable[[str], bool]) -> str:
    """``name``, or ``name (2)``, ``name (3)``…: the first that is not taken."""
    if not taken(name):
        return name
    number = 2
    while taken(candidate := with_ending(name, f" ({number})")):
        number += 1
    return candidate


def may_be_made_of(candidate: str, name: str) -> bool:
    """Whether :func:`unique_name` may have answered ``candidate`` to ``name``."""
    number = _NUMBER.search(_split(candidate)[0])
    return candidate == name or (number is not None and candidate == with_ending(name, number[0]))


def volume_name(file_name: str, number: int) -> str:
    """What one volume of a file is called: ``name (volume 2).mp4``."""
    return with_ending(file_name, f" (volume {number})")


def with_ending(name: str, words: str) -> str:
    """``name`` with words before its extension; where that is too long, its stem is cut, not its number."""
    stem, extension = _split(name)
    found = _NUMBER.search(stem)
    number = found[0] if found else ""
    return _joined(stem.removesuffix(number), f"{number}{words}{extension}", MAX_NAME_CHARS)


def part_path(folder: Path, file_name: str, key: str) -> Path:
    """Where an unfinished file is kept: beside the finished one, and no other job's."""
    return folder / f"{file_name}.{clean_name(key, max_chars=12)}.part"


def note_path(part: Path) -> Path:
    """Where a transfer notes what it needs to go on with ``part`` later."""
    return part.with_name(f"{part.name}.json")
