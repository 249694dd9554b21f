"""RTSP URLs: where they lead, how control attributes attach to them, and which redirects are followed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

from rta_viewer.core.texts import tr
from rta_viewer.errors import NetworkError
from rta_viewer.media.rtsp.time_range import parse_clock

_PORTS = {"rtsp": 554, "rtsps": 322}
_MAX_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect, and the URL to name in requests (never with credentials)."""

    url: str
    host: str
    port: int
    tls: bool

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take a URL apart; user and password in it are dropped.

        Raises:
            NetworkError: Not an RTSP URL.
        """
        if len(url) > _MAX_CHARS or any(ord(char) <= 32 or ord(char) == 127 for char in url):
            raise _bad_url()
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as err:
            raise _bad_url() from err
        scheme = parts.scheme.lower()
        if scheme not in _PORTS or not host:
            raise _bad_url()
        netloc = _netloc(host, port)
        clean = urlunsplit((scheme, netloc, parts.path, parts.query, ""))
        return cls(clean, host.lower(), port or _PORTS[scheme], scheme == "rtsps")

    def with_host(self, host: str) -> "Endpoint":
        """The same with another host, the port kept."""
        parts = urlsplit(self.url)
        url = urlunsplit(parts._replace(netloc=_netloc(host, parts.port)))
        return replace(self, url=url, host=host.strip("[]").lower())

    def redirected(self, location: str, trusted_hosts: frozenset[str]) -> "Endpoint":
        """Where a redirect leads.

        Raises:
            NetworkError: To a host that is not trusted, from TLS to plain TCP, or nowhere.
        """
        target = Endpoint.parse(urljoin(self.url, location.strip()))
        if target.host != self.host and target.host not in trusted_hosts:
            raise NetworkError(
                tr(
                    "The stream was redirected to {host}, which is not a host of this server.",
                    host=target.host,
                ),
                tr("Add the host to this server's settings if it belongs to it."),
            )
        if self.tls and not target.tls:
            raise NetworkError(
                tr("The stream was redirected from an encrypted to an unencrypted connection."),
                tr("Ask the server's administrator; the viewer does not follow such a redirect."),
            )
        return target


def control_url(base: str, control: str) -> str:
    """The URL of a track or of the whole presentation (RFC 2326 C.1.1).

    Recorders expect the control appended to the base, with or without slash and behind a query, rather
    than what RFC 3986 would make of it.
    """
    control = control.strip()
    if control in {"", "*"}:
        return base
    if control.lower().startswith(("rtsp://", "rtsps://")):
        return control
    if control.startswith("/"):
        parts = urlsplit(base)
        return f"{parts.scheme}://{parts.netloc}{control}"
    return base + control if base.endswith("/") else f"{base}/{control}"


def start_in_url(url: str) -> float | None:
    """The instant that a playback URL starts at (``start=`` and its dialects), UTC milliseconds."""
    try:
        query = parse_qs(urlsplit(url).query, max_num_fields=50)
    except ValueError:
        return None
    for name, values in query.items():
        if name.lower() in {"start", "starttime", "start_time", "begin"}:
            return _instant(values[0])
    return None


def speed_in_url(url: str) -> float:
    """The speed that a playback URL asks for, 1 when it asks for none."""
    try:
        values = parse_qs(urlsplit(url).query, max_num_fields=50).get("speed", ["1"])
        speed = float(values[0])
    except ValueError:
        return 1.0
    return speed if 0.1 <= speed <= 64 else 1.0


def _instant(text: str) -> float | None:
    clock = parse_clock(text.upper())
    if clock is not None:
        return clock
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment.timestamp() * 1000 if moment.tzinfo is not None else None


def _netloc(host: str, port: int | None) -> str:
    host = host.strip("[]")
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _bad_url() -> NetworkError:
    return NetworkError(
        tr("The server gave an address for the stream that is not an RTSP address."),
        tr("Tell the server's administrator."),
    )
