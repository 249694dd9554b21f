from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.spans import Span
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


def card_of(theme: Theme, one: Job) -> QImage:
    clock = ManualClock(NOW_MS)
    model = JobsModel(clock)
    model.set_signed_in((one.server, one.username))
    image = QImage(320, 78, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    canvas = CardCanvas(painter, image.rect())
    JobCard(theme, model, clock)._paint_job(canvas, image.rect().adjusted(12, 6, -10, -6), one)
    painter.end()
    return image


def bar_of(theme: Theme, one: Job) -> QColor:
    """The colour of its bar's first pixel."""
    return card_of(theme, one).pixelColor(40, 71)


def test_a_bar_tells_what_moves_what_waits_and_nothing_of_what_has_ended(theme: Theme) -> None:
    moving = job(1, received_bytes=50, total_bytes=100)
    assert bar_of(theme, moving) == theme.colour("accent")
    assert bar_of(theme, replace(moving, next_try_s=9.0)) == theme.colour("warning")
    assert bar_of(theme, replace(moving, state=JobState.DONE)) == PAPER
    assert bar_of(theme, replace(moving, state=JobState.FAILED)) == PAPER


def test_a_long_name_or_range_leaves_the_state_and_the_expiry_readable(theme: Theme) -> None:
    ready = job(1, JobState.READY, camera_name="Gate", expires_at_ms=NOW_MS + 3_600_000)
    long = replace(
        ready, camera_name="Gate " * 40, span=Span(NOW_MS - 9 * 86_400_000, NOW_MS - 86_400_000)
    )
    far = QRect(235, 0, 85, 44)
    assert card_of(theme, long).copy(far) == card_of(theme, ready).copy(far)
    assert card_of(theme, long) != card_of(theme, ready)


def test_long_names_of_cameras_can_be_told_apart(theme: Theme) -> None:
    one = job(1, JobState.FAILED, reason="It failed.", camera_name="Station north " * 9 + "1")
    assert card_of(theme, one) != card_of(
        theme, replace(one, camera_name=one.camera_name[:-1] + "2")
    )
