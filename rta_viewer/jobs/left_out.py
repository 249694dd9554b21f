"""What was asked for in an order and is in none of its files, because nothing was recorded.

It is kept with the first job of the order, and told by the index.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rta_viewer.core.save_order import Piece, SaveOrder
from rta_viewer.core.spans import Span, gaps

_MOST_CHARS = 16_000
"""It is read with its job whenever the list is."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Names of cameras with spans; ``more`` spans are not listed."""

    spans: tuple[tuple[str, Span], ...] = ()
    more: int = 0


def left_out_of(order: SaveOrder, pieces: Sequence[Piece]) -> str:
    """As text: of each camera, what none of its files covers."""
    covered: dict[str, list[Span]] = {camera.camera_id: [] for camera in order.cameras}
    for piece in pieces:
        covered[piece.camera.camera_id].append(piece.request.span)
    found = [
        (camera.name, span.start_ms, span.end_ms)
        for camera in order.cameras
        for span in gaps(covered[camera.camera_id], order.span)
    ]
    return _as_text(found)


def _as_text(found: Sequence[tuple[str, int, int]]) -> str:
    kept = []
    room = _MOST_CHARS
    for one in found:
        room -= len(json.dumps(one)) + 2
        if room < 0:
            break
        kept.append(one)
    return json.dumps({"spans": kept, "more": len(found) - len(kept)}) if found else ""


def left_out_from(text: str) -> LeftOut:
    """What is in such a text; nothing where it makes no sense."""
    try:
        found = json.loads(text)
        spans = [(str(name), Span(int(start), int(end))) for name, start, end in found["spans"]]
        return LeftOut(tuple(spans), int(found["more"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return LeftOut()
