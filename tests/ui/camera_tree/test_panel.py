import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import CameraState
from rta_viewer.ui.camera_tree.panel import CameraTreePanel
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.dragging import cameras_of
from tests.helpers.ui_world import cameras, groups


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CameraTreePanel:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(260, 600)
    panel.show()
    tester = QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel
    )
    assert tester is not None
    panel.begin(groups())
    everyone = cameras()
    panel.add_cameras(everyone[6:])
    panel.add_cameras(everyone[:8])
    panel.finish()
    return panel


def shown(panel: CameraTreePanel) -> dict[str, list[str]]:
    model = panel.view.model()
    found = {}
    for row in range(model.rowCount(QModelIndex())):
        group = model.index(row, 0, QModelIndex())
        found[group.data()] = [
            model.index(child, 0, group).data() for child in range(model.rowCount(group))
        ]
    return found


def test_groups_as_the_server_has_them_and_the_others_below(panel: CameraTreePanel) -> None:
    assert shown(panel) == {
        "Entrances (3)": ["Gate", "Main entrance", "Reception"],
        "Outside (6)": [
            "Café terrace",
            "Car park north",
            "Car park south",
            "Loading bay 1",
            "Loading bay 2",
            "Loading bay 10",
        ],
        "Inside (3)": ["Corridor west", "Reception", "Server room"],
        "Other cameras (1)": ["Roof"],
    }
    assert panel.status.text() == "12 cameras"


def test_searching_shows_what_matches_and_enter_opens_the_first(
    qtbot: QtBot, panel: CameraTreePanel
) -> None:
    QTest.keyClicks(panel.search, "bay loading")
    assert list(shown(panel).values()) == [["Loading bay 1", "Loading bay 2", "Loading bay 10"]]
    with qtbot.waitSignal(panel.camera_opened) as caught:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert caught.args == ["cam-00004"]
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert len(shown(panel)) == 4
    QTest.keyClicks(panel.search, "cafe")
    assert list(shown(panel).values()) == [["Café terrace"]]


def test_a_search_keeps_what_was_folded_and_says_how_many_were_found(
    panel: CameraTreePanel,
) -> None:
    panel.view.collapse(panel.model.index(1, 0))
    panel.search.setText("loading")
    assert list(shown(panel)) == ["Outside (3 of 6)"]
    assert panel.view.isExpanded(panel.model.index(0, 0))
    panel.search.setText("zzz")
    assert shown(panel) == {}
    panel.search.clear()
    expanded = [panel.view.isExpanded(panel.model.index(row, 0)) for row in range(4)]
    assert expanded == [True, False, True, True]


def test_cameras_that_arrive_while_somebody_searches(panel: CameraTreePanel) -> None:
    panel.search.setText("camera 12")
    assert shown(panel) == {}
    panel.add_cameras(cameras(14))
    assert shown(panel) == {"Other cameras (1 of 3)": ["Camera 12"]}
    assert panel.view.currentIndex().data() == "Camera 12"
    panel.search.clear()
    assert shown(panel)["Other cameras (3)"] == ["Camera 12", "Camera 13", "Roof"]


def test_double_click_and_enter_open_a_camera(qtbot: QtBot, panel: CameraTreePanel) -> None:
    index = panel.index_of("cam-00010")
    where = panel.view.visualRect(index).center()
    with qtbot.waitSignal(panel.camera_opened) as caught:
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert caught.args == ["cam-00010"]
    with qtbot.waitSignal(panel.camera_opened) as caught:
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert caught.args == ["cam-00010"]


def test_several_at_once_by_enter_and_by_dragging(qtbot: QtBot, panel: CameraTreePanel) -> None:
    chosen = [panel.index_of(name) for name in ("cam-00007", "cam-00000")]
    for index in chosen:
        panel.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    with qtbot.waitSignal(panel.cameras_opened) as caught:
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert caught.args == [["cam-00000", "cam-00007"]]
    assert cameras_of(panel.model.mimeData(chosen)) == ["cam-00007", "cam-00000"]
    assert panel.model.flags(chosen[0]) & Qt.ItemFlag.ItemIsDragEnabled
    group = panel.model.index(0, 0)
    assert not panel.model.flags(group) & Qt.ItemFlag.ItemIsDragEnabled


def test_enter_on_a_group_folds_it(qtbot: QtBot, panel: CameraTreePanel) -> None:
    group = panel.view.model().index(0, 0, QModelIndex())
    panel.view.setCurrentIndex(group)
    assert panel.view.isExpanded(group)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert not panel.view.isExpanded(group)


def test_down_leads_from_the_search_into_the_tree(qtbot: QtBot, panel: CameraTreePanel) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "gate")
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.view.currentIndex().data() == "Gate"


def test_states_are_said_in_words_too(panel: CameraTreePanel) -> None:
    index = panel.model.indexes_of("cam-00007")[0]
    assert panel.model.camera("cam-00007").state is CameraState.DISABLED  # type: ignore[union-attr]
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Café terrace, Disabled"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "H264 1920 x 1080" in tip
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()


def test_ten_thousand_cameras(qtbot: QtBot, theme: Theme) -> None:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.begin(groups())
    many = cameras(10_000)
    for start in range(0, len(many), 100):
        panel.add_cameras(many[start : start + 100])
    panel.finish()
    assert panel.status.text() == "10000 cameras"
    panel.search.setText("9999 camera")
    assert list(shown(panel).values()) == [["Camera 9999"]]
