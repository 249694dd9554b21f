"""Packaged files on disk: asked twice they are made once, and they never take more than their bound."""

import hashlib
import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World

_log = logging.getLogger(__name__)
_READ_BYTES = 1 << 20
_WAIT_S = 0.1


@dataclass(frozen=True, slots=True)
class PackageRequest:
    """What a file is to hold.

    Attributes:
        container: ``mp4``, ``mkv`` or ``avi``.
        quality: ``low``, ``medium``, ``high``, or empty for the original.
        watermark: Text to burn in, or None.
    """

    camera_id: str
    span: Span
    container: str = "mp4"
    quality: str = ""
    include_audio: bool = True
    watermark: str | None = None


class Packager(Protocol):
    """Makes one file; ``rta_viewer.demo.packaging.package`` is one."""

    def __call__(
        self,
        world: World,
        camera_id: str,
        span: Span,
        target: Path,
        *,
        container: str,
        quality: str,
        include_audio: bool,
        watermark: str | None,
        progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> None:
        """Write ``target``; raises NoFootageError, MediaError, StorageError, Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A finished file. ``etag`` is a strong entity tag with its quotes, from the content."""

    path: Path
    size_bytes: int
    etag: str


def run_packager(
    packager: Packager,
    world: World,
    request: PackageRequest,
    folder: Path,
    progress: Callable[[float], None],
    cancel: CancelToken,
) -> PackagedFile:
    """Make a file under a new name in ``folder``; nothing is left there when it fails.

    Raises:
        RtaError: As the packager.
        OSError: The folder cannot be used.
    """
    target = folder / f"{uuid.uuid4().hex}.{request.container}"
    try:
        packager(
            world,
            request.camera_id,
            request.span,
            target,
            container=request.container,
            quality=request.quality,
            include_audio=request.include_audio,
            watermark=request.watermark,
            progress=progress,
            cancel=cancel,
        )
        return PackagedFile(target, target.stat().st_size, _etag(target, cancel))
    except BaseException:
        remove_file(target)
        raise


def remove_file(path: Path) -> bool:
    """Delete; False when somebody holds it open (Windows). A missing file counts as deleted."""
    try:
        path.unlink(missing_ok=True)
    except OSError as err:
        _log.info("cannot delete %s yet: %s", path.name, err)
        return False
    return True


class PackageStore:
    """Makes files on demand and keeps the last used. Safe from several threads.

    Args:
        folder: Exists, and belongs to this store alone.
        max_bytes: Bound on all files together; the newest may exceed it alone.
        at_once: Files that are made at the same time; more wait.
    """

    def __init__(
        self, world: World, packager: Packager, folder: Path, *, max_bytes: int, at_once: int
    ) -> None:
        self._world = world
        self._packager = packager
        self._folder = folder
        self._max_bytes = max_bytes
        self._slots = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._files: OrderedDict[object, PackagedFile] = OrderedDict()
        self._making: dict[object, threading.Event] = {}

    def obtain(self, request: PackageRequest, cancel: CancelToken) -> PackagedFile:
        """The file for this request; blocks while it is made.

        What is recorded belongs to the identity: a span that reaches into the present is another file
        a minute later.

        Raises:
            KeyError: There is no such camera.
            RtaError: As the packager; Cancelled when ``cancel`` was set.
            OSError: The folder cannot be used.
        """
        recorded = tuple(self._world.footage(request.camera_id).recorded(request.span))
        key = (request, recorded)
        while True:
            cancel.raise_if_cancelled()
            with self._lock:
                known = self._files.get(key)
                if known is not None:
                    self._files.move_to_end(key)
                    return known
                other = self._making.get(key)
                if other is None:
                    self._making[key] = threading.Event()
                    break
            other.wait(_WAIT_S)
        try:
            return self._make(key, request, cancel)
        finally:
            with self._lock:
                self._making.pop(key).set()

    def _make(self, key: object, request: PackageRequest, cancel: CancelToken) -> PackagedFile:
        with self._slot(cancel):
            made = run_packager(
                self._packager, self._world, request, self._folder, lambda _: None, cancel
            )
        with self._lock:
            self._files[key] = made
        self._evict()
        return made

    @contextmanager
    def _slot(self, cancel: CancelToken) -> Iterator[None]:
        while not self._slots.acquire(timeout=_WAIT_S):
            cancel.raise_if_cancelled()
        try:
            yield
        finally:
            self._slots.release()

    def _evict(self) -> None:
        with self._lock:
            total = sum(file.size_bytes for file in self._files.values())
            for key in list(self._files)[:-1]:
                if total <= self._max_bytes:
                    return
                if remove_file(self._files[key].path):
                    total -= self._files.pop(key).size_bytes


def _etag(path: Path, cancel: CancelToken) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            cancel.raise_if_cancelled()
            digest.update(block)
    return f'"{digest.hexdigest()}"'
