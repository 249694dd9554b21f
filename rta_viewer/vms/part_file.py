"""The unfinished file of a transfer, its running hash, and the note that lets it go on after a restart.

The note (``NAME.part.json``) says which transfer the bytes belong to, the server's validator, the size, how
many bytes are safely on the disk (after a power cut the tail of a file can be zeros), and what their sum is:
whatever else writes to the drive while nobody looks is noticed.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.filenames import note_path
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import StorageError, TargetLostError
from rta_viewer.vms.running_hash import RunningHash

_READ_BYTES = 1024 * 1024
_CHECKPOINT_BYTES = 16 * 1024 * 1024
_CHECKPOINT_EVERY_S = 2.0
"""So much of a fast transfer may have to be fetched again after a power cut."""
_SPARE_BYTES = 32 * 1024 * 1024
_MAKE_ROOM = mark("Free some space, or choose another folder; then try again.")
_MAX_NOTE_BYTES = 16 * 1024
_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_SPACE_WINDOWS = frozenset({39, 112})
_GONE = frozenset(
    getattr(errno, name)
    for name in (
        *("ENOENT", "ENODEV", "ENXIO", "EIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "ETIMEDOUT"),
        *("ECONNABORTED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH"),
    )
    if hasattr(errno, name)
)
_GONE_WINDOWS = frozenset({
    2, 3, 15, 21, 31, 51, 53, 54, 55, 59, 64, 67, 121, 433, 1006, 1112, 1117, 1167, 1231, 1232, 1236,
})  # fmt: skip
"""Not ready, network path not found, device not connected … (Microsoft, "System Error Codes")."""
_GIVEN_WAY_BYTES = 256 * 1024
_NOTED_BEFORE = ("", "https://", "http://")
"""Notes of older versions are about the server's whole address."""


@contextlib.contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the file system says into a sentence; until the end of the block a drive is asked."""
    try:
        with at_drive():
            yield
    except OSError as err:
        raise storage_error(err, path) from err


def storage_error(err: OSError, path: Path) -> StorageError:
    """The sentence for what the file system says of a file that is being written."""
    winerror = getattr(err, "winerror", None)
    if err.errno in _NO_SPACE or winerror in _NO_SPACE_WINDOWS:
        return TargetLostError(
            tr("The disk is full: {folder}.", folder=path.parent), tr(_MAKE_ROOM)
        )
    if err.errno == errno.EFBIG:
        return StorageError(
            tr("The file is too large for this drive: {folder}.", folder=path.parent),
            tr("Save it to a drive that is not FAT32, or a shorter range."),
        )
    if isinstance(err, FileNotFoundError):
        return TargetLostError(
            tr("The folder {folder} does not exist.", folder=path.parent), tr("Connect its drive.")
        )
    words = tr("{path} cannot be written: {reason}.", path=path, reason=err.strerror or err)
    # Windows calls a drive that is not ready a question of rights, and tells those who write even less.
    is_there = os.path.isdir(path.parent)  # noqa: PTH112 - Path.is_dir() may raise
    if err.errno in _GONE or winerror in _GONE_WINDOWS or not is_there:
        return TargetLostError(words, tr("Check the drive or the network share."))
    if isinstance(err, PermissionError):
        return StorageError(
            tr("{path} cannot be written.", path=path),
            tr("Choose another folder, or close the program that uses the file."),
        )
    return StorageError(words, tr("Choose another folder."))


@dataclass(frozen=True, slots=True)
class Note:
    """What is known about the transfer that a part belongs to.

    Attributes:
        etag: The server's, also a weak one; empty when it gave none.
        modified: ``Last-Modified`` as the server wrote it.
        summed_bytes: So many of the safe bytes have the sum ``sha256``; 0 where that is not known.
    """

    identity: str
    etag: str = ""
    total: int | None = None
    safe_bytes: int = 0
    complete: bool = False
    name: str = ""
    summed_bytes: int = 0
    sha256: str = ""
    modified: str = ""


class PartFile:
    """Opened for one transfer; used by one thread. All methods raise StorageError.

    Attributes:
        was_changed: What was there had changed since it was written, and was thrown away.
    """

    def __init__(self, path: Path, identity: str, cancel: CancelToken) -> None:
        self._path = path
        self._note_path = note_path(path)
        self._fresh_note_path = self._note_path.with_name(f"{self._note_path.name}.new")
        self.note = Note(_noted(identity))
        self._ours = frozenset(_noted(f"{before}{identity}") for before in _NOTED_BEFORE)
        self._size = 0
        self._hash = RunningHash()
        self._is_sum_ahead = False
        self._is_end_lost = False
        self.was_changed = False
        self._checkpoint_s = time.monotonic()
        with storage_errors(path):
            # Unbuffered: what the disk did not take must be known, not waiting in a buffer.
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
        try:
            with at_drive():
                self._pick_up(cancel)
        except BaseException:
            self._hash.close()
            # A share that has gone says so again here; what it said first is told.
            with contextlib.suppress(OSError):
                self._let_go()
            raise

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._size

    @property
    def sha256(self) -> str:
        """Of the bytes so far, lower-case hex."""
        return self._hash.hexdigest()

    def begin(self, etag: str, total: int | None, name: str, modified: str = "") -> None:
        """Note what an answer says of the file that it brings."""
        self.note = replace(
            self.note, etag=etag, total=total, name=name, modified=modified, complete=False
        )
        self._save_note()

    def learn_total(self, total: int) -> None:
        """Note what only a later answer says."""
        self.note = replace(self.note, total=total)
        self._save_note()

    def room(self, most_bytes: int) -> memoryview:
        """Memory for the next piece, free to be filled until that is written."""
        return self._hash.room(most_bytes)

    def write(self, data: bytes | memoryview) -> None:
        """Append. After a StorageError the sum is ahead of the file: only :meth:`close` follows."""
        # Summed first: that leaves the bytes where the processor copies them faster.
        self._hash.update(data)
        self._is_sum_ahead = True
        with storage_errors(self._path):
            while data:
                count = self._file.write(data) or 0
                self._size += count
                data = data[count:]
        self._is_sum_ahead = False
        if self._size - self.note.safe_bytes >= _CHECKPOINT_BYTES and self._is_due():
            self.checkpoint()

    def _is_due(self) -> bool:
        return time.monotonic() - self._checkpoint_s >= _CHECKPOINT_EVERY_S

    def tail(self, count: int) -> bytes:
        """The last bytes."""
        with storage_errors(self._path):
            self._file.seek(self._size - count)
            data = self._file.read(count)
            self._file.seek(self._size)
        return data or b""

    def restart(self) -> None:
        """Throw away what is there."""
        with storage_errors(self._path):
            self._file.seek(0)
            self._file.truncate()
        self._size = 0
        self._hash.close()
        self._hash = RunningHash()
        self._is_sum_ahead = False
        self.note = Note(self.note.identity)
        self._save_note()

    def checkpoint(self) -> None:
        """Make sure that what was written survives a power cut."""
        if self.note.safe_bytes != self._size and not self._is_end_lost:
            self._vouch(complete=self.note.complete, total=self.note.total)

    def _vouch(self, *, complete: bool, total: int | None) -> None:
        """Where the note cannot be written, the one on the disk still says what is safe."""
        self._sync()
        before = self.note
        self._note_sum()
        self.note = replace(self.note, complete=complete, total=total)
        try:
            self._save_note()
        except StorageError:
            self.note = before
            raise

    def _note_sum(self) -> None:
        """After the sync, while which a thread can have made it."""
        summed = self._size, self.sha256
        if self._is_sum_ahead:
            summed = self.note.summed_bytes, self.note.sha256
            if summed[0] > self._size:
                summed = 0, ""
        self.note = replace(
            self.note, safe_bytes=self._size, summed_bytes=summed[0], sha256=summed[1]
        )

    def _sync(self) -> None:
        # Until it has worked: the system forgets what a drive did not take, and calls the next try a success.
        self._is_end_lost = True
        with storage_errors(self._path), at_drive(self._size - self.note.safe_bytes):
            os.fsync(self._file.fileno())
        self._is_end_lost = False
        self._checkpoint_s = time.monotonic()

    def complete(self) -> None:
        """All is there."""
        self._vouch(complete=True, total=self._size)

    def require_space(self, total: int) -> None:
        """Fail now rather than when the disk is full."""
        with storage_errors(self._path):
            free = shutil.disk_usage(self._path.parent).free
        missing = total - self._size + _SPARE_BYTES - free
        if missing > 0:
            raise TargetLostError(
                tr(
                    "The disk has too little space: {megabytes:.0f} MB are missing in {folder}.",
                    megabytes=missing / 1e6,
                    folder=self._path.parent,
                ),
                tr(_MAKE_ROOM),
            )

    def close(self) -> None:
        """Keep what is there for later; where that is nothing, nothing is left behind."""
        self._hash.close()
        try:
            self._checkpoint_at_any_price()
        finally:
            with storage_errors(self._path):
                self._let_go()

    def _let_go(self) -> None:
        is_empty = False
        with contextlib.suppress(OSError):
            is_empty = os.fstat(self._file.fileno()).st_size == 0
        self._file.close()
        if is_empty:
            for one in (self._path, self._note_path, self._fresh_note_path):
                with contextlib.suppress(OSError):
                    one.unlink(missing_ok=True)

    def _checkpoint_at_any_price(self) -> None:
        """On a full disk the end of the file makes room for the note that saves the rest.

        What the note on the disk says is safe stays, as others may take the room that was made.
        """
        try:
            self.checkpoint()
        except TargetLostError:
            self._size = max(self.note.safe_bytes, self._size - _GIVEN_WAY_BYTES)
            self._is_sum_ahead = True
            with storage_errors(self._path):
                self._file.truncate(self._size)
            self.checkpoint()

    def _pick_up(self, cancel: CancelToken) -> None:
        """Go on from the bytes that the note vouches for; without a note that fits, from nothing."""
        found = _load_note(self._note_path)
        if found is None or found.identity not in self._ours:
            self.restart()
            return
        with storage_errors(self._path):
            left = min(found.safe_bytes, os.fstat(self._file.fileno()).st_size)
            found = replace(found, safe_bytes=left, complete=found.complete and left == found.total)
            self._file.truncate(left)
            self._file.seek(0)
            self._sum_up_to(min(found.summed_bytes, left), cancel)
            if found.summed_bytes and self.sha256 != found.sha256:
                self.was_changed = True
                self.restart()
                return
            self._sum_up_to(left, cancel)
        self.note = found

    def _sum_up_to(self, end: int, cancel: CancelToken) -> None:
        while self._size < end:
            cancel.raise_if_cancelled()
            data = self._file.read(min(end - self._size, _READ_BYTES)) or b""
            self._hash.update(data)
            self._size += len(data)

    def _save_note(self) -> None:
        text, fresh = json.dumps({"version": 1, **asdict(self.note)}), self._fresh_note_path
        with storage_errors(self._note_path):
            fresh.write_text(text, encoding="utf-8")
            try:
                fresh.replace(self._note_path)
            except PermissionError:
                # A virus scanner may hold it for a moment; a torn note only costs a fresh start.
                self._note_path.write_text(text, encoding="utf-8")
                fresh.unlink(missing_ok=True)


def _noted(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()


def _load_note(path: Path) -> Note | None:
    """The note, None when there is none that makes sense."""
    try:
        if path.stat().st_size > _MAX_NOTE_BYTES:
            return None
        document = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(document, dict) or document.pop("version", None) != 1:
            return None
        note = Note(**document)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    words = note.identity, note.etag, note.name, note.sha256, note.modified
    texts = all(isinstance(text, str) for text in words)
    numbers = note.safe_bytes, note.summed_bytes, note.total or 0
    counts = all(type(count) is int and count >= 0 for count in numbers)
    return note if texts and counts else None
