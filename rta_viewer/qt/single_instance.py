"""One window a profile: who starts the program again sees the window that is there.

The first one listens on a local socket (a named pipe on Windows) that only the same user can open. A name
that nobody answers to was left behind by a program that was killed, and is taken over. What is said is one
line of JSON, the paths of files to open, and one line back.
"""

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_CONNECT_MS = 500
_ANSWER_MS = 2_000
_CLAIM_WITHIN_S = 4.0
"""Whoever claims before us waits for an answer no longer than that."""
_LOOK_S = 0.02
_DONE = b"shown\n"
_LONGEST_LINE_BYTES = 256 * 1024
_ANYBODY = 0xFFFFFFFF
_LONGEST_BYTES = 90
"""Systems allow about 104 bytes for the path of a socket."""


def instance_name(folder: Path) -> str:
    """The name of the socket for a profile: a file in it, where systems have such and names are short."""
    path = os.fsencode(folder / "instance")
    if sys.platform != "win32" and len(path) < _LONGEST_BYTES:
        # Not in a folder that all users share: somebody else could be there first.
        return os.fsdecode(path)
    key = hashlib.sha256(str(folder).encode("utf-8", "surrogateescape")).hexdigest()
    return f"rta-viewer-{key[:24]}"


class SingleInstance(QObject):
    """Lives in the GUI thread.

    Signals:
        shown_again: The program was started once more, with these files to open: a list of ``Path``.
    """

    shown_again = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def claim(self, files: Sequence[Path] = ()) -> bool:
        """Be the first one; False when there is one already, which was asked to show its window and these.

        Waits a little, before there is a window.
        """
        with _alone(self._name):
            return self._claim(files)

    def _claim(self, files: Sequence[Path]) -> bool:
        if ask_to_show(self._name, files):
            return False
        if not self._server.listen(self._name):
            # Left behind by a program that was killed: nobody has answered.
            QLocalServer.removeServer(self._name)
            if not self._server.listen(self._name):
                _log.warning("No second start will be noticed: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Listen no more. Idempotent."""
        self._server.close()

    @Slot()
    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_ready_read)
            self._read(socket)

    @Slot()
    def _on_ready_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            files = _files_of(bytes(socket.readLine(_LONGEST_LINE_BYTES).data()))
            socket.write(_DONE)
            socket.flush()
            self.shown_again.emit(files)
        elif socket.bytesAvailable() > _LONGEST_LINE_BYTES:
            socket.abort()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let nobody else claim the name meanwhile: who listens last would silently take it from the first.

    Where that is not possible, or takes too long, it goes on without.
    """
    lock = QLockFile(QDir.temp().filePath(f"{name}.lock"))
    until_s = time.monotonic() + _CLAIM_WITHIN_S
    while not lock.tryLock(0) and time.monotonic() < until_s:
        if lock.error() is not QLockFile.LockError.LockFailedError:
            break
        time.sleep(_LOOK_S)
    try:
        yield
    finally:
        lock.unlock()


def _files_of(line: bytes) -> list[Path]:
    """The paths in a line; none where it makes no sense."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return []
    return [Path(one) for one in found if isinstance(one, str)] if isinstance(found, list) else []


def ask_to_show(name: str, files: Sequence[Path] = ()) -> bool:
    """Have a running program show its window and open these files; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    _allow_to_come_forward()
    line = json.dumps([str(file.absolute()) for file in files])
    socket.write(f"{line}\n".encode("ascii"))
    socket.waitForBytesWritten(_CONNECT_MS)
    socket.waitForReadyRead(_ANSWER_MS)
    socket.disconnectFromServer()
    return True


def _allow_to_come_forward() -> None:
    """Windows lets only the program in front, us, say who may come to the front."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)
