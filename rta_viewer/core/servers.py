"""What this computer knows of recording servers: values without passwords."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rta_viewer.core.model import SignInMethod
from rta_viewer.errors import NetworkError

FULL_SHARE_PERCENT = 100


@dataclass(frozen=True, slots=True)
class ServerEntry:
    """A server that somebody signed in to. The password is in the keyring, not here.

    Attributes:
        stream_host: Replaces the host of playback URLs; empty for as the server says.
        trusted_hosts: More hosts that may be answered with this server's credentials, lower case.
        verify_tls: False takes any certificate.
        allow_basic: RTSP Basic over plain TCP.
        pins: SHA-256 fingerprints of certificates; with any, only these are taken from this server.
        plain_http_accepted: Somebody was told that passwords cross the network unencrypted.
        name: What the server calls itself; empty before the first sign-in.
        max_bytes_per_s: All transfers from this server together, 0 for no limit.
        time_zone: IANA name of the zone that the server stands in; empty for as it says, or unknown.
        requests_percent: How much of the requests a minute that the contract allows one station may use.
        extra: Keys of other versions.
    """

    address: str
    username: str = ""
    method: SignInMethod = SignInMethod.BASIC
    stream_host: str = ""
    verify_tls: bool = True
    allow_basic: bool = False
    trusted_hosts: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    plain_http_accepted: bool = False
    name: str = ""
    time_zone: str = ""
    max_bytes_per_s: int = 0
    requests_percent: int = FULL_SHARE_PERCENT
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """For lists: its name, or its address without the scheme."""
        return self.name or self.address.rpartition("://")[2] or self.address


def is_served_by(asked: tuple[str, str], signed_in: tuple[str, str]) -> bool:
    """True when who is signed in there goes on with what was ordered of a server by a user.

    A server that speaks TLS by now sends everybody to https: nobody can sign in to its http address any more.

    Args:
        asked: Address and user of the order, the address as ``ServerInfo.address``.
        signed_in: The same of now.
    """
    address, user = signed_in
    with_tls = address.partition("https://")[2]
    return asked[1] == user and asked[0] in {address, f"http://{with_tls}" if with_tls else address}


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A line of the list.

    Attributes:
        fixed: The administrator set this server: everything but who signs in is locked.
    """

    entry: ServerEntry
    fixed: bool = False


class PlainHttpError(NetworkError):
    """Nothing was sent yet: this server is spoken to without TLS, and nobody has accepted that."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} is spoken to without TLS: anybody in between can read the password.",
            "Nothing was sent yet. Use https:// if the server has it; this is asked once per server.",
        )
