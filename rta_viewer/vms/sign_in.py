"""The ways to sign in, each as something that makes the ``Authorization`` header.

Basic: RFC 7617. Bearer: RFC 6750. OpenID password grant: RFC 6749 4.3, without refresh tokens: the
credentials are posted again.
"""

import base64
import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import tr
from rta_viewer.errors import RefusedError, RtaError, SignInError
from rta_viewer.vms.wire import TokenGrant

_UNSAID_LIFETIME_S = 300.0
_LONGEST_MARGIN_S = 60.0
_MOST_REFUSALS = 3
_SCHEME = re.compile(r"(?:^|,)\s*(basic|bearer|digest|negotiate|ntlm)(?=\s|,|$)", re.IGNORECASE)

AskForToken = Callable[[CancelToken], TokenGrant]


def offered_schemes(www_authenticate: str) -> frozenset[str]:
    """Lower-case names of the challenges in a ``WWW-Authenticate`` header (RFC 9110, 11.6.1)."""
    return frozenset(name.lower() for name in _SCHEME.findall(www_authenticate[:4096]))


class SignIn(Protocol):
    """Who we are, for one server. Safe from several threads."""

    @property
    def method(self) -> SignInMethod:
        """Which way it is."""
        ...

    def authorization(self, cancel: CancelToken) -> str:
        """The header's value; may talk to the server first."""
        ...

    def renewed(self, refused: str, cancel: CancelToken) -> str | None:
        """Another value than the one the server just refused; None when there is none to be had."""
        ...

    def accepted(self) -> None:
        """The server took the header."""
        ...

    def forget(self) -> None:
        """Drop tokens."""
        ...


class BasicSignIn:
    """User and password on each request.

    Refused several times in a row, they are not sent any more: accounts get locked that way. A single
    refusal may be about one camera only.
    """

    method = SignInMethod.BASIC

    def __init__(self, username: str, password: Secret) -> None:
        if ":" in username:
            raise SignInError(tr("A user name with a colon cannot be used with this server."))
        self._username = username
        self._password = password
        self._refusals = 0

    def authorization(self, cancel: CancelToken) -> str:
        if self._refusals >= _MOST_REFUSALS:
            raise RefusedError(
                tr("The server does not accept the user name or the password any more."),
                tr("Sign in again."),
            )
        pair = f"{self._username}:{self._password.reveal()}".encode()
        return f"Basic {base64.b64encode(pair).decode('ascii')}"

    def renewed(self, refused: str, cancel: CancelToken) -> str | None:
        self._refusals += 1
        return None

    def accepted(self) -> None:
        self._refusals = 0

    def forget(self) -> None:
        """There is nothing to drop."""


class BearerSignIn:
    """A token, renewed before it expires and when the server refuses it.

    However many threads find the token refused, one of them asks for another. Once the server has
    refused the credentials themselves nobody asks again: accounts get locked that way.
    """

    def __init__(self, method: SignInMethod, ask: AskForToken, clock: Clock) -> None:
        self._method = method
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._header = ""
        self._token: Secret | None = None
        self._renew_at_s = 0.0
        self._expires_at_s = 0.0
        self._refused: SignInError | None = None

    @property
    def method(self) -> SignInMethod:
        return self._method

    def authorization(self, cancel: CancelToken) -> str:
        with self._locked(cancel):
            now_s = self._clock.monotonic_s()
            if not self._header or now_s >= self._expires_at_s:
                self._renew(cancel)
            elif now_s >= self._renew_at_s:
                self._renew_early(now_s, cancel)
            return self._header

    def renewed(self, refused: str, cancel: CancelToken) -> str | None:
        with self._locked(cancel):
            if self._header in {"", refused}:
                self._renew(cancel)
            return self._header

    def accepted(self) -> None:
        """A token that works says nothing new."""

    def forget(self) -> None:
        self._header = ""
        self._token = None

    def _renew_early(self, now_s: float, cancel: CancelToken) -> None:
        """The old token still works: a renewal that fails for now is tried again later."""
        try:
            self._renew(cancel)
        except SignInError:
            raise
        except RtaError:
            cancel.raise_if_cancelled()
            self._renew_at_s = now_s + (self._expires_at_s - now_s) / 2

    def _renew(self, cancel: CancelToken) -> None:
        if self._refused is not None:
            raise type(self._refused)(self._refused.summary, self._refused.hint)
        try:
            grant = self._ask(cancel)
        except SignInError as err:
            self._refused = err
            self._header = ""
            raise
        lifetime_s = (
            _UNSAID_LIFETIME_S if grant.expires_in_s is None else max(1.0, grant.expires_in_s)
        )
        now_s = self._clock.monotonic_s()
        self._header = f"Bearer {grant.token.reveal()}"
        self._token = grant.token
        self._expires_at_s = now_s + lifetime_s
        self._renew_at_s = self._expires_at_s - min(_LONGEST_MARGIN_S, lifetime_s / 5)

    @contextlib.contextmanager
    def _locked(self, cancel: CancelToken) -> Iterator[None]:
        while not self._lock.acquire(timeout=0.1):
            cancel.raise_if_cancelled()
        try:
            yield
        finally:
            self._lock.release()
