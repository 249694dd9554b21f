"""Header fields of file transfers, and what the first bytes of a file give away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import collapse_rfc2231_value

from rta_viewer.core.filenames import name_from_path
from rta_viewer.vms.errors_map import looks_like_html

MOST_BYTES = 1 << 44
"""16 TiB: what one file can have on ext4 and on most NTFS drives."""

HEAD_BYTES = 64
"""How much of a file :func:`looks_like_container` wants to see."""

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.IGNORECASE)
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})", re.IGNORECASE)
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]{0,200}"')
_DATE = re.compile(r"[\x20-\x7e]{1,64}")
_MP4_BOXES = frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})
_TEXT_TYPES = ("text/", "application/json", "application/problem+json", "application/xml")


@dataclass(frozen=True, slots=True)
class ContentRange:
    """``Content-Range`` (RFC 9110, 14.4): first and last byte, total where known."""

    first: int
    last: int
    total: int | None


def content_range(headers: Mapping[str, str]) -> ContentRange | None:
    """The range that a 206 says it carries; None when it says none, or nonsense."""
    found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if found is None:
        return None
    first, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    if last < first or (total is not None and last >= total):
        return None
    return ContentRange(first, last, total)


def unsatisfied_total(headers: Mapping[str, str]) -> int | None:
    """The size that a 416 names."""
    found = _UNSATISFIED.fullmatch(headers.get("Content-Range", "").strip())
    return int(found[1]) if found else None


def content_length(headers: Mapping[str, str]) -> int | None:
    """``Content-Length``, None when absent, nonsense, or overruled by chunks (RFC 9112, 6.3).

    Said several times, as by what passes answers on, it is still one (RFC 9110, 8.6).
    """
    if headers.get("Transfer-Encoding"):
        return None
    texts = {text.strip() for text in headers.get("Content-Length", "").split(",")}
    text = texts.pop()
    return int(text) if not texts and re.fullmatch(r"[0-9]{1,18}", text) else None


def entity_tag(headers: Mapping[str, str]) -> str:
    """``ETag``, also a weak one; empty when absent or nonsense."""
    text = headers.get("ETag", "").strip()
    return text if _ETAG.fullmatch(text) else ""


def is_strong(tag: str) -> bool:
    """True for one that ``If-Range`` may use (RFC 9110, 13.1.5): weak ones may not."""
    return tag.startswith('"')


def last_modified(headers: Mapping[str, str]) -> str:
    """``Last-Modified`` as it was sent, for comparing only; empty when absent or nonsense."""
    text = headers.get("Last-Modified", "").strip()
    return text if _DATE.fullmatch(text) else ""


def suggested_name(headers: Mapping[str, str]) -> str:
    """The name in ``Content-Disposition`` (RFC 6266), cleaned; empty when there is none."""
    message = Message()
    message["content-disposition"] = headers.get("Content-Disposition", "")[:2000]
    try:
        pairs = message.get_params(failobj=[], header="content-disposition")
        found = [value for field, value in pairs if field.lower() == "filename"]
        # RFC 6266, 4.3: of both forms the extended one, which the parser returns as a tuple, counts.
        found.sort(key=lambda value: not isinstance(value, tuple))
        name = collapse_rfc2231_value(found[0]) if found else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    try:
        name = name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        name = name.encode("utf-8", "ignore").decode("utf-8")
    return name_from_path(name) if name else ""


def looks_like_container(head: bytes) -> bool:
    """True for the beginning of an MP4, Matroska or AVI file."""
    if head[4:8] in _MP4_BOXES or head.startswith(b"\x1a\x45\xdf\xa3"):
        return True
    return head.startswith(b"RIFF") and head[8:12] == b"AVI "


def is_no_video(head: bytes, content_type: str) -> bool:
    """True for what a video never is: a web page, JSON, text. Unknown bytes get the benefit of the doubt."""
    if looks_like_container(head):
        return False
    if looks_like_html(head, content_type) or head.lstrip()[:1] in {b"{", b"["}:
        return True
    return content_type.lower().strip().startswith(_TEXT_TYPES)
