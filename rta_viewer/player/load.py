"""Notices that decoding cannot keep up, by what is really shown, and thins until it can."""

from rta_viewer.media.thinning import ALL, LADDER, REFERENCES
from rta_viewer.player.session import PlaySession

SHOWN_SHARE = 0.85
"""When fewer of the due pictures come to the screen, playing falls behind."""

WORTH_PER_S = 20.0
"""A camera with fewer due pictures a second does not overload anybody."""

STRIKES = 2
"""So many measurements in a row: a moment of business is not overload."""

STARVED_SHARE = 0.5
"""Who waits for the server this share of the time has too little to show for another reason."""

HOLD_S = (2.0, 60.0)
"""How long pictures are left out before more are tried again: at first, and at most when that goes wrong."""


class LoadWatch:
    """One for each session. One thread."""

    def __init__(self, session: PlaySession) -> None:
        self._session = session
        self._last: tuple[float, int, float] | None = None
        self._strikes = 0
        self._hold_s = HOLD_S[0]
        self._changed_s = float("-inf")
        self._has_tried = False

    def forget(self) -> None:
        """The speed has changed: decode everything again and measure anew."""
        self._session.thin(ALL)
        self._last = None
        self._strikes = 0
        self._hold_s = HOLD_S[0]
        self._has_tried = False

    def changes(self, now_s: float) -> bool:
        """Measure; True when from now on more or fewer pictures are left out than before."""
        session = self._session
        share, starved = self._measured(now_s)
        if share is None or session.pictures_due_per_s < WORTH_PER_S:
            return False
        # How many pictures a thinned stream should show nobody knows; its key pictures tell.
        behind = session.falls_behind or (session.thinning == ALL and share < SHOWN_SHARE)
        # Without data there is nothing to show either; leaving pictures out would not help.
        self._strikes = self._strikes + 1 if behind and not starved else 0
        if self._strikes >= STRIKES and session.thinning != LADDER[-1]:
            self._thin(now_s)
            return True
        if session.thinning != ALL and not behind and now_s - self._changed_s >= self._hold_s:
            self._try_more(now_s)
            return True
        return False

    def _measured(self, now_s: float) -> tuple[float | None, bool]:
        session = self._session
        last, self._last = self._last, (now_s, session.pictures_shown, session.waited_s)
        if last is None:
            return None, False
        elapsed_s = max(now_s - last[0], 0.001)
        share = (self._last[1] - last[1]) / elapsed_s / session.pictures_due_per_s
        return share, (self._last[2] - last[2]) / elapsed_s > STARVED_SHARE

    def _thin(self, now_s: float) -> None:
        if self._has_tried:
            self._hold_s = min(HOLD_S[1], 2 * self._hold_s)
        self._step(now_s, 1)

    def _try_more(self, now_s: float) -> None:
        self._has_tried = True
        self._step(now_s, -1)

    def _step(self, now_s: float, steps: int) -> None:
        # Where every picture is needed by another one, leaving out the others leaves out nothing.
        session = self._session
        ladder = [rung for rung in LADDER if session.has_unreferenced or rung != REFERENCES]
        session.thin(ladder[ladder.index(session.thinning) + steps])
        self._strikes = 0
        self._changed_s = now_s
