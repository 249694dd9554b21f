from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.core.moment import in_words
from rta_viewer.core.playback import REVERSE_SPEEDS, SPEEDS
from rta_viewer.core.texts import plain
from rta_viewer.qt.language import speak
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.transport.panel import TransportPanel
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS, RunningClock


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> TransportPanel:
    panel = TransportPanel(theme, ZoneInfo("Europe/Copenhagen"), RunningClock())
    qtbot.addWidget(panel)
    panel.resize(1280, 44)
    panel.show()
    return panel


def button(panel: TransportPanel, name: str) -> QToolButton:
    return panel.findChild(QToolButton, name)


def test_it_fits_a_small_screen(panel: TransportPanel) -> None:
    panel.cut.set_cut(Cut(NOW_MS, NOW_MS + 45 * MINUTE_MS))
    panel.speed.set_reached(3.98)
    assert panel.minimumSizeHint().width() <= 1280


@pytest.mark.parametrize(
    ("name", "by_ms"),
    [
        ("transport_back_1m", -MINUTE_MS),
        ("transport_back_5s", -5000),
        ("transport_forward_5s", 5000),
        ("transport_forward_1m", MINUTE_MS),
    ],
)
def test_jumps(qtbot: QtBot, panel: TransportPanel, name: str, by_ms: int) -> None:
    with qtbot.waitSignal(panel.jumped) as caught:
        button(panel, name).click()
    assert caught.args == [by_ms]


def test_steps_recordings_and_play(qtbot: QtBot, panel: TransportPanel) -> None:
    for name, signal, args in (
        ("transport_step_back", panel.stepped, [-1]),
        ("transport_step_forward", panel.stepped, [1]),
        ("transport_previous_recording", panel.recording_requested, [-1]),
        ("transport_next_recording", panel.recording_requested, [1]),
        ("transport_play", panel.play_toggled, []),
    ):
        with qtbot.waitSignal(signal) as caught:
            button(panel, name).click()
        assert caught.args == args


def test_the_play_button_says_what_it_would_do(panel: TransportPanel) -> None:
    panel.set_playing(True)
    assert panel.play.accessibleName().startswith("Pause")
    panel.set_playing(False)
    assert panel.play.accessibleName().startswith("Play")


def test_speeds(qtbot: QtBot, panel: TransportPanel) -> None:
    with qtbot.waitSignal(panel.speed.speed_chosen) as caught:
        button(panel, "speed_8").click()
    assert caught.args == [8.0]
    actions = button(panel, "speed_more").menu().actions()
    offered = {action.data() for action in actions} | {1.0, 2.0, 4.0, 8.0}
    assert offered == {*SPEEDS, *REVERSE_SPEEDS}
    with qtbot.waitSignal(panel.speed.speed_chosen) as caught:
        next(action for action in actions if action.data() == 0.25).trigger()
    assert caught.args == [0.25]
    assert button(panel, "speed_more").isChecked()
    assert button(panel, "speed_more").text() == "0.25x"
    for speed in REVERSE_SPEEDS:
        with qtbot.waitSignal(panel.speed.speed_chosen) as caught:
            button(panel, f"speed_back_{-speed:g}").click()
        assert caught.args == [speed]
    panel.speed.set_reached(-3.94)
    reached = panel.findChild(QLabel, "transport_effective_speed")
    assert reached.text() == "= \N{MINUS SIGN}3.9x"
    panel.speed.set_reached(7.66)
    assert panel.findChild(QLabel, "transport_effective_speed").text() == "= 7.7x"


def test_backwards_has_buttons_where_there_is_room_and_is_in_the_menu_where_not(
    qtbot: QtBot, panel: TransportPanel
) -> None:
    panel.resize(1900, 44)
    qtbot.waitUntil(button(panel, "speed_back_8").isVisible)
    assert panel.skip_gaps.isVisible()
    panel.speed.set_speed(-2.0)
    assert button(panel, "speed_back_2").isChecked()
    panel.resize(1000, 44)
    qtbot.waitUntil(lambda: not button(panel, "speed_back_8").isVisible())
    assert button(panel, "speed_more").isChecked()
    assert button(panel, "speed_more").text() == "\N{MINUS SIGN}2x"


def test_going_to_a_typed_time_in_the_shown_zone(qtbot: QtBot, panel: TransportPanel) -> None:
    edit = panel.findChild(QLineEdit, "goto_edit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "2025-10-24 12:00:00")
    with qtbot.waitSignal(panel.go_to.go_to_requested) as caught:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert caught.args == [NOW_MS]
    button(panel, "zone_utc").click()
    edit.setText("2025-10-24 12:00:00")
    with qtbot.waitSignal(panel.go_to.go_to_requested) as caught:
        button(panel, "goto_button").click()
    assert caught.args == [NOW_MS + 120 * MINUTE_MS]


@pytest.mark.parametrize(
    ("text", "words", "instant"),
    [
        ("24/10/2025 11:00", "Friday 24 October 2025, 11:00:00 +02:00", NOW_MS - 60 * MINUTE_MS),
        ("-30m", "11:20:00 +02:00  (30m before the playhead)", NOW_MS - 40 * MINUTE_MS),
        ("2025-10-24T09:00:00Z", "11:00:00 +02:00", NOW_MS - 60 * MINUTE_MS),
        ("yesterday 12:00", "Thursday 23 October 2025, 12:00:00 +02:00  (yesterday)",
         NOW_MS - 24 * HOUR_MS),
    ],
)  # fmt: skip
def test_it_says_what_it_understood_before_it_jumps(
    qtbot: QtBot, panel: TransportPanel, text: str, words: str, instant: int
) -> None:
    went: list[int] = []
    panel.go_to.go_to_requested.connect(went.append)
    panel.go_to.set_instant(NOW_MS - 10 * MINUTE_MS)
    panel.go_to.start()
    assert "yesterday 14:05" in panel.go_to.preview.text()
    QTest.keyClicks(panel.go_to.edit, text)
    assert panel.go_to.preview.isVisible()
    assert words in panel.go_to.preview.text()
    assert went == []
    QTest.keyClick(panel.go_to.edit, Qt.Key.Key_Return)
    assert went == [instant]
    assert not panel.go_to.preview.isVisible()


def test_a_time_that_happens_twice_offers_both(panel: TransportPanel) -> None:
    panel.go_to.edit.setFocus()
    panel.go_to.edit.selectAll()
    QTest.keyClicks(panel.go_to.edit, "26/10/2025 02:30")
    assert "happens twice" in panel.go_to.preview.text()
    assert "2025-10-26T02:30:00+01:00 for the second" in panel.go_to.preview.text()
    assert panel.go_to.preview.property("level") == "wrong"


def test_a_wrong_time_is_refused_with_a_hint_and_stays_to_be_mended(
    qtbot: QtBot, panel: TransportPanel
) -> None:
    edit = panel.go_to.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "yesterdayish")
    with qtbot.waitSignal(panel.go_to.refused) as caught:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert caught.args[0].hint
    assert edit.property("invalid") == "true"
    panel.go_to.set_instant(NOW_MS)
    assert edit.text() == "yesterdayish"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "2025-10-24 12:00:00"
    assert edit.property("invalid") == "false"


def test_the_box_follows_the_playhead_unless_somebody_types(panel: TransportPanel) -> None:
    panel.go_to.set_instant(NOW_MS + 0.0)
    assert panel.go_to.edit.text() == "2025-10-24 12:00:00"
    panel.go_to.start()
    panel.go_to.edit.setModified(True)
    panel.go_to.set_instant(NOW_MS + 5000)
    assert panel.go_to.edit.text() == "2025-10-24 12:00:00"


def test_the_zone_is_chosen_by_a_switch(qtbot: QtBot, panel: TransportPanel) -> None:
    assert str(panel.zone.zone) == "Europe/Copenhagen"
    with qtbot.waitSignal(panel.zone.zone_chosen) as caught:
        button(panel, "zone_utc").click()
    assert caught.args == [UTC]
    assert panel.zone.zone is UTC


def test_the_cut_can_be_saved_only_when_it_is_whole(qtbot: QtBot, panel: TransportPanel) -> None:
    save = panel.findChild(QPushButton, "save_clip_button")
    label = panel.findChild(QLabel, "range_label")
    assert not save.isEnabled()
    panel.cut.set_cut(Cut(NOW_MS, None))
    assert not save.isEnabled()
    panel.cut.set_cut(Cut(NOW_MS, NOW_MS + 5 * MINUTE_MS))
    assert label.text() == "5 min 00 s"
    assert "In 2025-10-24 12:00:00 +02:00" in label.toolTip()
    with qtbot.waitSignal(panel.cut.save_requested):
        save.click()
    for name, signal in (
        ("in_button", panel.cut.in_marked),
        ("out_button", panel.cut.out_marked),
        ("range_clear", panel.cut.range_cleared),
    ):
        with qtbot.waitSignal(signal):
            button(panel, name).click()


def test_arabic_is_understood_and_answered(
    panel: TransportPanel, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: speak(qapp, QLocale("en_US")))
    speak(qapp, QLocale("ar_EG"))
    panel.go_to.set_instant(NOW_MS)
    panel.go_to.start()
    panel.go_to.edit.setText("قبل ١٠ دقائق")  # noqa: RUF001 - Arabic-Indic digits are what is tested
    panel.go_to.edit.textEdited.emit(panel.go_to.edit.text())
    said = panel.go_to.preview.text()
    assert panel.go_to.preview.property("level") == "understood"
    assert "قبل الآن" in said
    assert plain(in_words(NOW_MS - 10 * MINUTE_MS, panel.zone.zone)) in plain(said)
