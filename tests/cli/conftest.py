import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.cli import connection
from rta_viewer.cli.main import run
from rta_viewer.demo.site import DemoSite
from tests.helpers.shelf_recorder import ShelfRecorder

Answer = tuple[int, Any]
Ask = Callable[..., Answer]
SERVER = ["--server", "http://shelf", "--user", "anna", "--password-stdin"]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> ShelfRecorder:
    """The server that all commands sign in to."""
    shelf = ShelfRecorder()
    monkeypatch.setattr(connection, "connect", lambda context, args, password: shelf)
    return shelf


@pytest.fixture
def ask(
    recorder: ShelfRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Runs a command; returns its exit code and what it wrote, parsed when it is JSON."""

    def ask_(*argv: str, as_json: bool = True) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO("secret\n"))
        extra = ["--json"] if as_json else []
        code = run(["--profile", str(tmp_path / "profile"), *argv, *SERVER, *extra])
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json else out

    return ask_


def site_commands(
    site: DemoSite,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Runs commands against a started site, through the whole program; their output is parsed."""

    def ask(*argv: str, typed: str = "demo") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
        server = ["--server", site.rest_url, "--user", "demo", "--password-stdin", "--json"]
        code = run(["--profile", str(folder / "profile"), *argv, *server])
        return code, json.loads(capsys.readouterr().out)

    return ask
