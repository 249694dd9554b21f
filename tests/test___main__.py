import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from rta_viewer.__main__ import window_commands
from rta_viewer.cli import demo_server
from rta_viewer.cli.main import run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Stands where the rooms above are, and notes what is started."""
    calls: list[tuple[str, object]] = []

    def room(module: str, *names: str) -> None:
        fake = ModuleType(module)
        for name in names:
            setattr(fake, name, lambda _context, args, name=name: calls.append((name, args)) or 0)
        monkeypatch.setitem(sys.modules, module, fake)

    room("rta_viewer.app", "run_window", "run_demo", "run_open")
    room("rta_viewer.tour", "run_tour")
    monkeypatch.setattr(
        demo_server, "serve", lambda args, folder, clock: calls.append(("serve", folder)) or 0
    )
    return calls


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        ([], "run_window"),
        (["run"], "run_window"),
        (["demo"], "run_demo"),
        (["tour", "--out", "x"], "run_tour"),
        (["demo", "--server-only"], "serve"),
        (["open", "clip.mp4"], "run_open"),
        ([__file__], "run_open"),
        (["--verbose", __file__, "other.mp4"], "run_open"),
    ],
)
def test_each_command_starts_its_room(
    argv: list[str], name: str, tmp_path: Path, started: list[tuple[str, object]]
) -> None:
    assert run(["--profile", str(tmp_path), *argv], window_commands()) == 0
    assert [call[0] for call in started] == [name]


def test_the_server_keeps_its_files_in_the_profile(
    tmp_path: Path, started: list[tuple[str, object]]
) -> None:
    run(["demo", "--server-only", "--profile", str(tmp_path)], window_commands())
    assert started == [("serve", tmp_path / "cache" / "demo")]
    assert not (tmp_path / "log" / "rta-viewer.log").exists()


def test_the_tour_gets_its_folder(
    tmp_path: Path, started: list[tuple[str, SimpleNamespace]]
) -> None:
    run(["--profile", str(tmp_path), "tour", "--out", "pictures"], window_commands())
    assert started[0][1].out == Path("pictures")
