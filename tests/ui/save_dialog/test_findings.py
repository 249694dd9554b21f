"""What is told before saving, and what stands in the way."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Gap,
    Recording,
)
from rta_viewer.core.save_choices import GapPolicy, SaveChoices
from rta_viewer.core.save_estimate import Experience, SaveTarget
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import plan_pieces
from rta_viewer.core.spans import Span
from rta_viewer.ui.save_dialog.wording import Weight
from tests.helpers.save_desk import ALL, FIVE, HOUR, IDS, STREAM, Desk, half, write
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, cameras


def test_a_download_by_hand_that_would_be_refused_becomes_an_export_and_says_so(
    desk: Desk,
) -> None:
    dialog = desk.opened(span=HOUR, choices=SaveChoices(way=JobKind.CLIP))
    assert dialog.summary.reason.text() == "Export, because it is 30 minutes or longer."
    told = '"Download now" is not possible for 1 file: it becomes an export on the server.'
    assert dialog.summary.text(Weight.WARNING) == told
    dialog.ok.click()
    (piece,) = plan_pieces(desk.orders[0]).pieces
    assert piece.route.kind is JobKind.EXPORT
    short = desk.opened(choices=SaveChoices(way=JobKind.CLIP))
    assert short.summary.text(Weight.WARNING) == ""


def test_a_file_for_each_stretch_waits_until_the_stretches_are_known(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.scout.recorded.clear()
    desk.scout.covered[IDS[0]] = half(IDS[0])
    dialog = desk.open(choices=SaveChoices(gaps=GapPolicy.APART))
    qtbot.waitUntil(lambda: dialog.summary.room.text().endswith("there."))
    assert "until it is known what was recorded" in dialog.summary.text(Weight.NOTE)
    QTest.keyClick(dialog.range.start, Qt.Key.Key_Return)
    assert not desk.orders
    dialog.options.gaps.setCurrentIndex(0)
    assert dialog.ok.isEnabled()
    dialog.options.gaps.setCurrentIndex(1)
    assert not dialog.ok.isEnabled()
    desk.scout.recorded.set()
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert "until it is known" not in dialog.summary.text(Weight.NOTE)
    dialog.ok.click()
    assert len(plan_pieces(desk.orders[0]).pieces) == 2


def test_a_size_that_the_server_will_still_tell_is_waited_for(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.recorded.clear()
    stored = Recording(FIVE, size_bytes=60_000_000_000)
    desk.scout.covered[IDS[0]] = Availability(IDS[0], FIVE, (stored,))
    dialog = desk.open(known=[replace(ALL[0], streams=()), ALL[1]])
    qtbot.waitUntil(lambda: dialog.summary.room.text().endswith("there."))
    assert not dialog.ok.isEnabled()
    assert "until it is known what was recorded" in dialog.summary.text(Weight.NOTE)
    QTest.keyClick(dialog.range.start, Qt.Key.Key_Return)
    desk.scout.recorded.set()
    qtbot.waitUntil(lambda: "needs about 60.00 GB" in dialog.summary.text(Weight.STOP))
    assert "until it is known" not in dialog.summary.text(Weight.NOTE)
    desk.scout.covered[IDS[0]] = Availability(IDS[0], FIVE, (Recording(FIVE),))
    write(dialog.range.end, "+4m")
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.summary.headline.text().startswith("1 file, size not known")
    assert not desk.orders


def test_whoever_does_not_say_what_was_recorded_gets_one_file_and_that_is_said(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.scout.covered[IDS[0]] = half(IDS[0])
    silent = Availability(IDS[1], FIVE, state=AvailabilityState.NO_ANSWER)
    desk.scout.covered[IDS[1]] = silent
    dialog = desk.opened(*IDS[:2], choices=SaveChoices(gaps=GapPolicy.APART))
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert (
        "It is not known what Reception recorded: one file for each camera, whatever gaps it has."
    ) in dialog.summary.text(Weight.WARNING)
    dialog.options.gaps.setCurrentIndex(0)
    assert "not known what" not in dialog.summary.text(Weight.WARNING)


def test_a_range_that_is_still_to_come_is_told_where_the_server_says_nothing(
    desk: Desk, qtbot: QtBot
) -> None:
    late = Span(NOW_MS - 5 * MINUTE_MS, NOW_MS + 5 * MINUTE_MS)
    for span, told in (
        (late, "The range ends in the future"),
        (FIVE, "The range is in the future"),
        (Span(late.start_ms, NOW_MS), ""),
    ):
        silent = Availability(IDS[0], span, state=AvailabilityState.NOT_OFFERED)
        desk.scout.covered[IDS[0]] = silent
        dialog = desk.opened(span=span)
        assert dialog.summary.text(Weight.WARNING).startswith(told)
        assert ("future" in dialog.summary.text(Weight.WARNING)) is bool(told)
        dialog.reject()
    desk.scout.covered.clear()
    known = desk.opened(span=late)
    assert known.summary.text(Weight.WARNING) == ""


def test_what_stops_is_not_a_warning_too(desk: Desk) -> None:
    desk.scout.covered[IDS[0]] = Availability(IDS[0], FIVE, gaps=(Gap(FIVE, ""),))
    dialog = desk.opened()
    assert dialog.summary.text(Weight.STOP).startswith("Nothing was recorded in this time.")
    assert dialog.summary.text(Weight.WARNING) == ""
    dialog.reject()
    desk.scout.covered.clear()
    desk.scout.largest_file_bytes = 4 * 1024**3 - 1
    unsized = [ALL[0], replace(ALL[1], streams=())]
    large = desk.open(*IDS[:2], known=unsized, span=Span(NOW_MS, NOW_MS + 120 * MINUTE_MS))
    desk.settle(large)
    assert "FAT32" in large.summary.text(Weight.STOP)
    assert "FAT32" not in large.summary.text(Weight.WARNING)


def test_nothing_starts_that_cannot_fit(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.free_bytes = 100_000_000
    dialog = desk.opened(span=HOUR)
    assert dialog.summary.text(Weight.STOP).startswith(
        "This needs about 3.60 GB, and 100.0 MB are free there; 67.1 MB have to stay free."
    )
    assert not dialog.ok.isEnabled()
    QTest.keyClick(dialog.range.start, Qt.Key.Key_Return)
    assert not desk.orders
    desk.scout.free_bytes = 50_000_000_000
    dialog.options.folder.setText(str(dialog.options.folder_path / "other"))
    qtbot.waitUntil(dialog.ok.isEnabled)


def test_what_was_answered_in_the_last_moment_counts(desk: Desk) -> None:
    dialog = desk.opened()
    assert dialog.ok.isEnabled()
    folder = dialog.options.folder_path
    # The first of two is told at once, the other one a moment later.
    for free_bytes in (50_000_000_000, 1_000):
        dialog._inquiry.target_found.emit(SaveTarget(folder, free_bytes))
    dialog.ok.click()
    assert "1 kB are free" in dialog.summary.text(Weight.STOP)
    assert "1 kB are free" in dialog.summary.accessibleDescription()
    assert not desk.orders


def test_fat32_is_told_before_and_not_after(desk: Desk, qtbot: QtBot) -> None:
    desk.scout.largest_file_bytes = 4 * 1024**3 - 1
    two_hours = Span(NOW_MS, NOW_MS + 120 * MINUTE_MS)
    dialog = desk.opened(span=two_hours)
    assert "FAT32 and holds no file above 4 GiB" in dialog.summary.text(Weight.STOP)
    near = desk.opened(span=Span(NOW_MS, NOW_MS + 70 * MINUTE_MS))
    assert "FAT32" in near.summary.text(Weight.WARNING)
    assert near.ok.isEnabled()
    far = desk.opened()
    assert "FAT32" not in far.summary.text(Weight.WARNING)
    unsized = desk.open(known=[replace(ALL[0], streams=()), ALL[1]])
    qtbot.waitUntil(unsized.ok.isEnabled)
    assert "4 GiB; sizes are not all known" in unsized.summary.text(Weight.WARNING)


def test_a_path_that_others_cannot_open_is_told_beforehand(desk: Desk) -> None:
    desk.scout.longest_path_chars = 259
    dialog = desk.opened(*IDS[:2])
    assert dialog.summary.text(Weight.WARNING) == ""
    dialog.options.package.setText("Case 17 " + "x" * 100)
    dialog.options.names.setText("{camera} " + "y" * 100)
    said = dialog.summary.text(Weight.WARNING)
    assert "open none above 259" in said
    order = dialog.order()
    assert order is not None
    longest = max(
        len(str(order.folder / dialog.options.package.text() / piece.file_name))
        for piece in plan_pieces(order).pieces
    )
    assert f"would have {longest} characters" in said
    dialog.options.package.setText("Case 17")
    dialog.options.names.setText("{camera}")
    assert dialog.summary.text(Weight.WARNING) == ""
    desk.scout.longest_path_chars = None


def test_what_players_and_links_cannot_is_told(desk: Desk) -> None:
    desk.scout.known = Experience(bytes_per_s=30_000.0, pace=100.0)
    window = Recording(HOUR, codec="H265")
    desk.scout.covered[IDS[0]] = Availability(IDS[0], HOUR, (window,))
    dialog = desk.opened(span=HOUR)
    said = dialog.summary.text(Weight.WARNING)
    assert "Main entrance: recorded as H.265" in said
    assert "Fetching takes about 1 d 9 h, and links end 24 hours" in said
    dialog.options.quality.setCurrentIndex(1)
    assert "H.265" not in dialog.summary.text(Weight.WARNING)
    dialog.options.watermark.setChecked(True)
    dialog.options.watermark_text.setText("{camera} {who}")
    assert "Nobody fills in {who}" in dialog.summary.text(Weight.WARNING)


def test_volumes_need_their_room_too(desk: Desk) -> None:
    day = Span(NOW_MS, NOW_MS + 180 * MINUTE_MS)
    desk.scout.free_bytes = 15_000_000_000
    dialog = desk.opened(span=day)
    assert dialog.ok.isEnabled()
    dialog.options.medium.setCurrentIndex(2)
    assert "about 21.60 GB" in dialog.summary.text(Weight.STOP)
    assert dialog.options.choices.medium is Medium.DVD


def test_hundreds_of_cameras_are_not_all_looked_up_and_that_is_said(
    desk: Desk, qtbot: QtBot
) -> None:
    many = [replace(camera, streams=(STREAM,)) for camera in cameras(100)]
    dialog = desk.open(known=many)
    dialog.cameras.rows.tick_shown()
    qtbot.waitUntil(lambda: dialog.cameras.rows.index(63, 1).data() == "All")
    qtbot.waitUntil(lambda: dialog.summary.headline.text().startswith("100 files"))
    assert dialog.cameras.rows.index(64, 1).data() == ""
    assert "first 64 cameras" in dialog.summary.text(Weight.WARNING)
    qtbot.waitUntil(dialog.ok.isEnabled)


def test_whoever_orders_more_than_the_server_prepares_at_once_hears_that_the_rest_waits(
    desk: Desk, qtbot: QtBot
) -> None:
    dialog = desk.opened(*IDS[:10], span=HOUR)
    qtbot.waitUntil(lambda: dialog.summary.headline.text().startswith("10 files"))
    assert "at a time" not in dialog.summary.text(Weight.NOTE)
    dialog.cameras.rows.tick(IDS[:11])
    assert "prepares 10 at a time; the others wait" in dialog.summary.text(Weight.NOTE)
