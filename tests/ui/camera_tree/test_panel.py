from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import Camera, CameraState
from rta_viewer.ui.camera_tree.branches import Grouping
from rta_viewer.ui.camera_tree.model import Role
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
    assert "1920 x 1080, H264, 25 pictures/s" in tip
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


def test_of_very_many_finds_the_first_are_shown(qtbot: QtBot, theme: Theme) -> None:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    panel.begin(())
    panel.add_cameras(cameras(1_000))
    panel.finish()
    panel.search.setText("camera")
    assert list(shown(panel)) == ["Other cameras (988 of 1000)"]
    assert len(shown(panel)["Other cameras (988 of 1000)"]) == 300
    assert panel.status.text() == "988 found, the first are shown. 1000 cameras"
    panel.search.setText("camera 99")
    assert panel.status.text() == "19 found. 1000 cameras"


def test_favourites_and_recently_used_stand_on_top(qtbot: QtBot, panel: CameraTreePanel) -> None:
    panel.set_favourites(["cam-00009", "cam-00002", "not there"])
    panel.set_recent(["cam-00005", "cam-00001", "cam-00005"])
    found = shown(panel)
    assert list(found)[:3] == ["Favourites (2)", "Recently used (2)", "Entrances (3)"]
    assert found["Favourites (2)"] == ["Car park north", "Corridor west"]
    assert found["Recently used (2)"] == ["Loading bay 2", "Reception"]
    assert panel.view.isExpanded(panel.model.index(0, 0))
    assert panel.index_of("cam-00009").parent().data() == "Inside (3)"
    panel.set_recent([])
    with qtbot.waitSignal(panel.favourites_changed) as caught:
        panel.toggle_favourites(["cam-00002"])
    assert caught.args == [("cam-00009", "not there")]
    assert list(shown(panel))[:2] == ["Favourites (1)", "Entrances (3)"]
    panel.toggle_favourites(["cam-00009"])
    assert next(iter(shown(panel))) == "Entrances (3)"


def test_favourites_of_cameras_that_come_later(panel: CameraTreePanel) -> None:
    panel.set_favourites(["cam-00012"])
    assert "Favourites (1)" not in shown(panel)
    panel.add_cameras(cameras(14))
    assert shown(panel)["Favourites (1)"] == ["Camera 12"]
    panel.search.setText("camera 12")
    assert list(shown(panel)) == ["Other cameras (1 of 3)"]
    panel.toggle_favourites(["cam-00013"])
    panel.search.clear()
    assert shown(panel)["Favourites (2)"] == ["Camera 12", "Camera 13"]


def test_a_click_on_the_star(qtbot: QtBot, panel: CameraTreePanel) -> None:
    index = panel.index_of("cam-00010")
    direction = panel.view.layoutDirection()
    star = panel.view.delegate.star_rect(panel.view.visualRect(index), direction).center()
    with qtbot.waitSignal(panel.favourites_changed) as caught:
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert caught.args == [("cam-00010",)]
    spoken = panel.index_of("cam-00010").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("favourite")
    with qtbot.assertNotEmitted(panel.camera_opened):
        QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=star)


def test_by_recording_server(qtbot: QtBot, panel: CameraTreePanel) -> None:
    assert panel.findChild(QToolButton, "tree_by_servers").isHidden() is False
    assert not panel.findChild(QToolButton, "tree_by_servers").isVisible()
    everyone = [
        replace(camera, recording_server=f"Recorder {number % 3}" if number % 3 else "")
        for number, camera in enumerate(cameras())
    ]
    panel.begin(groups())
    panel.add_cameras(everyone)
    with qtbot.waitSignal(panel.grouping_changed) as caught:
        panel.findChild(QToolButton, "tree_by_servers").click()
    assert caught.args == [Grouping.SERVERS]
    assert list(shown(panel)) == [
        "Recorder 1 (4)",
        "Recorder 2 (4)",
        "Unknown recording server (4)",
    ]
    panel.search.setText("recorder 2 gate")
    assert list(shown(panel).values()) == [["Gate"]]
    panel.begin(groups())
    panel.search.clear()
    panel.add_cameras([everyone[2]])
    panel.add_cameras([everyone[0], everyone[1]])
    assert list(shown(panel)) == [
        "Recorder 1 (1)",
        "Recorder 2 (1)",
        "Unknown recording server (1)",
    ]


def test_what_else_was_found_is_said(panel: CameraTreePanel) -> None:
    panel.search.setText("c10")
    index = panel.view.currentIndex()
    assert (index.data(), index.data(Role.FOUND_BY)) == ("Roof", "C10")
    assert panel.status.text() == "1 found. 12 cameras"
    panel.search.setText("roof")
    assert panel.view.currentIndex().data(Role.FOUND_BY) == ""


def test_found_words_are_marked_on_the_screen(panel: CameraTreePanel, theme: Theme) -> None:
    ground = QColor(theme.colours.mark_ground).rgb()

    def marked() -> int:
        image = panel.view.viewport().grab().toImage()
        rect = panel.view.visualRect(panel.index_of("cam-00006"))
        rows = range(rect.top(), rect.bottom())
        return sum(
            image.pixel(x, y) == ground for y in rows for x in range(rect.left(), image.width())
        )

    assert marked() == 0
    panel.search.setText("loading")
    assert marked() > 100


def test_more_that_is_learned_about_a_camera(qtbot: QtBot, panel: CameraTreePanel) -> None:
    known = panel.model.camera("cam-00003")
    assert known is not None
    panel.model.update_camera(
        replace(known, name="Other", location="Tower", retention_days=30, model="Dome 4")
    )
    tip = panel.index_of("cam-00003").data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Car park south (C3)")
    assert {"Kept for 30 days", "Dome 4", "Tower"} <= set(tip.splitlines())
    panel.search.setText("tower")
    assert list(shown(panel).values()) == [["Car park south"]]
    panel.model.set_state("cam-00003", CameraState.NOT_ALLOWED)
    assert "Not allowed" in panel.index_of("cam-00003").data(Qt.ItemDataRole.ToolTipRole)


def test_a_big_tree_starts_closed_and_stays_as_it_was_left(qtbot: QtBot, theme: Theme) -> None:
    panel = CameraTreePanel(theme)
    qtbot.addWidget(panel)
    panel.begin(groups())
    panel.add_cameras(cameras(150))
    assert panel.view.isExpanded(panel.model.index(0, 0))
    panel.add_cameras(cameras(400))
    assert not panel.view.isExpanded(panel.model.index(3, 0))
    panel.view.expand(panel.model.index(1, 0))
    panel.search.setText("camera 399")
    panel.search.clear()
    expanded = [panel.view.isExpanded(panel.model.index(row, 0)) for row in range(3)]
    assert expanded == [False, True, False]
    assert panel.view.currentIndex().data() == "Camera 399"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_by_key_offers_what_can_be_done(qtbot: QtBot, panel: CameraTreePanel) -> None:
    panel.view.setCurrentIndex(panel.index_of("cam-00010"))
    panel.view.menu_wanted.emit(panel.mapToGlobal(panel.rect().center()))
    menu = panel.findChild(QMenu, "camera_menu")
    texts = {action.text(): action for action in menu.actions()}
    assert {"Open", "Add to favourites", "Copy name", "Close all groups"} <= set(texts)
    texts["Add to favourites"].trigger()
    assert panel.model.favourites == ("cam-00010",)
    with qtbot.waitSignal(panel.camera_opened):
        texts["Open"].trigger()
    menu.close()


def test_up_leads_from_the_first_row_back_to_the_search(panel: CameraTreePanel) -> None:
    panel.activateWindow()
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    QTest.keyClick(panel.view, Qt.Key.Key_Up)
    assert panel.search.hasFocus()


def saved_file(number: int, name: str, **fields: object) -> Camera:
    values: dict[str, object] = {"state": CameraState.SAVED_FILE, **fields}
    return Camera(f"file-{number}", name, **values)  # type: ignore[arg-type]


def test_saved_files_have_a_branch_while_some_are_open(panel: CameraTreePanel) -> None:
    before = shown(panel)
    files = [saved_file(1, "Yard"), saved_file(2, "Door"), saved_file(3, "Yard")]
    panel.set_saved_files(files)
    assert next(iter(shown(panel).items())) == ("Saved files (3)", ["Door", "Yard", "Yard"])
    assert panel.view.isExpanded(panel.model.index(0, 0))
    panel.set_favourites(["cam-00001"])
    assert list(shown(panel))[:2] == ["Saved files (3)", "Favourites (1)"]
    panel.set_saved_files([saved_file(2, "Door", state=CameraState.DOUBTFUL_FILE)])
    assert panel.model.camera("file-2").state is CameraState.DOUBTFUL_FILE  # type: ignore[union-attr]
    assert panel.model.camera("file-1") is None
    panel.begin(groups())
    assert next(iter(shown(panel))) == "Saved files (1)"
    panel.add_cameras(cameras())
    panel.set_favourites([])
    panel.set_saved_files([])
    assert shown(panel) == before
    assert panel.model.camera_count == 12


def test_saved_files_are_found_too_and_are_no_favourites(panel: CameraTreePanel) -> None:
    panel.set_saved_files([saved_file(1, "Yard", location="case 7")])
    panel.search.setText("case 7")
    assert shown(panel) == {"Saved files (1)": ["Yard"]}
    panel.set_saved_files([saved_file(1, "Yard", location="case 7"), saved_file(2, "case 7")])
    assert shown(panel) == {"Saved files (2)": ["case 7", "Yard"]}
    panel.search.clear()
    panel.toggle_favourites(["file-1"])
    assert panel.model.favourites == ()
    assert panel.model.camera_count == 12
