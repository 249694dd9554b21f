"""Session descriptions (RFC 4566, RFC 2326 appendix C). Bounded, and forgiving to what recorders write."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rta_viewer.media.rtsp.time_range import ClockRange, NptRange, parse_range

_MAX_LINES = 2000
_MAX_LINE_CHARS = 16_384
_MAX_MEDIA = 32
_MAX_PAYLOAD_TYPES = 32
_MAX_PARAMETERS = 64
_STATIC = {0: ("PCMU", 8000, 1), 8: ("PCMA", 8000, 1), 26: ("JPEG", 90_000, 0)}
_SIZE = re.compile(r"(?:\d+\s+)?(\d{1,5})\s*[-,x]\s*(\d{1,5})", re.ASCII)

TimeRange = ClockRange | NptRange


@dataclass(frozen=True, slots=True)
class Payload:
    """One way that a track may be coded. ``encoding`` is upper case; ``parameters`` keys lower case."""

    payload_type: int
    encoding: str = ""
    clock_rate: int = 0
    channels: int = 0
    parameters: Mapping[str, str] = field(default_factory=dict)

    def parameter_sets(self) -> tuple[bytes, ...]:
        """The H.264 or H.265 parameter sets that the description carries; damaged ones are left out."""
        names = ("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets")
        texts = [text for name in names for text in self.parameters.get(name, "").split(",")]
        return tuple(nal for text in texts if text.strip() and (nal := _base64(text.strip())))

    def number(self, name: str, default: int) -> int:
        """A parameter that has to be a small number."""
        text = self.parameters.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else default


@dataclass(frozen=True, slots=True)
class Media:
    """One ``m=`` section.

    Attributes:
        kind: ``video``, ``audio``, ``application`` …
        control: As written, may be empty.
        frame_rate: Pictures per second, 0 unknown.
    """

    kind: str
    payloads: tuple[Payload, ...]
    control: str = ""
    range: TimeRange | None = None
    frame_rate: float = 0.0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class SessionDescription:
    """What DESCRIBE answered."""

    media: tuple[Media, ...] = ()
    control: str = ""
    range: TimeRange | None = None

    def clock_range(self) -> ClockRange | None:
        """The wall-clock range of the session or of its first track that has one."""
        ranges = [self.range, *(media.range for media in self.media)]
        return next((found for found in ranges if isinstance(found, ClockRange)), None)

    def npt_range(self) -> NptRange | None:
        """The range by play time of the session or of its first track that has one."""
        ranges = [self.range, *(media.range for media in self.media)]
        return next((found for found in ranges if isinstance(found, NptRange)), None)


def parse_sdp(body: bytes) -> SessionDescription:
    """Read a description; what makes no sense is left out, so the worst result has no media."""
    session = SessionDescription()
    media: list[_MediaLines] = []
    for raw in body.decode("utf-8", "replace").splitlines()[:_MAX_LINES]:
        line = raw.strip()[:_MAX_LINE_CHARS]
        if len(line) < 2 or line[1] != "=":
            continue
        kind, value = line[0], line[2:].strip()
        if kind == "m":
            if len(media) >= _MAX_MEDIA:
                break
            media.append(_MediaLines(value))
        elif kind == "a" and media:
            media[-1].attribute(value)
        elif kind == "a":
            session = _session_attribute(session, value)
    return replace(session, media=tuple(lines.media() for lines in media))


def _session_attribute(session: SessionDescription, value: str) -> SessionDescription:
    name, _, rest = value.partition(":")
    if name.lower() == "control":
        return replace(session, control=rest.strip())
    if name.lower() == "range":
        return replace(session, range=parse_range(rest))
    return session


class _MediaLines:
    """Collects the lines of one ``m=`` section."""

    def __init__(self, value: str) -> None:
        parts = value.split()
        numbers = [int(part) for part in parts[3:] if part.isascii() and part.isdigit()]
        self._kind = parts[0].lower() if parts else ""
        self._payloads = {
            number: Payload(number, *_STATIC.get(number, ("", 0, 0)))
            for number in numbers[:_MAX_PAYLOAD_TYPES]
            if number < 128
        }
        self._media = Media(self._kind, ())

    def attribute(self, value: str) -> None:
        name, _, rest = value.partition(":")
        name, rest = name.lower(), rest.strip()
        if name == "rtpmap":
            self._rtpmap(rest)
        elif name == "fmtp":
            self._fmtp(rest)
        elif name == "control":
            self._media = replace(self._media, control=rest)
        elif name == "range":
            self._media = replace(self._media, range=parse_range(rest))
        elif name in {"framerate", "x-framerate"}:
            self._media = replace(self._media, frame_rate=_rate(rest))
        elif name in {"framesize", "x-dimensions"} and (size := _SIZE.search(rest)):
            width, height = int(size.group(1)), int(size.group(2))
            self._media = replace(self._media, width=width, height=height)

    def media(self) -> Media:
        return replace(self._media, payloads=tuple(self._payloads.values()))

    def _payload(self, number: str) -> Payload | None:
        if number.isascii() and number.isdigit() and len(number) <= 3:
            return self._payloads.get(int(number))
        return None

    def _rtpmap(self, value: str) -> None:
        number, _, mapping = value.partition(" ")
        payload = self._payload(number)
        if payload is None:
            return
        encoding, *rest = mapping.strip().split("/")
        rates = [int(part) for part in rest if part.isascii() and part.isdigit() and len(part) < 8]
        self._payloads[payload.payload_type] = replace(
            payload,
            encoding=encoding.strip().upper(),
            clock_rate=rates[0] if rates else 0,
            channels=rates[1] if len(rates) > 1 else 1,
        )

    def _fmtp(self, value: str) -> None:
        number, _, text = value.partition(" ")
        payload = self._payload(number)
        if payload is None:
            return
        pairs = (part.partition("=") for part in text.split(";")[:_MAX_PARAMETERS])
        found = {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
        self._payloads[payload.payload_type] = replace(
            payload, parameters={**payload.parameters, **found}
        )


def _rate(text: str) -> float:
    head, _, divisor = text.strip().partition("/")
    try:
        rate = float(head[:12]) / (float(divisor[:12]) if divisor else 1.0)
    except (ValueError, ZeroDivisionError):
        return 0.0
    return rate if 0.01 <= rate <= 1000 else 0.0


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def first_supported(media: Media, encodings: Iterable[str]) -> Payload | None:
    """The first payload type with one of the encodings, None when there is none."""
    wanted = set(encodings)
    return next((payload for payload in media.payloads if payload.encoding in wanted), None)
