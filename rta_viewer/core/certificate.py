"""What a server shows of itself by TLS: for people to compare, and to be pinned.

A certificate that nobody vouches for comes as bytes (DER, X.690; fields of RFC 5280, 4.1). The standard
library only takes apart those that it trusts, so the few fields that a person compares are read here. The
bytes are hostile: every length is checked, and what cannot be read is left empty. The fingerprint is of all
bytes and always there.
"""

import contextlib
import hashlib
import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from rta_viewer.core.texts import tr
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import NetworkError, UsageError

_LONGEST_NAME = 300
_MOST_NAMES = 50
_RSA, _ECDSA = bytes.fromhex("2a864886f70d0101"), bytes.fromhex("2a8648ce3d04")
_SIGNATURE_HASHES = {
    _RSA + b"\x04": "sha256",
    _RSA + b"\x05": "sha256",
    _RSA + b"\x0b": "sha256",
    _RSA + b"\x0c": "sha384",
    _RSA + b"\x0d": "sha512",
    _RSA + b"\x0e": "sha224",
    _ECDSA + b"\x01": "sha256",
    _ECDSA + b"\x03\x01": "sha224",
    _ECDSA + b"\x03\x02": "sha256",
    _ECDSA + b"\x03\x03": "sha384",
    _ECDSA + b"\x03\x04": "sha512",
}
"""Signature algorithms (RFC 8017, RFC 5758) and what hashes the certificate: not MD5, not SHA-1."""

_MOST_PARTS = 200
_OID, _CONTEXT_3 = 0x06, 0xA3
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
_ALT_NAMES = bytes.fromhex("551d11")
_LABELS = {
    bytes.fromhex("550403"): "CN",
    bytes.fromhex("55040a"): "O",
    bytes.fromhex("55040b"): "OU",
    bytes.fromhex("550406"): "C",
}
_ENCODINGS = {0x1E: "utf-16-be", 0x14: "latin-1"}
_HEX = re.compile(r"[0-9A-F]{64}")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate, as far as people compare it.

    Attributes:
        fingerprint: SHA-256 of the whole, ``AB:CD:…``.
        subject, issuer: ``CN=…, O=…``; empty where unreadable.
        names: Host names and addresses that it is for.
        valid_from_ms, valid_to_ms: None where unreadable.
    """

    fingerprint: str
    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    valid_from_ms: int | None = None
    valid_to_ms: int | None = None

    @property
    def validity(self) -> str:
        """``2025-01-01T00:00:00.000Z to …``; empty where unreadable."""
        if self.valid_from_ms is None or self.valid_to_ms is None:
            return ""
        return f"{iso_utc(self.valid_from_ms)} to {iso_utc(self.valid_to_ms)}"


class UntrustedCertificateError(NetworkError):
    """TLS works, but nobody vouches for the other side: never a reason to try without TLS.

    Attributes:
        certificate: What was shown, None where it could not be had.
        pinned: Fingerprints that were expected; not empty when the certificate has changed.
        reason: In the words of the TLS library; empty for a changed one.
        where: The server's address, empty where it is not known.
    """

    def __init__(
        self,
        summary: str,
        hint: str = "",
        certificate: Certificate | None = None,
        pinned: tuple[str, ...] = (),
        reason: str = "",
        where: str = "",
    ) -> None:
        super().__init__(summary, hint)
        self.where = where
        self.reason = reason
        self.certificate = certificate
        self.pinned = pinned

    @property
    def is_changed(self) -> bool:
        """Another certificate was pinned for this server."""
        return bool(self.pinned)


def untrusted(
    where: str, reason: str, certificate: Certificate | None, pinned: tuple[str, ...] = ()
) -> UntrustedCertificateError:
    """The failure in words, with what a person needs to decide.

    Args:
        where: The server's address, for the sentence.
        reason: Why it is not trusted; not needed for one that differs from the pinned.
        certificate: What was shown.
        pinned: The fingerprints that were expected.
    """
    if pinned:
        shown = certificate.fingerprint if certificate else tr("unknown")
        return UntrustedCertificateError(
            tr(
                "The certificate of {host} has changed: pinned is {pinned}, shown is {shown}.",
                host=where,
                pinned=tr(" or ").join(pinned),
                shown=shown,
            ),
            tr(
                "Ask the server's administrator whether it was replaced. If not, somebody may be "
                "in between."
            ),
            certificate,
            pinned,
            where=where,
        )
    hint = tr("Have it installed on this computer.")
    if certificate is not None:
        hint = tr(
            "Have it installed on this computer, or compare its fingerprint with the "
            "administrator's and pin it: {fingerprint}.",
            fingerprint=certificate.fingerprint,
        )
    return UntrustedCertificateError(
        tr("The certificate of {host} is not trusted: {reason}.", host=where, reason=reason),
        hint,
        certificate,
        reason=reason,
        where=where,
    )


def normal_fingerprint(text: str) -> str:
    """``AB:CD:…`` from all the ways to write a SHA-256 fingerprint.

    Raises:
        UsageError: It is none.
    """
    digits = re.sub(r"^SHA-?256[:=\s]+(FINGERPRINT\s*=)?", "", text.strip().upper())
    digits = re.sub(r"[:\s-]", "", digits)
    if not _HEX.fullmatch(digits):
        raise UsageError(
            tr("This is not a SHA-256 fingerprint of a certificate."),
            tr("It has 64 hexadecimal digits, with or without colons."),
        )
    return ":".join(digits[at : at + 2] for at in range(0, 64, 2))


def fingerprint_of(der: bytes) -> str:
    """SHA-256 of the certificate's bytes, ``AB:CD:…``."""
    return normal_fingerprint(hashlib.sha256(der).hexdigest())


def certificate_of(der: bytes) -> Certificate:
    """The fields of a certificate; never fails, whatever the bytes are."""
    fingerprint = fingerprint_of(der)
    try:
        return _parsed(der, fingerprint)
    except ValueError:
        return Certificate(fingerprint)


def end_point_digest(der: bytes) -> bytes:
    """What channel binding by ``tls-server-end-point`` binds to (RFC 5929, 4.1).

    The hash of the whole certificate by its signature's own hash, or by SHA-256 where that one is MD5 or
    SHA-1. Empty for a signature that the RFC says nothing of.
    """
    try:
        algorithm = list(_parts(_first(der).body))[1]
        hash_name = _SIGNATURE_HASHES.get(_first(algorithm.body).body)
    except (ValueError, IndexError):
        return b""
    return hashlib.new(hash_name, der).digest() if hash_name else b""


class _Part(NamedTuple):
    tag: int
    body: bytes


def _parts(data: bytes) -> Iterator[_Part]:
    """The elements that lie one behind the other (X.690, 8.1); raises ValueError."""
    at = 0
    for _ in range(_MOST_PARTS):
        if at >= len(data):
            return
        if at + 2 > len(data):
            break
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 0 < count <= 4 or at + count > len(data):
                break
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + length > len(data):
            break
        yield _Part(tag, data[at : at + length])
        at += length
    msg = "not DER"
    raise ValueError(msg)


def _first(data: bytes) -> _Part:
    part = next(_parts(data), None)
    if part is None:
        msg = "empty"
        raise ValueError(msg)
    return part


def _parsed(der: bytes, fingerprint: str) -> Certificate:
    signed = list(_parts(_first(_first(der).body).body))
    if signed and signed[0].tag == 0xA0:
        signed.pop(0)
    if len(signed) < 5:
        msg = "not a certificate"
        raise ValueError(msg)
    issuer, validity, subject = signed[2], list(_parts(signed[3].body)), signed[4]
    if len(validity) != 2:
        msg = "no validity"
        raise ValueError(msg)
    extensions = next((part.body for part in signed[5:] if part.tag == _CONTEXT_3), b"")
    return Certificate(
        fingerprint,
        _name(subject.body),
        _name(issuer.body),
        _names(extensions),
        _instant_ms(validity[0]),
        _instant_ms(validity[1]),
    )


def _name(data: bytes) -> str:
    """A distinguished name (RFC 5280, 4.1.2.4), its common parts only."""
    found = []
    for group in _parts(data):
        for pair in _parts(group.body):
            kind, value = (*_parts(pair.body), _Part(0, b""), _Part(0, b""))[:2]
            if kind.body in _LABELS:
                text = value.body.decode(_ENCODINGS.get(value.tag, "utf-8"), "replace")
                found.append(f"{_LABELS[kind.body]}={_plain(text)}")
    return ", ".join(found)[:_LONGEST_NAME]


def _plain(text: str) -> str:
    """Without control and direction-changing characters: it is shown to people who decide by it."""
    kept = (char for char in text[:_LONGEST_NAME] if unicodedata.category(char)[0] != "C")
    return "".join(kept)


def _instant_ms(part: _Part) -> int | None:
    """UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5): years from 50 on are of the last century."""
    text = part.body.decode("ascii", "replace")
    if part.tag == _UTC_TIME:
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    elif part.tag != _GENERALIZED_TIME:
        return None
    try:
        moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1000


def _names(extensions: bytes) -> tuple[str, ...]:
    """Subject alternative names (RFC 5280, 4.2.1.6)."""
    if not extensions:
        return ()
    for extension in _parts(_first(extensions).body):
        fields = list(_parts(extension.body))
        if fields and fields[0] == (_OID, _ALT_NAMES):
            listed = (_alt_name(part) for part in _parts(_first(fields[-1].body).body))
            return tuple(name for name in listed if name)[:_MOST_NAMES]
    return ()


def _alt_name(part: _Part) -> str:
    if part.tag == _DNS_NAME:
        return _plain(part.body.decode("ascii", "replace"))
    if part.tag == _IP_ADDRESS:
        with contextlib.suppress(ValueError):
            return str(ipaddress.ip_address(part.body))
    return ""
