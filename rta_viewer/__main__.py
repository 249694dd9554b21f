"""The command line's door. Commands that open windows load their rooms when they are chosen."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.cli import demo_server
from rta_viewer.cli.command import Command, Context
from rta_viewer.cli.display import require_display
from rta_viewer.cli.main import run
from rta_viewer.platform.memory import share_one_heap

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


def _declare_tour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for pictures and tour.json"
    )
    parser.add_argument(
        "--theme", choices=("dark", "light"), default="dark", help="colours to begin with"
    )
    parser.add_argument(
        "--language", choices=("en", "ar"), default="en", help="ar: only the short round in Arabic"
    )


def _declare_open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="a video, a receipt, or the folder of a package",
    )


def _run_open(context: Context, args: argparse.Namespace) -> int:
    require_display()
    from rta_viewer.app import run_open

    return run_open(context, args)


def _run_window(context: Context, args: argparse.Namespace) -> int:
    require_display()
    from rta_viewer.app import run_window

    return run_window(context, args)


def _run_demo(context: Context, args: argparse.Namespace) -> int:
    if args.server_only:
        return demo_server.serve(args, context.paths.cache_dir / "demo", context.clock)
    require_display()
    from rta_viewer.app import run_demo

    return run_demo(context, args)


def _run_tour(context: Context, args: argparse.Namespace) -> int:
    require_display()
    from rta_viewer.tour import run_tour

    return run_tour(context, args)


def window_commands() -> list[Command]:
    """``run`` (what happens without a command), ``open``, ``demo`` and ``tour``."""
    return [
        WindowCommand(
            "run", "open the window and sign in to a server", _declare_nothing, _run_window
        ),
        WindowCommand(
            "open", "open the window with saved files, without a server", _declare_open, _run_open
        ),
        WindowCommand(
            "demo",
            "open the window on the recording server that comes with it",
            demo_server.add_arguments,
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
    # Before any thread: a heap that exists already can be shared, but not given back.
    share_one_heap()
    code = run(sys.argv[1:], window_commands())
    # Not imported for its sake: commands need no Qt.
    if (workers := sys.modules.get("rta_viewer.qt.workers")) is not None:
        workers.end_process(code)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
