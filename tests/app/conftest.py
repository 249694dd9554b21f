"""The program without a screen: the real window and services on a profile of its own."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.cli.command import Context
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.platform import site as site_module
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.system_clock import SystemClock

Make = Callable[[], Services]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to tell sizes to, and says so."""
    for item in items:
        if HERE in item.path.parents:
            unsupported = r"propagateSizeHints|This plugin does not support (raise|grabbing)"
            item.add_marker(pytest.mark.qt_log_ignore(unsupported, extend=True))


@pytest.fixture(autouse=True, scope="module")
def _garbage_is_collected_here() -> Iterator[None]:
    """A worker thread that takes a closed window apart ends the process (the program has qt/gc.py)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def make(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes services on the profile, with the administrator's file at ``site.json``."""
    monkeypatch.setattr(site_module, "site_files", lambda: (tmp_path / "site.json",))
    made: list[Services] = []

    def make_() -> Services:
        paths = Paths(tmp_path / "profile")
        paths.create()
        made.append(
            Services(Context(paths, CancelToken(), SystemClock(), Output(stdout=sys.stdout)))
        )
        return made[-1]

    yield make_
    for services in made:
        services.close()


@pytest.fixture
def program(make: Make, qtbot: QtBot) -> Iterator[Program]:
    """Started, nobody signed in."""
    program = Program(make())
    qtbot.addWidget(program.window)
    with qtbot.waitSignal(program.services.hold_changed):
        program.start()
    yield program
    program.close()
    program.window.close()
