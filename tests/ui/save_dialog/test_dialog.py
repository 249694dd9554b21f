import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rta_viewer.core import save_cuts
from rta_viewer.core.filenames import NAME_FIELDS
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import (
    Availability,
    Gap,
    Recording,
)
from rta_viewer.core.save_choices import WATERMARK_FIELDS, GapPolicy, SaveChoices
from rta_viewer.core.save_estimate import Experience, SaveTarget
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import SavePlan, package_name, plan_pieces
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError, NoFootageError
from rta_viewer.ui.save_dialog import dialog as dialog_module
from rta_viewer.ui.save_dialog import wording
from rta_viewer.ui.save_dialog.placeholders import NAME_WORDS, WATERMARK_WORDS
from rta_viewer.ui.save_dialog.wording import Weight
from rta_viewer.ui.theme import theme as themes
from tests.helpers.save_desk import ALL, FIVE, IDS, Desk, half, write
from tests.helpers.ui_world import MINUTE_MS, NOW_MS


def test_a_short_clip_is_downloaded_with_a_name_that_says_when(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = desk.opened()
    assert dialog.summary.reason.text() == "Download, because it is shorter than 30 minutes."
    assert dialog.summary.headline.text() == "1 file, about 300.0 MB, time not known yet"
    assert dialog.coverage.text() == "Main entrance: all of it was recorded."
    assert dialog.options.names_preview.text() == (
        "Main entrance 2025-10-24 12-00-00+0200 to 12-05-00+0200.mp4"
    )
    with qtbot.waitSignal(dialog.save_requested):
        dialog.ok.click()
    assert not dialog.isVisible()
    (order,) = desk.orders
    assert (order.span, order.folder, order.cameras) == (FIVE, tmp_path, (ALL[0],))
    (piece,) = plan_pieces(order).pieces
    assert piece.route.kind is JobKind.CLIP


def test_enter_saves_at_once_and_escape_does_not(desk: Desk) -> None:
    dialog = desk.opened()
    QTest.keyClick(dialog.range.start, Qt.Key.Key_Return)
    assert len(desk.orders) == 1
    other = desk.opened()
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert len(desk.orders) == 1
    assert not other.isVisible()


def test_enter_presses_the_button_that_has_the_focus_and_does_not_save(
    desk: Desk, qtbot: QtBot
) -> None:
    dialog = desk.opened()

    def press(name: str) -> None:
        button = dialog.findChild(QWidget, name)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)

    press("save_cameras_tiles")
    assert len(dialog.cameras.chosen) == 2
    press("save_browse")
    dialog.findChild(QFileDialog, "save_folder_chooser").close()
    menu = dialog.options.name_fields.menu()
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu, menu.close))
    with qtbot.waitSignal(menu.aboutToHide):
        press("save_names_fields")
    assert dialog.isVisible()
    press("save_cancel")
    assert not dialog.isVisible()
    assert desk.orders == []


def test_three_cameras_with_a_watermark_are_exports_and_say_what_it_costs(desk: Desk) -> None:
    desk.scout.known = Experience(encoding_pace=2.0)
    choices = SaveChoices(watermark=True, watermark_text="{camera} {timestamp} {operator}")
    dialog = desk.opened(*IDS[:3], choices=choices)
    assert dialog.summary.reason.text() == "Export, because only an export can burn in a watermark."
    assert "about 7 min 30 s" in dialog.summary.text(Weight.NOTE)
    assert dialog.options.watermark_preview.text() == (
        "Main entrance 2025-10-24 12:00:00 anna   (time as the server writes it)"
    )
    assert dialog.options.names_preview.text().endswith("and 2 more")
    dialog.ok.click()
    pieces = plan_pieces(desk.orders[0]).pieces
    assert [piece.camera for piece in pieces] == ALL[:3]
    assert [piece.request.watermark and piece.request.watermark.text for piece in pieces] == [
        f"{camera.name} {{timestamp}} anna" for camera in ALL[:3]
    ]


def test_cameras_are_found_ticked_and_unticked_by_keys_alone(desk: Desk) -> None:
    dialog = desk.opened()
    search, rows = dialog.cameras.search, dialog.cameras.rows
    QTest.keyClicks(search, "loading bay")
    assert rows.rowCount() == 3
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(dialog.cameras.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.cameras.list, Qt.Key.Key_Space)
    names = [camera.name for camera in dialog.cameras.chosen]
    assert names == ["Main entrance", "Loading bay 2", "Loading bay 10"]
    QTest.keyClick(dialog.cameras.list, Qt.Key.Key_Space)
    assert len(dialog.cameras.chosen) == 2
    assert not desk.orders
    assert dialog.stills.first.caption.text().startswith("First")
    search.clear()
    assert rows.rowCount() == 12
    for name, chosen in (("none", 0), ("tiles", 2), ("all", 12)):
        button = dialog.findChild(QWidget, f"save_cameras_{name}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert len(dialog.cameras.chosen) == chosen
        assert dialog.ok.isEnabled() is (chosen > 0)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_click_ticks_a_row_and_only_its_box_takes_the_tick_away(
    desk: Desk, *, mirrored: bool
) -> None:
    dialog = desk.opened()
    view = dialog.cameras.list
    if mirrored:
        dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for row, x, chosen in ((1, 100, 2), (1, 100, 2), (1, 12, 1), (0, 12, 0)):
        middle = view.visualRect(view.model().index(row, 0)).center().y()
        place = view.viewport().width() - 1 - x if mirrored else x
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, middle))
        assert len(dialog.cameras.chosen) == chosen
    assert "No camera is chosen" in dialog.summary.text(Weight.STOP)


def test_coverage_is_told_for_each_camera_with_gaps_and_reasons(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.covered[IDS[0]] = half(IDS[0])
    desk.scout.covered[IDS[1]] = Availability(IDS[1], FIVE, gaps=(Gap(FIVE, "disk_full"),))
    desk.scout.errors["still"] = NoFootageError("There is no footage at this time.")
    dialog = desk.opened(IDS[0], IDS[1])
    assert dialog.coverage.text() == (
        "Main entrance: 50 % recorded, 1 gap: 12:01:15–12:03:45 camera offline."  # noqa: RUF001
    )
    rows = dialog.cameras.rows
    qtbot.waitUntil(lambda: rows.index(1, 1).data() == "Nothing")
    assert [rows.index(row, 1).data() for row in range(3)] == ["50 %, 1 gap", "Nothing", ""]
    qtbot.waitUntil(lambda: "Reception: left out" in dialog.summary.text(Weight.WARNING))
    assert dialog.summary.headline.text().startswith("1 file, about 150.0 MB")
    dialog.ok.click()
    assert [piece.camera for piece in plan_pieces(desk.orders[0]).pieces] == [ALL[0]]


def test_stretches_become_files_of_their_own(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.covered[IDS[0]] = half(IDS[0])
    dialog = desk.opened(choices=SaveChoices(gaps=GapPolicy.APART))
    qtbot.waitUntil(lambda: dialog.summary.headline.text().startswith("2 files"))
    dialog.ok.click()
    assert desk.orders[0].choices.gaps is GapPolicy.APART
    assert len(plan_pieces(desk.orders[0]).pieces) == 2


def test_a_key_does_not_have_all_recordings_counted_again(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk.opened(*IDS[:3])
    qtbot.waitUntil(lambda: not dialog._inquiry.pending(dialog.cameras.chosen))
    dialog._update()
    counted: list[object] = []
    monkeypatch.setattr(save_cuts, "cuts_of", lambda *asked: counted.append(asked) or ())
    QTest.keyClicks(dialog.options.names, "abc")
    assert dialog.summary.headline.text().startswith("3 files")
    assert dialog.options.names_preview.text().startswith("Main entrance 2025")
    assert "abc.mp4" in dialog.options.names_preview.text()
    assert counted == []


def test_several_files_get_a_folder_that_may_be_called_as_the_case(desk: Desk) -> None:
    dialog = desk.opened(*IDS[:2])
    package = dialog.options.package
    assert package.isEnabled()
    assert package.placeholderText().startswith("2 cameras 2025-10-24 ")
    assert "a folder of their own" in dialog.summary.text(Weight.NOTE)
    package.setText("Case 2025/114")
    dialog.ok.click()
    (order,) = desk.orders
    assert package_name(order, plan_pieces(order).pieces) == "Case 2025-114"
    alone = desk.opened()
    assert not alone.options.package.isEnabled()
    assert alone.summary.text(Weight.NOTE) == ""


def test_the_first_and_the_last_picture_carry_their_own_time(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.covered[IDS[0]] = Availability(
        IDS[0], FIVE, (Recording(Span(NOW_MS + 1030, FIVE.end_ms - 1000)),)
    )
    dialog = desk.opened()
    assert dialog.stills.first.caption.text() == "First: 12:00:01.000"
    assert dialog.stills.last.caption.text() == "Last: 12:04:58.960"
    assert dialog.stills.first.still is not None
    dialog.cameras.rows.tick([IDS[1]])
    desk.scout.errors["still"] = NoFootageError("There is no footage at this time.")
    dialog.cameras.rows.tick([IDS[2]])
    qtbot.waitUntil(lambda: dialog.stills.last.still is None)
    qtbot.waitUntil(lambda: "no footage" in dialog.stills.last._words)


def test_pictures_are_asked_again_only_for_another_cut(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.opened()
    asked = [what for what in desk.scout.asked if what[0] == "still"]
    assert len(asked) == 2
    dialog.options.folder.setText(str(dialog.options.folder_path / "other"))
    dialog.cameras.rows.tick(IDS[:2])
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert [what for what in desk.scout.asked if what[0] == "still"] == asked
    assert dialog.stills.last.still is not None
    write(dialog.range.end, "+60 s")
    qtbot.waitUntil(lambda: dialog.stills.last.caption.text() == "Last: 12:00:59.960")


def test_over_midnight_every_time_has_its_day(desk: Desk, qtbot: QtBot) -> None:
    night = Span(NOW_MS + 11 * 60 * MINUTE_MS, NOW_MS + 13 * 60 * MINUTE_MS)
    desk.scout.covered[IDS[0]] = half(IDS[0], night)
    dialog = desk.opened(span=night)
    assert "2025-10-24 23:30:00 \N{EN DASH} 2025-10-25 00:30:00 camera" in dialog.coverage.text()
    qtbot.waitUntil(lambda: dialog.stills.last.still is not None)
    assert dialog.stills.first.caption.text() == "First: 2025-10-24 23:00:00.000"
    assert dialog.stills.last.caption.text() == "Last: 2025-10-25 00:59:59.960"


def test_a_picture_from_after_the_range_is_not_its_last(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open(span=Span(NOW_MS + 10, NOW_MS + 20))
    desk.scout.errors["coverage"] = NetworkError("No answer.")
    qtbot.waitUntil(lambda: dialog.stills.first.still is not None)
    assert dialog.cameras.rows.index(0, 1).data() in {"No answer", "All"}


def test_the_range_is_typed_or_pasted_as_a_whole(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.opened()
    fields = dialog.range
    write(fields.start, "24/10/2025 09:00 - 09:10")
    assert fields.span == Span(NOW_MS - 180 * MINUTE_MS, NOW_MS - 170 * MINUTE_MS)
    assert fields.end_words.text().endswith("10 min 00 s")
    qtbot.waitUntil(lambda: ("coverage", IDS[0], fields.span) in desk.scout.asked)
    write(fields.end, "+90 s")
    assert fields.span == Span(NOW_MS - 180 * MINUTE_MS, NOW_MS - 180 * MINUTE_MS + 90_000)
    write(fields.end, "08:00")
    assert fields.span is None
    assert "not after the start" in fields.end_words.text()
    assert dialog.summary.text(Weight.STOP).endswith("start. Write a later time, or +10m.")
    assert not dialog.ok.isEnabled()
    write(fields.end, "")
    assert "range is not complete" in dialog.summary.text(Weight.STOP)
    write(fields.start, "nonsense")
    assert "not a time" in fields.start_words.text()
    assert dialog.coverage.text() == ""
    assert dialog.order() is None


def test_placeholders_are_listed_and_written_at_the_cursor(desk: Desk) -> None:
    dialog = desk.opened(
        choices=SaveChoices(watermark=True, watermark_text="by ", name_template="x")
    )
    options = dialog.options
    assert tuple(NAME_WORDS) == NAME_FIELDS
    assert tuple(WATERMARK_WORDS) == WATERMARK_FIELDS
    options.watermark_fields.menu().actions()[2].trigger()
    assert options.watermark_text.text() == "by {operator}"
    assert options.watermark_preview.text() == "by anna"
    options.names.setCursorPosition(0)
    options.name_fields.menu().actions()[3].trigger()
    assert options.names_preview.text() == "2025-10-24x.mp4"


def test_names_and_folder_are_the_operators(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = desk.opened(IDS[0], IDS[1])
    options = dialog.options
    options.names.setText("{cam}")
    assert "unknown field: {cam}" in dialog.summary.text(Weight.STOP)
    assert not dialog.ok.isEnabled()
    options.names.setText("CON")
    assert options.names_preview.text() == "_CON.mp4   and 1 more"
    options.container.setCurrentIndex(1)
    assert options.names_preview.text().startswith("_CON.mkv")
    options.browse.click()
    chooser = dialog.findChild(QFileDialog, "save_folder_chooser")
    chooser.fileSelected.emit(str(tmp_path / "other"))
    chooser.close()
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.options.folder_path == tmp_path / "other"
    options.folder.setText(f'"{tmp_path / "copied"}" ')
    qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.ok.click()
    assert desk.orders[0].folder == tmp_path / "copied"
    desk.scout.problem = "You may not write into this folder."
    dialog = desk.opened()
    assert dialog.summary.text(Weight.STOP) == "You may not write into this folder."


def test_everything_chosen_is_in_the_order_and_comes_back(desk: Desk) -> None:
    chosen = SaveChoices(
        name_template="{date} {camera}",
        container="mkv",
        quality="low",
        include_audio=False,
        watermark=True,
        watermark_text="{operator}",
        gaps=GapPolicy.APART,
        medium=Medium.BLU_RAY,
        way=JobKind.EXPORT,
    )
    dialog = desk.opened(choices=chosen)
    assert dialog.options.choices == chosen
    dialog.ok.click()
    assert desk.orders[0].choices == chosen


def test_the_window_never_waits_and_the_latest_folder_wins(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.scout.gate.clear()
    dialog = desk.open()
    assert dialog.summary.room.text() == "Looking at the folder…"
    dialog._patience.setInterval(0)
    dialog._patience.start()
    qtbot.waitUntil(lambda: "does not answer" in dialog.summary.text(Weight.STOP))
    assert not dialog.ok.isEnabled()
    for name in ("a", "ab", "abc"):
        dialog.options.folder.setText(str(tmp_path / name))
        dialog._typing.timeout.emit()
    desk.scout.gate.set()
    qtbot.waitUntil(dialog.ok.isEnabled)
    looked = [what[1] for what in desk.scout.asked if what[0] == "target"]
    assert looked == [tmp_path, tmp_path / "abc"]
    assert desk.scout.threads
    assert "MainThread" not in desk.scout.threads


def test_a_folder_is_not_called_dead_before_it_had_its_time(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.opened()
    desk.scout.gate.clear()
    dialog.options.folder.setText(str(tmp_path / "a"))
    assert dialog.summary.room.text() == "Looking at the folder…"
    dialog._typing.timeout.emit()
    assert dialog.summary.room.text() == "Looking at the folder…"
    dialog._patience.timeout.emit()
    assert dialog.summary.room.text() == ""
    dialog.cameras.rows.tick(IDS[:2])
    assert "does not answer" in dialog.summary.text(Weight.STOP)
    dialog.options.folder.setText(str(tmp_path / "ab"))
    assert dialog.summary.room.text() == "Looking at the folder…"
    desk.scout.gate.set()


def test_another_folder_helps_while_a_dead_share_hangs(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive, target = threading.Event(), desk.scout.target

    def look(folder: Path) -> SaveTarget:
        assert folder != tmp_path or alive.wait(20)
        return target(folder)

    begun: list[str] = []

    class Chooser(QFileDialog):
        def __init__(self, parent: QWidget, title: str, begins: str) -> None:
            begun.append(begins)
            super().__init__(parent, title)

    monkeypatch.setattr(desk.scout, "target", look)
    monkeypatch.setattr("rta_viewer.ui.folder_chooser.QFileDialog", Chooser)
    dialog = desk.open()
    dialog._patience.timeout.emit()
    assert "does not answer" in dialog.summary.text(Weight.STOP)
    dialog.options._on_browse()
    dialog.options.folder.setText(str(tmp_path.parent / "alive"))
    qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.options._on_browse()
    assert begun == [str(Path.home()), str(tmp_path.parent / "alive")]
    dialog.options.folder.setText(str(tmp_path))
    dialog._typing.timeout.emit()
    dialog._inquiry.target_found.emit(SaveTarget(tmp_path.parent / "alive"))
    dialog._update()
    assert not dialog.ok.isEnabled()
    alive.set()
    qtbot.waitUntil(dialog.ok.isEnabled)


def test_it_fits_a_small_screen_and_nothing_is_cut(desk: Desk, theme: themes.Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for look in (themes.DARK_THEME, themes.LIGHT_THEME):
        themes.apply(app, look)
        dialog = desk.opened(*IDS[:3], choices=SaveChoices(watermark=True))
        themes.dress(dialog, look)
        assert dialog.minimumSizeHint().width() <= 1000
        assert dialog.height() <= dialog.screen().availableSize().height() - 70
        assert dialog.minimumSizeHint().height() <= 740
        for label in dialog.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.minimumSizeHint().width(), label.text()
        dialog.reject()


def test_every_field_has_a_name_and_can_be_reached_by_tab(desk: Desk) -> None:
    dialog = desk.opened(*IDS[:2], choices=SaveChoices(watermark=True))
    reached: list[QWidget] = []
    widget = dialog.range.start
    while widget not in reached:
        reached.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [
        "save_camera_search",
        "save_cameras",
        "save_in",
        "save_out",
        "save_folder",
        "save_package",
        "save_names",
    ]
    wanted += ["save_container", "save_quality", "save_audio", "save_watermark"]
    wanted += ["save_watermark_text", "save_gaps", "save_medium", "save_way", "save_ok"]
    order = [each.objectName() for each in reached]
    places = [order.index(name) for name in wanted]
    start = wanted.index("save_in")
    assert places[start:] == sorted(places[start:])
    letters = [
        each.text()[each.text().index("&") + 1].lower()
        for each in dialog.findChildren(QWidget)
        if isinstance(getattr(each, "text", None), type(dialog.ok.text)) and "&" in each.text()
    ]
    assert len(letters) == len(set(letters))


def test_a_text_is_burned_in_whole_or_nothing_starts(desk: Desk) -> None:
    long = [replace(ALL[0], name="Gate"), replace(ALL[1], name="Corridor " * 5)]
    dialog = desk.open(IDS[0], known=long)
    desk.settle(dialog)
    options = dialog.options
    assert options.watermark_preview.isHidden()
    assert options.watermark_preview.text() == ""
    options.watermark.setChecked(True)
    options.watermark_text.setText(" ")
    assert "There is no text to burn in." in dialog.summary.text(Weight.STOP)
    assert not dialog.ok.isEnabled()
    options.watermark_text.setText("A" * 160 + "{camera}")
    assert dialog.ok.isEnabled()
    assert options.watermark_preview.text().endswith("AGate")
    dialog.cameras.rows.tick(IDS[:2])
    assert "would have 205 characters for Corridor" in dialog.summary.text(Weight.STOP)
    assert not dialog.ok.isEnabled()
    options.watermark.setChecked(False)
    assert dialog.ok.isEnabled()
    assert options.watermark_preview.isHidden()


def test_answers_are_told_together_and_lists_do_not_describe_what_nobody_sees(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk.opened(*IDS)
    rows, inquiry = dialog.cameras.rows, dialog._inquiry
    planned: list[object] = []
    described: list[object] = []
    painted: list[object] = []
    monkeypatch.setattr(dialog_module, "plan_pieces", lambda *of: planned.append(of) or SavePlan())
    monkeypatch.setattr(wording, "coverage_long", lambda *of, **_: described.append(of) or "")
    rows.dataChanged.connect(lambda *of: painted.append(of))
    for camera_id in IDS:
        inquiry.coverage_found.emit(Availability(camera_id, FIVE))
        assert rows.index(0, 1).data() == "All"
    inquiry.experience_found.emit(Experience())
    inquiry.target_found.emit(SaveTarget(dialog.options.folder_path))
    assert len(planned) <= 1
    assert len(painted) <= 1
    assert len(described) <= 1
    assert rows.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == ""


def test_whoever_waits_at_the_button_keeps_the_focus_there(desk: Desk) -> None:
    dialog = desk.opened()
    dialog.ok.setFocus()
    dialog.options.audio.toggle()
    dialog._update()
    assert dialog.focusWidget() is dialog.ok
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert len(desk.orders) == 1


def test_several_cameras_are_not_called_one_file_while_a_name_is_wrong(desk: Desk) -> None:
    dialog = desk.opened(*IDS[:2])
    package, names = dialog.options.package, dialog.options.names
    names.setText("{camera} {foo}")
    assert "unknown field" in dialog.summary.text(Weight.STOP)
    assert package.isEnabled()
    assert package.placeholderText() == ""
    dialog.cameras.rows.tick(IDS[:1])
    names.setText("{camera}")
    assert package.placeholderText() == "One file goes into the folder itself"
    assert not package.isEnabled()


def test_a_name_that_is_being_typed_stays_in_its_field_whatever_is_answered(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.scout.recorded.clear()
    desk.scout.covered[IDS[1]] = Availability(IDS[1], FIVE, gaps=(Gap(FIVE, ""),))
    dialog = desk.open(*IDS[:2])
    dialog.activateWindow()
    dialog.options.package.setFocus()
    qtbot.waitUntil(dialog.options.package.hasFocus)
    QTest.keyClicks(dialog.focusWidget(), "Case")
    desk.scout.recorded.set()
    qtbot.waitUntil(lambda: "left out" in dialog.summary.text(Weight.WARNING))
    QTest.keyClicks(dialog.focusWidget(), " 17")
    assert dialog.options.package.text() == "Case 17"
    assert dialog.options.names.text() == SaveChoices().name_template


def test_a_quick_second_click_does_not_save_twice(desk: Desk) -> None:
    dialog = desk.opened()
    window, middle = dialog.windowHandle(), dialog.ok.rect().center()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(
            window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            dialog.ok.mapTo(dialog, middle),
        )
    assert len(desk.orders) == 1


def test_a_quick_second_click_takes_the_tick_away(desk: Desk) -> None:
    dialog = desk.opened()
    view = dialog.cameras.list
    middle = view.visualRect(view.model().index(1, 0)).center().y()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, middle))
        assert len(dialog.cameras.chosen) == (2 if click is QTest.mouseClick else 1)


@pytest.mark.parametrize("mirrored", [False, True])
def test_what_is_told_keeps_away_from_the_bar_that_scrolls_it(
    desk: Desk, *, mirrored: bool
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sides = Qt.LayoutDirection
    app.setLayoutDirection(sides.RightToLeft if mirrored else sides.LeftToRight)
    try:
        dialog = desk.opened(choices=SaveChoices(watermark=True, watermark_text="{who}"))
    finally:
        app.setLayoutDirection(sides.LeftToRight)
    inside = dialog.summary.widget()
    box = dialog.findChild(QWidget, "warning_box")
    left, right = box.x(), inside.width() - box.geometry().right() - 1
    assert (left > 0, right > 0) == (mirrored, not mirrored)
    themes.dress(dialog, themes.DARK_THEME)
    picture, middle = box.grab().toImage(), box.height() // 2
    edges = [picture.pixelColor(x, middle).name() for x in (1, picture.width() - 2)]
    yellow = themes.DARK_THEME.colours.warning
    assert [edge == yellow for edge in edges] == [not mirrored, mirrored]


def test_several_warnings_are_told_apart(desk: Desk) -> None:
    dialog = desk.opened(choices=SaveChoices(watermark=True, watermark_text="{who}"))
    one = dialog.summary.text(Weight.WARNING)
    assert one.startswith("Nobody fills in")
    dialog.options.way.setCurrentIndex(1)
    first, second = dialog.summary.text(Weight.WARNING).splitlines()
    assert first.startswith('\N{BULLET} "Download now" is not possible')
    assert second == f"\N{BULLET} {one}"
