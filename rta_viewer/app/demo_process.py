"""The embedded recording server as a process of its own, so that it never competes with the player."""

import json
import logging
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, ServerError

_log = logging.getLogger(__name__)

START_LIMIT_S = 60.0
_STOP_LIMIT_S = 5.0
_LINE_LIMIT_BYTES = 4096
_TURN_S = 0.1


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the server is to serve. Ports of 0 take free ones; ``tls`` is a folder with a certificate."""

    profile: Path | None = None
    recordings: Path | None = None
    cache: Path | None = None
    port: int = 0
    rtsp_port: int = 0
    tls: Path | None = None

    def arguments(self) -> list[str]:
        """The command line behind ``python -m rta_viewer``."""
        words = ["--profile", str(self.profile)] if self.profile is not None else []
        words += ["demo", "--server-only", "--exit-with-stdin"]
        words += ["--port", str(self.port), "--rtsp-port", str(self.rtsp_port)]
        for option, folder in (
            ("--recordings", self.recordings),
            ("--cache", self.cache),
            ("--tls", self.tls),
        ):
            if folder is not None:
                words += [option, str(folder)]
        return words


class DemoProcess:
    """Starts at once; ends with :meth:`close`, or when this process is gone, however it went."""

    def __init__(self, options: DemoOptions) -> None:
        frozen = bool(getattr(sys, "frozen", False))
        start = [sys.executable] if frozen else [sys.executable, "-m", "rta_viewer"]
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [*start, *options.arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._first_line: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._last_words: list[str] = []
        self._threads = [
            threading.Thread(target=self._read_line, name="demo-stdout", daemon=True),
            threading.Thread(target=self._read_log, name="demo-stderr", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def wait_until_ready(self, cancel: CancelToken) -> str:
        """The server's REST address.

        Raises:
            ServerError: It did not start.
            Cancelled: The token was set.
        """
        waited_s = 0.0
        while waited_s < START_LIMIT_S:
            cancel.raise_if_cancelled()
            try:
                line = self._first_line.get(timeout=_TURN_S)
            except queue.Empty:
                waited_s += _TURN_S
                continue
            try:
                return str(json.loads(line)["rest"])
            except (ValueError, KeyError, TypeError) as err:
                raise self._failure() from err
        raise self._failure()

    def fault(self, name: str, **arguments: object) -> None:
        """Have something go wrong: a method of ``HttpFaults`` and its arguments.

        Raises:
            ServerError: The server is gone.
        """
        pipe = self._process.stdin
        line = json.dumps({"fault": name, **arguments})
        try:
            if pipe is not None:
                pipe.write(f"{line}\n".encode())
                pipe.flush()
        except OSError as err:
            raise self._failure() from err

    def close(self) -> None:
        """End it; kills it when it does not want to."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            _log.warning("the embedded server did not end by itself")
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join(_STOP_LIMIT_S)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _failure(self) -> ServerError:
        said = self._last_words[-1] if self._last_words else tr("It said nothing.")
        return ServerError(tr("The embedded recording server did not start."), said)

    def _read_line(self) -> None:
        pipe = self._pipe(self._process.stdout)
        self._first_line.put(pipe.readline(_LINE_LIMIT_BYTES))
        while pipe.read(_LINE_LIMIT_BYTES):
            continue

    def _read_log(self) -> None:
        for line in self._pipe(self._process.stderr):
            text = line.decode("utf-8", "replace").rstrip()
            _log.debug("demo server: %s", text)
            self._last_words = [*self._last_words[-9:], text]

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise Cancelled
        return pipe
