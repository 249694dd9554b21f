"""Who may ask: Basic (RFC 7617), bearer tokens (RFC 6750), OpenID password grant (RFC 6749 4.3)."""

import base64
import binascii
import hmac
import json
import secrets
import threading
from http import HTTPStatus
from urllib.parse import parse_qs

from rta_viewer.core.secret import Secret
from rta_viewer.demo.rest.messages import ApiError, Request, Response, invalid, json_response
from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.demo.world import World

_REALM = "recordings"
_MOST_TOKENS = 1000


class SignIn:
    """Checks credentials and hands out tokens. Safe from several threads."""

    def __init__(self, world: World, options: RestOptions) -> None:
        self._world = world
        self._options = options
        self._clock = world.clock
        self._lock = threading.Lock()
        self._expiry_s: dict[str, float] = {}

    def login(self, request: Request) -> Response:
        """``POST /api/auth/login``: a token for a user name and a password in JSON."""
        try:
            document = json.loads(request.body)
        except (ValueError, RecursionError) as err:
            raise invalid("The body must be JSON with username and password.") from err
        if not isinstance(document, dict):
            raise invalid("The body must be a JSON object with username and password.")
        username, password = document.get("username"), document.get("password")
        if not isinstance(username, str) or not isinstance(password, str):
            raise invalid("username and password must be texts.")
        if not self._known(username, password):
            raise ApiError(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "Wrong user name or password.")
        token = self._issue()
        return json_response({"token": token, "expires_in": self._options.token_lifetime_s})

    def openid_token(self, request: Request) -> Response:
        """``POST /API/IDP/connect/token``: the same by form; refusals as in RFC 6749 5.2."""
        try:
            form = parse_qs(request.body.decode(), max_num_fields=20, keep_blank_values=True)
        except ValueError:
            return _oauth_error("invalid_request", HTTPStatus.BAD_REQUEST)
        values = {name: entries[-1] for name, entries in form.items()}
        if values.get("grant_type") != "password":
            return _oauth_error("unsupported_grant_type", HTTPStatus.BAD_REQUEST)
        if values.get("client_id") != self._options.openid_client_id:
            return _oauth_error("invalid_client", HTTPStatus.BAD_REQUEST)
        if not self._known(values.get("username", ""), values.get("password", "")):
            return _oauth_error("invalid_grant", self._options.openid_refusal_status)
        return json_response(
            {
                "access_token": self._issue(),
                "expires_in": self._options.token_lifetime_s,
                "token_type": "Bearer",
            }
        )

    def check(self, request: Request) -> None:
        """Let the request through.

        Raises:
            ApiError: 401 with the challenges of the ways that are on offer (RFC 9110 11.6.1).
        """
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        scheme, value = scheme.lower(), value.strip()
        if scheme == "basic" and "basic" in self._options.accept and self._basic(value):
            return
        if scheme == "bearer" and self._bearer(value):
            return
        raise ApiError(
            HTTPStatus.UNAUTHORIZED,
            "UNAUTHORIZED",
            "Sign in with a valid user name and password.",
            self._challenges(refused_token=scheme == "bearer"),
        )

    def revoke_all(self) -> None:
        """Forget all tokens, as a restarted server does."""
        with self._lock:
            self._expiry_s.clear()

    def _challenges(self, *, refused_token: bool) -> tuple[tuple[str, str], ...]:
        found = []
        if self._options.accept & {"token", "openid"}:
            reason = ', error="invalid_token"' if refused_token else ""
            found.append(("WWW-Authenticate", f'Bearer realm="{_REALM}"{reason}'))
        if "basic" in self._options.accept:
            found.append(("WWW-Authenticate", f'Basic realm="{_REALM}", charset="UTF-8"'))
        return tuple(found)

    def _basic(self, value: str) -> bool:
        try:
            text = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            return False
        username, colon, password = text.partition(":")
        return bool(colon) and self._known(username, password)

    def _bearer(self, token: str) -> bool:
        with self._lock:
            expiry_s = self._expiry_s.get(token)
        return expiry_s is not None and self._clock.monotonic_s() < expiry_s

    def _known(self, username: str, password: str) -> bool:
        try:
            same_user = hmac.compare_digest(username.encode(), self._world.username.encode())
            return (Secret(password) == self._world.password) and same_user
        except UnicodeEncodeError:  # half a surrogate pair, which JSON can smuggle in
            return False

    def _issue(self) -> str:
        token = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._expiry_s) >= _MOST_TOKENS:
                self._expiry_s.pop(next(iter(self._expiry_s)))
            self._expiry_s[token] = self._clock.monotonic_s() + self._options.token_lifetime_s
        return token


def _oauth_error(error: str, status: int) -> Response:
    texts = {
        "invalid_grant": "Wrong user name or password.",
        "invalid_client": "Unknown client_id.",
        "unsupported_grant_type": "Only grant_type=password is offered.",
        "invalid_request": "The body must be a form.",
    }
    return json_response({"error": error, "error_description": texts[error]}, status)
