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
        """The pictures' instants in the order in which they are shown."""
        return sorted(unit.instant_ms for unit in self.units)


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
    """Cuts a stream of access units into groups and puts them into a cache. One thread."""

    def __init__(self, cache: GopCache, camera_id: str) -> None:
        self._cache = cache
        self._camera_id = camera_id
        self._units: list[AccessUnit] = []

    @property
    def units(self) -> Sequence[AccessUnit]:
        """The group that is being received, in decode order."""
        return self._units

    def add(self, unit: AccessUnit) -> None:
        """Take the next video unit in decode order. Units before the first key picture are ignored."""
        if unit.is_key:
            follows = bool(self._units) and not unit.discontinuity
            self._store(end_ms=unit.instant_ms if follows else None)
            self._units = [unit]
        elif unit.discontinuity:
            # What follows damaged data cannot be decoded before the next key picture.
            self._store(end_ms=None)
            self._units = []
        elif self._units:
            self._units.append(unit)

    def share(self) -> None:
        """Put what was received of the current group into the cache; collecting goes on. Any thread."""
        self._store(end_ms=None)

    def end(self, *, complete: bool) -> None:
        """The stream ends here; ``complete`` when the last group is whole."""
        self._store(end_ms=None, complete=complete)
        self._units = []

    def _store(self, end_ms: float | None, *, complete: bool = False) -> None:
        units = tuple(self._units)
        if not units:
            return
        start_ms = units[0].instant_ms
        last_ms = max(unit.instant_ms for unit in units)
        if end_ms is None or end_ms <= last_ms:
            # Nothing is known about how long the last picture stands; a millisecond it does.
            end_ms = last_ms + 1
            whole = complete
        else:
            whole = True
        gop = CachedGop(start_ms, end_ms, whole, units)
        self._cache.put(self._camera_id, gop)
