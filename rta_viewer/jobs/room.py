"""Is the place that a paused job's file goes to there again, and has it room? Looked at now and then."""

import shutil
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rta_viewer.core.clock import Clock
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.jobs import Job
from rta_viewer.core.save_medium import VOLUME_BYTES
from rta_viewer.core.texts import tr
from rta_viewer.errors import RtaError, StorageError, TargetLostError
from rta_viewer.evidence.files import system_path
from rta_viewer.platform.drives import is_mount_point, mount_point
from rta_viewer.vms.part_file import storage_error

LOOK_EVERY_S = 10.0
_LONGEST_WAIT_S = 300.0
_QUICK_S = 1.0
_RESTS = 10.0
"""So many times as long as a look took that was not quick."""
_LONGEST_LOOK_S = 5.0
"""Until whoever looks does something else; a share whose server is gone may not answer for hours."""
_SPARE_BYTES = 64 * 1024 * 1024


def is_lost_target(err: RtaError) -> bool:
    """True when what failed may work later: the disk was full, or the drive was gone."""
    if isinstance(err, TargetLostError):
        return True
    cause = err.__cause__
    if not isinstance(err, StorageError) or not isinstance(cause, OSError):
        return False
    return isinstance(storage_error(cause, Path()), TargetLostError)


@at_drive()
def what_is_gone(job: Job) -> str:
    """A sentence about the folder or drive that was there once and is not any more; empty when all is there.

    Raises:
        OSError: A share that is away may not even say that.
    """
    if gone := what_drive_is_gone(job.mount_point):
        return gone
    if job.folder_seen and not system_path(job.folder).is_dir():
        return tr("The folder {folder} is gone.", folder=job.folder)
    return ""


def what_drive_is_gone(mount_point: str) -> str:
    """A sentence about a drive that was mounted there; empty while one is, or where none has to be."""
    if not mount_point or is_mount_point(mount_point):
        return ""
    return tr("The drive that was at {folder} is gone.", folder=mount_point)


def has_room(job: Job) -> bool:
    """Whether the job could go on now."""
    folder = system_path(job.folder)
    # Of a file that is all there its volumes are missing: cut without room they would fill the drive in vain.
    whole_bytes = _needed_bytes(job) if job.sha256 else job.total_bytes or 0
    missing = max(0, whole_bytes - job.received_bytes)
    try:
        if what_is_gone(job):
            return False
        place = next((each for each in (folder, *folder.parents) if each.is_dir()), None)
        return place is not None and shutil.disk_usage(place).free >= missing + _SPARE_BYTES
    except OSError:
        return False


def bytes_to_come(jobs: Iterable[Job], folder: Path) -> int:
    """What unfinished jobs will still write to the drive of a folder, as far as their sizes can be told."""
    drive, mounted_at = _drive(folder), mount_point(folder)
    missing = Counter[Path]()
    for job in jobs:
        # Where its drive is gone its folder seems to be on another one; and a share may not answer.
        if not job.finished and job.mount_point in {"", mounted_at}:
            missing[job.folder] += max(0, _needed_bytes(job) - job.received_bytes)
    return sum(
        size
        for place, size in missing.items()
        if size and drive is not None and _drive(place) == drive
    )


def _needed_bytes(job: Job) -> int:
    """As far as it can be told; volumes lie beside the whole file."""
    size_bytes = job.estimated_bytes if job.total_bytes is None else job.total_bytes
    limit = VOLUME_BYTES.get(job.medium)
    doubled = size_bytes is not None and limit is not None and size_bytes > limit
    return (size_bytes or 0) * (2 if doubled else 1)


def _drive(folder: Path) -> int | None:
    try:
        place = next((each for each in (folder, *folder.parents) if each.exists()), None)
        return place.stat().st_dev if place is not None else None
    except (OSError, ValueError):
        return None


def rest_after_s(took_s: float) -> float:
    """How long to leave drives alone after a look at one; 0 when it was quick.

    Whoever looks does little else only a small part of the time, also at a share that is away.
    """
    return _RESTS * took_s if took_s > _QUICK_S else 0.0


class _Look:
    """One look for a job, on a thread of its own, which ends with the process where a drive never answers."""

    def __init__(self, job: Job) -> None:
        self.drive = drive_name(job)
        self.has_room = False
        self.is_late = False
        self._job = job
        self._thread = threading.Thread(target=self._look, name="drive-look", daemon=True)
        self._thread.start()

    def ends_within(self, seconds: float) -> bool:
        """True when ``has_room`` is known by then."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _look(self) -> None:
        self.has_room = has_room(self._job)


def drive_name(job: Job) -> str:
    """By what is known without asking the drive."""
    return job.mount_point or job.folder.anchor


class RoomWatch:
    """Says which paused jobs may go on. Any thread.

    Looks less often at one that was disappointed, and rests after a look that took long. What a drive says
    late counts at the next look; until then there is no other one at it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_s: dict[str, tuple[float, float]] = {}
        self._looks: dict[tuple[str, Path], _Look] = {}
        self._rests_until_s = float("-inf")

    def note_pause(self, job_id: str) -> None:
        """It was paused: do not look at once."""
        _, wait_s = self._next_s.get(job_id, (0.0, LOOK_EVERY_S / 2))
        wait_s = min(_LONGEST_WAIT_S, wait_s * 2)
        self._next_s[job_id] = (self._clock.monotonic_s() + wait_s, wait_s)

    def forget(self, job_id: str) -> None:
        """It got on: look often again, next time."""
        self._next_s.pop(job_id, None)

    def ready(self, jobs: list[Job]) -> list[Job]:
        """Those that wait for their target and can have it; who waits longest for a look is the first."""
        found = []
        answered = set[tuple[str, Path]]()
        waiting = (job for job in jobs if job.waits_for_drive)
        for job in sorted(waiting, key=self._due_s):
            begun_s = self._clock.monotonic_s()
            if max(self._due_s(job), self._rests_until_s) > begun_s:
                break
            has_it = self._has_room(job, answered)
            ended_s = self._clock.monotonic_s()
            if rest_s := rest_after_s(ended_s - begun_s):
                self._rests_until_s = ended_s + rest_s
            if has_it:
                found.append(job)
            else:
                _, wait_s = self._next_s.get(job.job_id, (0.0, LOOK_EVERY_S))
                self._next_s[job.job_id] = (ended_s + LOOK_EVERY_S, wait_s)
        return found

    def _has_room(self, job: Job, answered: set[tuple[str, Path]]) -> bool:
        """``answered`` are places that did so just now: what waits for them needs no thread each."""
        # It may have another folder since an earlier look.
        key, most_s = (job.job_id, job.folder), 0.0
        look, place = self._looks.get(key), (job.mount_point, job.folder)
        if look is None:
            if self.hangs(job):
                return False
            if place in answered:
                return has_room(job)
            look = self._looks[key] = _Look(job)
            most_s = _LONGEST_LOOK_S
        if not look.ends_within(most_s):
            look.is_late = True
            return False
        self._looks.pop(key, None)
        if not look.is_late:
            answered.add(place)
        return look.has_room

    def is_reachable(self, job: Job) -> bool:
        """Look now whether what was fetched can be had: False where that takes longer than some seconds."""
        self._has_room(job, set())
        try:
            return not self.hangs(job) and not what_is_gone(job)
        except OSError:
            return False

    def hangs(self, job: Job) -> bool:
        """The drive of a job was looked at, and does not answer. Returns at once."""
        late = [one for one in list(self._looks.values()) if one.is_late]
        return any(one.drive == drive_name(job) and not one.ends_within(0.0) for one in late)

    def _due_s(self, job: Job) -> float:
        return self._next_s.get(job.job_id, (0.0, LOOK_EVERY_S))[0]
