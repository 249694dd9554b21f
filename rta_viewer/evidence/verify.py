"""Does a saved file still hold the bytes that its receipt names?"""

from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import HashProgress, hash_file, is_file, system_path
from rta_viewer.evidence.receipt import SUFFIX, Receipt, read_receipt, receipt_path


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome.

    Attributes:
        ok: The file is there and its bytes are those of the receipt.
        problems: Sentences for people; empty when ``ok``.
        file: The recording, None when the receipt does not say which.
        receipt: What it says, None when it could not be read.
    """

    ok: bool
    problems: tuple[str, ...]
    file: Path | None
    receipt: Receipt | None


def verify(
    path: Path, *, cancel: CancelToken | None = None, progress: HashProgress | None = None
) -> Verification:
    """Compare a file with its receipt. Reads the whole file.

    Args:
        path: The recording or its receipt; the other one is expected beside it.
        cancel: Looked at often.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    named_receipt = path.name.endswith(SUFFIX)
    receipt_file = path if named_receipt else receipt_path(path)
    try:
        receipt = _receipt_at(receipt_file)
        file = _beside(receipt_file, receipt) if named_receipt else path
    except StorageError as err:
        return Verification(False, (err.summary,), None if named_receipt else path, None)
    problems = _compare(file, receipt, cancel, progress)
    return Verification(not problems, tuple(problems), file, receipt)


def _receipt_at(path: Path) -> Receipt:
    if not is_file(path):
        raise StorageError(tr("There is no receipt {name}.", name=path.name))
    return read_receipt(path)


def _beside(receipt_file: Path, receipt: Receipt) -> Path:
    """The file that the receipt is named after, be it a renamed one; else the one that it names."""
    beside = receipt_file.with_name(receipt_file.name[: -len(SUFFIX)] or receipt.file_name)
    return beside if is_file(beside) else receipt_file.with_name(receipt.file_name)


def _compare(
    file: Path, receipt: Receipt, cancel: CancelToken | None, progress: HashProgress | None
) -> list[str]:
    try:
        if not system_path(file).is_file():
            return [tr("The file {name} is missing.", name=file.name)]
        size_bytes = system_path(file).stat().st_size
        if size_bytes != receipt.size_bytes:
            return [
                tr(
                    "The file was changed: it has {size_bytes:,} bytes instead of {expected:,}.",
                    size_bytes=size_bytes,
                    expected=receipt.size_bytes,
                )
            ]
        sha256, _ = hash_file(file, cancel=cancel, progress=progress)
    except StorageError as err:
        return [err.summary]
    except OSError as err:
        return [
            tr(
                "The file {name} cannot be read: {reason}.",
                name=file.name,
                reason=err.strerror or err,
            )
        ]
    if sha256 != receipt.sha256:
        return [tr("The file was changed: its SHA-256 is not the one of the receipt.")]
    return []
