"""One RTSP session: its tracks, its state, and the sender that plays it."""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from rta_viewer.core.clock import Clock
from rta_viewer.demo.footage.model import CameraFootage
from rta_viewer.demo.rtsp.faults import RtspFaults
from rta_viewer.demo.rtsp.message import Request, RtspFailure
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.outlet import Outlet
from rta_viewer.demo.rtsp.play import PlayAsk, Playing, parse_play
from rta_viewer.demo.rtsp.presentation import Presentation
from rta_viewer.demo.rtsp.ranges import format_range
from rta_viewer.demo.rtsp.resolve import Position, Resolver
from rta_viewer.demo.rtsp.sender import SendContext, Sender
from rta_viewer.demo.rtsp.track import Progress, Track, TrackCount

MAX_QUEUED = 8


class Session:
    """Used by its connection's thread; only :meth:`following` is called by the sender.

    Args:
        outlet: Of the connection that carries the media.
    """

    def __init__(
        self,
        presentation: Presentation,
        footage: CameraFootage,
        clock: Clock,
        options: RtspOptions,
        faults: RtspFaults,
        outlet: Outlet,
    ) -> None:
        self.session_id = secrets.token_hex(8)
        self.presentation = presentation
        self.replay_marks = False
        self.tracks: dict[int, Track] = {}
        self._footage = footage
        self._clock = clock
        self._options = options
        self._faults = faults
        self._outlet = outlet
        self._resolver = Resolver(presentation, footage, clock, options)
        self._lock = threading.Lock()
        self._sender: Sender | None = None
        self._ended = False
        self._retired: list[Sender] = []
        self._progress = Progress({})
        self._epoch_ms: float | None = None
        self._position: Position | None = None
        self._waiting: deque[Playing] = deque()
        self._touched_s = time.monotonic()

    def touch(self) -> None:
        """The client is alive."""
        self._touched_s = time.monotonic()

    @property
    def expires_s(self) -> float:
        """When it ends unless touched, on the monotonic clock."""
        return self._touched_s + self._options.session_timeout_s

    @property
    def is_playing(self) -> bool:
        """A sender is at work."""
        return self._current() is not None

    def _current(self) -> Sender | None:
        with self._lock:
            return None if self._ended else self._sender

    def add_track(self, track: Track) -> None:
        """Take the result of a SETUP.

        Raises:
            RtspFailure: 455 while playing.
        """
        if self.is_playing:
            raise RtspFailure(455)
        self.tracks[track.number] = track
        self._progress = Progress(
            {**self._progress.counts, track.number: TrackCount()}, self._progress.rtp_ms
        )

    def play(self, request: Request) -> tuple[list[tuple[str, str]], Callable[[], None]]:
        """Headers of the answer, and what to do once the answer is on its way.

        Raises:
            RtspFailure: 455, 457, 400.
        """
        ask = parse_play(request, self._options, self._resolver.whole()[0])
        if not self.tracks:
            raise RtspFailure(455)
        seeks = ask.asked is not None and ask.asked.start_ms is not None
        if seeks and not self._options.seek_in_session and self._epoch_ms is not None:
            raise RtspFailure(455)
        current = self._current()
        if current is not None and seeks and not ask.immediate:
            return self._enqueue(ask)
        if current is not None and not seeks and _same_wishes(ask, current.playing):
            return self._answer_headers(current.playing, None), _nothing
        return self._replace(ask, drop=seeks)

    def _enqueue(self, ask: PlayAsk) -> tuple[list[tuple[str, str]], Callable[[], None]]:
        playing = self._resolver.resolve(ask, None)
        with self._lock:
            if len(self._waiting) >= MAX_QUEUED:
                raise RtspFailure(455)
            self._waiting.append(playing)
        return self._answer_headers(playing, None), _nothing

    def _replace(
        self, ask: PlayAsk, *, drop: bool
    ) -> tuple[list[tuple[str, str]], Callable[[], None]]:
        if drop:
            # A range that cannot be played leaves the stream that plays alone.
            playing = self._resolver.resolve(ask, None)
            self._halt(drop=True)
        else:
            self._halt(drop=False)
            playing = self._resolver.resolve(ask, self._position)
        origin_ms = self._rtp_origin(playing, self._progress)
        context = SendContext(
            self._footage,
            tuple(self.tracks.values()),
            self._outlet,
            self._faults,
            self._options,
            self._clock,
            self.replay_marks,
        )
        sender = Sender(context, self, playing, origin_ms, self._progress)
        with self._lock:
            self._sender, self._ended = sender, False
        return self._answer_headers(playing, origin_ms), sender.start

    def _rtp_origin(self, playing: Playing, progress: Progress) -> float:
        if self._epoch_ms is None:
            self._epoch_ms = playing.plan.start_ms
        if not playing.rate_control:
            return playing.plan.start_ms - self._epoch_ms
        return progress.rtp_ms

    def pause(self) -> None:
        """Stop sending and remember where.

        What waits in the connection's queue still arrives: so the next PLAY can go on without a picture
        missing.
        """
        self._halt(drop=False)

    def _halt(self, *, drop: bool) -> None:
        with self._lock:
            sender, self._sender = self._sender, None
            self._waiting.clear()
        if sender is None:
            return
        self._progress = sender.stop(drop=drop)
        if self._progress.last is not None or sender.playing.plan.resume_after_ms is None:
            self._position = Position(sender.playing, self._progress.last)
        self._retired = [old for old in self._retired if old.is_alive] + [sender]

    def following(self, sender: Sender, progress: Progress) -> tuple[Playing, float] | None:
        """What was queued behind the PLAY that has just ended. Called by the sender."""
        with self._lock:
            if self._sender is not sender:
                return None
            if not self._waiting:
                self._ended = True
                return None
            playing = self._waiting.popleft()
            return playing, self._rtp_origin(playing, progress)

    def ended(self, sender: Sender) -> None:
        """The footage could not be read on. Called by the sender."""
        with self._lock:
            if self._sender is sender:
                self._ended = True

    def close(self) -> list[Sender]:
        """Stop for good; the senders whose threads may still run."""
        self._halt(drop=True)
        return self._retired

    def _answer_headers(
        self, playing: Playing, rtp_origin_ms: float | None
    ) -> list[tuple[str, str]]:
        timing = playing.timing
        headers = [("Range", self._range(playing))]
        if timing.scale != 1.0 or playing.asked_scale:
            headers.append(("Scale", f"{timing.scale:.3f}"))
        if timing.speed != 1.0 or playing.asked_speed:
            headers.append(("Speed", f"{timing.speed:.3f}"))
        if not playing.rate_control:
            headers.append(("Rate-Control", "no"))
        if rtp_origin_ms is not None:
            headers.append(("RTP-Info", self._rtp_info(playing, rtp_origin_ms)))
        return headers

    def _range(self, playing: Playing) -> str:
        if self.presentation.live and playing.unit == "npt":
            return "npt=now-"
        plan = playing.plan
        origin, _ = self._resolver.whole()
        return format_range(playing.unit, playing.answered_start_ms, plan.bound_ms, origin)

    def _rtp_info(self, playing: Playing, rtp_origin_ms: float) -> str:
        at_ms = rtp_origin_ms + playing.media_ms(playing.answered_start_ms)
        offset = self._faults.rtptime_offset()
        return ",".join(
            f"url={track.url};seq={self._sequence(track.number) & 0xFFFF}"
            f";rtptime={(track.timestamp(at_ms) + offset) & 0xFFFF_FFFF}"
            for track in self.tracks.values()
        )

    def _sequence(self, number: int) -> int:
        counts: Mapping[int, TrackCount] = self._progress.counts
        return counts[number].next_sequence


def _same_wishes(ask: PlayAsk, playing: Playing) -> bool:
    """A PLAY that changes nothing: some clients send it to keep a session alive."""
    return ask.scale is None and ask.speed is None and ask.selection == playing.plan.selection


def _nothing() -> None:
    """Nothing is left to do."""
