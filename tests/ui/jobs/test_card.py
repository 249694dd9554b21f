import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobKind, JobState
from rta_viewer.ui.jobs.card import JobCard
from rta_viewer.ui.jobs.card_canvas import CardCanvas
from rta_viewer.ui.jobs.model import JobsModel
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import NOW_MS, job

BAR = QRect(20, 10, 200, 5)
PAPER = QColor("white")


def drawn(theme: Theme, percent: float) -> QImage:
    clock = ManualClock(NOW_MS)
    card = JobCard(theme, JobsModel(clock), clock)
    image = QImage(240, 30, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    preparing = job(1, JobState.PREPARING, kind=JobKind.EXPORT, server_progress=percent)
    card._bar(CardCanvas(painter, image.rect()), BAR, preparing)
    painter.end()
    return image


@pytest.mark.parametrize("percent", [0.0, 0.4, 50.0, 100.0])
def test_a_bar_stays_within_its_bounds_however_far_it_is(theme: Theme, percent: float) -> None:
    image = drawn(theme, percent)
    inked = {
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != PAPER
    }
    assert (min(inked), max(inked)) == (BAR.left(), BAR.right())


def test_the_edge_of_the_servers_work_is_solid(theme: Theme) -> None:
    accent = theme.colour("accent")
    for percent, edge in ((0.0, BAR.left()), (50.0, BAR.center().x()), (100.0, BAR.right())):
        assert drawn(theme, percent).pixelColor(edge, BAR.center().y()) == accent
