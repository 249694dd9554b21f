"""The command line's door."""

import sys


def main() -> int:
    """Run one command and return its exit code."""
    from rta_viewer.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
