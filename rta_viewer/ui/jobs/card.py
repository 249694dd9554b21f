"""Draws a job as a card of three lines: fits a narrow dock."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rta_viewer.core.clock import Clock
from rta_viewer.core.jobs import Job
from rta_viewer.core.texts import alone, left_to_right
from rta_viewer.ui import icons, times
from rta_viewer.ui.jobs import wording
from rta_viewer.ui.jobs.card_canvas import CardCanvas
from rta_viewer.ui.jobs.model import JOB_ROLE, JobsModel
from rta_viewer.ui.theme.theme import Theme

CARD_HEIGHT = 78
_LINE = 19
_BAR = 5
_ICON = 18
_GAP = 10


class JobCard(QStyledItemDelegate):
    """Camera and state, range and expiry, what was measured, and a bar."""

    def __init__(
        self, theme: Theme, model: JobsModel, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._clock = clock

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, CARD_HEIGHT)

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
        painter.save()
        canvas = CardCanvas(painter, rect)
        if state & QStyle.StateFlag.State_Selected:
            canvas.fill(rect, self._theme.colour("raised"))
            canvas.fill(
                QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.colour("accent")
            )
        self._paint_job(canvas, rect.adjusted(12, 6, -10, -6), job)
        painter.setPen(self._theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.colour("accent_hover"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_job(self, canvas: CardCanvas, rect: QRect, job: Job) -> None:
        painter = canvas.painter
        icon, colour = wording.state_icon(job)
        drawn = icons.icon(icon, getattr(self._theme.colours, colour))
        drawn.paint(painter, canvas.placed(QRect(rect.left(), rect.top(), _ICON, _ICON)))
        left = rect.left() + _ICON + 8
        line = QRect(left, rect.top(), rect.right() - left, _LINE)
        signed_in = self._model.signed_in_to(job)
        self._first_line(canvas, line, job, wording.state_word(job, signed_in=signed_in))
        self._second_line(canvas, line.translated(0, _LINE), job)
        rate, now_s = self._model.rate(job), self._clock.monotonic_s()
        zone = self._model.zone
        said = wording.progress_line(job, rate, now_s, signed_in=signed_in, zone=zone)
        painter.setPen(self._theme.colour("text_quiet"))
        middle = wording.ends_in_name(said, job)
        canvas.text(line.translated(0, 2 * _LINE), said, middle=middle)
        if not job.finished:
            bar = QRect(left, rect.bottom() - _BAR + 3, rect.right() - left, _BAR)
            self._bar(canvas, bar, job)

    def _first_line(self, canvas: CardCanvas, line: QRect, job: Job, word: str) -> None:
        painter = canvas.painter
        painter.setFont(self._theme.font(small=True))
        colour = wording.STATE_ICONS[job.state][1] if job.finished else "text_quiet"
        taken = self._far(canvas, line, word, colour)
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.colour("text"))
        # Long names differ at their ends.
        canvas.text(line.adjusted(0, 0, -taken, 0), alone(job.camera_name), middle=True)

    def _second_line(self, canvas: CardCanvas, line: QRect, job: Job) -> None:
        painter = canvas.painter
        painter.setFont(self._theme.font(small=True))
        now_ms = self._clock.now_ms()
        expiry = wording.expiry_text(job, now_ms)
        soon = (
            "warning" if wording.expires_soon(job, now_ms, self._model.rate(job)) else "text_quiet"
        )
        taken = self._far(canvas, line, expiry, soon) if expiry else 0
        painter.setPen(self._theme.colour("text"))
        span = times.format_span(job.span.start_ms, job.span.end_ms, self._model.zone)
        canvas.text(line.adjusted(0, 0, -taken, 0), left_to_right(span))

    def _far(self, canvas: CardCanvas, line: QRect, text: str, colour: str) -> int:
        """At the far end of the line; returns what is not free any more."""
        canvas.painter.setPen(self._theme.colour(colour))
        return canvas.far_text(line, text) + _GAP

    def _bar(self, canvas: CardCanvas, rect: QRect, job: Job) -> None:
        share = wording.progress(job)
        servers = wording.is_servers_progress(job)
        if share is None and not servers:
            return
        canvas.fill(rect, self._theme.colour("border"))
        colour = self._theme.colour("accent" if job.next_try_s is None else "warning")
        if share is None:
            # Nobody knows how far: a hatched bar claims nothing.
            hatch = QBrush(self._theme.colour("text_quiet"), Qt.BrushStyle.BDiagPattern)
            canvas.fill(rect, hatch)
            return
        done = QRect(rect.left(), rect.top(), round(rect.width() * share), rect.height())
        if servers:
            # The server's work is hatched: what is solid has arrived.
            canvas.fill(done, QBrush(colour, Qt.BrushStyle.Dense4Pattern))
            edge = max(done.left(), done.right() - 1)
            canvas.fill(QRect(edge, done.top(), 2, done.height()), colour)
        else:
            canvas.fill(done, colour)
