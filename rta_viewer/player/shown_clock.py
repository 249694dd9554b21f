"""Which instant is on the screen while the player shows pictures that carry no time.

Media time begins at 0 with the asked picture and never jumps; a timeline says which instants it stands for.
It runs on the monotonic clock and is set right by what is known of the pictures on the screen: libVLC shows
every one that it was given, in order, late ones too (see :mod:`rta_viewer.player.vlc_backend`). So from a
picture that is known on, each further one is the next that was fed, and the clock can neither be before it
nor reach the one after it.
"""

import threading
from collections.abc import Callable
from heapq import heappop, heappush

from rta_viewer.core.playback import MediaTimeline, PlaybackClock

JUST_BEFORE_MS = 1.0
"""A position that were the next picture's own would say that it is on the screen."""

FORGOTTEN_MS = 60_000.0
"""Where nothing is counted, what was fed so long before the latest is not waited for any more."""

_BEFORE_FIRST_MS = -1.0

_RESUME_DELAY_S = 0.2
"""After the feed ran dry the player fills its buffer again before it goes on."""


class ShownClock:
    """The clock of one fed medium. Safe from any thread.

    Args:
        picture_ms: Instant of the asked picture.
        rate: Media seconds in a second of wall-clock time.
        now_s: Monotonic seconds.
    """

    def __init__(self, picture_ms: float, rate: float, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._lock = threading.Lock()
        self._timeline = MediaTimeline()
        self._timeline.append(0.0, picture_ms)
        self._clock = PlaybackClock()
        self._clock.set_rate(rate, now_s())
        self._rate = rate
        self._fed_ms = 0.0
        self._shown_ms: float | None = None
        self._to_show: list[tuple[float, bool]] = []

    @property
    def running(self) -> bool:
        """False before the first picture, and while held."""
        return self._clock.running

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        with self._lock:
            return self._timeline.instant_at(self._media_ms())

    def due_ms(self) -> float | None:
        """Instant of the picture that should be on the screen, if the player did what it was told."""
        with self._lock:
            media_ms = min(self._clock.media_ms(self._now_s()), self._fed_ms)
            return self._timeline.instant_at(media_ms)

    def media_ms(self) -> float:
        """How far the screen has come: media time, which gaps do not count in."""
        with self._lock:
            return self._media_ms()

    def _media_ms(self) -> float:
        media_ms = min(self._clock.media_ms(self._now_s()), self._fed_ms)
        if self._shown_ms is None:
            return media_ms
        self._forget_shown()
        next_ms = self._to_show[0][0] if self._to_show else self._fed_ms
        return max(self._shown_ms, min(media_ms, next_ms - JUST_BEFORE_MS))

    def _forget_shown(self) -> None:
        shown_ms = _BEFORE_FIRST_MS if self._shown_ms is None else self._shown_ms
        while self._to_show and self._to_show[0][0] <= shown_ms:
            heappop(self._to_show)

    @property
    def waiting(self) -> int:
        """How many pictures the player was given and has not shown, as far as they are counted."""
        with self._lock:
            self._forget_shown()
            return len(self._to_show)

    def instant_at(self, at_s: float) -> float | None:
        """What the clock makes of a moment of lately, by the monotonic clock."""
        with self._lock:
            return self._timeline.instant_at(self._clock.media_ms(at_s))

    def last_ms(self) -> float | None:
        """Instant of the last picture that the player was given."""
        with self._lock:
            return self._timeline.instant_at(self._fed_ms)

    def ahead_ms(self, media_ms: float) -> float:
        """How far a media time lies ahead of what should be on the screen by now.

        By the clock alone: a player that dropped what it had shows nothing before it gets more.
        """
        with self._lock:
            return media_ms - max(0.0, self._clock.media_ms(self._now_s()))

    def begin(self, at_s: float, *, is_asked: bool) -> None:
        """The first picture is on the screen; is it the asked one, without doubt?"""
        with self._lock:
            self._clock.anchor(0.0, at_s)
            self._clock.run(at_s)
            self._shown_ms = _BEFORE_FIRST_MS if is_asked else None

    def prove(self, media_ms: float, at_s: float) -> None:
        """This media time was on the screen then, for certain."""
        with self._lock:
            self._clock.anchor(media_ms, at_s)
            self._shown_ms = media_ms

    def count(self, at_s: float, *, repeated: bool) -> None:
        """Another picture was shown.

        Args:
            at_s: Monotonic seconds.
            repeated: It is equal to the one before. libVLC shows a picture again while it has no other; only
                in a scene in which nothing moves it is the next one.
        """
        with self._lock:
            if self._shown_ms is None:
                return
            self._forget_shown()
            next_ms, still = self._to_show[0] if self._to_show else (None, False)
            if repeated:
                # Nobody sees a difference, so the clock is as good a witness: it is not set anew.
                if next_ms is not None and still and self._is_due(next_ms, at_s):
                    self._shown_ms = next_ms
                return
            self._shown_ms = next_ms
            if next_ms is not None:
                self._clock.anchor(next_ms, at_s)

    def _is_due(self, next_ms: float, at_s: float) -> bool:
        shown_ms = next_ms if self._shown_ms is None else self._shown_ms
        return self._clock.media_ms(at_s) >= (shown_ms + next_ms) / 2

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
            now_s = self._now_s()
            self._clock.anchor(self._media_ms(), now_s)
            self._clock.hold(now_s)
            self._shown_ms = None

    def go_on(self) -> None:
        """The end of :meth:`hold`."""
        with self._lock:
            self._clock.run(self._now_s())

    def set_rate(self, rate: float) -> None:
        """Another speed."""
        with self._lock:
            self._rate = rate
            self._change_rate(rate)

    def trim(self, factor: float) -> None:
        """A little slower or faster than the speed; 1.0 takes that back."""
        with self._lock:
            self._change_rate(self._rate * factor)

    def _change_rate(self, rate: float) -> None:
        now_s = self._now_s()
        self._clock.anchor(self._media_ms(), now_s)
        self._clock.set_rate(rate, now_s)

    def fed(self, media_ms: float, *, still: bool = False) -> None:
        """The player was given the picture of this media time; ``still`` if it may equal the one before."""
        with self._lock:
            now_s = self._now_s()
            if self._clock.running and self._clock.media_ms(now_s) >= self._fed_ms > 0:
                lost_ms = _RESUME_DELAY_S * 1000 * self._rate
                self._clock.anchor(self._fed_ms - lost_ms, now_s)
            self._fed_ms = max(self._fed_ms, media_ms)
            heappush(self._to_show, (media_ms, still))
            while self._to_show[0][0] < self._fed_ms - FORGOTTEN_MS:
                heappop(self._to_show)

    def continue_at(self, media_ms: float, instant_ms: float) -> None:
        """From this media time on, instants run on from there: behind a gap."""
        with self._lock:
            self._timeline.append(media_ms, instant_ms)
