"""What the save dialog asks while it is open."""

from pathlib import Path
from typing import Protocol

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Availability
from rta_viewer.core.ports import Picture
from rta_viewer.core.save_estimate import Experience, SaveTarget
from rta_viewer.core.spans import Span


class SaveScout(Protocol):
    """Looks ahead. Every method is called on worker threads, may take long, and raises the RtaError tree."""

    def coverage(self, camera_id: str, span: Span, cancel: CancelToken) -> Availability:
        """What is recorded."""
        ...

    def still(self, camera_id: str, instant_ms: int, end_ms: int, cancel: CancelToken) -> Picture:
        """The last picture at or before the instant, else the first one after it; with its own instant."""
        ...

    def target(self, folder: Path) -> SaveTarget:
        """The folder and its drive. A network share that is gone may keep this waiting for minutes."""
        ...

    def experience(self) -> Experience:
        """What transfers from each server took lately."""
        ...
