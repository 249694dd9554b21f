"""A D-Bus session of its own with an empty home, and GNOME Keyring where it is wanted, for one program."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNLOCKED = "gnome-keyring-daemon --unlock --components=secrets >/dev/null"
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null"
NO_KEYRING = "cat >/dev/null"
_MASTER = "master of the ring"
_FOLDERS = {
    "HOME": "",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}


def last_line(home: Path, begin: str, typed: str, *program: str) -> str:
    """Run Python with these words, type a line; the last line that it wrote.

    Args:
        home: Everything that is kept is below it; the same one finds the same ring again.
        begin: :data:`UNLOCKED`, :data:`LOCKED` or :data:`NO_KEYRING`.
        typed: Not an argument: those can be seen by everybody.
        program: A module's name and its arguments.
    """
    environment = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    for name, folder in _FOLDERS.items():
        path = home / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment[name] = str(path)
    # The first line of standard input unlocks the ring, the second is for the program.
    script = f'read -r master; printf %s "$master" | {begin}; exec "$@"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, "sh", sys.executable, "-m", *program],
        input=f"{_MASTER}\n{typed}\n",
        env=environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # Services that the session starts may talk on the same standard output.
    return done.stdout.strip().splitlines()[-1]
