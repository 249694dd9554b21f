"""The three commands of the bootstrap."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import screen, system
from installer.audit import audit
from installer.environment import Environment
from installer.process import SetupProblem, hand_over, say

FAILED = 1
MOST_PROCESSES = 4
STEP_FAILED = 1
"""What the tour ends with when it came to its end, but something was not as it should be."""


def run(argv: Sequence[str], root: Path) -> int:
    """Do what was asked; returns the exit code."""
    options, rest = parse(argv)
    commands: dict[str, Callable[[Environment, list[str]], int]] = {
        "run": _run,
        "setup": _setup,
        "test": _test,
    }
    test = options.command == "test" or (options.command == "setup" and options.dev)
    environment = Environment(root)
    try:
        if not options.no_system:
            system.ensure(test=test)
        environment.ensure(dev=test)
        return commands[options.command](environment, rest)
    except SetupProblem as problem:
        say(str(problem))
        return FAILED
    except KeyboardInterrupt:
        return 130


def parse(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """What the bootstrap is to do, and what follows ``--`` for the program that it starts."""
    words = list(argv)
    border = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Installs RTA Viewer into .venv beside it, and starts it."
    )
    parser.add_argument(
        "--no-system", action="store_true", help="leave system packages alone: they are seen to"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "run", help="start the viewer on its own recording server; without a display, its tour"
    )
    commands.add_parser("test", help="run all checks and tests; what follows -- goes to pytest")
    setup = commands.add_parser("setup", help="install only")
    setup.add_argument("--dev", action="store_true", help="with the tools that the tests need")
    return parser.parse_args(words[:border]), words[border + 1 :]


def _setup(environment: Environment, _rest: list[str]) -> int:
    say(f"Ready: {environment.python.parent / 'rta-viewer'}")
    return 0


def _run(environment: Environment, rest: list[str]) -> int:
    viewer = [str(environment.python), "-m", "rta_viewer"]
    if screen.has_display(os.environ):
        return hand_over([*viewer, "demo", *rest], env=os.environ)
    out = environment.root / "tour"
    say("There is no display here: the viewer tours itself on a virtual screen.")
    with screen.virtual_screen() as env:
        code = hand_over([*viewer, "tour", "--out", str(out), *rest], env=env)
    if code in (0, STEP_FAILED):
        say(f"The pictures and tour.json are in {out}")
    return code


def _test(environment: Environment, rest: list[str]) -> int:
    pytest = [str(environment.python), "-m", "pytest", *(rest or whole_suite(os.cpu_count()))]
    if not rest:
        audit(environment.root / "installer" / "constraints.txt")
    with screen.virtual_screen() as env:
        # Widget tests stay off the screen (tests/conftest.py); those that want a window ask for it.
        env.pop("QT_QPA_PLATFORM", None)
        return hand_over(pytest, cwd=environment.root, env=env)


def whole_suite(processors: int | None) -> list[str]:
    """What pytest is told to run everything: in several processes at once, since many tests wait.

    What somebody asks for themselves runs in one process, where a debugger and ``-s`` work.
    """
    return ["-n", str(min(max(2, processors or 1), MOST_PROCESSES))]
