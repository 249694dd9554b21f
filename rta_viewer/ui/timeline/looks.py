"""The looks of a stretch of time. Each has its own height and pattern: colour is never the only sign."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.bands import Look

LEGEND = (
    (Look.RECORDED, "Recorded"),
    (Look.MOTION, "Motion"),
    (Look.GAP, "No footage"),
    (Look.NOT_LOADED, "Loading"),
    (Look.NO_ANSWER, "No answer"),
    (Look.NOT_ALLOWED, "Not allowed"),
    (Look.UNKNOWN, "Unknown"),
)
"""In the order in which they are explained."""

_REASONS = {
    "no_recording": "recording was off",
    "camera_offline": "camera offline",
    "disk_full": "server storage was full",
    "motion_recording_no_motion": "nothing moved",
    "retention_expired": "deleted after the retention period",
    "network_error": "network error",
    "database_error": "database error",
    "manual_deletion": "deleted by an administrator",
}

_SENTENCES = {
    Look.RECORDED: "Recorded",
    Look.MOTION: "Recorded on motion",
    Look.NOT_LOADED: "Not loaded yet",
    Look.NO_ANSWER: "The server did not answer",
    Look.NOT_ALLOWED: "You may not see this",
    Look.UNKNOWN: "This server does not say what was recorded",
}


def reason_text(reason: str) -> str:
    """A gap's reason as the operator reads it; a word that nobody knows is shown as it is."""
    return _REASONS.get(reason, reason.replace("_", " "))


def describe(look: Look, reason: str = "") -> str:
    """What the hover label says about a stretch."""
    if look is Look.GAP:
        return f"No footage: {reason_text(reason)}" if reason else "No footage"
    return _SENTENCES[look]


def paint_look(painter: QPainter, rect: QRect, look: Look, theme: Theme) -> None:
    """Fill ``rect`` (the full height of a band) with a look."""
    height = rect.height()
    if look is Look.RECORDED:
        painter.fillRect(rect, theme.colour("recorded"))
    elif look is Look.MOTION:
        _lower(painter, rect, round(height * 0.6), theme)
    elif look is Look.GAP:
        middle = rect.adjusted(0, round(height * 0.3), 0, -round(height * 0.3))
        painter.fillRect(middle, QBrush(theme.colour("gap_line"), Qt.BrushStyle.BDiagPattern))
    elif look is Look.NOT_LOADED:
        middle = rect.adjusted(0, height // 2 - 1, 0, -(height - height // 2 - 1))
        painter.fillRect(middle, QBrush(theme.colour("gap_line"), Qt.BrushStyle.Dense6Pattern))
    elif look is Look.NO_ANSWER:
        painter.fillRect(rect, QBrush(theme.colour("danger"), Qt.BrushStyle.VerPattern))
    elif look is Look.NOT_ALLOWED:
        painter.fillRect(rect, QBrush(theme.colour("gap_line"), Qt.BrushStyle.DiagCrossPattern))
    else:
        _rails(painter, rect, theme)


def _lower(painter: QPainter, rect: QRect, height: int, theme: Theme) -> None:
    painter.fillRect(
        QRect(rect.x(), rect.bottom() + 1 - height, rect.width(), height), theme.colour("motion")
    )


def _rails(painter: QPainter, rect: QRect, theme: Theme) -> None:
    inset = max(1, rect.height() // 5)
    for y in (rect.top() + inset, rect.bottom() - inset - 1):
        painter.fillRect(QRect(rect.x(), y, rect.width(), 2), theme.colour("unknown"))
