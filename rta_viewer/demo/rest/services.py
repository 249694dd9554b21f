"""What the endpoints share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.exports import ExportJobs
from rta_viewer.demo.http_faults import HttpFaults
from rta_viewer.demo.package_store import PackageStore
from rta_viewer.demo.request_log import RequestLog
from rta_viewer.demo.rest.messages import ApiError, invalid, recording_not_found
from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.demo.rest.rate_limit import RateLimiter
from rta_viewer.demo.rest.sign_in import SignIn
from rta_viewer.demo.world import DemoCamera, DemoEvent, DemoGap, RecordedSequence, World
from rta_viewer.errors import (
    BusyError,
    Cancelled,
    NoFootageError,
    NotFoundError,
    RtaError,
    StorageError,
    UsageError,
)

_LONGEST_WINDOW_MS = 3700 * 86_400_000


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one server.

    Attributes:
        stream_base: ``rtsp://host:port`` for the host by which a client reached us.
        playbacks: How many RTSP sessions there are.
        stop: Set when the server closes.
        started_s: The monotonic clock at the start.
    """

    world: World
    options: RestOptions
    faults: HttpFaults
    log: RequestLog
    sign_in: SignIn
    limiter: RateLimiter
    exports: ExportJobs
    packages: PackageStore
    stream_base: Callable[[str], str]
    playbacks: Callable[[], int] = lambda: 0
    stop: CancelToken = field(default_factory=CancelToken)
    started_s: float = 0.0

    def camera(self, camera_id: str) -> DemoCamera:
        """One camera; ApiError 404 when there is none."""
        camera = self.world.camera(camera_id)
        if camera is None:
            raise camera_not_found()
        return camera

    def online_camera(self, camera_id: str) -> DemoCamera:
        """One camera that sends pictures now; ApiError 409 when it does not."""
        camera = self.camera(camera_id)
        if camera.offline or not camera.enabled:
            raise ApiError(
                HTTPStatus.CONFLICT, "CAMERA_OFFLINE", f"The camera {camera.name} is offline."
            )
        return camera

    def sequences(self, camera_id: str, window: Span) -> list[RecordedSequence]:
        """Recordings in the window; ApiError 404 or 400."""
        try:
            visible = self._recorded_part(camera_id, window)
            return self.world.sequences(camera_id, visible) if visible else []
        except KeyError as err:
            raise camera_not_found() from err

    def gaps(self, camera_id: str, window: Span) -> list[DemoGap]:
        """Gaps in the window; ApiError 404 or 400."""
        try:
            return self.world.gaps(camera_id, _bounded(window))
        except KeyError as err:
            raise camera_not_found() from err

    def events(self, camera_id: str, window: Span) -> list[DemoEvent]:
        """Events in the window; ApiError 404 or 400."""
        try:
            visible = self._recorded_part(camera_id, window)
            return self.world.events(camera_id, visible) if visible else []
        except KeyError as err:
            raise camera_not_found() from err

    def _recorded_part(self, camera_id: str, window: Span) -> Span | None:
        """From the first to the last footage in the window: the rest of a wide window costs nothing."""
        recorded = self.world.footage(camera_id).recorded(_bounded(window))
        return Span(recorded[0].start_ms, recorded[-1].end_ms) if recorded else None


def camera_not_found() -> ApiError:
    """404: no camera of that id."""
    return ApiError(HTTPStatus.NOT_FOUND, "CAMERA_NOT_FOUND", "There is no such camera.")


def refusal_for(err: RtaError) -> ApiError:
    """The contract's words for a failure of the server's own work."""
    if isinstance(err, NoFootageError):
        return recording_not_found(str(err))
    if isinstance(err, NotFoundError):
        return camera_not_found()
    if isinstance(err, UsageError):
        return invalid(str(err))
    if isinstance(err, BusyError | Cancelled):
        return ApiError(HTTPStatus.SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", str(err))
    if isinstance(err, StorageError):
        return ApiError(HTTPStatus.INSUFFICIENT_STORAGE, "INTERNAL_ERROR", str(err))
    return ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", str(err))


def _bounded(window: Span) -> Span:
    if window.duration_ms > _LONGEST_WINDOW_MS:
        raise invalid("The time from startTime to endTime is longer than ten years.")
    return window
