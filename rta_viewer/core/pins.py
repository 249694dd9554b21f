"""Trust in a certificate itself instead of in whoever signed it: pinning by fingerprint.

The check is part of the TLS handshake, for sockets and for TLS inside other transports alike, so that not
one byte of a request, and no credential, is sent before it.
"""

import ssl
from dataclasses import dataclass, field

from rta_viewer.core.certificate import Certificate, certificate_of, fingerprint_of


@dataclass(frozen=True, slots=True)
class Pins:
    """The certificates that one server may show.

    For the hosts named here nothing else counts: neither who signed a certificate, nor its names and
    dates. A certificate that was pinned was compared by a person. Other hosts are not concerned.

    Attributes:
        fingerprints: SHA-256, ``AB:CD:…``, as :func:`rta_viewer.core.certificate.normal_fingerprint` says.
        hosts: Lower-case host names or addresses.
    """

    fingerprints: frozenset[str] = field(default_factory=frozenset)
    hosts: frozenset[str] = field(default_factory=frozenset)

    def concern(self, host: str) -> bool:
        """True when that host has to show one of these certificates."""
        return bool(self.fingerprints) and host.lower() in self.hosts


NO_PINS = Pins()


class CertificateChangedError(ssl.SSLCertVerificationError):
    """The handshake ended with another certificate than the pinned ones.

    Attributes:
        certificate: What was shown.
        pinned: The fingerprints that would have been taken, sorted.
    """

    def __init__(self, certificate: Certificate, pinned: tuple[str, ...]) -> None:
        super().__init__("another certificate than the pinned one")
        self.certificate = certificate
        self.pinned = pinned


class _PinnedContext(ssl.SSLContext):
    """A client's context that takes these certificates only."""

    fingerprints: frozenset[str] = frozenset()

    def check(self, der: bytes | None) -> None:
        shown = der or b""
        if fingerprint_of(shown) not in self.fingerprints:
            raise CertificateChangedError(certificate_of(shown), tuple(sorted(self.fingerprints)))


class _PinnedSocket(ssl.SSLSocket):
    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        _check(self.context, self.getpeercert(binary_form=True))


class _PinnedObject(ssl.SSLObject):
    def do_handshake(self) -> None:
        super().do_handshake()
        _check(self.context, self.getpeercert(binary_form=True))


def _check(context: ssl.SSLContext, der: bytes | None) -> None:
    if not isinstance(context, _PinnedContext):
        raise ssl.SSLError("the connection has lost its pins")
    context.check(der)


def pinned_context(pins: Pins) -> ssl.SSLContext:
    """A context whose handshakes raise :class:`CertificateChangedError` for other certificates."""
    context = _PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.fingerprints = pins.fingerprints
    context.sslsocket_class = _PinnedSocket
    context.sslobject_class = _PinnedObject
    return context
