"""A recorder in memory for tests of jobs: real video files, and troubles on request."""

import functools
import hashlib
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind
from rta_viewer.core.model import (
    Availability,
    ExportState,
    ExportStatus,
    Fetched,
    Recording,
    SaveRequest,
    TransferProgress,
)
from rta_viewer.core.ports import ProgressListener
from rta_viewer.core.spans import Span
from rta_viewer.errors import NotFoundError
from rta_viewer.vms.negotiate import NO_EXPORT

SPAN = Span(1_761_300_000_000, 1_761_300_003_000)


@functools.cache
def video(seconds: int = 3, width: int = 64, height: int = 48) -> bytes:
    """A small MP4 of that length."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "video.mp4"
        with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("libx264", rate=10)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            stream.options = {"preset": "ultrafast"}
            for number in range(seconds * 10):
                frame = av.VideoFrame(width, height, "yuv420p")
                for plane in frame.planes:
                    plane.update(bytes([number * 7 % 256]) * plane.buffer_size)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path.read_bytes()


class JobRecorder:
    """Only what jobs use of a recorder.

    Attributes:
        body: What every file holds.
        troubles: Raised by the method of that name, oldest first, before it does anything.
        polls: Answers of ``export_status``, oldest first; when used up, "completed".
        calls: Names of the methods that were called.
        during_fetch: Called in the middle of every transfer.
        during_part: The same, with the unfinished file.
    """

    def __init__(self, body: bytes | None = None) -> None:
        self.body = video() if body is None else body
        self.troubles: dict[str, deque[Exception]] = {}
        self.polls: deque[ExportStatus | Exception] = deque()
        self.calls: list[str] = []
        self.requests: list[SaveRequest] = []
        self.during_fetch: Callable[[CancelToken], None] = lambda cancel: None
        self.during_part: Callable[[Path], None] = lambda part: None
        self.recorded: tuple[Span, ...] = (SPAN,)
        self.size_bytes: int | None = None
        self.clock_offset_ms = 0
        self._lock = threading.Lock()
        self._exports = 0

    def fail(self, method: str, *errors: Exception) -> None:
        self.troubles.setdefault(method, deque()).extend(errors)

    def count(self, method: str) -> int:
        return self.calls.count(method)

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self._enter("availability", cancel)
        recordings = (Recording(part) for span in self.recorded if (part := span.clip(window)))
        return Availability(camera_id, window, tuple(recordings))

    def fetch_clip(
        self, request: SaveRequest, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        self._enter("fetch_clip", cancel)
        self.requests.append(request)
        return self._bring(part, cancel, progress)

    def create_export(self, request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        self._enter("create_export", cancel)
        with self._lock:
            self._exports += 1
            self.requests.append(request)
            return ExportStatus(f"e{self._exports}", ExportState.QUEUED, "queued")

    def export_status(self, export_id: str, cancel: CancelToken) -> ExportStatus:
        self._enter("export_status", cancel)
        if export_id == NO_EXPORT:
            raise NotFoundError("The server does not know that.")
        with self._lock:
            answer = self.polls.popleft() if self.polls else completed(export_id, self._size())
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetch_export(
        self, status: ExportStatus, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        self._enter("fetch_export", cancel)
        return self._bring(part, cancel, progress)

    def _size(self) -> int:
        return len(self.body) if self.size_bytes is None else self.size_bytes

    def _enter(self, method: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        with self._lock:
            self.calls.append(method)
            waiting = self.troubles.get(method)
            trouble = waiting.popleft() if waiting else None
        if trouble is not None:
            raise trouble

    def _bring(self, part: Path, cancel: CancelToken, progress: ProgressListener) -> Fetched:
        half = len(self.body) // 2
        part.write_bytes(self.body[:half])
        progress(TransferProgress(half, len(self.body)))
        self.during_fetch(cancel)
        self.during_part(part)
        cancel.raise_if_cancelled()
        part.write_bytes(self.body)
        progress(TransferProgress(len(self.body), len(self.body)))
        return Fetched(len(self.body), hashlib.sha256(self.body).hexdigest(), "server.mp4")


def completed(export_id: str = "e1", size_bytes: int | None = None) -> ExportStatus:
    """What a server says at the end."""
    return ExportStatus(
        export_id, ExportState.COMPLETED, "completed", 100.0, 0.0, "/file", size_bytes, 9_999_999
    )


def working(percent: float, word: str = "processing") -> ExportStatus:
    """What a server says before."""
    state = ExportState(word) if word in set(ExportState) else ExportState.UNKNOWN
    return ExportStatus("e1", state, word, percent)


def forgotten() -> NotFoundError:
    """What a restarted server says."""
    return NotFoundError("The server does not know this export any more.")


def job(job_id: str = "a", **more: object) -> Job:
    """A job with odd but legal values."""
    made = Job(
        job_id=job_id,
        kind=JobKind.EXPORT,
        server="https://server",
        username="Jörg",
        camera_id="{c}",
        camera_name="Küche ☃",
        span=Span(-5, 7_000_000_000_000),
        folder=Path("some") / "folder",
        file_name="a.mp4",
        created_ms=3,
        updated_ms=4,
    )
    return replace(made, **more)  # type: ignore[arg-type]
