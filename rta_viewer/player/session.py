"""One stretch of playing: fed from a located picture on, with the clock that tells what is on the screen."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from itertools import pairwise
from math import inf
from statistics import median
from typing import Protocol

from av.error import FFmpegError

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import MediaTimeline, PlaybackClock
from rta_viewer.core.ports import MediaRequest, Picture, PlayerBackend
from rta_viewer.errors import Cancelled, MediaError, RtaError
from rta_viewer.media import frames
from rta_viewer.media.feed_mux import FeedMuxer, carrier_of
from rta_viewer.media.gateway import GatewayStream
from rta_viewer.media.thinning import ALL, is_reference, passes
from rta_viewer.player.calibrate import Observation
from rta_viewer.player.handover import Handover
from rta_viewer.player.key_watch import KeyWatch
from rta_viewer.player.locate import Located

_log = logging.getLogger(__name__)

HIDDEN_WALL_MS = (1.0, 8.0)
"""Least and most wall-clock time between pictures that are decoded but never shown: long enough for the
player to decode each, so that the asked picture is not late."""

REACH_MS = 500.0
"""How far the clock may be wrong after a start, in wall-clock time."""

LEAD_S = 2.0
"""How far the feed may run ahead of what is shown, in wall-clock time. A full pipe alone would let hours of a
quiet camera through, all of it fetched for nothing at the next seek."""

LEAD_MEDIA_S = 6.0
"""How far in seconds of recording: what was handed over is decoded even when there is too much of it."""

_LEAD_TURN_S = 0.02

PACED_JITTER_MS = 100
"""How unevenly the pictures of a server that paces them may arrive."""

GAP_MS = 1_500
"""A jump of the recorded time beyond this is a gap, which is closed up; below, the picture just stands."""

KEPT_UP = 0.9
"""Below this share of the speed between two key pictures on the screen the player has fallen behind."""

KEY_SOON_S = 2.5
"""A key picture that is due within this time proves the clock for less than decoding its neighbours costs."""

GAP_PICTURES = 2.5
"""Cameras that take a picture every few seconds leave no gap between two of them."""

_DEFAULT_PICTURE_MS = 40.0
_RESUME_DELAY_S = 0.2
"""After the feed ran dry the player fills its buffer again before it goes on."""


class SessionOwner(Protocol):
    """Told from the session's threads; must return at once."""

    def session_picture(self, session: "PlaySession", picture: Picture) -> None:
        """A picture from the player is due."""
        ...

    def session_noted(self, session: "PlaySession", note: str) -> None:
        """A remark for the operator."""
        ...

    def session_fed(self, session: "PlaySession", error: RtaError | None) -> None:
        """All footage was handed to the player, or the stream broke."""
        ...

    def session_ended(self, session: "PlaySession", error: RtaError | None) -> None:
        """The player has shown everything, or gave up."""
        ...


@dataclass(frozen=True, slots=True)
class Start:
    """How a session begins. ``still`` is on the screen already; ``decode_ms`` is what a picture took."""

    located: Located
    still: Picture
    rate: float
    decode_ms: float


class PlaySession:
    """Owns the feed thread and the gateway; the backend is the engine's.

    Attributes:
        skip_gaps: False ends the session before the next gap instead of closing the gap up.
        continues_ms: Where pictures in another codec begin, which ended the session.
        resumes_ms: Where footage goes on behind the gap that ended the session.
        thinning: What is handed to the player from now on.
        pictures_shown: By the player, since the start.
        newest: The picture that the player showed last, None before the first.
        falls_behind: The last two key pictures on the screen were further apart than they should be.
        has_unreferenced: The stream has pictures that no other picture needs.
    """

    def __init__(
        self,
        start: Start,
        backend: PlayerBackend,
        owner: SessionOwner,
        now_s: Callable[[], float] = time.monotonic,
        *,
        skip_gaps: bool = True,
    ) -> None:
        self.located = start.located
        self.skip_gaps = skip_gaps
        self.continues_ms: float | None = None
        self.resumes_ms: float | None = None
        self.thinning = ALL
        self.pictures_shown = 0
        self.newest: Picture | None = None
        self.falls_behind = False
        self.has_unreferenced = False
        self.rate = start.rate
        self._size = (start.still.width, start.still.height)
        self._backend = backend
        self._owner = owner
        self._now_s = now_s
        self._lock = threading.Lock()
        self._timeline = MediaTimeline()
        self._timeline.append(0.0, start.located.picture_ms)
        self._clock = PlaybackClock()
        self._clock.set_rate(start.rate, now_s())
        self._fed_media_ms = 0.0
        self._offset_ms = start.located.picture_ms
        hidden = sum(unit.instant_ms < start.located.picture_ms for unit in start.located.units)
        self._hidden = hidden
        least_ms, most_ms = HIDDEN_WALL_MS
        self._hidden_ms = start.rate * min(most_ms, max(least_ms, 2 * start.decode_ms))
        self._picture_ms = self._full_picture_ms = _interval_ms(start.located.units)
        self._gap_ms = max(GAP_MS, GAP_PICTURES * self._picture_ms)
        self._received_ms = start.located.picture_ms
        self._incomplete = False
        self._sets = frames.parameter_sets(start.located.units[0])
        self._sizes: frozenset[tuple[int, int]] = frozenset()
        self._group_start_ms = start.located.units[0].instant_ms
        self._group_ms = 0.0
        self._handover = Handover(start.still, hidden)
        self._held = False
        self._closed = False
        self._uncertain = False
        self._starved_since_s: float | None = None
        self._last_shown: tuple[Picture, float] | None = None
        self._keys = KeyWatch()
        self._proof: tuple[float, float] | None = None
        self._clock_rate = start.rate
        self._shown_ms: float | None = None
        self._shown_next: list[float] = []
        self._waited_s = 0.0
        self._stop = CancelToken()
        self._gateway = GatewayStream()
        self._thread = threading.Thread(target=self._run, name="stream-feed", daemon=True)

    def start(self) -> None:
        """Begin feeding and playing."""
        self._thread.start()
        width, height = self._size
        request = MediaRequest(
            self._gateway.locator,
            rate=self.rate,
            width=width,
            height=height,
            later_sizes=lambda: self._sizes,
            demuxer=carrier_of(self.located.units[0].format).demuxer,
            reserve_ms=self._reserve_ms(),
        )
        self._backend.play(request, self)

    def _reserve_ms(self) -> int:
        """What the way to the screen takes where the server sends no sooner than it is to be shown.

        The muxer and the decoder hold pictures back to put them in order, and each one more to see its end.
        """
        if self.located.stream.delivered_speed is None:
            return 0
        held_back = 2 * self.located.reorder_depth + 2
        return round(PACED_JITTER_MS + held_back * self._picture_ms / self.rate)

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        with self._lock:
            now_s = self._now_s()
            media_ms = self._clock.media_ms(now_s)
            if media_ms > self._fed_media_ms:
                # The player has nothing to show beyond what it was given.
                self._clock.anchor(self._fed_media_ms, now_s)
                media_ms = self._fed_media_ms
            return self._timeline.instant_at(media_ms)

    @property
    def pictures_due_per_s(self) -> float:
        """How many pictures a second there are to show at the present speed, without thinning."""
        return 1000 / self._full_picture_ms * self.rate

    @property
    def fastest(self) -> float:
        """The speed up to which this stream can be shown without asking the server again."""
        delivered = self.located.stream.delivered_speed
        return inf if delivered is None else delivered

    @property
    def last_ms(self) -> float | None:
        """Instant of the last picture that the player was given."""
        with self._lock:
            return self._timeline.instant_at(self._fed_media_ms)

    def starved_s(self, now_s: float) -> float:
        """How long the feed has been waiting for the server; 0 while it has data."""
        since_s = self._starved_since_s
        return 0.0 if since_s is None else now_s - since_s

    def hold(self) -> float | None:
        """Pause; returns the instant on the screen."""
        self._backend.set_paused(True)
        instant_ms = self.position_ms()
        with self._lock:
            self._held = True
            # What is shown while it stands is not counted.
            self._proof = self._shown_ms = None
            self._clock.hold(self._now_s())
        return instant_ms

    def resume(self) -> None:
        """Go on after :meth:`hold`."""
        with self._lock:
            self._held = False
            if self._handover.done:
                self._clock.run(self._now_s())
        self._backend.set_paused(False)

    def set_rate(self, rate: float) -> None:
        """Change the speed in which the same stream is shown."""
        with self._lock:
            self.rate = self._clock_rate = rate
            self._clock.set_rate(rate, self._now_s())
            self._uncertain = self._handover.done
            self._last_shown = self._proof = None
            self.falls_behind = False
        self._backend.set_rate(rate)

    def trim(self, factor: float) -> None:
        """Show the same stream a little slower or faster; 1.0 takes that back."""
        rate = self.rate * factor
        with self._lock:
            self._clock_rate = rate
            self._clock.set_rate(rate, self._now_s())
            self._proof = None
        self._backend.set_rate(rate)

    def observe(self) -> Observation | None:
        """What the player showed last and what the clock made of it, once for each start or new speed."""
        with self._lock:
            interval_ms = self._keys.interval_ms
            if interval_ms is not None and interval_ms / 1000 / self.rate < KEY_SOON_S:
                return None
            shown, self._uncertain = self._last_shown, self._uncertain and self._last_shown is None
            self._last_shown = None
            if shown is None or self._held:
                return None
            picture, shown_s = shown
            media_ms = self._clock.media_ms(shown_s)
            presumed_ms = self._timeline.instant_at(media_ms)
        if presumed_ms is None:
            return None
        return Observation(picture, shown_s, presumed_ms, REACH_MS * max(1.0, self.rate))

    def correct(self, observation: Observation, true_ms: float) -> None:
        """Mend the clock: the observed picture was the one of ``true_ms``."""
        error_ms = true_ms - observation.presumed_ms
        with self._lock:
            now_s = self._now_s()
            self._clock.anchor(self._clock.media_ms(now_s) + error_ms, now_s)
            if abs(error_ms) >= self._picture_ms:
                self._shown_ms = None

    def close(self) -> None:
        """Stop feeding. The caller stops the backend, or gives it something else to play."""
        self._closed = True
        self._stop.cancel()
        self._gateway.close()
        self.located.close()
        self._keys.close()
        with self._lock:
            # Whoever still knows this session must not keep megabytes of pictures alive.
            self.newest = self._last_shown = None

    def join(self, timeout_s: float) -> bool:
        """Wait for the feed thread; True when it has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def picture_shown(self, picture: Picture) -> None:
        """From the backend's thread: a picture is due."""
        now_s = self._now_s()
        if self._is_silent():
            return
        # Looking takes milliseconds: never while others wait for the lock.
        key_media_ms = self._keys.recognise(picture) if self._handover.done else None
        if not self._handover.accepts(picture, now_s):
            return
        with self._lock:
            if self._is_silent():
                return
            if not self._clock.running:
                self._clock.anchor(0.0, now_s)
                self._clock.run(now_s)
                self._uncertain = True
                self._shown_ms = -1.0 if self._handover.recognised else None
            self.pictures_shown += 1
            self.newest = picture
            if key_media_ms is not None:
                self._prove(key_media_ms, now_s)
            elif not self._keys.repeats:
                self._count(now_s)
            if self._uncertain:
                self._last_shown = (picture, now_s)
        self._owner.session_picture(self, picture)

    def _is_silent(self) -> bool:
        return self._closed or self._held

    def _prove(self, media_ms: float, now_s: float) -> None:
        """This media time is on the screen: what follows from it for the clock."""
        proof, self._proof = self._proof, (media_ms, now_s)
        reached = self.rate
        if proof is not None and media_ms > proof[0] and now_s > proof[1]:
            reached = (media_ms - proof[0]) / 1000 / (now_s - proof[1])
        # A player that falls behind goes on doing so: the clock follows until it has caught up.
        self.falls_behind = reached < KEPT_UP * self.rate
        self._clock.set_rate(reached if self.falls_behind else self._clock_rate, now_s)
        self._clock.anchor(media_ms, now_s)
        self._shown_ms = media_ms
        self._uncertain = False

    def _count(self, now_s: float) -> None:
        """Another picture: every one is shown, in order, so it is the next one that was fed."""
        if self._shown_ms is None:
            return
        fed = self._shown_next
        while fed and fed[0] <= self._shown_ms:
            heappop(fed)
        self._shown_ms = heappop(fed) if fed else None
        if self._shown_ms is not None:
            self._clock.anchor(self._shown_ms, now_s)

    def media_ended(self) -> None:
        """From the backend's thread: everything was shown."""
        if not self._closed:
            self._owner.session_ended(self, None)

    def media_failed(self) -> None:
        """From the backend's thread: it could not be played."""
        if not self._closed:
            error = MediaError("The player could not play this recording.", "Try another moment.")
            self._owner.session_ended(self, error)

    def _run(self) -> None:
        error: RtaError | None = None
        try:
            self._gateway.serve(self._feed)
        except Cancelled:
            self._closed = True
        except (RtaError, FFmpegError) as err:
            # FFmpeg reports a player that stopped reading in its own way.
            error = err if isinstance(err, RtaError) else MediaError(str(err))
        except Exception:  # noqa: BLE001 - the thread's outermost line
            _log.exception("feeding the player failed")
            error = MediaError("Playing stopped by an internal fault.", "The log has the details.")
        finally:
            self.located.close()
        if not self._closed:
            self._owner.session_fed(self, error)

    def _feed(self, write: Callable[[bytes], None]) -> None:
        located = self.located
        muxer = FeedMuxer(write, located.units[0].format, reorder_depth=located.reorder_depth)
        try:
            self._feed_units(muxer)
        except RtaError:
            # The stream broke: what was received is still worth showing.
            located.collector.end(complete=False)
            muxer.close()
            raise
        located.collector.end(complete=False, settled=True)
        muxer.close()

    def _feed_units(self, muxer: FeedMuxer) -> None:
        located = self.located
        hidden = self._hidden
        for unit in located.units:
            if unit.instant_ms < located.picture_ms:
                muxer.add(unit, -hidden * self._hidden_ms)
                hidden -= 1
            else:
                self._pass_on(muxer, unit, self._media_ms(unit))
        for unit in self._arriving():
            if not unit.format.codec.is_video:
                continue
            if unit.is_key:
                self._note_change(muxer, unit)
            located.collector.add(unit)
            if unit.is_key and self._ends_before(unit):
                return
            media_ms = self._media_ms(unit)
            if self._is_decoded(unit):
                self._pass_on(muxer, unit, media_ms)

    def _arriving(self) -> Iterator[AccessUnit]:
        while True:
            began_s = self._starved_since_s = self._now_s()
            unit = next(self.located.rest, None)
            self._waited_s += self._now_s() - began_s
            self._starved_since_s = None
            if unit is None:
                return
            yield unit

    @property
    def waited_s(self) -> float:
        """Seconds since the start in which the feed waited for the server."""
        since_s = self._starved_since_s
        return self._waited_s + (0.0 if since_s is None else self._now_s() - since_s)

    def _note_change(self, muxer: FeedMuxer, key_unit: AccessUnit) -> None:
        """Another size, or other parameters, in mid-stream: the player follows the sets that come in-band."""
        self._sizes |= {(key_unit.format.width, key_unit.format.height)}
        sets = frames.parameter_sets(key_unit)
        if sets == self._sets:
            return
        self._sets = sets
        try:
            depth = frames.reorder_depth(key_unit)
        except MediaError:
            return  # the player will make of it what it can
        self.located.collector.reorder_depth = depth
        muxer.reorder_depth = max(muxer.reorder_depth, depth)

    def _ends_before(self, key_unit: AccessUnit) -> bool:
        """True where the player has to wait, or to be given another medium."""
        if not self.skip_gaps and self._is_gap(key_unit):
            self.resumes_ms = key_unit.instant_ms
        elif key_unit.format.codec is not self.located.units[0].format.codec:
            self.continues_ms = key_unit.instant_ms
        else:
            return False
        return True

    def _is_decoded(self, unit: AccessUnit) -> bool:
        if unit.is_key:
            self._incomplete = False
            self._group_ms = max(0.0, unit.instant_ms - self._group_start_ms)
            self._group_start_ms = unit.instant_ms
        into_ms = unit.instant_ms - self._group_start_ms
        wanted = passes(unit, self.thinning, into_ms / self._group_ms if self._group_ms else 0.0)
        referenced = is_reference(unit)
        self.has_unreferenced |= not referenced
        # Once a picture that others need was left out, nothing can be decoded before the next key picture.
        self._incomplete |= not wanted and referenced
        return wanted and not self._incomplete

    def _is_gap(self, unit: AccessUnit) -> bool:
        # Measured from what was received: what is left out on purpose leaves no gap.
        return unit.instant_ms - self._received_ms > self._gap_ms

    def _media_ms(self, unit: AccessUnit) -> float:
        """When a received unit is to be shown; closes gaps up."""
        jump_ms = unit.instant_ms - self._received_ms
        if self._is_gap(unit) or (jump_ms < -self._gap_ms and unit.is_key):
            self._close_gap(unit, jump_ms)
        elif jump_ms > 0:
            self._picture_ms = jump_ms
        elif not unit.is_key:
            return unit.instant_ms - self._offset_ms
        self._received_ms = unit.instant_ms
        return unit.instant_ms - self._offset_ms

    def _pass_on(self, muxer: FeedMuxer, unit: AccessUnit, media_ms: float) -> None:
        self._wait_for_player(media_ms)
        if unit.is_key:
            self._keys.offer(unit, media_ms, self.rate)
        # Written only when the player takes it: its clock must never pass what it was given.
        muxer.add(unit, media_ms)
        with self._lock:
            self._fed(media_ms)
            heappush(self._shown_next, media_ms)

    def _wait_for_player(self, media_ms: float) -> None:
        while True:
            with self._lock:
                ahead_ms = media_ms - max(0.0, self._clock.media_ms(self._now_s()))
                lead_s = LEAD_S * max(1.0, self.rate)
                if self._clock.running:
                    # Before it shows its first picture the player may want more.
                    lead_s = min(lead_s, LEAD_MEDIA_S)
            if ahead_ms <= lead_s * 1000:
                return
            if self._stop.wait(_LEAD_TURN_S):
                raise Cancelled

    def _fed(self, media_ms: float) -> None:
        now_s = self._now_s()
        starved = self._clock.running and self._clock.media_ms(now_s) >= self._fed_media_ms > 0
        if starved:
            resume_s = now_s + _RESUME_DELAY_S
            self._clock.anchor(self._fed_media_ms - (resume_s - now_s) * 1000 * self.rate, now_s)
        self._fed_media_ms = max(self._fed_media_ms, media_ms)

    def _close_gap(self, unit: AccessUnit, jump_ms: float) -> None:
        media_ms = self._received_ms - self._offset_ms + self._picture_ms
        with self._lock:
            self._offset_ms = unit.instant_ms - media_ms
            self._timeline.append(media_ms, unit.instant_ms)
        if jump_ms > 0:
            length = timedelta(seconds=round(jump_ms / 1000))
            self._owner.session_noted(self, f"Skipped {length} without footage")


def _interval_ms(units: Sequence[AccessUnit]) -> float:
    instants = sorted(unit.instant_ms for unit in units)
    steps = [later - earlier for earlier, later in pairwise(instants) if later > earlier]
    return median(steps) if steps else _DEFAULT_PICTURE_MS
