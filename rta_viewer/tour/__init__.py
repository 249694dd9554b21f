"""``rta-viewer tour``: drives the real window through its work and proves it by what is on the screen."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize

from rta_viewer.app import make_application, speaking
from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.errors import StorageError
from rta_viewer.platform.settings import LanguageMode
from rta_viewer.qt.gc import GuiGarbageCollector
from rta_viewer.qt.watchdog import GuiWatchdog
from rta_viewer.tour.guide import Guide
from rta_viewer.tour.own_time import OWN_TIME
from rta_viewer.tour.profile import fresh_profile
from rta_viewer.tour.report import Report
from rta_viewer.tour.script import Tour
from rta_viewer.ui.theme.choice import ThemeChoice

__all__ = ["run_tour"]

_SIZE = (1600, 900)


def run_tour(context: Context, args: argparse.Namespace) -> int:
    """Walk, write pictures and ``tour.json`` into ``--out``; exit code 1 if a step failed."""
    folder: Path = args.out.absolute()
    try:
        (folder / "clips").mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as err:
        raise StorageError(f"{folder} cannot be written: {err.strerror}.") from err
    profile = fresh_profile(folder)
    own = Context(profile, context.cancel, context.clock, context.output)
    with _server(own, context.paths.cache_dir / "demo") as (server, address):
        theme = ThemeChoice(args.theme)
        language = LanguageMode(args.language)
        report = _walk(own, server, address, folder, theme, language)
    context.output.result(
        {"pass": report.passed, "folder": str(folder)}, [*report.lines(), f"Pictures: {folder}"]
    )
    return ExitCode.DONE if report.passed else 1


@contextmanager
def _server(context: Context, cache: Path) -> Iterator[tuple[DemoProcess, str]]:
    server = DemoProcess(DemoOptions(context.paths.config_dir.parent, cache=cache))
    try:
        yield server, server.wait_until_ready(context.cancel)
    finally:
        server.close()


def _walk(
    context: Context,
    server: DemoProcess,
    address: str,
    folder: Path,
    theme: ThemeChoice,
    language: LanguageMode,
) -> Report:
    app = make_application()
    # As in every run: without it, cycles would be collected wherever they happen to be noticed.
    collector = GuiGarbageCollector()
    collector.start()
    program = Program(speaking(app, Services(context), language))
    program.window.resize(QSize(*_SIZE).boundedTo(app.primaryScreen().availableSize()))
    program.window.choose_theme(theme)
    program.start()
    collector.settle()
    program.window.activateWindow()
    tour = Tour(program, address, folder, server.fault)
    watchdog = GuiWatchdog(excuse=OWN_TIME, during=lambda: tour.report.during)
    watchdog.start()
    guide = Guide(tour.script())
    guide.finished.connect(program.quit)
    guide.start()
    app.exec()
    watchdog.close()
    program.close()
    collector.stop()
    tour.report.stood_still(watchdog)
    if guide.failure and all(step.passed for step in tour.report.steps):
        tour.report.fail(guide.failure)
    tour.report.write()
    return tour.report
