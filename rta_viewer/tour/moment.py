"""Which moment the tour is about: one that all cameras of its export recorded, whatever the time of day."""

from collections.abc import Sequence
from datetime import tzinfo

from rta_viewer.app.services import Services
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera
from rta_viewer.core.spans import Span, gaps, union
from rta_viewer.core.timescale import wall_clock
from rta_viewer.tour.own_time import OWN_TIME

_STEP_MS = 60_000
_LATEST_MS = 10 * _STEP_MS
_EARLIEST_MS = 3 * 60 * _STEP_MS
_FROM_MS = 60 * _STEP_MS


@OWN_TIME.counted
def shared_moment(
    services: Services, cameras: Sequence[Camera], needed_ms: int, zone: tzinfo
) -> int:
    """The start of so much footage of all cameras, a whole ten seconds, as near to an hour ago as can be.

    All of it is on one day of the zone, so that the calendar and the typed dates speak of that day.

    Asks the server on the GUI thread: that is the tour's own time, not the program's.

    Raises:
        RuntimeError: Nobody is signed in, or there is none in the last three hours.
        RtaError: The server does not answer.
    """
    session = services.session
    if session is None:
        msg = "nobody is signed in"
        raise RuntimeError(msg)
    now_ms = services.clock.now_ms()
    asked = Span(now_ms - _EARLIEST_MS, now_ms)
    recorded = [
        union(
            recording.span
            for recording in session.joined.availability(
                camera.camera_id, asked, CancelToken()
            ).recordings
        )
        for camera in cameras
    ]
    tries = range(_LATEST_MS, _EARLIEST_MS, _STEP_MS)
    for back_ms in sorted(tries, key=lambda back_ms: abs(back_ms - _FROM_MS)):
        start_ms = (now_ms - back_ms) // 10_000 * 10_000
        wanted = Span(start_ms, start_ms + needed_ms)
        days = {wall_clock(instant_ms, zone).date() for instant_ms in (start_ms, wanted.end_ms)}
        if len(days) == 1 and not any(gaps(spans, wanted) for spans in recorded):
            return start_ms
    msg = "the last hours have no stretch of footage that the cameras share"
    raise RuntimeError(msg)
