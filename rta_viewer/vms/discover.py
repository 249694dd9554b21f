"""Finding out about a server step by step, and saying each step as it is known.

For whoever adds a server: what answers, how it is protected, which way of sign-in it wants, what it offers,
whether its clock is right, whether streams get through. A step that fails says why; steps that depend on
it do not appear.
"""

from collections.abc import Callable, Generator, Iterator, Sequence

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import Clock
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.model import (
    AvailabilityState,
    Camera,
    ConnectionSecurity,
    Feature,
    ServerInfo,
)
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import mark, tr, trn
from rta_viewer.core.timetext import format_duration
from rta_viewer.errors import (
    NetworkError,
    NotFoundError,
    NotOfferedError,
    RtaError,
    ServerError,
)
from rta_viewer.vms.connections import shown_certificate
from rta_viewer.vms.negotiate import Greeting
from rta_viewer.vms.rest import PAGE_SIZE, HttpRecorder

LARGEST_OFFSET_MS = 2_000
_DAY_MS = 86_400_000
_CAMERAS_TO_TRY = 3
_WAYS = {
    "basic": "Basic",
    "bearer": mark("token or OpenID"),
    "negotiate": "Negotiate",
    "ntlm": "NTLM",
}
_PARTS = {
    Feature.GROUPS: mark("groups"),
    Feature.CAMERA_DETAILS: mark("camera details"),
    Feature.TIMELINE: mark("timeline"),
    Feature.EVENTS: mark("events"),
    Feature.STATISTICS: mark("statistics"),
    Feature.HEALTH: mark("health"),
    Feature.CAPABILITIES: mark("capabilities"),
}

TryStream = Callable[[str, StreamAccess, CancelToken], None]
"""Asks the stream's server whether it is there; raises the RtaError tree."""


class Discovery:
    """One look at one server.

    Attributes:
        info: What the server said of itself, once the sign-in has worked.
        error: What ended it before its last step.

    Args:
        recorder: Not signed in yet; closed by the caller.
        try_stream: How to ask the RTSP side.
        clock: For the span of the stream that is asked for.
    """

    def __init__(self, recorder: HttpRecorder, try_stream: TryStream, clock: Clock) -> None:
        self.info: ServerInfo | None = None
        self.error: RtaError | None = None
        self._recorder = recorder
        self._try_stream = try_stream
        self._clock = clock

    def run(self, cancel: CancelToken) -> Iterator[Finding]:
        """All findings, each as soon as it is known.

        Raises:
            Cancelled: The token was set. Failures are findings.
        """
        greeting = yield from self._greeted(cancel)
        if greeting is None:
            return
        yield from self._said(greeting, cancel)
        try:
            self.info = self._recorder.sign_in(cancel)
        except RtaError as err:
            cancel.raise_if_cancelled()
            yield self._failed(
                Step.RECORDINGS if isinstance(err, NotOfferedError) else Step.SIGN_IN, err
            )
            return
        yield _good(
            Step.SIGN_IN, tr("The sign-in works ({method}).", method=self.info.method.value)
        )
        try:
            yield from self._offers(self.info, cancel)
        except RtaError as err:
            cancel.raise_if_cancelled()
            yield self._failed(Step.COMPANIONS, err)

    def _failed(self, step: Step, err: RtaError) -> Finding:
        self.error = err
        certificate = err.certificate if isinstance(err, UntrustedCertificateError) else None
        return Finding(step, Outcome.BAD, str(err), certificate, err)

    def _greeted(self, cancel: CancelToken) -> Generator[Finding, None, Greeting | None]:
        try:
            greeting = self._recorder.greet(cancel)
        except UntrustedCertificateError as err:
            yield _good(Step.REACHABLE, tr("Something answers, by TLS."))
            yield self._failed(Step.ENCRYPTION, err)
        except NetworkError as err:
            yield self._failed(Step.REACHABLE, err)
        except ServerError as err:
            yield _good(Step.REACHABLE, tr("Something answers."))
            yield self._failed(Step.RECORDINGS, err)
        else:
            yield _good(
                Step.REACHABLE, tr("A server answers at {address}.", address=greeting.origin.text)
            )
            return greeting
        return None

    def _said(self, greeting: Greeting, cancel: CancelToken) -> Iterator[Finding]:
        """What is known before anybody signs in."""
        origin = greeting.origin
        security = self._recorder.security_of(origin)
        outcome, text = _PROTECTION[security]
        shown = shown_certificate(origin, cancel) if origin.scheme == "https" else None
        yield Finding(Step.ENCRYPTION, outcome, tr(text), shown, security=security)
        ways = [tr(_WAYS.get(scheme, scheme)) for scheme in sorted(greeting.schemes)]
        if ways:
            yield _good(Step.WAYS, tr("It offers sign-in by {ways}.", ways=", ".join(ways)))
        else:
            yield Finding(Step.WAYS, Outcome.UNKNOWN, tr("It does not say which sign-in it wants."))
        yield _clock_finding(greeting.clock_offset_ms)

    def _offers(self, info: ServerInfo, cancel: CancelToken) -> Iterator[Finding]:
        name = f"{info.name} {info.version}".strip()
        yield _good(Step.RECORDINGS, tr("It offers the recordings API: {name}.", name=name))
        missing = set(info.missing)
        cameras = self._some_cameras(cancel)
        if not _has(lambda: self._recorder.groups(cancel), cancel):
            missing.add(Feature.GROUPS)
        span = self._last_day()
        if cameras:
            camera_id = cameras[0].camera_id
            state = self._recorder.availability(camera_id, span, cancel).state
            if state is AvailabilityState.NOT_OFFERED:
                missing.add(Feature.TIMELINE)
            if not _has(lambda: self._recorder.events(camera_id, span, cancel), cancel):
                missing.add(Feature.EVENTS)
        yield _companions(len(cameras), missing, info)
        yield self._streams(cameras, cancel)

    def _some_cameras(self, cancel: CancelToken) -> Sequence[Camera]:
        """The first page: a site with thousands of cameras would take minutes to be counted."""
        try:
            return next(self._recorder.cameras(cancel), ())
        except (NotOfferedError, NotFoundError):
            return ()

    def _last_day(self) -> Span:
        now_ms = self._clock.now_ms()
        return Span(now_ms - _DAY_MS, now_ms)

    def _streams(self, cameras: Sequence[Camera], cancel: CancelToken) -> Finding:
        access = self._recorder.stream_access()
        for camera in cameras[:_CAMERAS_TO_TRY]:
            try:
                grant = self._recorder.playback(
                    camera.camera_id, self._last_day(), speed=1, skip_gaps=True, cancel=cancel
                )
                self._try_stream(grant.url, access, cancel)
            except NotFoundError:
                continue
            except RtaError as err:
                cancel.raise_if_cancelled()
                certificate = (
                    err.certificate if isinstance(err, UntrustedCertificateError) else None
                )
                return Finding(Step.STREAMS, Outcome.BAD, str(err), certificate, err)
            return _good(Step.STREAMS, tr("Its streams can be reached."))
        text = tr("No camera has footage of the last day to try a stream with.")
        return Finding(Step.STREAMS, Outcome.UNKNOWN, text)


_PROTECTION = {
    ConnectionSecurity.VERIFIED: (
        Outcome.GOOD,
        mark("Its certificate is trusted by this computer."),
    ),
    ConnectionSecurity.PINNED: (Outcome.GOOD, mark("Its certificate is the pinned one.")),
    ConnectionSecurity.UNVERIFIED: (
        Outcome.NOTE,
        mark("Its certificate is not checked: anybody in between could read the password."),
    ),
    ConnectionSecurity.PLAIN: (
        Outcome.NOTE,
        mark("It is spoken to without TLS: anybody in between can read the password."),
    ),
    ConnectionSecurity.LOCAL: (Outcome.GOOD, mark("It is on this computer.")),
}


def _good(step: Step, text: str) -> Finding:
    return Finding(step, Outcome.GOOD, text)


def _clock_finding(offset_ms: int | None) -> Finding:
    if offset_ms is None:
        return Finding(Step.CLOCK, Outcome.UNKNOWN, tr("It does not say what time it has."))
    if abs(offset_ms) <= LARGEST_OFFSET_MS:
        return _good(Step.CLOCK, tr("Its clock agrees with this computer's."))
    apart = format_duration(abs(offset_ms) // 1000 * 1000)
    if offset_ms > 0:
        text = tr(
            "Its clock is {apart} ahead of this computer's: what was recorded at a time may be off by "
            "that.",
            apart=apart,
        )
    else:
        text = tr(
            "Its clock is {apart} behind this computer's: what was recorded at a time may be off by "
            "that.",
            apart=apart,
        )
    return Finding(Step.CLOCK, Outcome.NOTE, text)


def _has(ask: Callable[[], object], cancel: CancelToken) -> bool:
    """False when the endpoint is not there; another failure says nothing about that."""
    try:
        ask()
    except NotOfferedError:
        return False
    except RtaError:
        cancel.raise_if_cancelled()
    return True


def _companions(cameras: int, missing: set[Feature], info: ServerInfo) -> Finding:
    text = trn("This user sees {n} camera.", "This user sees {n} cameras.", cameras)
    if cameras >= PAGE_SIZE:
        text = trn(
            "This user sees at least {n} camera.", "This user sees at least {n} cameras.", cameras
        )
    if info.formats:
        text += " " + tr("Files come as {formats}.", formats=", ".join(info.formats))
    if info.codecs:
        text += " " + tr("Recordings are {codecs}.", codecs=", ".join(info.codecs))
    if not missing:
        return Finding(Step.COMPANIONS, Outcome.GOOD if cameras else Outcome.NOTE, text)
    names = ", ".join(sorted(tr(_PARTS[feature]) for feature in missing))
    text += " " + tr("The server does not offer: {names}.", names=names)
    return Finding(Step.COMPANIONS, Outcome.NOTE, text)
