"""Starting other programs, and failing in one clear sentence."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupProblem(Exception):  # noqa: N818 - a sentence for the user, not a bug
    """Something that the bootstrap cannot do by itself.

    Attributes:
        summary: What is missing or failed, one sentence.
        command: What the user can type to see to it; empty when there is no such command.
    """

    def __init__(self, summary: str, command: str = "") -> None:
        super().__init__(summary)
        self.summary = summary
        self.command = command

    def __str__(self) -> str:
        return f"{self.summary} Type:\n\n    {self.command}\n" if self.command else self.summary


def say(text: str) -> None:
    """Tell the user what is going on, at once; standard output stays the program's own."""
    print(text, file=sys.stderr, flush=True)


def shown(command: Sequence[str]) -> str:
    """The command as the user would type it in this system's shell."""
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def succeeds(command: Sequence[str]) -> bool:
    """Run quietly; False when it fails or does not exist."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return done.returncode == 0


def output_of(command: Sequence[str]) -> str:
    """Standard output of a quick question; empty when the program does not exist or fails."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError:
        return ""
    return done.stdout


def must_succeed(
    command: Sequence[str],
    failure: str,
    *,
    env: Mapping[str, str] | None = None,
    type_instead: str = "",
) -> None:
    """Run with its output on our standard error; raise SetupProblem when it does not work."""
    advice = type_instead or shown(command)
    try:
        done = subprocess.run(
            command,
            check=False,
            stdout=sys.stderr.fileno(),
            env={**os.environ, **(env or {})},
        )
    except OSError as err:
        raise SetupProblem(f"{failure} ({Path(command[0]).name}: {err.strerror}).", advice) from err
    if done.returncode != 0:
        raise SetupProblem(f"{failure} (exit code {done.returncode}, see above).", advice)


def ask(question: str) -> bool:
    """Yes or no, from somebody who is there; nobody there is a no."""
    if not sys.stdin.isatty():
        return False
    say(f"{question} [Y/n] ")
    return sys.stdin.readline().strip().lower() in {"", "y", "yes"}


def hand_over(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str]) -> int:
    """Run the program itself in the foreground and return its exit code; Ctrl+C is the program's."""
    child = subprocess.Popen(command, cwd=cwd, env=dict(env))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal sent it to the child too: let it end in its own way.
            continue
