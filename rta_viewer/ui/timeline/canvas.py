"""The timeline's drawing surface: paints the scene, turns mouse and wheel into signals."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.saved_spans import SavedByCamera
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import HOUR_MS, TimeScale
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.events import EventBook
from rta_viewer.ui.timeline.glide import Glide
from rta_viewer.ui.timeline.hover import HoverLabel
from rta_viewer.ui.timeline.layout import TimelineLayout
from rta_viewer.ui.timeline.painting import (
    HANDLE_PX,
    paint_ground,
    paint_moving,
    paint_names,
    playhead_chip,
)
from rta_viewer.ui.timeline.scene import Scene, TimelineCamera
from rta_viewer.ui.timeline.segments import Answer
from rta_viewer.ui.timeline.thumbnail import Shown, ThumbnailView

_DRAG_FROM_PX = 4
_ZOOM_A_NOTCH = 1.3
_FOLLOW_FROM = 0.85
_FOLLOW_STEP_PX = 24
"""Playing moves the playhead by less at a time; more is a jump, over a gap for example."""

_EDGE_INTERVAL_MS = 30
_EDGE_PX = 20
_EDGE_MOST_PX = 40.0
"""How far the window scrolls at a time while a drag is held at its edge: 1,300 pixels a second."""


Painting = Callable[[QPainter, Scene, TimelineLayout, Theme], None]


class _Drag(Enum):
    NONE = auto()
    PAN = auto()
    SCRUB = auto()
    CUT = auto()
    CUT_IN = auto()
    CUT_OUT = auto()


class TimelineCanvas(QWidget):
    """Bands, ruler, playhead and cut. Instants travel as Python ints in ``object`` signals: 64 bits.

    Signals:
        seek_requested: Somebody clicked: the instant in ms.
        scrub_started, scrubbed, scrub_finished: The playhead is being dragged; the last two carry ms.
        window_changed: Another :class:`Span` is visible.
        cut_changed: Somebody dragged: another :class:`Cut`.
        hovered: The pointer is over a :class:`Hovered` whose picture would help, or over None.
    """

    seek_requested = Signal(object)
    scrub_started = Signal()
    scrubbed = Signal(object)
    scrub_finished = Signal(object)
    window_changed = Signal(object)
    cut_changed = Signal(object)
    hovered = Signal(object)

    def __init__(self, theme: Theme, book: BandBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_canvas")
        self.setAccessibleName(tr("Timeline"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._scene = Scene(TimeScale(0, HOUR_MS, 1), book=book)
        self._ground: QPixmap | None = None
        self._names: QPixmap | None = None
        self._drag = _Drag.NONE
        self._pressed_at = QPoint()
        self._pressed_scale = self._scene.scale
        self._pressed_ms = 0
        self._pointer = QPoint()
        self._moved = False
        self._seeking = False
        self._braking = False
        self._hover = HoverLabel(self)
        self.thumbnail = ThumbnailView(theme, self)
        self.setFixedHeight(self._layout.height)
        self.glide = Glide(parent=self)
        self.glide.moved.connect(self._on_glide_moved)
        self.glides = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        self._edge_timer = QTimer(self)
        self._edge_timer.setInterval(_EDGE_INTERVAL_MS)
        self._edge_timer.timeout.connect(self._on_edge_timeout)

    # What it shows

    @property
    def scale(self) -> TimeScale:
        """The visible window."""
        return self._scene.scale

    @property
    def cut(self) -> Cut:
        """The in and out marks."""
        return self._scene.cut

    @property
    def playhead_ms(self) -> float | None:
        """Where the playhead stands."""
        return self._scene.playhead_ms

    @property
    def dragging(self) -> bool:
        """True while a mouse button holds something."""
        return self._drag is not _Drag.NONE

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self._names = None
        self.thumbnail.set_theme(theme)
        self._redraw()

    def set_zone(self, zone: tzinfo) -> None:
        """Label in another zone."""
        self._scene.zone = zone
        self.thumbnail.set_zone(zone)
        self._redraw()

    def set_now(self, now_ms: int) -> None:
        """Nothing is drawn later than this: it has not happened yet."""
        self._scene.now_ms = now_ms
        if now_ms < self._scene.scale.end_ms:
            self._redraw()

    def set_cameras(self, cameras: Sequence[TimelineCamera]) -> None:
        """The rows; the first is the selected camera and gets the thick band."""
        if tuple(cameras) == self._scene.cameras:
            return
        self._scene.cameras = tuple(cameras)
        self._names = None
        self.setFixedHeight(self._layout.height)
        self._redraw()

    def set_availability(self, answer: Answer) -> None:
        """Merge one answer of the server."""
        self._scene.book.merge(answer)
        if answer.window.overlaps(self.scale.span):
            self._redraw()

    @property
    def book(self) -> BandBook:
        """What is known about the recordings."""
        return self._scene.book

    @property
    def events(self) -> EventBook:
        """What the servers noticed."""
        return self._scene.events

    def set_events(self, camera_id: str, window: Span, events: Sequence[RecordingEvent]) -> None:
        """Merge one answer about a camera's events."""
        self._scene.events.band(camera_id).merge(window, events)
        if window.overlaps(self.scale.span):
            self._redraw()

    def set_playhead(self, instant_ms: float | None) -> None:
        """Move the playhead; the window follows when it runs out of sight."""
        before, self._scene.playhead_ms = self._scene.playhead_ms, instant_ms
        held = self.dragging or self.glide.running
        if before is not None and instant_ms is not None and not held:
            self._follow(before, instant_ms)
        if self._scene.hover_x is not None and self._hover.isVisible():
            # Out of the way of the playhead's label.
            self._hover.place(self._scene.hover_x, self._layout, self._playhead_chip())
        self.update()

    @Slot(object)
    def set_saved(self, saved: SavedByCamera) -> None:
        """What was saved of each camera, or is on its way."""
        self._scene.saved = saved
        self._redraw()

    @Slot(object)
    def show_thumbnail(self, shown: Shown | None) -> None:
        """The picture under the pointer, that it is on its way, or nothing."""
        if shown is None or self._scene.hover_x is None:
            self.thumbnail.hide()
            return
        self.thumbnail.show_picture(shown.picture)
        self.thumbnail.place(self, self._scene.hover_x)

    def set_cut(self, cut: Cut) -> None:
        """Show another cut, without a signal."""
        self._scene.cut = cut
        self.update()

    def change_cut(self, cut: Cut) -> None:
        """Show another cut, and tell everybody, as if it had been dragged."""
        self.set_cut(cut)
        self.cut_changed.emit(cut)

    def show_window(self, span: Span) -> None:
        """Make a span visible from edge to edge."""
        self.glide.stop()
        self._set_scale(TimeScale.over(span, self._layout.scale_width))

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times as much time, about the playhead when it is visible."""
        playhead = self._scene.playhead_ms
        visible = playhead is not None and self.scale.span.contains(round(playhead))
        about = self.scale.x_of(playhead) if visible and playhead else self.scale.width_px / 2
        self._set_scale(self.scale.zoomed(factor, about))

    def reveal(self, instant_ms: float) -> None:
        """Move the window only if the instant is out of sight."""
        if not self.scale.span.contains(round(instant_ms)):
            self._set_scale(self.scale.centred(instant_ms))

    # Where things are, for those who point at them

    def band_point(self, instant_ms: float, row: int = 0) -> QPoint:
        """A point in a camera's band at an instant."""
        return QPoint(self._scene.x_of(instant_ms), self._layout.row(row).center().y())

    def ruler_point(self, instant_ms: float) -> QPoint:
        """A point in the ruler at an instant."""
        return QPoint(self._scene.x_of(instant_ms), self._layout.ticks.center().y())

    def playhead_point(self) -> QPoint | None:
        """Where to take hold of the playhead; None while it is out of sight."""
        chip = playhead_chip(self._scene, self._layout, self._theme)
        return chip.center() if chip is not None else None

    def instant_at(self, x: float) -> int:
        """The instant under an x of this widget."""
        return self._scene.instant_at(x)

    def _playhead_chip(self) -> QRect | None:
        return playhead_chip(self._scene, self._layout, self._theme)

    @property
    def _layout(self) -> TimelineLayout:
        return self._scene.layout(self.width())

    def _redraw(self) -> None:
        self._ground = None
        self.update()

    def _set_scale(self, scale: TimeScale) -> None:
        if scale == self._scene.scale:
            return
        self._scene.scale = scale
        self._redraw()
        self.window_changed.emit(scale.span)

    def _follow(self, before_ms: float, now_ms: float) -> None:
        """Creep along with what plays; a jump moves the window only if it leads out of sight."""
        scale = self.scale
        if not scale.start_ms <= before_ms <= scale.end_ms:
            return
        before, x = scale.x_of(before_ms), scale.x_of(now_ms)
        if not 0 <= x <= scale.width_px:
            self.reveal(now_ms)
        elif self._seeking or abs(x - before) > _FOLLOW_STEP_PX:
            return
        elif x > (ahead := scale.width_px * _FOLLOW_FROM) and now_ms > before_ms:
            self._set_scale(scale.panned(x - max(before, ahead)))
        elif x < (behind := scale.width_px * (1 - _FOLLOW_FROM)) and now_ms < before_ms:
            self._set_scale(scale.panned(x - min(before, behind)))

    # Gestures

    def _drag_at(self, point: QPoint) -> _Drag:
        layout, scene = self._layout, self._scene
        chip = self._playhead_chip()
        if chip is not None and chip.adjusted(0, 0, 0, 6).contains(point):
            return _Drag.SCRUB
        if point.y() < layout.bands.top():
            return _Drag.PAN
        for mark_ms, drag in ((scene.cut.out_ms, _Drag.CUT_OUT), (scene.cut.in_ms, _Drag.CUT_IN)):
            if mark_ms is not None and abs(point.x() - scene.x_of(mark_ms)) <= HANDLE_PX:
                return drag
        if scene.playhead_ms is not None and abs(point.x() - scene.x_of(scene.playhead_ms)) <= 3:
            return _Drag.SCRUB
        return _Drag.CUT

    def _drag_to(self, point: QPoint) -> None:
        instant = self.instant_at(min(max(point.x(), self._layout.left), self.width()))
        if self._drag is _Drag.PAN:
            self.glide.note(point.x())
            self._set_scale(self._pressed_scale.panned(self._pressed_at.x() - point.x()))
        elif self._drag is _Drag.SCRUB:
            self._scene.playhead_ms = instant
            self.update()
            self.scrubbed.emit(instant)
        else:
            self._cut_to(instant)

    def _cut_to(self, instant_ms: int) -> None:
        cut = self._scene.cut
        if self._drag is _Drag.CUT_IN:
            cut = cut.with_in(instant_ms if cut.out_ms is None else min(instant_ms, cut.out_ms - 1))
        elif self._drag is _Drag.CUT_OUT:
            cut = cut.with_out(instant_ms if cut.in_ms is None else max(instant_ms, cut.in_ms + 1))
        elif instant_ms != self._pressed_ms:
            ends = sorted((self._pressed_ms, instant_ms))
            cut = Cut(ends[0], ends[1])
        self._scene.cut = cut
        self.update()
        self.cut_changed.emit(cut)

    def _finish_drag(self) -> None:
        drag, self._drag = self._drag, _Drag.NONE
        self._edge_timer.stop()
        if drag is _Drag.PAN and self._moved and self.glides:
            self.glide.let_go()
        if drag is _Drag.SCRUB:
            self.scrub_finished.emit(round(self._scene.playhead_ms or self._pressed_ms))
        elif not self._moved and not self._braking and drag in {_Drag.PAN, _Drag.CUT}:
            # Whoever clicks points at something: it stays under the pointer.
            self._seeking = True
            self.seek_requested.emit(self._pressed_ms)
            self._seeking = False
            # The tile shows it now.
            self.hovered.emit(None)

    @Slot()
    def _on_edge_timeout(self) -> None:
        layout = self._layout
        # From a little inside the edge on: a full-screen window has nothing beyond it.
        x = self._pointer.x()
        beyond = min(0, x - layout.left - _EDGE_PX) or max(0, x - layout.width + _EDGE_PX)
        if beyond and self._moved:
            self._set_scale(self.scale.panned(min(max(beyond / 3, -_EDGE_MOST_PX), _EDGE_MOST_PX)))
            self._drag_to(self._pointer)

    @Slot(float)
    def _on_glide_moved(self, by_px: float) -> None:
        before = self.scale
        self._set_scale(before.panned(-by_px))
        if self.scale == before:
            self.glide.stop()

    def _show_hover(self, point: QPoint) -> None:
        layout, scene = self._layout, self._scene
        inside = layout.left <= point.x() < layout.width
        scene.hover_x = point.x() if inside else None
        shown = inside and self._drag not in {_Drag.PAN, _Drag.SCRUB}
        self._hover.setVisible(shown)
        self.update()
        self.hovered.emit(scene.hovered(point, layout) if shown else None)
        if not inside:
            return
        if self.thumbnail.isVisible():
            self.thumbnail.place(self, point.x())
        self._hover.describe_point(point, scene, layout)
        self._hover.place(point.x(), layout, self._playhead_chip())

    # Qt's own

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(800, self._layout.height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(400, self._layout.height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._set_scale(self.scale.resized(self._layout.scale_width))
        self._names = None
        self._redraw()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        ratio = self.devicePixelRatioF()
        layout = self._layout
        if self._names is None or self._names.devicePixelRatio() != ratio:
            size = QSize(layout.left - 1, self.height())
            self._names = self._layer(size, paint_names)
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = self._layer(self.size(), paint_ground)
            painter = QPainter(self._ground)
            painter.drawPixmap(0, 0, self._names)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        paint_moving(painter, self._scene, layout, self._theme)
        painter.end()

    def _layer(self, size: QSize, paint: Painting) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(size * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(self._theme.colour("panel"))
        painter = QPainter(layer)
        paint(painter, self._scene, self._layout, self._theme)
        painter.end()
        return layer

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        point = event.position().toPoint()
        # Whoever presses to stop a glide does not want to go there.
        self._braking = self.glide.running
        self.glide.begin(point.x())
        if event.button() is not Qt.MouseButton.LeftButton or point.x() < self._layout.left:
            return
        self._drag = self._drag_at(point)
        self._pressed_at = self._pointer = point
        self._pressed_scale = self.scale
        self._pressed_ms = self.instant_at(point.x())
        self._moved = False
        if self._drag is _Drag.SCRUB:
            self.scrub_started.emit()
        if self._drag is not _Drag.PAN:
            self._edge_timer.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        point = event.position().toPoint()
        self._pointer = point
        if self.dragging:
            self._moved = self._moved or abs(point.x() - self._pressed_at.x()) >= _DRAG_FROM_PX
            if self._moved:
                self._drag_to(point)
        self._show_hover(point)
        self._show_cursor(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self.dragging:
            self._finish_drag()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self.glide.stop()
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self._set_scale(self.scale.panned(-(delta.y() or delta.x()) / 2))
        else:
            factor = _ZOOM_A_NOTCH ** (-delta.y() / 120)
            about = event.position().x() - self._layout.left
            self._set_scale(self.scale.zoomed(factor, max(0.0, about)))
        self._show_hover(event.position().toPoint())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(1 / _ZOOM_A_NOTCH)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(_ZOOM_A_NOTCH)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._show_hover(event.position().toPoint())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._scene.hover_x = None
        self._hover.hide()
        self.update()
        self.hovered.emit(None)
        super().leaveEvent(event)

    def _show_cursor(self, point: QPoint) -> None:
        shapes = {
            _Drag.PAN: Qt.CursorShape.OpenHandCursor,
            _Drag.SCRUB: Qt.CursorShape.SizeHorCursor,
            _Drag.CUT: Qt.CursorShape.CrossCursor,
            _Drag.CUT_IN: Qt.CursorShape.SplitHCursor,
            _Drag.CUT_OUT: Qt.CursorShape.SplitHCursor,
        }
        held = self._drag if self.dragging else self._drag_at(point)
        shape = Qt.CursorShape.ClosedHandCursor if self._drag is _Drag.PAN else shapes[held]
        if self.cursor().shape() != shape:
            self.setCursor(shape)
