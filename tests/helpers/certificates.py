"""Certificates that nobody trusts, for servers on the loopback interface."""

import datetime
import ipaddress
import ssl
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LOCAL = ("localhost", "127.0.0.1")


def self_signed(
    folder: Path, *, hosts: tuple[str, ...] = LOCAL, from_days: float = -1, to_days: float = 1
) -> tuple[Path, Path]:
    """Certificate and key files, valid around now, for 127.0.0.1 and localhost unless said otherwise."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, hosts[0]),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Gate Süd"),
        ]
    )
    now = datetime.datetime.now(datetime.UTC)
    addresses = [_general_name(host) for host in hosts]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=from_days))
        .not_valid_after(now + datetime.timedelta(days=to_days))
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_path, key_path


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def server_context(folder: Path, **more: Any) -> ssl.SSLContext:
    """A server-side context with a self-signed certificate; ``more`` goes to :func:`self_signed`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(folder, **more))
    return context


def fingerprint(folder: Path) -> str:
    """SHA-256 of the certificate in the folder as another library sees it, ``AB:CD:…``."""
    certificate = x509.load_pem_x509_certificate((folder / "cert.pem").read_bytes())
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()
