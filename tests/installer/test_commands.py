import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from installer import commands
from installer.environment import Environment

ROOT = Path(__file__).parents[2]
BOOTSTRAP = ROOT / "installer" / "bootstrap.py"


def test_what_follows_the_dashes_is_handed_on() -> None:
    options, rest = commands.parse(["test", "--", "-k", "x", "--", "y"])
    assert options.command == "test"
    assert rest == ["-k", "x", "--", "y"]
    assert commands.parse(["run"])[1] == []


def test_unknown_words_are_a_usage_error() -> None:
    with pytest.raises(SystemExit) as caught:
        commands.parse(["paint"])
    assert caught.value.code == 2


def test_it_runs_as_a_plain_script_from_anywhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(BOOTSTRAP), "--help"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for word in ("run", "test", "setup"):
        assert word in done.stdout


def test_it_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(BOOTSTRAP), "--help"], cwd=tmp_path, check=False
    )
    assert done.returncode == 0


def test_all_tests_run_in_several_processes_and_chosen_ones_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def hand_over(command: list[str], **_how: object) -> int:
        asked.append(command[3:])
        return 7

    looked: list[Path] = []
    monkeypatch.setattr(commands, "audit", looked.append)
    monkeypatch.setattr(commands, "hand_over", hand_over)
    monkeypatch.setattr(commands.screen, "virtual_screen", lambda: nullcontext({}))
    monkeypatch.setattr(commands.os, "cpu_count", lambda: 3)
    assert commands._test(Environment(tmp_path), []) == 7
    assert commands._test(Environment(tmp_path), ["tests/core"]) == 7
    assert asked == [["-n", "3"], ["tests/core"]]
    assert looked == [tmp_path / "installer" / "constraints.txt"]
    assert [commands.whole_suite(count)[1] for count in (None, 1, 64)] == ["2", "2", "4"]
