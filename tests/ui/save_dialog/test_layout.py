"""The dialog on small screens: nothing lies over anything else, and all of it can be reached."""

import gc
import weakref
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import Camera
from rta_viewer.core.save_choices import GapPolicy, SaveChoices
from rta_viewer.core.spans import Span
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.save_dialog.wording import Weight
from rta_viewer.ui.theme import theme as themes
from tests.helpers.fake_scout import FakeScout
from tests.helpers.save_desk import ALL, IDS, ZONE, write
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, availability

DAY = Span(NOW_MS - 36 * 60 * MINUTE_MS, NOW_MS)
LOW, USUAL = QSize(914, 540), QSize(1040, 700)
WORDY = SaveChoices(
    watermark=True,
    watermark_text="A" * 60 + "{camera} {timestamp} by {operator}",
    name_template="{camera} {operator} {duration} {start} to {end} evidence",
    gaps=GapPolicy.APART,
)


@pytest.fixture
def scout() -> FakeScout:
    scout = FakeScout()
    scout.covered[IDS[0]] = availability(IDS[0], DAY, 3)
    return scout


@pytest.fixture
def dialog(qtbot: QtBot, lane: Lane, scout: FakeScout, tmp_path: Path) -> Iterator[SaveDialog]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    themes.apply(app, themes.DARK_THEME)
    long = Camera(IDS[0], "Corridor west, building seven, third floor", streams=ALL[0].streams)
    proposal = SaveProposal([long, *ALL[1:]], (IDS[0],), DAY, tmp_path, ZONE, "anna", choices=WORDY)
    dialog = SaveDialog(proposal, Inquiry(scout, lane, lane, lane), RunningClock())
    themes.dress(dialog, themes.DARK_THEME)
    qtbot.addWidget(dialog)
    dialog.begin()
    dialog.open()
    yield dialog
    dialog.reject()


def seen(widget: QWidget) -> list[QWidget]:
    return [
        one
        for one in widget.children()
        if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()
    ]


def covered(top: QWidget) -> list[tuple[str, str]]:
    """Pairs of neighbours that lie over each other."""
    found = []
    for parent in (top, *top.findChildren(QWidget)):
        if isinstance(parent, QScrollArea) or not parent.isVisible() or parent.layout() is None:
            continue
        for one, other in combinations(seen(parent), 2):
            if one.geometry().intersects(other.geometry()):
                found.append((one.objectName(), other.objectName()))
    return found


@pytest.mark.parametrize("size", [LOW, USUAL])
@pytest.mark.parametrize("full", [False, True])
def test_nothing_lies_over_anything_else(
    dialog: SaveDialog, qtbot: QtBot, scout: FakeScout, size: QSize, *, full: bool
) -> None:
    if full:
        scout.free_bytes = 1_000_000_000
        dialog.options.folder.setText(str(dialog.options.folder_path / "full"))
    dialog.resize(size)
    assert dialog.size() == size
    qtbot.waitUntil(lambda: "gaps" in dialog.coverage.text())
    qtbot.waitUntil(lambda: bool(dialog.summary.headline.text()))
    if full:
        qtbot.waitUntil(lambda: "have to stay free" in dialog.summary.text(Weight.STOP))
    qtbot.waitUntil(lambda: covered(dialog) == [])
    for button in (dialog.ok, dialog.cameras.count, dialog.summary):
        place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        assert place.width() <= dialog.width()
    assert dialog.summary.height() >= 80
    assert dialog.cameras.list.height() >= 3 * 26


def test_what_is_no_time_widens_nothing_however_long_it_is(dialog: SaveDialog) -> None:
    width = dialog.range.minimumSizeHint().width()
    write(dialog.range.start, "W" * 200)
    write(dialog.range.end, "W" * 200)
    assert "not a time" in dialog.range.start_words.text()
    assert dialog.range.minimumSizeHint().width() == width


def test_whatever_takes_the_focus_is_scrolled_to(dialog: SaveDialog, qtbot: QtBot) -> None:
    dialog.resize(QSize(LOW.width(), 420))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: "gaps" in dialog.coverage.text())
    for field in (
        dialog.options.way,
        dialog.cameras.search,
        dialog.range.end,
        dialog.options.folder,
    ):
        field.setFocus()
        qtbot.waitUntil(lambda field=field: field.visibleRegion().boundingRect() == field.rect())


def test_a_dialog_that_nobody_holds_is_collected(
    lane: Lane, scout: FakeScout, qtbot: QtBot
) -> None:
    proposal = SaveProposal(ALL, (IDS[0],), DAY, Path("/x"), ZONE)
    dialog = SaveDialog(proposal, Inquiry(scout, lane, lane, lane), RunningClock())
    gone, coverage = weakref.ref(dialog), weakref.ref(dialog.coverage)
    dialog.begin()
    dialog.open()
    qtbot.waitUntil(lambda: "gaps" in coverage().text())
    dialog.reject()
    del dialog
    gc.collect()
    assert gone() is None


def test_the_wheel_scrolls_the_form_and_chooses_nothing(dialog: SaveDialog, qtbot: QtBot) -> None:
    dialog.resize(QSize(LOW.width(), 420))
    bar, quality = dialog._how.verticalScrollBar(), dialog.options.quality
    qtbot.waitUntil(bar.isVisible)
    quality.setFocus()
    before, chosen = bar.value(), dialog.options.choices
    place = QPointF(quality.mapTo(dialog, quality.rect().center()))
    QTest.wheelEvent(dialog.windowHandle(), place, QPoint(0, -120))
    assert dialog.options.choices == chosen
    assert bar.value() > before


def test_the_list_shows_whether_the_keys_go_to_it(dialog: SaveDialog, qtbot: QtBot) -> None:
    view, accent = dialog.cameras.list, themes.DARK_THEME.colour("accent")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    row = view.visualRect(view.currentIndex())

    def ground() -> QColor:
        return view.viewport().grab().toImage().pixelColor(row.right() - 2, row.center().y())

    dialog.range.start.setFocus()
    assert ground() not in (accent, themes.DARK_THEME.colour("field"))
    view.setFocus()
    assert ground() == accent


def test_long_names_that_differ_at_their_ends_look_different(
    qtbot: QtBot, lane: Lane, scout: FakeScout, tmp_path: Path
) -> None:
    name = "Building seven, third floor, corridor between laboratory and archive, door "
    doors = [Camera(f"door {number}", name + number) for number in ("1", "2")]
    proposal = SaveProposal(doors, (), DAY, tmp_path, ZONE)
    dialog = SaveDialog(proposal, Inquiry(scout, lane, lane, lane), RunningClock())
    qtbot.addWidget(dialog)
    dialog.open()
    view = dialog.cameras.list
    view.clearSelection()
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(2)]
    one, other = (view.viewport().grab(row).toImage() for row in rows)
    assert one != other
    dialog.reject()
