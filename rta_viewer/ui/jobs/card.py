"""Draws a job as a card of three lines: fits a narrow dock."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rta_viewer.core.jobs import Job
from rta_viewer.ui import icons, times
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.model import JOB_ROLE, RATE_ROLE, JobsModel
from rta_viewer.ui.theme.theme import Theme

_HEIGHT = 76
_LINE = 19
_BAR = 5
_ICON = 18


class JobCard(QStyledItemDelegate):
    """Camera and state, range, a bar, and what was measured."""

    def __init__(self, theme: Theme, model: JobsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        job = index.data(JOB_ROLE)
        if not isinstance(job, Job):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, self._theme.colour("raised"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.colour("accent")
            )
        self._paint_job(painter, rect.adjusted(12, 6, -10, -6), job, index.data(RATE_ROLE))
        painter.setPen(self._theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_job(self, painter: QPainter, rect: QRect, job: Job, rate: float | None) -> None:
        icon, colour = wording.STATE_ICONS.get(job.state, ("save", "accent_hover"))
        drawn = icons.icon(icon, getattr(self._theme.colours, colour))
        drawn.paint(painter, QRect(rect.left(), rect.top(), _ICON, _ICON))
        left = rect.left() + _ICON + 8
        word = wording.STATE_WORDS[job.state]
        painter.setFont(self._theme.font(small=True))
        word_width = painter.fontMetrics().horizontalAdvance(word)
        top = QRect(left, rect.top(), rect.right() - left, _LINE)
        painter.setPen(self._theme.colour("text_quiet"))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.colour("text"))
        self._line(painter, top.adjusted(0, 0, -word_width - 10, 0), job.camera_name)
        painter.setFont(self._theme.font(small=True))
        span = times.format_span(job.span.start_ms, job.span.end_ms, self._model.zone)
        self._line(painter, top.translated(0, _LINE), span)
        painter.setPen(self._theme.colour("text_quiet"))
        self._line(painter, top.translated(0, 2 * _LINE), wording.progress_line(job, rate))
        if not job.finished:
            bar = QRect(left, rect.bottom() - _BAR + 3, rect.right() - left, _BAR)
            self._bar(painter, bar, wording.progress(job))

    def _line(self, painter: QPainter, rect: QRect, text: str) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    def _bar(self, painter: QPainter, rect: QRect, share: float | None) -> None:
        painter.fillRect(rect, self._theme.colour("border"))
        if share is None:
            # Nobody knows how far: a hatched bar claims nothing.
            painter.fillRect(rect, Qt.BrushStyle.BDiagPattern)
        else:
            done = QRect(rect.left(), rect.top(), round(rect.width() * share), rect.height())
            painter.fillRect(done, self._theme.colour("accent"))
