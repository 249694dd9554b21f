import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.certificate import (
    Certificate,
    certificate_of,
    end_point_digest,
    normal_fingerprint,
    untrusted,
)
from rta_viewer.errors import UsageError
from tests.helpers.certificates import fingerprint, self_signed

PIN = ":".join(["AB"] * 32)


def loaded(folder: Path, **more: object) -> x509.Certificate:
    cert, _key = self_signed(folder, **more)  # type: ignore[arg-type]
    return x509.load_pem_x509_certificate(cert.read_bytes())


@pytest.mark.parametrize("to_days", [2, 365 * 40])
def test_reads_what_another_library_wrote(tmp_path: Path, to_days: int) -> None:
    theirs = loaded(tmp_path, hosts=("gate.example", "10.1.2.3", "::1"), to_days=to_days)
    ours = certificate_of(theirs.public_bytes(serialization.Encoding.DER))
    assert ours.fingerprint == fingerprint(tmp_path)
    assert ours.subject == ours.issuer == "CN=gate.example, O=Gate Süd"
    assert ours.names == ("gate.example", "10.1.2.3", "::1")
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    second = datetime.timedelta(milliseconds=1)
    assert ours.valid_from_ms == (theirs.not_valid_before_utc - epoch) // second
    assert ours.valid_to_ms == (theirs.not_valid_after_utc - epoch) // second
    assert ours.validity.count("Z") == 2


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_have_a_fingerprint(data: bytes) -> None:
    found = certificate_of(data)
    assert normal_fingerprint(found.fingerprint) == found.fingerprint


def test_a_certificate_cut_or_bent_anywhere_is_never_a_failure(tmp_path: Path) -> None:
    der = loaded(tmp_path).public_bytes(serialization.Encoding.DER)
    for at in range(len(der)):
        certificate_of(der[:at])
        bent = certificate_of(der[:at] + bytes([der[at] ^ 0xFF]) + der[at + 1 :])
        assert bent.fingerprint != certificate_of(der).fingerprint
        assert bent.subject.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        PIN,
        PIN.lower(),
        PIN.replace(":", ""),
        f"SHA256:{PIN}",
        f"sha256 Fingerprint={PIN}",
        f" {PIN} ",
    ],
)
def test_fingerprints_as_people_paste_them(text: str) -> None:
    assert normal_fingerprint(text) == PIN


@pytest.mark.parametrize("text", ["", "AB:CD", PIN + ":AB", PIN[:-1] + "G", "SHA1:" + PIN[:59]])
def test_other_texts_are_no_fingerprints(text: str) -> None:
    with pytest.raises(UsageError, match="fingerprint"):
        normal_fingerprint(text)


def test_the_sentences_name_what_a_person_compares() -> None:
    other = PIN.replace("AB", "CD")
    first = untrusted("https://gate", "self-signed certificate", Certificate(PIN, "CN=gate"))
    assert PIN in first.hint
    assert not first.is_changed
    changed = untrusted("https://gate", "", Certificate(PIN), (other,))
    assert changed.is_changed
    assert PIN in changed.summary
    assert other in changed.summary


def signed_by(key: Any, algorithm: hashes.HashAlgorithm | None) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gate")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    return builder.sign(key, algorithm)


@lru_cache
def made(kind: str) -> Any:
    return (
        rsa.generate_private_key(65537, 2048)
        if kind == "rsa"
        else ec.generate_private_key(ec.SECP256R1())
    )


@pytest.mark.parametrize(
    "algorithm", [hashes.SHA224(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512()]
)
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_the_digest_that_messages_are_bound_to(kind: str, algorithm: hashes.HashAlgorithm) -> None:
    theirs = signed_by(made(kind), algorithm)
    der = theirs.public_bytes(serialization.Encoding.DER)
    assert end_point_digest(der) == theirs.fingerprint(algorithm)


def test_no_digest_where_the_rfc_says_nothing() -> None:
    theirs = signed_by(ed25519.Ed25519PrivateKey.generate(), None)
    assert end_point_digest(theirs.public_bytes(serialization.Encoding.DER)) == b""
    assert end_point_digest(b"") == end_point_digest(b"nonsense") == b""
