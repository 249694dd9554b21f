"""Is a stretch of a file in it twice? Told by the bytes of its key pictures, in little memory."""

from collections import defaultdict
from zlib import crc32

_LEAST_SHIFT_S = 15
"""Where recordings are joined, the second one may begin with pictures that the first one had already."""

_FEWEST = 5
"""A still picture is encoded in a few ways, again and again."""

_MOST_KEPT = 10_000
_OFTEN = 3


class Repeats:
    """Takes the key pictures of a file, with their presentation times in any unit.

    A camera takes no picture twice: noise makes each of them other bytes. What shows a short film again and
    again does, more than twice; that is not told.

    Args:
        second: So many units.
    """

    def __init__(self, second: int) -> None:
        self._second = second
        self._share = 1
        self._times: dict[tuple[int, int], list[int]] = {}

    def add(self, shown: int, picture: memoryview) -> None:
        """One key picture more."""
        mark = crc32(picture)
        # Of very many some are kept. Their bytes alone decide which, so those of a repetition are the same.
        if mark % self._share:
            return
        times = self._times.setdefault((mark, picture.nbytes), [])
        if len(times) < _OFTEN:
            times.append(shown)
        if len(self._times) > _MOST_KEPT:
            self._share *= 2
            kept = [one for one in self._times.items() if not one[0][0] % self._share]
            self._times = dict(kept)

    def found(self) -> tuple[int, int] | None:
        """Where the longest such stretch begins, and where it begins again; None without one."""
        if sum(len(times) == _OFTEN for times in self._times.values()) >= _FEWEST:
            return None
        stretches: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for times in self._times.values():
            if len(times) == 2:
                first, again = sorted(times)
                stretches[round((again - first) / self._second)].append((first, again))
        longest = max(
            (pairs for shift_s, pairs in stretches.items() if shift_s >= _LEAST_SHIFT_S),
            key=len,
            default=[],
        )
        return min(longest) if len(longest) >= _FEWEST else None
