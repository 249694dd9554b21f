"""How fast bytes arrive, measured over the last seconds. No Qt."""

from collections import deque

_WINDOW_S = 5.0
_SHORTEST_S = 0.5


class RateMeter:
    """Bytes a second of one transfer."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def add(self, now_s: float, received_bytes: int) -> None:
        """So much has arrived by now; less than before means that it started over."""
        if self._samples and received_bytes < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now_s, received_bytes))
        while now_s - self._samples[0][0] > _WINDOW_S and len(self._samples) > 2:
            self._samples.popleft()

    @property
    def rate(self) -> float | None:
        """Bytes a second, None until there is enough to tell."""
        if len(self._samples) < 2:
            return None
        (first_s, first), (last_s, last) = self._samples[0], self._samples[-1]
        return (last - first) / (last_s - first_s) if last_s - first_s >= _SHORTEST_S else None
