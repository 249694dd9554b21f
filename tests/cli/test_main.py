import argparse
import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rta_viewer.cli.command import Context
from rta_viewer.cli.main import run
from rta_viewer.errors import (
    BusyError,
    Cancelled,
    DeliveryError,
    MediaError,
    NetworkError,
    NoFootageError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
    StorageError,
    UsageError,
)
from tests.helpers.log_watch import LogWatch


def nothing(_context: Context) -> int:
    return 0


@dataclass
class Fake:
    """A command that does what the test wants."""

    name: str = "fake"
    help: str = "do as told"
    work: Callable[[Context], int] = nothing
    contexts: list[Context] = field(default_factory=list)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def run(self, context: Context, args: argparse.Namespace) -> int:
        self.contexts.append(context)
        return self.work(context)


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    return ["--profile", str(tmp_path / "profile")]


def raising(error: BaseException) -> Callable[[Context], int]:
    def work(_context: Context) -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("m", "h"), 2),
        (SignInError("m", "h"), 3),
        (NotFoundError("m", "h"), 4),
        (NoFootageError("m", "h"), 4),
        (ServerError("m", "h"), 5),
        (BusyError("m", "h"), 5),
        (NetworkError("m", "h"), 5),
        (MediaError("m", "h"), 5),
        (StorageError("m", "h"), 5),
        (DeliveryError("m", "h"), 6),
        (Cancelled("m", "h"), 130),
    ],
)
def test_each_failure_has_its_code_and_its_object(
    error: RtaError, code: int, profile: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*profile, "fake", "--json"], [Fake(work=raising(error))]) == code
    out = capsys.readouterr().out
    assert json.loads(out) == {"error": {"kind": error.kind, "message": "m", "hint": "h"}}
    assert out.count("\n") == 1


def test_people_read_the_sentence_on_standard_error(
    profile: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    error = NetworkError("It is down.", "Try later.")
    assert run([*profile, "fake"], [Fake(work=raising(error))]) == 5
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "It is down. Try later.\n"


def test_ctrl_c_is_cancelled(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*profile, "fake"], [Fake(work=raising(KeyboardInterrupt()))]) == 130
    assert "Cancelled" in capsys.readouterr().err


def test_a_mistake_of_ours_is_logged_and_said(
    tmp_path: Path, profile: list[str], capsys: pytest.CaptureFixture[str], error_log: LogWatch
) -> None:
    error_log.expect("Command fake failed")
    assert run([*profile, "fake", "--json"], [Fake(work=raising(ZeroDivisionError()))]) == 5
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "error"
    logged = (tmp_path / "profile" / "log" / "rta-viewer.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in logged


@pytest.mark.parametrize(
    "argv",
    [
        ["paint"],
        ["fake", "--colour"],
        ["fake", "extra"],
        ["cameras"],
        ["fak"],
        ["--prof", "x", "fake"],
    ],
)
def test_usage_errors_are_errors_like_all_others(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*argv, "--json"], [Fake()]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "usage"


def test_the_profile_may_stand_before_or_after_the_command(tmp_path: Path) -> None:
    fake = Fake()
    assert run(["--profile", str(tmp_path / "a"), "fake"], [fake]) == 0
    assert run(["fake", "--profile", str(tmp_path / "b")], [fake]) == 0
    assert [context.paths.log_dir for context in fake.contexts] == [
        tmp_path / "a" / "log",
        tmp_path / "b" / "log",
    ]
    assert all(context.paths.config_dir.is_dir() for context in fake.contexts)


def test_a_profile_without_a_name_is_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--profile", "", "fake"], [Fake()]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_profile_of_nobody_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--profile", "~nobody of that name/x", "fake", "--json"], [Fake()]) == 2
    assert "no user ~nobody of that name" in json.loads(capsys.readouterr().out)["error"]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="keeps the working folder")
def test_a_profile_in_a_working_folder_that_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    code = run(["--profile", "here", "fake", "--json"], [Fake()])
    monkeypatch.undo()
    assert code == 2
    assert "is gone" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_a_profile_that_cannot_be_made_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run(["--profile", str(tmp_path / "file"), "fake"], [Fake()]) == 5
    assert "could not be made" in capsys.readouterr().err


def test_without_a_command_the_window_opens(
    profile: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    window = Fake(name="run")
    assert run(profile, [window]) == 0
    assert len(window.contexts) == 1
    assert run(profile) == 2
    assert "No command" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["--help"], [Fake()])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    for word in ("fake", "cameras", "recordings", "--profile", "--version", "130"):
        assert word in out


def test_the_log_is_put_away_afterwards(profile: list[str]) -> None:
    before = list(logging.getLogger().handlers)
    run([*profile, "fake"], [Fake()])
    assert logging.getLogger().handlers == before


def test_the_program_starts_and_names_its_parts_without_loading_qt() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--version']; from rta_viewer.__main__ import main; "
        "code = main(); assert 'PySide6' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    for word in ("RTA Viewer", "Python", "Qt 6", "libVLC", "PyAV", "System"):
        assert word in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_result_that_cannot_be_written_is_a_failure_and_no_mistake(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rta_viewer", "--profile", str(tmp_path), "jobs", "list"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert done.returncode == 5
    assert "could not be written to standard output" in done.stderr
    assert "mistake" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_failure_that_cannot_be_written_keeps_its_code_and_is_said_in_words(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "rta_viewer", "--profile", str(tmp_path), "jobs", "pause"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, "--json"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert done.returncode == 2
    assert done.stderr == "Which job is to pause? Give its id.\n"


@pytest.mark.parametrize("error", [SignInError("No."), KeyboardInterrupt()])
def test_a_reader_that_left_before_a_failure_changes_no_code(
    error: BaseException, profile: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Left(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Left())
    expected = 3 if isinstance(error, SignInError) else 130
    assert run([*profile, "fake", "--json"], [Fake(work=raising(error))]) == expected


def test_a_reader_that_has_left_is_told_nothing(
    profile: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Left(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Left())

    def say(context: Context) -> int:
        context.output.result({}, ["line"])
        return 0

    assert run([*profile, "fake"], [Fake(work=say)]) == 5
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
