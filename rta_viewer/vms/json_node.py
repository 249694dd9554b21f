"""Reading JSON from a server that may send anything: each value knows its path, for the error.

Unknown fields are ignored; ``null`` counts as absent. A wrong type or a missing required field raises
:class:`~rta_viewer.vms.errors_map.UnclearAnswerError` that names the endpoint and the JSON path.
"""

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NoReturn

from rta_viewer.core.redaction import without_secrets
from rta_viewer.core.texts import is_text, tr
from rta_viewer.core.timescale import instant_of
from rta_viewer.core.timetext import parse_instant
from rta_viewer.errors import UsageError
from rta_viewer.vms.errors_map import (
    BREAKS_CONTRACT,
    UnclearAnswerError,
    looks_like_html,
    readable,
    web_page,
)

MAX_JSON_BYTES = 8 * 1024 * 1024
MAX_TEXT_CHARS = 500
MAX_EXACT_CHARS = 8192
_EARLIEST_MS = instant_of(datetime(1, 1, 3, tzinfo=UTC))
_LATEST_MS = instant_of(datetime(9999, 12, 30, tzinfo=UTC))
"""Beyond these some zone's wall clock has no date."""
_MOST_OF_ANYTHING = 1 << 53
"""Larger whole numbers are not exact in JSON (RFC 8259, 6), and later too large for a list of jobs."""


def parse_document(body: bytes, endpoint: str, content_type: str = "") -> "Node":
    """The root of a JSON answer.

    Raises:
        UnclearAnswerError: A web page, not JSON, or nested beyond reason.
    """
    if looks_like_html(body, content_type):
        page = web_page()
        raise UnclearAnswerError(page.summary, page.hint)
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise UnclearAnswerError(
            tr("{endpoint} does not answer with JSON.", endpoint=endpoint), tr(BREAKS_CONTRACT)
        ) from err
    return Node(value, "$", endpoint)


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


class Node:
    """One value of a JSON document."""

    __slots__ = ("_value", "endpoint", "path")

    def __init__(self, value: Any, path: str, endpoint: str) -> None:
        self._value = value
        self.path = path
        self.endpoint = endpoint

    def fail(self, what: str) -> NoReturn:
        """Reject this value."""
        raise UnclearAnswerError(
            tr(
                "{endpoint} answers with something unexpected: {path} {what}.",
                endpoint=self.endpoint,
                path=self.path,
                what=what,
            ),
            tr(BREAKS_CONTRACT),
        )

    @property
    def is_object(self) -> bool:
        """True for ``{…}``."""
        return isinstance(self._value, dict)

    def has(self, name: str) -> bool:
        """True when the object has the field, and not as ``null``."""
        return self._object().get(name) is not None

    def field(self, name: str) -> "Node":
        """A required field."""
        value = self._object().get(name)
        node = Node(value, f"{self.path}.{name}", self.endpoint)
        if value is None:
            node.fail(tr("is missing"))
        return node

    def optional(self, name: str) -> "Node | None":
        """A field that may be absent."""
        return self.field(name) if self.has(name) else None

    def items(self) -> Iterator["Node"]:
        """The members of an array."""
        if not isinstance(self._value, list):
            self.fail(tr("is not an array"))
        for index, value in enumerate(self._value):
            yield Node(value, f"{self.path}[{index}]", self.endpoint)

    def children(self, name: str) -> Iterator["Node"]:
        """The members of an optional array."""
        node = self.optional(name)
        return iter(()) if node is None else node.items()

    def as_text(self, *, exact: bool = False) -> str:
        """A string for people, cleaned and shortened; ``exact`` for identifiers and URLs, untouched."""
        if not isinstance(self._value, str):
            self.fail(tr("is not a string"))
        if not exact:
            return readable(self._value, MAX_TEXT_CHARS)
        if not self._value or len(self._value) > MAX_EXACT_CHARS:
            self.fail(tr("is empty or far too long"))
        if not is_text(self._value):
            self.fail(tr("is not a string"))
        return self._value

    def as_number(self) -> float:
        """A finite number."""
        if isinstance(self._value, bool) or not isinstance(self._value, int | float):
            self.fail(tr("is not a number"))
        try:
            number = float(self._value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.fail(tr("is not a usable number"))
        return number

    def as_int(self) -> int:
        """A whole number; ``3.0`` counts."""
        number = self.as_number()
        if not number.is_integer():
            self.fail(tr("is not a whole number"))
        return int(number)

    def as_bool(self) -> bool:
        """True or false."""
        if not isinstance(self._value, bool):
            self.fail(tr("is neither true nor false"))
        return self._value

    def as_instant_ms(self) -> int:
        """An ISO 8601 instant; without an offset it is UTC, as the contract says of all times."""
        text = self.as_text()
        try:
            return min(max(parse_instant(text, UTC), _EARLIEST_MS), _LATEST_MS)
        except UsageError:
            self.fail(tr("is not a time"))

    def text(self, name: str, default: str = "") -> str:
        """An optional string for people."""
        node = self.optional(name)
        return default if node is None else node.as_text()

    def text_if_any(self, name: str) -> str:
        """A string for people where there is one, without secrets in use; empty for anything else."""
        value = self._object().get(name)
        # First: a secret that is cut in two is found no more.
        return readable(without_secrets(value), MAX_TEXT_CHARS) if isinstance(value, str) else ""

    def is_false(self, name: str) -> bool:
        """True when the field says ``false``, and not for anything that merely is not true."""
        return self._object().get(name) is False

    def identifier(self, name: str) -> str:
        """A required identifier."""
        return self.field(name).as_text(exact=True)

    def number(self, name: str) -> float | None:
        """An optional number."""
        node = self.optional(name)
        return None if node is None else node.as_number()

    def integer(self, name: str) -> int | None:
        """An optional whole number."""
        node = self.optional(name)
        return None if node is None else node.as_int()

    def size(self, name: str) -> int | None:
        """An optional number of bytes or things; one that cannot be true counts as not said."""
        value = self.integer(name)
        return value if value is not None and 0 <= value <= _MOST_OF_ANYTHING else None

    def flag(self, name: str, default: bool) -> bool:
        """An optional truth."""
        node = self.optional(name)
        return default if node is None else node.as_bool()

    def instant_ms(self, name: str) -> int | None:
        """An optional instant; the first and the last that can be written mean that there is none."""
        node = self.optional(name)
        found = None if node is None else node.as_instant_ms()
        return None if found in {_EARLIEST_MS, _LATEST_MS} else found

    def _object(self) -> dict[str, Any]:
        if not isinstance(self._value, dict):
            self.fail(tr("is not an object"))
        return self._value
