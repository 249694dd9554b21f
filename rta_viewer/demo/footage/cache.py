"""Encoded groups of pictures on disk, within a bound, and the latest of them in memory.

A group is made once even if several threads ask for it together, and at most two are made at a time.
Files are written next to their place and renamed, so that a killed server leaves no half file; each
ends in a checksum, and a damaged one is made again.
"""

import contextlib
import logging
import os
import struct
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from rta_viewer.demo.footage.encoder import EncodedPicture
from rta_viewer.errors import StorageError

_log = logging.getLogger(__name__)

Group = tuple[EncodedPicture, ...]
Key = tuple[str, int]

_MAGIC = b"RTAGOP1\n"
_COUNT = struct.Struct(">I")
_ENTRY = struct.Struct(">II")
_SUFFIX = ".gop"
_PART = ".part"
_PARALLEL = 2
# Another server may be writing to the same folder; what is older than this belongs to a killed one.
_STALE_S = 3600
_MEMORY_BYTES = 48 << 20


def pack(group: Group) -> bytes:
    """A group as the content of a cache file."""
    parts = [_MAGIC, _COUNT.pack(len(group))]
    for index, data in group:
        parts += (_ENTRY.pack(index, len(data)), data)
    body = b"".join(parts)
    return body + _COUNT.pack(zlib.crc32(body))


def unpack(content: bytes) -> Group | None:
    """The group in a cache file, None when the file is damaged."""
    body, tail = content[:-4], content[-4:]
    if not body.startswith(_MAGIC) or _COUNT.pack(zlib.crc32(body)) != tail:
        return None
    offset = len(_MAGIC)
    (count,) = _COUNT.unpack_from(body, offset)
    offset += _COUNT.size
    group = []
    for _ in range(count):
        index, size = _ENTRY.unpack_from(body, offset)
        offset += _ENTRY.size
        group.append((index, body[offset : offset + size]))
        offset += size
    return tuple(group)


def _weight(group: Group) -> int:
    return sum(len(data) for _, data in group)


class GopCache:
    """See the module's text. Safe from several threads; starts none.

    Args:
        directory: Made when missing. Only files that end in ``.gop`` are touched.
        limit_bytes: The files together stay at or below it, but for the newest one.

    Raises:
        StorageError: The folder cannot be made or listed.
    """

    def __init__(self, directory: Path, limit_bytes: int) -> None:
        self._directory = directory
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._making: dict[Key, Future[Group]] = {}
        self._places = threading.Semaphore(_PARALLEL)
        self._memory: OrderedDict[Key, Group] = OrderedDict()
        self._memory_bytes = 0
        self._files: OrderedDict[Path, int] = OrderedDict()
        self._files_bytes = 0
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._adopt_files()
        except OSError as err:
            raise StorageError(
                f"The demo server cannot keep footage in {directory}.",
                "Choose a folder that this user may write to.",
            ) from err

    @property
    def size_bytes(self) -> int:
        """What the files take together."""
        with self._lock:
            return self._files_bytes

    def get(self, key: Key, make: Callable[[], Group]) -> Group:
        """The group of a key (a folder name and a number), made when it is not here."""
        with self._lock:
            group = self._memory.get(key)
            if group is not None:
                self._memory.move_to_end(key)
                return group
            future = self._making.get(key)
            mine = future is None
            if future is None:
                future = self._making[key] = Future()
        if mine:
            self._fill(key, future, make)
        return future.result()

    def close(self) -> None:
        """Forget what is in memory."""
        with self._lock:
            self._memory.clear()
            self._memory_bytes = 0

    def _fill(self, key: Key, future: Future[Group], make: Callable[[], Group]) -> None:
        try:
            path = self._path(key)
            group = self._load(path)
            if group is None:
                with self._places:
                    group = make()
                self._store(path, group)
        except BaseException as err:
            with self._lock:
                del self._making[key]
            future.set_exception(err)
            raise
        with self._lock:
            del self._making[key]
            self._remember(key, group)
        future.set_result(group)

    def _path(self, key: Key) -> Path:
        folder, number = key
        return self._directory / folder / f"{number}{_SUFFIX}"

    def _remember(self, key: Key, group: Group) -> None:
        self._memory[key] = group
        self._memory_bytes += _weight(group)
        while self._memory_bytes > _MEMORY_BYTES and len(self._memory) > 1:
            _, oldest = self._memory.popitem(last=False)
            self._memory_bytes -= _weight(oldest)

    def _load(self, path: Path) -> Group | None:
        with self._lock:
            known = path in self._files
        if not known:
            return None
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        group = unpack(content)
        if group is None:
            _log.warning("the cached footage in %s is damaged and is made again", path.name)
            self._drop(path)
            return None
        with self._lock:
            if path in self._files:
                self._files.move_to_end(path)
        return group

    def _store(self, path: Path, group: Group) -> None:
        content = pack(group)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}{_PART}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(path)
        except OSError as err:
            # A full disk only costs speed: the footage can be made again at any time.
            _log.warning("footage could not be cached: %s", err)
            with contextlib.suppress(OSError):
                temporary.unlink()
            return
        with self._lock:
            self._files_bytes += len(content) - self._files.pop(path, 0)
            self._files[path] = len(content)
            excess = self._excess()
        for old in excess:
            self._drop(old)

    def _excess(self) -> list[Path]:
        left = self._files_bytes
        found: list[Path] = []
        for path, size in self._files.items():
            if left <= self._limit_bytes or len(found) == len(self._files) - 1:
                break
            found.append(path)
            left -= size
        return found

    def _drop(self, path: Path) -> None:
        with self._lock:
            self._files_bytes -= self._files.pop(path, 0)
        try:
            path.unlink(missing_ok=True)
        except OSError as err:
            # Windows refuses while another process reads it; the next start adopts it again.
            _log.info("%s could not be deleted: %s", path.name, err)

    def _adopt_files(self) -> None:
        now_s = time.time()
        found = []
        for path in self._directory.glob(f"*/*{_SUFFIX}*"):
            # Another server on the same folder may take a file away between two steps.
            with contextlib.suppress(FileNotFoundError):
                stat = path.stat()
                if path.suffix == _SUFFIX:
                    found.append((stat.st_mtime_ns, path, stat.st_size))
                elif path.suffix == _PART and now_s - stat.st_mtime > _STALE_S:
                    path.unlink()
        for _, path, size in sorted(found):
            self._files[path] = size
            self._files_bytes += size
        for old in self._excess():
            self._drop(old)
