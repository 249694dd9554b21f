"""Small pictures of any instant, for somebody who points at the timeline.

Only key pictures: one costs one request on a connection that stays open for a while, and a few milliseconds
to decode. The connection is not the player's, so pointing does not disturb what plays.
"""

import threading
from collections.abc import Callable, Sequence

from av.video.frame import VideoFrame

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture, ReplaySource
from rta_viewer.core.texts import tr
from rta_viewer.core.time_grid import Cell
from rta_viewer.errors import Cancelled, MediaError, NoFootageError
from rta_viewer.media import frames
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.thumbnail_store import ThumbnailStore

WIDTH_PX, HEIGHT_PX = 240, 135
"""A thumbnail fits into this, with the proportions of the recording."""

_KEY_APART_MS = 10_000
"""No recorder puts key pictures farther apart: the one to show may be that much earlier."""


_MOST_UNITS = 2_000


class ThumbnailReader:
    """Thumbnails of one server's cameras: from what was received lately, from disk, or from the server.

    One thread asks; :meth:`rest` and :meth:`close` may come from another.

    Args:
        open_source: A source of a camera's footage, for this reader alone.
        cache: What the players received.
        store: What this reader decoded.
        now_ms: The wall clock.
    """

    def __init__(
        self,
        open_source: Callable[[str], ReplaySource],
        cache: GopCache,
        store: ThumbnailStore,
        now_ms: Callable[[], int],
    ) -> None:
        self._open_source = open_source
        self._cache = cache
        self._store = store
        self._now_ms = now_ms
        self._lock = threading.Lock()
        self._source: tuple[str, ReplaySource] | None = None
        self._closed = False

    def picture(self, cell: Cell, instant_ms: int, cancel: CancelToken) -> Picture | None:
        """The key picture at or before an instant of a cell, or the first one after it in the cell.

        Returns:
            With the instant of its own; None where there is no footage.

        Raises:
            NetworkError, SignInError, ServerError, MediaError, Cancelled: As the source says.
        """
        stored = self._store.get(cell)
        if stored is not None:
            return stored
        unit = self._received(cell, instant_ms) or self._asked(cell, instant_ms, cancel)
        if unit is None:
            return None
        picture = _small(unit)
        self._store.put(cell, picture)
        return picture

    def exact(self, camera_id: str, instant_ms: int, cancel: CancelToken) -> Picture | None:
        """The very picture of an instant, small; None where there is no footage. Slower, and not kept.

        Raises:
            NetworkError, SignInError, ServerError, MediaError, Cancelled: As the source says.
        """
        gop = self._cache.find(camera_id, instant_ms)
        units = gop.units if gop is not None else self._group(camera_id, instant_ms, cancel)
        frame = frames.decode_at(units, instant_ms, cancel)
        return None if frame is None else _scaled(frame, frames.instant_of(frame, units))

    def rest(self) -> None:
        """Nobody points at anything any more: let the connection go."""
        with self._lock:
            kept, self._source = self._source, None
        if kept is not None:
            kept[1].close()

    def close(self) -> None:
        """Let go of everything, and delete what was kept on disk."""
        with self._lock:
            self._closed = True
        self.rest()
        self._store.clear()

    def _received(self, cell: Cell, instant_ms: int) -> AccessUnit | None:
        """The key picture that a player received, if it is the one to show or near enough."""
        gop = self._cache.find(cell.camera_id, instant_ms)
        if gop is None:
            gop = self._cache.last_before(cell.camera_id, instant_ms)
            if gop is None or instant_ms - gop.start_ms > cell.length_ms:
                return None
        return gop.units[0]

    def _asked(self, cell: Cell, instant_ms: int, cancel: CancelToken) -> AccessUnit | None:
        source = self._source_of(cell.camera_id)
        end_ms = max(self._now_ms(), instant_ms + 1)
        try:
            stream = source.open(instant_ms, end_ms, speed=1.0, key_frames_only=True, cancel=cancel)
        except NoFootageError:
            return None
        latest_ms = max(instant_ms + 1, cell.start_ms + cell.length_ms)
        try:
            for unit in stream.units():
                cancel.raise_if_cancelled()
                if unit.format.codec.is_video and unit.is_key:
                    near = instant_ms - _KEY_APART_MS <= unit.instant_ms < latest_ms
                    return unit if near else None
        finally:
            stream.close()
        return None

    def _group(self, camera_id: str, instant_ms: int, cancel: CancelToken) -> Sequence[AccessUnit]:
        """From the key picture at or before an instant on, enough to decode the picture of the instant."""
        end_ms = max(self._now_ms(), instant_ms + 1)
        try:
            stream = self._source_of(camera_id).open(
                instant_ms, end_ms, speed=1.0, key_frames_only=False, cancel=cancel
            )
        except NoFootageError:
            return ()
        units: list[AccessUnit] = []
        depth = later = 0
        try:
            for unit in stream.units():
                cancel.raise_if_cancelled()
                if not unit.format.codec.is_video:
                    continue
                if unit.is_key and unit.instant_ms <= instant_ms:
                    units, depth = [], frames.reorder_depth(unit)
                elif not units:
                    # Begins later: there is nothing at this instant.
                    return ()
                units.append(unit)
                # With B-frames, pictures that are shown earlier may still follow.
                later += unit.instant_ms > instant_ms
                if later > depth or len(units) > _MOST_UNITS:
                    break
        finally:
            stream.close()
        return units

    def _source_of(self, camera_id: str) -> ReplaySource:
        with self._lock:
            if self._closed:
                raise Cancelled
            kept = self._source
            if kept is not None and kept[0] == camera_id:
                return kept[1]
            self._source = camera_id, self._open_source(camera_id)
            source = self._source[1]
        if kept is not None:
            kept[1].close()
        return source


def _small(unit: AccessUnit) -> Picture:
    frame = frames.decode_at([unit], unit.instant_ms)
    if frame is None:
        raise MediaError(tr("The recording could not be decoded at this instant."))
    return _scaled(frame, unit.instant_ms)


def _scaled(frame: VideoFrame, instant_ms: float) -> Picture:
    if frame.width * frame.height > frames.MAX_PIXELS or not frame.height:
        raise MediaError(tr("The recording could not be decoded at this instant."))
    share = min(WIDTH_PX / frame.width, HEIGHT_PX / frame.height, 1.0)
    width, height = (max(2, round(size * share)) for size in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="bgra", interpolation="AREA")
    return frames.to_picture(small, instant_ms)
