"""Notices a player that stopped showing pictures although it has them.

libVLC never says when it hangs: a decoder that gives nothing more, an output that waits for ever. It may also
show the same picture again and again, so that counting does not help: what is shown is compared with what it
was, and then with what ought to be seen. A quiet scene stands still rightly.
"""

from collections.abc import Callable

from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError
from rta_viewer.media.thinning import ALL
from rta_viewer.player.grid import SAME_SAMPLES, Grid, luma_of_picture, moved_samples
from rta_viewer.player.session import PlaySession

FROZEN_S = 5.0
"""Wall-clock time without another picture on the screen. Thinned to key pictures, three times as much."""

STARVED_S = 3.0
"""Whoever waits so long for the server has nothing to show."""

MOST_RESTARTS = 3
FORGIVEN_S = 120.0
"""So many restarts within so much time: it will not get better."""


class Watchdog:
    """One for each session. One thread.

    Attributes:
        alive_ms: Instant up to which pictures were seen to change, None before the first look.
    """

    def __init__(self, session: PlaySession, now_s: float) -> None:
        self._session = session
        self._since_s = now_s
        self._newest: Picture | None = None
        self._grid: Grid | None = None
        self.alive_ms: float | None = None

    def rest(self, now_s: float) -> None:
        """Nothing has to move now: paused, or waiting."""
        self._since_s = now_s

    def frozen(self, now_s: float, expected: Callable[[float], Picture | None]) -> bool:
        """Look at the screen; True when it stands still and should not.

        Args:
            now_s: Monotonic seconds.
            expected: The recorded picture of an instant, if it is at hand.
        """
        session = self._session
        position_ms = session.position_ms()
        if self._changed() or session.starved_s(now_s) > STARVED_S or position_ms is None:
            self.alive_ms = position_ms
            self._since_s = now_s
            return False
        limit_s = FROZEN_S if session.thinning == ALL else 3 * FROZEN_S
        if now_s - self._since_s < limit_s:
            return False
        # The position stands with the screen.
        due_ms = session.due_ms()
        if self._grid is not None and not self._differs(
            self._grid, expected(due_ms or position_ms)
        ):
            self._since_s = now_s
            return False
        return True

    def _changed(self) -> bool:
        newest = self._session.newest
        if newest is None or newest is self._newest:
            return False
        before, self._newest = self._grid, newest
        self._grid = luma_of_picture(newest)
        return before is None or moved_samples(before, self._grid) > 0

    @staticmethod
    def _differs(grid: Grid, expected: Picture | None) -> bool:
        if expected is None:
            return False
        return moved_samples(luma_of_picture(expected), grid) > SAME_SAMPLES


class Restarts:
    """Counts how often playing had to be started again. One thread."""

    def __init__(self) -> None:
        self._times_s: list[float] = []

    def count(self, now_s: float) -> None:
        """One more; raises MediaError when it was too often."""
        self._times_s = [then_s for then_s in self._times_s if now_s - then_s < FORGIVEN_S]
        self._times_s.append(now_s)
        if len(self._times_s) > MOST_RESTARTS:
            raise MediaError(
                tr("The player on this computer stopped showing pictures, several times."),
                tr("Choose a lower speed or fewer cameras, then play again."),
            )

    def forget(self) -> None:
        """The operator wanted something else."""
        self._times_s = []
