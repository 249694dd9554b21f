"""What lives as long as the program: folders, settings, keyring, threads, jobs, libVLC."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rta_viewer import vms
from rta_viewer.app.session import Session
from rta_viewer.cli.command import Context
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job
from rta_viewer.core.ports import Recorder
from rta_viewer.core.servers import is_served_by
from rta_viewer.errors import RtaError
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.lent_store import LentStore
from rta_viewer.jobs.opening import Hold, open_list
from rta_viewer.jobs.schedule import Lane as JobLane
from rta_viewer.jobs.schedule import Limits
from rta_viewer.jobs.silent_drives import MOST_LENT
from rta_viewer.jobs.store import JobStore
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.platform.credentials import KeyringCredentials
from rta_viewer.platform.settings import Settings, SettingsStore
from rta_viewer.platform.site import load_site
from rta_viewer.player.shared_vlc import SharedVlc
from rta_viewer.qt.workers import Lane

_log = logging.getLogger(__name__)

_PATIENCE = 30
"""About half an hour: a server that is restarted, or moved, is back by then."""

_LIST_WITHIN_S = 10.0
_HELP_EVERY_MS = 5000


class Services(QObject):
    """Made once, closed last. GUI thread.

    Attributes:
        site: What the administrator of this computer set.
        problems: Sentences about what was found damaged at the start.

    Signals:
        hold_changed: Whose the list of jobs is, a :class:`~rta_viewer.jobs.opening.Hold`; its jobs are
            known now. Sent by a worker thread.
        problem_found: A sentence about what was found damaged later, or why the list of jobs is not open
            yet. Also sent by a worker thread.
        shut_out: A job, and the error for which all of that user there wait until somebody signs in again.
            Sent by a worker thread.
    """

    hold_changed = Signal(object)
    problem_found = Signal(str)
    shut_out = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.clock = context.clock
        self._settings_store = SettingsStore(context.paths.settings_file)
        loaded = self._settings_store.load()
        self.settings: Settings = loaded.settings
        self.problems: list[str] = [loaded.problem] if loaded.problem else []
        self.site = load_site()
        forbidden = self.site.forbid_saved_passwords
        self.credentials = KeyringCredentials(*([_no_keyring] if forbidden else []))
        self.cache = GopCache(self.settings.player_cache_bytes)
        self.vlc = SharedVlc()
        self.session: Session | None = None
        self._store: JobStore | None = None
        self._list_known = threading.Event()
        self._jobs_path = context.paths.data_dir / "jobs.sqlite3"
        self.throttle = vms.Throttle(self.clock, self.settings.max_bytes_per_s)
        self.jobs = JobEngine(
            LentStore(self._jobs_path),
            self._recorder_for,
            self.clock,
            limits=Limits(
                self.settings.clips_at_once,
                renew_expired=self.settings.renew_expired,
                patience=_PATIENCE,
            ),
        )
        self.jobs.on_shut_out = self.shut_out.emit
        self.requests = Lane("requests", self, workers=2)
        # Two: a locked keyring holds up one of them.
        self.sign_ins = Lane("sign-in", self, workers=2)
        # Of its own, so that servers that come back hold up nobody who signs in.
        self.rejoins = Lane("rejoins", self, workers=2)
        self.chores = Lane("chores", self)
        self.closing = Lane("closing", self, workers=3)
        self.looks = Lane("looks", self, workers=2)
        self.stills = Lane("stills", self, workers=2)
        # A dead share holds up one of them, or two.
        self.drives = Lane("drives", self, workers=4)
        self.copies = Lane("copies", self)
        # Pictures and reports, where the operator wants them: one after another, not in the way of jobs.
        self.papers = Lane("papers", self)
        self._job_lanes = {
            kind: Lane(f"jobs-{kind.value}", self, workers=workers, most=workers + MOST_LENT)
            for kind, workers in self._job_workers().items()
        }
        self._help = QTimer(self, interval=_HELP_EVERY_MS)
        self._help.timeout.connect(self._send_help)

    def _job_workers(self) -> dict[JobLane, int]:
        return {JobLane.CLIPS: self.settings.clips_at_once, JobLane.EXPORTS: 1, JobLane.POLLS: 1}

    def start_jobs(self) -> None:
        """Open the list of jobs on their own thread, and go on where the last run of the program stopped.

        While another process works on it, it is read along; it is taken over when that has ended.
        """
        engine, path, clock = self.jobs, self._jobs_path, self.clock

        def work(cancel: CancelToken) -> str:
            tell, keep, complain = self._tell_hold, self._keep_store, self.problem_found.emit
            return open_list(engine, path, clock, cancel, tell, keep, complain)

        polls = self._job_lanes[JobLane.POLLS]
        polls.submit(work, self, self._on_list_opened, _log_failure)

    def known_jobs(self) -> list[Job]:
        """All jobs; waits for the list a moment if it is not open yet. Worker threads."""
        self._list_known.wait(_LIST_WITHIN_S)
        return self.jobs.jobs()

    def _keep_store(self, store: JobStore) -> None:
        """On the thread of the jobs; :meth:`close` has joined it when it looks."""
        self._store = store

    def _tell_hold(self, hold: Hold) -> None:
        """On the thread of the jobs."""
        self._list_known.set()
        self.hold_changed.emit(hold)

    def _on_list_opened(self, problem: str) -> None:
        if problem:
            self.problem_found.emit(problem)
        for kind, workers in self._job_workers().items():
            work = partial(self.jobs.work, kind)
            for _ in range(workers):
                self._job_lanes[kind].submit(work, self, _ignore, _log_failure)
        self._help.start()

    @Slot()
    def _send_help(self) -> None:
        """Others in the place of workers that hang at a drive; asks no drive itself."""
        for kind in filter(self.jobs.wants_help, JobLane):
            work = partial(self.jobs.help, kind)
            self._job_lanes[kind].submit(work, self, _ignore, _log_failure)

    def change_settings(self, settings: Settings) -> None:
        """Keep these, now and on disk."""
        self.settings = settings
        store = self._settings_store
        self.chores.submit(
            lambda _: store.save(settings), self, _ignore, _log_failure, must_run=True
        )

    def remember_folder(self, folder: Path, saving: Mapping[str, str | bool] | None = None) -> None:
        """Save there next time, too, and in that way."""
        kept = self.settings.saving if saving is None else saving
        self.change_settings(replace(self.settings, last_save_folder=str(folder), saving=kept))

    def limit_rate(self, bytes_per_s: int) -> None:
        """All transfers together stay under this rate from now on; 0 for no limit."""
        self.throttle.set_rate(bytes_per_s)
        self.change_settings(replace(self.settings, max_bytes_per_s=bytes_per_s))

    def renew_expired(self, *, allowed: bool) -> None:
        """Whether exports whose link has expired are asked for again by themselves, from now on."""
        self.jobs.limits = replace(self.jobs.limits, renew_expired=allowed)
        self.change_settings(replace(self.settings, renew_expired=allowed))

    def close(self) -> None:
        """Stop work, join threads, close stores. Nothing plays any more when this is called."""
        self.context.cancel.cancel()
        self._help.stop()
        lanes = (
            *self._job_lanes.values(),
            self.requests,
            self.sign_ins,
            self.rejoins,
            self.chores,
            self.closing,
            self.looks,
            self.stills,
            self.drives,
            self.copies,
            self.papers,
        )
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.close()
        if self.session is not None:
            self.session.close()
        self.vlc.close()
        self.credentials.close()
        if self._store is not None:
            self._store.close()

    def _recorder_for(self, server: str, username: str) -> Recorder | None:
        session = self.session
        parts = (session, *session.others) if session is not None else ()
        asked = server, username
        # Somebody may be signed in by http and by https.
        first = sorted(parts, key=lambda part: part.key != asked)
        return next((part.recorder for part in first if is_served_by(asked, part.key)), None)


def _no_keyring() -> None:
    """The administrator does not want passwords to be kept."""


def _ignore(_result: object) -> None:
    """Nothing to do with it."""


def _log_failure(error: RtaError) -> None:
    _log.warning("in the background: %s", error)
