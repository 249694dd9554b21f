"""Text that stays in its column: words that are longer than a line are broken, as names of files may be."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QStyle, QWidget

_ANYWHERE = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_LINE_SEPARATOR = "\u2028"
_LIKED_PX = 240


class WrappedLabel(QLabel):
    """Plain text; a label of Qt's runs out at the side where it finds no space to break at."""

    def __init__(self, name: str, parent: QWidget, role: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The lines, and how high they are together."""
        layout = QTextLayout(self.text().replace("\n", _LINE_SEPARATOR), self.font())
        # Left means where lines begin, as with a label of Qt's: at the right in Arabic.
        option = QTextOption(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
        option.setWrapMode(_ANYWHERE)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        self.ensurePolished()
        return round(self._laid_out(width)[1] + 0.5)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_LIKED_PX, self.heightForWidth(_LIKED_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(1, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        layout, height = self._laid_out(self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()
