"""The recording server of ``contract.md`` as a :class:`rta_viewer.core.ports.Recorder`."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Camera,
    CameraGroup,
    ConnectionSecurity,
    ExportStatus,
    Feature,
    Fetched,
    PlaybackGrant,
    RecordingEvent,
    SaveRequest,
    ServerInfo,
    SignInMethod,
)
from rta_viewer.core.pins import NO_PINS, Pins
from rta_viewer.core.ports import ProgressListener, StreamAccess
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import (
    NetworkError,
    NoFootageError,
    NotFoundError,
    NotOfferedError,
    ServerError,
    SignInError,
    UsageError,
)
from rta_viewer.vms import wire
from rta_viewer.vms.address import Origin, Trust
from rta_viewer.vms.errors_map import (
    BREAKS_CONTRACT,
    CameraGoneError,
    DeadLinkError,
    ForbiddenError,
)
from rta_viewer.vms.fetch import Fetcher, Source
from rta_viewer.vms.json_node import Node
from rta_viewer.vms.negotiate import Credentials, Greeting, choose_sign_in, greet
from rta_viewer.vms.rate import Lane, RateLimiter, Sleeper
from rta_viewer.vms.session import Endpoint, Session, path_part
from rta_viewer.vms.throttle import Throttle
from rta_viewer.vms.transport import Transport

PAGE_SIZE = 100
_MAX_PAGES = 1000
_MOST_CAMERAS = 100_000
_STREAM_SPEEDS = (2, 4, 8)
_SIDE_TIMEOUT_S = 8.0
_MOST_WORDS = 20
_CLOCKS_DIFFER_MS = 60_000
"""Less is how inexactly a server's seconds and the way to it tell it."""

_Answer = TypeVar("_Answer")


class HttpRecorder:
    """One server, one user. Safe to call from several threads; nothing is sent before :meth:`sign_in`."""

    def __init__(
        self,
        origins: Sequence[Origin],
        credentials: Credentials,
        *,
        method: SignInMethod | None,
        verify_tls: bool,
        trusted_hosts: frozenset[str],
        use_host_for_streams: str,
        pins: Pins = NO_PINS,
        allow_basic: bool = False,
        clock: Clock,
        sleep: Sleeper,
        throttle: Throttle | None = None,
        request_share: float = 1.0,
    ) -> None:
        self._throttle = throttle
        self._origins = tuple(origins)
        self._credentials = credentials
        self._method = method
        self._verify_tls = verify_tls
        self._trusted_hosts = frozenset(host.lower() for host in trusted_hosts)
        self._use_host = use_host_for_streams
        self._pins = pins
        self._allow_basic = allow_basic
        self._clock = clock
        self._sleep = sleep
        self._limiter = RateLimiter(clock, sleep, request_share)
        self._lock = threading.Lock()
        self._transport: Transport | None = None
        self._session: Session | None = None
        self._closed = False

    def sign_in(self, cancel: CancelToken) -> ServerInfo:
        transport = self._open_transport()
        greeting = self.greet(cancel)
        sign_in = choose_sign_in(
            greeting, self._credentials, self._method, transport, self._clock, cancel
        )
        trust = Trust(greeting.origin, self._trusted_hosts)
        session = Session(trust, transport, sign_in, self._clock, self._limiter)
        self._session = session
        return self._server_info(session, sign_in.method, greeting.clock_offset_ms, cancel)

    @property
    def clock_offset_ms(self) -> int:
        session = self._session
        return 0 if session is None else session.clock_offset_ms

    def greet(self, cancel: CancelToken) -> Greeting:
        """Who answers, before any credential is sent; raises NetworkError, ServerError."""
        return greet(self._origins, self._open_transport(), self._clock, cancel)

    def security_of(self, origin: Origin) -> ConnectionSecurity:
        """How a connection to that address is protected."""
        if origin.scheme == "http":
            return ConnectionSecurity.LOCAL if origin.is_loopback else ConnectionSecurity.PLAIN
        if self._pins.concern(origin.host):
            return ConnectionSecurity.PINNED
        return ConnectionSecurity.VERIFIED if self._verify_tls else ConnectionSecurity.UNVERIFIED

    def _open_transport(self) -> Transport:
        with self._lock:
            if self._closed:
                raise SignInError(
                    tr("The connection to this server was closed."), tr("Sign in again.")
                )
            if self._transport is None:
                self._transport = Transport(verify_tls=self._verify_tls, pins=self._pins)
            return self._transport

    def _server_info(
        self,
        session: Session,
        method: SignInMethod,
        clock_offset_ms: int | None,
        cancel: CancelToken,
    ) -> ServerInfo:
        missing: set[Feature] = set()
        health = self._side_answer("/system/health", Feature.HEALTH, missing, session, cancel)
        able = self._side_answer(
            "/system/capabilities", Feature.CAPABILITIES, missing, session, cancel
        )
        name = _text(health, "name") or _text(health, "serverName")
        return ServerInfo(
            address=session.origin.text,
            name=name or session.origin.text,
            version=_text(health, "version"),
            method=method,
            missing=frozenset(missing),
            security=self.security_of(session.origin),
            clock_offset_ms=clock_offset_ms,
            time_zone=_text(health, "timeZone"),
            formats=_texts(able, "formats"),
            codecs=_texts(able, "codecs"),
        )

    def _side_answer(
        self,
        path: str,
        feature: Feature,
        missing: set[Feature],
        session: Session,
        cancel: CancelToken,
    ) -> Node | None:
        """What is nice to know, and never a reason to refuse a sign-in."""
        try:
            return session.get(Endpoint(f"GET {path}", path, timeout_s=_SIDE_TIMEOUT_S), cancel)
        except (NotOfferedError, NotFoundError):
            missing.add(feature)
        except (ServerError, SignInError, NetworkError):
            cancel.raise_if_cancelled()
        return None

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        seen: set[str] = set()
        first = wire.camera_page(self._get_list({"limit": PAGE_SIZE, "offset": 0}, cancel))
        if first.is_array_form:
            yield from self._pages_by_number(seen, cancel)
            return
        page, offset = first, 0
        for _ in range(_MAX_PAGES):
            fresh = _unseen(page.cameras, seen)
            if fresh:
                yield fresh
            offset += len(page.cameras)
            ended = len(page.cameras) < PAGE_SIZE if page.total is None else offset >= page.total
            if ended or not fresh:
                return
            page = wire.camera_page(self._get_list({"limit": PAGE_SIZE, "offset": offset}, cancel))

    def _pages_by_number(self, seen: set[str], cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        for number in range(_MAX_PAGES):
            page = wire.camera_page(self._get_list({"page": number, "size": PAGE_SIZE}, cancel))
            fresh = _unseen(page.cameras, seen)
            if fresh:
                yield fresh
            if len(page.cameras) < PAGE_SIZE or not fresh:
                return

    def _get_list(self, query: dict[str, int], cancel: CancelToken) -> Node:
        texts = {name: str(value) for name, value in query.items()}
        return self._get(Endpoint("GET /cameras", "/cameras", Lane.CAMERA_LIST, texts), cancel)

    def camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        """One camera with its details; raises NotFoundError, NotOfferedError."""
        path = f"/cameras/{path_part(camera_id)}"
        return wire.camera(self._get(Endpoint("GET /cameras/{id}", path, Lane.CAMERA), cancel))

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        endpoint = Endpoint("GET /cameras/groups", "/cameras/groups", Lane.CAMERA_LIST)
        return wire.groups(self._companion(endpoint, cancel))

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        path = f"/recordings/{path_part(camera_id)}/timeline"
        endpoint = Endpoint("GET /recordings/{id}/timeline", path, Lane.TIMELINE, _times(window))
        try:
            return wire.availability(self._companion(endpoint, cancel), camera_id, window)
        except NotOfferedError:
            return Availability(camera_id, window, state=AvailabilityState.NOT_OFFERED)
        except ForbiddenError:
            return Availability(camera_id, window, state=AvailabilityState.NOT_ALLOWED)
        except NoFootageError:
            return wire.nothing_recorded(camera_id, window)

    def events(self, camera_id: str, window: Span, cancel: CancelToken) -> Sequence[RecordingEvent]:
        endpoint = Endpoint(
            "GET /events/{id}", f"/events/{path_part(camera_id)}", Lane.EVENTS, _times(window)
        )
        return wire.events(self._companion(endpoint, cancel))

    def playback(
        self, camera_id: str, window: Span, *, speed: int, skip_gaps: bool, cancel: CancelToken
    ) -> PlaybackGrant:
        query = _times(window)
        if speed in _STREAM_SPEEDS:
            query["speed"] = str(speed)
        if skip_gaps:
            query["skipGaps"] = "true"
        path = f"/recordings/{path_part(camera_id)}/playback"
        root = self._get(Endpoint("GET /recordings/{id}/playback", path, query=query), cancel)
        return wire.playback_grant(root, window, speed)

    def fetch_clip(
        self, request: SaveRequest, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        if request.watermark is not None:
            raise UsageError(tr("A watermark is only possible by export."))
        query = {**_times(request.span), "format": request.container}
        if request.quality:
            query["quality"] = request.quality
        path = f"/recordings/{path_part(request.camera_id)}/download"
        endpoint = Endpoint("GET /recordings/{id}/download", path, query=query)
        url = endpoint.url(self._require().origin)
        source = Source(url, _with_or_without_tls(url), endpoint.label)
        return self._fetcher().fetch(source, part, cancel=cancel, progress=progress)

    def create_export(self, request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        document: dict[str, object] = {
            "cameraId": request.camera_id,
            "startTime": iso_utc(request.span.start_ms),
            "endTime": iso_utc(request.span.end_ms),
            "format": request.container,
            "includeAudio": request.include_audio,
        }
        if request.quality:
            document["quality"] = request.quality
        if request.watermark is not None:
            document["watermark"] = {"enabled": True, "text": request.watermark.text}
        endpoint = Endpoint("POST /recordings/export", "/recordings/export")
        return wire.export_status(self._require().post(endpoint, document, cancel))

    def export_status(self, export_id: str, cancel: CancelToken) -> ExportStatus:
        endpoint = self._export_endpoint(export_id)
        try:
            return self._by_our_clock(wire.export_status(self._get(endpoint, cancel), export_id))
        except NotFoundError as err:
            raise NotFoundError(
                tr("The server does not know this export any more."), tr("Ask for it again.")
            ) from err

    def _by_our_clock(self, status: ExportStatus) -> ExportStatus:
        """Whoever counts down to the end of the link does it by this computer's clock, right or wrong."""
        offset_ms = self.clock_offset_ms
        if status.expires_at_ms is None or abs(offset_ms) < _CLOCKS_DIFFER_MS:
            return status
        return replace(status, expires_at_ms=status.expires_at_ms - offset_ms)

    def fetch_export(
        self, status: ExportStatus, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        if not status.download_url:
            raise ServerError(
                tr("The server calls the export completed, but gives no address for it."),
                tr(BREAKS_CONTRACT),
            )
        origin = self._require().origin
        asked = self._export_endpoint(status.export_id).url(origin)
        source = Source(
            _resolved(asked, status.download_url),
            f"{_with_or_without_tls(origin.text)} export {status.export_id}",
            tr("the export"),
        )
        try:
            return self._fetcher().fetch(source, part, cancel=cancel, progress=progress)
        except (DeadLinkError, NotOfferedError) as err:
            raise NotFoundError(
                tr("The link to the export does not work (any more)."),
                tr("Ask for the export again."),
            ) from err
        except NotFoundError as err:
            raise NotFoundError(
                tr("The link to the export has expired."), tr("Ask for the export again.")
            ) from err

    @staticmethod
    def _export_endpoint(export_id: str) -> Endpoint:
        return Endpoint(
            "GET /recordings/export/{exportId}", f"/recordings/export/{path_part(export_id)}"
        )

    def stream_access(self) -> StreamAccess:
        origin = self._require().origin
        hosts = {_without_port(host) for host in self._trusted_hosts} | {origin.host}
        if self._use_host:
            hosts.add(self._use_host.lower())
        return StreamAccess(
            username=self._credentials.username,
            password=self._credentials.password,
            trusted_hosts=frozenset(hosts),
            # Who signed in without encryption has shown the password to this network already.
            allow_basic=self._allow_basic or origin.scheme == "http",
            verify_tls=self._verify_tls,
            use_host=self._use_host,
            pins=self._pins,
        )

    def close(self) -> None:
        with self._lock:
            self._closed = True
            session, self._session = self._session, None
            transport, self._transport = self._transport, None
        if session is not None:
            session.close()
        if transport is not None:
            transport.close()

    def _require(self) -> Session:
        session = self._session
        if session is None:
            raise SignInError(tr("Nobody is signed in to this server."), tr("Sign in first."))
        return session

    def _fetcher(self) -> Fetcher:
        return Fetcher(self._require().open, self._clock, self._sleep, throttle=self._throttle)

    def _get(self, endpoint: Endpoint, cancel: CancelToken) -> Node:
        return self._require().get(endpoint, cancel)

    def _companion(self, endpoint: Endpoint, cancel: CancelToken) -> Node:
        """Of a companion, any 404 but a missing camera or missing footage means: not offered."""
        try:
            return self._get(endpoint, cancel)
        except (CameraGoneError, NoFootageError):
            raise
        except NotFoundError as err:
            raise NotOfferedError(
                tr("The server does not offer {endpoint}.", endpoint=endpoint.label)
            ) from err


def _without_port(host: str) -> str:
    return host.partition(":")[0] if host.count(":") == 1 else host


def _times(window: Span) -> dict[str, str]:
    return {"startTime": iso_utc(window.start_ms), "endTime": iso_utc(window.end_ms)}


def _text(node: Node | None, name: str) -> str:
    """An optional text of a document that nobody depends on."""
    try:
        return node.text(name) if node is not None else ""
    except ServerError:
        return ""


def _with_or_without_tls(address: str) -> str:
    """The same for a server that speaks TLS by now: half a file of it is gone on with."""
    return address.partition("://")[2]


def _texts(node: Node | None, name: str) -> tuple[str, ...]:
    """An optional list of texts of a document that nobody depends on, the first ones of it."""
    try:
        members = islice(node.children(name), _MOST_WORDS) if node is not None else ()
        return tuple(member.as_text() for member in members)
    except ServerError:
        return ()


def _unseen(cameras: Sequence[Camera], seen: set[str]) -> list[Camera]:
    """Those that no page before had; raises ServerError when there are more than any server has."""
    fresh = []
    for camera in cameras:
        if camera.camera_id not in seen:
            seen.add(camera.camera_id)
            fresh.append(camera)
    if len(seen) > _MOST_CAMERAS:
        raise ServerError(
            tr("The server's answer is far too large."), tr("Is this a recording server?")
        )
    return fresh


def _resolved(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError as err:
        raise ServerError(
            tr("The server named an address that is malformed."), tr(BREAKS_CONTRACT)
        ) from err
