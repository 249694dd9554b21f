"""The receipt: a small JSON file beside a saved recording that says what it is and what its bytes were.

What it proves and what not is in ``docs/evidence.md``. The schema is versioned: a reader refuses versions
that it does not know and ignores fields that it does not know.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.spans import Span, union
from rta_viewer.core.texts import tr
from rta_viewer.core.timetext import iso_utc, parse_instant
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.evidence.files import is_there, system_path, write_atomically

SCHEMA = "rta-viewer/receipt"
VERSION = 1
SUFFIX = ".receipt.json"
KINDS = frozenset({"download", "export"})
START_BY_FILE = "file"
START_BY_REQUEST = "request"

_MAX_BYTES = 1 << 20
_MAX_NAME_BYTES = 255
_HEX = frozenset("0123456789abcdef")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Whole:
    """The file that a volume was cut from; ``number`` of ``count`` is which volume it is."""

    file_name: str
    sha256: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is written down about one saved file.

    Attributes:
        file_name: Without folder.
        sha256: Lower-case hex, of the whole file.
        server: Address that the operator signed in to; user names in it are dropped on writing.
        delivered: Wall-clock span of the pictures as far as it could be told.
        duration_ms: Length of the file.
        differences: What the check after delivery found; empty when ``check_ok``.
        kind: ``download`` or ``export``.
        stretches: Where the recordings were that the file joins without their gaps; empty when that is not
            known, or there was one only.
        start_from: How the start of ``delivered`` is known: the file says it (``START_BY_FILE``), or it is
            taken from what was asked (``START_BY_REQUEST``). Empty when nobody wrote that down.
        stamp_ms: The time stamp in the file, or in the whole file of a volume, whatever it means; None
            without one.
        volume_of: What it is a volume of; None for a file that the server delivered.
    """

    file_name: str
    size_bytes: int
    sha256: str
    server: str
    camera_id: str
    camera_name: str
    asked: Span
    delivered: Span | None
    container: str
    codec: str
    width: int
    height: int
    duration_ms: int
    check_ok: bool
    differences: tuple[str, ...]
    kind: str
    saved_at_ms: int
    program_version: str
    stretches: tuple[Span, ...] = ()
    volume_of: Whole | None = None
    start_from: str = ""
    stamp_ms: int | None = None


def receipt_path(file: Path) -> Path:
    """Where the receipt of a file belongs: ``NAME.receipt.json`` beside it.

    A name that would become too long for the file system is shortened, always in the same way.
    """
    name = f"{file.name}{SUFFIX}"
    if len(name.encode("utf-8", "surrogateescape")) > _MAX_NAME_BYTES:
        mark = hashlib.sha256(file.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
        room = _MAX_NAME_BYTES - len(f"~{mark}{SUFFIX}")
        stem = file.name.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore")
        name = f"{stem}~{mark}{SUFFIX}"
    return file.with_name(name)


@at_drive()
def write_receipt(receipt: Receipt, file: Path) -> Path:
    """Write the receipt beside its file, completely or not at all; returns where.

    An earlier one for the same bytes is replaced, anything else never.

    Raises:
        StorageError: It cannot be written, or the receipt of another file has its name.
    """
    path = receipt_path(file)
    if is_there(path) and not _is_about(path, receipt):
        raise StorageError(
            tr("{name} is there already, and belongs to another file.", name=path.name),
            tr("Move it to another folder; then try again."),
        )
    text = json.dumps(to_json(receipt), ensure_ascii=False, indent=2)
    # A name that is not Unicode (Linux allows it) becomes a JSON escape and reads back as it was.
    write_atomically(path, f"{text}\n".encode("utf-8", "backslashreplace"))
    return path


def _is_about(path: Path, receipt: Receipt) -> bool:
    try:
        found = read_receipt(path)
    except StorageError:
        return False
    return (found.file_name, found.sha256) == (receipt.file_name, receipt.sha256)


def read_receipt(path: Path) -> Receipt:
    """Read a receipt.

    Raises:
        StorageError: It is not there, not readable, damaged, or of a version that is not known.
    """
    try:
        with system_path(path).open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as err:
        raise StorageError(
            tr("The receipt cannot be read: {reason}.", reason=err.strerror or err)
        ) from err
    try:
        if len(data) > _MAX_BYTES:
            raise ValueError(tr("it is far too large"))  # noqa: TRY301 - one place words all of them
        return from_json(json.loads(data.decode("utf-8")))
    except UnknownVersionError as err:
        raise StorageError(
            tr(
                "The receipt has version {version}, which this program does not know.",
                version=err.version,
            ),
            tr("Use a newer version of the program."),
        ) from err
    except (ValueError, RecursionError) as err:
        raise StorageError(
            tr("The receipt is damaged: {reason}.", reason=_reason(err)),
            tr("Use the copy that was kept elsewhere."),
        ) from err


class UnknownVersionError(ValueError):
    """The receipt was written by a newer program. Mapped to StorageError by :func:`read_receipt`."""

    def __init__(self, version: object) -> None:
        super().__init__(f"version {version}")
        self.version = version


def _reason(err: Exception) -> str:
    if isinstance(err, (json.JSONDecodeError, UnicodeDecodeError, RecursionError)):
        return tr("it is not readable JSON")
    return str(err)


def to_json(receipt: Receipt) -> dict[str, Any]:
    """The receipt as it is written."""
    tree = _delivered_json(receipt)
    whole = receipt.volume_of
    if whole is not None:
        tree["volumeOf"] = {
            "name": whole.file_name,
            "sha256": whole.sha256,
            "number": whole.number,
            "count": whole.count,
        }
    return tree


def _delivered_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "file": {
            "name": receipt.file_name,
            "sizeBytes": receipt.size_bytes,
            "sha256": receipt.sha256,
        },
        "kind": receipt.kind,
        "server": _without_user(receipt.server),
        "camera": {"id": receipt.camera_id, "name": receipt.camera_name},
        "asked": _span_json(receipt.asked),
        "delivered": _span_json(receipt.delivered) if receipt.delivered else None,
        "startFrom": receipt.start_from or None,
        "stretches": [_span_json(span) for span in receipt.stretches],
        "media": {
            "container": receipt.container,
            "codec": receipt.codec,
            "width": receipt.width,
            "height": receipt.height,
            "durationMs": receipt.duration_ms,
            "timeStamp": None if receipt.stamp_ms is None else iso_utc(receipt.stamp_ms),
        },
        "check": {"ok": receipt.check_ok, "differences": list(receipt.differences)},
        "savedAt": iso_utc(receipt.saved_at_ms),
        "program": {"name": "rta-viewer", "version": receipt.program_version},
    }


def from_json(tree: object) -> Receipt:
    """The receipt that was written.

    Raises:
        UnknownVersionError: Of another version.
        ValueError: Damaged; the text says where.
    """
    if _value(tree, "schema", str) != SCHEMA:
        raise ValueError(tr("it is not a receipt"))
    version = _value(tree, "version", int)
    if version != VERSION:
        raise UnknownVersionError(version)
    delivered = None if _get(tree, "delivered") is None else _span(tree, "delivered")
    receipt = Receipt(
        file_name=_value(tree, "file.name", str),
        size_bytes=_value(tree, "file.sizeBytes", int),
        sha256=_value(tree, "file.sha256", str),
        server=_value(tree, "server", str),
        camera_id=_value(tree, "camera.id", str),
        camera_name=_value(tree, "camera.name", str),
        asked=_span(tree, "asked"),
        delivered=delivered,
        container=_value(tree, "media.container", str),
        codec=_value(tree, "media.codec", str),
        width=_value(tree, "media.width", int),
        height=_value(tree, "media.height", int),
        duration_ms=_value(tree, "media.durationMs", int),
        check_ok=_value(tree, "check.ok", bool),
        differences=_texts(tree, "check.differences"),
        kind=_value(tree, "kind", str),
        saved_at_ms=_instant(tree, "savedAt"),
        program_version=_value(tree, "program.version", str),
        stretches=_spans(tree, "stretches"),
        start_from=_value(tree, "startFrom", str) if _has(tree, "startFrom") else "",
        stamp_ms=_instant(tree, "media.timeStamp") if _has(tree, "media.timeStamp") else None,
        volume_of=_whole(tree),
    )
    _check_values(receipt)
    return receipt


def _check_values(receipt: Receipt) -> None:
    if len(receipt.sha256) != 64 or not _HEX.issuperset(receipt.sha256):
        raise ValueError(tr("file.sha256 is not a SHA-256"))
    if receipt.size_bytes < 0:
        raise ValueError(tr("file.sizeBytes is negative"))
    name = receipt.file_name
    # The name leads to a file: it must not lead out of the receipt's folder.
    if not name or name in {".", ".."} or any(char in "/\\:\0" for char in name):
        raise ValueError(tr("file.name is not a plain file name"))
    if receipt.kind not in KINDS:
        raise ValueError(tr("kind is neither download nor export"))


def _without_user(server: str) -> str:
    parts = urlsplit(server)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _span_json(span: Span) -> dict[str, str]:
    return {"start": iso_utc(span.start_ms), "end": iso_utc(span.end_ms)}


def _get(tree: object, path: str) -> object:
    for key in path.split("."):
        if not isinstance(tree, dict) or key not in tree:
            raise ValueError(tr("{path} is missing", path=path))
        tree = tree[key]
    return tree


def _has(tree: object, path: str) -> bool:
    """Whether something stands there; older receipts do not have everything."""
    try:
        return _get(tree, path) is not None
    except ValueError:
        return False


def _value(tree: object, path: str, kind: type[_T]) -> _T:
    found = _get(tree, path)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise ValueError(tr("{path} is not {kind}", path=path, kind=kind.__name__))
    return found


def _spans(tree: object, path: str) -> tuple[Span, ...]:
    """A list that older receipts do not have."""
    if not isinstance(tree, dict) or path not in tree:
        return ()
    found = [_span({"item": item}, "item") for item in _value(tree, path, list)]
    if union(found) != found:
        raise ValueError(tr("{path} is not in order", path=path))
    return tuple(found)


def _whole(tree: object) -> Whole | None:
    """Only volumes have it."""
    if not isinstance(tree, dict) or "volumeOf" not in tree:
        return None
    return Whole(
        file_name=_value(tree, "volumeOf.name", str),
        sha256=_value(tree, "volumeOf.sha256", str),
        number=_value(tree, "volumeOf.number", int),
        count=_value(tree, "volumeOf.count", int),
    )


def _texts(tree: object, path: str) -> tuple[str, ...]:
    found = _value(tree, path, list)
    if not all(isinstance(item, str) for item in found):
        raise ValueError(tr("{path} does not hold only text", path=path))
    return tuple(found)


def _instant(tree: object, path: str) -> int:
    text = _value(tree, path, str)
    try:
        return parse_instant(text, UTC)
    except UsageError as err:
        raise ValueError(tr("{path} is not a time", path=path)) from err


def _span(tree: object, path: str) -> Span:
    start_ms, end_ms = _instant(tree, f"{path}.start"), _instant(tree, f"{path}.end")
    if end_ms < start_ms:
        raise ValueError(tr("{path} ends before it starts", path=path))
    return Span(start_ms, end_ms)
