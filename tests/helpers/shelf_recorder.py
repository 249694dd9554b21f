"""A recorder with fixed answers, for tests of what stands on top of the port."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import (
    Availability,
    Camera,
    CameraGroup,
    ExportState,
    ExportStatus,
    Fetched,
    PlaybackGrant,
    Recording,
    RecordingEvent,
    SaveRequest,
    ServerInfo,
    SignInMethod,
    TransferProgress,
)
from rta_viewer.core.ports import ProgressListener, StreamAccess
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.errors import NotOfferedError, RtaError

SHELF = ServerInfo("http://shelf", "Shelf", "1", SignInMethod.BASIC)


@dataclass
class ShelfRecorder:
    """Answers with what its attributes hold; raises ``sign_in_error`` at sign-in.

    Attributes:
        cameras_: None for a server without a camera list.
        groups_: None for a server without groups.
        recorded_bytes: Every camera has recorded all, and so much of it; None for ``availability_``.
        body: What every download and export delivers.
    """

    cameras_: Sequence[Camera] | None = ()
    groups_: Sequence[CameraGroup] | None = ()
    availability_: Availability | None = None
    recorded_bytes: int | None = None
    body: bytes = b"footage"
    sign_in_error: RtaError | None = None
    info_: ServerInfo = SHELF
    asked: list[object] = field(default_factory=list)
    closed: bool = False
    clock_offset_ms: int = 0

    def sign_in(self, cancel: CancelToken) -> ServerInfo:
        cancel.raise_if_cancelled()
        if self.sign_in_error is not None:
            raise self.sign_in_error
        return self.info_

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        if self.cameras_ is None:
            raise NotOfferedError("no cameras here")
        for camera in self.cameras_:
            yield [camera]

    def camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        for camera in self.cameras_ or ():
            if camera.camera_id == camera_id:
                return camera
        raise NotOfferedError("no such camera here")

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        if self.groups_ is None:
            raise NotOfferedError("no groups here")
        return self.groups_

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        self.asked.append((camera_id, window))
        if self.recorded_bytes is not None:
            whole = Recording(window, size_bytes=self.recorded_bytes)
            return Availability(camera_id, window, (whole,))
        return self.availability_ or Availability(camera_id, window)

    def events(self, camera_id: str, window: Span, cancel: CancelToken) -> Sequence[RecordingEvent]:
        return ()

    def playback(
        self, camera_id: str, window: Span, *, speed: int, skip_gaps: bool, cancel: CancelToken
    ) -> PlaybackGrant:
        return PlaybackGrant("rtsp://shelf/1", window)

    def fetch_clip(
        self, request: SaveRequest, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        self.asked.append(request)
        return self._deliver(part, cancel, progress)

    def create_export(self, request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        self.asked.append(request)
        return ExportStatus("e1", ExportState.QUEUED, "queued")

    def export_status(self, export_id: str, cancel: CancelToken) -> ExportStatus:
        return ExportStatus(export_id, ExportState.COMPLETED, "completed", 100.0)

    def fetch_export(
        self, status: ExportStatus, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        return self._deliver(part, cancel, progress)

    def stream_access(self) -> StreamAccess:
        return StreamAccess("anna", Secret("x"), frozenset({"shelf"}))

    def close(self) -> None:
        self.closed = True

    def _deliver(self, part: Path, cancel: CancelToken, progress: ProgressListener) -> Fetched:
        cancel.raise_if_cancelled()
        part.write_bytes(self.body)
        progress(TransferProgress(len(self.body), len(self.body)))
        return Fetched(len(self.body), hashlib.sha256(self.body).hexdigest())
