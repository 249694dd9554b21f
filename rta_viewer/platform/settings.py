"""The settings: one versioned JSON file, read carefully, written in one step.

A value of the wrong kind falls back to its default and is reported; a file that cannot be read at all is
set aside, never overwritten. Keys that this version does not know are kept, so that going back and forth
between versions loses nothing.
"""

import contextlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from rta_viewer.core.model import SignInMethod
from rta_viewer.core.servers import FULL_SHARE_PERCENT, ServerEntry
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.platform.files import not_written, write_atomic
from rta_viewer.platform.files import replace as move

VERSION = 1
MIB = 1024 * 1024
LONGEST_FILE_BYTES = 4 * MIB
MOST_SERVERS = 100
MOST_CLIPS_AT_ONCE = 8
LOWEST_RATE_BYTES = 50_000
HIGHEST_RATE_BYTES = 10**12
MOST_ACTIONS = 500
LONGEST_NAME = 60
LOWEST_SHARE_PERCENT = 10

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
Reader = Callable[[Any], Any]


class ThemeMode(StrEnum):
    """Which colours the window has."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class TimeZoneMode(StrEnum):
    """Whose wall clock labels show."""

    LOCAL = "local"
    SERVER = "server"
    UTC = "utc"


class LanguageMode(StrEnum):
    """What the window speaks."""

    SYSTEM = "system"
    ENGLISH = "en"
    ARABIC = "ar"


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them. Change with :func:`dataclasses.replace`.

    Attributes:
        servers: Last used first.
        max_bytes_per_s: All transfers together, 0 for no limit.
        clips_at_once: Downloads at the same time.
        renew_expired: Ask again by itself for an export whose link has expired.
        saving: What was last chosen in the save dialog, as :mod:`rta_viewer.core.save_choices` writes it.
        player_cache_bytes: Bound of the cache of recently received pictures.
        keys: The operator's own keys by action, where they are not the program's.
        extra: Keys of other versions.
    """

    servers: tuple[ServerEntry, ...] = ()
    last_save_folder: str = ""
    time_zone: TimeZoneMode = TimeZoneMode.LOCAL
    player_cache_bytes: int = 256 * MIB
    skip_gaps: bool = True
    max_bytes_per_s: int = 0
    clips_at_once: int = 2
    renew_expired: bool = False
    theme: ThemeMode = ThemeMode.DARK
    language: LanguageMode = LanguageMode.SYSTEM
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    saving: Mapping[str, str | bool] = field(default_factory=dict)
    version: int = VERSION
    extra: Mapping[str, Any] = field(default_factory=dict)

    def without_server(self, server: ServerEntry) -> "Settings":
        """The same without this entry."""
        return replace(self, servers=tuple(entry for entry in self.servers if entry != server))

    def with_imported(self, servers: Sequence[ServerEntry]) -> "Settings":
        """The same with these behind the others; what is known already stays as it is."""
        known = {(entry.address, entry.username) for entry in self.servers}
        fresh = (entry for entry in servers if (entry.address, entry.username) not in known)
        return replace(self, servers=(*self.servers, *fresh)[:MOST_SERVERS])

    def with_server(self, server: ServerEntry) -> "Settings":
        """The same with this server first; an entry for the same user there, or for none, goes."""
        others = (
            entry
            for entry in self.servers
            if entry.address != server.address or entry.username not in {"", server.username}
        )
        return replace(self, servers=(server, *others)[:MOST_SERVERS])


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read, and one sentence for the operator when not all of it was good."""

    settings: Settings
    problem: str = ""


class SettingsStore:
    """Reads and writes the file. One thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_unread = False

    def load(self) -> Loaded:
        """The settings; defaults where there is nothing good. Never raises."""
        self._is_unread = False
        try:
            with self._path.open("rb") as file:
                data = file.read(LONGEST_FILE_BYTES + 1)
        except FileNotFoundError:
            return Loaded(Settings())
        except OSError as err:
            self._is_unread = True
            _log.warning("Settings not readable: %s", err)
            return Loaded(
                Settings(), tr("The settings could not be read ({reason}).", reason=err.strerror)
            )
        try:
            return self._parsed(data)
        except (ValueError, RecursionError) as err:
            _log.warning("Settings damaged: %s", err)
            words = tr("The settings were damaged and start anew.")
            return Loaded(Settings(), f"{words} {self._set_aside(data)}".strip())

    def save(self, settings: Settings) -> None:
        """Write them in one step; raises StorageError, and leaves the old file, when that fails."""
        text = json.dumps(to_json(settings), ensure_ascii=False, indent=2)
        kept = self._keep_unread() if self._is_unread else None
        try:
            write_atomic(self._path, text.encode("utf-8", "replace") + b"\n")
        except StorageError:
            if kept is not None:
                with contextlib.suppress(OSError):
                    move(kept, self._path)
            raise
        self._is_unread = False

    def _keep_unread(self) -> Path | None:
        """What could not be read may be whole: it makes way, and is not overwritten. Returns where it is."""
        kept = self._path.with_name(f"{self._path.stem}.unread{self._path.suffix}")
        try:
            move(self._path, kept)
        except FileNotFoundError:
            return None
        except OSError as err:
            raise not_written(self._path, err) from err
        return kept

    def _parsed(self, data: bytes) -> Loaded:
        if len(data) > LONGEST_FILE_BYTES:
            msg = "too long"
            raise ValueError(msg)
        document = json.loads(data.decode("utf-8-sig"))
        if not isinstance(document, dict):
            msg = "not an object"
            raise ValueError(msg)  # noqa: TRY004 - damaged in the same way as broken JSON
        settings, wrong = from_json(document)
        if not wrong:
            return Loaded(settings)
        _log.warning("Settings with wrong values: %s", ", ".join(wrong))
        words = tr("Some settings were damaged ({names}).", names=", ".join(wrong[:5]))
        return Loaded(settings, f"{words} {self._set_aside(data)}".strip())

    def _set_aside(self, data: bytes) -> str:
        copy = self._path.with_name(f"{self._path.stem}.damaged{self._path.suffix}")
        try:
            write_atomic(copy, data)
        except StorageError as err:
            _log.warning("Damaged settings not kept: %s", err)
            return ""
        return tr("The damaged file was kept as {path}.", path=copy)


def to_json(settings: Settings) -> dict[str, Any]:
    """As the file holds it; unknown keys come along."""
    document = _plain(settings)
    document["servers"] = [_plain(server) for server in settings.servers]
    return document


def _plain(item: Settings | ServerEntry) -> dict[str, Any]:
    own = {f.name: getattr(item, f.name) for f in fields(item) if f.name != "extra"}
    return {
        **item.extra,
        **{name: list(v) if isinstance(v, tuple) else v for name, v in own.items()},
    }


def from_json(document: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """The settings, and the names of values that were not what they should be."""
    wrong: list[str] = []
    values = _read_values(document, _SETTINGS, "", wrong)
    values["servers"] = tuple(_read_servers(document.get("servers", []), wrong))
    return Settings(**values, extra=_unknown(document, Settings)), wrong


def _unknown(
    document: Mapping[str, Any], kind: type[Settings] | type[ServerEntry]
) -> dict[str, Any]:
    known = {f.name for f in fields(kind)}
    return {key: value for key, value in document.items() if key not in known}


def read_servers(entries: object) -> tuple[tuple[ServerEntry, ...], list[str]]:
    """Servers of another file of the same form, and the names of values that were wrong."""
    wrong: list[str] = []
    return tuple(_read_servers(entries, wrong)), wrong


def server_to_json(server: ServerEntry) -> dict[str, Any]:
    """As files hold it, without keys of other versions: nobody knows what is in those."""
    return _plain(replace(server, extra={}))


def _read_servers(entries: object, wrong: list[str]) -> list[ServerEntry]:
    if not isinstance(entries, list):
        wrong.append("servers")
        return []
    servers = []
    for index, entry in enumerate(entries[:MOST_SERVERS]):
        where = f"servers[{index}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("address"), str):
            wrong.append(where)
            continue
        values = _read_values(entry, _SERVER, f"{where}.", wrong)
        servers.append(ServerEntry(**values, extra=_unknown(entry, ServerEntry)))
    return servers


def _read_values(
    document: Mapping[str, Any], readers: Mapping[str, Reader], prefix: str, wrong: list[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, reader in readers.items():
        if name in document:
            try:
                values[name] = reader(document[name])
            except ValueError:
                wrong.append(prefix + name)
    return values


def _of(kind: type[_T]) -> Callable[[Any], _T]:
    def read(value: Any) -> _T:
        if type(value) is not kind:
            msg = f"not {kind.__name__}"
            raise ValueError(msg)
        return value

    return read


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        msg = "not a list of texts"
        raise ValueError(msg)
    return tuple(value)


def _choices(value: Any) -> dict[str, str | bool]:
    if not isinstance(value, dict) or not all(
        isinstance(one, (str, bool)) for one in value.values()
    ):
        msg = "not choices"
        raise ValueError(msg)
    return dict(value)


def _between(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        return min(max(_of(int)(value), low), high)

    return read


def _rate(value: Any) -> int:
    """A very low rate would look like a stall to a server; nobody can count by one of many nines."""
    rate = _of(int)(value)
    return 0 if rate <= 0 else min(max(LOWEST_RATE_BYTES, rate), HIGHEST_RATE_BYTES)


_SERVER: Mapping[str, Reader] = {
    "address": _of(str),
    "username": _of(str),
    "method": SignInMethod,
    "stream_host": _of(str),
    "verify_tls": _of(bool),
    "allow_basic": _of(bool),
    "trusted_hosts": _texts,
    "pins": _texts,
    "plain_http_accepted": _of(bool),
    "name": _of(str),
    "time_zone": _of(str),
    "max_bytes_per_s": _rate,
    "requests_percent": _between(LOWEST_SHARE_PERCENT, FULL_SHARE_PERCENT),
}


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or len(value) > MOST_ACTIONS:
        msg = "not keys by action"
        raise ValueError(msg)
    return {str(name)[:LONGEST_NAME]: _texts(keys) for name, keys in value.items()}


_SETTINGS: Mapping[str, Reader] = {
    "last_save_folder": _of(str),
    "time_zone": TimeZoneMode,
    "player_cache_bytes": _between(16 * MIB, 16 * 1024 * MIB),
    "skip_gaps": _of(bool),
    "max_bytes_per_s": _rate,
    "clips_at_once": _between(1, MOST_CLIPS_AT_ONCE),
    "renew_expired": _of(bool),
    "theme": ThemeMode,
    "language": LanguageMode,
    "keys": _keys,
    "saving": _choices,
    "version": _of(int),
}
