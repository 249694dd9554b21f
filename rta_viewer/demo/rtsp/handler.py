"""Answers the requests of one connection (RFC 2326, section 10)."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from rta_viewer.demo.footage.model import CameraFootage
from rta_viewer.demo.request_log import RequestLog
from rta_viewer.demo.rtsp.auth import Authenticator
from rta_viewer.demo.rtsp.faults import RtspFaults
from rta_viewer.demo.rtsp.message import VERSION, Request, RtspFailure
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.outlet import Outlet
from rta_viewer.demo.rtsp.presentation import Presentation, parse_presentation
from rta_viewer.demo.rtsp.ranges import format_range
from rta_viewer.demo.rtsp.resolve import Resolver
from rta_viewer.demo.rtsp.sdp import (
    AUDIO_PAYLOAD_TYPE,
    VIDEO_PAYLOAD_TYPE,
    Described,
    session_description,
)
from rta_viewer.demo.rtsp.sender import Sender
from rta_viewer.demo.rtsp.session import Session
from rta_viewer.demo.rtsp.track import Track
from rta_viewer.demo.rtsp.transport import choose_transport
from rta_viewer.demo.world import DemoCamera, World
from rta_viewer.errors import RtaError

_log = logging.getLogger(__name__)

PUBLIC = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_KNOWN_BUT_NOT_OFFERED = frozenset({"ANNOUNCE", "RECORD", "REDIRECT"})
_REPLAY_TAG = "onvif-replay"
MAX_SESSIONS_PER_CONNECTION = 8


class SessionCount:
    """How many sessions the whole server has. Safe from several threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._lock = threading.Lock()

    def take(self) -> bool:
        """One more; False when there are enough."""
        with self._lock:
            if self._count >= self._limit:
                return False
            self._count += 1
            return True

    def give_back(self) -> None:
        """One less."""
        with self._lock:
            self._count -= 1

    @property
    def value(self) -> int:
        """Sessions now."""
        with self._lock:
            return self._count


@dataclass(frozen=True, slots=True)
class ServerContext:
    """What all connections of a server share."""

    world: World
    options: RtspOptions
    faults: RtspFaults
    authenticator: Authenticator
    session_count: SessionCount
    log: RequestLog


def _nothing() -> None:
    """Nothing is left to do after the answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what to do once it is on its way."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    then: Callable[[], None] = _nothing


class Handler:
    """The sessions of one connection. Used by its thread only."""

    def __init__(self, context: ServerContext, outlet: Outlet) -> None:
        self._context = context
        self._outlet = outlet
        self._described: Presentation | None = None
        self._senders: list[Sender] = []
        self.sessions: dict[str, Session] = {}

    def reply(self, request: Request) -> Reply:
        """The answer to a request; may take as long as encoding a group of pictures takes."""
        try:
            return self._reply(request)
        except RtspFailure as failure:
            return Reply(failure.status, failure.headers)
        except RtaError as err:
            _log.warning("RTSP %s failed: %s", request.method, err)
            return Reply(500)

    def _reply(self, request: Request) -> Reply:
        if request.version != VERSION:
            raise RtspFailure(505)
        if request.method != "OPTIONS":
            self._context.authenticator.check(request)
        self._check_required(request)
        methods: dict[str, Callable[[Request], Reply]] = {
            "OPTIONS": self._options,
            "DESCRIBE": self._describe,
            "SETUP": self._setup,
            "PLAY": self._play,
            "PAUSE": self._pause,
            "GET_PARAMETER": self._parameter,
            "SET_PARAMETER": self._parameter,
            "TEARDOWN": self._teardown,
        }
        method = methods.get(request.method)
        if method is None:
            status = 405 if request.method in _KNOWN_BUT_NOT_OFFERED else 501
            raise RtspFailure(status, (("Allow", PUBLIC),))
        refused = self._context.faults.refusal(request.method)
        if refused is not None:
            raise RtspFailure(refused)
        return method(request)

    def _check_required(self, request: Request) -> None:
        offered = {_REPLAY_TAG} if self._context.options.onvif_replay else set()
        wanted = request.listed("require") + request.listed("proxy-require")
        unsupported = [tag for tag in wanted if tag.lower() not in offered]
        if unsupported:
            raise RtspFailure(551, (("Unsupported", ", ".join(unsupported)),))

    def _options(self, request: Request) -> Reply:
        if request.session_id:
            self._session(request)
        return Reply(headers=(("Public", PUBLIC),))

    def _describe(self, request: Request) -> Reply:
        accept = request.listed("accept")
        if accept and not any(
            item.partition(";")[0].strip().lower() in {"application/sdp", "application/*", "*/*"}
            for item in accept
        ):
            raise RtspFailure(406)
        presentation = parse_presentation(request.url)
        camera = self._camera(presentation)
        footage = self._footage(camera)
        options = self._context.options
        base = presentation.base
        ranges = self._range_texts(
            Resolver(presentation, footage, self._context.world.clock, options)
        )
        what = Described(camera.name, base, *ranges, footage.video, footage.audio)
        self._described = presentation
        headers = (
            ("Content-Type", "application/sdp"),
            ("Content-Base", base if options.content_base_slash else base.rstrip("/")),
            ("Cache-Control", "no-cache"),
        )
        return Reply(headers=headers, body=session_description(what, options).encode("utf-8"))

    def _range_texts(self, resolver: Resolver) -> tuple[str, str]:
        options = self._context.options
        if resolver.presentation.live:
            return "npt=now-" if options.npt_range else "", ""
        start, end = resolver.whole()
        npt = format_range("npt", start, end, start) if options.npt_range else ""
        if not options.clock_range:
            return npt, ""
        return format_range("clock", start, end, start), npt

    def _camera(self, presentation: Presentation) -> DemoCamera:
        camera = self._context.world.camera(presentation.camera_id)
        if camera is None:
            raise RtspFailure(404)
        if presentation.live and (camera.offline or not camera.enabled):
            raise RtspFailure(503)
        return camera

    def _footage(self, camera: DemoCamera) -> CameraFootage:
        try:
            return self._context.world.footage(camera.camera_id)
        except KeyError as err:  # removed in this very moment
            raise RtspFailure(404) from err

    def _setup(self, request: Request) -> Reply:
        presentation = parse_presentation(request.url)
        footage = self._footage(self._camera(presentation))
        session = self._session(request) if request.session_id else None
        if session is not None and not session.presentation.same_as(presentation):
            raise RtspFailure(455)
        number = self._track_number(presentation, audio=footage.audio is not None)
        channels = choose_transport(request.listed("transport"), self._channels_in_use())
        track = _track(number, footage, channels, request.url)
        if session is None:
            session = self._new_session(self._with_query(presentation), footage)
        session.add_track(track)
        self._note_replay(request, session)
        answered = (
            f"RTP/AVP/TCP;unicast;interleaved={channels[0]}-{channels[1]}"
            f';ssrc={track.ssrc:08X};mode="PLAY"'
        )
        return Reply(headers=(("Transport", answered), self._session_header(session)))

    def _with_query(self, presentation: Presentation) -> Presentation:
        """Joining a relative track name to a base URL by the rules loses the query: remember it."""
        described = self._described
        if described and not presentation.query and presentation.same_as(described):
            return described
        return presentation

    def _track_number(self, presentation: Presentation, *, audio: bool) -> int:
        if presentation.track is None:
            if audio:
                raise RtspFailure(459)
            return 0
        if presentation.track > int(audio):
            raise RtspFailure(404)
        return presentation.track

    def _channels_in_use(self) -> set[int]:
        return {
            channel
            for session in self.sessions.values()
            for track in session.tracks.values()
            for channel in (track.rtp_channel, track.rtcp_channel)
        }

    def _new_session(self, presentation: Presentation, footage: CameraFootage) -> Session:
        if len(self.sessions) >= MAX_SESSIONS_PER_CONNECTION:
            raise RtspFailure(453)
        if not self._context.session_count.take():
            raise RtspFailure(453)
        session = Session(
            presentation,
            footage,
            self._context.world.clock,
            self._context.options,
            self._context.faults,
            self._outlet,
        )
        self.sessions[session.session_id] = session
        return session

    def _note_replay(self, request: Request, session: Session) -> None:
        if _REPLAY_TAG in (tag.lower() for tag in request.listed("require")):
            session.replay_marks = True

    def _session(self, request: Request) -> Session:
        """The session that the request names, touched.

        Raises:
            RtspFailure: 454.
        """
        session = self.sessions.get(request.session_id)
        if session is None:
            raise RtspFailure(454)
        if self._context.faults.forgets():
            self.end_session(session)
            raise RtspFailure(454)
        session.touch()
        return session

    def _session_header(self, session: Session) -> tuple[str, str]:
        timeout_s = max(1, int(self._context.options.session_timeout_s))
        return "Session", f"{session.session_id};timeout={timeout_s}"

    def _play(self, request: Request) -> Reply:
        session = self._session(request)
        self._note_replay(request, session)
        headers, then = session.play(request)
        return Reply(headers=(self._session_header(session), *headers), then=then)

    def _pause(self, request: Request) -> Reply:
        session = self._session(request)
        if not session.tracks:
            raise RtspFailure(455)
        session.pause()
        return Reply(headers=(self._session_header(session),))

    def _parameter(self, request: Request) -> Reply:
        if not request.session_id:
            return Reply()
        return Reply(headers=(self._session_header(self._session(request)),))

    def _teardown(self, request: Request) -> Reply:
        session = self._session(request)
        self.end_session(session)
        return Reply(headers=(("Session", session.session_id),))

    def end_session(self, session: Session) -> None:
        """Stop it and forget it."""
        if self.sessions.pop(session.session_id, None) is not None:
            self._context.session_count.give_back()
        running = [sender for sender in self._senders if sender.is_alive]
        self._senders = running + session.close()

    def close(self) -> list[Sender]:
        """End all sessions; the senders whose threads may still run."""
        for session in list(self.sessions.values()):
            self.end_session(session)
        return self._senders


def _track(number: int, footage: CameraFootage, channels: tuple[int, int], url: str) -> Track:
    audio = footage.audio if number else None
    return Track(
        number=number,
        codec="AAC" if audio else footage.video.codec,
        payload_type=AUDIO_PAYLOAD_TYPE if audio else VIDEO_PAYLOAD_TYPE,
        clock_rate=audio.sample_rate if audio else 90_000,
        rtp_channel=channels[0],
        rtcp_channel=channels[1],
        url=url,
    )


def path_and_query(url: str) -> tuple[str, str]:
    """For the log; never raises, never shows credentials."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query
