"""The command line's door. Commands that open windows load their rooms when they are chosen."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.cli.command import Command, Context
from rta_viewer.cli.main import run

_Declare = Callable[[argparse.ArgumentParser], None]
_Start = Callable[[Context, argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class WindowCommand:
    """A command of the rooms above ``cli``."""

    name: str
    help: str
    declare: _Declare
    start: _Start

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        self.declare(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        return self.start(context, args)


def _declare_nothing(_parser: argparse.ArgumentParser) -> None:
    return


def _declare_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server-only", action="store_true", help="run the server alone, without a window"
    )
    parser.add_argument(
        "--port", type=int, default=0, help="REST port (default: a free one)", metavar="N"
    )
    parser.add_argument(
        "--rtsp-port", type=int, default=0, help="RTSP port (default: a free one)", metavar="N"
    )
    parser.add_argument(
        "--user", default="demo", help="user (default: %(default)s)", metavar="NAME"
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the user's password from standard input (default: demo)",
    )
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="serve real files: each sub-folder of DIR is a camera",
    )


def _declare_tour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for pictures and tour.json"
    )


def _run_window(context: Context, args: argparse.Namespace) -> int:
    from rta_viewer.app import run_window

    return run_window(context, args)


def _run_demo(context: Context, args: argparse.Namespace) -> int:
    from rta_viewer.app import run_demo

    return run_demo(context, args)


def _run_tour(context: Context, args: argparse.Namespace) -> int:
    from rta_viewer.tour import run_tour

    return run_tour(context, args)


def window_commands() -> list[Command]:
    """``run`` (what happens without a command), ``demo`` and ``tour``."""
    return [
        WindowCommand(
            "run", "open the window and sign in to a server", _declare_nothing, _run_window
        ),
        WindowCommand(
            "demo",
            "open the window on the recording server that comes with it",
            _declare_demo,
            _run_demo,
        ),
        WindowCommand(
            "tour",
            "drive the real window through its work and take pictures",
            _declare_tour,
            _run_tour,
        ),
    ]


def main() -> int:
    """Run one command and return its exit code."""
    return run(sys.argv[1:], window_commands())


if __name__ == "__main__":
    raise SystemExit(main())
