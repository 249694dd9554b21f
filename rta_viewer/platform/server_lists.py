"""Lists of servers as files that go from computer to computer, without passwords."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.platform.files import write_atomic
from rta_viewer.platform.settings import LONGEST_FILE_BYTES, read_servers, server_to_json

_FORMAT = "rta-viewer servers"


def write_list(path: Path, servers: Sequence[ServerEntry]) -> None:
    """Replace the file in one step.

    Raises:
        StorageError: It cannot be written.
    """
    document = {
        "format": _FORMAT,
        "version": 1,
        "servers": [server_to_json(one) for one in servers],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    write_atomic(path, text.encode("utf-8", "replace") + b"\n")


def read_list(path: Path, check: Callable[[str], object]) -> tuple[ServerEntry, ...]:
    """The servers of a file, none of them trusted more than one that is typed in.

    Args:
        path: Written by :func:`write_list`, or by anybody.
        check: Raises UsageError for an address that is none.

    Raises:
        StorageError: The file cannot be read.
        UsageError: It is no such list, or has wrong values.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE_BYTES + 1)
        document = json.loads(data.decode("utf-8-sig"))
    except OSError as err:
        raise StorageError(
            tr("{path} could not be read: {reason}.", path=path, reason=err.strerror)
        ) from err
    except (ValueError, RecursionError) as err:
        raise UsageError(tr("{path} is not a list of servers.", path=path)) from err
    if not isinstance(document, Mapping) or document.get("format") != _FORMAT:
        raise UsageError(
            tr("{path} is not a list of servers.", path=path), tr("servers export FILE writes one.")
        )
    servers, wrong = read_servers(document.get("servers"))
    if wrong:
        raise UsageError(
            tr("{path} has wrong values: {names}.", path=path, names=", ".join(wrong[:5]))
        )
    for server in servers:
        check(server.address)
    return tuple(_no_wider(server) for server in servers)


def _no_wider(server: ServerEntry) -> ServerEntry:
    """A list from elsewhere may say whom to trust more narrowly, never more widely."""
    return replace(
        server,
        pins=tuple(normal_fingerprint(pin) for pin in server.pins),
        verify_tls=True,
        allow_basic=False,
        # Streams from another host are signed in to there.
        stream_host="",
        trusted_hosts=(),
        plain_http_accepted=False,
        extra={},
    )
