"""What a URL names: a camera, live or recorded, with the range and speed it asks for (contract, "Playback").

Forms: ``/playback/{camera}?start=&end=`` or ``?start=&duration=seconds``, with ``&speed=`` and
``&skipGaps=``; ``/live/{camera}``. Clients that join a relative track name to a URL with a query put it
behind the query, others behind the path: both are understood.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from rta_viewer.demo.rtsp.message import RtspFailure
from rta_viewer.demo.rtsp.ranges import RangeError, parse_iso

_TRACK = re.compile(r"/?trackID=(\d)/?$")
MAX_SPEED = 64.0
_MAX_NUMBER = 1e9


@dataclass(frozen=True, slots=True)
class Presentation:
    """One parsed URL.

    Attributes:
        scheme: As the client wrote it.
        host: Name or address as the client knows it, with port, without credentials.
        path: Percent-encoded, without track and without a trailing slash.
        query: As it came, without track.
        start_ms: None: from the oldest footage (recorded) or from now (live).
        speed: The default of ``Scale``.
        track: Which track the URL names, None for all.
    """

    camera_id: str
    live: bool
    scheme: str
    host: str
    path: str
    query: str
    start_ms: float | None
    end_ms: float | None
    speed: float
    skip_gaps: bool
    track: int | None

    def same_as(self, other: "Presentation") -> bool:
        """True when both URLs name the same camera in the same way; queries do not count."""
        return self.camera_id == other.camera_id and self.live == other.live

    @property
    def base(self) -> str:
        """The absolute URL of the whole presentation, with a slash at its end."""
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{self.host}{self.path}{query}/"


def parse_presentation(url: str) -> Presentation:
    """Parse the URL of a request.

    Raises:
        RtspFailure: 404 when there is nothing of that kind, 400 when a parameter makes no sense.
    """
    try:
        parts = urlsplit(url)
    except ValueError as err:
        raise RtspFailure(400) from err
    if parts.scheme.lower() not in {"rtsp", "rtsps", "rtspt"}:
        raise RtspFailure(400)
    path, query, track = _without_track(parts.path, parts.query)
    segments = path.strip("/").split("/")
    if len(segments) != 2 or segments[0] not in {"playback", "live"} or not segments[1]:
        raise RtspFailure(404)
    try:
        values = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=32))
        start_ms, end_ms = _span(values)
        speed = _speed(values.get("speed", "1"))
    except ValueError as err:
        raise RtspFailure(400) from err
    return Presentation(
        camera_id=unquote(segments[1]),
        live=segments[0] == "live",
        scheme=parts.scheme.lower(),
        host=parts.netloc.rpartition("@")[2],
        path=path,
        query=query,
        start_ms=start_ms,
        end_ms=end_ms,
        speed=speed,
        skip_gaps=values.get("skipGaps", "true").lower() != "false",
        track=track,
    )


def _without_track(path: str, query: str) -> tuple[str, str, int | None]:
    track: int | None = None
    if match := _TRACK.search(path):
        track, path = int(match.group(1)), path[: match.start()]
    if match := _TRACK.search(query):
        track, query = int(match.group(1)), query[: match.start()]
    return path.rstrip("/"), query.rstrip("/"), track


def _span(values: dict[str, str]) -> tuple[float | None, float | None]:
    start_ms = parse_iso(_zone_mended(values["start"])) if "start" in values else None
    if "end" in values:
        end_ms: float | None = parse_iso(_zone_mended(values["end"]))
    elif "duration" in values and start_ms is not None:
        end_ms = start_ms + _positive(values["duration"]) * 1000
    else:
        end_ms = None
    if start_ms is not None and end_ms is not None and end_ms <= start_ms:
        msg = "the end lies before the start"
        raise RangeError(msg)
    return start_ms, end_ms


def _zone_mended(text: str) -> str:
    """A plus sign that was not percent-encoded arrives as a space."""
    return re.sub(r" (\d\d:?\d\d)$", r"+\1", text)


def _speed(text: str) -> float:
    return min(_positive(text), MAX_SPEED)


def _positive(text: str) -> float:
    """A number above 0; the bound keeps instants within what a calendar can hold."""
    value = float(text)
    if not 0 < value <= _MAX_NUMBER:
        raise RangeError(text)
    return value
