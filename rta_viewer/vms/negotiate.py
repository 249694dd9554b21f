"""Finding out who answers at an address, and which way of sign-in works there.

First a greeting without credentials: it tells a recording server from a web page, learns the ways of
sign-in from the 401, and follows an upgrade to https, all before a password leaves this computer. The
probe is the state of an export that cannot exist: harmless, cheap, and part of every server's core.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import tr
from rta_viewer.errors import (
    NetworkError,
    NotFoundError,
    NotOfferedError,
    RefusedError,
    RtaError,
    ServerError,
    SignInError,
)
from rta_viewer.vms.address import Origin, is_upgrade, origin_of
from rta_viewer.vms.errors_map import (
    PASSED_ON,
    NoRecordingsApiError,
    NoTlsError,
    Problem,
    error_for,
    read_problem,
    web_page,
)
from rta_viewer.vms.json_node import MAX_JSON_BYTES
from rta_viewer.vms.session import (
    Endpoint,
    clock_offset_ms,
    elsewhere,
    read_json,
    redirect_target,
)
from rta_viewer.vms.sign_in import AskForToken, BasicSignIn, BearerSignIn, SignIn, offered_schemes
from rta_viewer.vms.transport import Call, Transport
from rta_viewer.vms.windows_user import (
    WindowsSignInMissingError,
    ask_as_windows_user,
    is_windows_user,
)
from rta_viewer.vms.wire import TokenGrant, token_grant

OPENID_CLIENT_ID = "GrantValidatorClient"
NO_EXPORT = "00000000-0000-0000-0000-000000000000"
"""The id of an export that cannot exist."""
_PROBE = Endpoint("GET /recordings/export/{exportId}", f"/recordings/export/{NO_EXPORT}")
_LOGIN = "POST /api/auth/login"
_OPENID = "POST /API/IDP/connect/token"
_ORDER = (SignInMethod.BASIC, SignInMethod.TOKEN, SignInMethod.OPENID)
_PROBE_TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who answered, and what it wants. ``schemes`` is empty when it did not say.

    Attributes:
        clock_offset_ms: The server's clock minus this computer's, by the ``Date`` header (RFC 9110, 6.6.1),
            so right to half a second; None when it did not say.
    """

    origin: Origin
    schemes: frozenset[str]
    clock_offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in."""

    username: str
    password: Secret


def greet(
    origins: Iterable[Origin], transport: Transport, clock: Clock, cancel: CancelToken
) -> Greeting:
    """The first of the addresses where a recording server answers.

    Raises:
        NetworkError: None of them; UntrustedCertificateError at once, without trying http.
        ServerError: Something answers, but no recording server.
    """
    failure = NetworkError(tr("No address was given."))
    for origin in origins:
        try:
            return _greet(origin, transport, clock, cancel, may_upgrade=True)
        except UntrustedCertificateError:
            raise
        except NetworkError as err:
            failure = err if not isinstance(err, NoTlsError) or failure.summary else failure
    raise failure


def _greet(
    origin: Origin, transport: Transport, clock: Clock, cancel: CancelToken, *, may_upgrade: bool
) -> Greeting:
    call = Call(
        "GET", _PROBE.url(origin), {"Accept": "application/json"}, timeout_s=_PROBE_TIMEOUT_S
    )
    asked_ms = clock.now_ms()
    with transport.send(call, cancel) as answer:
        offset_ms = clock_offset_ms(answer.headers.get("Date", ""), asked_ms, clock.now_ms())
        target = redirect_target(answer)
        if target is None:
            problem = read_problem(
                answer.status, answer.headers, answer.read(MAX_JSON_BYTES, 15.0), clock.now_ms()
            )
            schemes = offered_schemes(answer.headers.get("WWW-Authenticate", ""))
            _require_recording_server(problem, schemes)
            return Greeting(origin, schemes, offset_ms)
    other = origin_of(target)
    if other == origin:
        raise web_page()
    if not may_upgrade or not is_upgrade(origin, other):
        raise elsewhere(other)
    return _greet(other, transport, clock, cancel, may_upgrade=False)


def _require_recording_server(problem: Problem, schemes: frozenset[str]) -> None:
    if problem.status == 401 and (schemes or not problem.is_html):
        return
    if problem.status in PASSED_ON:
        raise error_for(problem, _PROBE.label)
    if problem.is_html and problem.status < 500:
        raise web_page()
    if _is_native_gateway(problem):
        raise NoRecordingsApiError()
    if problem.status == 404 and not problem.is_json:
        raise ServerError(
            tr("What answers at this address is not a recording server."), tr("Check the address.")
        )
    if problem.status >= 429:
        raise error_for(problem, _PROBE.label)


def _is_native_gateway(problem: Problem) -> bool:
    return problem.status == 404 and "unknown resource" in problem.message.lower()


def choose_sign_in(
    greeting: Greeting,
    credentials: Credentials,
    method: SignInMethod | None,
    transport: Transport,
    clock: Clock,
    cancel: CancelToken,
) -> SignIn:
    """The way of sign-in that works, tried in the order Basic, token, OpenID.

    What the greeting rules out is not tried, and nothing more once the server has refused the
    credentials for good: wrong passwords are counted.

    Raises:
        SignInError: Refused, or no way that the viewer knows.
        NotOfferedError: The server has no recordings API.
    """
    refused: RtaError | None = None
    for way in (method,) if method else _plausible(greeting.schemes, credentials.username):
        sign_in = _make(way, greeting.origin, credentials, transport, clock)
        try:
            accepted = _is_accepted(sign_in, greeting.origin, transport, clock, cancel)
        except (NotOfferedError, NotFoundError) as err:
            if way is SignInMethod.BASIC or isinstance(err, NoRecordingsApiError):
                raise
            if isinstance(err, WindowsSignInMissingError):
                refused = err
            continue
        except SignInError as err:
            refused = err
            break
        if accepted:
            return sign_in
        refused = _wrong_credentials()
    raise refused or SignInError(
        tr("The server does not offer a way of sign-in that the viewer knows."),
        tr("It knows Basic, token and OpenID sign-in."),
    )


def _plausible(schemes: frozenset[str], username: str) -> tuple[SignInMethod, ...]:
    if is_windows_user(username):
        # The identity provider says itself whether it takes them; no password is tried there in vain.
        others = _plausible(schemes, "") if schemes else _ORDER
        return (SignInMethod.OPENID, *(way for way in others if way is not SignInMethod.OPENID))
    if not schemes:
        return _ORDER
    basic = _ORDER[:1] if "basic" in schemes else ()
    return basic + (_ORDER[1:] if "bearer" in schemes else ())


def _wrong_credentials() -> SignInError:
    error = error_for(Problem(401), "")
    return RefusedError(error.summary, error.hint)


def _make(
    way: SignInMethod, origin: Origin, credentials: Credentials, transport: Transport, clock: Clock
) -> SignIn:
    if way is SignInMethod.BASIC:
        return BasicSignIn(credentials.username, credentials.password)
    ask = token_asker(way, origin, credentials, transport, clock)
    return BearerSignIn(way, ask, clock)


def _is_accepted(
    sign_in: SignIn, origin: Origin, transport: Transport, clock: Clock, cancel: CancelToken
) -> bool:
    headers = {"Accept": "application/json", "Authorization": sign_in.authorization(cancel)}
    call = Call("GET", _PROBE.url(origin), headers, timeout_s=_PROBE_TIMEOUT_S)
    with transport.send(call, cancel) as answer:
        body = answer.read(MAX_JSON_BYTES, 15.0)
        problem = read_problem(answer.status, answer.headers, body, clock.now_ms())
    if problem.status == 401:
        return False
    _require_recording_server(problem, frozenset())
    return True


def token_asker(
    way: SignInMethod, origin: Origin, credentials: Credentials, transport: Transport, clock: Clock
) -> AskForToken:
    """Posts the credentials to the server's own token endpoint, nowhere else."""
    if way is SignInMethod.OPENID and is_windows_user(credentials.username):
        return lambda cancel: ask_as_windows_user(
            origin, credentials.username, credentials.password, transport, clock, cancel
        )

    def ask(cancel: CancelToken) -> TokenGrant:
        is_login = way is SignInMethod.TOKEN
        label = _LOGIN if is_login else _OPENID
        call = _login_call(origin, credentials) if is_login else _openid_call(origin, credentials)
        with transport.send(call, cancel) as answer:
            target = redirect_target(answer)
            if target is not None:
                raise elsewhere(origin_of(target))
            if answer.status in {400, 401}:
                body = answer.read(MAX_JSON_BYTES, 15.0)
                raise _refusal(
                    read_problem(answer.status, answer.headers, body, clock.now_ms()), label
                )
            root = read_json(answer, label, clock.now_ms())
        return token_grant(root, "token" if is_login else "access_token")

    return ask


def _login_call(origin: Origin, credentials: Credentials) -> Call:
    document = {"username": credentials.username, "password": credentials.password.reveal()}
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    return Call("POST", f"{origin.text}/api/auth/login", headers, json.dumps(document).encode())


def _openid_call(origin: Origin, credentials: Credentials) -> Call:
    form = {
        "grant_type": "password",
        "username": credentials.username,
        "password": credentials.password.reveal(),
        "client_id": OPENID_CLIENT_ID,
    }
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    return Call("POST", f"{origin.text}/API/IDP/connect/token", headers, urlencode(form).encode())


def _refusal(problem: Problem, label: str) -> SignInError | ServerError:
    if problem.status == 401 or problem.code in {"INVALID_GRANT", "UNAUTHORIZED"}:
        return _wrong_credentials()
    said = problem.message or problem.code
    if said:
        return NotOfferedError(
            tr(
                "The server does not accept this way of sign-in ({endpoint}): {words}",
                endpoint=label,
                words=said,
            )
        )
    return NotOfferedError(
        tr("The server does not accept this way of sign-in ({endpoint}).", endpoint=label)
    )
