import subprocess
import sys

import pytest

from installer import process
from installer.process import SetupProblem


def test_a_failure_is_one_sentence_and_a_command() -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    with pytest.raises(SetupProblem) as caught:
        process.must_succeed(command, "It did not work", type_instead="do this")
    assert caught.value.summary == "It did not work (exit code 3, see above)."
    assert caught.value.command == "do this"
    assert "do this" in str(caught.value)


def test_a_missing_program_is_a_sentence_too() -> None:
    with pytest.raises(SetupProblem, match="no-such-program"):
        process.must_succeed(["no-such-program-here"], "It did not work")
    assert process.output_of(["no-such-program-here"]) == ""
    assert not process.succeeds(["no-such-program-here"])


def test_what_a_command_prints_goes_to_standard_error() -> None:
    code = "from installer.process import must_succeed as m; import sys; "
    code += "m([sys.executable, '-c', 'print(1)'], 'x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert done.stderr.strip() == "1"
