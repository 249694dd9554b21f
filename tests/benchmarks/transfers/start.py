"""A program that is ready to be measured waits for the word to begin: starting Python is not measured."""

import subprocess
import sys

_READY = "ready\n"


def wait_for_the_word() -> None:
    """In the program: return when it may begin."""
    sys.stdout.write(_READY)
    sys.stdout.flush()
    sys.stdin.readline()


def wait_until_ready(program: "subprocess.Popen[str]") -> None:
    """For whoever started it."""
    assert program.stdout is not None
    assert program.stdout.readline() == _READY


def begin(program: "subprocess.Popen[str]", within_s: float) -> str:
    """Let it begin; what it printed until its end."""
    answer, _ = program.communicate("go\n", within_s)
    assert program.returncode == 0
    return answer
