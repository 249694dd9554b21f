"""The world behind the embedded recording server: cameras, groups, recordings, footage, credentials.

An in-memory object with mutators, so that tests can take a camera away or change the password while a
client is connected. All methods may be called from any thread.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rta_viewer.core.clock import Clock
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.demo.cameras import (
    DemoCamera,
    DemoGroup,
    demo_cameras,
    demo_groups,
    stable_id,
)
from rta_viewer.demo.footage.cache import GopCache
from rta_viewer.demo.footage.changing import ChangingFootage
from rta_viewer.demo.footage.generated import GeneratedFootage, picture_ms
from rta_viewer.demo.footage.model import CameraFootage
from rta_viewer.demo.world_files import file_cameras
from rta_viewer.demo.world_recordings import DemoEvent, DemoGap, RecordedSequence, Recordings
from rta_viewer.demo.world_schedule import DAY_MS, HOUR_MS, Incident, Schedule
from rta_viewer.errors import UsageError

__all__ = [
    "DemoCamera",
    "DemoEvent",
    "DemoGap",
    "DemoGroup",
    "RecordedSequence",
    "World",
    "demo_world",
    "recordings_world",
]

GIB = 1 << 30
_MINUTE_MS = 60_000


@dataclass(slots=True)
class CameraEntry:
    """All that a world knows of one camera.

    Attributes:
        redraw: The same recordings as another camera would have filmed them, None for real files.
    """

    camera: DemoCamera
    recordings: Recordings
    footage: CameraFootage
    redraw: Callable[[DemoCamera], CameraFootage] | None = None


class World:
    """What the REST and the RTSP side serve.

    Args:
        make_entry: Builds a camera's recordings and footage again when it is replaced.
        on_close: Called once by :meth:`close`; ends threads and releases files.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        username: str,
        password: Secret,
        entries: Iterable[CameraEntry],
        groups: Iterable[DemoGroup],
        make_entry: Callable[[DemoCamera], CameraEntry],
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self.clock = clock
        self.username = username
        self._password = password
        self._entries = {entry.camera.camera_id: entry for entry in entries}
        self._groups = tuple(groups)
        self._make_entry = make_entry
        self._on_close = on_close
        self._closed = False
        self._lock = threading.RLock()

    @property
    def password(self) -> Secret:
        """The password of the one user."""
        with self._lock:
            return self._password

    @property
    def cameras(self) -> tuple[DemoCamera, ...]:
        """All cameras in the server's order."""
        with self._lock:
            return tuple(entry.camera for entry in self._entries.values())

    @property
    def groups(self) -> tuple[DemoGroup, ...]:
        """All groups; removed cameras are in none."""
        with self._lock:
            return tuple(
                DemoGroup(
                    group.group_id,
                    group.name,
                    group.description,
                    tuple(item for item in group.camera_ids if item in self._entries),
                )
                for group in self._groups
            )

    def camera(self, camera_id: str) -> DemoCamera | None:
        """One camera, None when there is no such camera."""
        with self._lock:
            entry = self._entries.get(camera_id)
            return entry.camera if entry else None

    def footage(self, camera_id: str) -> CameraFootage:
        """Its pictures and sound.

        Raises:
            KeyError: There is no such camera.
        """
        return self._entry(camera_id).footage

    def sequences(self, camera_id: str, window: Span) -> list[RecordedSequence]:
        """Recordings, clipped to the window and to what exists up to now.

        Raises:
            KeyError: There is no such camera.
        """
        return self._entry(camera_id).recordings.sequences(window)

    def gaps(self, camera_id: str, window: Span) -> list[DemoGap]:
        """What is missing in the window up to now, with reasons.

        Raises:
            KeyError: There is no such camera.
        """
        return self._entry(camera_id).recordings.gaps(window)

    def events(self, camera_id: str, window: Span) -> list[DemoEvent]:
        """What was noticed, starting inside the window.

        Raises:
            KeyError: There is no such camera.
        """
        return self._entry(camera_id).recordings.events(window)

    def remove_camera(self, camera_id: str) -> None:
        """An administrator deletes a camera. Unknown ids are ignored."""
        with self._lock:
            self._entries.pop(camera_id, None)

    def replace_camera(self, camera: DemoCamera) -> None:
        """An administrator changes a camera; a demo world takes new ones too. Its added gaps go."""
        entry = self._make_entry(camera)
        with self._lock:
            self._entries[camera.camera_id] = entry

    def change_size(self, camera_id: str, from_ms: float, width: int, height: int) -> float:
        """An administrator sets another picture size; earlier footage keeps its own. Generated footage only.

        The size in lists and descriptions stays the old one, as on servers that read it when they start.

        Returns:
            The instant of the first picture of that size: the end of the group that shows ``from_ms``.

        Raises:
            KeyError: There is no such camera.
            UsageError: Its footage is real.
        """
        entry = self._entry(camera_id)
        if entry.redraw is None:
            raise UsageError("Only generated footage can change its size.")
        later = entry.redraw(replace(entry.camera, width=width, height=height))
        footage = ChangingFootage(entry.footage, later, from_ms)
        with self._lock:
            entry.footage = footage
        return footage.border_ms

    def add_gap(self, camera_id: str, span: Span, reason: str) -> None:
        """Take footage away.

        Raises:
            KeyError: There is no such camera.
        """
        self._entry(camera_id).recordings.add_gap(span, reason)

    def set_password(self, password: Secret) -> None:
        """An administrator changes the password."""
        with self._lock:
            self._password = password

    def close(self) -> None:
        """Release threads and files. Idempotent."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._on_close()

    def _entry(self, camera_id: str) -> CameraEntry:
        with self._lock:
            return self._entries[camera_id]


def demo_world(
    clock: Clock,
    cache_dir: Path,
    *,
    cache_bytes: int = GIB,
    username: str = "demo",
    password: Secret | None = None,
) -> World:
    """The world that comes with the program: generated footage of the last seven days.

    Args:
        clock: What is "now"; nothing was recorded after it.
        cache_dir: Encoded footage is kept there.
        cache_bytes: Bound of that folder.
        username: The one user.
        password: ``demo`` when None.

    Raises:
        StorageError: The folder cannot be used.
    """
    cache = GopCache(cache_dir, cache_bytes)
    started_ms = clock.now_ms()

    def make_entry(camera: DemoCamera) -> CameraEntry:
        schedule = demo_schedule(camera, started_ms)
        recordings = Recordings(
            camera.camera_id, schedule, clock, camera.retention_days, picture_ms(camera)
        )

        def draw(as_camera: DemoCamera) -> CameraFootage:
            return GeneratedFootage(as_camera, recordings.recorded, recordings.existing, cache)

        return CameraEntry(camera, recordings, draw(camera), draw)

    return World(
        clock=clock,
        username=username,
        password=password if password is not None else Secret("demo"),
        entries=[make_entry(camera) for camera in demo_cameras()],
        groups=demo_groups(),
        make_entry=make_entry,
        on_close=cache.close,
    )


def demo_schedule(camera: DemoCamera, started_ms: int) -> Schedule:
    """A camera's habits. Offline and disabled cameras stopped some days before the server started."""
    stopped_ms, stopped_reason = None, ""
    if camera.offline:
        stopped_ms, stopped_reason = _stopped(started_ms, 5 * HOUR_MS), "camera_offline"
    elif not camera.recording_enabled:
        stopped_ms, stopped_reason = _stopped(started_ms, 9 * HOUR_MS), "no_recording"
    return Schedule(
        seed=camera.number,
        kind=camera.kind,
        incidents=_INCIDENTS.get(camera.number, ()),
        stopped_ms=stopped_ms,
        stopped_reason=stopped_reason,
        has_audio=camera.has_audio,
    )


def _stopped(started_ms: int, offset_ms: int) -> int:
    """The last multiple of four days, plus the offset, that is at least a day old."""
    step = 4 * DAY_MS
    return (started_ms - DAY_MS - offset_ms) // step * step + offset_ms


_INCIDENTS: dict[int, tuple[Incident, ...]] = {
    1: (
        Incident("network_error", 3 * HOUR_MS, 101 * _MINUTE_MS, 35_000),
        Incident("database_error", DAY_MS, 4 * HOUR_MS + 12 * _MINUTE_MS, 90_000),
    ),
    2: (Incident("no_recording", DAY_MS, 22 * HOUR_MS, 7 * HOUR_MS),),
    3: (
        Incident("disk_full", 2 * DAY_MS, 3 * HOUR_MS + 20 * _MINUTE_MS, 50 * _MINUTE_MS),
        Incident("network_error", 7 * HOUR_MS, 95 * _MINUTE_MS, 3 * _MINUTE_MS),
    ),
    4: (Incident("manual_deletion", 3 * DAY_MS, 13 * HOUR_MS, 40 * _MINUTE_MS),),
    7: (Incident("camera_offline", 2 * DAY_MS, 16 * HOUR_MS, 25 * _MINUTE_MS),),
    8: (
        Incident("database_error", DAY_MS, 11 * HOUR_MS + 7 * _MINUTE_MS, 4 * _MINUTE_MS),
        Incident("disk_full", 2 * DAY_MS, 3 * HOUR_MS + 20 * _MINUTE_MS, 50 * _MINUTE_MS),
    ),
    10: (
        Incident("manual_deletion", 4 * DAY_MS, 9 * HOUR_MS, 20 * _MINUTE_MS),
        Incident("network_error", 11 * HOUR_MS, 40 * _MINUTE_MS, 2 * _MINUTE_MS),
    ),
    11: (Incident("camera_offline", DAY_MS, 2 * HOUR_MS, 30 * _MINUTE_MS),),
}


def recordings_world(
    directory: Path,
    clock: Clock,
    cache_dir: Path,
    *,
    cache_bytes: int = GIB,
    username: str = "demo",
    password: Secret | None = None,
) -> World:
    """A world of real files: each sub-folder of ``directory`` is a camera of that name.

    Args:
        directory: Holds the sub-folders; nothing is written there.
        clock: Files from after its ``now_ms`` do not exist yet.
        cache_dir: Pictures that had to be encoded again are kept there, within ``cache_bytes``.
        cache_bytes: Bound of that folder.
        username: The one user.
        password: ``demo`` when None.

    Raises:
        UsageError: No sub-folder holds a readable recording.
        StorageError: The cache folder cannot be used.
    """
    cache = GopCache(cache_dir, cache_bytes)
    found = {item.camera.camera_id: item for item in file_cameras(directory, clock, cache)}

    def make_entry(camera: DemoCamera) -> CameraEntry:
        item = found[camera.camera_id]
        return CameraEntry(camera, item.recordings, item.footage)

    def close() -> None:
        for item in found.values():
            item.footage.close()
        cache.close()

    name = directory.resolve().name or "Recordings"
    return World(
        clock=clock,
        username=username,
        password=password if password is not None else Secret("demo"),
        entries=[make_entry(item.camera) for item in found.values()],
        groups=[DemoGroup(stable_id(f"recordings group {name}"), name, "", tuple(found))],
        make_entry=make_entry,
        on_close=close,
    )
