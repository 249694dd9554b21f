"""Thumbnails on disk, as JPEG files, for as long as somebody is signed in.

They are recordings: a folder of them that outlives the session would show them to whoever uses this
computer next. What a killed process left behind is deleted when the store is made.
"""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError
from av.packet import Packet

from rta_viewer.core.ports import Picture
from rta_viewer.core.time_grid import Cell
from rta_viewer.media.frames import to_picture
from rta_viewer.media.image_encoding import encode

_log = logging.getLogger(__name__)

DEFAULT_LIMIT_BYTES = 48 * 1024 * 1024
"""Some 6,000 thumbnails of 8 kB."""

_PATTERN = "*.thumb.jpg"


@dataclass(frozen=True, slots=True)
class _Stored:
    path: Path
    instant_ms: float | None
    size_bytes: int


class ThumbnailStore:
    """Least recently used files go first. Safe from any thread; every method may wait for the disk.

    A disk that is full or read-only is no failure: then nothing is kept.
    """

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._stored: OrderedDict[Cell, _Stored] = OrderedDict()
        self._size_bytes = 0
        self._count = 0
        self._swept = False

    @property
    def size_bytes(self) -> int:
        """Bytes of files held."""
        with self._lock:
            return self._size_bytes

    def get(self, cell: Cell) -> Picture | None:
        """The picture of a cell; None when there is none, or its file is gone or damaged."""
        with self._lock:
            stored = self._stored.get(cell)
            if stored is None:
                return None
            self._stored.move_to_end(cell)
        try:
            return _decode(stored.path.read_bytes(), stored.instant_ms)
        except (OSError, FFmpegError, ValueError) as err:
            _log.debug("a thumbnail cannot be read: %s", type(err).__name__)
            with self._lock:
                self._drop_locked(cell)
            return None

    def put(self, cell: Cell, picture: Picture) -> None:
        """Keep the picture of a cell."""
        data = encode(picture, ".jpg")
        with self._lock:
            self._sweep_locked()
            if cell in self._stored or len(data) > self._limit_bytes:
                return
            self._count += 1
            path = self._folder / f"{self._count:08d}{_PATTERN[1:]}"
            try:
                path.write_bytes(data)
            except OSError as err:
                _log.debug("a thumbnail cannot be kept: %s", err.strerror)
                return
            self._stored[cell] = _Stored(path, picture.instant_ms, len(data))
            self._size_bytes += len(data)
            while self._size_bytes > self._limit_bytes:
                self._drop_locked(next(iter(self._stored)))

    def clear(self) -> None:
        """Delete all files, those that another run left behind included."""
        with self._lock:
            self._stored.clear()
            self._size_bytes = 0
            self._swept = False
            self._sweep_locked()

    def _sweep_locked(self) -> None:
        if self._swept:
            return
        self._swept = True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in self._folder.glob(_PATTERN):
                _delete(path)
        except OSError as err:
            _log.debug("the folder of thumbnails cannot be used: %s", err.strerror)

    def _drop_locked(self, cell: Cell) -> None:
        stored = self._stored.pop(cell, None)
        if stored is not None:
            self._size_bytes -= stored.size_bytes
            _delete(stored.path)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as err:
        # On Windows a virus scanner may hold it for a moment: the next sweep finds it.
        _log.debug("a thumbnail cannot be deleted: %s", err.strerror)


def _decode(data: bytes, instant_ms: float | None) -> Picture:
    decoder = av.CodecContext.create("mjpeg", "r")
    frames = [*decoder.decode(Packet(data)), *decoder.decode(None)]
    if not frames:
        msg = "no picture"
        raise ValueError(msg)
    return to_picture(frames[0], instant_ms)
