"""Who we are: Digest (RFC 7616, and RFC 2617 as older recorders speak it) and Basic (RFC 7617).

The password is revealed only here, only to compute one header, and only for hosts that are trusted.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.texts import tr
from rta_viewer.errors import SignInError
from rta_viewer.media.rtsp.url import Endpoint

_MAX_CHARS = 4096
_MAX_CHALLENGES = 8
_SCHEME = re.compile(r"(?:^|,)\s*(Digest|Basic)(?=\s|$|,)", re.IGNORECASE)
_PARAMETER = re.compile(r'([A-Za-z0-9_-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')
_ESCAPED = re.compile(r"\\(.)")
_STRONGEST_FIRST = ("SHA-256-SESS", "SHA-256", "MD5-SESS", "MD5")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One ``WWW-Authenticate`` challenge.

    Attributes:
        algorithm: Upper case, empty for Basic.
        algorithm_as_written: Echoed to the server; empty when it named none (RFC 2069 servers).
    """

    scheme: str
    realm: str
    nonce: str = ""
    opaque: str | None = None
    algorithm: str = ""
    algorithm_as_written: str = ""
    qop: bool = False
    stale: bool = False


def parse_challenges(values: list[str]) -> list[Challenge]:
    """All challenges in the header fields that this program understands, fields in any order."""
    challenges = []
    for value in values[:_MAX_CHALLENGES]:
        text = value[:_MAX_CHARS]
        masked = re.sub(r'"(?:[^"\\]|\\.)*"', lambda quoted: "_" * len(quoted.group()), text)
        starts = list(_SCHEME.finditer(masked))
        for index, start in enumerate(starts[:_MAX_CHALLENGES]):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
            challenge = _challenge(start.group(1).lower(), text[start.end() : end])
            if challenge is not None:
                challenges.append(challenge)
    return challenges


def _challenge(scheme: str, text: str) -> Challenge | None:
    found = {
        match.group(1).lower(): (
            _ESCAPED.sub(r"\1", match.group(2)) if match.group(2) is not None else match.group(3)
        )
        for match in _PARAMETER.finditer(text)
    }
    realm = found.get("realm", "")
    if scheme == "basic":
        return Challenge("basic", realm)
    qops = [qop.strip().lower() for qop in found.get("qop", "").split(",") if qop.strip()]
    algorithm = (found.get("algorithm") or "MD5").upper()
    usable = algorithm in _STRONGEST_FIRST and (not qops or "auth" in qops)
    if not usable or not found.get("nonce"):
        return None
    return Challenge(
        "digest",
        realm,
        found["nonce"],
        found.get("opaque"),
        algorithm,
        found.get("algorithm", ""),
        qop="auth" in qops,
        stale=found.get("stale", "").lower() == "true",
    )


class Authenticator:
    """Answers challenges of one server. Not thread-safe by itself; its connection serialises calls.

    Args:
        remembered: A challenge of an earlier connection; answering it at once saves a round trip.
    """

    def __init__(
        self,
        access: StreamAccess,
        endpoint: Endpoint,
        remembered: Challenge | None = None,
        make_cnonce: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._access = access
        self._endpoint = endpoint
        self._make_cnonce = make_cnonce
        self._trusted = endpoint.host in access.trusted_hosts
        self._challenge: Challenge | None = None
        self._count = 0
        self._session_cnonce = ""
        if remembered is not None and self._usable(remembered):
            self._accept(remembered)

    @property
    def challenge(self) -> Challenge | None:
        """The challenge that is being answered, to be remembered for the next connection."""
        return self._challenge

    def header(self, method: str, uri: str) -> str | None:
        """The ``Authorization`` value for a request, None while nobody asked."""
        challenge = self._challenge
        if challenge is None:
            return None
        if challenge.scheme == "basic":
            pair = f"{self._access.username}:{self._access.password.reveal()}"
            return "Basic " + base64.b64encode(pair.encode()).decode()
        return self._digest(challenge, method, uri)

    def challenged(self, values: list[str]) -> bool:
        """Take the challenges of a 401; True when trying again makes sense.

        Raises:
            SignInError: The host is not trusted, or offers only what may not be used.
        """
        challenges = parse_challenges(values)
        if not self._trusted:
            raise SignInError(
                tr(
                    "The stream is on {host}, which is not a host of this server, and asks for a "
                    "password.",
                    host=self._endpoint.host,
                ),
                tr(
                    "Use the sign-in address for streams, or add the host in this server's settings."
                ),
            )
        best = self._best(challenges)
        if best is None:
            raise self._nothing_usable(challenges)
        before = self._challenge
        if before is not None and not self._worth_another_try(before, best):
            return False
        self._accept(best)
        return True

    def _worth_another_try(self, before: Challenge, now: Challenge) -> bool:
        if now.scheme == "basic":
            return before.scheme != "basic"
        return now.stale or now.nonce != before.nonce

    def _accept(self, challenge: Challenge) -> None:
        self._challenge = challenge
        self._count = 0
        self._session_cnonce = self._make_cnonce()

    def _usable(self, challenge: Challenge) -> bool:
        if not self._trusted:
            return False
        return challenge.scheme == "digest" or self._endpoint.tls or self._access.allow_basic

    def _best(self, challenges: list[Challenge]) -> Challenge | None:
        usable = [challenge for challenge in challenges if self._usable(challenge)]
        digests = [challenge for challenge in usable if challenge.scheme == "digest"]
        if digests:
            return min(digests, key=lambda found: _STRONGEST_FIRST.index(found.algorithm))
        return usable[0] if usable else None

    def _nothing_usable(self, challenges: list[Challenge]) -> SignInError:
        if any(challenge.scheme == "basic" for challenge in challenges):
            return SignInError(
                tr(
                    "The stream asks for the password in readable form over an unencrypted "
                    "connection."
                ),
                tr("Allow Basic for this server in its settings, if its network can be trusted."),
            )
        return SignInError(
            tr("The stream asks for a kind of sign-in that the viewer does not know."),
            tr("Switch on Digest (SHA-256 or MD5) on the recording server."),
        )

    def _digest(self, challenge: Challenge, method: str, uri: str) -> str:
        self._count += 1
        name = "sha256" if challenge.algorithm.startswith("SHA-256") else "md5"

        def digest(text: str) -> str:
            return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

        count = f"{self._count:08x}"
        cnonce = self._session_cnonce
        secret = f"{self._access.username}:{challenge.realm}:{self._access.password.reveal()}"
        first = digest(secret)
        if challenge.algorithm.endswith("-SESS"):
            first = digest(f"{first}:{challenge.nonce}:{cnonce}")
        second = digest(f"{method}:{uri}")
        if challenge.qop:
            answer = digest(f"{first}:{challenge.nonce}:{count}:{cnonce}:auth:{second}")
        else:
            answer = digest(f"{first}:{challenge.nonce}:{second}")
        fields = [
            f"username={_quoted(self._access.username)}",
            f"realm={_quoted(challenge.realm)}",
            f"nonce={_quoted(challenge.nonce)}",
            f"uri={_quoted(uri)}",
            f'response="{answer}"',
        ]
        if challenge.algorithm_as_written:
            fields.append(f"algorithm={challenge.algorithm_as_written}")
        if challenge.opaque is not None:
            fields.append(f"opaque={_quoted(challenge.opaque)}")
        if challenge.qop:
            fields += ["qop=auth", f"nc={count}"]
        if challenge.qop or challenge.algorithm.endswith("-SESS"):
            fields.append(f'cnonce="{cnonce}"')
        return "Digest " + ", ".join(fields)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
