"""Progress in docks, on a D-Bus session of its own."""

import json
import sys
from pathlib import Path

import pytest

from rta_viewer.qt.launcher_entry import open_launcher_entry
from tests.helpers.private_session import NO_KEYRING, last_line

URI = "application://rta-viewer.desktop"

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has such docks")


def seen(home: Path, *shown: str) -> list[tuple[float, bool]]:
    """Progress, and whether it is to be seen, as a dock hears it."""
    line = last_line(home, NO_KEYRING, "", "tests.helpers.launcher_entry_main", *shown)
    found = []
    for member, signature, (uri, entry) in json.loads(line):
        assert (member, signature, uri) == ("Update", "sa{sv}", URI)
        (progress_kind, progress), (visible_kind, visible) = (
            entry["progress"],
            entry["progress-visible"],
        )
        assert (progress_kind, visible_kind) == ("d", "b")
        found.append((progress, visible))
    return found


@linux
@pytest.mark.peer
def test_docks_hear_of_progress_once_for_each_hundredth(tmp_path: Path) -> None:
    heard = seen(tmp_path, "0.421", "0.4199", "0.5", "7", "-1", "unknown", "clear", "0", "close")
    assert heard == [
        (0.42, True),
        (0.5, True),
        (1.0, True),
        (0.0, True),
        (0.0, False),
        (0.0, True),
        (0.0, False),
    ]


@linux
@pytest.mark.peer
def test_nothing_is_said_where_nothing_was_shown(tmp_path: Path) -> None:
    assert seen(tmp_path, "clear", "unknown", "close") == []


def test_without_a_session_there_is_no_dock(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    assert open_launcher_entry("rta-viewer") is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert open_launcher_entry("rta-viewer") is None
    assert open_launcher_entry("") is None
