"""A running replay: pulls packets off the connection and gives out access units in decode order.

How it ends: the server says BYE, marks the last picture (ONVIF T bit), announces the end, or closes after
the end of a recording; the asked end is passed; or it falls silent. Silence after the end of a recording
(ONVIF E bit) or just before the asked end is the end. Any other silence is the end of the footage when the
server still answers a reminder that is sent half-way through it, and a NetworkError when it does not.
``end_reason`` tells which it was.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from rta_viewer.core.access_unit import AccessUnit, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, MediaError, NetworkError, NoFootageError
from rta_viewer.media.rtp.rtcp import says_bye
from rta_viewer.media.rtsp.backwards import DirectionCheck
from rta_viewer.media.rtsp.feed import Arrived, TrackFeed
from rta_viewer.media.rtsp.interleaved import DataFrame
from rta_viewer.media.rtsp.ladder import Ask
from rta_viewer.media.rtsp.session import RtspSession
from rta_viewer.media.rtsp.timeouts import RtspTimeouts

_REORDERED_MS = 1000
_NEAR_END_MS = 250
_NEAR_END_SILENCE_S = 0.5
_KEY_FRAMES_SILENCE_S = 30.0
_LEAVE_S = 2.0
_NO_UNIT_S = 60.0


class EndReason(Enum):
    """Why a stream ended."""

    SAID = "the server said so"
    REACHED = "the asked end was passed"
    SILENCE = "the server has nothing more to send"


class RtspReplayStream:
    """Implements :class:`~rta_viewer.core.ports.ReplayStream`.

    Args:
        session: Playing already.
        feeds: One for each of the session's tracks.
        ask: What was asked.
        delivered_speed: See the port.
        timeouts: See there.
        cancel: The token of the opening; ends the stream too.
        on_close: Gets the stream back, once, on the thread that closes it.
        clock: Monotonic seconds.
        direction: Sees each key picture when the latest is to come first.

    Attributes:
        end_reason: Set when :meth:`units` has ended by itself.
        broken: The session can surely not be played again.
        distinguishable: Packets of this PLAY request can be told from those of the next.
    """

    def __init__(
        self,
        session: RtspSession,
        feeds: Sequence[TrackFeed],
        ask: Ask,
        delivered_speed: float | None,
        timeouts: RtspTimeouts,
        cancel: CancelToken,
        on_close: Callable[["RtspReplayStream"], None],
        clock: Callable[[], float] = time.monotonic,
        direction: DirectionCheck | None = None,
    ) -> None:
        self.session = session
        self.end_reason: EndReason | None = None
        self.broken = False
        self.distinguishable = False
        self._feeds = feeds
        self._ask = ask
        self._delivered_speed = delivered_speed
        self._timeouts = timeouts
        self._cancel = cancel
        self._on_close = on_close
        self._clock = clock
        self._direction = direction
        channels = list(zip(session.tracks, feeds, strict=True))
        self._data_channels = {track.data_channel: feed for track, feed in channels}
        self._video_control = session.tracks[0].control_channel
        self._ready: deque[AccessUnit] = deque()
        self._closed = False
        self._close_lock = threading.Lock()
        self._reading = threading.Lock()
        self._garbage_bytes = session.connection.garbage_bytes
        self._last_data_s = self._last_unit_s = clock()
        self._reminded_s: float | None = None
        self._section_ended = False
        self._reordered = False
        self._newest_ms = float("-inf")

    @property
    def formats(self) -> Sequence[MediaFormat]:
        """The streams: video first, then sound if there is any."""
        return [feed.format for feed in self._feeds]

    @property
    def delivered_speed(self) -> float | None:
        """Media seconds per second the server promised, None for "as fast as you read"."""
        return self._delivered_speed

    @property
    def lost_units(self) -> int:
        """Access units dropped because of lost or damaged data, since the start."""
        return sum(feed.lost_units for feed in self._feeds)

    def units(self) -> Iterator[AccessUnit]:
        """The access units as they arrive; see the port and the module's text."""
        while True:
            while self._ready:
                self._raise_if_closed()
                yield self._ready.popleft()
            if self.end_reason is not None:
                return
            self._pump()

    def prime(self, limit_s: float) -> None:
        """Wait for the first packet of the pictures.

        Raises:
            NoFootageError: The server plays, but has nothing to send.
            NetworkError, Cancelled: As in :meth:`units`, and when other things come all the time.
        """
        deadline_s = self._clock() + limit_s
        while self._feeds[0].packets == 0:
            if self._clock() >= deadline_s and self.end_reason is None:
                raise NetworkError(
                    tr("{host} sends no pictures.", host=self.session.connection.endpoint.host),
                    tr("Play again."),
                )
            if self.end_reason is not None:
                raise NoFootageError(
                    tr("Nothing was recorded at that time or later."), tr("Choose another time.")
                )
            self._pump(deadline_s)

    def close(self) -> None:
        """End it, from any thread; a blocked :meth:`units` raises Cancelled at once."""
        with self._close_lock:
            if self._closed:
                return
            self._closed = True
        self.session.connection.interrupt()
        self._on_close(self)

    def settle(self) -> bool:
        """After :meth:`close`: wait until no thread reads any more; False when one does not leave."""
        if not self._reading.acquire(timeout=_LEAVE_S):
            return False
        self._reading.release()
        return True

    def _pump(self, limit_s: float = math.inf) -> None:
        """Read one item from the connection and do what it says."""
        with self._reading:
            self._raise_if_closed()
            self._cancel.raise_if_cancelled()
            try:
                deadline_s = min(self._deadline_s(), limit_s)
                frame = self.session.connection.read_frame(deadline_s, self._cancel)
                if frame is None or not self._take_frame(frame):
                    self._idle()
            except NetworkError:
                self._raise_if_closed()
                self.broken = True
                if not (self.session.connection.said_end or self._ending):
                    raise
                self._end(EndReason.SAID)

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise Cancelled

    def _take_frame(self, frame: DataFrame) -> bool:
        """Hand data to its track; False for data that brings no picture and no sound."""
        garbage_bytes = self.session.connection.garbage_bytes
        if garbage_bytes != self._garbage_bytes:
            self._garbage_bytes = garbage_bytes
            for feed in self._feeds:
                feed.lose()
        receiver = self._data_channels.get(frame.channel)
        if receiver is not None:
            self._last_data_s = now_s = self._clock()
            self._reminded_s = None
            for arrived in receiver.data(frame.payload, now_s):
                self._take(arrived)
                self._last_unit_s = now_s
            if now_s - self._last_unit_s > _NO_UNIT_S:
                raise MediaError(
                    tr("The stream has no picture at which decoding can start."),
                    tr("Set the camera to a key frame each few seconds."),
                )
            return True
        if frame.channel == self._video_control and says_bye(frame.payload):
            self.broken = True
            self._end(EndReason.SAID)
        return False

    def _take(self, arrived: Arrived) -> None:
        unit = arrived.unit
        if self.end_reason is not None:
            return
        if unit.format.codec.is_video:
            self._section_ended = unit.last_of_recording
            on_the_way_ms = self._way_ms(unit.instant_ms)
            self._reordered = self._reordered or (
                on_the_way_ms < self._newest_ms and not unit.discontinuity
            )
            self._newest_ms = max(self._newest_ms, on_the_way_ms)
            if self._direction is not None and unit.is_key:
                self._direction.see(unit)
            if self._past_end(unit):
                self.end_reason = EndReason.REACHED
                return
        if not self._ask.key_frames_only or (unit.is_key and unit.format.codec.is_video):
            self._ready.append(unit)
        if arrived.terminal and unit.format.codec.is_video:
            self._end(EndReason.SAID)

    def _past_end(self, unit: AccessUnit) -> bool:
        """True for a picture that nothing before the asked end can need."""
        if self._direction is not None:
            return unit.is_key and unit.instant_ms < self._ask.end_ms
        if unit.instant_ms < self._ask.end_ms:
            return False
        ordered = unit.is_key or not self._reordered
        return ordered or unit.instant_ms >= self._ask.end_ms + _REORDERED_MS

    def _end(self, reason: EndReason) -> None:
        """Nothing more comes: give out what still waits in the depacketizers."""
        now_s = self._clock()
        for feed in self._feeds:
            for arrived in feed.flush(now_s):
                self._take(arrived)
        self.end_reason = self.end_reason or reason

    def _deadline_s(self) -> float:
        if self._reminded_s is None and not self._ending:
            return self._last_data_s + self._silence_s / 2
        return self._last_data_s + self._silence_s

    @property
    def _ending(self) -> bool:
        """True when silence would be no surprise."""
        return self._section_ended or self._near_end

    @property
    def _near_end(self) -> bool:
        return self._newest_ms >= self._way_ms(self._ask.end_ms) - _NEAR_END_MS

    def _way_ms(self, instant_ms: float) -> float:
        """Grows in the direction that is played."""
        return -instant_ms if self._ask.backwards else instant_ms

    @property
    def _silence_s(self) -> float:
        if self._near_end:
            return min(_NEAR_END_SILENCE_S, self._timeouts.silence_s)
        if self._section_ended:
            return min(self._timeouts.after_end_s, self._timeouts.silence_s)
        if self._ask.key_frames_only:
            return max(self._timeouts.silence_s, _KEY_FRAMES_SILENCE_S)
        return self._timeouts.silence_s

    def _idle(self) -> None:
        """No data: an interruption, an answer to a reminder, or silence."""
        connection = self.session.connection
        self._raise_if_closed()
        if self.end_reason is not None:
            return
        if connection.said_end:
            self.broken = True
            self._end(EndReason.SAID)
            return
        if connection.lost_session:
            raise NetworkError(tr("The recording server ended our session."), tr("Play again."))
        now_s = self._clock()
        if now_s < self._deadline_s():
            return
        if now_s < self._last_data_s + self._silence_s:
            self._reminded_s = now_s
            self.session.remind()
        elif self._ending or connection.last_answer_s > self._last_data_s:
            self._end(EndReason.SILENCE)
        else:
            raise NetworkError(
                tr("{host} fell silent: no pictures and no answer.", host=connection.endpoint.host),
                tr("Check the network; the viewer can try again."),
            )
