"""How far apart the pictures of a file are shown, in little memory whatever the file holds."""

from collections import Counter
from heapq import heappop, heappush, heappushpop

_REORDERED = 32
"""Pictures are decoded before others that are shown first; H.264 and H.265 keep 16 of them at most."""

_MOST_PAUSES = 2_000
_MOST_DISTANCES = 10_000


class Spacing:
    """Takes presentation times in the order of decoding, in any unit, and tells their distances.

    Args:
        least_pause: Distances from here on are remembered with their places, the longest ones when there
            are very many.

    Attributes:
        least_pause: The same.
        longest: The longest distance; 0 with fewer than two pictures.
        steps_back: How far at most a picture is shown before one that came long before it.
    """

    def __init__(self, least_pause: int) -> None:
        self.longest = 0
        self.steps_back = 0
        self.least_pause = least_pause
        self._waiting: list[int] = []
        self._latest: int | None = None
        self._distances: Counter[int] = Counter()
        self._pauses: list[tuple[int, int]] = []

    def add(self, shown: int) -> None:
        """One picture more."""
        if len(self._waiting) < _REORDERED:
            heappush(self._waiting, shown)
        else:
            self._pass(heappushpop(self._waiting, shown))

    def finish(self) -> None:
        """There are no more pictures."""
        while self._waiting:
            self._pass(heappop(self._waiting))

    @property
    def usual(self) -> int | None:
        """The median distance, None with fewer than two pictures."""
        left = self._distances.total() // 2
        for distance, count in sorted(self._distances.items()):
            left -= count
            if left < 0:
                return distance
        return None

    @property
    def pauses(self) -> list[tuple[int, int]]:
        """``(start, end)`` of each long distance, in the order of the file."""
        return sorted((start, start + length) for length, start in self._pauses)

    def _pass(self, shown: int) -> None:
        latest, self._latest = self._latest, shown
        if latest is None:
            return
        distance = shown - latest
        if distance <= 0:
            self._latest = latest
            self.steps_back = max(self.steps_back, -distance)
            return
        self.longest = max(self.longest, distance)
        # A file made to fill the memory is no worse measured by its first ten thousand kinds.
        if distance in self._distances or len(self._distances) < _MOST_DISTANCES:
            self._distances[distance] += 1
        if distance >= self.least_pause:
            self._keep((distance, latest))

    def _keep(self, pause: tuple[int, int]) -> None:
        if len(self._pauses) < _MOST_PAUSES:
            heappush(self._pauses, pause)
        else:
            heappushpop(self._pauses, pause)
