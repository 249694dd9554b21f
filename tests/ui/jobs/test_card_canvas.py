import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from rta_viewer.ui.jobs.card_canvas import CardCanvas


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_card_begins_where_the_language_does(*, mirrored: bool) -> None:
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    sides = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    painter.setLayoutDirection(sides[mirrored])
    canvas = CardCanvas(painter, QRect(0, 0, 200, 40))
    canvas.fill(QRect(0, 30, 50, 10), QColor(Qt.GlobalColor.red))
    painter.setPen(Qt.GlobalColor.white)
    canvas.text(QRect(20, 0, 180, 20), "Gate")
    painter.end()
    reds = [x for x in range(200) if image.pixelColor(x, 35) == QColor(Qt.GlobalColor.red)]
    whites = [x for x in range(200) if any(image.pixelColor(x, y).green() > 99 for y in range(20))]
    assert (reds[0], reds[-1]) == ((150, 199) if mirrored else (0, 49))
    near = 180 if mirrored else 20
    assert min(abs(x - near) for x in whites) <= 3
    assert all(x <= near if mirrored else x >= near for x in whites)
