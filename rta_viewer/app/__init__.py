"""The composition root: the only room that knows all others. Makes the parts and starts the window."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from rta_viewer import __version__
from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.app.program import Program
from rta_viewer.app.services import Services
from rta_viewer.cli.command import Context
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import tr
from rta_viewer.platform.settings import LanguageMode
from rta_viewer.qt.gc import GuiGarbageCollector
from rta_viewer.qt.language import choose_language, speak
from rta_viewer.qt.single_instance import SingleInstance, instance_name
from rta_viewer.qt.watchdog import GuiWatchdog
from rta_viewer.ui import accessible, icons
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.theme import theme as themes

__all__ = [
    "demo_options",
    "demo_request",
    "make_application",
    "run_demo",
    "run_open",
    "run_window",
    "speaking",
]

_SIGNAL_POLL_MS = 200

_SWITCH_S = 0.0005


def make_application() -> QApplication:
    """The one QApplication of the process, with the program's name and looks."""
    # Each call into Qt lends the interpreter to other threads. With Python's own 5 ms a turn that makes a
    # dozen of calls while pictures are decoded would stand still for a tenth of a second.
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("RTA Viewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rta-viewer")
    app.setQuitOnLastWindowClosed(True)
    accessible.install()
    themes.apply(app, themes.DARK_THEME)
    app.setWindowIcon(icons.icon("app", themes.DARK_THEME.colours.accent))
    return app


def speaking(
    app: QApplication, services: Services, language: LanguageMode | None = None
) -> Services:
    """The services, once the program speaks the language of their settings, or this one."""
    mode = language or services.settings.language
    wanted = "" if mode is LanguageMode.SYSTEM else mode.value
    speak(app, choose_language(wanted, QLocale.system()))
    return services


def run_window(context: Context, args: argparse.Namespace) -> int:
    """``rta-viewer``: the window, asking whom to sign in to."""
    instance = _claim(context)
    if instance is None:
        return ExitCode.DONE
    return _run(context, instance, lambda program: program.ask_to_sign_in(), watched=args.verbose)


def run_open(context: Context, args: argparse.Namespace) -> int:
    """``rta-viewer open FILE…``: the window with saved files, asking nobody to sign in."""
    instance = _claim(context, args.files)
    if instance is None:
        return ExitCode.DONE
    return _run(
        context, instance, lambda program: program.files.open(args.files), watched=args.verbose
    )


def run_demo(context: Context, args: argparse.Namespace) -> int:
    """``rta-viewer demo``: the window on the embedded recording server."""
    instance = _claim(context)
    if instance is None:
        return ExitCode.DONE
    server = DemoProcess(demo_options(context, args))
    try:
        return _run(
            context, instance, lambda program: _enter_demo(program, server), watched=args.verbose
        )
    finally:
        server.close()


def demo_options(context: Context, args: argparse.Namespace) -> DemoOptions:
    """The server for a window: the same profile and footage, on free ports."""
    paths = context.paths
    profile = None if paths.is_default else paths.config_dir.parent
    return DemoOptions(profile=profile, recordings=args.recordings, cache=args.cache)


def demo_request(address: str) -> SignInRequest:
    """Who signs in to the embedded server."""
    return SignInRequest(address, "demo", Secret("demo"))


def _enter_demo(program: Program, server: DemoProcess) -> None:
    program.window.show_activity(
        tr("Starting the embedded recording server\N{HORIZONTAL ELLIPSIS}")
    )

    def wait(cancel: CancelToken) -> str:
        return server.wait_until_ready(cancel)

    def ready(address: str) -> None:
        program.sign_in_with(demo_request(address))

    program.services.sign_ins.submit(wait, program, ready, program.window.messages.show_error)


def _claim(context: Context, files: Sequence[Path] = ()) -> SingleInstance | None:
    """None when there is a window on this profile already, which is shown instead and opens the files."""
    make_application()
    instance = SingleInstance(instance_name(context.paths.data_dir))
    if instance.claim(files):
        return instance
    context.output.note("The program is open already: its window is shown.")
    return None


def _run(
    context: Context,
    instance: SingleInstance,
    begin: Callable[[Program], None],
    *,
    watched: bool,
) -> int:
    app = make_application()
    collector = GuiGarbageCollector()
    collector.start()
    program = Program(speaking(app, Services(context)))
    instance.shown_again.connect(program.show_again)
    program.start()
    collector.settle()
    begin(program)
    watchdog = GuiWatchdog()
    if watched:
        watchdog.start()
    with _ctrl_c(context, program):
        code = app.exec()
    watchdog.close()
    instance.close()
    program.close()
    collector.stop()
    return code


class _ctrl_c:  # noqa: N801 - reads as a function: with _ctrl_c(...)
    """Closes the window at Ctrl+C: Python only runs signal handlers between its own instructions."""

    def __init__(self, context: Context, program: Program) -> None:
        self._context = context
        self._program = program
        self._timer = QTimer()
        self._timer.setInterval(_SIGNAL_POLL_MS)
        self._timer.timeout.connect(self._on_timeout)

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, lambda *_: self._context.cancel.cancel())
        self._timer.start()

    def __exit__(self, *_exc: object) -> None:
        self._timer.stop()
        signal.signal(signal.SIGINT, self._before)

    def _on_timeout(self) -> None:
        if self._context.cancel.cancelled:
            self._program.quit()
