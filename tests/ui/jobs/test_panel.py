from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobKind, JobState, PauseCause
from rta_viewer.core.spans import Span
from rta_viewer.ui.jobs.commands import Command, Wish
from rta_viewer.ui.jobs.filter_bar import _short
from rta_viewer.ui.jobs.groups import Group
from rta_viewer.ui.jobs.panel import JobsPanel
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.theme.theme import LIGHT_THEME, Theme
from tests.helpers.ui_world import NOW_MS, job

KEY = Qt.Key
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW_MS)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, clock: ManualClock) -> JobsPanel:
    panel = JobsPanel(theme, clock)
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    return panel


def button(panel: JobsPanel, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def shown(panel: JobsPanel) -> list[str]:
    found = [panel.model.job_at(row) for row in range(panel.model.rowCount())]
    return [one.job_id for one in found if one is not None]


def test_the_search_is_cleared_by_its_button_which_then_goes(
    panel: JobsPanel, qtbot: QtBot, theme: Theme
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.styleSheet()
    themes.apply(app, theme)
    search = panel.filters.search
    QTest.keyClicks(search, "gate")
    clear = search.findChild(QToolButton)
    assert isinstance(clear, QToolButton)
    qtbot.waitUntil(lambda: clear.property("opacity") == 1)
    assert search.rect().contains(clear.geometry())
    assert abs(search.rect().center().y() - clear.geometry().center().y()) <= 1
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert search.text() == ""
    qtbot.waitUntil(lambda: not clear.isVisible())
    app.setStyleSheet(before)


def test_who_goes_to_the_search_finds_it_prepared(panel: JobsPanel, qtbot: QtBot) -> None:
    panel.model.set_jobs([job(1), job(2)])
    texts = panel.model._searched._texts
    assert not texts
    panel.focus_search()
    qtbot.waitUntil(lambda: sorted(texts) == ["job-1", "job-2"])


def test_the_first_is_chosen_and_stays_so_wherever_it_goes(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1), job(2)])
    assert panel.current_job == job(1)
    panel.select("job-2")
    done = job(2, JobState.DONE)
    panel.model.update_jobs([done, job(3, JobState.QUEUED)])
    assert panel.current_job == done
    assert panel.chosen == [done]
    panel.model.set_jobs([job(1), done, job(4)])
    assert panel.current_job == done


@pytest.mark.parametrize(
    ("state", "enabled"),
    [
        (JobState.FETCHING, {"job_pause", "job_cancel"}),
        (JobState.QUEUED, {"job_pause", "job_cancel", "job_elsewhere"}),
        (JobState.PAUSED, {"job_resume", "job_cancel", "job_elsewhere"}),
        (JobState.FAILED, {"job_retry"}),
        (JobState.DONE, {"job_open_file"}),
        (JobState.DIFFERS, {"job_retry", "job_open_file"}),
    ],
)
def test_only_what_makes_sense_can_be_clicked(
    panel: JobsPanel, state: JobState, enabled: set[str]
) -> None:
    panel.model.set_jobs([job(1, state)])
    assert offered(panel) == enabled | {"job_open_folder", "job_show", "job_details"}


def offered(panel: JobsPanel) -> set[str]:
    buttons = [one for one in panel.findChildren(QToolButton) if one.objectName()[:4] == "job_"]
    return {one.objectName() for one in buttons if one.isEnabled() and one.isVisible()}


@pytest.mark.parametrize("words", ["", "clip"])
def test_only_where_another_one_waits_can_a_job_be_moved(panel: JobsPanel, words: str) -> None:
    moves = {"job_up", "job_down", "job_front"}
    states = (JobState.FETCHING, JobState.QUEUED, JobState.PAUSED, JobState.QUEUED)
    panel.model.set_jobs([job(number, state) for number, state in enumerate(states)])
    panel.filters.search.setText(words)
    for chosen, wanted in (
        ("job-0", set[str]()),
        ("job-1", {"job_down"}),
        ("job-2", moves),
        ("job-3", {"job_up", "job_front"}),
    ):
        panel.select(chosen)
        assert offered(panel) & moves == wanted, chosen
    panel.model.update_jobs([job(1), job(2, JobState.DONE)])
    assert not offered(panel) & moves


def test_a_short_file_has_a_button_for_the_rest(qtbot: QtBot, panel: JobsPanel) -> None:
    short = job(1, JobState.DIFFERS, missing=Span(NOW_MS - 5000, NOW_MS))
    panel.model.set_jobs([short])
    assert not button(panel, "job_pause").isVisible()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.mouseClick(button(panel, "job_fetch_rest"), Qt.MouseButton.LeftButton)
    assert caught.args == [Wish(Command.FETCH_REST, (short,))]


CLICKS = [
    ("job_pause", JobState.FETCHING, Command.PAUSE),
    ("job_resume", JobState.PAUSED, Command.RESUME),
    ("job_cancel", JobState.FETCHING, Command.CANCEL),
    ("job_retry", JobState.FAILED, Command.RETRY),
    ("job_elsewhere", JobState.PAUSED, Command.ELSEWHERE),
    ("job_front", JobState.QUEUED, Command.FRONT),
    ("job_up", JobState.QUEUED, Command.UP),
    ("job_down", JobState.QUEUED, Command.DOWN),
    ("job_show", JobState.DONE, Command.SHOW),
    ("job_details", JobState.DONE, Command.DETAILS),
]


@pytest.mark.parametrize(("name", "state", "command"), CLICKS)
def test_buttons_speak_of_the_chosen_job(
    qtbot: QtBot, panel: JobsPanel, name: str, state: JobState, command: Command
) -> None:
    panel.model.set_jobs([job(number, state) for number in (1, 2, 3)])
    panel.select("job-2")
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)
    assert caught.args == [Wish(command, (job(2, state),))]


def test_files_and_folders_are_opened(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1, JobState.DIFFERS)])
    for name, signal, args in (
        ("job_open_folder", panel.folder_open_requested, [Path("clips")]),
        ("job_open_file", panel.file_open_requested, [Path("clips/clip 1.mp4")]),
    ):
        with qtbot.waitSignal(signal) as caught:
            button(panel, name).click()
        assert caught.args == args
    place = panel.view.visualRect(panel.model.index(0, 0)).center()
    with qtbot.waitSignal(panel.file_open_requested):
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
        QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, NONE, place)


def test_a_double_click_on_what_is_no_file_yet_tells_about_it(
    qtbot: QtBot, panel: JobsPanel
) -> None:
    panel.model.set_jobs([job(1)])
    place = panel.view.visualRect(panel.model.index(0, 0)).center()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
        QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert caught.args == [Wish(Command.DETAILS, (job(1),))]


KEYS = [
    (KEY.Key_P, NONE, JobState.FETCHING, Command.PAUSE),
    (KEY.Key_P, NONE, JobState.PAUSED, Command.RESUME),
    (KEY.Key_Delete, SHIFT, JobState.FETCHING, Command.CANCEL),
    (KEY.Key_R, NONE, JobState.FAILED, Command.RETRY),
    (KEY.Key_Home, ALT, JobState.QUEUED, Command.FRONT),
    (KEY.Key_Up, ALT, JobState.QUEUED, Command.UP),
    (KEY.Key_Down, ALT, JobState.QUEUED, Command.DOWN),
    (KEY.Key_C, CTRL, JobState.QUEUED, Command.COPY_PATH),
    (KEY.Key_T, NONE, JobState.DONE, Command.SHOW),
    (KEY.Key_Return, ALT, JobState.DONE, Command.DETAILS),
]


@pytest.mark.parametrize(("key", "modifiers", "state", "command"), KEYS)
def test_keys_do_the_same(
    qtbot: QtBot,
    panel: JobsPanel,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    state: JobState,
    command: Command,
) -> None:
    panel.model.set_jobs([job(number, state) for number in (1, 2, 3)])
    panel.select("job-2")
    panel.view.setFocus()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.keyClick(panel.view, key, modifiers)
    assert caught.args[0].command is command


def test_return_opens_the_file_and_ctrl_return_its_folder(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1, JobState.DONE)])
    panel.view.setFocus()
    with qtbot.waitSignal(panel.file_open_requested):
        QTest.keyClick(panel.view, KEY.Key_Return)
    with qtbot.waitSignal(panel.folder_open_requested):
        QTest.keyClick(panel.view, KEY.Key_Return, CTRL)


def test_several_are_chosen_and_paused_together(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1), job(2, JobState.DONE), job(3, JobState.QUEUED)])
    panel.view.setFocus()
    QTest.keyClick(panel.view, KEY.Key_A, CTRL)
    assert len(panel.chosen) == 3
    assert not button(panel, "job_details").isEnabled()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.keyClick(panel.view, KEY.Key_P)
    assert caught.args == [Wish(Command.PAUSE, (job(1), job(3, JobState.QUEUED)))]


def test_one_key_pauses_and_resumes_also_where_both_could_be_done(
    qtbot: QtBot, panel: JobsPanel
) -> None:
    held = job(2, JobState.PAUSED, pause_cause=PauseCause.OPERATOR)
    panel.model.set_jobs([job(1), held])
    panel.view.selectAll()
    panel.view.setFocus()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.keyClick(panel.view, KEY.Key_P)
    assert caught.args == [Wish(Command.PAUSE, (job(1),))]
    assert {"Pause", "Resume"} <= set(menu_texts(panel))


def test_what_waits_for_room_is_first_offered_to_go_on(qtbot: QtBot, panel: JobsPanel) -> None:
    full = job(2, JobState.PAUSED, pause_cause=PauseCause.STORAGE)
    panel.model.set_jobs([full])
    panel.view.selectAll()
    panel.view.setFocus()
    with qtbot.waitSignal(panel.wished) as caught:
        QTest.keyClick(panel.view, KEY.Key_P)
    assert caught.args == [Wish(Command.RESUME, (full,))]
    assert {"Pause", "Resume"} <= set(menu_texts(panel))


def menu_texts(panel: JobsPanel) -> list[str]:
    at = panel.view.visualRect(panel.view.currentIndex()).center()
    where = panel.view.viewport().mapToGlobal(at)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(panel.view.viewport(), QContextMenuEvent(reason, at, where))
    menu = panel.findChild(QMenu, "jobs_menu")
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.hide()
    QApplication.sendPostedEvents(None, 52)
    return texts


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_offers_what_makes_sense(panel: JobsPanel) -> None:
    short = job(1, JobState.DIFFERS, missing=Span(NOW_MS - 5000, NOW_MS))
    panel.model.set_jobs([short])
    assert menu_texts(panel) == [
        "Open the file",
        "Open the folder",
        "Copy the path",
        "Copy to a drive\N{HORIZONTAL ELLIPSIS}",
        "Show on the timeline",
        "Details and history\N{HORIZONTAL ELLIPSIS}",
        "Try again",
        "Fetch the rest",
        "Remove from the list",
    ]
    panel.model.set_jobs([job(1, JobState.FAILED, kind=JobKind.EXPORT, server_state="expired")])
    texts = menu_texts(panel)
    assert "Create again" in texts
    assert "Fetch the rest" not in texts


def test_buttons_count_and_filter(panel: JobsPanel) -> None:
    states = (JobState.QUEUED, JobState.FETCHING, JobState.DONE, JobState.FAILED)
    panel.model.set_jobs([job(number, state) for number, state in enumerate(states)])
    assert button(panel, "jobs_filter_all").text() == "4\nAll"
    for name, found in (
        ("queue", ["job-0"]),
        ("running", ["job-1"]),
        ("done", ["job-2"]),
        ("failed", ["job-3"]),
    ):
        chosen = button(panel, f"jobs_filter_{name}")
        assert chosen.text().startswith("1\n")
        chosen.click()
        assert shown(panel) == found
    panel.model.update_jobs([job(3, JobState.QUEUED)])
    assert shown(panel) == []
    assert not panel.view.isVisible()
    panel.select("job-2")
    assert len(shown(panel)) == 4
    assert panel.current_job == job(2, JobState.DONE)


def test_what_failed_is_marked_and_large_counts_are_short(panel: JobsPanel) -> None:
    failed = button(panel, "jobs_filter_failed")
    panel.model.set_jobs([job(1)])
    assert not failed.property("alarm")
    panel.model.update_jobs([job(1, JobState.FAILED)])
    assert failed.property("alarm")
    panel.model.update_jobs([job(1, JobState.QUEUED)])
    assert not failed.property("alarm")
    assert [_short(count) for count in (0, 12_345, 123_456)] == ["0", "12,345", "123k"]


def test_a_menu_that_the_keyboard_opens_is_at_the_chosen_row(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(number) for number in range(4)])
    panel.select("job-2")
    view = panel.view
    row = view.visualRect(view.currentIndex())
    there = view.viewport().mapToGlobal(row.center())
    assert view.menu_point(QPoint(0, 0)) == there
    inside = row.topLeft() + QPoint(3, 3)
    assert view.menu_point(inside) == view.viewport().mapToGlobal(inside)


def test_the_search_is_typed_and_left_by_return(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1), job(2), job(13, JobState.DONE)])
    panel.focus_search()
    QTest.keyClicks(panel.filters.search, "recep")
    assert shown(panel) == ["job-1", "job-13"]
    opened: list[object] = []
    panel.file_open_requested.connect(opened.append)
    QTest.keyClick(panel.filters.search, KEY.Key_Return)
    assert panel.view.hasFocus()
    assert opened == []
    panel.filters.choose(Group.DONE)
    assert shown(panel) == ["job-13"]


def test_the_rate_limit_is_chosen(qtbot: QtBot, panel: JobsPanel) -> None:
    panel.limit.set_limit(3_000_000)
    assert panel.limit.text() == "3.0 MB/s"
    menu = panel.findChild(QMenu, "jobs_limit_menu")
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["3.0 MB/s"]
    action = next(one for one in menu.actions() if one.text() == "2.0 MB/s")
    with qtbot.waitSignal(panel.limit_chosen) as caught:
        action.trigger()
    assert caught.args == [2_000_000]
    panel.limit.set_limit(0)
    assert panel.limit.text() == "No limit"


def test_every_state_is_drawn_in_both_themes(panel: JobsPanel) -> None:
    jobs = [
        job(number, state, next_try_s=9.0 if state is JobState.FETCHING else None)
        for number, state in enumerate(JobState)
    ]
    panel.model.set_jobs(jobs)
    panel.resize(320, 1400)
    dark = panel.view.grab().toImage()
    panel.set_theme(LIGHT_THEME)
    assert panel.view.grab().toImage() != dark


def test_the_seconds_run_only_while_somebody_looks(panel: JobsPanel) -> None:
    assert not panel._tick.isActive()
    panel.model.set_jobs([job(1)])
    assert panel._tick.isActive()
    panel.hide()
    assert not panel._tick.isActive()
    panel.show()
    assert panel._tick.isActive()
    panel.model.update_jobs([job(1, JobState.DONE)])
    assert not panel._tick.isActive()


def test_each_second_a_transfer_that_stands_still_is_measured_again(
    panel: JobsPanel, clock: ManualClock
) -> None:
    moving = job(1, total_bytes=40_000_000)
    panel.model.set_jobs([moving])
    clock.advance(2)
    moving = replace(moving, received_bytes=20_000_000)
    panel.model.update_jobs([moving])
    assert panel.model.rate(moving) == 10_000_000
    for _ in range(8):
        clock.advance(1)
        panel._tick.timeout.emit()
    assert panel.model.rate(moving) == 0


def test_the_panel_does_not_grow_by_what_it_shows(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(1)])
    before = panel.minimumSizeHint().width()
    widths = []
    for state in (JobState.PAUSED, JobState.FETCHING, JobState.DONE, JobState.PAUSED):
        panel.model.update_jobs([job(1, state)])
        widths.append(panel.minimumSizeHint().width())
    assert widths == [before] * 4


def test_a_job_is_chosen_alone_while_ctrl_is_held(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(number, JobState.QUEUED) for number in range(3)])
    panel.select("job-0")
    # Until the next key, Qt takes Ctrl for held.
    QTest.keyClick(panel, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    try:
        panel.select("job-2")
        rows = panel.view.selectionModel().selectedRows()
    finally:
        QTest.keyClick(panel, Qt.Key.Key_F12)
    assert [index.row() for index in rows] == [panel.model.row_of("job-2")]


def test_what_is_chosen_for_somebody_is_seen(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(number, JobState.QUEUED) for number in range(400)])
    QApplication.sendPostedEvents()
    panel.select("job-300")
    row = panel.view.visualRect(panel.view.currentIndex())
    assert panel.view.viewport().rect().contains(row)


def in_sight(panel: JobsPanel) -> tuple[str, int]:
    """The first job that is seen, and where."""
    found = panel.model.job_at(panel.view.rowAt(0))
    assert found is not None
    return found.job_id, panel.view.rowViewportPosition(panel.view.rowAt(0))


def scrolled(panel: JobsPanel) -> tuple[str, int]:
    panel.model.set_jobs([job(number, JobState.QUEUED) for number in range(400)])
    QApplication.sendPostedEvents()
    panel.view.verticalScrollBar().setValue(100 * 78 + 30)
    assert in_sight(panel) == ("job-100", -30)
    return in_sight(panel)


def test_what_is_in_sight_stays_there_whatever_comes_and_goes_above(panel: JobsPanel) -> None:
    before = scrolled(panel)
    panel.model.update_jobs([job(500), job(501)])
    assert in_sight(panel) == before
    panel.model.update_jobs([job(300), job(7, JobState.DONE), job(8, JobState.DONE)])
    assert in_sight(panel) == before
    panel.model.remove_jobs(["job-500", "job-9", "job-350"])
    assert in_sight(panel) == before
    panel.model.update_jobs([job(100, JobState.DONE)])
    assert in_sight(panel) == ("job-101", -30)


def test_so_it_does_when_very_many_change_at_once(panel: JobsPanel) -> None:
    before = scrolled(panel)
    panel.model.update_jobs([job(number) for number in range(150, 400)])
    assert in_sight(panel) == before
    panel.model.remove_jobs([f"job-{number}" for number in range(150, 390)])
    assert in_sight(panel) == before
    assert panel.current_job == job(0, JobState.QUEUED)


def test_the_keys_stay_with_a_list_that_empties_under_its_filter(panel: JobsPanel) -> None:
    panel.model.set_jobs([job(0, JobState.QUEUED)])
    button(panel, "jobs_filter_queue").click()
    panel.view.setFocus()
    panel.model.update_jobs([job(0, JobState.FETCHING)])
    assert shown(panel) == []
    QTest.keyClick(panel.focusWidget(), KEY.Key_Space)
    assert panel.model.filter.group is Group.QUEUE
    panel.model.update_jobs([job(1, JobState.QUEUED)])
    assert panel.view.hasFocus()


def test_at_the_top_the_new_ones_are_seen(panel: JobsPanel) -> None:
    scrolled(panel)
    panel.view.verticalScrollBar().setValue(0)
    panel.model.update_jobs([job(500)])
    assert in_sight(panel) == ("job-500", 0)


def test_what_is_chosen_is_asked_once_however_much_changes(
    panel: JobsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.model.set_jobs([job(number, JobState.QUEUED) for number in range(100)])
    panel.filters.choose(Group.QUEUE)
    panel.view.selectAll()
    asked: list[int] = []
    monkeypatch.setattr(panel.commands, "update", lambda chosen: asked.append(len(chosen)))
    panel.model.update_jobs([job(number, JobState.QUEUED, hint="x") for number in range(50)])
    panel.model.update_jobs([job(number) for number in range(50)])
    panel.model.remove_jobs([f"job-{number}" for number in range(40, 60)])
    assert asked == [100, 50, 40]


def test_the_same_are_chosen_after_very_many_have_changed(panel: JobsPanel) -> None:
    jobs = [job(number, JobState.QUEUED) for number in range(300)]
    panel.model.set_jobs(jobs)
    panel.view.selectAll()
    panel.model.update_jobs([job(number) for number in range(250)])
    assert len(panel.chosen) == 300
    place = panel.view.visualRect(panel.view.currentIndex()).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
    QTest.keyClick(panel, KEY.Key_F12)
    left = panel.chosen
    assert len(left) == 299
    panel.model.set_jobs(panel.model._jobs.values())
    assert panel.chosen == left
    panel.view.clearSelection()
    panel.model.set_jobs(jobs)
    assert panel.chosen == []
