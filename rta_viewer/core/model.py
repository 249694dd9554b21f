"""What a recording server has, as values. Instants are integer milliseconds UTC, spans half-open.

The words are those of the field; ``docs/glossary.md`` explains them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rta_viewer.core.spans import Span


class Feature(StrEnum):
    """Parts of the contract that a server may lack without being useless."""

    GROUPS = "groups"
    CAMERA_DETAILS = "camera_details"
    TIMELINE = "timeline"
    EVENTS = "events"
    STATISTICS = "statistics"
    HEALTH = "health"
    CAPABILITIES = "capabilities"


class SignInMethod(StrEnum):
    """The three ways a server takes credentials."""

    BASIC = "basic"
    TOKEN = "token"  # noqa: S105 - the name of a method, not a password
    OPENID = "openid"


class ConnectionSecurity(StrEnum):
    """Who could listen, and why the other side is believed to be the server.

    ``PLAIN`` and ``UNVERIFIED`` are what an operator should see all the time.
    """

    VERIFIED = "verified"
    PINNED = "pinned"
    UNVERIFIED = "unverified"
    PLAIN = "plain"
    LOCAL = "local"
    """Without TLS, but it does not leave this computer."""


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What a server said of itself at sign-in.

    Attributes:
        address: The address that the operator signed in to, without path and without credentials.
        name: Display name, the address where the server gives none.
        version: As the server words it, empty when unknown.
        method: The way of sign-in that worked.
        missing: Companion features that the server is known not to offer.
        security: How the connection is protected; None where the recorder does not say.
        time_zone: IANA name of the zone that it stands in, empty where it does not say.
        clock_offset_ms: The server's clock minus this computer's, None when unknown.
        formats: Of the files that it delivers, as far as it says.
        codecs: Of its recordings, as far as it says.
    """

    address: str
    name: str
    version: str
    method: SignInMethod
    missing: frozenset[Feature] = frozenset()
    security: ConnectionSecurity | None = None
    clock_offset_ms: int | None = None
    time_zone: str = ""
    formats: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()

    @property
    def shows_password(self) -> bool:
        """The password crosses the network unencrypted: to be said once for each server."""
        return self.security is ConnectionSecurity.PLAIN


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One encoded stream. ``codec`` is upper case (``H264``, ``H265``, ``MJPEG``); 0 is unknown."""

    stream_id: str
    name: str = ""
    width: int = 0
    height: int = 0
    codec: str = ""
    fps: float = 0.0
    bitrate_kbps: int = 0


class CameraState(StrEnum):
    """What the tree shows about a camera."""

    RECORDING = "recording"
    DISABLED = "disabled"
    OFFLINE = "offline"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"
    SAVED_FILE = "saved_file"
    CHECKED_FILE = "checked_file"
    DOUBTFUL_FILE = "doubtful_file"


_FILE_STATES = frozenset(
    {CameraState.SAVED_FILE, CameraState.CHECKED_FILE, CameraState.DOUBTFUL_FILE}
)


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera. ``camera_id`` is opaque: compared, percent-encoded, never parsed.

    Attributes:
        notes: What a tile says of it beside its name, the longest wording first; only saved files have any.
        note_level: ``quiet``, ``warning`` or ``danger``: how much that matters.
        remarks: What else there is to know, a sentence each.
    """

    camera_id: str
    name: str
    short_name: str = ""
    enabled: bool = True
    recording_enabled: bool = True
    state: CameraState = CameraState.UNKNOWN
    channel: int | None = None
    recording_server: str = ""
    location: str = ""
    streams: tuple[StreamInfo, ...] = ()
    retention_days: int | None = None
    oldest_recording_ms: int | None = None
    newest_recording_ms: int | None = None
    model: str = ""
    notes: tuple[str, ...] = ()
    note_level: str = "quiet"
    remarks: tuple[str, ...] = ()

    @property
    def is_saved_file(self) -> bool:
        """True for files of this computer, which are shown like a camera. No server ever gives one."""
        return self.state in _FILE_STATES

    @property
    def main_stream(self) -> StreamInfo | None:
        """The first stream that the server lists, or None."""
        return self.streams[0] if self.streams else None


@dataclass(frozen=True, slots=True)
class CameraGroup:
    """A named group; a camera may be in several or in none."""

    group_id: str
    name: str
    description: str = ""
    camera_ids: tuple[str, ...] = ()


class RecordingKind(StrEnum):
    """Why the server recorded."""

    CONTINUOUS = "continuous"
    MOTION = "motion"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Recording:
    """An unbroken stretch of footage (the server's *sequence*). ``size_bytes`` is that of ``span``.

    Attributes:
        width: Of the pictures, in pixels; 0 is unknown, as for ``height`` and ``fps``.
    """

    span: Span
    kind: RecordingKind = RecordingKind.UNKNOWN
    has_audio: bool = False
    codec: str = ""
    size_bytes: int | None = None
    event_count: int = 0
    width: int = 0
    height: int = 0
    fps: float = 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without footage. ``reason`` is the server's word, empty when it gave none."""

    span: Span
    reason: str = ""


class AvailabilityState(StrEnum):
    """How far an :class:`Availability` can be believed."""

    KNOWN = "known"
    NOT_OFFERED = "not_offered"
    NOT_ALLOWED = "not_allowed"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Availability:
    """What one camera has inside ``window``; recordings and gaps are sorted and clipped to it."""

    camera_id: str
    window: Span
    recordings: tuple[Recording, ...] = ()
    gaps: tuple[Gap, ...] = ()
    state: AvailabilityState = AvailabilityState.KNOWN

    @property
    def recorded_ms(self) -> int:
        """Milliseconds of footage inside the window."""
        return sum(recording.span.duration_ms for recording in self.recordings)


@dataclass(frozen=True, slots=True)
class RecordingEvent:
    """Something that the server noticed."""

    event_id: str
    kind: str
    span: Span
    severity: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class PlaybackGrant:
    """The answer of the playback endpoint: where to play from. ``url`` never holds credentials."""

    url: str
    span: Span
    speed: float = 1.0
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Watermark:
    """Text that the server burns in; may contain ``{timestamp}``."""

    text: str


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """One camera's footage as one file, whichever way it is fetched.

    Attributes:
        container: ``mp4``, ``mkv`` or ``avi``.
        quality: ``low``, ``medium``, ``high``, or empty for the original, untouched.
    """

    camera_id: str
    span: Span
    container: str = "mp4"
    quality: str = ""
    include_audio: bool = True
    watermark: Watermark | None = None


class ExportState(StrEnum):
    """The server's words; anything else is UNKNOWN, shown as the server wrote it and polled on."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ExportStatus:
    """One answer about one export job on the server."""

    export_id: str
    state: ExportState
    state_text: str
    progress_percent: float | None = None
    time_left_s: float | None = None
    download_url: str = ""
    size_bytes: int | None = None
    expires_at_ms: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class TransferProgress:
    """How far a transfer is. ``total_bytes`` is None while the server has not said it.

    Attributes:
        wait_s: Seconds until the server is asked again; 0 unless it did not answer, or broke off.
    """

    received_bytes: int
    total_bytes: int | None
    note: str = field(default="")
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A finished transfer, not yet checked.

    Attributes:
        suggested_name: The server's; cleaned, and only a hint.
        remark: Why it was begun again; empty when it was not.
    """

    size_bytes: int
    sha256: str
    suggested_name: str = ""
    remark: str = ""
