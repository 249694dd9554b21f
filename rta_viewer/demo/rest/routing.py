"""Which function answers which path."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from rta_viewer.demo.rest.messages import ApiError, Request, Response, unknown_resource

API = "api/rest/v1"
Handler = Callable[[Request, Sequence[str]], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint.

    Attributes:
        pattern: The path's parts after decoding, ``*`` for an id; handlers get the ids in order.
        feature: Its name in ``RestOptions.lacking``.
        bucket: Its name in ``RateLimits``, empty for no limit.
        public: Answers without sign-in.
    """

    method: str
    pattern: tuple[str, ...]
    handler: Handler
    feature: str = ""
    bucket: str = ""
    public: bool = False

    def match(self, segments: Sequence[str]) -> list[str] | None:
        """The ids in the path, or None when it is another path."""
        if len(segments) != len(self.pattern):
            return None
        ids = []
        for part, segment in zip(self.pattern, segments, strict=True):
            if part == "*" and segment:
                ids.append(segment)
            elif part != segment:
                return None
        return ids


def route(
    method: str,
    path: str,
    handler: Handler,
    *,
    feature: str = "",
    bucket: str = "",
    public: bool = False,
) -> Route:
    """A row of the table; ``path`` is written with slashes and ``*``."""
    return Route(method, tuple(path.split("/")), handler, feature, bucket, public)


class Router:
    """Finds the first route that matches, so literal paths go before ids."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = tuple(routes)

    def find(self, request: Request) -> tuple[Route, list[str]]:
        """The route and the ids in the path; HEAD goes where GET goes.

        Raises:
            ApiError: 404 for an unknown path, 405 with ``Allow`` for an unknown method.
        """
        method = "GET" if request.method == "HEAD" else request.method
        allowed: list[str] = []
        for candidate in self._routes:
            ids = candidate.match(request.segments)
            if ids is None:
                continue
            if candidate.method == method:
                return candidate, ids
            allowed += ["GET", "HEAD"] if candidate.method == "GET" else [candidate.method]
        if not allowed:
            raise unknown_resource(_resource_name(request.segments))
        raise ApiError(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "INVALID_REQUEST",
            f"{request.method} is not possible here.",
            (("Allow", ", ".join(dict.fromkeys(allowed))),),
        )


def _resource_name(segments: Sequence[str]) -> str:
    """The word after the API's root, as gateways word it."""
    root = API.split("/")
    rest = segments[len(root) :] if list(segments[: len(root)]) == root else segments
    return rest[0] if rest else ""
