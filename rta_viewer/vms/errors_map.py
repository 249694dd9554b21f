"""What servers and networks say when something is wrong, as sentences for people.

The only place where status codes and foreign exceptions become the RtaError tree.
"""

import errno
import json
import re
import socket
import ssl
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Any

import requests
import urllib3.exceptions as http_errors

from rta_viewer.core.certificate import untrusted
from rta_viewer.core.pins import CertificateChangedError
from rta_viewer.core.redaction import without_secrets
from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NoFootageError,
    NotFoundError,
    NotOfferedError,
    RefusedError,
    RtaError,
    ServerError,
    SignInError,
)

MAX_MESSAGE_CHARS = 300
CHECK_ADDRESS = mark("Check the address and the port.")
BREAKS_CONTRACT = mark("The server does not keep to its contract: tell its administrator.")
NOT_ASKED = mark("Ask the server's administrator.")
_SEE_LOG = mark("Try again; if it stays, see the server's log.")
_CAMERA_GONE = frozenset({"CAMERA_NOT_FOUND"})
_NO_FOOTAGE = frozenset({"RECORDING_NOT_FOUND", "NO_RECORDINGS_AVAILABLE"})
MISSING_CODES = _CAMERA_GONE | _NO_FOOTAGE
"""Error codes that mean 404, also where the status says something else."""


class NoTlsError(NetworkError):
    """Something answers, but not with TLS."""


class BrokenConnectionError(NetworkError):
    """It was there, and broke off."""


class TemporaryServerError(ServerError):
    """500 and what a gateway says: the same request may well succeed a little later.

    Attributes:
        retry_after_s: Seconds that the server asked for, or None when it named none.
    """

    retry_after_s: float | None = None


class GatewayError(TemporaryServerError):
    """What is in front of the server got no answer from it, for a restart say, or no request for it."""


class NetworkSignInError(NetworkError):
    """407, 511: what is in between wants to know who asks. The server has heard nothing."""

    nothing_sent = True


class UnclearAnswerError(ServerError):
    """A success by its status, but what it says makes no sense: what was asked for may have been done."""


class CameraGoneError(NotFoundError):
    """The server knows no such camera (any more)."""


class DeadLinkError(NotFoundError):
    """Where the server says that a file lies, nobody gives it away (any more)."""

    def __init__(self) -> None:
        super().__init__(
            tr("The link to the file does not work (any more)."), tr("Ask for it again.")
        )


class ForbiddenError(SignInError):
    """The credentials are right, and this user may not do that."""


class NoRecordingsApiError(NotOfferedError):
    """A server, but none with recordings: a native XProtect gateway, say."""

    def __init__(self) -> None:
        super().__init__(
            tr("This server does not offer the recordings API."),
            tr(
                "A native XProtect gateway answers like this; the viewer needs a server with the "
                "recordings API."
            ),
        )


def web_page(status: int = 0) -> ServerError:
    """Something else than a server answers."""
    words = tr("This address answers with a web page, not as a recording server.")
    if status:
        words = tr(
            "This address answers with a web page, not as a recording server. (status {status})",
            status=str(status),
        )
    return ServerError(
        words,
        tr(
            "Check the address and the port. A proxy or another program may be answering in its "
            "place."
        ),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is not a success, in parts."""

    status: int
    code: str = ""
    message: str = ""
    is_html: bool = False
    is_json: bool = False
    retry_after_s: float | None = None


def readable(text: str, limit: int = MAX_MESSAGE_CHARS) -> str:
    """One line without control or direction-changing characters, cut to ``limit``."""
    kept = (" " if char.isspace() else char for char in text[: limit * 4])
    line = "".join(char for char in kept if unicodedata.category(char)[0] != "C")
    line = " ".join(line.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def looks_like_html(body: bytes, content_type: str = "") -> bool:
    """True for a web page, whatever the header says."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<!--")):
        return True
    return "html" in content_type.lower() and not start.startswith((b"{", b"["))


def read_problem(status: int, headers: Mapping[str, str], body: bytes, now_ms: int) -> Problem:
    """Take an error answer apart: both JSON forms, OAuth's, or a proxy's page."""
    # This computer's clock may be wrong, or was set a moment ago.
    sent_ms = http_date_ms(headers.get("Date", ""))
    server_now_ms = now_ms if sent_ms is None else sent_ms
    retry_after_s = parse_retry_after(headers.get("Retry-After", ""), server_now_ms)
    if looks_like_html(body, headers.get("Content-Type", "")):
        return Problem(status, is_html=True, retry_after_s=retry_after_s)
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Problem(
            status, message=_words(body.decode("utf-8", "replace")), retry_after_s=retry_after_s
        )
    code, message = _code_and_message(document)
    return Problem(status, code, message, is_json=True, retry_after_s=retry_after_s)


def _code_and_message(document: Any) -> tuple[str, str]:
    if not isinstance(document, dict):
        return "", ""
    error = document.get("error", document)
    if isinstance(error, str):
        texts = [document.get("error_description"), document.get("message")]
        return _first_text([error]).upper(), _first_text(texts)
    if not isinstance(error, dict):
        return "", ""
    return _first_text([error.get("code")]).upper(), _first_text(_messages(error))


def _messages(error: dict[str, Any]) -> Iterator[Any]:
    yield error.get("message")
    details = error.get("details")
    for detail in details[:3] if isinstance(details, list) else ():
        if isinstance(detail, dict):
            yield detail.get("errorText")
    yield error.get("detail")


def _first_text(values: Any) -> str:
    return next((_words(value) for value in values if isinstance(value, str) and value), "")


def _words(said: str) -> str:
    """What a server says of a failure: some repeat the request with all that was in it."""
    return readable(without_secrets(said))


def parse_retry_after(text: str, now_ms: int) -> float | None:
    """Seconds to wait, from either form (RFC 9110, 10.2.3); None when there is nothing usable.

    Args:
        text: The field.
        now_ms: By the clock of the server, where that is known.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text):
        return float(text)
    until_ms = http_date_ms(text)
    return None if until_ms is None else max(0.0, (until_ms - now_ms) / 1000)


def http_date_ms(text: str) -> int | None:
    """An instant as HTTP writes it (RFC 9110, 5.6.7); None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def error_for(problem: Problem, endpoint: str) -> RtaError:
    """The exception for an answer that is not a success.

    Args:
        problem: The answer.
        endpoint: What was called, as the contract names it: ``GET /cameras``.
    """
    maker = _MAKERS.get(problem.status)
    if maker is not None:
        return maker(problem, endpoint)
    if problem.status in {405, 501}:
        return NotOfferedError(
            tr("The server does not offer {endpoint}.", endpoint=endpoint), tr(NOT_ASKED)
        )
    if problem.status in {429, 503}:
        return BusyError(*_busy_words(problem), retry_after_s=problem.retry_after_s)
    if problem.is_html and problem.status < 500:
        return web_page(problem.status)
    if 300 <= problem.status < 400:
        return ServerError(
            tr("The server sends {endpoint} elsewhere.", endpoint=endpoint), tr(CHECK_ADDRESS)
        )
    if problem.status == 400:
        return ServerError(
            _with_words(tr("The server did not accept the request"), problem, endpoint),
            tr(_SEE_LOG),
        )
    kind = TemporaryServerError if problem.status == 500 else ServerError
    return kind(
        _with_words(tr("The server failed"), problem, endpoint),
        tr(_SEE_LOG),
    )


def _busy_words(problem: Problem) -> tuple[str, str]:
    if problem.status == 429:
        return (
            tr("The server asks for a pause: too many requests or exports at once."),
            tr("Try again later."),
        )
    return tr("The server is not available at the moment."), tr("Try again later.")


def _with_words(summary: str, problem: Problem, endpoint: str) -> str:
    status = str(problem.status)
    if problem.message:
        return tr(
            "{what} ({endpoint}, status {status}): {words}",
            what=summary,
            endpoint=endpoint,
            status=status,
            words=problem.message,
        )
    return tr(
        "{what} ({endpoint}, status {status}).", what=summary, endpoint=endpoint, status=status
    )


def _refused(problem: Problem, endpoint: str) -> RtaError:
    return RefusedError(
        tr("The server did not accept the user name or the password."),
        tr("Check both; upper and lower case matter in the password."),
    )


def _forbidden(problem: Problem, endpoint: str) -> RtaError:
    if problem.is_html:
        return web_page()
    return ForbiddenError(tr("This user is not allowed to do that on the server."), tr(NOT_ASKED))


def _missing(problem: Problem, endpoint: str) -> RtaError:
    if problem.code in _CAMERA_GONE:
        return CameraGoneError(
            tr("The camera does not exist on the server any more."), tr("Reload the cameras (F5).")
        )
    if problem.code in _NO_FOOTAGE:
        return NoFootageError(
            tr("Nothing was recorded at that time."), tr("Choose another time on the timeline.")
        )
    if "unknown resource" in problem.message.lower():
        if "/recordings" in endpoint:
            return NoRecordingsApiError()
        return NotOfferedError(
            tr("The server does not offer {endpoint}.", endpoint=endpoint), tr(NOT_ASKED)
        )
    if problem.is_json:
        return NotFoundError(
            _with_words(tr("The server does not know that"), problem, endpoint), tr(NOT_ASKED)
        )
    return NotOfferedError(
        tr("The server does not offer {endpoint}.", endpoint=endpoint), tr(CHECK_ADDRESS)
    )


def _conflict(problem: Problem, endpoint: str) -> RtaError:
    if problem.code == "CAMERA_OFFLINE":
        return ServerError(tr("The camera is offline."), tr("Try again when it is back."))
    return ServerError(_with_words(tr("The server refused"), problem, endpoint), tr(_SEE_LOG))


def _gone(problem: Problem, endpoint: str) -> RtaError:
    return NotFoundError(tr("The server has deleted the file."), tr("Ask for it again."))


def _proxy_asks(problem: Problem, endpoint: str) -> RtaError:
    return _proxy_wants_sign_in()


def _proxy_wants_sign_in() -> NetworkError:
    return NetworkSignInError(
        tr("The proxy of this network wants a sign-in of its own."),
        tr(
            "Ask the network's administrator to have this server reached without the proxy, or for an "
            "address of the proxy with user and password, for the variables HTTPS_PROXY and HTTP_PROXY."
        ),
    )


def _network_asks(problem: Problem, endpoint: str) -> RtaError:
    return NetworkSignInError(
        tr("This network wants a sign-in of its own before it lets anything through."),
        tr("Open any web page in a browser, sign in to the network there, and try again."),
    )


def _too_slow(problem: Problem, endpoint: str) -> RtaError:
    return _passing(
        problem,
        _with_words(tr("The request did not reach the server in time"), problem, endpoint),
        tr("Check the network and try again."),
    )


def _too_early(problem: Problem, endpoint: str) -> RtaError:
    return BusyError(
        tr("The server wants to be asked once more, a little later."),
        tr("Try again later."),
        problem.retry_after_s,
    )


def _unanswered(problem: Problem, endpoint: str) -> RtaError:
    return _passing(
        problem,
        _with_words(tr("The gateway before the server gets no answer from it"), problem, endpoint),
        tr(
            "If it stays with one file only, the gateway may not wait until the server has "
            "packaged it: choose a shorter range, or an export."
        ),
    )


def _passing(problem: Problem, summary: str, hint: str) -> RtaError:
    error = GatewayError(summary, hint)
    error.retry_after_s = problem.retry_after_s
    return error


_MAKERS = {
    401: _refused,
    403: _forbidden,
    404: _missing,
    407: _proxy_asks,
    408: _too_slow,
    409: _conflict,
    410: _gone,
    425: _too_early,
    511: _network_asks,
    # From 520 on a content network in front of the server, instead of 502 and 504.
    **dict.fromkeys((502, 504, 520, 521, 522, 523, 524), _unanswered),
}
PASSED_ON = frozenset(_MAKERS) - {401, 403, 404, 409, 410}
"""What something in between says instead of the server, or says of the way and not of what was asked."""


def network_error(err: BaseException, where: str, *, is_connected: bool = False) -> NetworkError:
    """The exception for a request without a usable answer.

    Args:
        err: What the library raised; its causes are looked at too.
        where: The address without path, for the sentence.
        is_connected: The connection stood by then, with the handshake of TLS behind it.
    """
    chain = list(_causes(err))
    tls = next((one for one in chain if isinstance(one, ssl.SSLError)), None)
    if tls is not None:
        return _cut(where) if is_connected else _tls_error(tls, where)
    if any(isinstance(one, OSError) and _UNKNOWN_TO_PROXY in str(one) for one in chain):
        return _proxy_wants_sign_in()
    for kinds, make in _NETWORK_RULES:
        if any(isinstance(one, kinds) for one in chain):
            return make(where)
    if any(getattr(one, "errno", None) in _UNREACHABLE for one in chain):
        return NetworkError(
            tr("There is no way to {where} from this computer.", where=where),
            tr("Check network and VPN."),
        )
    return _cut(where)


def is_hang_up(err: BaseException) -> bool:
    """True when the other side closed or reset a connection that stood; not for what took too long."""
    chain = list(_causes(err))
    return any(isinstance(one, _HANG_UPS) for one in chain) and not any(
        isinstance(one, (http_errors.TimeoutError, TimeoutError)) for one in chain
    )


def _tls_error(err: ssl.SSLError, where: str) -> NetworkError:
    if isinstance(err, CertificateChangedError):
        return untrusted(where, "", err.certificate, err.pinned)
    if isinstance(err, ssl.SSLCertVerificationError):
        return untrusted(where, readable(err.verify_message or tr("unknown reason")), None)
    # A load balancer closes like this while the server behind it is restarted: that passes.
    kind = BrokenConnectionError if isinstance(err, ssl.SSLEOFError) else NoTlsError
    return kind(
        tr("{where} does not answer with TLS.", where=where),
        tr("Is it http:// instead of https://?"),
    )


def _refused_connection(where: str) -> NetworkError:
    return NetworkError(
        tr("Nothing answers at {where}: the connection was refused.", where=where),
        tr(CHECK_ADDRESS),
    )


def _unknown_name(where: str) -> NetworkError:
    return NetworkError(
        tr("The name in {where} is unknown.", where=where),
        tr("Check the spelling, the network and the VPN."),
    )


def _proxy_failed(where: str) -> NetworkError:
    return NetworkError(
        tr("The proxy of this network does not let us through to {where}.", where=where),
        tr("Check the system's proxy settings."),
    )


def _silent(where: str) -> NetworkError:
    return NetworkError(
        tr("{where} does not answer in time.", where=where),
        tr("Check the network and whether the server runs."),
    )


def _cut(where: str) -> NetworkError:
    return BrokenConnectionError(
        tr("The connection to {where} broke off.", where=where),
        tr("Check the network and try again."),
    )


def _garbled(where: str) -> NetworkError:
    """Also where a server went on talking after its last answer: to ask once more helps then."""
    return BrokenConnectionError(
        tr("What {where} answers is not HTTP.", where=where), tr(CHECK_ADDRESS)
    )


_HANG_UPS = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)
_UNKNOWN_TO_PROXY = "Tunnel connection failed: 407"
"""As the standard library words it: what a proxy says to CONNECT is in no other place."""
_UNREACHABLE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL})
_BAD_PROXIES = (
    http_errors.ProxyError,
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidProxyURL,
    # Addresses of servers are http and https: this is SOCKS, say, in the system's settings.
    requests.exceptions.InvalidSchema,
)
_NETWORK_RULES = (
    (_BAD_PROXIES, _proxy_failed),
    ((http_errors.NameResolutionError, socket.gaierror), _unknown_name),
    ((ConnectionRefusedError,), _refused_connection),
    ((http_errors.TimeoutError, requests.Timeout, TimeoutError), _silent),
    (
        (IncompleteRead, ConnectionResetError, ConnectionAbortedError, BrokenPipeError),
        _cut,
    ),
    # Of HTTPException what is left by now: lines that are none of HTTP, or without end.
    ((requests.exceptions.InvalidHeader, http_errors.DecodeError, HTTPException), _garbled),
)


def _causes(err: BaseException) -> Iterator[BaseException]:
    """The exception, what it was raised from, and what libraries hide in ``args`` and ``reason``."""
    seen: set[int] = set()
    todo: list[object] = [err]
    while todo:
        one = todo.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
