"""Basic and Digest sign-in (RFC 7616, RFC 7617; also without ``qop``, RFC 2069, as GStreamer sends it)."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from rta_viewer.core.secret import Secret
from rta_viewer.demo.rtsp.message import Headers, Request, RtspFailure

REALM = "RTA demo recorder"

_HASHES: dict[str, Callable[[bytes], "hashlib._Hash"]] = {
    "SHA-256": hashlib.sha256,
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False),
}
_SESSION = "-SESS"
_METHOD_NAMES = {
    "digest-sha256-sess": "SHA-256-SESS",
    "digest-sha256": "SHA-256",
    "digest-md5-sess": "MD5-SESS",
    "digest-md5": "MD5",
}
_PARAMETER = re.compile(
    r'\s*([A-Za-z0-9_-]{1,32})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))\s*(?:,|$)'
)


class Authenticator:
    """Checks who sends a request. Safe from several threads; keeps no state per client.

    A nonce is its time of issue signed with a key of this object, so any number of clients costs nothing.

    Args:
        credentials: Read on each request, so that a changed password counts at once.
        methods: Out of ``digest-sha256``, ``digest-md5``, the same with ``-sess``, ``basic``; empty lets
            everybody in.
        nonce_lifetime_s: After it the answer is 401 with ``stale=true``.
    """

    def __init__(
        self,
        credentials: Callable[[], tuple[str, Secret]],
        methods: frozenset[str],
        nonce_lifetime_s: float = 300.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._algorithms = [name for key, name in _METHOD_NAMES.items() if key in methods]
        self._basic = "basic" in methods
        self._lifetime_ms = nonce_lifetime_s * 1000
        self._monotonic = monotonic
        self._key = secrets.token_bytes(32)

    def check(self, request: Request) -> None:
        """Return when the request comes from the user.

        Raises:
            RtspFailure: 401 with the challenges.
        """
        if not self._algorithms and not self._basic:
            return
        scheme, _, rest = request.header("authorization").partition(" ")
        stale = False
        if scheme.lower() == "basic" and self._basic and self._basic_matches(rest.strip()):
            return
        if scheme.lower() == "digest":
            parameters = parse_parameters(rest)
            if self._digest_matches(request, parameters):
                if self._fresh(parameters.get("nonce", "")):
                    return
                stale = True
        raise RtspFailure(401, self._challenges(stale))

    def _challenges(self, stale: bool) -> Headers:
        nonce = self._new_nonce()
        mark = ", stale=true" if stale else ""
        digests = tuple(
            (
                "WWW-Authenticate",
                f'Digest realm="{REALM}", nonce="{nonce}", algorithm={_written(name)}, qop="auth"{mark}',
            )
            for name in self._algorithms
        )
        basic = (("WWW-Authenticate", f'Basic realm="{REALM}"'),) if self._basic else ()
        return digests + basic

    def _basic_matches(self, encoded: str) -> bool:
        try:
            text = base64.b64decode(encoded, validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            return False
        name, _, password = text.partition(":")
        user, secret = self._credentials()
        return hmac.compare_digest(name.encode(), user.encode()) and Secret(password) == secret

    def _digest_matches(self, request: Request, given: dict[str, str]) -> bool:
        algorithm = given.get("algorithm", "MD5").upper()
        user, secret = self._credentials()
        if algorithm not in self._algorithms or given.get("username") != user:
            return False
        if given.get("realm") != REALM or not _same_target(given.get("uri", ""), request.url):
            return False
        if given.get("qop", "auth") != "auth":
            return False
        expected = digest_response(algorithm, user, secret.reveal(), request.method, given)
        return hmac.compare_digest(expected, given.get("response", "").lower())

    def _new_nonce(self) -> str:
        issued = f"{round(self._monotonic() * 1000):x}"
        return f"{issued}-{secrets.token_hex(8)}-{self._sign(issued)}"

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:32]

    def _fresh(self, nonce: str) -> bool:
        issued, _, rest = nonce.partition("-")
        if not hmac.compare_digest(rest.rpartition("-")[2].encode(), self._sign(issued).encode()):
            return False
        return self._monotonic() * 1000 - int(issued, 16) <= self._lifetime_ms


def parse_parameters(text: str) -> dict[str, str]:
    """``name=value`` pairs in any order, quoted or not, at most 32; what is malformed ends the list."""
    found: dict[str, str] = {}
    position = 0
    while len(found) < 32 and (match := _PARAMETER.match(text, position)):
        name, quoted, plain = match.groups()
        value = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        found[name.lower()] = value
        position = match.end()
    return found


def digest_response(
    algorithm: str, user: str, password: str, method: str, given: dict[str, str]
) -> str:
    """The response that the right password yields (RFC 7616, 3.4.1; with ``-SESS`` 3.4.2)."""
    digest = _HASHES[algorithm.removesuffix(_SESSION)]

    def hashed(*parts: str) -> str:
        return digest(":".join(parts).encode("utf-8")).hexdigest()

    nonce = given.get("nonce", "")
    ha1 = hashed(user, given.get("realm", ""), password)
    if algorithm.endswith(_SESSION):
        ha1 = hashed(ha1, nonce, given.get("cnonce", ""))
    ha2 = hashed(method, given.get("uri", ""))
    if "qop" not in given:
        return hashed(ha1, nonce, ha2)
    return hashed(ha1, nonce, given.get("nc", ""), given.get("cnonce", ""), given["qop"], ha2)


def _written(algorithm: str) -> str:
    """As the RFC spells it; clients compare in different ways."""
    return algorithm.replace(_SESSION, "-sess")


def _same_target(given: str, asked: str) -> bool:
    """Clients differ in sending the aggregate or the track URL, with or without host: compare paths."""
    one, other = _path(given), _path(asked)
    return bool(given) and (one.startswith(other) or other.startswith(one))


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path).rstrip("/")
    except ValueError:
        return url
