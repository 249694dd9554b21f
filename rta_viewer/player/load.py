"""Notices that decoding cannot keep up, by what is really shown, and thins until it can."""

from rta_viewer.media.thinning import Thinning
from rta_viewer.player.session import PlaySession

SHOWN_SHARE = 0.2
"""Below this share of the due pictures, what is seen is a stutter; key pictures alone look better."""

WORTH_PER_S = 20.0
"""A camera with fewer due pictures a second does not overload anybody."""

STRIKES = 3
"""So many measurements in a row: a moment of business is not overload."""


class LoadWatch:
    """One for each session. One thread."""

    def __init__(self, session: PlaySession) -> None:
        self._session = session
        self._last: tuple[float, int] | None = None
        self._strikes = 0

    def forget(self) -> None:
        """The speed has changed: decode everything again and measure anew."""
        self._session.thinning = Thinning.ALL
        self._last = None
        self._strikes = 0

    def thins(self, now_s: float, speed_reached: float | None) -> bool:
        """Measure; True when pictures are left out from now on that were not before."""
        session = self._session
        shown = session.pictures_shown
        last, self._last = self._last, (now_s, shown)
        due = session.pictures_due_per_s
        if last is None or due < WORTH_PER_S or session.thinning is Thinning.KEY:
            return False
        starved = speed_reached is None or speed_reached < 0.8 * session.rate
        share = (shown - last[1]) / max(now_s - last[0], 0.001) / due
        # Without data there is nothing to show either; leaving pictures out would not help.
        self._strikes = self._strikes + 1 if share < SHOWN_SHARE and not starved else 0
        if self._strikes < STRIKES:
            return False
        self._strikes = 0
        session.thinning = Thinning(session.thinning + 1)
        return True
