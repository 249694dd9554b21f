"""How the REST side behaves: the choices that real servers make differently."""

from dataclasses import dataclass, field
from typing import Literal

ALL_SIGN_INS = frozenset({"basic", "token", "openid"})
COMPANIONS = frozenset(
    {
        "cameras",
        "camera_details",
        "groups",
        "live",
        "snapshot",
        "timeline",
        "events",
        "statistics",
        "health",
        "capabilities",
    }
)
RECORDINGS = "recordings"
"""Lacking this, all core endpoints answer as an XProtect gateway does: ``Unknown resource: recordings``."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Requests a minute, 0 for no limit."""

    camera_list: int = 60
    camera: int = 300
    timeline: int = 100
    events: int = 120

    def of(self, bucket: str) -> int:
        """The limit of one bucket, 0 when it has none."""
        return int(getattr(self, bucket)) if bucket else 0


NO_LIMITS = RateLimits(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RestOptions:
    """Settings of one server.

    Attributes:
        accept: The ways of sign-in on offer: ``basic``, ``token``, ``openid``.
        token_lifetime_s: ``expires_in`` of tokens of both kinds.
        openid_refusal_status: What a wrong password gets from the OpenID endpoint; 400 is RFC 6749 5.2.
        lacking: Names from :data:`COMPANIONS`, or :data:`RECORDINGS`, that this server does not have.
        lacking_status: 404, 405 or 501.
        camera_list: The form of ``GET /cameras``: by ``limit``/``offset``, or ``array`` by ``page``/``size``.
        error_form: ``code`` for ``{"error":{"code",…}}``, ``details`` for ``{"error":{"httpCode",…}}``.
        rate_limits: Requests a minute.
        retry_after: The form of ``Retry-After``: ``seconds`` or an HTTP ``date``.
        playbacks_at_once: RTSP sessions beyond which playback answers 429.
        downloads_at_once: Downloads that are packaged at the same time; others wait.
        package_bytes: Bound on what packaged downloads take on the disk.
        export_bytes: Bound on what completed exports take on the disk; the oldest expire early.
        idle_timeout_s: A connection that neither sends nor takes anything for so long is closed.
        max_connections: Connections at the same time; more are closed at once.
    """

    accept: frozenset[str] = ALL_SIGN_INS
    token_lifetime_s: int = 3600
    openid_client_id: str = "GrantValidatorClient"
    openid_refusal_status: int = 401
    lacking: frozenset[str] = field(default=frozenset())
    lacking_status: int = 404
    camera_list: Literal["limit_offset", "array"] = "limit_offset"
    error_form: Literal["code", "details"] = "code"
    rate_limits: RateLimits = RateLimits()
    retry_after: Literal["seconds", "date"] = "seconds"
    playbacks_at_once: int = 500
    downloads_at_once: int = 2
    package_bytes: int = 4 * 1024**3
    export_bytes: int = 20 * 1024**3
    idle_timeout_s: float = 60.0
    max_connections: int = 500

    def __post_init__(self) -> None:
        unknown = (self.accept - ALL_SIGN_INS) | (self.lacking - COMPANIONS - {RECORDINGS})
        if unknown:
            msg = f"unknown sign-in or endpoint: {', '.join(sorted(unknown))}"
            raise ValueError(msg)
