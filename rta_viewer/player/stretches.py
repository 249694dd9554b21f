"""Key pictures, stretch by stretch towards the past, from servers that only play forwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.player.locate import Locator, Window

STRETCH_S = 4.0
"""Wall-clock time that one stretch lasts on the screen: short enough to answer at once, long enough to hide
the next fetch."""

LEAST_STRETCH_MS = 12_000
"""Key frames are up to 10 s apart. The first stretch is no longer, so that something is seen soon."""

LONGEST_GAP_MS = 24 * 3_600_000
"""Where nothing was recorded for so long, it is the beginning."""

SAME_MS = 0.5
_GAP_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some key pictures in the order of recording, at least one.

    Attributes:
        behind_gap: Nothing was recorded between these and those of the stretch before.
    """

    keys: list[AccessUnit]
    behind_gap: bool


class Stretches:
    """Fetches them. One thread.

    Args:
        locator: For this alone.
        before_ms: Only earlier pictures.
        speed: Positive; at which they will be shown.
    """

    def __init__(self, locator: Locator, before_ms: float, speed: float) -> None:
        self._locator = locator
        self._before_ms = before_ms
        self._speed = speed
        self._usual_ms = max(LEAST_STRETCH_MS, STRETCH_S * 1000 * speed)

    def backwards(self, cancel: CancelToken) -> Iterator[Stretch]:
        """The latest stretch first, down to the beginning of the recordings.

        Raises:
            NetworkError, SignInError, MediaError, Cancelled: As the source says.
        """
        length_ms: float = LEAST_STRETCH_MS
        while True:
            keys = self._keys(self._before_ms - length_ms, self._before_ms, cancel)
            behind_gap = not keys
            if behind_gap:
                end = end_before_gap(self._locator, self._before_ms, length_ms, cancel)
                if end is None:
                    return
                keys = self._keys(end.end_ms - length_ms, end.end_ms, cancel)
            if not keys:
                return
            yield Stretch(keys, behind_gap)
            self._before_ms = keys[0].instant_ms
            length_ms = self._usual_ms

    def _keys(self, from_ms: float, end_ms: float, cancel: CancelToken) -> list[AccessUnit]:
        window = Window(round(from_ms), round(end_ms), self._speed)
        return [
            unit
            for unit in self._locator.key_pictures(window, cancel)
            if unit.instant_ms < self._before_ms - SAME_MS
        ]


@dataclass(frozen=True, slots=True)
class RecordingEnd:
    """Where footage ends before a gap, within some seconds.

    Attributes:
        seen_ms: An instant for which there is footage.
        end_ms: An instant after it for which there is none.
    """

    seen_ms: float
    end_ms: float


def end_before_gap(
    locator: Locator, before_ms: float, empty_ms: float, cancel: CancelToken
) -> RecordingEnd | None:
    """Look for footage before an instant; None when there is none within :data:`LONGEST_GAP_MS`.

    A long window would bring its earliest pictures first, and far too many: its end is closed in on.

    Args:
        locator: Asked.
        before_ms: The first picture behind the gap.
        empty_ms: So much before it is known to be empty.
        cancel: Ends it.

    Raises:
        NetworkError, SignInError, MediaError, Cancelled: As the source says.
    """
    end_ms = before_ms - empty_ms
    length_ms = empty_ms * _GAP_FACTOR
    while True:
        seen_ms = _first(locator, before_ms - length_ms, end_ms, cancel)
        if seen_ms is not None:
            break
        if length_ms >= LONGEST_GAP_MS:
            return None
        end_ms = before_ms - length_ms
        length_ms = min(length_ms * _GAP_FACTOR, LONGEST_GAP_MS)
    while end_ms - seen_ms > LEAST_STRETCH_MS / 2:
        middle_ms = (seen_ms + end_ms) / 2
        later_ms = _first(locator, middle_ms, end_ms, cancel)
        if later_ms is None:
            end_ms = middle_ms
        else:
            seen_ms = max(later_ms, middle_ms)
    return RecordingEnd(seen_ms, end_ms)


def _first(locator: Locator, from_ms: float, end_ms: float, cancel: CancelToken) -> float | None:
    found = locator.key_pictures(Window(round(from_ms), round(end_ms)), cancel, most=1)
    return found[0].instant_ms if found else None
