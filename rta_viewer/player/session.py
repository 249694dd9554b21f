"""One stretch of playing: fed from a located picture on, with the clock that tells what is on the screen."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Protocol

from av.error import FFmpegError

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import MediaRequest, Picture, PlayerBackend
from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.errors import Cancelled, MediaError, RtaError
from rta_viewer.media import frames
from rta_viewer.media.feed_mux import FeedMuxer, carrier_of
from rta_viewer.media.gateway import GatewayStream
from rta_viewer.media.thinning import ALL
from rta_viewer.player.calibrate import Observation
from rta_viewer.player.feed_plan import FeedPlan
from rta_viewer.player.handover import Handover
from rta_viewer.player.key_watch import KeyWatch
from rta_viewer.player.locate import Located
from rta_viewer.player.shown_clock import ShownClock

_log = logging.getLogger(__name__)

REACH_MS = 500.0
"""How far the clock may be wrong after a start, in wall-clock time."""

LEAD_S = 2.0
"""How far the feed may run ahead of what is shown, in recorded time; in wall-clock time before the first
picture, when the player may want more. A full pipe alone would let hours of a quiet camera through, all of it
fetched for nothing at the next seek."""

LEAD_FAST_S = 0.75
"""How far at higher speeds, in wall-clock time: what was handed over is decoded even when there is too much
of it, and libVLC's decoder leaves out whole stretches once it was late for five seconds."""

LEAD_PICTURES = 10
"""How far in pictures at least: muxer, demuxer and decoder hold some back, many seconds of key pictures."""

STILL_PIXELS_PER_BYTE = 4096
"""A picture that is predicted without any change takes a byte for so many pixels at most."""

_LEAD_TURN_S = 0.02

PACED_JITTER_MS = 100
"""How unevenly the pictures of a server that paces them may arrive."""

KEY_SOON_S = 2.5
"""A key picture that is due within this time proves the clock for less than decoding its neighbours costs."""


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
        holds: How often it was paused.
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
        self.holds = 0
        self.rate = start.rate
        self._size = (start.still.width, start.still.height)
        self._backend = backend
        self._owner = owner
        self._now_s = now_s
        self._lock = threading.Lock()
        self._clock = ShownClock(start.located.picture_ms, start.rate, now_s)
        self._plan = FeedPlan(start.located, start.rate, start.decode_ms)
        self._sets = frames.parameter_sets(start.located.units[0])
        self._sizes: frozenset[tuple[int, int]] = frozenset()
        self._handover = Handover(start.still, self._plan.hidden)
        self._held = False
        self._closed = False
        self._uncertain = False
        self._starved_since_s: float | None = None
        self._waited_s = 0.0
        self._last_shown: tuple[Picture, float] | None = None
        self._keys = KeyWatch()
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
        return round(PACED_JITTER_MS + held_back * self._plan.picture_ms / self.rate)

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        return self._clock.position_ms()

    def due_ms(self) -> float | None:
        """Instant of the picture that should be on the screen, if the player did what it was told."""
        return self._clock.due_ms()

    def media_ms(self) -> float:
        """How far the screen has come in this stream; gaps do not count."""
        return self._clock.media_ms()

    @property
    def pictures_due_per_s(self) -> float:
        """How many pictures a second there are to show at the present speed, without thinning."""
        return 1000 / self._plan.picture_ms * self.rate

    @property
    def fastest(self) -> float:
        """The speed up to which this stream can be shown without asking the server again."""
        delivered = self.located.stream.delivered_speed
        return inf if delivered is None else delivered

    @property
    def last_ms(self) -> float | None:
        """Instant of the last picture that the player was given."""
        return self._clock.last_ms()

    @property
    def group_ms(self) -> float:
        """From one key picture to the next, as received lately; 0 before there were two."""
        return self._plan.group_ms

    @property
    def reference_share(self) -> float:
        """How many of the received pictures others are predicted from; 1.0 when all are."""
        return self._plan.reference_share

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
            self.holds += 1
            self._clock.hold()
        return instant_ms

    def resume(self) -> None:
        """Go on after :meth:`hold`."""
        with self._lock:
            self._held = False
            if self._handover.done:
                self._clock.go_on()
        self._backend.set_paused(False)

    def set_rate(self, rate: float) -> None:
        """Change the speed in which the same stream is shown."""
        with self._lock:
            self.rate = rate
            self._clock.set_rate(rate)
            self._uncertain = self._handover.done
            self._last_shown = None
        self._backend.set_rate(rate)

    def trim(self, factor: float) -> None:
        """Show the same stream a little slower or faster; 1.0 takes that back."""
        self._clock.trim(factor)
        self._backend.set_rate(self.rate * factor)

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
        presumed_ms = self._clock.instant_at(shown_s)
        if presumed_ms is None:
            return None
        return Observation(picture, shown_s, presumed_ms, REACH_MS * max(1.0, self.rate))

    def correct(self, observation: Observation, true_ms: float) -> None:
        """Mend the clock: the observed picture was the one of ``true_ms``."""
        error_ms = true_ms - observation.presumed_ms
        is_other = abs(error_ms) >= self._plan.picture_ms
        self._clock.correct(error_ms, is_other_picture=is_other)

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
        key_media_ms = None
        if self._handover.done:
            key_media_ms = self._keys.recognise(picture, self._clock.media_ms(), now_s)
        if not self._handover.accepts(picture, now_s):
            return
        with self._lock:
            if self._is_silent():
                return
            if not self._clock.running:
                self._clock.begin(now_s, is_asked=self._handover.recognised)
                self._uncertain = True
            self.pictures_shown += 1
            self.newest = picture
            if key_media_ms is not None:
                self._clock.prove(key_media_ms, now_s)
                self._uncertain = False
            else:
                self._clock.count(now_s, repeated=self._keys.repeats)
            if self._uncertain:
                self._last_shown = (picture, now_s)
        self._owner.session_picture(self, picture)

    def _is_silent(self) -> bool:
        return self._closed or self._held

    def media_ended(self) -> None:
        """From the backend's thread: everything was shown."""
        if not self._closed:
            self._owner.session_ended(self, None)

    def media_failed(self) -> None:
        """From the backend's thread: it could not be played."""
        if not self._closed:
            error = MediaError(
                tr("The player could not play this recording."), tr("Try another moment.")
            )
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
            error = MediaError(
                tr("Playing stopped by an internal fault."), tr("The log has the details.")
            )
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
        located, plan = self.located, self._plan
        for unit in located.units:
            hidden_media_ms = plan.hidden_media_ms(unit)
            if hidden_media_ms is not None:
                muxer.add(unit, hidden_media_ms)
            else:
                self._pass_on(muxer, unit, plan.media_ms(unit, self._close_gap))
        for unit in self._arriving():
            if not unit.format.codec.is_video:
                continue
            if unit.is_key:
                self._note_change(muxer, unit)
            located.collector.add(unit)
            if unit.is_key and self._ends_before(unit):
                return
            media_ms = plan.media_ms(unit, self._close_gap)
            if plan.is_decoded(unit, self.thinning):
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
        if not self.skip_gaps and self._plan.is_gap(key_unit):
            self.resumes_ms = key_unit.instant_ms
        elif key_unit.format.codec is not self.located.units[0].format.codec:
            self.continues_ms = key_unit.instant_ms
        else:
            return False
        return True

    def _pass_on(self, muxer: FeedMuxer, unit: AccessUnit, media_ms: float) -> None:
        self._wait_for_player(media_ms)
        still = len(unit.data) <= unit.format.width * unit.format.height // STILL_PIXELS_PER_BYTE
        if unit.is_key:
            still = self._keys.offer(unit, media_ms, self.rate)
        # Written only when the player takes it: its clock must never pass what it was given.
        muxer.add(unit, media_ms)
        self._clock.fed(media_ms, still=still)

    def _wait_for_player(self, media_ms: float) -> None:
        while True:
            lead_s = LEAD_S * max(1.0, self.rate)
            if self._clock.running:
                # Before it shows its first picture the player may want more.
                lead_s = max(LEAD_S, LEAD_FAST_S * self.rate)
            is_far = self._clock.ahead_ms(media_ms) > lead_s * 1000
            if not is_far or self._clock.waiting < LEAD_PICTURES:
                return
            if self._stop.wait(_LEAD_TURN_S):
                raise Cancelled

    def _close_gap(self, media_ms: float, unit: AccessUnit, jump_ms: float) -> None:
        self._clock.continue_at(media_ms, unit.instant_ms)
        if jump_ms > 0:
            length = left_to_right(str(timedelta(seconds=round(jump_ms / 1000))))
            self._owner.session_noted(self, tr("Skipped {length} without footage", length=length))
