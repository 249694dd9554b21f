"""What can be made to go wrong on the REST side, so that clients are tested against servers as they are.

Each fault is armed for the next ``count`` requests whose path holds a fragment, and is used up by them.
Faults of one kind are used in the order in which they were armed; different kinds add up.
"""

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer with this instead of doing the work. ``retry_after`` goes out as it is."""

    status: int
    retry_after: str = ""
    body: bytes | None = None
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class CutBody:
    """Close the connection after so many body bytes; ``reset`` does it with an RST."""

    after_bytes: int
    reset: bool = False


@dataclass(frozen=True, slots=True)
class DelayFirstByte:
    """Say nothing for a while, then answer as usual."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drip:
    """Send the body no faster than this."""

    bytes_per_s: float


@dataclass(frozen=True, slots=True)
class IgnoreRange:
    """Answer a Range request with 200 and the whole."""


@dataclass(frozen=True, slots=True)
class OtherRange:
    """Answer a Range request with 206 and as many bytes from elsewhere, and say so in ``Content-Range``."""

    shift_bytes: int


@dataclass(frozen=True, slots=True)
class ShrinkFile:
    """Have only the file's beginning, with the same ``ETag``, as if it had been truncated on the disk."""

    size_bytes: int


class LengthLie(StrEnum):
    """What ``Content-Length`` says of a body that is complete."""

    MORE = "more"
    LESS = "less"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LieAboutLength:
    """``Content-Length`` larger or smaller than the body by ``by_bytes``, or not there at all."""

    lie: LengthLie
    by_bytes: int


@dataclass(frozen=True, slots=True)
class ChangeETag:
    """Pretend that the file is another one than at the request before."""


@dataclass(frozen=True, slots=True)
class OtherBody:
    """This body with status 200 instead of the right one."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class NameFile:
    """Send this ``Content-Disposition`` value as it is."""

    disposition: str


@dataclass(frozen=True, slots=True)
class OtherDownloadUrl:
    """Send this ``downloadUrl`` of a completed export."""

    url: str


@dataclass(frozen=True, slots=True)
class OtherPlaybackUrl:
    """Send this ``playbackUrl``."""

    url: str


@dataclass(frozen=True, slots=True)
class HoldOrder:
    """Let the order of an export wait, before or after the export has been begun."""

    seconds: float
    begun: bool


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """Say this progress of a running export, whatever is true."""

    percent: float


class ListDamage(StrEnum):
    """How the camera list departs from the contract."""

    WRONG_TYPE = "wrong_type"
    MISSING_FIELD = "missing_field"
    NOT_A_LIST = "not_a_list"
    NOT_JSON = "not_json"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class DamageCameraList:
    """Send a camera list that no contract knows."""

    damage: ListDamage


@dataclass(frozen=True, slots=True)
class HugeBody:
    """Send so many bytes of valid but useless JSON, without saying how many there will be."""

    size_bytes: int


Fault = (
    Fail
    | CutBody
    | DelayFirstByte
    | Drip
    | IgnoreRange
    | OtherRange
    | ShrinkFile
    | LieAboutLength
    | ChangeETag
    | OtherBody
    | NameFile
    | OtherDownloadUrl
    | OtherPlaybackUrl
    | HoldOrder
    | ReportProgress
    | DamageCameraList
    | HugeBody
)
_FaultT = TypeVar("_FaultT", bound=Fault)


@dataclass(slots=True)
class _Armed:
    fault: Fault
    path: str
    left: int


class HttpFaults:
    """The faults that are armed. Safe from several threads.

    In every method ``path`` is a fragment of the request's path (empty: any path) and ``count`` the
    number of requests that will suffer.
    """

    def __init__(self) -> None:
        self._armed: list[_Armed] = []
        self._lock = threading.Lock()

    def fail_next(
        self,
        count: int,
        status: int,
        *,
        path: str = "",
        retry_after: str = "",
        body: bytes | None = None,
        content_type: str = "application/json",
    ) -> None:
        """Refuse with a status; ``body`` None sends the contract's error form."""
        self._arm(Fail(status, retry_after, body, content_type), path, count)

    def fail_next_with_html(self, count: int, status: int, *, path: str = "") -> None:
        """Refuse with the kind of page that a proxy sends."""
        page = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
        self._arm(Fail(status, "", page.encode(), "text/html"), path, count)

    def cut_body(
        self, after_bytes: int, *, path: str = "", count: int = 1, reset: bool = False
    ) -> None:
        """Cut successful answers after so many body bytes."""
        self._arm(CutBody(after_bytes, reset), path, count)

    def delay_first_byte(self, seconds: float, *, path: str = "", count: int = 1) -> None:
        """Let the client wait for the first byte of the answer."""
        self._arm(DelayFirstByte(seconds), path, count)

    def drip(self, bytes_per_s: float, *, path: str = "", count: int = 1) -> None:
        """Send successful bodies slowly."""
        self._arm(Drip(bytes_per_s), path, count)

    def ignore_range(self, *, path: str = "", count: int = 1) -> None:
        """Send 200 and the whole file to a Range request."""
        self._arm(IgnoreRange(), path, count)

    def answer_other_range(self, shift_bytes: int = -1, *, path: str = "", count: int = 1) -> None:
        """Send 206 with another range than the one that was asked, as long where the file is."""
        self._arm(OtherRange(shift_bytes), path, count)

    def shrink_file(self, size_bytes: int, *, path: str = "", count: int = 1) -> None:
        """Have only so much of a file left."""
        self._arm(ShrinkFile(size_bytes), path, count)

    def lie_about_length(
        self, lie: LengthLie | str, *, by_bytes: int = 1000, path: str = "", count: int = 1
    ) -> None:
        """Send a wrong ``Content-Length``, or none."""
        self._arm(LieAboutLength(LengthLie(lie), by_bytes), path, count)

    def change_etag(self, *, path: str = "", count: int = 1) -> None:
        """Send another ``ETag`` than before; an ``If-Range`` with the old one does not match."""
        self._arm(ChangeETag(), path, count)

    def answer_instead(
        self,
        body: bytes,
        *,
        content_type: str = "application/json",
        path: str = "",
        count: int = 1,
    ) -> None:
        """Send this with status 200: a log-in page, an error in JSON, anything."""
        self._arm(OtherBody(body, content_type), path, count)

    def empty_body(self, *, path: str = "", count: int = 1) -> None:
        """Send 200 and nothing, still as a video."""
        self._arm(OtherBody(b"", "video/mp4"), path, count)

    def name_file(self, disposition: str, *, path: str = "", count: int = 1) -> None:
        """Send a ``Content-Disposition`` of your choice with files."""
        self._arm(NameFile(disposition), path, count)

    def override_download_url(self, url: str, *, count: int = 1) -> None:
        """Send this ``downloadUrl``; another host, a relative path, nonsense."""
        self._arm(OtherDownloadUrl(url), "", count)

    def override_playback_url(self, url: str, *, count: int = 1) -> None:
        """Send this ``playbackUrl``."""
        self._arm(OtherPlaybackUrl(url), "", count)

    def hold_order(self, seconds: float, *, begun: bool, count: int = 1) -> None:
        """Answer the order of an export late; ``begun``: the export is under way meanwhile."""
        self._arm(HoldOrder(seconds, begun), "", count)

    def report_progress(self, *percents: float, path: str = "") -> None:
        """Say these percentages at the next polls of running exports, one each, also backwards."""
        for percent in percents:
            self._arm(ReportProgress(percent), path, 1)

    def damage_camera_list(self, damage: ListDamage | str, *, count: int = 1) -> None:
        """Send a malformed camera list."""
        self._arm(DamageCameraList(ListDamage(damage)), "", count)

    def huge_body(self, size_bytes: int, *, path: str = "", count: int = 1) -> None:
        """Send a body that no client should read to its end."""
        self._arm(HugeBody(size_bytes), path, count)

    def clear(self) -> None:
        """Disarm everything."""
        with self._lock:
            self._armed.clear()

    @property
    def armed(self) -> int:
        """How many requests are still going to suffer, counted by fault."""
        with self._lock:
            return sum(entry.left for entry in self._armed)

    def take(self, kind: type[_FaultT], path: str) -> _FaultT | None:
        """Use up one armed fault of the kind that matches the path; for the server."""
        with self._lock:
            for entry in self._armed:
                if isinstance(entry.fault, kind) and entry.path in path:
                    entry.left -= 1
                    if entry.left <= 0:
                        self._armed.remove(entry)
                    return entry.fault
        return None

    def _arm(self, fault: Fault, path: str, count: int) -> None:
        with self._lock:
            self._armed.append(_Armed(fault, path, count))
