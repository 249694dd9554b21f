"""Notices that decoding cannot keep up, by what is really shown, and thins until it can."""

from rta_viewer.media.thinning import Thinning
from rta_viewer.player.session import PlaySession

SHOWN_SHARE = 0.2
"""Below this share of the due pictures, what is seen is a stutter; key pictures alone look better."""

WORTH_PER_S = 20.0
"""A camera with fewer due pictures a second does not overload anybody."""

STRIKES = 2
"""So many measurements in a row: a moment of business is not overload."""

STARVED_SHARE = 0.5
"""Who waits for the server this share of the time has too little to show for another reason."""

HOLD_S = (2.0, 60.0)
"""How long pictures are left out before all are tried again: at first, and at most when that goes wrong."""


class LoadWatch:
    """One for each session. One thread."""

    def __init__(self, session: PlaySession) -> None:
        self._session = session
        self._last: tuple[float, int, float] | None = None
        self._strikes = 0
        self._hold_s = HOLD_S[0]
        self._thinned_s = self._tried_s = float("-inf")

    def forget(self) -> None:
        """The speed has changed: decode everything again and measure anew."""
        self._session.thinning = Thinning.ALL
        self._last = None
        self._strikes = 0
        self._hold_s = HOLD_S[0]

    def changes(self, now_s: float) -> bool:
        """Measure; True when from now on more or fewer pictures are left out than before."""
        session = self._session
        share, starved = self._measured(now_s)
        if share is None or session.pictures_due_per_s < WORTH_PER_S:
            return False
        if self._may_try_all(now_s):
            session.thinning = Thinning.ALL
            self._tried_s = now_s
            self._strikes = 0
            return True
        if session.thinning is Thinning.KEY:
            return False
        # Without data there is nothing to show either; leaving pictures out would not help.
        self._strikes = self._strikes + 1 if share < SHOWN_SHARE and not starved else 0
        if self._strikes < STRIKES:
            return False
        self._thin(now_s)
        return True

    def _measured(self, now_s: float) -> tuple[float | None, bool]:
        session = self._session
        last, self._last = self._last, (now_s, session.pictures_shown, session.waited_s)
        if last is None:
            return None, False
        elapsed_s = max(now_s - last[0], 0.001)
        share = (self._last[1] - last[1]) / elapsed_s / session.pictures_due_per_s
        return share, (self._last[2] - last[2]) / elapsed_s > STARVED_SHARE

    def _may_try_all(self, now_s: float) -> bool:
        session = self._session
        rested = now_s - self._thinned_s >= self._hold_s
        return session.thinning is not Thinning.ALL and rested and not session.falls_behind

    def _thin(self, now_s: float) -> None:
        least_s, most_s = HOLD_S
        if self._session.thinning is Thinning.ALL:
            again = now_s - self._tried_s < 2 * self._hold_s
            self._hold_s = min(most_s, 2 * self._hold_s) if again else least_s
        self._strikes = 0
        self._thinned_s = now_s
        # Where every picture is needed by the next one there is nothing between all and the key pictures.
        has_others = self._session.has_unreferenced
        self._session.thinning = (
            Thinning(self._session.thinning + 1) if has_others else Thinning.KEY
        )
