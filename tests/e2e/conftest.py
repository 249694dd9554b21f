"""What all end-to-end tests share: a screen, the recording server's process, and running scenarios on it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.core.cancel import CancelToken
from tests.helpers.display import screen

SCENARIO_LIMIT_S = 240
ROOT = Path(__file__).parents[2]

Play = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def screen_env() -> Iterator[dict[str, str]]:
    with screen() as env:
        yield env


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The embedded recording server in its own process; its REST address."""
    server = DemoProcess(DemoOptions(profile=tmp_path_factory.mktemp("demo")))
    try:
        yield server.wait_until_ready(CancelToken())
    finally:
        server.close()


def play_in(
    env: dict[str, str], folder: Path, name: str, *command: str, **given: Any
) -> dict[str, Any]:
    """Plays a scenario in the real program; what it saw. Fails with it, and at anything that was logged."""
    asked = json.dumps({"folder": str(folder), **given})
    program = ["--profile", str(folder / "profile"), *command]
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.scenario", name, asked, *program],
        cwd=ROOT,
        env={**env, "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=SCENARIO_LIMIT_S,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert not result["failure"], f"{result['failure']}\n{done.stderr}\n{folder}/failure.png"
    assert result["code"] == 0
    assert result["errors"] == []
    assert result["qt_warnings"] == []
    return dict(result["saw"])


@pytest.fixture
def play(screen_env: dict[str, str], tmp_path: Path) -> Play:
    """:func:`play_in` on the screen that all share."""
    return partial(play_in, screen_env, tmp_path)
