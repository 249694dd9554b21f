"""Recently received groups of pictures, by camera and time, bounded in bytes.

A group is a key picture and everything decoded from it up to the next one. It is *complete* when it is
known where it ends: the next key picture followed without a break, or the source said so.
"""

import threading
from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rta_viewer.core.access_unit import AccessUnit

DEFAULT_LIMIT_BYTES = 256 * 1024 * 1024

_MOST_LEADING = 16
"""More pictures than this no decoder keeps back: their time stamps are wrong then."""


@dataclass(frozen=True, slots=True)
class CachedGop:
    """One group of pictures in decode order.

    Attributes:
        start_ms: Instant of the key picture.
        end_ms: Up to where the group's last picture is known to be the one to show.
        complete: Nothing of the group is missing.
    """

    start_ms: float
    end_ms: float
    complete: bool
    units: tuple[AccessUnit, ...] = field(repr=False)

    @property
    def size_bytes(self) -> int:
        """Bytes of compressed data."""
        return sum(len(unit.data) for unit in self.units)

    def instants(self) -> list[float]:
        """The instants of the group's pictures in the order in which they are shown."""
        return sorted(unit.instant_ms for unit in self.units if unit.instant_ms < self.end_ms)


class GopCache:
    """Least recently used groups go first. Safe from any thread."""

    def __init__(self, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._starts: dict[str, list[float]] = {}
        self._gops: OrderedDict[tuple[str, float], CachedGop] = OrderedDict()
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """Bytes of compressed data held."""
        with self._lock:
            return self._size_bytes

    def put(self, camera_id: str, gop: CachedGop) -> None:
        """Keep a group, unless a complete or longer one with the same start is there already."""
        key = (camera_id, gop.start_ms)
        with self._lock:
            known = self._gops.get(key)
            if known is not None:
                if (known.complete, known.end_ms) >= (gop.complete, gop.end_ms):
                    return
                self._remove_locked(key)
            if gop.size_bytes > self._limit_bytes:
                return
            insort(self._starts.setdefault(camera_id, []), gop.start_ms)
            self._gops[key] = gop
            self._size_bytes += gop.size_bytes
            while self._size_bytes > self._limit_bytes:
                self._remove_locked(next(iter(self._gops)))

    def find(self, camera_id: str, instant_ms: float) -> CachedGop | None:
        """The group whose pictures are known to cover the instant, or None."""
        with self._lock:
            starts = self._starts.get(camera_id, [])
            index = bisect_right(starts, instant_ms) - 1
            if index < 0:
                return None
            key = (camera_id, starts[index])
            gop = self._gops[key]
            if instant_ms >= gop.end_ms:
                return None
            self._gops.move_to_end(key)
            return gop

    def last_before(self, camera_id: str, instant_ms: float) -> CachedGop | None:
        """The group with the latest start at or before the instant, whether it covers it or not."""
        with self._lock:
            starts = self._starts.get(camera_id, [])
            index = bisect_right(starts, instant_ms) - 1
            return self._gops[(camera_id, starts[index])] if index >= 0 else None

    def all_of(self, camera_id: str) -> list[CachedGop]:
        """One camera's groups in the order of time."""
        with self._lock:
            return [self._gops[(camera_id, start)] for start in self._starts.get(camera_id, [])]

    def forget(self, camera_id: str | None = None) -> None:
        """Drop one camera's groups, or all."""
        with self._lock:
            for key in [key for key in self._gops if camera_id in (None, key[0])]:
                self._remove_locked(key)

    def _remove_locked(self, key: tuple[str, float]) -> None:
        gop = self._gops.pop(key)
        self._size_bytes -= gop.size_bytes
        starts = self._starts[key[0]]
        starts.remove(key[1])
        if not starts:
            del self._starts[key[0]]


class GopCollector:
    """Cuts a stream of access units into groups and puts them into a cache. One thread.

    Open groups: pictures that follow a key picture in decode order but are shown before it belong to the
    group before it, which then holds the key picture too, to decode them.

    Attributes:
        reorder_depth: How many pictures may be decoded before one that is shown earlier.
    """

    def __init__(self, cache: GopCache, camera_id: str) -> None:
        self._cache = cache
        self._camera_id = camera_id
        self._units: list[AccessUnit] = []
        self._before: list[AccessUnit] = []
        self._leading: list[AccessUnit] = []
        self.reorder_depth = 0

    @property
    def units(self) -> Sequence[AccessUnit]:
        """The group that is being received, in decode order."""
        return self._units

    def add(self, unit: AccessUnit) -> None:
        """Take the next video unit in decode order. Units before the first key picture are ignored."""
        if unit.is_key:
            self._finish_before()
            if unit.discontinuity:
                self._store(self._units, _last_ms(self._units) + 1)
            else:
                self._before = self._units
            self._units = [unit]
        elif unit.discontinuity:
            # What follows damaged data cannot be decoded before the next key picture.
            self.end(complete=False, settled=True)
        elif self._leads(unit):
            self._leading.append(unit)
        elif self._units:
            self._finish_before()
            self._units.append(unit)

    def share(self) -> None:
        """Put what was received of the current group into the cache; collecting goes on. Any thread."""
        self._store_started()

    def end(self, *, complete: bool, settled: bool = False) -> None:
        """The stream ends here.

        Args:
            complete: The last group is whole.
            settled: No picture is missing before the latest one that was received.
        """
        if complete or settled:
            self._finish_before()
            self._store(self._units, _last_ms(self._units) + 1, complete=complete)
        else:
            self._store_started()
        self._units, self._before, self._leading = [], [], []

    def _store_started(self) -> None:
        for units in (list(self._before), list(self._units)):
            self._store(units, _known_end_ms(units, self.reorder_depth))

    def _leads(self, unit: AccessUnit) -> bool:
        """True for a picture right after a key picture that is shown before it."""
        only_key = len(self._units) == 1
        return (
            only_key
            and unit.instant_ms < self._units[0].instant_ms
            and len(self._leading) < _MOST_LEADING
        )

    def _finish_before(self) -> None:
        """The group before the current one has all its pictures now."""
        before, leading = self._before, self._leading
        self._before, self._leading = [], []
        if before:
            key = self._units[0]
            units = [*before, key, *leading] if leading else before
            last_ms = _last_ms(before)
            if key.instant_ms > last_ms:
                self._store(units, key.instant_ms, complete=True)
            else:
                self._store(before, last_ms + 1)

    def _store(self, units: Sequence[AccessUnit], end_ms: float, *, complete: bool = False) -> None:
        if units:
            gop = CachedGop(units[0].instant_ms, end_ms, complete, tuple(units))
            self._cache.put(self._camera_id, gop)


def _last_ms(units: Sequence[AccessUnit]) -> float:
    return max((unit.instant_ms for unit in units), default=0.0)


def _known_end_ms(units: Sequence[AccessUnit], reorder_depth: int) -> float:
    """Until when nothing that is still to come can be shown: the last ``reorder_depth`` may be preceded.

    Nothing is known about how long a picture stands; a millisecond it does.
    """
    instants = sorted(unit.instant_ms for unit in units)
    return instants[max(0, len(instants) - 1 - reorder_depth)] + 1 if instants else 0.0
