"""Digital zoom: which part of a picture is shown. Pure geometry."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF

MOST = 16.0
A_NOTCH = 1.25


@dataclass(frozen=True, slots=True)
class Zoom:
    """A factor and the middle of what is shown, in parts of the picture (0 to 1)."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def active(self) -> bool:
        """True while something is out of sight."""
        return self.factor > 1.0

    def source(self, width: int, height: int) -> QRectF:
        """The part of a picture of that size that is shown, in its pixels."""
        size = QSizeF(width / self.factor, height / self.factor)
        return QRectF(
            QPointF(self.x * width - size.width() / 2, self.y * height - size.height() / 2), size
        )

    def zoomed(self, by: float, at: QPointF, shown: QRect) -> "Zoom":
        """``by`` times as large; the point of the picture under ``at`` stays there."""
        factor = min(max(self.factor * by, 1.0), MOST)
        beside_x = (at.x() - shown.left()) / max(1, shown.width()) - 0.5
        beside_y = (at.y() - shown.top()) / max(1, shown.height()) - 0.5
        gained = 1 / self.factor - 1 / factor
        return _inside(factor, self.x + beside_x * gained, self.y + beside_y * gained)

    def moved(self, by: QPointF, shown: QRect) -> "Zoom":
        """The picture follows the pointer by so many pixels."""
        return _inside(
            self.factor,
            self.x - by.x() / max(1, shown.width()) / self.factor,
            self.y - by.y() / max(1, shown.height()) / self.factor,
        )


def _inside(factor: float, x: float, y: float) -> Zoom:
    half = 0.5 / factor
    return Zoom(factor, min(max(x, half), 1 - half), min(max(y, half), 1 - half))
