"""What is written down of a volume: when its pictures were taken, and what it is a part of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.saved_file import FileClock, Stretch
from rta_viewer.core.spans import union
from rta_viewer.core.timetext import iso_utc
from rta_viewer.evidence.files import hash_file
from rta_viewer.evidence.receipt import Receipt, Whole, write_receipt

_LEAST_MS = 5.0
"""Less than a picture: what lies between a joint and a gap only because times are rounded."""


def cut_out(stretches: Sequence[Stretch], from_ms: float, until_ms: float) -> tuple[Stretch, ...]:
    """What of a file's stretches lies in a part of it.

    Args:
        stretches: Of the whole file, at least one.
        from_ms: Where the part begins, in milliseconds since the first picture of the file.
        until_ms: Where it ends, likewise.
    """
    ends_ms = [*(later.file_ms for _, later in pairwise(stretches)), float("inf")]
    found = []
    for one, limit_ms in zip(stretches, ends_ms, strict=True):
        begin_ms = max(from_ms, one.file_ms)
        end_ms = min(until_ms, limit_ms, one.file_ms + one.end_ms - one.start_ms)
        if end_ms - begin_ms >= _LEAST_MS:
            shift_ms = one.start_ms - one.file_ms
            found.append(Stretch(begin_ms - from_ms, begin_ms + shift_ms, end_ms + shift_ms))
    if not found:
        start_ms = FileClock(stretches).instant_ms(from_ms)
        found = [Stretch(0.0, start_ms, start_ms + _LEAST_MS)]
    return tuple(found)


def tags_of(of_whole: Mapping[str, str], stretches: Sequence[Stretch]) -> dict[str, str]:
    """The tags of a volume: those of the whole file, with its own times."""
    first = iso_utc(round(stretches[0].start_ms))
    statement = {
        **_statement(of_whole),
        "firstPicture": first,
        "segments": [[iso_utc(one.span.start_ms), iso_utc(one.span.end_ms)] for one in stretches],
    }
    tags = {key: text for key, text in of_whole.items() if key.lower() in {"title", "artist"}}
    comment = json.dumps(statement, ensure_ascii=False, separators=(",", ":"))
    return {**tags, "creation_time": first, "date": first, "comment": comment}


def _statement(tags: Mapping[str, str]) -> dict[str, Any]:
    comment = next((text for key, text in tags.items() if key.lower() == "comment"), "")
    try:
        found = json.loads(comment)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_volume_receipts(
    whole: Receipt,
    volumes: Sequence[tuple[Path, Sequence[Stretch]]],
    cancel: CancelToken,
) -> None:
    """A receipt beside each volume.

    Args:
        whole: Of the file that they were cut from.
        volumes: In order, each with the stretches in it.
        cancel: Looked at often.

    Raises:
        StorageError: A volume cannot be read, or a receipt not written.
        Cancelled: ``cancel`` was set.
    """
    for number, (path, stretches) in enumerate(volumes, 1):
        sha256, size_bytes = hash_file(path, cancel=cancel)
        spans = tuple(one.span for one in stretches)
        receipt = replace(
            whole,
            file_name=path.name,
            sha256=sha256,
            size_bytes=size_bytes,
            delivered=replace(spans[0], end_ms=spans[-1].end_ms),
            container=path.suffix[1:].lower(),
            duration_ms=sum(span.duration_ms for span in spans),
            stretches=spans if len(spans) > 1 and union(spans) == list(spans) else (),
            volume_of=Whole(whole.file_name, whole.sha256, number, len(volumes)),
        )
        write_receipt(receipt, path)
