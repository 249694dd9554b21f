"""What people type as a server's address, and which addresses may know the operator's credentials.

Without a scheme an address is tried as https first. Only when nothing there speaks TLS (refused, silent,
or another protocol) http is tried: many recording servers in closed networks have no certificate. A
certificate that is not trusted never leads to http. The address that worked is kept with its scheme, so the
question is asked once.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import ServerError, UsageError
from rta_viewer.vms.errors_map import BREAKS_CONTRACT

DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_HINT = mark("Type a name or an IP address, with a port if needed: https://server.example:8090.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port. ``host`` is lower case, in ASCII, without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def text(self) -> str:
        """As a URL without path; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def is_loopback(self) -> bool:
        """True when it can only be this computer."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def candidates(typed: str) -> tuple[Origin, ...]:
    """The addresses that the text may mean, best first.

    A path, query or fragment is dropped: people paste what the browser shows.

    Raises:
        UsageError: Not an address, another scheme, or a user name inside it.
    """
    text = typed.strip().strip("\u200b\ufeff")
    if not text:
        raise UsageError(tr("No server address was given."), tr(_HINT))
    scheme, _, rest = text.rpartition("://") if "://" in text[:16] else ("", "", text)
    scheme = scheme.lower()
    if scheme not in {"", "http", "https"}:
        raise UsageError(
            tr(
                "\N{LEFT DOUBLE QUOTATION MARK}{scheme}\N{RIGHT DOUBLE QUOTATION MARK} is not a "
                "kind of address that the viewer signs in to.",
                scheme=scheme,
            ),
            tr(_HINT),
        )
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if "@" in rest.split("/", maxsplit=1)[0]:
        raise UsageError(
            tr("The address has a user name in it."),
            tr("Type the user and the password in their own fields."),
        )
    host, port = _host_and_port(authority)
    return tuple(
        Origin(name, host, port or DEFAULT_PORTS[name]) for name in _schemes_to_try(scheme, port)
    )


def same_server(one: str, other: str) -> bool:
    """True when two texts may mean the same address; texts that are no address never do."""
    try:
        return not set(candidates(one)).isdisjoint(candidates(other))
    except UsageError:
        return False


def _schemes_to_try(scheme: str, port: int | None) -> tuple[str, ...]:
    if scheme:
        return (scheme,)
    by_port = {80: ("http",), 443: ("https",)}
    return by_port.get(port or 0, ("https", "http"))


def _host_and_port(authority: str) -> tuple[str, int | None]:
    if authority.count(":") > 1 and not authority.startswith("["):
        return _ip6(authority), None
    if authority.startswith("["):
        inner, _, port_text = authority[1:].partition("]")
        return _ip6(inner), _port(port_text.removeprefix(":"))
    host, _, port_text = authority.partition(":")
    return _name(host), _port(port_text)


def _ip6(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text)).lower()
    except ValueError as err:
        raise UsageError(
            tr(
                "\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK} is not an "
                "IPv6 address.",
                text=text,
            ),
            tr(_HINT),
        ) from err


def _name(text: str) -> str:
    host = text.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise UsageError(
            tr(
                "\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK} is not a "
                "server address.",
                text=text[:80],
            ),
            tr(_HINT),
        )
    return host


def _port(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise UsageError(
            tr(
                "\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK} is not a "
                "port number.",
                text=text[:20],
            ),
            tr("Ports are numbers from 1 to 65535."),
        )
    return int(text)


def origin_of(url: str) -> Origin:
    """Where a URL that a server gave leads.

    Raises:
        ServerError: Not http or https, malformed, or with credentials inside.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as err:
        raise _malformed() from err
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".").lower()
    if scheme not in DEFAULT_PORTS or not host or _has_userinfo(parts):
        raise ServerError(
            tr("The server named an address that the viewer does not fetch from."),
            tr(BREAKS_CONTRACT),
        )
    if not _is_host(host):
        raise _malformed()
    return Origin(scheme, host, port or DEFAULT_PORTS[scheme])


def _malformed() -> ServerError:
    return ServerError(tr("The server named an address that is malformed."), tr(BREAKS_CONTRACT))


def _is_host(host: str) -> bool:
    """False for what no name can be: it would look like a network that is away, and be tried for long."""
    if not host.isascii():
        # Left as it is: there is more than one way to write it in ASCII.
        return host.isprintable() and " " not in host
    return ":" in host or _HOST.fullmatch(host) is not None


def _has_userinfo(parts: SplitResult) -> bool:
    return "@" in parts.netloc


@dataclass(frozen=True, slots=True)
class Trust:
    """Who may know the credentials: the signed-in host, and hosts that the operator listed.

    Attributes:
        home: The server that the operator signed in to.
        hosts: Lower-case ``host`` (any port) or ``host:port``.
    """

    home: Origin
    hosts: frozenset[str] = frozenset()

    def allows(self, target: Origin) -> bool:
        """For an address out of the server's own signed-in answer: same host, whatever the port."""
        if self.is_downgrade(target):
            return False
        return target.host == self.home.host or self._is_listed(target)

    def allows_redirect(self, source: Origin, target: Origin) -> bool:
        """For a redirect, which anybody on the way can provoke: same origin, or the same host's https."""
        if self.is_downgrade(target) or (source.scheme == "https" and target.scheme == "http"):
            return False
        if target == source or self._is_listed(target):
            return True
        return is_upgrade(source, target)

    def is_downgrade(self, target: Origin) -> bool:
        """True when the operator signed in by https and this is not."""
        return self.home.scheme == "https" and target.scheme == "http"

    def _is_listed(self, target: Origin) -> bool:
        return target.host in self.hosts or f"{target.host}:{target.port}" in self.hosts


def is_upgrade(source: Origin, target: Origin) -> bool:
    """The same host, now by https."""
    return source.host == target.host and (source.scheme, target.scheme) == ("http", "https")
