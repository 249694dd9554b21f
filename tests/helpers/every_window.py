"""The main window and every dialog, filled with all that they can show, for tests that look at all texts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.day_totals import month_days
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.examination import Examination, Point, Verdict
from rta_viewer.core.jobs import JobEvent, JobKind, JobState, PauseCause
from rta_viewer.core.model import AvailabilityState, CameraState, ConnectionSecurity, RecordingEvent
from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.save_choices import GapPolicy, SaveChoices
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import KnownServer, ServerEntry
from rta_viewer.core.spans import Span
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.calendar.month import Month
from rta_viewer.ui.close_question import CloseQuestion
from rta_viewer.ui.jobs.details import JobDetails
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.saved_files.verify_dialog import VerifyDialog
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.edit_dialog import EditServerDialog
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.cut import Cut
from rta_viewer.ui.timeline.scene import TimelineCamera
from rta_viewer.ui.timeline.segments import answer_of
from rta_viewer.ui.transport.zone_dialog import ZoneDialog
from tests.helpers.fake_scout import FakeScout
from tests.helpers.server_desk import CERTIFICATE
from tests.helpers.ui_world import (
    HOUR_MS,
    MINUTE_MS,
    NOW_MS,
    RunningClock,
    availability,
    cameras,
    groups,
    job,
    picture,
    unknown,
)

ZONE = ZoneInfo("Europe/Copenhagen")
FIVE = Span(NOW_MS - 10 * MINUTE_MS, NOW_MS - 5 * MINUTE_MS)
ENTRY = ServerEntry("https://gate", "anna", name="Gate")

NAMES = frozenset(
    {
        *(camera.name for camera in cameras()),
        *(camera.short_name for camera in cameras()),
        *(camera.location for camera in cameras()),
        *(group.name for group in groups()),
        *("Gate", "anna", "demo", "https://gate", "https://two", "gate", "door.mp4", "Depot"),
        *("clip", "mp4", "mkv", "avi", "CN=gate, O=Gate Süd", "AB", "H264", "Main recorder", "two"),
        "2 cameras 2025-10-24 11-50-00+0200 to 2025-10-24 11-55-00+0200",
        *("RTA CCTV - Exported {timestamp}", "{camera}_{start}_{end}", "clips", "HH:MM:SS"),
    }
)
"""What these windows show and nobody translates: what a server, a disk or an operator called something."""


def main_window() -> MainWindow:
    """Empty; see :func:`fill`."""
    return MainWindow(DARK_THEME, RunningClock(), ZONE)


def fill(window: MainWindow) -> None:
    """Tiles in all states, a timeline with bands of every look, jobs in all states; shows the window."""
    _fill_tree(window)
    _fill_tiles(window)
    _fill_timeline(window)
    _fill_jobs(window)
    window.show_server("Gate (anna)", ConnectionSecurity.UNVERIFIED)
    window.status.show_clock(90_000)
    window.transport.speed.set_speed(8.0)
    window.transport.speed.set_reached(5.5)
    window.resize(1440, 860)
    window.show()


def _fill_tree(window: MainWindow) -> None:
    tree = window.tree
    tree.begin(groups())
    known = [replace(one, recording_server="Main recorder") for one in cameras()]
    known += [
        replace(one, camera_id=f"other-{number}", state=state, retention_days=30 - 29 * number)
        for number, (one, state) in enumerate(zip(known, CameraState, strict=False))
        if state not in {CameraState.SAVED_FILE, *_FILES}
    ]
    tree.add_cameras(known)
    tree.set_saved_files(
        [
            replace(cameras(1)[0], camera_id=f"file-{state}", name="door.mp4", state=state)
            for state in (CameraState.SAVED_FILE, *_FILES)
        ]
    )
    tree.set_favourites([known[0].camera_id])
    tree.set_recent([known[1].camera_id])
    tree.finish()


_FILES = (CameraState.CHECKED_FILE, CameraState.DOUBTFUL_FILE)


def _fill_tiles(window: MainWindow) -> None:
    states = [state for state in PlaybackState if state is not PlaybackState.IDLE]
    window.grid.set_layout(9)
    for tile, camera, state in zip(window.grid.tiles, cameras(9), states, strict=False):
        tile.set_camera(camera)
        tile.show_picture(picture(64, 36))
        tile.set_instant(float(NOW_MS))
        tile.set_status(PlaybackStatus(state, NOW_MS, codec="H264", width=64, height=36))
    window.transport.go_to.set_instant(float(NOW_MS))


def _fill_timeline(window: MainWindow) -> None:
    canvas, span = window.timeline.canvas, Span(NOW_MS - 2 * HOUR_MS, NOW_MS)
    rows = [TimelineCamera(camera.camera_id, camera.name) for camera in cameras(4)]
    canvas.set_cameras(rows)
    canvas.show_window(span)
    for number, row in enumerate(rows[:2]):
        canvas.set_availability(answer_of(availability(row.camera_id, span, number)))
    for row, state in zip(rows[2:], _UNKNOWN, strict=True):
        canvas.set_availability(answer_of(unknown(row.camera_id, span, state)))
    motion = RecordingEvent("e", "motion", FIVE)
    canvas.set_events(rows[0].camera_id, span, [motion])
    canvas.set_now(NOW_MS)
    canvas.set_playhead(float(NOW_MS - MINUTE_MS))
    canvas.set_cut(Cut(FIVE.start_ms, FIVE.end_ms))


_UNKNOWN = tuple(AvailabilityState)[1:3]


def _fill_jobs(window: MainWindow) -> None:
    jobs = [
        job(
            number,
            state,
            kind=JobKind.EXPORT if number % 2 else JobKind.CLIP,
            received_bytes=2_000_000,
            total_bytes=5_000_000,
        )
        for number, state in enumerate(JobState)
    ]
    jobs += [job(90 + at, JobState.PAUSED, pause_cause=why) for at, why in enumerate(PauseCause)]
    jobs.append(job(99, JobState.QUEUED, next_try_s=60.0))
    window.jobs.model.set_jobs(jobs)
    window.jobs_dock.show()
    window.jobs.select("job-4")


def sign_in(owner: MainWindow) -> QDialog:
    """With a list, all steps and a certificate."""
    dialog = SignInDialog(owner)
    dialog.set_servers([KnownServer(ENTRY), KnownServer(ServerEntry("https://two"), fixed=True)])
    dialog.fill_in(SignInRequest(ENTRY.address, "anna", Secret("")))
    for step in Step:
        dialog.show_finding(Finding(step, Outcome.GOOD, ""))
    dialog.show_error(UntrustedCertificateError("", "", CERTIFICATE))
    return dialog


def server_settings(owner: MainWindow) -> QDialog:
    """Of a server that is not verified."""
    return EditServerDialog(KnownServer(replace(ENTRY, verify_tls=False)), owner)


def key_sheet(owner: MainWindow) -> QDialog:
    """Opened by its action."""
    return _of_action(owner, "keys")


def change_keys(owner: MainWindow) -> QDialog:
    """Opened by its action."""
    return _of_action(owner, "change_keys")


def _of_action(owner: MainWindow, name: str) -> QDialog:
    before = set(QApplication.topLevelWidgets())
    owner.acts[name].trigger()
    new = [
        one
        for one in QApplication.topLevelWidgets()
        if one not in before and isinstance(one, QDialog) and one.parent() is owner
    ]
    return new[0]


def calendar(owner: MainWindow) -> QWidget:
    """A month without totals."""
    popup = owner.transport.calendar
    popup.open_at(owner.transport.play, "cam-00000", ZONE, NOW_MS, None)
    first = popup.grid.cursor_day.replace(day=1)
    popup.show_month(Month("cam-00000", first, tuple(month_days(first, ZONE))))
    return popup


def cut_editor(owner: MainWindow) -> QWidget:
    """With both ends, without pictures."""
    editor = owner.transport.cut_editor
    cut = Cut(FIVE.start_ms, FIVE.end_ms)
    editor.open_at(owner.transport.play, cut, ZONE, NOW_MS, float(NOW_MS))
    return editor


def zone(owner: MainWindow) -> QDialog:
    """Nobody knows it yet."""
    return ZoneDialog("Depot", "", NOW_MS, owner)


def close_question(owner: MainWindow) -> QDialog:
    """Files on the way and a copy."""
    return CloseQuestion(3, copying=True, has_tray=True, parent=owner)


def job_details(owner: MainWindow) -> QDialog:
    """Everything that can be told of a file."""
    short = job(
        1,
        JobState.DIFFERS,
        received_bytes=1_234_567,
        sha256="ab" * 32,
        missing=FIVE,
        expires_at_ms=NOW_MS,
    )
    history = [JobEvent(NOW_MS, state, "", "anna") for state in JobState]
    return JobDetails(short, [*history, JobEvent(NOW_MS, JobState.DONE, "")], ZONE, owner)


def verify(owner: MainWindow) -> QDialog:
    """A good file, a bad one and one that nobody knows."""
    dialog = VerifyDialog(DARK_THEME, RunningClock(), ZONE, owner)
    dialog.show_results(
        [
            Examination(Path("door.mp4"), verdict, (), (Point("", "", "", holds=True),), "ab" * 32)
            for verdict in Verdict
        ]
    )
    return dialog


def save(owner: MainWindow) -> QDialog:
    """An export of two cameras, with everything on."""
    choices = SaveChoices(watermark=True, gaps=GapPolicy.APART, way=JobKind.EXPORT)
    known = cameras(12)
    chosen = (known[0].camera_id, known[1].camera_id)
    proposal = SaveProposal(
        known, chosen, FIVE, Path("clips").absolute(), ZONE, "anna", chosen, choices
    )
    lane = Lane("every window", workers=1)
    dialog = SaveDialog(proposal, Inquiry(FakeScout(), lane, lane, lane), RunningClock(), owner)
    dialog.begin()
    dialog.finished.connect(lambda _result: lane.close())
    return dialog


DIALOGS: tuple[Callable[[MainWindow], QWidget], ...] = (
    sign_in,
    server_settings,
    key_sheet,
    change_keys,
    calendar,
    cut_editor,
    zone,
    close_question,
    job_details,
    verify,
    save,
)
