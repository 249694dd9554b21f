"""Short texts by key that outlive the program: where panels are, what was in the tiles, favourites.

One JSON file, read once before there is a window. It is written on a worker thread: to write a file may take
as long as the disk likes, and the window does not wait for that.
"""

import contextlib
import json
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import RtaError, StorageError
from rta_viewer.qt.workers import Lane

_log = logging.getLogger(__name__)

_SOON_MS = 500
_LARGEST_BYTES = 4 * 1024 * 1024


class KeptTexts(QObject):
    """Lives in the GUI thread.

    Args:
        path: The file; what cannot be read is nothing, and is kept beside it before it is written.
        lane: Writes it; without one it is written at :meth:`close`, on the caller's thread.
        write: ``(path, content)``: puts it on the disk, in one step if it can; raises RtaError.
    """

    def __init__(
        self,
        path: Path,
        lane: Lane | None = None,
        write: Callable[[Path, bytes], object] = Path.write_bytes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._write = write
        self._lane = lane
        found = _read(path)
        self._is_unread = found is None
        self._texts = found or {}
        self._changed = False
        self._closed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._on_timeout)

    def text(self, key: str) -> str:
        """What is kept under a key; empty for nothing."""
        return self._texts.get(key, "")

    def keys(self, group: str) -> list[str]:
        """All keys that begin with ``group/``."""
        return [key for key in self._texts if key.startswith(f"{group}/")]

    def put(self, key: str, text: str) -> None:
        """Keep this; an empty text is forgotten."""
        if self.text(key) == text:
            return
        if text:
            self._texts[key] = text
        else:
            del self._texts[key]
        self._changed = True
        if self._lane is not None and not self._closed and not self._soon.isActive():
            self._soon.start()

    def close(self) -> None:
        """Have written what is not written yet; what is put later only the next call writes. Idempotent."""
        self._closed = True
        self._soon.stop()
        self._on_timeout()

    @Slot()
    def _on_timeout(self) -> None:
        if not self._changed:
            return
        self._changed = False
        data = json.dumps(self._texts, indent=1).encode("ascii")
        if self._lane is None:
            self._put_down(data)
            return

        def work(_cancel: CancelToken) -> None:
            self._put_down(data)

        self._lane.submit(work, self, _done, _failed, must_run=True)

    def _put_down(self, data: bytes) -> None:
        """One thread at a time."""
        kept = self._keep_unread() if self._is_unread else None
        try:
            self._write(self._path, data)
        except (OSError, RtaError):
            if kept is not None:
                with contextlib.suppress(OSError):
                    kept.replace(self._path)
            raise
        self._is_unread = False

    def _keep_unread(self) -> Path | None:
        kept = self._path.with_name(f"{self._path.stem}.unread{self._path.suffix}")
        try:
            return self._path.replace(kept)
        except FileNotFoundError:
            return None
        except OSError as err:
            raise StorageError(str(err)) from err


def _read(path: Path) -> dict[str, str] | None:
    """What is kept; None where that cannot be told."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST_BYTES))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as err:
        _log.warning("%s cannot be read: %s", path, err)
        return None
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}


def _done(_result: object) -> None:
    """It is kept."""


def _failed(error: RtaError) -> None:
    _log.warning("what the window looks like was not kept: %s", error)
