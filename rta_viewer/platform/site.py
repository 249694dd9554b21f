"""The site's file: servers and rules that an administrator set for this computer, read and never written.

One JSON file, beside the program or in the system's place for all users, where the operator may not write.
Unlike the settings a damaged one is a failure: rules that were meant to hold must not vanish.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.platform.paths import for_all_users
from rta_viewer.platform.settings import LONGEST_FILE_BYTES, read_servers

FILE_NAME = "rta-viewer-site.json"
_RULES = ("only_these_servers", "require_trusted_tls", "forbid_saved_passwords")

SameServer = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Site:
    """What the administrator set; nothing where there is no file.

    Attributes:
        servers: Known from the start; users fill in their name only.
        only_these_servers: No others may be signed in to.
        require_trusted_tls: No connection without a trusted or a site-pinned certificate.
        forbid_saved_passwords: Nothing goes into the keyring.
    """

    servers: tuple[ServerEntry, ...] = ()
    only_these_servers: bool = False
    require_trusted_tls: bool = False
    forbid_saved_passwords: bool = False

    def servers_with(self, own: Sequence[ServerEntry], same: SameServer) -> tuple[ServerEntry, ...]:
        """The site's servers and the user's; of the user's settings for a site's server only who signs in."""
        found = []
        for entry in self.servers:
            mine = next((one for one in own if same(one.address, entry.address)), None)
            known = replace(entry, username=mine.username, method=mine.method) if mine else entry
            found.append(known)
        if not self.only_these_servers:
            found += [one for one in own if not self.sets(one.address, same)]
        return tuple(found)

    def sets(self, address: str, same: SameServer) -> bool:
        """True for a server that the administrator set."""
        return any(same(address, entry.address) for entry in self.servers)

    def check_adding(self) -> None:
        """Raise UsageError where no servers but the administrator's are allowed."""
        if self.only_these_servers:
            raise UsageError(
                tr("The administrator of this computer allows only certain servers."),
                tr("Choose one of the list, or ask the administrator."),
            )

    def check(self, entry: ServerEntry, same: SameServer) -> None:
        """Raise UsageError for a sign-in that the rules forbid."""
        is_set = self.sets(entry.address, same)
        if not is_set:
            self.check_adding()
        if is_set or not self.require_trusted_tls:
            return
        if not entry.verify_tls or entry.pins or not entry.address.startswith("https://"):
            raise UsageError(
                tr(
                    "The administrator of this computer allows only servers with a trusted "
                    "certificate."
                ),
                tr("Use an https:// address without exceptions, or ask the administrator."),
            )


def site_files() -> tuple[Path, ...]:
    """Where the file may be, the first one counts."""
    beside = Path(sys.executable if getattr(sys, "frozen", False) else sys.prefix)
    folder = beside.parent if beside.is_file() else beside
    return (folder / FILE_NAME, for_all_users() / FILE_NAME)


def load_site(files: Sequence[Path] | None = None) -> Site:
    """The rules of this computer.

    Raises:
        StorageError: There is a file, and it is damaged or cannot be read.
    """
    for path in site_files() if files is None else files:
        try:
            with path.open("rb") as file:
                data = file.read(LONGEST_FILE_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as err:
            raise _unusable(path, err.strerror or tr("not readable")) from err
        return _parsed(path, data)
    return Site()


def _parsed(path: Path, data: bytes) -> Site:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:
        raise _unusable(path, tr("not JSON")) from err
    if len(data) > LONGEST_FILE_BYTES or not isinstance(document, dict):
        raise _unusable(path, tr("not an object of a usable size"))
    servers, wrong = read_servers(document.get("servers", []))
    rules = _rules(document.get("policy", {}), wrong)
    if wrong:
        raise _unusable(path, ", ".join(wrong[:5]))
    return Site(servers, **rules)


def _rules(document: Any, wrong: list[str]) -> Mapping[str, bool]:
    if not isinstance(document, dict):
        wrong.append("policy")
        return {}
    # A rule that this version does not know may be one that somebody counts on.
    wrong += [f"policy.{name}" for name in document if name not in _RULES]
    wrong += [
        f"policy.{name}" for name in _RULES if not isinstance(document.get(name, False), bool)
    ]
    return {name: document[name] is True for name in _RULES if name in document}


def _unusable(path: Path, why: str) -> StorageError:
    return StorageError(
        tr("The administrator's file {path} cannot be used: {why}.", path=path, why=why),
        tr("The program does not start without its rules; ask the administrator."),
    )
