"""Opens replay streams of one camera over RTSP. The door of this package."""

import logging
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from rta_viewer.core.access_unit import TimeSource
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.texts import tr
from rta_viewer.errors import (
    Cancelled,
    NetworkError,
    NotOfferedError,
    RtaError,
    ServerError,
    UsageError,
)
from rta_viewer.media.rtsp import backwards, ladder
from rta_viewer.media.rtsp.answers import info_of_track
from rta_viewer.media.rtsp.backwards import DirectionCheck, DirectionRefusedError
from rta_viewer.media.rtsp.clock_map import Anchor, TrackClock
from rta_viewer.media.rtsp.connection import connect
from rta_viewer.media.rtsp.feed import TrackFeed
from rta_viewer.media.rtsp.ladder import Agreed, Ask, TryAgainError
from rta_viewer.media.rtsp.memory import Memories, ServerMemory, SpeedWay, StartWay
from rta_viewer.media.rtsp.pace import Pace
from rta_viewer.media.rtsp.session import RedirectedError, RefusedError, RtspSession
from rta_viewer.media.rtsp.stream import RtspReplayStream
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from rta_viewer.media.rtsp.tracks import clock_rate
from rta_viewer.media.rtsp.url import Endpoint, start_in_url

_log = logging.getLogger(__name__)

_MAX_TRIES = 10
_MAX_REDIRECTS = 5
_SAME_MS = 2.0
_PROMPT_S = 3.0
_NOT_TWICE = 455

GrantUrl = Callable[[int, int, int, CancelToken], str]


@dataclass(frozen=True, slots=True)
class _Parked:
    """A closed stream whose session was asked to pause."""

    stream: RtspReplayStream
    url: str
    pause_cseq: int


class RtspReplaySource:
    """Implements :class:`~rta_viewer.core.ports.ReplaySource`.

    A session whose stream was closed is paused and kept: the next :meth:`open` plays it from another instant,
    without asking the REST side or connecting again. Safe from several threads; streams that are open at the
    same time have connections of their own.

    Args:
        grant_url: Asks the server for a playback URL: start and end in UTC milliseconds, speed.
        access: Credentials, and where they may go.
        clock: Monotonic seconds.
        timeouts: How long to wait for what.
        memories: What is known about servers; shared by the sources of the program.
        tls: Replaces the system's trust store.
        sound: Whether to set up the sound too.
    """

    def __init__(
        self,
        grant_url: GrantUrl,
        access: StreamAccess,
        *,
        clock: Callable[[], float] = time.monotonic,
        timeouts: RtspTimeouts | None = None,
        memories: Memories | None = None,
        tls: ssl.SSLContext | None = None,
        sound: bool = True,
    ) -> None:
        self._grant_url = grant_url
        self._access = access
        self._clock = clock
        self._timeouts = timeouts or RtspTimeouts()
        self._memories = memories or Memories()
        self._tls = tls
        self._sound = sound
        self._lock = threading.Lock()
        self._parked: _Parked | None = None
        self._streams: set[RtspReplayStream] = set()
        self._closed = False
        self._last_memory = ServerMemory()

    def open(
        self,
        start_ms: int,
        end_ms: int,
        *,
        speed: float,
        key_frames_only: bool,
        cancel: CancelToken,
    ) -> RtspReplayStream:
        """Begin at the key frame at or before ``start_ms``; in a gap, at the next footage.

        A ``speed`` below 0 gives key pictures from there down to ``end_ms``, the latest first.

        Raises:
            NotOfferedError: The server does not play backwards.
            NoFootageError: Nothing there or later (backwards: or earlier).
            NotFoundError: The server does not have the stream.
            SignInError: Credentials refused, or not to be sent there.
            NetworkError, ServerError, MediaError, Cancelled: See the summary.
        """
        ask = Ask(start_ms, end_ms, speed, key_frames_only or speed < 0)
        if end_ms == start_ms or (end_ms < start_ms) != ask.backwards:
            raise UsageError(tr("The end of the time to play is not after its start."))
        with self._lock:
            parked, self._parked = self._parked, None
        if parked is not None:
            stream = self._replay(parked, ask, cancel)
            if stream is not None:
                return stream
        for _ in range(_MAX_TRIES):
            cancel.raise_if_cancelled()
            if ask.backwards:
                backwards.check(self._last_memory)
            try:
                return self._open_fresh(ask, cancel)
            except TryAgainError:
                _log.debug("asking the stream's server in another way")
        raise ServerError(
            tr("The recording server and the viewer find no common way to play."),
            tr("Ask the server's administrator which kind of RTSP replay it offers."),
        )

    def close(self) -> None:
        """Drop the connection that was kept for re-use, and end streams that are still open."""
        with self._lock:
            self._closed = True
            parked, self._parked = self._parked, None
            streams = list(self._streams)
        for stream in streams:
            stream.close()
        if parked is not None:
            parked.stream.session.end()

    def _open_fresh(self, ask: Ask, cancel: CancelToken) -> RtspReplayStream:
        by_url = ask.fast and self._last_memory.speed_way is SpeedWay.URL
        url = self._grant_url(*ask.window_ms, round(ask.speed) if by_url else 1, cancel)
        session = self._connect(url, cancel)
        try:
            _check_speed_in_url(session, ask, by_url=by_url)
            session.setup(cancel, sound=self._sound and not ask.key_frames_only)
            session.npt_base_ms = _npt_base_ms(session, ask, url)
            if ask.backwards:
                backwards.check(session.memory)
            return self._play(session, ask, url, cancel)
        except BaseException:
            session.end()
            raise

    def _connect(self, url: str, cancel: CancelToken) -> RtspSession:
        """Connect and describe, following redirects within the trusted hosts."""
        endpoint = Endpoint.parse(url)
        if self._access.use_host:
            endpoint = endpoint.with_host(self._access.use_host)
        for _ in range(_MAX_REDIRECTS + 1):
            memory = self._memories.of(endpoint.host, endpoint.port)
            self._last_memory = memory
            connection = connect(
                endpoint,
                self._access,
                self._timeouts,
                cancel,
                challenge=memory.challenge,
                tls=self._tls,
                clock=self._clock,
            )
            session = RtspSession(connection, memory, self._timeouts, self._clock)
            try:
                session.describe(cancel)
            except RedirectedError as redirect:
                session.end()
                endpoint = endpoint.redirected(redirect.location, self._access.trusted_hosts)
            except BaseException:
                session.end()
                raise
            else:
                return session
        raise NetworkError(
            tr("The stream is redirected from one address to the next without end."),
            tr("Ask the server's administrator."),
        )

    def _play(
        self,
        session: RtspSession,
        ask: Ask,
        url: str,
        cancel: CancelToken,
        previous_cseq: int | None = None,
    ) -> RtspReplayStream:
        asking = self._ask_backwards if ask.backwards else self._ask_to_play
        agreed, way = asking(session, ask, url, cancel)
        pace = self._pace(session, agreed)
        stream = RtspReplayStream(
            session,
            self._feeds(session, ask, agreed, pace, previous_cseq),
            ask,
            agreed.speed,
            self._timeouts,
            cancel,
            lambda closed: self._park(closed, pace, url),
            self._clock,
            DirectionCheck(session.memory, ask.start_ms) if ask.backwards else None,
        )
        stream.distinguishable = any(info.sequence is not None for info in agreed.answer.rtp_info)
        again = previous_cseq is not None
        stream.prime(_PROMPT_S if again else self._timeouts.silence_s + 1)
        session.memory.start_way, session.memory.start_known = way, True
        with self._lock:
            self._streams.add(stream)
        return stream

    def _ask_to_play(
        self, session: RtspSession, ask: Ask, url: str, cancel: CancelToken
    ) -> tuple[Agreed, StartWay]:
        ladder.check_footage(session, ask)
        way = session.memory.start_way
        while True:
            try:
                answer = session.play(ladder.play_fields(session, ask, way), cancel)
            except RefusedError as refused:
                if session.last_cseq:
                    raise refused.error from refused
                way = ladder.after_refusal(session, ask, way, refused)
                continue
            if ladder.believable(answer, ask):
                return ladder.agree(session, ask, url, answer), way
            session.memory.start_way, session.memory.start_known = StartWay.NPT, False
            raise TryAgainError

    def _ask_backwards(
        self, session: RtspSession, ask: Ask, _url: str, cancel: CancelToken
    ) -> tuple[Agreed, StartWay]:
        way = session.memory.start_way
        while True:
            try:
                answer = session.play(backwards.fields(session, ask, way), cancel)
            except RefusedError as refused:
                if session.last_cseq and refused.response.status == _NOT_TWICE:
                    raise refused.error from refused
                way = backwards.after_refusal(session, way, refused)
                continue
            if ladder.believable(answer, ask):
                return backwards.agree(session, ask, answer), way
            session.memory.start_way, session.memory.start_known = StartWay.NPT, False
            raise TryAgainError

    def _pace(self, session: RtspSession, agreed: Agreed) -> Pace:
        rate = session.tracks[0].media.frame_rate
        return Pace(agreed.speed or 1.0, session.memory.media_time_rtp, 1 / rate if rate else 0.0)

    def _feeds(
        self,
        session: RtspSession,
        ask: Ask,
        agreed: Agreed,
        pace: Pace,
        previous_cseq: int | None,
    ) -> list[TrackFeed]:
        feeds = []
        for position, track in enumerate(session.tracks):
            info = info_of_track(agreed.answer.rtp_info, track.url, position)
            anchor = Anchor(
                instant_ms=agreed.start_ms,
                end_ms=float(ask.end_ms),
                timestamp=info.rtp_time if info is not None else None,
                source=TimeSource.RTP_INFO if agreed.start_named else TimeSource.ASKED_START,
                exact=agreed.start_named and abs(agreed.start_ms - ask.start_ms) > _SAME_MS,
                play_time_ms=agreed.play_time_ms,
            )
            again = previous_cseq is not None
            rate = clock_rate(track.payload)
            feeds.append(
                TrackFeed(
                    track.depacketizer,
                    track.payload.payload_type,
                    TrackClock(rate, anchor),
                    pace,
                    rate,
                    first_sequence=info.sequence if again and info is not None else None,
                    stale_cseq=previous_cseq & 0xFF if previous_cseq is not None else None,
                )
            )
        return feeds

    def _park(self, stream: RtspReplayStream, pace: Pace, url: str) -> None:
        """Keep a closed stream's session for the next seek, if the server plays a session twice."""
        session = stream.session
        with self._lock:
            self._streams.discard(stream)
        if pace.measured:
            session.memory.media_time_rtp = pace.media_time
        usable = session.memory.reuse and not stream.broken and stream.distinguishable
        by_url = StartWay.URL is session.memory.start_way
        pause_cseq = session.pause() if usable and not by_url else None
        if pause_cseq is not None:
            with self._lock:
                if not self._closed and self._parked is None:
                    self._parked = _Parked(stream, url, pause_cseq)
                    return
        session.end()

    def _replay(self, parked: _Parked, ask: Ask, cancel: CancelToken) -> RtspReplayStream | None:
        """Play a parked session from another instant; None when it has to be done afresh."""
        session = parked.stream.session
        if session.memory.speed_way is SpeedWay.URL and ask.fast:
            session.end()
            return None
        if not _covers(session, ask):
            session.end()
            return None
        try:
            deadline_s = self._clock() + self._timeouts.answer_s
            if parked.stream.settle() and session.connection.drain(
                parked.pause_cseq, deadline_s, cancel
            ):
                for track in session.tracks:
                    track.depacketizer.reset()
                return self._play(session, ask, parked.url, cancel, session.last_cseq)
        except Cancelled:
            session.end()
            raise
        except (DirectionRefusedError, NotOfferedError):
            _log.debug("a kept session does not play backwards")
        except (TryAgainError, ServerError):
            session.memory.reuse = False
        except RtaError as err:
            _log.debug("a kept session cannot be used: %s", err.summary)
        session.end()
        return None


def _check_speed_in_url(session: RtspSession, ask: Ask, *, by_url: bool) -> None:
    """Ask for another URL when this server turns out to want (or not to want) the speed in it."""
    if by_url != (ask.fast and session.memory.speed_way is SpeedWay.URL):
        raise TryAgainError


def _covers(session: RtspSession, ask: Ask) -> bool:
    """False when a kept session's address may begin after what is wanted now.

    Servers differ in whether ``Range: clock`` may lead out of what the address names; forwards it was always
    tried and never refused. Play time cannot be negative.
    """
    if not ask.backwards and session.memory.start_way is StartWay.CLOCK:
        return True
    return session.npt_base_ms is None or ask.window_ms[0] >= session.npt_base_ms


def _npt_base_ms(session: RtspSession, ask: Ask, url: str) -> float:
    """The instant of play time 0: where the description starts, else the URL, else what was asked."""
    clock = session.description.clock_range()
    if clock is not None and clock.start_ms is not None:
        return clock.start_ms
    started = start_in_url(url)
    return float(ask.window_ms[0]) if started is None else started
