import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera
from rta_viewer.errors import NetworkError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.controllers.camera_details import CameraDetailsController
from rta_viewer.ui.theme.theme import Theme
from tests.helpers.ui_world import cameras, groups

LIMIT_S = 30.0


class Details:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, camera_id: str, cancel: CancelToken) -> Camera:
        self.asked.append(camera_id)
        assert self.may_answer.wait(LIMIT_S)
        cancel.raise_if_cancelled()
        if camera_id == "cam-00001":
            raise NetworkError("No answer.")
        known = next(one for one in cameras() if one.camera_id == camera_id)
        return replace(known, retention_days=7)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CameraTreePanel:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    panel.begin(groups())
    panel.add_cameras(cameras())
    return panel


def tip(panel: CameraTreePanel, camera_id: str) -> str:
    return str(panel.index_of(camera_id).data(Qt.ItemDataRole.ToolTipRole))


def test_the_tooltip_learns_what_the_list_did_not_tell(
    qtbot: QtBot, panel: CameraTreePanel, lane: Lane
) -> None:
    details = Details()
    controller = CameraDetailsController(details, panel, lane, panel)
    for _ in range(3):
        panel.details_wanted.emit("cam-00002")
        panel.details_wanted.emit("cam-00001")
    qtbot.waitUntil(lambda: "Kept for 7 days" in tip(panel, "cam-00002"))
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert sorted(details.asked) == ["cam-00001", "cam-00002"]
    assert "Kept" not in tip(panel, "cam-00001")
    controller.close()


def test_rows_that_the_pointer_only_passes_are_not_waited_for(
    qtbot: QtBot, panel: CameraTreePanel, lane: Lane
) -> None:
    details = Details()
    details.may_answer.clear()
    controller = CameraDetailsController(details, panel, lane, panel)
    for number in (2, 3, 4, 5):
        panel.details_wanted.emit(f"cam-{number:05d}")
    details.may_answer.set()
    qtbot.waitUntil(lambda: "Kept for 7 days" in tip(panel, "cam-00005"))
    assert "Kept" in tip(panel, "cam-00004")
    assert "Kept" not in tip(panel, "cam-00002")
    panel.details_wanted.emit("cam-00002")
    qtbot.waitUntil(lambda: "Kept" in tip(panel, "cam-00002"))
    controller.close()
