"""The door: ``python3 installer/bootstrap.py run | test | setup``.

Kept to syntax that old Pythons can read, so that they can say which Python is needed.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Check the Python, then let :mod:`installer.commands` do the work."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(
            "RTA Viewer needs Python 3.11 or newer, this is Python " + found + ". "
            "Get it from https://www.python.org/downloads/ and start this command with it.\n"
        )
        return 2
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(root))
    from installer.commands import run

    return run(sys.argv[1:], root)


if __name__ == "__main__":
    sys.exit(main())
