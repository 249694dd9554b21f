"""The looks of a stretch of time. Each has its own height and pattern: colour is never the only sign."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from rta_viewer.core.texts import mark, tr
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.segments import Look

LEGEND = (
    (Look.RECORDED, mark("Recorded")),
    (Look.MOTION, mark("Motion")),
    (Look.GAP, mark("No footage")),
    (Look.NOT_LOADED, mark("Loading")),
    (Look.NO_ANSWER, mark("No answer")),
    (Look.NOT_ALLOWED, mark("Not allowed")),
    (Look.UNKNOWN, mark("Unknown")),
)
"""In the order in which they are explained."""

_REASONS = {
    "no_recording": mark("recording was off"),
    "camera_offline": mark("camera offline"),
    "disk_full": mark("server storage was full"),
    "motion_recording_no_motion": mark("nothing moved"),
    "retention_expired": mark("deleted after the retention period"),
    "network_error": mark("network error"),
    "database_error": mark("database error"),
    "manual_deletion": mark("deleted by an administrator"),
}

_INKS = {
    Look.RECORDED: ("recorded", Qt.BrushStyle.SolidPattern),
    Look.MOTION: ("motion", Qt.BrushStyle.SolidPattern),
    Look.GAP: ("gap_line", Qt.BrushStyle.BDiagPattern),
    Look.NOT_LOADED: ("gap_line", Qt.BrushStyle.Dense6Pattern),
    Look.NO_ANSWER: ("danger", Qt.BrushStyle.VerPattern),
    Look.NOT_ALLOWED: ("gap_line", Qt.BrushStyle.DiagCrossPattern),
    Look.UNKNOWN: ("unknown", Qt.BrushStyle.SolidPattern),
}

_SENTENCES = {
    Look.RECORDED: mark("Recorded"),
    Look.MOTION: mark("Recorded on motion"),
    Look.NOT_LOADED: mark("Not loaded yet"),
    Look.NO_ANSWER: mark("The server did not answer"),
    Look.NOT_ALLOWED: mark("You may not see this"),
    Look.UNKNOWN: mark("This server does not say what was recorded"),
}


def reason_text(reason: str) -> str:
    """A gap's reason as the operator reads it; a word that nobody knows is shown as it is."""
    known = _REASONS.get(reason)
    return tr(known) if known else reason.replace("_", " ")


def describe(look: Look, reason: str = "") -> str:
    """What the hover label says about a stretch."""
    if look is Look.GAP:
        if reason:
            return tr("No footage: {reason}", reason=reason_text(reason))
        return tr("No footage")
    return tr(_SENTENCES[look])


def paint_looks(
    painter: QPainter, row: QRect, runs: Iterable[tuple[int, int, Look]], theme: Theme
) -> None:
    """Fill the runs ``(x, end_x, look)`` of a band with their looks; x counts from ``row``'s left."""
    parts: dict[Look, list[QRect]] = {}
    left, top, height = row.left(), row.top(), row.height()
    for x, end_x, look in runs:
        rects = parts.setdefault(look, [])
        for offset, part_height in _parts(look, height):
            rects.append(QRect(left + x, top + offset, end_x - x, part_height))
    painter.setPen(Qt.PenStyle.NoPen)
    for look, rects in parts.items():
        # One call a look: a call a run costs more than the drawing.
        painter.setBrush(_brush(look, theme))
        painter.drawRects(rects)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=64)
def _parts(look: Look, height: int) -> tuple[tuple[int, int], ...]:
    """Which heights of a band a look fills: ``(from the top, how much)``."""
    if look is Look.MOTION:
        filled = round(height * 0.6)
        return ((height - filled, filled),)
    if look is Look.GAP:
        inset = round(height * 0.3)
        return ((inset, height - 2 * inset),)
    if look is Look.NOT_LOADED:
        return ((height // 2 - 1, 2),)
    if look is Look.UNKNOWN:
        inset = max(1, height // 5)
        return ((inset, 2), (height - inset - 2, 2))
    return ((0, height),)


@lru_cache(maxsize=64)
def _brush(look: Look, theme: Theme) -> QBrush:
    colour, pattern = _INKS[look]
    return QBrush(theme.colour(colour), pattern)
