"""A certificate that nobody vouches for, so that the embedded server can be spoken to by TLS.

Made once and kept in its folder: a viewer that has pinned it finds the same one next time.
"""

import datetime
import ipaddress
import ssl
from pathlib import Path

from rta_viewer.errors import StorageError, UsageError

CERTIFICATE_NAME, KEY_NAME = "cert.pem", "key.pem"
_VALID_DAYS = 825
"""The longest that common clients take."""

_HOSTS = ("127.0.0.1", "::1")


def server_context(folder: Path) -> ssl.SSLContext:
    """A server-side context with the folder's certificate, made there if there is none.

    Raises:
        StorageError: The folder is not writable, or what is in it is no certificate.
        UsageError: There is none, and the package that makes them is not installed.
    """
    certificate, key = folder / CERTIFICATE_NAME, folder / KEY_NAME
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        if not (certificate.exists() and key.exists()):
            folder.mkdir(parents=True, exist_ok=True)
            _make(certificate, key)
        context.load_cert_chain(certificate, key)
    except ssl.SSLError as err:
        raise StorageError(f"{certificate} is no usable certificate.") from err
    except OSError as err:
        raise StorageError(f"{folder} cannot be used: {err.strerror}.") from err
    return context


def _make(certificate: Path, key: Path) -> None:
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError as err:
        raise UsageError(
            "Making a certificate takes the Python package cryptography.",
            f"Install it, or put {CERTIFICATE_NAME} and {KEY_NAME} into the folder.",
        ) from err
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "RTA demo recording server")])
    now = datetime.datetime.now(datetime.UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(host)) for host in _HOSTS]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=_VALID_DAYS - 1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(private, hashes.SHA256())
    )
    key.touch(mode=0o600)
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
