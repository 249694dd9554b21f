"""Fulfils the wishes of one tile: opens streams, shows pictures, starts and ends playing.

The asked picture is decoded here and shown at once; libVLC, fed from the same stream, takes over when it
has caught up. Paused, stepping and dragging show pictures decoded here, each with its exact instant.
"""

import logging
import math
import threading
import time
from dataclasses import replace
from functools import partial

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import SPEEDS, PlaybackListener, PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture, PlayerBackend
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, NetworkError, NoFootageError, RtaError
from rta_viewer.platform.memory import give_back
from rta_viewer.player.attendant import Attendant
from rta_viewer.player.gap_wait import GapWait, begins_late, clock_text, no_footage
from rta_viewer.player.locate import Located, Locator, PreviewShows, Window, still_of
from rta_viewer.player.null_backend import NullBackend
from rta_viewer.player.parts import EngineParts
from rta_viewer.player.reconnect import Reconnect
from rta_viewer.player.reverse import ReverseWalk
from rta_viewer.player.session import PlaySession, Start
from rta_viewer.player.stepping import step_from
from rta_viewer.player.wishes import (
    Event,
    Run,
    Scrub,
    Seek,
    SkipGaps,
    Speed,
    Step,
    Trim,
    Wait,
    Wish,
    WishBox,
)

_log = logging.getLogger(__name__)

TICK_S = 0.5
KEEP_HELD_S = 15.0
"""A paused stream is let go after this: servers end sessions that nobody reads."""

CLOSE_LIMIT_S = 10.0


class Conductor:
    """All that happens on an engine's thread.

    :meth:`position_ms`, :meth:`status` and the callbacks of sessions and walks may be called from any
    thread, everything else from the engine's.
    """

    def __init__(self, parts: EngineParts, listener: PlaybackListener, box: WishBox) -> None:
        self._parts = parts
        self._backend: PlayerBackend = NullBackend()
        self._no_player: RtaError | None = None
        self._locator = Locator(parts.camera_id, parts.source, parts.cache)
        self._listener = listener
        self._lock = threading.Lock()
        self._status = PlaybackStatus()
        self._session: PlaySession | None = None
        self._walk: ReverseWalk | None = None
        self._gap: GapWait | None = None
        self._reconnect: Reconnect | None = None
        self._skip_gaps = True
        self._retired: list[PlaySession | ReverseWalk] = []
        self._still_ms: float | None = None
        self._wanted_ms: float | None = None
        self._attendant = Attendant(parts.cache, parts.camera_id)
        self._held_since_s: float | None = None
        self._waits_until_s: float | None = None
        self._attempt = 0
        self._box = box

    def begin(self) -> None:
        """Make the player; where that is impossible, paused pictures are shown all the same."""
        try:
            self._backend = self._parts.backend()
        except RtaError as err:
            self._no_player = err

    def end(self) -> None:
        """Stop everything and wait for it (bounded)."""
        self._end_session()
        self._locator.forget_stills()
        self._parts.source.close()
        self._backend.close()
        for runner in self._retired:
            runner.join(CLOSE_LIMIT_S)
        # They know this object: nobody would look for what they hold before it is given back.
        self._retired.clear()
        give_back()

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        with self._lock:
            session, still_ms, gap = self._session, self._still_ms, self._gap
            playing = self._status.state == PlaybackState.PLAYING
        if gap is not None:
            return gap.position_ms()
        if session is not None and playing:
            return session.position_ms()
        return still_ms

    def status(self) -> PlaybackStatus:
        """The whole state."""
        position_ms = self.position_ms()
        with self._lock:
            return replace(self._status, instant_ms=position_ms)

    def session_picture(self, session: PlaySession, picture: Picture) -> None:
        """From libVLC's thread."""
        if session is self._session:
            self._listener.picture_shown(picture)
            if (picture.width, picture.height) != (self._status.width, self._status.height):
                self._change(width=picture.width, height=picture.height)

    def session_noted(self, session: PlaySession, note: str) -> None:
        """From the feed's thread."""
        self._box.post(Event(session, "noted:" + note))

    def session_fed(self, session: PlaySession, error: RtaError | None) -> None:
        """From the feed's thread."""
        self._box.post(Event(session, "fed", error))

    def session_ended(self, session: PlaySession, error: RtaError | None) -> None:
        """From libVLC's thread."""
        self._box.post(Event(session, "ended", error))

    def walk_picture(self, walk: ReverseWalk, picture: Picture) -> None:
        """From the walk's thread."""
        with self._lock:
            if walk is not self._walk:
                return
            self._still_ms = self._wanted_ms = picture.instant_ms
        self._listener.picture_shown(picture)

    def walk_ended(self, walk: ReverseWalk, error: RtaError | None) -> None:
        """From the walk's thread."""
        self._box.post(Event(walk, "walked", error))

    def next_turn_s(self) -> float:
        """Seconds until :meth:`tick` is due when no wish comes before."""
        turns = [TICK_S]
        if self._gap is not None:
            turns.append(self._gap.left_s())
        if self._waits_until_s is not None:
            turns.append(max(0.0, self._waits_until_s - time.monotonic()))
        if self._reconnect is not None:
            turns.append(self._reconnect.left_s())
        return min(turns)

    def _wait(self, seconds: float) -> None:
        session = self._session
        if session is None or self._held_since_s is not None or self._waits_until_s is not None:
            return
        session.hold()
        self._waits_until_s = time.monotonic() + seconds

    def _end_wait(self) -> None:
        if self._waits_until_s is not None and time.monotonic() >= self._waits_until_s:
            self._waits_until_s = None
            self._attendant.measure_anew()
            if self._session is not None:
                self._session.resume()

    def fulfil(self, wish: Wish, cancel: CancelToken) -> None:
        """Do it; raises the RtaError tree, Cancelled when a later wish interrupts."""
        match wish:
            case Seek(instant_ms, playing):
                self._attempt = 0
                self._attendant.trust_again()
                self._go(instant_ms, cancel, playing=playing)
            case Scrub(instant_ms):
                self._scrub(instant_ms, cancel)
            case Step(pictures):
                self._step(pictures, cancel)
            case Run(True):
                self._play(cancel)
            case Run(False):
                self._pause()
            case Speed(speed):
                self._set_speed(speed, cancel)
            case Event():
                self._take_note(wish, cancel)
            case Trim() | Wait() | SkipGaps():
                self._adjust(wish)

    def _adjust(self, wish: Trim | Wait | SkipGaps) -> None:
        session = self._session
        match wish:
            case Trim(factor) if session is not None and self._held_since_s is None:
                session.trim(factor)
            case Wait(seconds):
                self._wait(seconds)
            case SkipGaps(skip):
                self._skip_gaps = skip
                if session is not None:
                    session.skip_gaps = skip

    def _go(self, instant_ms: int, cancel: CancelToken, *, playing: bool) -> None:
        started_s = time.monotonic()
        self._end_session()
        self._wanted_ms = instant_ms
        self._change(
            state=PlaybackState.OPENING,
            message="",
            hint="",
            note="",
            error=None,
            speed_effective=None,
        )
        cached = self._locator.cached_picture(instant_ms)
        if cached is not None:
            self._show(cached, started_s)
        if not playing:
            still = cached or self._locator.picture(self._window(instant_ms), cancel)
            if cached is None and begins_late(still, instant_ms):
                raise no_footage(instant_ms, still.instant_ms)
            cancel.raise_if_cancelled()
            self._show(still, started_s)
            self._change(state=PlaybackState.PAUSED)
            return
        if self._status.speed_asked < 0:
            self._show(cached or self._locator.picture(self._window(instant_ms), cancel), started_s)
            self._start_walk(instant_ms)
            return
        located = self._locator.open(self._window(instant_ms), cancel)
        try:
            still = still_of(located, cancel)
            cancel.raise_if_cancelled()
        except BaseException:
            located.close()
            raise
        if begins_late(still, instant_ms) and not self._skip_gaps:
            located.close()
            self._wait_through_gap(instant_ms, still.instant_ms or instant_ms)
            return
        if begins_late(still, instant_ms):
            start = clock_text(still.instant_ms or instant_ms)
            self._change(note=tr("Skipped to {start}: no footage before", start=start))
        self._show(still, started_s)
        if self._no_player is not None:
            located.close()
            raise self._no_player
        self._start(located, still, located.stills.decode_ms)
        # Decoded pictures are large, and nobody steps or drags while it plays.
        located.stills.forget()

    def _window(self, instant_ms: int) -> Window:
        end_ms = max(self._parts.end_ms(), instant_ms + 1)
        # Slow motion and backwards need nothing from the server that 1x does not give.
        return Window(instant_ms, end_ms, max(1.0, self._status.speed_asked))

    def _start(self, located: Located, still: Picture, decode_ms: float) -> None:
        delivered = located.stream.delivered_speed
        asked = self._status.speed_asked
        rate = asked if delivered is None else min(asked, delivered)
        session = PlaySession(
            Start(located, still, rate, decode_ms), self._backend, self, skip_gaps=self._skip_gaps
        )
        with self._lock:
            self._session = session
        self._attendant.begin(session, time.monotonic())
        media_format = located.units[0].format
        self._change(
            state=PlaybackState.PLAYING,
            codec=media_format.codec.value,
            lost_units=located.stream.lost_units,
        )
        session.start()

    def _wait_through_gap(self, from_ms: float, until_ms: float) -> None:
        with self._lock:
            self._gap = GapWait(from_ms, until_ms, max(0.25, self._status.speed_asked))
            self._wanted_ms = self._still_ms = from_ms
        hint = tr("The next recording starts at {time}.", time=clock_text(until_ms))
        self._change(state=PlaybackState.GAP, message=tr("No footage here."), hint=hint)

    def _leave_gap(self) -> None:
        with self._lock:
            gap, self._gap = self._gap, None
            if gap is not None:
                self._wanted_ms = self._still_ms = gap.position_ms()

    def _end_gap(self, gap: GapWait, cancel: CancelToken) -> None:
        try:
            self._go(math.ceil(gap.until_ms), cancel, playing=True)
        except NetworkError:
            self._retry_later(gap.until_ms)

    def _start_walk(self, from_ms: float) -> None:
        parts = self._parts
        locator = Locator(parts.camera_id, parts.source, parts.cache)
        self._attendant.measure_anew()
        with self._lock:
            self._walk = ReverseWalk(locator, from_ms, -self._status.speed_asked, self)
        self._change(state=PlaybackState.PLAYING)

    def _end_walk(self) -> None:
        with self._lock:
            walk, self._walk = self._walk, None
        if walk is not None:
            walk.close()
            self._retire(walk)

    def _retire(self, runner: "PlaySession | ReverseWalk") -> None:
        self._retired = [old for old in self._retired if not old.join(0)] + [runner]

    def _end_session(self) -> None:
        self._reconnect = None
        self._leave_gap()
        self._end_walk()
        with self._lock:
            session, self._session = self._session, None
            if session is not None and self._status.state == PlaybackState.PLAYING:
                position_ms = session.position_ms()
                if position_ms is not None:
                    self._still_ms = self._wanted_ms = position_ms
        self._held_since_s = self._waits_until_s = None
        self._attendant.end()
        if session is not None:
            session.close()
            self._backend.stop()
            self._retire(session)

    def _show(
        self, picture: Picture, started_s: float | None = None, *, preview: bool = False
    ) -> None:
        changes: dict[str, object] = {
            "width": picture.width,
            "height": picture.height,
            "preview": preview,
        }
        if started_s is not None:
            changes["first_picture_ms"] = (time.monotonic() - started_s) * 1000
        with self._lock:
            self._still_ms = self._wanted_ms = picture.instant_ms
        self._listener.picture_shown(picture)
        self._change(**changes)

    def _play(self, cancel: CancelToken) -> None:
        session = self._session
        if session is not None and self._held_since_s is not None:
            self._held_since_s = None
            self._attendant.measure_anew()
            self._change(state=PlaybackState.PLAYING)
            session.resume()
        elif self._reconnect is not None:
            self._try_again(self._reconnect)
        elif session is None and self._walk is None and self._wanted_ms is not None:
            self._go(math.ceil(self._wanted_ms), cancel, playing=True)

    def _pause(self) -> None:
        if self._gap is not None:
            self._leave_gap()
            self._change(state=PlaybackState.NO_FOOTAGE)
        if self._reconnect is not None:
            self._reconnect = None
            self._change(state=PlaybackState.PAUSED, message="", hint="", speed_effective=None)
        if self._walk is not None:
            self._end_walk()
            self._change(state=PlaybackState.PAUSED, speed_effective=None)
        session = self._session
        if session is None or self._held_since_s is not None:
            return
        instant_ms = session.hold()
        self._waits_until_s = None
        self._held_since_s = time.monotonic()
        with self._lock:
            self._still_ms = instant_ms
        self._change(state=PlaybackState.PAUSED, speed_effective=None)
        if instant_ms is not None:
            still = self._received_picture(session, instant_ms)
            if still is not None:
                self._show(still)

    def _received_picture(self, session: PlaySession, instant_ms: float) -> Picture | None:
        session.located.collector.share()
        return self._locator.cached_picture(instant_ms)

    def _set_speed(self, speed: float, cancel: CancelToken) -> None:
        if speed == self._status.speed_asked:
            return
        self._change(speed_asked=speed, speed_effective=None)
        self._attendant.measure_anew()
        session = self._session
        if self._gap is not None:
            until_ms = self._gap.until_ms
            self._leave_gap()
            self._wait_through_gap(self._still_ms or until_ms, until_ms)
            return
        if session is None and self._walk is None:
            return
        if session is not None and 0 < speed <= session.fastest:
            session.set_rate(speed)
            self._attendant.expect_all()
            self._change(note="")
        elif self._held_since_s is not None:
            self._end_session()
        else:
            position_ms = session.position_ms() if session is not None else self._still_ms
            if position_ms is not None:
                self._go(math.ceil(position_ms), cancel, playing=True)

    def _scrub(self, instant_ms: int, cancel: CancelToken) -> None:
        self._end_session()
        if self._status.state != PlaybackState.PAUSED:
            self._change(state=PlaybackState.PAUSED, message="", hint="", note="")
        try:
            shows = PreviewShows(near=partial(self._show, preview=True), exact=self._show)
            self._locator.preview(self._window(instant_ms), cancel, self._box.superseded, shows)
        except NoFootageError:
            return  # the release of the mouse says it; while dragging the last picture stays

    def _step(self, pictures: int, cancel: CancelToken) -> None:
        self._pause()
        if self._still_ms is None:
            return
        # A server that paces shall send the group that is stepped in as fast as it can.
        window = replace(self._window(math.ceil(self._still_ms)), speed=max(SPEEDS))
        picture = step_from(self._locator, window, pictures, cancel)
        self._end_session()
        self._show(picture)
        self._change(state=PlaybackState.PAUSED, message="", hint="")

    def _take_note(self, event: Event, cancel: CancelToken) -> None:
        session = self._session
        if self._walk is not None and event.source is self._walk:
            self._end_walked(event.error)
            return
        if session is None or event.source is not session:
            return
        if event.name.startswith("noted:"):
            self._change(note=event.name.removeprefix("noted:"))
        elif event.error is not None:
            self._lose(event.error)
        elif event.name == "ended" and self._held_since_s is None:
            if session.continues_ms is not None:
                self._go(math.ceil(session.continues_ms), cancel, playing=True)
                return
            last_ms, resumes_ms = session.last_ms, session.resumes_ms
            self._end(last_ms)
            if resumes_ms is not None and last_ms is not None:
                self._wait_through_gap(last_ms, resumes_ms)

    def _end_walked(self, error: Exception | None) -> None:
        if error is not None:
            self._lose(error)
            return
        self._end_walk()
        self._change(state=PlaybackState.ENDED, message=tr("Beginning of the recordings."))

    def _end(self, last_ms: float | None) -> None:
        self._end_session()
        # libVLC drops its last picture at times; the operator should see where the footage ends.
        last = self._locator.cached_picture(last_ms) if last_ms is not None else None
        if last is not None:
            self._show(last)
        self._change(state=PlaybackState.ENDED, message=tr("End of the recordings."))

    def _lose(self, error: Exception) -> None:
        """What plays broke: try again when the server may be back, unless the operator has paused."""
        position_ms = self.position_ms()
        held = self._held_since_s is not None
        self._end_session()
        if held:
            return  # going on opens it again
        if position_ms is None or not isinstance(error, NetworkError):
            raise error
        self._retry_later(position_ms)

    def _retry_later(self, position_ms: float) -> None:
        self._reconnect = Reconnect(position_ms, self._attempt)
        self._attempt += 1
        self._say_reconnecting()

    def _say_reconnecting(self) -> None:
        self._change(
            state=PlaybackState.RECONNECTING,
            message=tr("The connection to the recording server was lost."),
            hint=tr("Trying again (attempt {attempt}).", attempt=self._attempt),
            speed_effective=None,
        )

    def _try_again(self, reconnect: Reconnect) -> None:
        """One attempt, which any wish of the operator's interrupts: a pause must not wait for a server."""
        try:
            self._go(math.ceil(reconnect.position_ms), self._box.superseded, playing=True)
        except NetworkError as err:
            _log.info("reconnecting failed: %s", err)
            self._end_session()
            self._retry_later(reconnect.position_ms)
        except Cancelled:
            self._reconnect = reconnect
            self._say_reconnecting()
            raise

    def tick(self, cancel: CancelToken) -> None:
        """Time has passed: measure, mend the clock, go on after a wait; raises as :meth:`fulfil`."""
        self._end_wait()
        session, now_s = self._session, time.monotonic()
        if self._gap is not None or self._reconnect is not None:
            self._end_standstill(cancel)
            return
        if session is not None:
            self._attendant.calibrate(session, cancel)
            if self._held_since_s is not None:
                if now_s - self._held_since_s > KEEP_HELD_S:
                    self._end_session()
                return
        elif self._walk is None:
            return
        position_ms = self.position_ms()
        if position_ms is None:
            return
        self._measure_speed(now_s, position_ms)
        if session is not None:
            self._change(lost_units=session.located.stream.lost_units)
            note = self._attendant.load_note(session, now_s)
            if note is not None:
                self._change(note=note)
            self._watch(session, now_s, cancel)

    def _end_standstill(self, cancel: CancelToken) -> None:
        if self._gap is not None:
            if self._gap.left_s() <= 0:
                self._end_gap(self._gap, cancel)
        elif self._reconnect is not None and self._reconnect.left_s() <= 0:
            self._try_again(self._reconnect)

    def _watch(self, session: PlaySession, now_s: float, cancel: CancelToken) -> None:
        """Start again when the player shows nothing although it has pictures to show."""
        if self._waits_until_s is not None or self._held_since_s is not None:
            self._attendant.rest(now_s)
            return
        expected = partial(self._received_picture, session)
        alive_ms = self._attendant.stopped_at(session, now_s, expected)
        if alive_ms is None:
            return
        self._go(math.ceil(alive_ms), cancel, playing=True)
        note = tr("The player had stopped; started again at {time}", time=clock_text(alive_ms))
        self._change(note=note)

    def _measure_speed(self, now_s: float, position_ms: float) -> None:
        speed = self._attendant.speed(now_s, position_ms, self._status.speed_asked)
        if speed is not None:
            self._change(speed_effective=round(speed, 2))
            self._attempt = self._attempt if speed == 0 else 0

    def fail(self, error: RtaError) -> None:
        """A wish could not be fulfilled: stop and say why."""
        self._end_session()
        state = (
            PlaybackState.NO_FOOTAGE if isinstance(error, NoFootageError) else PlaybackState.FAILED
        )
        self._change(state=state, message=error.summary, hint=error.hint, error=error)

    def _change(self, **changes: object) -> None:
        with self._lock:
            status = replace(self._status, **changes)  # type: ignore[arg-type]  # names are checked by replace
            if status == self._status:
                return
            self._status = status
        if not self._box.closed:
            self._listener.status_changed(self.status())
