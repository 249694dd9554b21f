"""What the save dialog asks, answered from memory."""

import threading
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability, Recording
from rta_viewer.core.ports import Picture
from rta_viewer.core.save_estimate import Experience, SaveTarget
from rta_viewer.core.spans import Span
from tests.helpers.ui_world import picture

PICTURE_MS = 40


class FakeScout:
    """Implements :class:`~rta_viewer.core.save_ports.SaveScout`.

    Attributes:
        covered: Answers by camera; the others have recorded all.
        errors: Raised by the method of that name.
        gate: Folders are looked at while it is open.
        recorded: Servers say what was recorded while it is open.
        asked: What was asked, oldest first, without what was cancelled before its turn.
        threads: The names of the threads that asked.
    """

    def __init__(self) -> None:
        self.covered: dict[str, Availability] = {}
        self.free_bytes: int | None = 50_000_000_000
        self.largest_file_bytes: int | None = None
        self.longest_path_chars: int | None = None
        self.problem = ""
        self.known = Experience()
        self.errors: dict[str, Exception] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.recorded = threading.Event()
        self.recorded.set()
        self.asked: list[tuple[object, ...]] = []
        self.threads: set[str] = set()

    def coverage(self, camera_id: str, span: Span, cancel: CancelToken) -> Availability:
        assert self.recorded.wait(20)
        self._note("coverage", camera_id, span)
        whole = Availability(camera_id, span, (Recording(span, codec="H264"),))
        return self.covered.get(camera_id, whole)

    def still(self, camera_id: str, instant_ms: int, end_ms: int, cancel: CancelToken) -> Picture:
        self._note("still", camera_id, instant_ms, end_ms)
        return picture(64, 36, instant_ms // PICTURE_MS * PICTURE_MS)

    def target(self, folder: Path) -> SaveTarget:
        assert self.gate.wait(10)
        self._note("target", folder)
        return SaveTarget(
            folder,
            self.free_bytes,
            0,
            self.largest_file_bytes,
            self.problem,
            self.longest_path_chars,
        )

    def experience(self) -> Experience:
        self._note("experience")
        return self.known

    def _note(self, name: str, *what: object) -> None:
        self.asked.append((name, *what))
        self.threads.add(threading.current_thread().name)
        if name in self.errors:
            raise self.errors[name]
