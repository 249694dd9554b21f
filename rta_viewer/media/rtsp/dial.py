"""Opens TCP and TLS connections that can be cancelled at any moment."""

import selectors
import socket
import ssl
import time
from collections.abc import Callable

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import (
    Certificate,
    UntrustedCertificateError,
    certificate_of,
    untrusted,
)
from rta_viewer.core.pins import CertificateChangedError, pinned_context
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.texts import tr
from rta_viewer.errors import NetworkError
from rta_viewer.media.rtsp.url import Endpoint

RECEIVE_BUFFER_BYTES = 256 * 1024
"""Moderate on purpose: what lies in it has to be read before a seek's first picture."""

_SLICE_S = 0.05


def dial(
    endpoint: Endpoint,
    tls: ssl.SSLContext | None,
    timeout_s: float,
    cancel: CancelToken,
    clock: Callable[[], float] = time.monotonic,
) -> socket.socket:
    """A connected, non-blocking socket, encrypted when ``tls`` is given.

    Raises:
        NetworkError: Unknown host, refused, unreachable, too slow.
        UntrustedCertificateError: With the certificate, nothing having been sent but the handshake.
        Cancelled: The token was set.
    """
    try:
        addresses = socket.getaddrinfo(
            endpoint.host, endpoint.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
    except (OSError, UnicodeError) as err:
        raise NetworkError(
            tr("The host {host} of the stream is not known.", host=endpoint.host),
            tr("Check the address, or switch on the sign-in address for streams."),
        ) from err
    failure: NetworkError | None = None
    for family, kind, protocol, _, address in addresses[:8]:
        cancel.raise_if_cancelled()
        sock = socket.socket(family, kind, protocol)
        try:
            _connect(sock, address, endpoint, clock() + timeout_s, cancel, clock)
            return _encrypt(sock, tls, endpoint, clock() + timeout_s, cancel, clock)
        except UntrustedCertificateError as err:
            sock.close()
            if err.certificate is not None:
                raise
            shown = _shown_certificate(endpoint, address, timeout_s, cancel)
            raise untrusted(endpoint.host, err.reason, shown) from err
        except NetworkError as err:
            failure = err
            sock.close()
        except BaseException:
            sock.close()
            raise
    raise failure or NetworkError(
        tr("The host {host} of the stream has no address.", host=endpoint.host)
    )


def tls_context(host: str, access: StreamAccess) -> ssl.SSLContext:
    """Pinned certificates for the server itself; else the system's trust store, or no check at all."""
    if access.pins.concern(host):
        return pinned_context(access.pins)
    context = ssl.create_default_context()
    if not access.verify_tls:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _connect(
    sock: socket.socket,
    address: tuple[object, ...],
    endpoint: Endpoint,
    deadline_s: float,
    cancel: CancelToken,
    clock: Callable[[], float],
) -> None:
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        try:
            sock.connect(address)
        except BlockingIOError:
            _wait(sock, selectors.EVENT_WRITE, endpoint, deadline_s, cancel, clock)
        sock.getpeername()
    except OSError as err:
        raise NetworkError(
            tr(
                "No connection to the stream on {host}, port {port}.",
                host=endpoint.host,
                port=str(endpoint.port),
            ),
            tr("Check that the recording server runs and that no firewall is in the way."),
        ) from err


def _encrypt(
    sock: socket.socket,
    tls: ssl.SSLContext | None,
    endpoint: Endpoint,
    deadline_s: float,
    cancel: CancelToken,
    clock: Callable[[], float],
) -> socket.socket:
    if tls is None:
        return sock
    return _handshake(sock, tls, endpoint, deadline_s, cancel, clock)


def _handshake(
    sock: socket.socket,
    tls: ssl.SSLContext,
    endpoint: Endpoint,
    deadline_s: float,
    cancel: CancelToken,
    clock: Callable[[], float],
) -> ssl.SSLSocket:
    try:
        wrapped = tls.wrap_socket(
            sock, server_hostname=endpoint.host, do_handshake_on_connect=False
        )
    except (OSError, ValueError) as err:
        raise NetworkError(
            tr("No encrypted connection to {host} is possible.", host=endpoint.host)
        ) from err
    try:
        while True:
            try:
                wrapped.do_handshake()
            except ssl.SSLWantReadError:
                _wait(wrapped, selectors.EVENT_READ, endpoint, deadline_s, cancel, clock)
            except ssl.SSLWantWriteError:
                _wait(wrapped, selectors.EVENT_WRITE, endpoint, deadline_s, cancel, clock)
            else:
                return wrapped
    except CertificateChangedError as err:
        wrapped.close()
        raise untrusted(endpoint.host, "", err.certificate, err.pinned) from err
    except ssl.SSLCertVerificationError as err:
        wrapped.close()
        raise untrusted(endpoint.host, err.verify_message or tr("unknown reason"), None) from err
    except OSError as err:
        wrapped.close()
        raise NetworkError(
            tr("The encrypted connection to {host} failed.", host=endpoint.host),
            tr("Check that the server really offers TLS on this port."),
        ) from err
    except BaseException:
        wrapped.close()
        raise


def _shown_certificate(
    endpoint: Endpoint, address: tuple[object, ...], timeout_s: float, cancel: CancelToken
) -> Certificate | None:
    """What the server shows, on a connection of its own that carries the handshake only."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    family = socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET
    deadline_s = time.monotonic() + timeout_s
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        _connect(sock, address, endpoint, deadline_s, cancel, time.monotonic)
        with _handshake(sock, context, endpoint, deadline_s, cancel, time.monotonic) as wrapped:
            der = wrapped.getpeercert(binary_form=True)
    except NetworkError:
        return None
    finally:
        sock.close()
    return certificate_of(der) if der else None


def _wait(
    sock: socket.socket,
    event: int,
    endpoint: Endpoint,
    deadline_s: float,
    cancel: CancelToken,
    clock: Callable[[], float],
) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        while not selector.select(_SLICE_S):
            cancel.raise_if_cancelled()
            if clock() >= deadline_s:
                raise NetworkError(
                    tr("The stream's host {host} did not answer in time.", host=endpoint.host),
                    tr("Check the network, and that no firewall is in the way."),
                )
