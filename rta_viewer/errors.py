"""Every failure that the program knows, as one finite tree. Imports nothing.

::

    RtaError
    ├── UsageError          what was asked makes no sense (bad time, end before start)
    ├── SignInError         the server refused the credentials, or wants another kind of sign-in
    │   └── RefusedError    user and password are wrong (any more): sign in again
    ├── NotFoundError       the camera or the export does not exist (any more)
    │   └── NoFootageError  the camera exists, but nothing was recorded at that time
    ├── ServerError         the server answered, but not as the contract says
    │   ├── NotOfferedError the server does not have this endpoint (404, 405, 501 on a companion)
    │   └── BusyError       429 or 503: asks us to come back later
    ├── NetworkError        no answer: refused, unreachable, cut, timed out, TLS not trusted
    ├── MediaError          pictures that cannot be parsed, decoded or shown
    ├── DeliveryError       a delivered file is not what was asked
    ├── StorageError        this computer: disk full, folder not writable, store damaged
    │   └── TargetLostError the disk is full or the drive is gone: may go on when it is back
    └── Cancelled           somebody said stop; not a failure

Each carries a ``summary`` (what happened, one sentence) and a ``hint`` (what to do); neither may hold a
secret. Exceptions of foreign libraries are mapped to these once, at the edge, with ``raise … from err``.
"""


class RtaError(Exception):
    """Base of all expected failures.

    Attributes:
        summary: One sentence for the screen: what happened.
        hint: One sentence for the screen: what to do about it. May be empty.
    """

    kind = "error"

    def __init__(self, summary: str, hint: str = "") -> None:
        super().__init__(summary)
        self.summary = summary
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.summary} {self.hint}".strip()


class UsageError(RtaError):
    """What was asked makes no sense."""

    kind = "usage"


class SignInError(RtaError):
    """The server refused the credentials, or wants another kind of sign-in."""

    kind = "sign_in"


class RefusedError(SignInError):
    """User and password are wrong, or not right any more: signing in again helps.

    Attributes:
        server: The address that refused them; empty where that is not known.
    """

    server = ""


class NotFoundError(RtaError):
    """The thing does not exist, or does not exist any more."""

    kind = "not_found"


class NoFootageError(NotFoundError):
    """The camera exists, but nothing was recorded at that time."""

    kind = "no_footage"


class ServerError(RtaError):
    """The server answered, but not as the contract says."""

    kind = "server"


class NotOfferedError(ServerError):
    """The server does not have this endpoint. For a companion this is a state, not a fault."""

    kind = "not_offered"


class BusyError(ServerError):
    """The server asks us to come back later.

    Attributes:
        retry_after_s: Seconds that the server asked for, or None when it named none.
    """

    kind = "busy"

    def __init__(self, summary: str, hint: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(summary, hint)
        self.retry_after_s = retry_after_s


class NetworkError(RtaError):
    """No usable answer: refused, unreachable, cut, timed out, or not trusted.

    Attributes:
        nothing_sent: There was no connection by then: the server cannot have done anything.
    """

    kind = "network"
    nothing_sent = False


class MediaError(RtaError):
    """Pictures that cannot be parsed, decoded or shown."""

    kind = "media"


class DeliveryError(RtaError):
    """A delivered file is not what was asked."""

    kind = "delivery"


class StorageError(RtaError):
    """This computer cannot keep what was asked: disk full, not writable, damaged."""

    kind = "storage"


class TargetLostError(StorageError):
    """The place that a file goes to is full or gone, and may have room or be back later."""


class Cancelled(RtaError):  # noqa: N818 - cancelled is not an error, and the name says so
    """Somebody said stop."""

    kind = "cancelled"

    def __init__(self, summary: str = "Cancelled.", hint: str = "") -> None:
        super().__init__(summary, hint)
