"""The strip at the foot of a band: what of it was saved already, or is on its way."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from rta_viewer.core.saved_spans import SavedSpan, SavedState
from rta_viewer.core.texts import mark, tr
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.scene import Scene

STRIP_PX = 3
_LEAST_PX = 3
_MOST_NAMED = 2

_LOOKS = {
    SavedState.SAVED: ("text", None),
    SavedState.DIFFERS: ("warning", [3.0, 1.5]),
    SavedState.COMING: ("text_quiet", [0.8, 0.9]),
}
"""Colour, and the dashes in strip heights: solid, dashed, dotted."""

_WORDS = {
    SavedState.SAVED: mark("Saved by {who}, {time}: {file}"),
    SavedState.DIFFERS: mark("Saved, but not all that was asked for by {who}, {time}: {file}"),
    SavedState.COMING: mark("Being saved by {who}, {time}: {file}"),
}
_LONGEST_NAME = 40


def paint_strip(
    painter: QPainter, row: QRect, spans: Sequence[SavedSpan], scene: Scene, theme: Theme
) -> None:
    """Draw over the lowest pixels of ``row``, whatever look the band has there."""
    visible = scene.scale.span
    foot = row.bottom() - STRIP_PX + 1
    # What is saved for certain lies on top.
    for state in reversed(SavedState):
        for saved in spans:
            if saved.state is not state or not saved.span.overlaps(visible):
                continue
            left = max(row.left(), scene.x_of(saved.span.start_ms))
            right = min(row.right() + 1, scene.x_of(saved.span.end_ms))
            paint_piece(
                painter, QRect(left, foot, max(_LEAST_PX, right - left), STRIP_PX), state, theme
            )


def paint_piece(painter: QPainter, piece: QRect, state: SavedState, theme: Theme) -> None:
    """One stretch with a line of ground above, so that it stands out from every look."""
    painter.fillRect(piece.adjusted(0, -1, 0, 0), theme.colour("band_ground"))
    colour, dashes = _LOOKS[state]
    if dashes is None:
        painter.fillRect(piece, theme.colour(colour))
        return
    pen = QPen(theme.colour(colour), STRIP_PX)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(dashes)
    painter.setPen(pen)
    y = piece.center().y()
    painter.drawLine(piece.left(), y, piece.right(), y)


def describe_saved(spans: Sequence[SavedSpan], instant_ms: int, zone: tzinfo) -> str:
    """What was saved of an instant, by whom and when; empty where nothing was."""
    found = [saved for saved in spans if saved.span.contains(instant_ms)]
    found.sort(key=lambda saved: saved.at_ms, reverse=True)
    words = [
        tr(
            _WORDS[saved.state],
            who=saved.who,
            time=times.format_minute(saved.at_ms, zone),
            file=_short(saved.file_name),
        )
        for saved in found[:_MOST_NAMED]
    ]
    if len(found) > _MOST_NAMED:
        words.append(tr("and {count} more", count=len(found) - _MOST_NAMED))
    return "   ".join(words)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}\N{HORIZONTAL ELLIPSIS}"
