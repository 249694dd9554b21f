"""Recording servers over HTTP. :func:`connect` is the door; the rest is behind ``core.ports.Recorder``."""

from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.pins import Pins
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError
from rta_viewer.vms.address import candidates
from rta_viewer.vms.negotiate import Credentials
from rta_viewer.vms.rate import Sleeper, sleep_for
from rta_viewer.vms.rest import HttpRecorder
from rta_viewer.vms.throttle import Throttle

__all__ = ["Throttle", "connect"]


def connect(
    address: str,
    username: str,
    password: Secret,
    *,
    method: SignInMethod | None = None,
    verify_tls: bool = True,
    trusted_hosts: frozenset[str] = frozenset(),
    use_host_for_streams: str = "",
    pins: frozenset[str] = frozenset(),
    allow_basic: bool = False,
    clock: Clock,
    sleep: Sleeper = sleep_for,
    throttle: Throttle | None = None,
    request_share: float = 1.0,
) -> HttpRecorder:
    """A recorder for one server and one user. Nothing is sent before its ``sign_in``.

    Args:
        address: As people type it: see :func:`rta_viewer.vms.address.candidates`.
        username: Who signs in.
        password: Goes to the server that the operator named, and to nobody else.
        method: The way of sign-in; None finds out.
        verify_tls: False trusts any certificate.
        trusted_hosts: More hosts, or ``host:port``, that may get the credentials.
        use_host_for_streams: Replaces the host in playback URLs.
        pins: SHA-256 fingerprints. With any, this server (and the stream host) has to show one of these
            certificates, and is not spoken to without TLS.
        allow_basic: RTSP Basic over plain TCP, also where the sign-in was by https.
        clock: For limits, tokens and ``Retry-After``.
        sleep: How to wait; tests need not.
        throttle: Bounds the rate of all transfers that share it; None for no limit.
        request_share: How much of the requests a minute that the contract allows may be used, up to 1.

    Raises:
        UsageError: Not an address, or a pinned certificate for one without TLS.
    """
    origins = candidates(address)
    if pins:
        origins = tuple(origin for origin in origins if origin.scheme == "https")
        if not origins:
            raise UsageError(
                tr("A certificate is pinned for this server, but its address is one without TLS."),
                tr("Use https:// in the address, or take the pin away."),
            )
    hosts = {origin.host for origin in origins} | ({use_host_for_streams.lower()} - {""})
    return HttpRecorder(
        origins,
        Credentials(username, password),
        method=method,
        verify_tls=verify_tls,
        trusted_hosts=trusted_hosts,
        use_host_for_streams=use_host_for_streams,
        pins=Pins(frozenset(normal_fingerprint(pin) for pin in pins), frozenset(hosts)),
        allow_basic=allow_basic,
        clock=clock,
        sleep=sleep,
        throttle=throttle,
        request_share=request_share,
    )
