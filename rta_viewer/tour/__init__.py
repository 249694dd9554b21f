"""``rta-viewer tour``: drives the real window through its work and proves it by what is on the screen."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

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
from rta_viewer.tour.guide import Guide, Script
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
    profile = fresh_profile(folder)
    try:
        (folder / "clips").mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as err:
        raise StorageError(f"{folder} cannot be written: {err.strerror}.") from err
    own = Context(profile, context.cancel, context.clock, context.output)
    with _server(own, context.paths.cache_dir / "demo") as (server, address):
        walk = _Walk(own, server, address, folder, ThemeChoice(args.theme))
        if args.language != LanguageMode.ARABIC:
            walk.through_everything()
        walk.in_arabic()
        report = walk.report
        report.write()
    context.output.result(
        {"pass": report.passed, "folder": str(folder)}, [*report.lines(), f"Pictures: {folder}"]
    )
    return ExitCode.DONE if report.passed else ExitCode.STEP_FAILED


@contextmanager
def _server(context: Context, cache: Path) -> Iterator[tuple[DemoProcess, str]]:
    server = DemoProcess(DemoOptions(context.paths.config_dir.parent, cache=cache))
    try:
        yield server, server.wait_until_ready(context.cancel)
    finally:
        server.close()


class _Walk:
    """Programs of one profile, one after the other, and the report about both."""

    def __init__(
        self,
        context: Context,
        server: DemoProcess,
        address: str,
        folder: Path,
        theme: ThemeChoice,
    ) -> None:
        self.report = Report(folder)
        self._context = context
        self._server = server
        self._address = address
        self._folder = folder
        self._theme = theme

    def through_everything(self) -> None:
        """In English, with an eye on how long the window stands still."""
        with self._tour(LanguageMode.ENGLISH) as tour:
            watchdog = GuiWatchdog(excuse=OWN_TIME, during=lambda: self.report.during)
            watchdog.start()
            # Once it is gone from the screen it may wait for what has to end.
            tour.window.closing.connect(watchdog.close)
            self._follow(tour, tour.script())
            watchdog.close()
        self.report.stood_still(watchdog)

    def in_arabic(self) -> None:
        """As somebody finds it who has changed the language and starts the program again."""
        with self._tour(LanguageMode.ARABIC) as tour:
            self._follow(tour, tour.arabic_script())

    @contextmanager
    def _tour(self, language: LanguageMode) -> Iterator[Tour]:
        app = make_application()
        # As in every run: without it, cycles would be collected wherever they happen to be noticed.
        collector = GuiGarbageCollector()
        collector.start()
        program = Program(speaking(app, Services(self._context), language))
        program.window.resize(QSize(*_SIZE).boundedTo(app.primaryScreen().availableSize()))
        program.window.choose_theme(self._theme)
        program.start()
        collector.settle()
        program.window.activateWindow()
        yield Tour(program, self._address, self._folder, self._server.fault, self.report)
        program.close()
        collector.stop()

    def _follow(self, tour: Tour, script: Script) -> None:
        before = len(self.report.steps)
        guide = Guide(script)
        guide.finished.connect(tour.quit)
        guide.start()
        QApplication.exec()
        if guide.failure and all(step.passed for step in self.report.steps[before:]):
            self.report.fail(guide.failure)
