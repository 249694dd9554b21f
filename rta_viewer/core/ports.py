"""The Protocols by which the rooms meet. ``app`` and ``cli`` decide who stands behind them.

Every method that may take long gets a :class:`~rta_viewer.core.cancel.CancelToken` and raises
:class:`~rta_viewer.errors.Cancelled` soon after it is set. All raise only the RtaError tree.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rta_viewer.core.access_unit import AccessUnit, MediaFormat
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import (
    Availability,
    Camera,
    CameraGroup,
    ExportStatus,
    Fetched,
    PlaybackGrant,
    RecordingEvent,
    SaveRequest,
    ServerInfo,
    TransferProgress,
)
from rta_viewer.core.pins import NO_PINS, Pins
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span

ProgressListener = Callable[[TransferProgress], None]


class Recorder(Protocol):
    """A recording server that somebody signed in to. Safe to call from several threads."""

    def sign_in(self, cancel: CancelToken) -> ServerInfo:
        """Check address and credentials, find out what the server offers.

        Raises:
            SignInError: Wrong user or password, or a way of sign-in that is not offered.
            ServerError: Not a recording server, or one without the recordings API.
            NetworkError: No answer.
        """
        ...

    @property
    def clock_offset_ms(self) -> int:
        """The server's clock minus this computer's, by its last answer; 0 where it does not say."""
        ...

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        """All cameras, page by page as they arrive."""
        ...

    def camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        """One camera with its details; raises NotFoundError, NotOfferedError."""
        ...

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        """All groups; raises NotOfferedError when the server has none to give."""
        ...

    def availability(self, camera_id: str, window: Span, cancel: CancelToken) -> Availability:
        """What was recorded. A missing endpoint is a state in the answer, not an exception."""
        ...

    def events(self, camera_id: str, window: Span, cancel: CancelToken) -> Sequence[RecordingEvent]:
        """What the server noticed; raises NotOfferedError when it does not say."""
        ...

    def playback(
        self, camera_id: str, window: Span, *, speed: int, skip_gaps: bool, cancel: CancelToken
    ) -> PlaybackGrant:
        """Ask for a stream. Raises NotFoundError or NoFootageError."""
        ...

    def fetch_clip(
        self, request: SaveRequest, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        """Download one clip into ``part``, resuming what is already there when the server allows."""
        ...

    def create_export(self, request: SaveRequest, cancel: CancelToken) -> ExportStatus:
        """Start a background job on the server; raises BusyError when it runs too many."""
        ...

    def export_status(self, export_id: str, cancel: CancelToken) -> ExportStatus:
        """One poll; raises NotFoundError when the server forgot the job."""
        ...

    def fetch_export(
        self, status: ExportStatus, part: Path, *, cancel: CancelToken, progress: ProgressListener
    ) -> Fetched:
        """Fetch a completed export; raises NotFoundError when its link has expired."""
        ...

    def stream_access(self) -> "StreamAccess":
        """Who we are on the RTSP side of this server, and which hosts may know it."""
        ...

    def close(self) -> None:
        """Drop connections and tokens."""
        ...


@dataclass(frozen=True, slots=True)
class StreamAccess:
    """Credentials for RTSP and where they may go.

    Attributes:
        trusted_hosts: Lower-case host names or addresses that may be answered with credentials.
        allow_basic: Basic over plain TCP; Digest is always allowed, Basic over TLS too.
        use_host: When set, replaces the host of playback URLs ("use the sign-in address for streams").
        pins: Certificates that this server has to show, whoever signed them.
    """

    username: str
    password: Secret
    trusted_hosts: frozenset[str]
    allow_basic: bool = False
    verify_tls: bool = True
    use_host: str = ""
    pins: Pins = NO_PINS


class ReplayStream(Protocol):
    """One camera's footage from one instant on, in decode order. Used by one thread at a time.

    A picture's instant counts by presentation: with B-frames instants are not monotonic in decode order.
    """

    @property
    def formats(self) -> Sequence[MediaFormat]:
        """The streams: video first, then sound if there is any."""
        ...

    @property
    def delivered_speed(self) -> float | None:
        """Media seconds per second the server promised, None for "as fast as you read"."""
        ...

    @property
    def lost_units(self) -> int:
        """Access units dropped because of lost or damaged data, since the start."""
        ...

    def units(self) -> Iterator[AccessUnit]:
        """Blocks until data arrives; ends at the end of the footage; raises NetworkError, MediaError.

        Starts at a key frame at or before the asked instant. Not reading stops the sender.
        """
        ...

    def close(self) -> None:
        """End it, from any thread; a blocked :meth:`units` returns or raises Cancelled at once."""
        ...


class ReplaySource(Protocol):
    """Opens streams of one camera. Implemented over RTSP, and over saved files."""

    def open(
        self,
        start_ms: int,
        end_ms: int,
        *,
        speed: float,
        key_frames_only: bool,
        cancel: CancelToken,
    ) -> ReplayStream:
        """Begin at the key frame at or before ``start_ms``; in a gap, at the next footage.

        ``speed`` is what the reader intends to show; a source that delivers as fast as it is read ignores
        it. Below 0 the end lies before the start, and key pictures come the latest first.

        Raises:
            NoFootageError, SignInError, NetworkError, MediaError: It cannot be played.
            NotOfferedError: Only with a negative ``speed``, here or from :meth:`ReplayStream.units`: this
                source does not play backwards; fetch key pictures in the order of recording.
        """
        ...

    def close(self) -> None:
        """Drop connections that were kept for re-use."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture, 32 bits a pixel in memory order B, G, R, unused (Qt's ``Format_RGB32``).

    Attributes:
        instant_ms: The picture's own UTC instant, None where the decoder could not say.
    """

    width: int
    height: int
    stride: int
    data: bytes | bytearray | memoryview
    instant_ms: float | None


class BackendListener(Protocol):
    """What a player backend reports. Called on the backend's own threads: return at once, stop nothing."""

    def picture_shown(self, picture: Picture) -> None:
        """A new picture is due now. ``picture.instant_ms`` is None."""
        ...

    def media_ended(self) -> None:
        """All of the medium was played."""
        ...

    def media_failed(self) -> None:
        """It could not be played; the backend does not know why, the feed does."""
        ...


@dataclass(frozen=True, slots=True)
class MediaRequest:
    """What a backend is to play.

    Attributes:
        locator: A loopback URL or a file path.
        rate: Media seconds per second.
        key_frames_only: Skip all pictures but key frames while decoding.
        width, height: Size of the pictures in pixels where it is known. Decoders pad pictures; a player
            that is not told the true size may show the padding.
        later_sizes: Asked when the size changes on the way: all true sizes that may come, width and height.
        demuxer: libVLC's name of what the medium is; empty lets it find out.
        reserve_ms: Wall-clock time to be ahead of the screen beyond the usual, for a medium that arrives no
            sooner than it is shown: pictures that come a little late would be dropped, every one of them.
    """

    locator: str
    rate: float = 1.0
    paused: bool = False
    key_frames_only: bool = False
    audio: bool = False
    width: int = 0
    height: int = 0
    later_sizes: Callable[[], Collection[tuple[int, int]]] = tuple
    demuxer: str = ""
    reserve_ms: int = 0


class PlayerBackend(Protocol):
    """Plays one medium at a time into memory. Methods return at once and are called from one thread."""

    def play(self, request: MediaRequest, listener: BackendListener) -> None:
        """Replace whatever plays. Reports of the replaced medium are not delivered after this returns."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Hold or go on."""
        ...

    def set_rate(self, rate: float) -> None:
        """Change the speed of what plays."""
        ...

    def stop(self) -> None:
        """Stop playing; teardown goes on elsewhere."""
        ...

    def close(self) -> None:
        """Stop for good and wait until teardown is done (bounded)."""
        ...


PlayerFactory = Callable[[], PlayerBackend]
