"""What is left of a run that ended badly, as one text that may be handed to somebody. Nothing is sent."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path

from rta_viewer.core.redaction import redact
from rta_viewer.platform.files import write_atomic
from rta_viewer.platform.log import CRASH_MARK, FILES_KEPT

LOG_BYTES = 256 * 1024
STACK_BYTES = 256 * 1024

_log = logging.getLogger(__name__)

# The system's own notes about faults that somebody handled look alike, with a bare code.
_FATAL = re.compile(r"^(Fatal Python error: |Windows fatal exception: (?!code 0x))", re.MULTILINE)


class CrashReports:
    """The reports of one folder of logs. Reads and writes files: not for the GUI thread.

    Args:
        log_dir: Where :func:`rta_viewer.platform.log.start` writes.
        name: Of the log.
    """

    def __init__(self, log_dir: Path, name: str = "rta-viewer") -> None:
        self._dir = log_dir
        self._name = name
        self._stacks = log_dir / f"{name}-crash-previous.log"

    def pending(self) -> bool:
        """True when the last run crashed and nobody was told yet. From now on somebody was."""
        text = _tail(self._stacks, STACK_BYTES)
        if not _FATAL.search(text):
            return False
        told = self._dir / f"{self._name}-crash-told.log"
        try:
            self._stacks.replace(told)
        except OSError as err:
            _log.warning("The crash report stays where it is: %s", err)
        return True

    def text(self, versions: Sequence[str]) -> str:
        """The report: versions, the stacks of the last crash if there was one, the end of the log."""
        stacks = "".join(
            _tail(self._dir / f"{self._name}-crash-{kind}.log", STACK_BYTES)
            for kind in ("told", "previous")
        )
        parts = [
            "Report of RTA Viewer. It was written to a file and sent to nobody. It names servers and",
            "cameras, and holds no passwords. Read it before you hand it on.",
            "",
            *versions,
            "",
            "Last crash:",
            stacks or "none",
            "",
            "Log:",
            self._log_tail(before_the_crash=bool(stacks)),
        ]
        return _without_home(redact("\n".join(parts))) + "\n"

    def save(self, path: Path, versions: Sequence[str]) -> None:
        """Write the report; raises StorageError."""
        write_atomic(path, self.text(versions).encode("utf-8", "replace"))

    def _log_tail(self, *, before_the_crash: bool) -> str:
        """The end of the log; what the runs after the crash wrote comes behind it."""
        text = ""
        for number in range(FILES_KEPT + 1):
            suffix = f".{number}" if number else ""
            path = self._dir / f"{self._name}.log{suffix}"
            text = _tail(path, LOG_BYTES - len(text)) + text
            if len(text) >= LOG_BYTES // 2:
                break
        if before_the_crash and CRASH_MARK in text:
            before, mark, after = text.rpartition(CRASH_MARK)
            return f"{before}{mark}{after[: LOG_BYTES // 8]}"
        return text


def _tail(path: Path, most_bytes: int) -> str:
    """The last whole lines of a file; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - most_bytes))
            data = file.read(max(0, most_bytes))
    except OSError:
        return ""
    if size > most_bytes:
        data = data.partition(b"\n")[2]
    return data.decode("utf-8", "replace")


def _without_home(text: str) -> str:
    """Paths of the user's own folder begin with ``~``: they name a person."""
    try:
        home = str(Path.home())
    except RuntimeError:
        return text
    return text.replace(home, "~") if len(home) > 1 else text
