"""The program: one window, the services behind it, and the session of whoever is signed in."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Slot

from rta_viewer.app.background import Background, open_progress
from rta_viewer.app.calendar import Calendar
from rta_viewer.app.camera_notes import CameraNotes
from rta_viewer.app.cut_editing import CutEditing
from rta_viewer.app.event_jumps import EventJumps
from rta_viewer.app.going_on import GoingOn
from rta_viewer.app.handing_over import HandingOver
from rta_viewer.app.job_wishes import JobWishes
from rta_viewer.app.joined import CamerasOf, prefix_of
from rta_viewer.app.layouts import Layouts
from rta_viewer.app.preferences import Preferences
from rta_viewer.app.rejoining import Rejoining
from rta_viewer.app.reports import Reports
from rta_viewer.app.saved_bands import SavedBands
from rta_viewer.app.saved_files import SavedFiles
from rta_viewer.app.saving import Saving
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.app.signing_in import SigningIn
from rta_viewer.app.thumbnails import Thumbnails
from rta_viewer.app.verifying import Verifying
from rta_viewer.app.view_history import ViewHistory
from rta_viewer.app.wiring import Wiring
from rta_viewer.app.zones import Zones
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import snapshot_name
from rta_viewer.core.model import Availability, Camera, ConnectionSecurity, RecordingEvent
from rta_viewer.core.playback import PlaybackEngine, PlaybackListener
from rta_viewer.core.servers import ServerEntry
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import english, tr
from rta_viewer.errors import UsageError
from rta_viewer.platform.files import write_atomic
from rta_viewer.platform.motion import prefers_reduced_motion
from rta_viewer.player.snapshot import save_snapshot
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.turns import spread
from rta_viewer.ui import times
from rta_viewer.ui.controllers.availability import AvailabilityController
from rta_viewer.ui.controllers.camera_details import CameraDetailsController
from rta_viewer.ui.controllers.camera_list import CameraListController
from rta_viewer.ui.controllers.event_search import EventSearch
from rta_viewer.ui.controllers.events import EventsController
from rta_viewer.ui.controllers.jobs import JobsController
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.controllers.recording_search import RecordingSearch
from rta_viewer.ui.controllers.step_keeper import StepKeeper
from rta_viewer.ui.main_window import MainWindow
from rta_viewer.ui.sign_in.dialog import SignInDialog
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.ui.theme import theme as themes
from rta_viewer.ui.tiles.tile import Tile
from rta_viewer.ui.tray import Tray

_log = logging.getLogger(__name__)

_HOUR_MS = 3_600_000
_NOW_EVERY_MS = 1_000
_SOON_MS = 2_000


class Program(QObject):
    """Everything that is there while the program runs. GUI thread."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        paths = services.context.paths
        self._kept = KeptTexts(
            paths.config_dir / "window.json", services.chores, write_atomic, self
        )
        self.window = MainWindow(themes.DARK_THEME, services.clock, times.local_zone(), self._kept)
        self.preferences = Preferences(services, self.window)
        self.going_on = GoingOn(self.window, self._in_flight, lambda: self.jobs.ordering)
        self.reports = Reports(services, self.window)
        clock, lane = services.clock, services.requests
        self.playback = PlaybackController(
            self.window.grid, self._engine, clock, services.closing, self
        )
        self.availability = AvailabilityController(
            self._fetch_availability, self.window.book, clock, lane, self
        )
        self.jobs = JobsController(
            services.jobs,
            self.window.jobs,
            services.chores,
            self,
            orders=services.drives,
        )
        self.saving = Saving(services, self.window, self.playback, self.jobs)
        self.wishes = JobWishes(services, self.window, self.playback, self.jobs)
        self.copies = HandingOver(services, self.window, self.jobs)
        tray = Tray(self.window.windowIcon(), self)
        self.background = Background(
            self.window,
            self.jobs,
            tray,
            self.playback.pause_all,
            lambda: self.copies.busy,
            open_progress(),
            lambda: services.jobs.forgets,
        )
        self.playback.set_skip_gaps(services.settings.skip_gaps)
        self.events = EventsController(
            self._fetch_events, self.window.timeline.canvas.events, clock, lane, self
        )
        self.files = SavedFiles(services, self.window, self.playback, self)
        if prefers_reduced_motion():
            self.window.timeline.canvas.glides = False
        self.verifying = Verifying(services, self.window, self.files, self)
        self.thumbnails = Thumbnails(services, self.window, self.files, self)
        self.cut_editing = CutEditing(services, self.window, self.playback, self.thumbnails)
        self.search = RecordingSearch(self._fetch_availability, clock, lane, self)
        self.wiring = Wiring(
            self.window, self.playback, self.availability, self.events, self.search
        )
        self.event_search = EventSearch(
            self._fetch_events, self.window.timeline.canvas.events, clock, lane, self
        )
        EventJumps(self.window, self.playback, self.event_search)
        self.calendar = Calendar(self.window, self.playback, self._fetch_availability, services)
        self.steps = StepKeeper(self.playback, self._has_footage, clock, self)
        self.signing_in = SigningIn(services, self.window)
        self.rejoining = Rejoining(
            services, self.signing_in.desk, self.window.tree.waiting, self._kept, self
        )
        self.layouts = Layouts(self.window, self.playback, self._kept, self.rejoining.awaits)
        self.history = ViewHistory(self.window, self.playback, self.layouts)
        self.saved = SavedBands(services.jobs, self._servers, services.chores, self)
        self.saved.changed.connect(self.window.timeline.canvas.set_saved)
        self.notes = CameraNotes(self.window, self._kept)
        self.details = CameraDetailsController(self._fetch_camera, self.window.tree, lane, self)
        self.zones = Zones(services, self.signing_in.desk, self.window)
        self._cameras: CameraListController | None = None
        self._unsubscribe = services.jobs.subscribe(self.jobs.job_changed)
        self._now = QTimer(self)
        self._now.setInterval(_NOW_EVERY_MS)
        self._now.timeout.connect(self._on_now)
        self._connect()

    def _connect(self) -> None:
        window = self.window
        window.closing.connect(self.close)
        self.signing_in.signed_in.connect(self.enter)
        self.signing_in.joined.connect(self.join)
        self.signing_in.parted.connect(self.part_with)
        self.signing_in.forgotten.connect(self._on_server_forgotten)
        self.rejoining.came.connect(self.join)
        self.rejoining.sign_in_wanted.connect(self.signing_in.ask_to_join)
        window.acts["sign_out"].triggered.connect(self.sign_out)
        window.acts["reload_cameras"].triggered.connect(self.reload_cameras)
        window.acts["snapshot"].triggered.connect(self.take_snapshot)
        window.acts["skip_gaps"].toggled.connect(self._on_skip_gaps)
        window.tree.camera_opened.connect(self.open_camera)
        window.tree.cameras_opened.connect(self.open_cameras)
        window.grid.cameras_dropped.connect(self._on_cameras_dropped)
        self.jobs.problem.connect(window.messages.show_error)
        self.services.hold_changed.connect(self.saved.refresh)
        self.services.shut_out.connect(self.saving.outcomes.tell_shut_out)
        self.services.shut_out.connect(self.background.tell_shut_out)
        self.playback.refused.connect(window.messages.show_error)

    def start(self) -> None:
        """Show the window and begin to work."""
        now_ms = self.services.clock.now_ms()
        self.window.timeline.canvas.show_window(Span(now_ms - 2 * _HOUR_MS, now_ms + _HOUR_MS // 4))
        self._on_now()
        self._now.start()
        self.going_on.start()
        self.window.show()
        self.services.start_jobs()
        for problem in self.services.problems:
            self.window.messages.show_notice(problem)
        self.reports.look()

    @property
    def sign_in_dialog(self) -> SignInDialog | None:
        """The one that is open."""
        return self.signing_in.dialog

    @Slot()
    def ask_to_sign_in(self) -> None:
        """Open the sign-in dialog, filled with who was here last."""
        self.signing_in.ask()

    def sign_in_with(self, request: SignInRequest) -> None:
        """Sign in without the dialog."""
        self.signing_in.sign_in_with(request)

    @Slot(object)
    def enter(self, session: Session) -> None:
        """Work with this server from now on; servers that joined stay when it is the same again."""
        before = self.services.session
        if before is not None and before.key[0] == session.key[0]:
            session.others, before.others = before.others, ()
        self._leave()
        services = self.services
        services.session = session
        self.thumbnails.enter(session)
        self.zones.enter(session)
        services.jobs.wake()
        self.notes.enter(*session.key)
        self._show_who(session)
        self.window.status.show_clock(session.info.clock_offset_ms)
        self.window.show_activity(tr("Loading cameras\N{HORIZONTAL ELLIPSIS}"))
        self._cameras = CameraListController(
            CamerasOf(session), self.window.tree, services.requests, self
        )
        self._cameras.loaded.connect(self._on_cameras_loaded)
        self._cameras.problem.connect(self.window.messages.show_error)
        self._cameras.load()
        self.rejoining.enter(session)

    @Slot(object)
    def join(self, session: Session) -> None:
        """Show the cameras of one more server beside those that are there."""
        first = self.services.session
        if first is None:
            self.enter(session)
            return
        if session.key[0] == first.key[0]:
            self.enter(session)
            return
        # Signed in to again, maybe because its password was changed.
        again = [one for one in first.others if one.key[0] == session.key[0]]
        first.others = tuple(one for one in first.others if one not in again)
        for one in again:
            self._end(one)
        first.others = (*first.others, session)
        self.rejoining.joined(session)
        self._show_who(first)
        self.services.jobs.wake()
        self.reload_cameras()

    @Slot(str)
    def part_with(self, address: str) -> None:
        """Show a joined server's cameras no more, and sign out there."""
        first = self.services.session
        gone = [one for one in first.others if one.key[0] == address] if first is not None else []
        if first is None or not gone:
            return
        self.rejoining.parted(address)
        prefix = prefix_of(address)
        self.playback.close_cameras(lambda camera: camera.camera_id.startswith(prefix))
        first.others = tuple(one for one in first.others if one not in gone)
        self.services.cache.forget()
        for session in gone:
            self._end(session)
        self._show_who(first)
        self.reload_cameras()

    def _show_who(self, session: Session) -> None:
        all_of_them = (session, *session.others)
        names = " + ".join(f"{one.info.name} ({one.request.username})" for one in all_of_them)
        found = {one.info.security for one in all_of_them}
        unsafe = (ConnectionSecurity.UNVERIFIED, ConnectionSecurity.PLAIN)
        # Of several servers nothing is said that holds for some of them only, unless it is unsafe.
        common = session.info.security if len(found) == 1 else None
        worst = next((one for one in unsafe if one in found), common)
        self.window.show_server(names, worst)
        self.window.jobs.model.set_signed_in(*(one.key for one in all_of_them))
        self.saved.refresh()

    def _end(self, session: Session) -> None:
        self.services.closing.submit(
            lambda _: session.close(), self, _ignore, self.window.messages.show_error, must_run=True
        )

    @Slot()
    def sign_out(self) -> None:
        """Close all tiles and forget who was signed in, or was about to be."""
        self.signing_in.give_up()
        self.window.show_activity("")
        self._leave()
        self.window.show_server("")
        self.window.status.show_clock(None)
        self.window.tree.clear()
        self.saved.refresh()

    @Slot()
    def reload_cameras(self) -> None:
        """Ask the server for its cameras again; what plays goes on."""
        if self._cameras is None:
            self.window.messages.show_notice(tr("Nobody is signed in. Sign in to see cameras."))
            return
        self.window.show_activity(tr("Loading cameras\N{HORIZONTAL ELLIPSIS}"))
        self._cameras.load()

    def _leave(self) -> None:
        session, self.services.session = self.services.session, None
        self.window.jobs.model.set_signed_in()
        self.rejoining.leave()
        self.layouts.leave()
        self.notes.leave()
        self.details.close()
        self.playback.close_cameras(lambda camera: not camera.is_saved_file)
        self.availability.close()
        self.events.close()
        self.thumbnails.leave()
        self.calendar.leave()
        self.search.close()
        self.event_search.close()
        self.cut_editing.leave()
        self.zones.leave()
        self.window.book.clear()
        self.files.refill()
        self.window.timeline.canvas.events.clear()
        self.history.forget()
        if self._cameras is not None:
            self._cameras.close()
            self._cameras.deleteLater()
            self._cameras = None
        if session is not None:
            self.services.cache.forget()
            self._end(session)

    @Slot(str)
    def open_camera(self, camera_id: str, instant_ms: int | None = None) -> None:
        """Show a camera in the next free tile."""
        camera = self.window.tree.model.camera(camera_id)
        if camera is not None and camera.is_saved_file:
            self.files.show([camera])
        elif camera is not None and self.services.session is not None:
            self.playback.open_camera(camera, instant_ms)
            self.notes.used(camera_id)

    @Slot(object)
    def open_cameras(self, camera_ids: Sequence[str]) -> None:
        """Show several, in as many tiles as they need; each is opened in a turn of the event loop."""
        already = self.window.grid.tile_of
        self.window.grid.make_room(sum(already(camera_id) is None for camera_id in camera_ids))
        spread(self, (partial(self.open_camera, camera_id) for camera_id in camera_ids))

    @Slot(object, object)
    def _on_cameras_dropped(self, tile: Tile, camera_ids: Sequence[str]) -> None:
        grid, first = self.window.grid, camera_ids[0]
        shown = grid.tile_of(first)
        if shown is not None:
            grid.swap(shown, tile)
        elif (camera := self.window.tree.model.camera(first)) and self._may_open(camera):
            self.playback.open_camera(camera, tile=tile)
            self.notes.used(first)
        if camera_ids[1:]:
            self.open_cameras(camera_ids[1:])

    def _may_open(self, camera: Camera) -> bool:
        return camera.is_saved_file or self.services.session is not None

    @Slot()
    def take_snapshot(self) -> None:
        """Save the picture of the active tile, as it was recorded."""
        tile = self.window.grid.active
        shown, instant_ms = tile.surface.picture, tile.instant_ms
        if shown is None or tile.camera is None or instant_ms is None:
            error = UsageError(tr("There is no picture to save."), tr("Open a camera first."))
            self.window.messages.show_error(error)
            return
        picture = replace(shown, instant_ms=shown.instant_ms or instant_ms)
        name = snapshot_name(
            english(tile.camera.name), picture.instant_ms or 0, self.window.transport.zone.zone
        )
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        target = Path(self.services.settings.last_save_folder or place or Path.home()) / name

        def done(_result: object) -> None:
            self.window.messages.show_notice(tr("Saved {target}", target=target))

        def save(_cancel: CancelToken) -> None:
            target.parent.mkdir(parents=True, exist_ok=True)
            save_snapshot(picture, target)

        self.services.papers.submit(save, self, done, self.window.messages.show_error)

    @Slot()
    def close(self) -> None:
        """Stop everything, while the window is still there. Idempotent."""
        if not self._now.isActive():
            return
        self._now.stop()
        self._unsubscribe()
        self.steps.close()
        self.going_on.close()
        self.background.close()
        self.copies.close()
        self.jobs.close()
        self.saved.close()
        # What is closed from here on was still open when the operator left.
        self.layouts.leave()
        self.playback.close()
        self._leave()
        self.files.close()
        self.verifying.close()
        self.thumbnails.close()
        self._kept.close()
        self.services.close()

    def _in_flight(self) -> int:
        return self.availability.in_flight

    def _servers(self) -> Mapping[str, str]:
        session = self.services.session
        if session is None:
            return {}
        id_at = session.joined.id_at
        return {one.info.address: id_at(one, "") for one in (session, *session.others)}

    @Slot(object)
    def show_again(self, files: Sequence[Path]) -> None:
        """The program was started once more, with these files: this is the one."""
        self.background.show_window()
        if files:
            self.files.open(files)
        elif self.window.messages.isHidden():
            # What was said meanwhile, of files that failed, say, is more than that.
            said = tr("The program is open already: this is its window.")
            self.window.messages.show_notice(said)

    @Slot()
    def quit(self) -> None:
        """End the program without asking anybody."""
        self.background.quit()

    def _engine(self, camera_id: str, listener: PlaybackListener) -> PlaybackEngine:
        if self.files.knows(camera_id):
            return self.files.engine(camera_id, listener)
        session = self.services.session
        if session is None:
            raise UsageError(tr("Nobody is signed in."), tr("Sign in first."))
        return session.engine(camera_id, listener)

    def _fetch_availability(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> Availability:
        session = self.services.session
        if session is None:
            raise UsageError(tr("Nobody is signed in."), tr("Sign in first."))
        return session.joined.availability(camera_id, window, cancel)

    def _fetch_camera(self, camera_id: str, cancel: CancelToken) -> Camera:
        session = self.services.session
        if session is None:
            raise UsageError(tr("Nobody is signed in."), tr("Sign in first."))
        return session.joined.camera(camera_id, cancel)

    def _has_footage(self, camera_id: str, instant_ms: float) -> bool:
        soon = Span(round(instant_ms), round(instant_ms) + _SOON_MS)
        return self.window.book.band(camera_id).footage(soon) == _SOON_MS

    def _fetch_events(
        self, camera_id: str, window: Span, cancel: CancelToken
    ) -> Sequence[RecordingEvent]:
        session = self.services.session
        if session is None:
            raise UsageError(tr("Nobody is signed in."), tr("Sign in first."))
        return session.joined.events(camera_id, window, cancel)

    @Slot(bool)
    def _on_skip_gaps(self, skip: bool) -> None:
        services = self.services
        services.change_settings(replace(services.settings, skip_gaps=skip))
        if services.session is not None:
            services.session.skip_gaps = skip

    @Slot(object)
    def _on_server_forgotten(self, entry: ServerEntry) -> None:
        self.layouts.drop(entry.address, entry.username)
        self.rejoining.forget(entry)

    @Slot()
    def _on_cameras_loaded(self) -> None:
        self.window.show_activity("")
        if self.services.session is not None:
            self.layouts.enter(*self.services.session.key)
            self.history.forget()

    @Slot()
    def _on_now(self) -> None:
        self.window.timeline.canvas.set_now(self.services.clock.now_ms())


def _ignore(_result: object) -> None:
    """Nothing to do with it."""
