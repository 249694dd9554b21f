"""Saving from the window: the real program, a real server, files that other programs open."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rta_viewer.app.program import Program
from rta_viewer.app.saving import proposed_span
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.ports import MediaRequest, Picture
from rta_viewer.core.saved_spans import SavedByCamera
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span, clip
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import World
from rta_viewer.evidence.verify import verify
from rta_viewer.jobs import fitting
from rta_viewer.platform.drives import DriveLook
from rta_viewer.platform.settings import SettingsStore
from rta_viewer.ui.save_dialog.dialog import SaveDialog
from rta_viewer.ui.save_dialog.wording import Weight
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.timeline.cut import Cut
from tests.helpers.packages import ffprobe, shown
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

pytestmark = pytest.mark.gui

LIMIT_MS = 60_000
NAMES = ("Main entrance", "Reception desk", "Stairwell east")
SECONDS = 3
DRIVE_WORKERS = 4


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path / "server") as site:
        yield site


class Desk:
    """Somebody who is signed in and has marked a cut."""

    def __init__(self, program: Program, site: DemoSite, qtbot: QtBot) -> None:
        self.program, self.site, self._qtbot = program, site, qtbot
        self.ids = [camera_named(site.world, name).camera_id for name in NAMES]
        self.cut = common_span(site.world, self.ids)
        program.sign_in_with(SignInRequest(site.rest_url, "demo", Secret("demo")))
        self.wait(lambda: program.window.tree.model.camera(self.ids[0]) is not None)
        program.window.timeline.canvas.set_cut(Cut.of(self.cut))

    def wait(self, condition: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=LIMIT_MS)

    def open_dialog(self, action: str) -> SaveDialog:
        self.program.window.acts[action].trigger()
        dialog = self.program.saving.dialog
        assert dialog is not None
        return dialog

    def ready_to_save(self, folder: Path) -> SaveDialog:
        """The dialog for a clip of the first camera, with nothing left to fill in."""
        self.program.open_camera(self.ids[0])
        dialog = self.open_dialog("save_clip")
        dialog.options.folder.setText(str(folder))
        self.wait(dialog.ok.isEnabled)
        return dialog

    def jobs(self) -> list[Job]:
        return self.program.services.jobs.jobs()

    def finish(self) -> None:
        """A window with running jobs would ask before it closes."""
        model = self.program.window.jobs.model
        self.wait(lambda: model.count() == len(self.jobs()) and not model.unfinished)


@pytest.fixture
def desk(program: Program, site: DemoSite, qtbot: QtBot) -> Desk:
    return Desk(program, site, qtbot)


def common_span(world: World, camera_ids: list[str]) -> Span:
    """A few seconds that all of them have."""
    for back_ms in range(0, 7_200_000, 60_000):
        span = recorded_span(world, camera_ids[0], SECONDS * 1000, back_ms=back_ms)
        if all(
            clip(world.footage(camera_id).recorded(span), span) == [span]
            for camera_id in camera_ids
        ):
            return span
    raise AssertionError


class Watcher:
    """What VLC shows of a file."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.outcome = ""
        self.pictures = 0
        self.corners: list[float] = []

    def picture_shown(self, picture: Picture) -> None:
        self.pictures += 1
        rows = np.frombuffer(picture.data, np.uint8)[: picture.stride * picture.height]
        pixels = rows.reshape(picture.height, picture.stride)[:, : picture.width * 4]
        # White letters on a darkened ground.
        self.corners.append(float(pixels[: picture.height // 16, -picture.width :].std()))

    def media_ended(self) -> None:
        self.outcome = "ended"
        self.over.set()

    def media_failed(self) -> None:
        self.outcome = "failed"
        self.over.set()


def test_three_cameras_with_a_watermark_from_the_dialog_to_files_that_vlc_shows(
    desk: Desk, tmp_path: Path
) -> None:
    program, told = desk.program, list[SavedByCamera]()
    program.saved.changed.connect(told.append)
    program.open_cameras(desk.ids)
    desk.wait(lambda: len(program.playback.open_cameras) == len(desk.ids))
    dialog = desk.open_dialog("export")
    assert [camera.name for camera in dialog.cameras.chosen] == list(NAMES)
    assert dialog.range.span == desk.cut
    dialog.options.folder.setText(str(tmp_path / "case"))
    dialog.options.watermark.setChecked(True)
    dialog.options.watermark_text.setText("{camera} {timestamp}")
    desk.wait(dialog.ok.isEnabled)
    desk.wait(lambda: dialog.coverage.text() == "Main entrance: all of it was recorded.")
    desk.wait(lambda: dialog.stills.first.still and dialog.stills.last.still)
    first, last = dialog.stills.first.still, dialog.stills.last.still
    assert first is not None
    assert last is not None
    assert first.instant_ms == desk.cut.start_ms
    assert last.instant_ms == desk.cut.end_ms - 40
    assert dialog.summary.headline.text().startswith("3 files, about ")
    assert "encode every picture again" in dialog.summary.text(Weight.NOTE)
    QTest.keyClick(dialog.range.start, Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.jobs()) == 3 and all(job.finished for job in desk.jobs()))
    jobs = desk.jobs()
    assert [(job.state, job.reason) for job in jobs] == [(JobState.DONE, "")] * 3
    assert {job.kind for job in jobs} == {JobKind.EXPORT}
    assert len({job.package for job in jobs}) == 1
    wanted = [".html", *[".json"] * 3, *[".mp4"] * 3]
    # The index is written anew after the last file.
    desk.wait(lambda: sorted(path.suffix for path in jobs[0].folder.iterdir()) == wanted)
    opens_everywhere(jobs, program)
    desk.wait(lambda: str(jobs[0].folder) in program.window.messages.text.text())
    desk.wait(lambda: told and set(told[-1]) == set(desk.ids))
    desk.finish()
    again = desk.open_dialog("export")
    desk.wait(lambda: "as measured here lately, about " in again.summary.text(Weight.NOTE))
    assert "not known" not in again.summary.headline.text()


def opens_everywhere(jobs: list[Job], program: Program) -> None:
    """By FFmpeg's own program and by VLC, not only by us."""
    players = []
    for job in jobs:
        probed = ffprobe(job.path)
        assert probed.video["codec_name"] == "h264"
        assert probed.duration_s == pytest.approx(SECONDS, abs=0.2)
        assert shown(job.path)[0][1] == job.span.start_ms
        assert verify(job.path).ok
        backend, watcher = program.services.vlc.backend(), Watcher()
        size = {"width": probed.video["width"], "height": probed.video["height"]}
        backend.play(MediaRequest(str(job.path), rate=2, **size), watcher)
        players.append((backend, watcher))
    for backend, watcher in players:
        assert watcher.over.wait(30)
        backend.close()
        assert watcher.outcome == "ended"
        assert watcher.pictures >= SECONDS * 5
        assert min(watcher.corners) > 40


def test_a_pasted_minute_of_one_camera_is_a_clip_and_choices_are_kept(
    desk: Desk, tmp_path: Path
) -> None:
    desk.program.open_camera(desk.ids[0])
    dialog = desk.open_dialog("save_clip")
    assert [camera.name for camera in dialog.cameras.chosen] == [NAMES[0]]
    dialog.options.folder.setText(str(tmp_path / "clips"))
    dialog.options.names.setText("{camera} {date}")
    dialog.options.container.setCurrentIndex(1)
    desk.wait(dialog.ok.isEnabled)
    dialog.ok.click()
    desk.wait(lambda: desk.jobs() and desk.jobs()[0].finished)
    (job,) = desk.jobs()
    assert (job.state, job.kind, job.package) == (JobState.DONE, JobKind.CLIP, "")
    assert job.path == tmp_path / "clips" / "Main entrance 2025-10-24.mkv"
    again = desk.open_dialog("export")
    assert again.options.choices.container == "mkv"
    assert again.options.choices.way is JobKind.EXPORT
    assert again.options.folder_path == tmp_path / "clips"
    desk.wait(again.ok.isEnabled)
    again.ok.click()
    desk.wait(lambda: len(desk.jobs()) == 2)
    # The menu's way is the menu's: it is not what the operator chose.
    assert desk.open_dialog("save_clip").options.choices.way is None
    desk.finish()


def test_a_key_that_repeats_opens_one_dialog(desk: Desk) -> None:
    first = desk.open_dialog("save_clip")
    assert desk.open_dialog("save_clip") is first
    desk.wait(first.isVisible)
    assert len(desk.program.window.findChildren(SaveDialog)) == 1
    first.reject()
    second = desk.open_dialog("save_clip")
    assert second is not first
    desk.wait(second.isVisible)
    second.reject()


def test_what_was_chosen_outlives_the_program(desk: Desk, tmp_path: Path) -> None:
    desk.program.open_camera(desk.ids[0])
    dialog = desk.open_dialog("save_clip")
    dialog.options.folder.setText(str(tmp_path / "clips"))
    dialog.options.watermark_text.setText("{operator}")
    dialog.options.medium.setCurrentIndex(2)
    desk.wait(dialog.ok.isEnabled)
    dialog.ok.click()
    path = desk.program.services.context.paths.settings_file
    desk.wait(lambda: path.exists() and "saving" in json.loads(path.read_text("utf-8")))
    desk.wait(lambda: SettingsStore(path).load().settings.saving.get("medium") == "dvd")
    settings = SettingsStore(path).load().settings
    assert settings.last_save_folder == str(tmp_path / "clips")
    assert settings.saving["watermark_text"] == "{operator}"
    desk.finish()


def test_a_drive_that_filled_up_meanwhile_starts_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk.ready_to_save(tmp_path / "clips")
    monkeypatch.setattr(fitting, "look_at", lambda _folder: DriveLook(free_bytes=1000))
    dialog.ok.click()
    text = desk.program.window.messages.text
    desk.wait(lambda: text.text().startswith("Nothing was started. This needs about "))
    assert desk.jobs() == []
    assert not (tmp_path / "clips").exists()


def test_who_is_signed_in_elsewhere_by_then_saves_what_the_dialog_shows(
    desk: Desk, tmp_path: Path
) -> None:
    """Servers number their cameras alike: another one would send another camera's footage."""
    program, asked = desk.program, desk.site.rest_url
    dialog = desk.ready_to_save(tmp_path / "clips")
    with running_site(tmp_path / "other") as other:
        program.sign_in_with(SignInRequest(other.rest_url, "demo", Secret("demo")))
        desk.wait(lambda: other.rest_url in signed_in_at(program))
        desk.wait(dialog.ok.isEnabled)
        dialog.ok.click()
        desk.wait(desk.jobs)
        program.sign_in_with(SignInRequest(asked, "demo", Secret("demo")))
        desk.wait(lambda: desk.jobs()[0].finished)
        assert other.log.count("download") == 0
    (job,) = desk.jobs()
    assert (job.server, job.state) == (asked, JobState.DONE)
    desk.finish()


def test_an_order_that_waits_for_its_drive_stays_with_the_server_it_was_made_for(
    desk: Desk, tmp_path: Path
) -> None:
    program, asked = desk.program, desk.site.rest_url
    dialog = desk.ready_to_save(tmp_path / "clips")
    away = threading.Event()
    for _ in range(DRIVE_WORKERS):
        program.services.drives.submit(lambda _: away.wait(), program, ignore, ignore)
    dialog.ok.click()
    with running_site(tmp_path / "other") as other:
        program.sign_in_with(SignInRequest(other.rest_url, "demo", Secret("demo")))
        desk.wait(lambda: other.rest_url in signed_in_at(program))
        away.set()
        desk.wait(desk.jobs)
        assert [job.server for job in desk.jobs()] == [asked]
        program.sign_out()
    program.services.jobs.cancel(desk.jobs()[0].job_id)
    desk.finish()


def signed_in_at(program: Program) -> str:
    session = program.services.session
    return session.key[0] if session is not None else ""


def ignore(_result: object) -> None:
    """Nothing to do with it."""


@pytest.mark.parametrize(
    ("cut", "here_ms", "span"),
    [
        (Cut(1_000, 5_000), 9_000.0, Span(1_000, 5_000)),
        (Cut(1_000), 8_999.7, Span(1_000, 9_000)),
        (Cut(1_000), 400.0, Span(1_000, 61_000)),
        (Cut(1_000), None, Span(1_000, 61_000)),
        (Cut(None, 90_000), 8_000.0, Span(8_000, 90_000)),
        (Cut(None, 90_000), 95_000.0, Span(30_000, 90_000)),
        (Cut(), 8_000.0, Span(8_000, 68_000)),
        (Cut(), None, None),
    ],
)
def test_a_mark_that_is_missing_is_where_the_playhead_is(
    cut: Cut, here_ms: float | None, span: Span | None
) -> None:
    assert proposed_span(cut, here_ms) == span


def test_a_folder_is_opened_or_it_is_said_why_not(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    opened: list[Path] = []
    text = program.window.messages.text

    def open_path(path: Path) -> bool:
        opened.append(path)
        return len(opened) == 1

    program.saving.opener = open_path
    program.window.jobs.folder_open_requested.emit(tmp_path)
    qtbot.waitUntil(lambda: opened == [tmp_path])
    program.window.jobs.folder_open_requested.emit(tmp_path)
    qtbot.waitUntil(lambda: "No program could be found" in text.text())
    program.window.jobs.folder_open_requested.emit(tmp_path / "away")
    qtbot.waitUntil(lambda: f"{tmp_path / 'away'} is not there." in text.text())
    assert len(opened) == 2


def test_nobody_signed_in_has_nothing_to_save(program: Program) -> None:
    program.window.acts["save_clip"].trigger()
    assert program.saving.dialog is None
    assert "Sign in first." in program.window.messages.text.text()


def test_whoever_is_signed_in_where_there_are_no_cameras_is_told_so(desk: Desk) -> None:
    desk.program.window.tree.clear()
    desk.program.window.acts["save_clip"].trigger()
    assert "no camera is listed" in desk.program.window.messages.text.text()
