"""The window with the embedded server behind it: up together, and gone together."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, Play
from tests.e2e.moments import NUMBER, steady_ms

pytestmark = pytest.mark.e2e

LIMIT_S = 30.0


def processes_of(profile: Path) -> list[str]:
    """The command lines of the processes that work in a profile."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue
        if str(profile) in words:
            found.append(" ".join(words))
    return found


def wait_until(condition: Callable[[], bool]) -> bool:
    deadline_s = time.monotonic() + LIMIT_S
    while not condition():
        if time.monotonic() > deadline_s:
            return False
        time.sleep(0.05)
    return True


def test_demo_opens_a_window_on_its_own_server(play: Play, tmp_path: Path) -> None:
    saw = play("demo_window", "demo")
    assert saw["camera_number"] == NUMBER
    assert saw["later_ms"] > saw["first_ms"] >= steady_ms() - 40
    assert "demo" in saw["server"]
    assert not saw["signed_in_by_hand"]
    assert processes_of(tmp_path / "profile") == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_window_leaves_no_server_behind(
    screen_env: dict[str, str], tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "rta_viewer", "--profile", str(profile), "demo"]
    with subprocess.Popen(command, cwd=ROOT, env=screen_env, stdin=subprocess.DEVNULL) as window:
        try:
            started = wait_until(lambda: any("--server-only" in p for p in processes_of(profile)))
        finally:
            window.kill()
    assert started
    assert wait_until(lambda: processes_of(profile) == [])
