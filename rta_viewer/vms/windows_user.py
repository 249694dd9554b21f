r"""A token for a Windows user (``DOMAIN\user``) from the OpenID endpoint, by Negotiate or NTLM.

XProtect's identity provider takes them at ``/IDP/connect/token`` with the grant type ``windows_credentials``;
the API gateway before it does not pass NTLM on. Negotiate is RFC 4559, NTLM over HTTP is MS-NTHT: both sign
in a *connection*, so the exchange has one of its own. The package ``pyspnego`` makes the messages (on Windows
by the system itself, with Kerberos where there is a domain); it is optional, and imported only here.
"""

import base64
import binascii
import logging
import re
import struct
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import end_point_digest
from rta_viewer.core.clock import Clock
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import tr
from rta_viewer.errors import NotOfferedError, RefusedError, SignInError
from rta_viewer.vms.address import Origin, origin_of
from rta_viewer.vms.json_node import MAX_JSON_BYTES
from rta_viewer.vms.session import elsewhere, read_json, redirect_target
from rta_viewer.vms.transport import Call, Transport
from rta_viewer.vms.wire import TokenGrant, token_grant

if TYPE_CHECKING:
    from spnego import ContextProxy

_LABEL = "POST /IDP/connect/token"
_BODY = urlencode(
    {"grant_type": "windows_credentials", "client_id": "GrantValidatorClient"}
).encode()
_HEADERS = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
_SCHEMES = ("negotiate", "ntlm")
"""The better one first."""

_END_POINT = b"tls-server-end-point:"
_MOST_ROUNDS = 6
_LONGEST_CHALLENGE = 16_384
_ANSWER_WITHIN_S = 15.0


class WindowsSignInMissingError(NotOfferedError):
    """This computer lacks what signing in as a Windows user takes."""


def is_windows_user(username: str) -> bool:
    r"""True for ``DOMAIN\user``."""
    domain, backslash, name = username.partition("\\")
    return bool(domain and backslash and name)


def ask_as_windows_user(
    origin: Origin,
    username: str,
    password: Secret,
    transport: Transport,
    clock: Clock,
    cancel: CancelToken,
) -> TokenGrant:
    """Sign in to the server's identity provider.

    Raises:
        RefusedError: User or password are wrong.
        WindowsSignInMissingError: The package for it is not installed.
        NotOfferedError: The server has no such endpoint, or takes no Windows users there.
        SignInError, ServerError, NetworkError, Cancelled: As the names say.
    """
    own = transport.twin()
    exchange = _Exchange(origin, username, password, own, clock)
    try:
        return exchange.run(cancel)
    finally:
        exchange.forget()
        own.close()


class _Exchange:
    def __init__(
        self, origin: Origin, username: str, password: Secret, transport: Transport, clock: Clock
    ) -> None:
        self._origin = origin
        self._username = username
        self._password = password
        self._transport = transport
        self._clock = clock
        self._scheme = ""
        self._context: ContextProxy | None = None

    def run(self, cancel: CancelToken) -> TokenGrant:
        header = ""
        for _ in range(_MOST_ROUNDS):
            headers = {**_HEADERS, "Authorization": header} if header else _HEADERS
            call = Call("POST", f"{self._origin.text}/IDP/connect/token", headers, _BODY)
            with self._transport.send(call, cancel) as answer:
                target = redirect_target(answer)
                if target is not None:
                    raise elsewhere(origin_of(target))
                if answer.status == 400:
                    raise _no_windows_users()
                if answer.status != 401:
                    root = read_json(answer, _LABEL, self._clock.now_ms())
                    return token_grant(root, "access_token")
                shown = answer.shown_certificate()
                # To its end, or the connection is not kept.
                answer.read(MAX_JSON_BYTES, _ANSWER_WITHIN_S)
                challenges = answer.headers.get("WWW-Authenticate", "")[: 2 * _LONGEST_CHALLENGE]
            header = self._answer_to(challenges, shown)
        raise _refused()

    def forget(self) -> None:
        """Let go of the package's part: it holds the password, and may hold exceptions that hold us."""
        self._context = None

    def _answer_to(self, challenges: str, shown: bytes) -> str:
        challenge = None
        if self._context is None:
            self._scheme = _scheme_of(challenges)
            self._context = self._client(shown)
        else:
            challenge = _challenge_of(challenges, self._scheme)
        message = _next_message(self._context, challenge)
        return f"{self._scheme.capitalize()} {base64.b64encode(message).decode('ascii')}"

    def _client(self, shown: bytes) -> "ContextProxy":
        try:
            import spnego
            from spnego.channel_bindings import GssChannelBindings
        except ImportError as err:
            raise WindowsSignInMissingError(
                tr("Signing in as a Windows user takes the Python package pyspnego."),
                tr("Install it, or sign in as a user of the server itself."),
            ) from err
        # It logs its messages at the lowest level, and what answers a challenge can be guessed at.
        logging.getLogger("spnego").setLevel(logging.WARNING)
        # Who stands in between with another certificate cannot pass the messages on (RFC 5929, 4).
        digest = end_point_digest(shown)
        bound = GssChannelBindings(application_data=_END_POINT + digest) if digest else None
        return spnego.client(
            self._username,
            self._password.reveal(),
            hostname=self._origin.host,
            service="HTTP",
            protocol=self._scheme,
            channel_bindings=bound,
        )


def _scheme_of(challenges: str) -> str:
    for scheme in _SCHEMES:
        if re.search(rf"(?:^|,)\s*{scheme}(?=\s|,|$)", challenges, re.IGNORECASE):
            return scheme
    raise _no_windows_users()


def _no_windows_users() -> NotOfferedError:
    return NotOfferedError(
        tr("The server takes no Windows users."), tr("Sign in as a user of the server.")
    )


def _challenge_of(challenges: str, scheme: str) -> bytes:
    """What the server says to our message; nothing is a refusal (MS-NTHT, 3.1.5)."""
    found = re.search(
        rf"(?:^|,)\s*{scheme}\s+([A-Za-z0-9+/=]{{8,{_LONGEST_CHALLENGE}}})",
        challenges,
        re.IGNORECASE,
    )
    if found is None:
        raise _refused()
    try:
        return base64.b64decode(found.group(1), validate=True)
    except binascii.Error as err:
        raise _nonsense() from err


def _next_message(context: "ContextProxy", challenge: bytes | None) -> bytes:
    from spnego.exceptions import SpnegoError

    try:
        message = context.step(challenge)
    except (SpnegoError, ValueError, LookupError, TypeError, OSError, struct.error) as err:
        raise _nonsense() from err
    if message is None:
        raise _refused()
    return message


def _refused() -> RefusedError:
    return RefusedError(
        tr("The server did not accept the user name or the password."),
        tr("Check both, and the domain before the backslash."),
    )


def _nonsense() -> SignInError:
    return SignInError(
        tr("The sign-in as a Windows user could not be carried on."),
        tr("The server's messages for it are not understood; ask its administrator."),
    )
