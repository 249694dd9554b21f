"""What the answers to PLAY and SETUP say, and what a refusal means to the operator."""

import re
from dataclasses import dataclass, field

from rta_viewer.core.texts import tr
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NoFootageError,
    NotFoundError,
    RtaError,
    ServerError,
    SignInError,
)
from rta_viewer.media.rtsp.message import Headers, Response
from rta_viewer.media.rtsp.time_range import ClockRange, NptRange, parse_range

_MAX_TRACKS = 16
_MAX_CHARS = 8192
_INTERLEAVED = re.compile(r"interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?", re.ASCII)
_SEQUENCE = re.compile(r"(?:^|;)\s*seq\s*=\s*(\d{1,10})", re.ASCII | re.IGNORECASE)
_RTP_TIME = re.compile(r"(?:^|;)\s*rtptime\s*=\s*(\d{1,12})", re.ASCII | re.IGNORECASE)
_DEFAULT_TIMEOUT_S = 60.0
_NEEDS_TCP = 461


@dataclass(frozen=True, slots=True)
class RtpInfo:
    """One track of an ``RTP-Info`` header (RFC 2326 section 12.33)."""

    url: str
    sequence: int | None
    rtp_time: int | None


@dataclass(frozen=True, slots=True)
class PlayAnswer:
    """What a server said to PLAY.

    Attributes:
        speed: Media seconds per second that the answer promises, None when it names none.
        backwards: ``Scale`` is negative, or ``Speed``, as one server writes it.
        rate_control: The ``Rate-Control`` header, lower case, empty without.
    """

    range: ClockRange | NptRange | None = None
    rtp_info: tuple[RtpInfo, ...] = ()
    speed: float | None = None
    backwards: bool = False
    rate_control: str = ""
    cseq: int = 0
    fields: Headers = field(default=Headers(), repr=False)


def play_answer(response: Response) -> PlayAnswer:
    """Read a successful answer to PLAY; what makes no sense counts as not said."""
    headers = response.headers
    scale, speed = headers.decimal("Scale"), headers.decimal("Speed")
    factors = [abs(factor) for factor in (scale, speed) if factor]
    product = 1.0
    backwards = (scale or 1.0) * (speed or 1.0) < 0
    for factor in factors:
        product *= factor
    return PlayAnswer(
        range=parse_range(headers.get("Range")),
        rtp_info=parse_rtp_info(headers.get("RTP-Info")),
        speed=product if factors and 0.05 <= product <= 100 else None,
        backwards=backwards,
        rate_control=headers.get("Rate-Control").strip().lower(),
        cseq=headers.number("CSeq") or 0,
        fields=headers,
    )


def parse_rtp_info(text: str) -> tuple[RtpInfo, ...]:
    """The tracks of an ``RTP-Info`` header. URLs in it may hold commas and semicolons of their own."""
    parts = re.split(r"(?:^|,)\s*url\s*=", text[:_MAX_CHARS], flags=re.IGNORECASE)
    infos = []
    for part in parts[1 : _MAX_TRACKS + 1]:
        sequence, rtp_time = _SEQUENCE.search(part), _RTP_TIME.search(part)
        ends = [found.start() for found in (sequence, rtp_time) if found is not None]
        infos.append(
            RtpInfo(
                url=part[: min(ends)].strip() if ends else part.strip(),
                sequence=int(sequence.group(1)) & 0xFFFF if sequence else None,
                rtp_time=int(rtp_time.group(1)) & 0xFFFFFFFF if rtp_time else None,
            )
        )
    return tuple(infos)


def info_of_track(infos: tuple[RtpInfo, ...], url: str, position: int) -> RtpInfo | None:
    """The entry of one track: by its URL, by the URL's end, or by its position."""
    for info in infos:
        if info.url == url:
            return info
    tail = url.rstrip("/").rpartition("/")[2]
    matching = [info for info in infos if info.url.rstrip("/").rpartition("/")[2] == tail]
    if len(matching) == 1:
        return matching[0]
    return infos[position] if position < len(infos) else None


def interleaved_channels(transport: str, asked: int) -> tuple[int, int]:
    """Data and control channel as the server assigned them; as asked when it did not say."""
    found = _INTERLEAVED.search(transport[:_MAX_CHARS])
    if found is None:
        return asked, asked + 1
    data = int(found.group(1))
    control = int(found.group(2)) if found.group(2) else data + 1
    return (data, control) if data < 256 and control < 256 else (asked, asked + 1)


def session_id(headers: Headers) -> tuple[str, float]:
    """Session identifier, and its timeout in seconds."""
    name, _, parameters = headers.get("Session").partition(";")
    found = re.search(r"timeout\s*=\s*(\d{1,6})", parameters, re.ASCII | re.IGNORECASE)
    return name.strip()[:256], float(found.group(1)) if found else _DEFAULT_TIMEOUT_S


def refusal(response: Response, method: str) -> RtaError:
    """A refused request as the error that the operator reads."""
    status = response.status
    if status == 403:
        return SignInError(
            tr("The recording server does not allow this user to play this camera."),
            tr("Ask the server's administrator for the right to play recordings."),
        )
    if status in {404, 410}:
        return NotFoundError(
            tr("The recording server has no stream at the address that it gave."),
            tr("The camera may have been deleted; reload the cameras (F5)."),
        )
    if status == 457:
        return NoFootageError(tr("Nothing was recorded at that time."), tr("Choose another time."))
    if status in {453, 503}:
        return BusyError(
            tr("The recording server cannot play this stream now."),
            tr("It may be playing too many: close some pictures and try again in a moment."),
        )
    if status == _NEEDS_TCP:
        return NetworkError(
            tr("The recording server does not offer its streams over TCP."),
            tr("Switch on RTSP over TCP (interleaved) on the recording server."),
        )
    if status == 454:
        return NetworkError(tr("The recording server ended our session."), tr("Play again."))
    reason = response.reason[:80]
    return ServerError(
        tr(
            "The recording server refused the request {method} for the stream ({status} {reason}).",
            method=method,
            status=str(status),
            reason=reason,
        ),
        tr("Try another time or camera; if it stays so, ask the server's administrator."),
    )
