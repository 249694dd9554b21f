"""What of a received stream is handed to the player, and when it shall show it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.media.thinning import Thinning, is_reference, passes
from rta_viewer.player.locate import Located

HIDDEN_WALL_MS = (1.0, 8.0)
"""Least and most wall-clock time between pictures that are decoded but never shown: long enough for the
player to decode each, so that the asked picture is not late."""

GAP_MS = 1_500
"""A jump of the recorded time beyond this is a gap, which is closed up; below, the picture just stands."""

GAP_PICTURES = 2.5
"""Cameras that take a picture every few seconds leave no gap between two of them."""

_DEFAULT_PICTURE_MS = 40.0


class FeedPlan:
    """Gives each unit of one stream its media time; closes gaps up, leaves pictures out. One thread.

    Args:
        located: The stream, read up to the asked picture, whose media time is 0.
        rate: Media seconds in a second of wall-clock time.
        decode_ms: What decoding a picture takes.

    Attributes:
        hidden: How many pictures precede the asked one.
        picture_ms: From one picture to the next, as recorded.
        group_ms: From one key picture to the next, as received lately; 0 before there were two.
    """

    def __init__(self, located: Located, rate: float, decode_ms: float) -> None:
        units, asked_ms = located.units, located.picture_ms
        self._asked_ms = self._offset_ms = self._received_ms = asked_ms
        self.hidden = self._hidden_left = sum(unit.instant_ms < asked_ms for unit in units)
        least_ms, most_ms = HIDDEN_WALL_MS
        self._hidden_ms = rate * min(most_ms, max(least_ms, 2 * decode_ms))
        self.picture_ms = self._step_ms = _interval_ms(units)
        self._gap_ms = max(GAP_MS, GAP_PICTURES * self.picture_ms)
        self._incomplete = False
        self._group_start_ms = units[0].instant_ms
        self.group_ms = 0.0
        self._received = self._unreferenced = 0

    @property
    def reference_share(self) -> float:
        """How many of the received pictures others are predicted from; 1.0 when all are."""
        return 1 - self._unreferenced / self._received if self._received else 1.0

    def hidden_media_ms(self, unit: AccessUnit) -> float | None:
        """When a unit before the asked picture is to pass, below 0; None for the others."""
        if unit.instant_ms >= self._asked_ms:
            return None
        media_ms = -self._hidden_left * self._hidden_ms
        self._hidden_left -= 1
        return media_ms

    def media_ms(self, unit: AccessUnit, gap: Callable[[float, AccessUnit, float], None]) -> float:
        """When a received unit is to be shown.

        Args:
            unit: The next one in decode order.
            gap: Told of a gap that is closed up: the media time behind it, the unit, and the gap's length in
                milliseconds, negative where the recorded time jumps back.
        """
        jump_ms = unit.instant_ms - self._received_ms
        if self.is_gap(unit) or (jump_ms < -self._gap_ms and unit.is_key):
            behind_ms = self._received_ms - self._offset_ms + self._step_ms
            self._offset_ms = unit.instant_ms - behind_ms
            gap(behind_ms, unit, jump_ms)
        elif jump_ms > 0:
            self._step_ms = jump_ms
        elif not unit.is_key:
            return unit.instant_ms - self._offset_ms
        self._received_ms = unit.instant_ms
        return unit.instant_ms - self._offset_ms

    def is_gap(self, unit: AccessUnit) -> bool:
        """True where nothing was recorded before the unit."""
        # Measured from what was received: what is left out on purpose leaves no gap.
        return unit.instant_ms - self._received_ms > self._gap_ms

    def is_decoded(self, unit: AccessUnit, thinning: Thinning) -> bool:
        """False for what is left out; called for each unit."""
        if unit.is_key:
            self._incomplete = False
            self.group_ms = max(0.0, unit.instant_ms - self._group_start_ms)
            self._group_start_ms = unit.instant_ms
        into_ms = unit.instant_ms - self._group_start_ms
        wanted = passes(unit, thinning, into_ms / self.group_ms if self.group_ms else 0.0)
        referenced = is_reference(unit)
        self._received += 1
        self._unreferenced += not referenced
        # Once a picture that others need was left out, nothing can be decoded before the next key picture.
        self._incomplete |= not wanted and referenced
        return wanted and not self._incomplete


def _interval_ms(units: Sequence[AccessUnit]) -> float:
    instants = sorted(unit.instant_ms for unit in units)
    steps = [later - earlier for earlier, later in pairwise(instants) if later > earlier]
    return median(steps) if steps else _DEFAULT_PICTURE_MS
