"""Saved clips with receipts, whose pictures say when and by which camera they were taken."""

from dataclasses import replace
from pathlib import Path

from rta_viewer.core.spans import Span
from rta_viewer.evidence.files import hash_file
from rta_viewer.evidence.receipt import write_receipt
from tests.helpers.coded_video import VideoKind, make_video
from tests.helpers.receipts import RECEIPT


def save_clip(path: Path, kind: VideoKind, camera_name: str, *, receipt: bool = True) -> Path:
    """A video of ``kind`` and, beside it, what a download would have written about it."""
    make_video(path, kind)
    if receipt:
        write_clip_receipt(path, kind, camera_name)
    return path


def write_clip_receipt(path: Path, kind: VideoKind, camera_name: str) -> None:
    """The receipt for the bytes as they are now."""
    sha256, size_bytes = hash_file(path)
    span = Span(kind.first_ms, kind.first_ms + round(kind.seconds * 1000))
    found = replace(
        RECEIPT,
        file_name=path.name,
        sha256=sha256,
        size_bytes=size_bytes,
        camera_id=f"id of {camera_name}",
        camera_name=camera_name,
        asked=span,
        delivered=span,
        check_ok=True,
        differences=(),
    )
    write_receipt(found, path)


def flip_last_bit(path: Path) -> None:
    """Change a file as little as can be."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
