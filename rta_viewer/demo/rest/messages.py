"""Requests and answers as values, between the wire and the endpoints."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from rta_viewer.demo.request_log import LoggedRequest


@dataclass(frozen=True, slots=True)
class Request:
    """One parsed request.

    Attributes:
        path: Raw path, percent-encoded, without the query.
        segments: The path's parts, percent-decoded one by one.
        query: Decoded parameters; of repeated ones the last counts.
        headers: Lower-case names.
        host: The host name or address by which the client reached us, for links back to it.
        secure: It came over TLS.
    """

    method: str
    path: str
    segments: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    host: str
    entry: LoggedRequest
    secure: bool = False


@dataclass(frozen=True, slots=True)
class FilePart:
    """A slice of a file as a body."""

    path: Path
    offset: int
    length_bytes: int


@dataclass(frozen=True, slots=True)
class Filler:
    """So many bytes of JSON that says nothing."""

    length_bytes: int


Body = bytes | FilePart | Filler


@dataclass(frozen=True, slots=True)
class Response:
    """What goes out. ``Content-Length`` is added by the writer, from the body."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: Body = b""
    length_known: bool = True

    @property
    def length_bytes(self) -> int:
        """Size of the body."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.length_bytes


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal in the contract's words.

    Attributes:
        code: ``INVALID_REQUEST`` and the like.
        message: A sentence for the person at the client.
    """

    status: int
    code: str
    message: str
    headers: tuple[tuple[str, str], ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.status} {self.code}: {self.message}"


def invalid(message: str) -> ApiError:
    """400: the request itself is wrong."""
    return ApiError(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)


def recording_not_found(message: str) -> ApiError:
    """404: the camera is there, the footage or the job is not."""
    return ApiError(HTTPStatus.NOT_FOUND, "RECORDING_NOT_FOUND", message)


def unknown_resource(name: str) -> ApiError:
    """404: this server has no such endpoint, in a gateway's words."""
    return ApiError(HTTPStatus.NOT_FOUND, "NOT_FOUND", f"Unknown resource: {name}")


def json_response(
    value: object, status: int = HTTPStatus.OK, headers: tuple[tuple[str, str], ...] = ()
) -> Response:
    """A JSON body; never cached."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(
        status,
        (
            ("Content-Type", "application/json; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *headers,
        ),
        body,
    )
