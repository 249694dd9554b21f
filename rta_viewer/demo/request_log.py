"""What the embedded server was asked, for its own log and for tests. Credentials never get in here."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode

_KEPT_HEADERS = frozenset(
    {
        "accept",
        "content-type",
        "frames",
        "if-match",
        "if-none-match",
        "if-range",
        "immediate",
        "range",
        "rate-control",
        "require",
        "scale",
        "speed",
        "transport",
        "user-agent",
    }
)
_HIDDEN_PARAMETERS = frozenset(
    {"password", "passwd", "pwd", "token", "access_token", "username", "user"}
)


class LoggedRequest:
    """One request. It is listed when it arrives; ``status`` and ``sent_bytes`` follow with the answer.

    Attributes:
        protocol: ``http`` or ``rtsp``.
        path: As it came, still percent-encoded, without the query.
        query: As it came, with the values of credential-like parameters starred.
        headers: Lower-case names; only those that steer an answer, never ``Authorization``.
        auth_scheme: ``basic``, ``digest``, ``bearer`` or empty: that credentials came, not which.
        at_ms: When it arrived, by the world's clock.
        status: 0 until it was answered (and for ever when the connection was cut before).
        sent_bytes: Body bytes that left, so far.
    """

    def __init__(
        self,
        protocol: str,
        method: str,
        path: str,
        *,
        query: str = "",
        headers: Mapping[str, str] | None = None,
        at_ms: int = 0,
    ) -> None:
        named = {name.lower(): value for name, value in (headers or {}).items()}
        self.protocol = protocol
        self.method = method
        self.path = path
        self.query = _without_credentials(query)
        self.headers = {name: value for name, value in named.items() if name in _KEPT_HEADERS}
        self.auth_scheme = named.get("authorization", "").partition(" ")[0].lower()
        self.at_ms = at_ms
        self.status = 0
        self.sent_bytes = 0

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"{self.protocol} {self.method} {self.path}{query} {self.status} {self.sent_bytes}"

    __repr__ = __str__


class RequestLog:
    """The last requests, oldest first. Safe from several threads."""

    def __init__(self, limit: int = 10_000) -> None:
        self._entries: deque[LoggedRequest] = deque(maxlen=limit)
        self._changed = threading.Condition()

    def add(self, entry: LoggedRequest) -> None:
        """List a request that has just arrived."""
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()

    def answered(self, entry: LoggedRequest, status: int) -> None:
        """Note which status went out."""
        with self._changed:
            entry.status = status
            self._changed.notify_all()

    def sent(self, entry: LoggedRequest, count_bytes: int) -> None:
        """Note body bytes that left."""
        with self._changed:
            entry.sent_bytes += count_bytes
            self._changed.notify_all()

    def entries(
        self, path: str = "", *, method: str = "", protocol: str = ""
    ) -> list[LoggedRequest]:
        """Those whose path holds the fragment; ``method`` and ``protocol`` narrow further."""
        with self._changed:
            return [
                entry
                for entry in self._entries
                if path in entry.path
                and method in {"", entry.method}
                and protocol in {"", entry.protocol}
            ]

    def count(self, path: str = "", *, method: str = "", protocol: str = "") -> int:
        """How many :meth:`entries` there are."""
        return len(self.entries(path, method=method, protocol=protocol))

    def wait_for(
        self, wanted: Callable[[LoggedRequest], bool], timeout_s: float = 10.0
    ) -> LoggedRequest | None:
        """The first request that satisfies ``wanted``, waiting for it; None when the time is up."""
        with self._changed:
            return self._changed.wait_for(
                lambda: next((entry for entry in self._entries if wanted(entry)), None), timeout_s
            )

    def clear(self) -> None:
        """Forget all."""
        with self._changed:
            self._entries.clear()


def _without_credentials(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(name.lower() in _HIDDEN_PARAMETERS for name, _ in pairs):
        return query
    return urlencode([(n, "***" if n.lower() in _HIDDEN_PARAMETERS else v) for n, v in pairs])
