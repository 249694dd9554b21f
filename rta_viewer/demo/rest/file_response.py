"""A file as an answer: ranges and preconditions after RFC 9110 (8.8, 13, 14)."""

import re
from http import HTTPStatus

from rta_viewer.demo.http_faults import (
    ChangeETag,
    HttpFaults,
    IgnoreRange,
    NameFile,
    OtherRange,
    ShrinkFile,
)
from rta_viewer.demo.package_store import PackagedFile
from rta_viewer.demo.rest.messages import ApiError, FilePart, Request, Response

CONTENT_TYPES = {"mp4": "video/mp4", "mkv": "video/x-matroska", "avi": "video/x-msvideo"}
_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)", re.ASCII | re.IGNORECASE)
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_MOST_DIGITS = 18


def file_response(
    request: Request, made: PackagedFile, *, name: str, container: str, faults: HttpFaults
) -> Response:
    """The whole file, the asked part of it, or that nothing changed.

    Args:
        request: Its ``Range`` and ``If-…`` headers count.
        made: The file.
        name: The file name to suggest.
        container: ``mp4``, ``mkv`` or ``avi``.
        faults: What is armed to go wrong.

    Raises:
        ApiError: 412 when ``If-Match`` does not hold.
    """
    etag, size = made.etag, made.size_bytes
    if faults.take(ChangeETag, request.path):
        etag = f'"changed-{etag[1:]}'
    shrunk = faults.take(ShrinkFile, request.path)
    if shrunk:
        size = min(size, shrunk.size_bytes)
    disposition = faults.take(NameFile, request.path)
    headers = (
        ("ETag", etag),
        ("Accept-Ranges", "bytes"),
        (
            "Content-Disposition",
            disposition.disposition if disposition else f'attachment; filename="{name}"',
        ),
        ("Cache-Control", "private, no-cache"),
    )
    refused = _precondition(request, etag, headers)
    if refused is not None:
        return refused
    wanted = None if faults.take(IgnoreRange, request.path) else _wanted_range(request, etag, size)
    if wanted is None:
        typed = (("Content-Type", CONTENT_TYPES[container]), *headers)
        return Response(HTTPStatus.OK, typed, FilePart(made.path, 0, size))
    first, last = wanted
    if first > last:
        return Response(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            (("Content-Range", f"bytes */{size}"), *headers[:2]),
        )
    other = faults.take(OtherRange, request.path)
    if other:
        length = last - first + 1
        first = min(max(0, first + other.shift_bytes), last)
        last = min(first + length, size) - 1
    return Response(
        HTTPStatus.PARTIAL_CONTENT,
        (
            ("Content-Type", CONTENT_TYPES[container]),
            ("Content-Range", f"bytes {first}-{last}/{size}"),
            *headers,
        ),
        FilePart(made.path, first, last - first + 1),
    )


def _precondition(
    request: Request, etag: str, headers: tuple[tuple[str, str], ...]
) -> Response | None:
    """RFC 9110 13.2.2, without dates: these files have no modification date to compare."""
    if_match = request.headers.get("if-match")
    if if_match is not None and if_match.strip() != "*" and etag not in _tags(if_match):
        raise ApiError(
            HTTPStatus.PRECONDITION_FAILED, "INVALID_REQUEST", "The file is not the expected one."
        )
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is None:
        return None
    weak = {tag.removeprefix("W/") for tag in _tags(if_none_match)}
    if if_none_match.strip() == "*" or etag in weak:
        return Response(HTTPStatus.NOT_MODIFIED, headers[:1], length_known=False)
    return None


def _tags(field: str) -> list[str]:
    return _ETAG.findall(field)


def _wanted_range(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """First and last byte; first > last when nothing can be served; None for the whole file.

    Several ranges at once and unknown units may be ignored (14.2), and are.
    """
    if request.method != "GET":
        return None
    match = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if match is None or match.groups() == ("", ""):
        return None
    if_range = request.headers.get("if-range")
    if if_range is not None and if_range.strip() != etag:
        return None
    first, last = match.groups()
    if max(len(first), len(last)) > _MOST_DIGITS:
        first, last = first[:_MOST_DIGITS], last[:_MOST_DIGITS]
    if not first:
        count = min(int(last), size)
        return (size - count, size - 1) if count else (1, 0)
    if last and int(last) < int(first):
        return None
    return (int(first), min(int(last), size - 1) if last else size - 1)
