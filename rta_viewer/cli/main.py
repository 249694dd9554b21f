"""The command line: parses, runs one command, turns failures into sentences and exit codes."""

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NoReturn

from rta_viewer.cli.cameras import CamerasCommand
from rta_viewer.cli.command import Command, Context
from rta_viewer.cli.download import DownloadCommand
from rta_viewer.cli.exit_codes import ExitCode, exit_code
from rta_viewer.cli.export import ExportCommand
from rta_viewer.cli.jobs import JobsCommand
from rta_viewer.cli.output import Output, OutputLostError
from rta_viewer.cli.probe import ProbeCommand
from rta_viewer.cli.recordings import RecordingsCommand
from rta_viewer.cli.servers import ServersCommand
from rta_viewer.cli.verify import VerifyCommand
from rta_viewer.cli.version import version_lines
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, RtaError, UsageError
from rta_viewer.platform import log
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.system_clock import SystemClock

DEFAULT_COMMAND = "run"
OPEN_COMMAND = "open"
_DESCRIPTION = "Find a moment in CCTV recordings and hand it over as a file that can be trusted."
_EPILOG = (
    "Exit codes: 0 done, 1 a step of the tour failed, 2 usage, 3 sign-in, 4 not found, "
    "5 server, network or this computer, 6 the delivered file is not what was asked, 130 cancelled."
)

_log = logging.getLogger(__name__)


def script_commands() -> list[Command]:
    """The commands that need no window."""
    return [
        ServersCommand(),
        CamerasCommand(),
        RecordingsCommand(),
        ProbeCommand(),
        DownloadCommand(),
        ExportCommand(),
        JobsCommand(),
        VerifyCommand(),
    ]


def run(argv: Sequence[str], window_commands: Sequence[Command] = ()) -> int:
    """Run one command and return its exit code.

    Args:
        argv: What follows the program's name.
        window_commands: Commands of the rooms above. The one called ``run`` is what happens without a
            command.
    """
    output = Output(as_json="--json" in argv)
    try:
        return _run(argv, window_commands, output)
    except OutputLostError as err:
        output.note(str(err))
        _give_up_standard_output()
        return ExitCode.FAILED
    except RtaError as err:
        return _failed(err, output)
    except KeyboardInterrupt:
        return _failed(Cancelled(), output)
    except BrokenPipeError:
        # Whoever read the output has left (``… | head``): nobody to tell.
        _give_up_standard_output()
        return ExitCode.FAILED


def _failed(error: RtaError, output: Output) -> int:
    """Say what went wrong; in words where standard output does not take the object."""
    try:
        output.error(error)
    except (OutputLostError, BrokenPipeError):
        output.note(str(error))
        _give_up_standard_output()
    return exit_code(error)


def _give_up_standard_output() -> None:
    """What is still buffered goes nowhere, instead of failing once more when Python ends."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str], window_commands: Sequence[Command], output: Output) -> int:
    commands = [*window_commands, *script_commands()]
    parser = _parser(commands)
    argv = _with_open(argv, {command.name for command in commands})
    args = parser.parse_args(argv)
    if args.version:
        output.result({}, version_lines())
        return ExitCode.DONE
    if args.command is None:
        if all(command.name != DEFAULT_COMMAND for command in commands):
            raise UsageError("No command was given.", "rta-viewer --help lists them.")
        args = parser.parse_args([*argv, DEFAULT_COMMAND])
    command: Command = args.command_object
    context = Context(Paths(args.profile), CancelToken(), SystemClock(), output)
    context.paths.create()
    with _log_of(context, args):
        _log.info("Command %s", command.name)
        return _run_command(command, context, args)


def _with_open(argv: Sequence[str], commands: AbstractSet[str]) -> Sequence[str]:
    """``rta-viewer FILE…`` means ``rta-viewer open FILE…``: that is how file managers start programs."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        place += 2 if argv[place] == "--profile" else 1
    first = argv[place] if place < len(argv) else ""
    is_file = first and first not in commands and OPEN_COMMAND in commands and Path(first).exists()
    return [*argv[:place], OPEN_COMMAND, *argv[place:]] if is_file else argv


def _log_of(
    context: Context, args: argparse.Namespace
) -> contextlib.AbstractContextManager[object]:
    if getattr(args, "server_only", False):
        # The embedded server shares the profile with the window that starts it: two processes cannot
        # rotate one file, and it logs to standard error by itself.
        return contextlib.nullcontext()
    stderr_level = logging.INFO if args.verbose else logging.WARNING
    return log.start(context.paths.log_dir, stderr_level=stderr_level)


def _run_command(command: Command, context: Context, args: argparse.Namespace) -> int:
    try:
        return command.run(context, args)
    except RtaError as err:
        _log.info("Command %s ended: %s", command.name, err, exc_info=err.__cause__)
        raise
    except BrokenPipeError:
        raise
    except Exception as err:
        # The thread's outermost line: whatever gets here is a mistake in the program.
        _log.exception("Command %s failed", command.name)
        log_file = context.paths.log_dir / "rta-viewer.log"
        raise RtaError("The program made a mistake.", f"Please report it with {log_file}.") from err


class _Parser(argparse.ArgumentParser):
    """Reports mistakes like every other failure, as JSON too."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}.", f"{self.prog} --help explains the words."
        )


def _parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="rta-viewer", description=_DESCRIPTION, epilog=_EPILOG, allow_abbrev=False
    )
    _add_general(parser, None, default=False)
    parser.add_argument(
        "--version", action="store_true", help="name the versions of the program and its parts"
    )
    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=_Parser
    )
    for command in commands:
        sub = subparsers.add_parser(
            command.name, help=command.help, description=_sentence(command.help), allow_abbrev=False
        )
        command.add_arguments(sub)
        # After the command too; there, "not given" must not undo what was given before it.
        _add_general(sub, argparse.SUPPRESS, default=argparse.SUPPRESS)
        sub.set_defaults(command_object=command)
    return parser


def _add_general(
    parser: argparse.ArgumentParser, no_profile: str | None, *, default: bool | str
) -> None:
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=_profile,
        default=no_profile,
        help="keep every file that the program writes in DIR",
    )
    parser.add_argument(
        "--verbose", action="store_true", default=default, help="say more on standard error"
    )


def _profile(text: str) -> Path:
    if not text.strip():
        raise UsageError("--profile is empty.", "Give it a value, or leave it out.")
    whole = "Name the folder by its whole path."
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as err:
        user = text.split("/")[0]
        raise UsageError(f"--profile cannot be used: there is no user {user} here.", whole) from err
    except OSError as err:
        raise UsageError("--profile cannot be used: the working folder is gone.", whole) from err


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
