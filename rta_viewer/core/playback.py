"""The playback engine as its users see it, and the clock that says which instant is on the screen."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rta_viewer.core.ports import Picture
from rta_viewer.errors import RtaError

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""The speeds forward that an operator can choose."""


REVERSE_SPEEDS = (-1.0, -2.0, -4.0, -8.0)
"""The speeds backward, by key pictures."""


class PlaybackState(StrEnum):
    """What a tile is doing."""

    IDLE = "idle"
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    GAP = "gap"
    NO_FOOTAGE = "no_footage"
    ENDED = "ended"
    RECONNECTING = "reconnecting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlaybackStatus:
    """A snapshot of one engine.

    Attributes:
        instant_ms: UTC instant of the picture on the screen, None before there is one.
        speed_effective: Media seconds per second that are really shown, None until measured.
        message: One sentence for the operator, empty when all is well.
        hint: What to do about it.
        note: Passing remark (a gap that was skipped, pictures thinned).
        error: Why the state is FAILED or NO_FOOTAGE, for those who handle errors by kind.
        preview: The picture on the screen lies before the asked one, which is not decoded yet (dragging).
        lost_units: Pictures lost to damaged or missing data since the stream was opened.
    """

    state: PlaybackState = PlaybackState.IDLE
    instant_ms: float | None = None
    speed_asked: float = 1.0
    speed_effective: float | None = None
    message: str = ""
    hint: str = ""
    note: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0
    preview: bool = False
    lost_units: int = 0
    first_picture_ms: float | None = None
    error: RtaError | None = None


class PlaybackListener(Protocol):
    """Told from the engine's threads; must return at once."""

    def picture_shown(self, picture: Picture) -> None:
        """Show this one now. ``instant_ms`` is set when known exactly (paused, scrubbing, first picture)."""
        ...

    def status_changed(self, status: PlaybackStatus) -> None:
        """State, speed or message changed. The position alone is polled, not told."""
        ...


class PlaybackEngine(Protocol):
    """Plays one camera. All methods return at once and are called from one thread (the GUI's)."""

    def seek(self, instant_ms: int, *, playing: bool) -> None:
        """Show the last picture at or before the instant, then play on or stay. Latest call wins."""
        ...

    def play(self) -> None:
        """Go on from the instant on the screen."""
        ...

    def pause(self) -> None:
        """Hold on the picture on the screen."""
        ...

    def set_speed(self, speed: float) -> None:
        """One of ``SPEEDS`` or ``REVERSE_SPEEDS``; keeps the position."""
        ...

    def trim(self, factor: float) -> None:
        """Play a little slower or faster than the chosen speed, to come into step with others."""
        ...

    def wait(self, seconds: float) -> None:
        """Hold the picture for a moment of wall-clock time, to let others come into step."""
        ...

    def set_skip_gaps(self, skip: bool) -> None:
        """Jump over stretches without footage (as at first), or wait through them in their own time."""
        ...

    def scrub(self, instant_ms: int) -> None:
        """Show a picture near the instant while the operator drags; end with :meth:`seek`."""
        ...

    def step(self, pictures: int) -> None:
        """Pause and move by whole pictures, forward or back."""
        ...

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen. Cheap; any thread."""
        ...

    def status(self) -> PlaybackStatus:
        """The whole state. Cheap; any thread."""
        ...

    def close(self) -> None:
        """Stop and let go of everything; nothing is reported afterwards."""
        ...


class MediaTimeline:
    """Maps the seconds of one fed medium to UTC instants, piece by piece. Not thread-safe.

    The player only knows a media time that starts at 0 and never jumps; recordings have gaps. Each
    :meth:`append` says: from this media time on, instants run on from here.
    """

    def __init__(self) -> None:
        self._media_ms: list[float] = []
        self._instants_ms: list[float] = []

    def append(self, media_ms: float, instant_ms: float) -> None:
        """Add a piece; media times must not decrease."""
        if self._media_ms and media_ms < self._media_ms[-1]:
            msg = "media time runs backwards"
            raise ValueError(msg)
        self._media_ms.append(media_ms)
        self._instants_ms.append(instant_ms)

    def instant_at(self, media_ms: float) -> float | None:
        """The instant shown at a media time; None before the first piece was added."""
        if not self._media_ms:
            return None
        index = max(0, bisect_right(self._media_ms, media_ms) - 1)
        instant = self._instants_ms[index] + (media_ms - self._media_ms[index])
        return max(instant, self._instants_ms[index])


class PlaybackClock:
    """Media time by the monotonic clock: anchored to a shown picture, run at a rate, held when paused."""

    def __init__(self) -> None:
        self._anchor_media_ms = 0.0
        self._anchor_s = 0.0
        self._rate = 1.0
        self._running = False

    def anchor(self, media_ms: float, now_s: float) -> None:
        """This media time is on the screen right now."""
        self._anchor_media_ms = media_ms
        self._anchor_s = now_s

    def media_ms(self, now_s: float) -> float:
        """The media time on the screen."""
        if not self._running:
            return self._anchor_media_ms
        return self._anchor_media_ms + (now_s - self._anchor_s) * 1000 * self._rate

    def run(self, now_s: float) -> None:
        """Start, or go on after :meth:`hold`."""
        if not self._running:
            self._anchor_s = now_s
            self._running = True

    def hold(self, now_s: float) -> None:
        """Stand still: paused, or stalled for want of data."""
        self._anchor_media_ms = self.media_ms(now_s)
        self._anchor_s = now_s
        self._running = False

    def set_rate(self, rate: float, now_s: float) -> None:
        """Change the rate without moving the position."""
        self._anchor_media_ms = self.media_ms(now_s)
        self._anchor_s = now_s
        self._rate = rate

    @property
    def running(self) -> bool:
        """True between :meth:`run` and :meth:`hold`."""
        return self._running
