"""A certificate that nobody vouches for, so that the embedded server can be spoken to by TLS.

Made once and kept in its folder: a viewer that has pinned it finds the same one next time.
"""

import datetime
import ipaddress
import shutil
import ssl
import subprocess
from pathlib import Path

from rta_viewer.errors import StorageError, UsageError

CERTIFICATE_NAME, KEY_NAME = "cert.pem", "key.pem"
_VALID_DAYS = 825
"""The longest that common clients take."""

_NAME = "RTA demo recording server"
_OPENSSL_LIMIT_S = 30.0
_HOSTS = ("127.0.0.1", "::1")


def server_context(folder: Path) -> ssl.SSLContext:
    """A server-side context with the folder's certificate, made there if there is none.

    Raises:
        StorageError: The folder is not writable, or what is in it is no certificate.
        UsageError: There is none, and nothing that makes them is installed.
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
        import cryptography  # noqa: F401 - is it there?
    except ImportError:
        _make_by_openssl(certificate, key)
    else:
        _make_by_package(certificate, key)


def _make_by_openssl(certificate: Path, key: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise UsageError(
            "Making a certificate takes the Python package cryptography, or the command openssl.",
            f"Install one, or put {CERTIFICATE_NAME} and {KEY_NAME} into the folder.",
        )
    names = ",".join(["DNS:localhost", *(f"IP:{host}" for host in _HOSTS)])
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-subj", f"/CN={_NAME}", "-days", str(_VALID_DAYS - 1)]
    words += ["-addext", f"subjectAltName={names}", "-keyout", str(key), "-out", str(certificate)]
    key.touch(mode=0o600)
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        [openssl, *words], capture_output=True, timeout=_OPENSSL_LIMIT_S, check=False
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError("The command openssl made no certificate.", said[-1] if said else "")


def _make_by_package(certificate: Path, key: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _NAME)])
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
