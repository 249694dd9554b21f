"""Requests to the signed-in server: who gets the credentials, what a 401 and a redirect mean, when to wait.

Redirects are followed by us. JSON is only ever taken from the server itself; files may lie elsewhere and
are then fetched without credentials, unless the operator listed that host.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urljoin

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.texts import tr
from rta_viewer.errors import (
    BusyError,
    NetworkError,
    NotFoundError,
    RefusedError,
    RtaError,
    ServerError,
)
from rta_viewer.vms.address import Origin, Trust, origin_of
from rta_viewer.vms.errors_map import (
    BREAKS_CONTRACT,
    BrokenConnectionError,
    DeadLinkError,
    Problem,
    error_for,
    http_date_ms,
    read_problem,
)
from rta_viewer.vms.json_node import MAX_JSON_BYTES, Node, parse_document
from rta_viewer.vms.rate import Lane, RateLimiter
from rta_viewer.vms.sign_in import SignIn
from rta_viewer.vms.transport import ANSWER_TIMEOUT_S, Answer, Call, Transport

BASE_PATH = "/api/rest/v1"
MAX_PROBLEM_BYTES = 64 * 1024
_BODY_WITHIN_S = 60.0
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSALS = frozenset({401, 403})
_MAX_WAITS = 3
_LONGEST_WAIT_S = 20.0
_UNSAID_WAIT_S = 2.0
_JSON_HEADERS = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing to ask for.

    Attributes:
        label: As the contract names it, for sentences: ``GET /cameras``.
        path: Below the base, percent-encoded.
        timeout_s: For the wait until the answer begins.
    """

    label: str
    path: str
    lane: Lane = Lane.OTHER
    query: Mapping[str, str] | None = None
    timeout_s: float = ANSWER_TIMEOUT_S

    def url(self, origin: Origin) -> str:
        """The whole address on a server."""
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"{origin.text}{BASE_PATH}{self.path}{query}"


def path_part(identifier: str) -> str:
    """An opaque identifier as one segment of a path.

    Raises:
        NotFoundError: ``.`` and ``..`` cannot be a segment (RFC 3986, 5.2.4).
    """
    if identifier in {"", ".", ".."}:
        raise NotFoundError(
            tr(
                "The server cannot know anything called "
                "\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}.",
                name=identifier,
            )
        )
    return quote(identifier, safe="")


def clock_offset_ms(date: str, asked_ms: int, answered_ms: int) -> int | None:
    """How far the server's clock is ahead of ours, taking its second for half over; None when unsaid."""
    server_ms = http_date_ms(date)
    return None if server_ms is None else server_ms + 500 - (asked_ms + answered_ms) // 2


class Session:
    """Asks one server, as one user. Safe from several threads.

    Attributes:
        clock_offset_ms: The server's clock minus this computer's, by its last answer; 0 while it did not say.
    """

    def __init__(
        self,
        trust: Trust,
        transport: Transport,
        sign_in: SignIn,
        clock: Clock,
        limiter: RateLimiter,
    ) -> None:
        self._trust = trust
        self._transport = transport
        self._sign_in = sign_in
        self._clock = clock
        self._limiter = limiter
        self.clock_offset_ms = 0

    @property
    def origin(self) -> Origin:
        """The signed-in server."""
        return self._trust.home

    def get(self, endpoint: Endpoint, cancel: CancelToken) -> Node:
        """Ask for JSON, waiting a little where the server asks for that.

        A connection that breaks is tried once more: servers drop idle ones just as we use them again.

        Raises:
            RtaError: Any of the tree; BusyError when the server wants a longer pause.
        """
        url = endpoint.url(self.origin)
        call = Call("GET", url, _JSON_HEADERS, timeout_s=endpoint.timeout_s)
        waits, cuts = 0, 0
        while True:
            self._limiter.admit(endpoint.lane, cancel)
            try:
                return self._ask(call, endpoint, cancel)
            except BrokenConnectionError:
                cuts += 1
                if cuts > 1:
                    raise
            except BusyError as err:
                wait_s = _UNSAID_WAIT_S if err.retry_after_s is None else err.retry_after_s
                waits += 1
                if waits >= _MAX_WAITS or wait_s > _LONGEST_WAIT_S:
                    raise
                self._limiter.hold(endpoint.lane, wait_s)

    def post(self, endpoint: Endpoint, document: object, cancel: CancelToken) -> Node:
        """Send JSON, once: a second time might start a second job."""
        self._limiter.admit(endpoint.lane, cancel)
        headers = {**_JSON_HEADERS, "Content-Type": "application/json"}
        body = json.dumps(document).encode()
        call = Call("POST", endpoint.url(self.origin), headers, body, anew=True)
        return self._ask(call, endpoint, cancel)

    def _ask(self, call: Call, endpoint: Endpoint, cancel: CancelToken) -> Node:
        try:
            with self._send_signed(call, cancel) as answer:
                now_ms = self._clock.now_ms()
                offset_ms = clock_offset_ms(answer.headers.get("Date", ""), now_ms, now_ms)
                if offset_ms is not None:
                    self.clock_offset_ms = offset_ms
                return read_json(answer, endpoint.label, now_ms)
        except RefusedError as err:
            err.server = self.origin.text
            raise

    def _send_signed(self, call: Call, cancel: CancelToken) -> Answer:
        """To the server itself; follows redirects within it for GET."""
        origin = self.origin
        for _ in range(_MAX_REDIRECTS + 1):
            answer = self._send_once(call, cancel, with_credentials=True)
            target = redirect_target(answer)
            if target is None:
                return answer
            answer.close()
            source, origin = origin, origin_of(target)
            if call.method != "GET" or not self._trust.allows_redirect(source, origin):
                raise elsewhere(origin)
            call = replace(call, url=target)
        raise ServerError(tr("The server sends us round in circles."), tr("Check the address."))

    def open(self, call: Call, cancel: CancelToken) -> Answer:
        """Send a GET for a file, wherever it lies; the answer may have any status but a redirect.

        Raises:
            DeadLinkError: A host that got no credentials refuses it: the link was signed, say, and is old.
            ServerError: From https down to http, too many redirects, or a malformed address.
            SignInError: The credentials cannot be renewed.
            NetworkError: No answer.
        """
        origin = origin_of(call.url)
        known = self._trust.allows(origin)
        for _ in range(_MAX_REDIRECTS + 1):
            if self._trust.is_downgrade(origin):
                raise ServerError(
                    tr(
                        "The server offers the file without encryption, although it was signed in to by "
                        "https."
                    ),
                    tr("The file was not fetched. Tell the server's administrator."),
                )
            answer = self._send_once(call, cancel, with_credentials=known)
            target = redirect_target(answer)
            if target is None:
                if answer.status in _REFUSALS and not known:
                    answer.close()
                    raise DeadLinkError
                return answer
            answer.close()
            source, origin = origin, origin_of(target)
            known = known and self._trust.allows_redirect(source, origin)
            call = replace(call, url=target)
        raise ServerError(tr("The server sends us round in circles."), tr("Try again later."))

    def _send_once(self, call: Call, cancel: CancelToken, *, with_credentials: bool) -> Answer:
        if not with_credentials:
            return self._transport.send(call, cancel)
        header = self._sign_in.authorization(cancel)
        answer = self._transport.send(_signed(call, header), cancel)
        if answer.status != 401:
            self._sign_in.accepted()
            return answer
        try:
            other = self._sign_in.renewed(header, cancel)
        except RtaError:
            answer.close()
            raise
        if other is None:
            return answer
        answer.close()
        answer = self._transport.send(_signed(call, other), cancel)
        if answer.status == 401:
            # User and password were right a moment ago: it is about what was asked.
            answer.close()
            raise error_for(Problem(403), "")
        return answer

    def close(self) -> None:
        """Drop connections and tokens."""
        self._transport.close()
        self._sign_in.forget()


def _signed(call: Call, header: str) -> Call:
    return replace(call, headers={**call.headers, "Authorization": header})


def redirect_target(answer: Answer) -> str | None:
    """Where the answer sends us, absolute; None when it does not. Closes it where that is malformed."""
    location = answer.headers.get("Location", "")
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        return urljoin(answer.url, location)
    except ValueError as err:
        answer.close()
        raise ServerError(
            tr("The server sends us to an address that is malformed."), tr(BREAKS_CONTRACT)
        ) from err


def elsewhere(target: Origin) -> ServerError:
    """The server wants us to go where its operator's credentials have no business."""
    return ServerError(
        tr("The server sends us to another address: {address}.", address=target.text),
        tr("If you trust that address, sign in there."),
    )


def read_json(answer: Answer, label: str, now_ms: int) -> Node:
    """The document of a success, or the exception for anything else."""
    if 200 <= answer.status < 300:
        body = answer.read(MAX_JSON_BYTES, _BODY_WITHIN_S)
        return parse_document(body, label, answer.headers.get("Content-Type", ""))
    raise problem_of(answer, label, now_ms)


def problem_of(answer: Answer, label: str, now_ms: int) -> RtaError:
    """The exception for an answer that is not a success; the body is read as far as it goes."""
    try:
        body = answer.read(MAX_PROBLEM_BYTES, 10.0)
    except (NetworkError, ServerError):
        body = b""
    return error_for(read_problem(answer.status, answer.headers, body, now_ms), label)
