"""Which instant is on the screen while the player shows pictures that carry no time.

Media time begins at 0 with the asked picture and never jumps; a timeline says which instants it stands for.
It runs on the monotonic clock and is set right by what is known of the pictures on the screen.
"""

import threading
from collections.abc import Callable
from heapq import heappop, heappush

from rta_viewer.core.playback import MediaTimeline, PlaybackClock

KEPT_UP = 0.9
"""Below this share of the speed between two proven pictures the player has fallen behind."""

_RESUME_DELAY_S = 0.2
"""After the feed ran dry the player fills its buffer again before it goes on."""


class ShownClock:
    """The clock of one fed medium. Safe from any thread.

    Args:
        picture_ms: Instant of the asked picture.
        rate: Media seconds in a second of wall-clock time.
        now_s: Monotonic seconds.

    Attributes:
        falls_behind: The last two proven pictures were further apart than they should be.
    """

    def __init__(self, picture_ms: float, rate: float, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._lock = threading.Lock()
        self._timeline = MediaTimeline()
        self._timeline.append(0.0, picture_ms)
        self._clock = PlaybackClock()
        self._clock.set_rate(rate, now_s())
        self._rate = self._wanted_rate = rate
        self._fed_ms = 0.0
        self._proof: tuple[float, float] | None = None
        self._shown_ms: float | None = None
        self._to_show: list[float] = []
        self.falls_behind = False

    @property
    def running(self) -> bool:
        """False before the first picture, and while held."""
        return self._clock.running

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        with self._lock:
            now_s = self._now_s()
            media_ms = self._clock.media_ms(now_s)
            if media_ms > self._fed_ms:
                # The player has nothing to show beyond what it was given.
                self._clock.anchor(self._fed_ms, now_s)
                media_ms = self._fed_ms
            return self._timeline.instant_at(media_ms)

    def instant_at(self, at_s: float) -> float | None:
        """What the clock makes of a moment of lately, by the monotonic clock."""
        with self._lock:
            return self._timeline.instant_at(self._clock.media_ms(at_s))

    def last_ms(self) -> float | None:
        """Instant of the last picture that the player was given."""
        with self._lock:
            return self._timeline.instant_at(self._fed_ms)

    def ahead_ms(self, media_ms: float) -> float:
        """How far a media time lies ahead of what is shown."""
        with self._lock:
            return media_ms - max(0.0, self._clock.media_ms(self._now_s()))

    def begin(self, at_s: float, *, is_asked: bool) -> None:
        """The first picture is on the screen; is it the asked one, without doubt?"""
        with self._lock:
            self._clock.anchor(0.0, at_s)
            self._clock.run(at_s)
            self._shown_ms = -1.0 if is_asked else None

    def prove(self, media_ms: float, at_s: float) -> None:
        """This media time was on the screen then, for certain."""
        with self._lock:
            proof, self._proof = self._proof, (media_ms, at_s)
            reached = self._rate
            if proof is not None and media_ms > proof[0] and at_s > proof[1]:
                reached = (media_ms - proof[0]) / 1000 / (at_s - proof[1])
            self.falls_behind = reached < KEPT_UP * self._rate
            # Who falls behind goes on doing so: at the wanted rate the clock would run ahead of each picture.
            self._clock.set_rate(reached if self.falls_behind else self._wanted_rate, at_s)
            self._clock.anchor(media_ms, at_s)
            self._shown_ms = media_ms

    def count(self, at_s: float) -> None:
        """Another picture was shown: every one is, in order, so it is the next one that was fed."""
        with self._lock:
            if self._shown_ms is None:
                return
            fed = self._to_show
            while fed and fed[0] <= self._shown_ms:
                heappop(fed)
            self._shown_ms = heappop(fed) if fed else None
            if self._shown_ms is not None:
                self._clock.anchor(self._shown_ms, at_s)

    def correct(self, error_ms: float, *, is_other_picture: bool) -> None:
        """The clock was behind by so much; counting begins anew at the next proof where it was wrong."""
        with self._lock:
            now_s = self._now_s()
            self._clock.anchor(self._clock.media_ms(now_s) + error_ms, now_s)
            if is_other_picture:
                self._shown_ms = None

    def hold(self) -> None:
        """Stand still. What is shown meanwhile is not counted."""
        with self._lock:
            self._proof = self._shown_ms = None
            self._clock.hold(self._now_s())

    def go_on(self) -> None:
        """The end of :meth:`hold`."""
        with self._lock:
            self._clock.run(self._now_s())

    def set_rate(self, rate: float) -> None:
        """Another speed."""
        with self._lock:
            self._rate = rate
            self._change_rate(rate)
            self.falls_behind = False

    def trim(self, factor: float) -> None:
        """A little slower or faster than the speed; 1.0 takes that back."""
        with self._lock:
            self._change_rate(self._rate * factor)

    def _change_rate(self, rate: float) -> None:
        self._wanted_rate = rate
        self._clock.set_rate(rate, self._now_s())
        self._proof = None

    def fed(self, media_ms: float) -> None:
        """The player was given the picture of this media time."""
        with self._lock:
            now_s = self._now_s()
            if self._clock.running and self._clock.media_ms(now_s) >= self._fed_ms > 0:
                lost_ms = _RESUME_DELAY_S * 1000 * self._rate
                self._clock.anchor(self._fed_ms - lost_ms, now_s)
            self._fed_ms = max(self._fed_ms, media_ms)
            heappush(self._to_show, media_ms)

    def continue_at(self, media_ms: float, instant_ms: float) -> None:
        """From this media time on, instants run on from there: behind a gap."""
        with self._lock:
            self._timeline.append(media_ms, instant_ms)
