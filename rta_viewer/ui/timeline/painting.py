"""Draws the timeline: what stays while time runs (the ground), and what moves over it."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygon

from rta_viewer.core.day_names import names
from rta_viewer.core.texts import tr
from rta_viewer.core.timescale import captions, clock_changes, ticks
from rta_viewer.ui import times
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.band_image import paint_band
from rta_viewer.ui.timeline.cut_labels import cut_labels
from rta_viewer.ui.timeline.layout import TimelineLayout
from rta_viewer.ui.timeline.saved_strip import paint_strip
from rta_viewer.ui.timeline.scene import Scene

HANDLE_PX = 6
_PAD_PX = 7


def paint_ground(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    """Ruler and bands."""
    painter.fillRect(QRect(0, 0, layout.width, layout.height), theme.colour("panel"))
    painter.fillRect(layout.bands, theme.colour("band_ground"))
    _paint_captions(painter, scene, layout, theme)
    _paint_ticks(painter, scene, layout, theme)
    _paint_bands(painter, scene, layout, theme)
    _paint_clock_changes(painter, scene, layout, theme)
    painter.setPen(theme.colour("border"))
    painter.drawLine(layout.left - 1, 0, layout.left - 1, layout.height)
    for y in (layout.bands.top() - 1, layout.bands.bottom() + 1):
        painter.drawLine(0, y, layout.width, y)


def _paint_captions(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    painter.setFont(theme.font(small=True, bold=True))
    metrics = painter.fontMetrics()
    row = layout.captions
    right = row.right() + 1
    for caption in captions(scene.scale, scene.zone, _char_px(theme)):
        begin = max(row.left(), scene.x_of(caption.span.start_ms))
        end = min(right, scene.x_of(caption.span.end_ms))
        if caption.span.start_ms > scene.scale.start_ms:
            painter.setPen(theme.colour("border_strong"))
            painter.drawLine(begin, row.top() + 3, begin, layout.ticks.bottom())
        room = end - begin - 2 * _PAD_PX
        if room > metrics.horizontalAdvance(names().short_weekdays[2]):
            painter.setPen(theme.colour("text"))
            text = metrics.elidedText(caption.label, Qt.TextElideMode.ElideRight, room)
            box = QRect(begin + _PAD_PX, row.top(), room, row.height())
            painter.drawText(box, _LEFT, text)


def _paint_clock_changes(
    painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme
) -> None:
    """A line through everything, and what the clock is put from and to."""
    painter.setFont(theme.font(small=True, bold=True))
    metrics = painter.fontMetrics()
    for change in clock_changes(scene.scale, scene.zone):
        x = scene.x_of(change.instant_ms)
        painter.setPen(QPen(theme.colour("warning"), 1, Qt.PenStyle.DashLine))
        # Not through the time that stands there.
        painter.drawLine(x, layout.captions.top() + 2, x, layout.captions.bottom())
        painter.drawLine(x, layout.ticks.bottom() - 5, x, layout.bands.bottom())
        width = metrics.horizontalAdvance(change.label)
        row = layout.captions
        box = QRect(x + 1, row.top() + 1, width + 2 * _PAD_PX, row.height() - 2)
        if box.right() > layout.width:
            box.moveRight(x - 1)
        painter.fillRect(box, theme.colour("panel"))
        painter.setPen(theme.colour("warning"))
        painter.drawText(box, _CENTRE, change.label)


def _paint_ticks(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    font = theme.font(small=True)
    painter.setFont(font)
    row, bands, metrics = layout.ticks, layout.bands, painter.fontMetrics()
    top, bottom, row_bottom = bands.top(), bands.bottom(), row.bottom()
    found = [
        (scene.x_of(tick.instant_ms), tick.label)
        for tick in ticks(scene.scale, scene.zone, _char_px(theme))
    ]
    painter.setPen(theme.colour("border_strong"))
    for x, label in found:
        painter.drawLine(x, row_bottom - (5 if label else 3), x, row_bottom)
    painter.setPen(theme.colour("border"))
    for x, _ in found:
        painter.drawLine(x, top, x, bottom)
    painter.setPen(theme.colour("text_quiet"))
    for x, label in found:
        if not label:
            continue
        width = metrics.horizontalAdvance(label)
        left = x - width // 2
        if left >= row.left() + 2 and left + width <= row.right():
            box = QRect(left, row.top() - 2, width + 1, row.height() - 4)
            painter.drawText(box, _LEFT, label)


def _paint_bands(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    if not scene.cameras:
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text_quiet"))
        painter.drawText(layout.bands, _CENTRE, tr("Open a camera to see what was recorded"))
        return
    ratio = painter.device().devicePixelRatio()
    for index, camera in enumerate(scene.cameras):
        row = layout.row(index)
        width = round(row.width() * ratio)
        looks = scene.book.band(camera.camera_id).looks(scene.scale, width)
        events = scene.events.band(camera.camera_id).pixels(scene.scale, width)
        paint_band(painter, row, looks, events, theme)
        paint_strip(painter, row, scene.saved.get(camera.camera_id, ()), scene, theme)
    if scene.now_ms is not None and scene.now_ms < scene.scale.end_ms:
        x = max(layout.left, scene.x_of(scene.now_ms))
        future = QRect(x, layout.bands.top(), layout.width - x, layout.bands.height())
        painter.fillRect(future, theme.colour("panel"))


def paint_names(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    """The cameras' names, left of the bands; they change less often than anything else."""
    for index, camera in enumerate(scene.cameras):
        _paint_name(painter, camera.name, layout.row(index), theme, selected=index == 0)


def _paint_name(painter: QPainter, name: str, row: QRect, theme: Theme, *, selected: bool) -> None:
    painter.setFont(theme.font(small=True, bold=selected))
    painter.setPen(theme.colour("text" if selected else "text_quiet"))
    box = QRect(10, row.top() - 3, row.left() - 20, row.height() + 6)
    text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, text)


def paint_moving(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    """The cut, the pointer's line and the playhead."""
    painter.setClipRect(QRect(layout.left, 0, layout.scale_width, layout.height))
    _paint_cut(painter, scene, layout, theme)
    if scene.hover_x is not None:
        painter.setPen(QPen(theme.colour("text_quiet", 150), 1, Qt.PenStyle.DotLine))
        painter.drawLine(scene.hover_x, layout.ticks.top(), scene.hover_x, layout.bands.bottom())
    if scene.playhead_ms is not None:
        _paint_playhead(painter, scene, layout, theme)


def _paint_cut(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    cut, bands = scene.cut, layout.bands
    if cut.span is not None:
        left, right = scene.x_of(cut.span.start_ms), scene.x_of(cut.span.end_ms)
        inside = QRect(left, bands.top(), max(1, right - left), bands.height())
        painter.fillRect(inside, theme.colour("selection", 56))
    ink = theme.colour("selection")
    painter.setFont(theme.font(small=True))
    for instant_ms, inward in ((cut.in_ms, 1), (cut.out_ms, -1)):
        if instant_ms is None:
            continue
        x = scene.x_of(instant_ms)
        if not layout.left <= x <= layout.width:
            continue
        painter.setPen(QPen(ink, 2))
        painter.drawLine(x, bands.top(), x, layout.cut.bottom() - 2)
        painter.fillRect(QRect(min(x, x + inward * 6), bands.top(), 6, 3), ink)
        painter.fillRect(QRect(min(x, x + inward * 6), bands.bottom() - 2, 6, 3), ink)
    painter.setPen(ink)
    for label in cut_labels(scene, layout, painter.fontMetrics().horizontalAdvance):
        box = QRect(label.left, layout.cut.top(), label.width + 2, layout.cut.height())
        painter.drawText(box, _LEFT, label.text)


def playhead_chip(scene: Scene, layout: TimelineLayout, theme: Theme) -> QRect | None:
    """Where the playhead's label stands: over the line, kept inside the row. None when out of sight."""
    if scene.playhead_ms is None:
        return None
    x = scene.x_of(scene.playhead_ms)
    if not layout.left - 1 <= x <= layout.width:
        return None
    metrics = QFontMetrics(theme.font(small=True, bold=True))
    width = metrics.horizontalAdvance(_playhead_text(scene)) + 2 * _PAD_PX
    left = min(max(layout.left, x - width // 2), layout.width - width)
    return QRect(left, layout.chips.top() + 2, width, layout.chips.height() - 6)


def _playhead_text(scene: Scene) -> str:
    if scene.playhead_ms is None:
        return ""
    return times.format_with_zone(
        scene.playhead_ms, scene.zone, fraction=scene.scale.ms_per_px < 20
    )


def _paint_playhead(painter: QPainter, scene: Scene, layout: TimelineLayout, theme: Theme) -> None:
    chip = playhead_chip(scene, layout, theme)
    if chip is None or scene.playhead_ms is None:
        return
    x = scene.x_of(scene.playhead_ms)
    ink = theme.colour("playhead")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(chip), 4, 4)
    top = chip.bottom()
    painter.drawPolygon(QPolygon([QPoint(x - 6, top), QPoint(x + 6, top), QPoint(x, top + 7)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRect(x - 1, top, 2, layout.bands.bottom() - top + 1), ink)
    painter.setPen(theme.colour("on_playhead"))
    painter.setFont(theme.font(small=True, bold=True))
    painter.drawText(chip, _CENTRE, _playhead_text(scene))


def _char_px(theme: Theme) -> float:
    return float(QFontMetrics(theme.font(small=True)).horizontalAdvance("0")) + 0.5


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
