"""Playing without a window, to measure: what a camera's recording gives at an instant.

Uses the same engine and the same libVLC as the window; only nobody looks.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, NetworkError, RtaError
from rta_viewer.media.gop_cache import CachedGop
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.snapshot import save_snapshot

FIRST_PICTURE_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """What to measure: from an instant, at a speed, for so many seconds of wall-clock time."""

    at_ms: int
    speed: float = 1.0
    seconds: float = 3.0
    snapshot: Path | None = None


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What was measured.

    Attributes:
        first_picture_ms: From the request to the first picture, milliseconds.
        first_picture_at_ms: UTC instant of that picture.
        speed_effective: Media seconds per second; None when it could not be measured.
        key_frame_distance_s: Median of what was seen; None with fewer than two key frames.
        lost: Access units lost to missing or damaged data.
    """

    first_picture_ms: float
    first_picture_at_ms: float
    speed_asked: float
    speed_effective: float | None
    codec: str
    width: int
    height: int
    key_frame_distance_s: float | None
    lost: int
    pictures_shown: int
    note: str


def probe(
    parts: EngineParts,
    request: ProbeRequest,
    *,
    cancel: CancelToken,
    progress: Callable[[float], None] = lambda _share: None,
) -> ProbeReport:
    """Play and measure; blocks.

    Raises:
        NoFootageError: Nothing was recorded there.
        NetworkError, SignInError, ServerError, MediaError: As the source says.
        Cancelled: The token was set.
    """
    watcher = _Watcher()
    engine = StreamEngine(parts, watcher)
    try:
        engine.set_speed(request.speed)
        started_s = time.monotonic()
        engine.seek(request.at_ms, playing=True)
        first_s, first = watcher.wait_for_picture(cancel)
        if request.snapshot is not None:
            save_snapshot(first, request.snapshot)
        speed = _measure_speed(engine, watcher, request.seconds, cancel, progress)
        status = engine.status()
    finally:
        engine.close()
    return ProbeReport(
        first_picture_ms=(first_s - started_s) * 1000,
        first_picture_at_ms=first.instant_ms or float(request.at_ms),
        speed_asked=request.speed,
        speed_effective=speed,
        codec=status.codec,
        width=first.width,
        height=first.height,
        key_frame_distance_s=_key_frame_distance_s(parts),
        lost=status.lost_units,
        pictures_shown=watcher.pictures,
        note=status.note,
    )


class _Watcher:
    """Stands where the window would."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._first: tuple[float, Picture] | None = None
        self._status = PlaybackStatus()
        self._fault: RtaError | None = None
        self.pictures = 0

    def picture_shown(self, picture: Picture) -> None:
        with self._condition:
            self.pictures += 1
            if self._first is None:
                self._first = (time.monotonic(), picture)
            self._condition.notify_all()

    def status_changed(self, status: PlaybackStatus) -> None:
        with self._condition:
            self._status = status
            self._fault = _fault_of(status)
            self._condition.notify_all()

    def wait_for_picture(self, cancel: CancelToken) -> tuple[float, Picture]:
        """The first picture and when it came."""
        limit_s = time.monotonic() + FIRST_PICTURE_LIMIT_S
        with self._condition:
            while self._first is None:
                cancel.raise_if_cancelled()
                if self._fault is not None:
                    raise self._fault
                if time.monotonic() > limit_s:
                    raise NetworkError(tr("No picture arrived."), tr("Try again later."))
                self._condition.wait(0.1)
            return self._first

    def wait_for(
        self, wanted: Callable[[PlaybackStatus], bool], timeout_s: float, cancel: CancelToken
    ) -> bool:
        """Wait until the status is a wanted one; False when the time is up first."""
        limit_s = time.monotonic() + timeout_s
        with self._condition:
            while not wanted(self._status):
                cancel.raise_if_cancelled()
                if self._fault is not None:
                    raise self._fault
                remaining_s = limit_s - time.monotonic()
                if remaining_s <= 0:
                    return False
                self._condition.wait(min(0.1, remaining_s))
            return True


def _fault_of(status: PlaybackStatus) -> RtaError | None:
    if status.state in (PlaybackState.NO_FOOTAGE, PlaybackState.FAILED):
        return status.error or MediaError(status.message, status.hint)
    return None


_SETTLE_LIMIT_S = 5.0
_OVER = frozenset({PlaybackState.ENDED, PlaybackState.NO_FOOTAGE, PlaybackState.FAILED})


def _is_over(status: PlaybackStatus) -> bool:
    return status.state in _OVER


def _runs(status: PlaybackStatus) -> bool:
    """True once the engine has checked its clock against a picture and seen it run, or all is over."""
    return bool(status.speed_effective) or _is_over(status)


def _measure_speed(
    engine: StreamEngine,
    watcher: _Watcher,
    seconds: float,
    cancel: CancelToken,
    progress: Callable[[float], None],
) -> float | None:
    # A clock that is mended meanwhile would count as speed.
    watcher.wait_for(_runs, _SETTLE_LIMIT_S, cancel)
    from_s, from_ms = time.monotonic(), engine.position_ms()
    while (passed_s := time.monotonic() - from_s) < seconds:
        progress(passed_s / seconds)
        if watcher.wait_for(_is_over, min(0.2, seconds - passed_s), cancel):
            return None
    to_ms = engine.position_ms()
    if from_ms is None or to_ms is None or seconds <= 0:
        return None
    return (to_ms - from_ms) / 1000 / (time.monotonic() - from_s)


def _key_frame_distance_s(parts: EngineParts) -> float | None:
    gops = parts.cache.all_of(parts.camera_id)
    lengths = [_length_ms(gop) for gop in gops if gop.complete]
    return round(median(lengths) / 1000, 3) if lengths else None


def _length_ms(gop: CachedGop) -> float:
    return gop.end_ms - gop.start_ms
