"""Paints a row of the camera tree: the words that were found are marked, favourites have a star."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rta_viewer.core.texts import alone
from rta_viewer.ui import icons
from rta_viewer.ui.camera_tree.model import Role
from rta_viewer.ui.camera_tree.search import marks
from rta_viewer.ui.theme.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex

STAR_PX = 22
_ICON_PX = 14
_BETWEEN = "  \N{MIDDLE DOT} "


class CameraDelegate(QStyledItemDelegate):
    """Leaves plain rows to Qt; draws the text itself where something in it is marked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._colours = theme.colours
        on = theme.colours.on_accent
        self._star = icons.icon("star", theme.colours.selection, selected=on)
        self._outline = icons.icon("star_outline", theme.colours.text_quiet, selected=on)

    def set_wanted(self, wanted: tuple[str, ...]) -> None:
        """Mark these folded words."""
        self._wanted = wanted

    @staticmethod
    def star_rect(row: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Where the star of a row is."""
        star = QRect(row.right() - STAR_PX, row.top(), STAR_PX, row.height())
        return QStyle.visualRect(direction, row, star)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        star = self._star_of(option, index)
        if star is None and not self._wanted:
            super().paint(painter, option, index)
            return
        style_option = QStyleOptionViewItem(option)
        self.initStyleOption(style_option, index)
        text = style_option.text
        style_option.text = ""
        view = style_option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, style_option, painter, view)
        style_option.text = text
        place = view.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemText, style_option, view
        )
        # As if read from left to right; turned round at the end.
        place = QStyle.visualRect(option.direction, option.rect, place)
        place.setRight(option.rect.right())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if star is not None:
            place.setRight(option.rect.right() - STAR_PX)
            mode = QIcon.Mode.Selected if selected else QIcon.Mode.Normal
            centre = QRect(0, 0, _ICON_PX, _ICON_PX)
            centre.moveCenter(self.star_rect(option.rect, option.direction).center())
            star.paint(painter, centre, Qt.AlignmentFlag.AlignCenter, mode)
        place = QStyle.visualRect(option.direction, option.rect, place)
        self._draw_text(painter, place, text, str(index.data(Role.FOUND_BY) or ""), selected)

    def _star_of(self, option: QStyleOptionViewItem, index: AnyIndex) -> QIcon | None:
        favourite = index.data(Role.FAVOURITE)
        if favourite:
            return self._star
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        return self._outline if over and favourite is not None else None

    def _draw_text(
        self, painter: QPainter, place: QRect, name: str, found_by: str, selected: bool
    ) -> None:
        whole = f"{name}{_BETWEEN}{found_by}" if found_by else name
        metrics = painter.fontMetrics()
        text = metrics.elidedText(
            whole.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width() - 4
        )
        layout = QTextLayout(text, painter.font())
        side = QTextOption()
        side.setWrapMode(QTextOption.WrapMode.NoWrap)
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if mirrored:
            side.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(side)
        layout.setFormats(self._formats(text, len(name), selected))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width())
        layout.endLayout()
        painter.save()
        painter.setPen(QColor(self._colours.on_accent if selected else self._colours.text))
        top = place.top() + (place.height() - line.height()) / 2
        layout.draw(painter, QPointF(place.left() + (-3 if mirrored else 3), top))
        painter.restore()

    def _formats(
        self, text: str, name_length: int, selected: bool
    ) -> list[QTextLayout.FormatRange]:
        formats: list[QTextLayout.FormatRange] = []
        if len(text) > name_length and not selected:
            quiet = QTextCharFormat()
            quiet.setForeground(QColor(self._colours.text_quiet))
            formats.append(_range(name_length, len(text) - name_length, quiet))
        marked = QTextCharFormat()
        if selected:
            marked.setFontUnderline(True)
        else:
            marked.setBackground(QColor(self._colours.mark_ground))
            marked.setForeground(QColor(self._colours.on_mark_ground))
        formats.extend(_range(*at, marked) for at in marks(text, self._wanted))
        return formats

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        option.text = alone(option.text)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802 - Qt's name
        hint: QSize = super().sizeHint(option, index)
        return QSize(hint.width() + STAR_PX, hint.height())


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, look
    return found
