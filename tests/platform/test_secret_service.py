"""The real Secret Service: GNOME Keyring on a D-Bus session of its own, with an empty home."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSWORD = "päss wörd/1:x"
MASTER = "master of the ring"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has a Secret Service"),
]

UNLOCKED = "gnome-keyring-daemon --unlock --components=secrets >/dev/null"
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null"


def in_session(home: Path, begin: str, *actions: str) -> list[object]:
    """The actions' results, in a session whose keyring begins like that."""
    folders = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
    folders |= {"XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"}
    environment = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    for name, folder in folders.items():
        path = home / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment[name] = str(path)
    # The first line of standard input unlocks the ring, the second is the password to keep.
    script = f'read -r master; printf %s "$master" | {begin}; exec "$@"'
    program = [sys.executable, "-m", "tests.helpers.secret_service_main", *actions]
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, "sh", *program],
        input=f"{MASTER}\n{PASSWORD}\n",
        env=environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # Services that the session starts may talk on the same standard output.
    found: list[object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_kept_found_by_another_process_and_forgotten(tmp_path: Path) -> None:
    assert in_session(tmp_path, UNLOCKED, "reason", "gone", "save", "load") == [
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
