"""The log: a rotating file in the profile and standard error, neither with a secret in it.

Whatever a line says (messages, tracebacks, what libraries log), it passes :func:`redact` before it is
written. A crash of the interpreter itself leaves its stacks in a file of its own.
"""

import contextlib
import copy
import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from rta_viewer.core.redaction import redact
from rta_viewer.core.texts import Said, english
from rta_viewer.errors import RtaError
from rta_viewer.platform.files import make_folder

FILE_BYTES = 2 * 1024 * 1024
FILES_KEPT = 4
CRASH_MARK = "The last run crashed"
"""Begins the line that the log gets at the first start after a crash."""

_log = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, traceback included, and then takes the secrets out."""

    def format(self, record: logging.LogRecord) -> str:
        if isinstance(record.args, tuple) and any(map(_is_said, record.args)):
            record = copy.copy(record)
            record.args = tuple(map(_in_english, record.args or ()))
        return redact(super().format(record))


def _is_said(value: object) -> bool:
    return isinstance(value, RtaError | Said)


def _in_english(value: object) -> object:
    """Whoever helps can search the log in one language."""
    if isinstance(value, RtaError):
        return f"{english(value.summary)} {english(value.hint)}".strip()
    return value.english if isinstance(value, Said) else value


class _PatientFileHandler(RotatingFileHandler):
    """Goes on in the same file where another process holds it open (Windows), instead of failing.

    Of a full disk it says once that lines are lost: whatever is done is done without them.
    """

    _lost = False

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        with contextlib.suppress(OSError):
            super().doRollover()
        if self.stream is None:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        err = sys.exception()
        if not isinstance(err, OSError):
            super().handleError(record)
        elif not self._lost:
            self._lost = True
            _say_unwritable(Path(self.baseFilename), err)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()


class LogSession:
    """What :func:`start` switched on. Use as a context manager, or call :meth:`close`."""

    def __init__(
        self, handlers: list[logging.Handler], level: int, crash_file: IO[str] | None
    ) -> None:
        self._handlers = handlers
        self._crash_file = crash_file
        self._old_level = logging.getLogger().level
        self._old_hook = threading.excepthook
        self._old_main_hook = sys.excepthook
        logging.getLogger().setLevel(level)
        logging.captureWarnings(True)
        for handler in handlers:
            logging.getLogger().addHandler(handler)
        threading.excepthook = _log_thread_failure
        sys.excepthook = _log_failure

    def __enter__(self) -> "LogSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Put all back as it was. Idempotent."""
        if not self._handlers:
            return
        threading.excepthook = self._old_hook
        sys.excepthook = self._old_main_hook
        logging.captureWarnings(False)
        root = logging.getLogger()
        root.setLevel(self._old_level)
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        self._handlers = []
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()


def start(
    log_dir: Path | None,
    *,
    name: str = "rta-viewer",
    level: int = logging.INFO,
    stderr_level: int = logging.WARNING,
) -> LogSession:
    """Begin to log.

    Args:
        log_dir: Where the file goes; None for standard error only.
        name: Of the file; processes that run beside each other take different ones.
        level: What the file gets.
        stderr_level: What standard error gets.

    Raises:
        StorageError: The folder cannot be made.
    """
    handlers: list[logging.Handler] = []
    crash_file: IO[str] | None = None
    # A windowed Windows program has no standard error.
    if sys.stderr is not None:
        handlers.append(_handler(logging.StreamHandler(sys.stderr), stderr_level))
    crashed = False
    if log_dir is not None:
        make_folder(log_dir)
        handlers.append(_handler(_file_handler(log_dir / f"{name}.log"), level))
        crash_path = log_dir / f"{name}-crash.log"
        crashed = _keep_last_crash(crash_path)
        crash_file = _open_crash_file(crash_path)
    lowest = min((handler.level for handler in handlers), default=logging.WARNING)
    session = LogSession(handlers, lowest, crash_file)
    if crashed:
        _log.warning("%s; its stacks are in %s", CRASH_MARK, log_dir)
    return session


def _file_handler(path: Path) -> logging.Handler:
    try:
        return _PatientFileHandler(
            path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError as err:
        _say_unwritable(path, err)
        return logging.NullHandler()


def _say_unwritable(path: Path, err: OSError) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"The log {path} cannot be written: {err.strerror}\n")


def _handler(handler: logging.Handler, level: int) -> logging.Handler:
    handler.setLevel(level)
    form = "%(asctime)s.%(msecs)03d %(levelname)s %(threadName)s %(name)s: %(message)s"
    handler.setFormatter(RedactingFormatter(form, "%Y-%m-%dT%H:%M:%S"))
    return handler


def _keep_last_crash(path: Path) -> bool:
    """Set a crash report of the last run aside; True when there was one."""
    try:
        if path.stat().st_size == 0:
            return False
        path.replace(path.with_name(f"{path.stem}-previous.log"))
    except OSError:
        return False
    return True


def _open_crash_file(path: Path) -> IO[str] | None:
    try:
        file = path.open("a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def _log_failure(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody caught on the main thread, in a slot of Qt say: a program without a console loses it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("Something unforeseen happened", exc_info=(kind, error, trace))


def _log_thread_failure(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        name = args.thread.name if args.thread else "?"
        _log.critical("Thread %s failed", name, exc_info=args.exc_value)
