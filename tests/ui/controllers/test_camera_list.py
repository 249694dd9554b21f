from collections.abc import Iterator, Sequence

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera, CameraGroup
from rta_viewer.errors import NetworkError, NotOfferedError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.controllers.camera_list import CameraListController
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import cameras, groups


class Source:
    def __init__(self) -> None:
        self.has_groups = True
        self.fails_after = 99

    def groups(self, cancel: CancelToken) -> Sequence[CameraGroup]:
        if not self.has_groups:
            raise NotOfferedError("No groups here.")
        return groups()

    def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
        everyone = cameras()
        for number in range(3):
            if number >= self.fails_after:
                raise NetworkError("The server did not answer.")
            yield everyone[number * 4 : number * 4 + 4]


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CameraTreePanel:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    return panel


def test_pages_fill_the_tree(
    qtbot: QtBot, source: Source, panel: CameraTreePanel, lane: Lane
) -> None:
    controller = CameraListController(source, panel, lane)
    with qtbot.waitSignal(controller.loaded):
        controller.load()
    assert panel.status.text() == "12 cameras"
    assert panel.model.rowCount() == 4


def test_a_server_without_groups_shows_all_cameras(
    qtbot: QtBot, source: Source, panel: CameraTreePanel, lane: Lane
) -> None:
    source.has_groups = False
    controller = CameraListController(source, panel, lane)
    with qtbot.waitSignal(controller.loaded):
        controller.load()
    assert panel.model.rowCount() == 1
    assert panel.model.index(0, 0).data() == "Other cameras (12)"


def test_a_failure_keeps_what_came_and_is_told(
    qtbot: QtBot, source: Source, panel: CameraTreePanel, lane: Lane
) -> None:
    source.fails_after = 2
    controller = CameraListController(source, panel, lane)
    with qtbot.waitSignal(controller.problem):
        controller.load()
    assert panel.model.camera_count == 8
    assert panel.status.text() == "The server did not answer."


def test_pages_after_close_are_dropped(
    qtbot: QtBot, source: Source, panel: CameraTreePanel, lane: Lane
) -> None:
    controller = CameraListController(source, panel, lane)
    controller.load()
    controller.close()
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    qtbot.wait(20)
    assert panel.model.camera_count == 0
