"""Where a file shows next to nothing: some servers put black pictures where nothing was recorded."""

from dataclasses import dataclass

_TIMES = 4
"""A scene takes so many times the bytes of a black picture, or of a card with some words."""

_MOST_RUNS = 2_000


@dataclass(slots=True)
class _Run:
    """Key pictures of about the same size, one after the other."""

    start: int
    size_bytes: int
    count: int = 1

    @property
    def usual_bytes(self) -> float:
        return self.size_bytes / self.count


class Plain:
    """Takes the key pictures of a file in its order, with their presentation times in any unit."""

    def __init__(self) -> None:
        self._runs: list[_Run] = []

    def add(self, shown: int, size_bytes: int) -> None:
        """One key picture more."""
        last = self._runs[-1] if self._runs else None
        if last and last.usual_bytes < size_bytes * _TIMES < last.usual_bytes * _TIMES * _TIMES:
            last.size_bytes += size_bytes
            last.count += 1
        elif len(self._runs) < _MOST_RUNS:
            self._runs.append(_Run(shown, size_bytes))

    def found(self, end: int) -> list[tuple[int, int]]:
        """``(start, end)`` of each stretch that takes much less than the others; the file ends at ``end``."""
        most_bytes = max((run.usual_bytes for run in self._runs), default=0.0)
        ends = [*(run.start for run in self._runs[1:]), end]
        return [
            (run.start, until)
            for run, until in zip(self._runs, ends, strict=False)
            if run.usual_bytes * _TIMES <= most_bytes
        ]
