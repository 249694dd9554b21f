"""One RTSP session: DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN (RFC 2326), with ONVIF replay where spoken."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, RtaError
from rta_viewer.media.rtp.coded import Depacketizer
from rta_viewer.media.rtsp import tracks
from rta_viewer.media.rtsp.answers import (
    PlayAnswer,
    interleaved_channels,
    play_answer,
    refusal,
    session_id,
)
from rta_viewer.media.rtsp.connection import RtspConnection
from rta_viewer.media.rtsp.keep_alive import KeepAlive
from rta_viewer.media.rtsp.memory import ServerMemory
from rta_viewer.media.rtsp.message import Response
from rta_viewer.media.rtsp.sdp import Media, Payload, SessionDescription, parse_sdp
from rta_viewer.media.rtsp.time_range import clock_range_text, npt_range_text
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from rta_viewer.media.rtsp.url import control_url

ONVIF_REPLAY = "onvif-replay"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSES_REQUIRE = frozenset({400, 501, 551})
_SHORTEST_KEEP_ALIVE_S = 0.5
_LONGEST_KEEP_ALIVE_S = 30.0

Fields = list[tuple[str, str]]


class RedirectedError(Exception):
    """DESCRIBE was answered with another address. Never leaves this package."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class RefusedError(Exception):
    """A request was refused in a way that may be met by asking differently. Never leaves this package."""

    def __init__(self, response: Response, error: RtaError) -> None:
        super().__init__(response.status)
        self.response = response
        self.error = error

    @property
    def unsupported(self) -> bool:
        """True when the refusal is about ``Require``."""
        unsupported = self.response.headers.get("Unsupported").lower()
        return self.response.status == 551 or ONVIF_REPLAY in unsupported


@dataclass(frozen=True, slots=True)
class SessionTrack:
    """A track that was set up."""

    media: Media
    payload: Payload
    url: str
    data_channel: int
    control_channel: int
    depacketizer: Depacketizer


class RtspSession:
    """A session on a connection of its own. One thread at a time, but :meth:`pause` and :meth:`end`.

    Attributes:
        tracks: Video first, then sound if there is any.
        npt_base_ms: The instant of play time 0, None before it is known.
        last_cseq: CSeq of the PLAY request that was answered last, 0 before the first.
    """

    def __init__(
        self,
        connection: RtspConnection,
        memory: ServerMemory,
        timeouts: RtspTimeouts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.connection = connection
        self.memory = memory
        self.description = SessionDescription()
        self.tracks: list[SessionTrack] = []
        self.npt_base_ms: float | None = None
        self.last_cseq = 0
        self._timeouts = timeouts
        self._clock = clock
        self._base = connection.endpoint.url
        self._id = ""
        self._timeout_s = 60.0
        self._keep_alive: KeepAlive | None = None

    @property
    def aggregate_url(self) -> str:
        """The URL of the whole presentation, for PLAY and what follows."""
        return control_url(self._base, self.description.control)

    def describe(self, cancel: CancelToken) -> None:
        """Ask what the server can do (once per server), and what the stream consists of.

        Raises:
            RedirectedError: The stream is elsewhere.
            NotFoundError, SignInError, ServerError, NetworkError, Cancelled: See the summary.
        """
        url = self.connection.endpoint.url
        if self.memory.public is None:
            options = self.connection.exchange("OPTIONS", url, [], cancel)
            public = options.headers.get("Public").upper() if options.ok else ""
            self.memory.public = frozenset(name.strip() for name in public.split(",") if name)
        response = self.connection.exchange(
            "DESCRIBE", url, [("Accept", "application/sdp")], cancel
        )
        if response.status in _REDIRECTS and response.headers.get("Location"):
            raise RedirectedError(response.headers.get("Location"))
        if not response.ok:
            raise refusal(response, "DESCRIBE")
        headers = response.headers
        self._base = headers.get("Content-Base") or headers.get("Content-Location") or url
        if not self._base.lower().startswith(("rtsp://", "rtsps://")):
            self._base = url
        self.description = parse_sdp(response.body)
        self.memory.challenge = self.connection.challenge

    def setup(self, cancel: CancelToken, *, sound: bool) -> None:
        """Set up the pictures, and the sound if there is any and it is wanted.

        Raises:
            MediaError: No pictures in a known format.
            SignInError, ServerError, NetworkError, Cancelled: See the summary.
        """
        video = tracks.choose(self.description, "video")
        if video is None:
            raise MediaError(
                self._unknown_formats(),
                tr("Set the camera to H.264, H.265 or MJPEG."),
            )
        self._setup_track(*video, channel=0, cancel=cancel)
        audio = tracks.choose(self.description, "audio") if sound else None
        if audio is not None:
            with contextlib.suppress(RefusedError):
                self._setup_track(*audio, channel=2, cancel=cancel)

    def play(self, fields: Fields, cancel: CancelToken) -> PlayAnswer:
        """Start to play.

        Raises:
            RefusedError: The server answered no.
            NetworkError, SignInError, Cancelled: See the summary.
        """
        response = self.connection.exchange(
            "PLAY", self.aggregate_url, [*self._session_field(), *fields], cancel, keep_data=True
        )
        if not response.ok:
            raise RefusedError(response, refusal(response, "PLAY"))
        answer = play_answer(response)
        self.last_cseq = answer.cseq
        if self._keep_alive is None:
            interval_s = min(
                max(self._timeout_s / 2, _SHORTEST_KEEP_ALIVE_S), _LONGEST_KEEP_ALIVE_S
            )
            self._keep_alive = KeepAlive(interval_s, self.remind)
        return answer

    def remind(self) -> None:
        """Tell the server that we are still there, by what it offers. Any thread; never blocks."""
        public = self.memory.public or frozenset()
        method = "GET_PARAMETER" if "GET_PARAMETER" in public else "OPTIONS"
        self.connection.post(method, self.aggregate_url, self._session_field())

    def pause(self) -> int | None:
        """Ask the server to stop sending; returns the request's CSeq, None when it cannot be sent."""
        return self.connection.post("PAUSE", self.aggregate_url, self._session_field())

    def end(self) -> None:
        """Say goodbye if that is quickly done, and close. Any thread, idempotent."""
        if self._keep_alive is not None:
            self._keep_alive.close()
        if not self.connection.closed and self._id:
            cseq = self.connection.post("TEARDOWN", self.aggregate_url, self._session_field())
            if cseq is not None:
                self.connection.drain(cseq, self._clock() + self._timeouts.farewell_s)
        self.connection.close()

    def range_by_clock(self, start_ms: float, end_ms: float) -> Fields:
        """``Range`` by wall clock."""
        return [("Range", clock_range_text(start_ms, end_ms))]

    def range_by_npt(self, start_ms: float, end_ms: float) -> Fields:
        """``Range`` by play time, counted from :attr:`npt_base_ms`."""
        base_ms = start_ms if self.npt_base_ms is None else self.npt_base_ms
        start_s, end_s = (max(each - base_ms, 0.0) / 1000 for each in (start_ms, end_ms))
        return [("Range", npt_range_text(start_s, end_s))]

    def _session_field(self) -> Fields:
        return [("Session", self._id)] if self._id else []

    def _setup_track(
        self, media: Media, payload: Payload, *, channel: int, cancel: CancelToken
    ) -> None:
        url = control_url(self._base, media.control or self.description.control)
        transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
        fields = [*self._session_field(), ("Transport", transport)]
        require = [("Require", ONVIF_REPLAY)] if self.memory.onvif else []
        response = self.connection.exchange("SETUP", url, [*fields, *require], cancel)
        if require and response.status in _REFUSES_REQUIRE:
            self.memory.onvif = False
            response = self.connection.exchange("SETUP", url, fields, cancel)
        if not response.ok:
            error = refusal(response, "SETUP")
            if self.tracks:
                raise RefusedError(response, error)
            raise error
        name, timeout_s = session_id(response.headers)
        if name:
            self._id, self._timeout_s = name, timeout_s
        data, control = interleaved_channels(response.headers.get("Transport"), channel)
        self.tracks.append(
            SessionTrack(media, payload, url, data, control, tracks.depacketizer(media, payload))
        )

    def _unknown_formats(self) -> str:
        names = {payload.encoding for media in self.description.media for payload in media.payloads}
        shown = ", ".join(sorted(name[:20] for name in names if name.isprintable() and name))
        if not shown:
            return tr("The stream has no pictures in a format that the viewer knows.")
        return tr(
            "The stream has no pictures in a format that the viewer knows (offered: {formats}).",
            formats=shown[:100],
        )
