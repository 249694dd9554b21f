"""The real Secret Service: GNOME Keyring on a D-Bus session of its own, with an empty home."""

import json
import sys
from pathlib import Path

import pytest

from tests.helpers.private_session import LOCKED, UNLOCKED, last_line

PASSWORD = "päss wörd/1:x"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has a Secret Service"),
]


def in_session(home: Path, begin: str, *actions: str) -> list[object]:
    """The actions' results, in a session whose keyring begins like that."""
    line = last_line(home, begin, PASSWORD, "tests.helpers.secret_service_main", *actions)
    found: list[object] = json.loads(line)
    return found


def test_kept_found_by_another_process_and_forgotten(tmp_path: Path) -> None:
    # A packaged program finds no backend by entry point; this one is named.
    assert in_session(tmp_path, UNLOCKED, "packaged", "reason", "gone", "save", "load") == [
        None,
        "",
        True,
        None,
        True,
    ]
    rings = list((tmp_path / "data").rglob("*.keyring"))
    assert rings
    for ring in rings:
        assert PASSWORD.encode() not in ring.read_bytes()
    assert in_session(tmp_path, UNLOCKED, "load", "load another", "forget", "gone", "forget") == [
        True,
        None,
        None,
        True,
        None,
    ]
    assert in_session(tmp_path, UNLOCKED, "gone") == [True]


def test_a_locked_ring_is_a_sentence_and_not_a_wait_for_ever(tmp_path: Path) -> None:
    assert in_session(tmp_path, UNLOCKED, "save") == [None]
    load, save = in_session(tmp_path, LOCKED, "load", "save")
    for said in (load, save):
        assert isinstance(said, str)
        assert "keyring" in said
        assert PASSWORD not in said
