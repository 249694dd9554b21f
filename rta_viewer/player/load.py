"""Notices that decoding cannot keep up, by how far the screen really comes, and thins until it can."""

from dataclasses import dataclass

from rta_viewer.media.thinning import ALL, LADDER, REFERENCES, Thinning
from rta_viewer.player.session import PlaySession

KEPT_UP = 0.9
"""Who comes less far than this share of what the speed asks for falls behind."""

FAR_BEHIND = 0.6
"""Below this share it is overload for certain, and nobody waits for a second measurement."""

SETTLED_S = 1.5
"""After a start the player shows its first picture early and then fills its buffer."""

LONGEST_WINDOW_S = 4.0
"""A thinned stream comes in bursts: it is judged by whole groups of pictures, or by so much of one."""

SPARE = 0.9
"""Only this share of what the machine was seen to manage is asked of it."""

WORTH_PER_S = 20.0
"""A camera with fewer due pictures a second does not overload anybody."""

STRIKES = 2
"""So many measurements in a row: a moment of business is not overload."""

STARVED_SHARE = 0.5
"""Who waits for the server this share of the time has too little to show for another reason."""

HOLD_S = (2.0, 60.0)
"""How long pictures are left out before more are tried again: at first, and at most when that goes wrong."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a session had come to at a moment."""

    at_s: float
    media_ms: float
    shown: int
    waited_s: float
    holds: int


class LoadWatch:
    """One for each session. One thread."""

    def __init__(self, session: PlaySession) -> None:
        self._session = session
        self._last: _Look | None = None
        self._since_s = 0.0
        self._strikes = 0
        self._hold_s = HOLD_S[0]
        self._changed_s = float("-inf")
        self._has_tried = False

    def forget(self) -> None:
        """The speed has changed: decode everything again and measure anew."""
        self._session.thinning = ALL
        self._last = None
        self._strikes = 0
        self._hold_s = HOLD_S[0]
        self._has_tried = False

    def go_on_with(self, thinning: Thinning, now_s: float) -> None:
        """The player was started again: not with more than it could bear before.

        Key pictures alone would do to begin with, but come seconds apart, and the player holds some back.
        """
        if thinning != ALL:
            self._change(now_s, LADDER[-2] if thinning == LADDER[-1] else thinning)

    def changes(self, now_s: float) -> bool:
        """Measure; True when from now on more or fewer pictures are left out than before."""
        session = self._session
        last, look = self._last, self._look(now_s)
        if last is None or last.holds != look.holds:
            self._last, self._since_s = look, now_s
            return False
        elapsed_s = now_s - last.at_s
        if elapsed_s <= 0 or elapsed_s < self._window_s():
            return False
        self._last = look
        if session.pictures_due_per_s < WORTH_PER_S or last.at_s - self._since_s < SETTLED_S:
            return False
        if look.media_ms == last.media_ms:
            # Who shows nothing new at all is not slow: that is the watchdog's business.
            return False
        kept = (look.media_ms - last.media_ms) / 1000 / elapsed_s / session.rate
        # Without data there is nothing to show either; leaving pictures out would not help.
        starved = (look.waited_s - last.waited_s) / elapsed_s > STARVED_SHARE
        behind = kept < KEPT_UP and not starved
        strikes = STRIKES if kept < FAR_BEHIND else 1
        self._strikes = self._strikes + strikes if behind else 0
        if self._strikes >= STRIKES and session.thinning != LADDER[-1]:
            self._thin(now_s, (look.shown - last.shown) / elapsed_s)
            return True
        if session.thinning != ALL and not behind and now_s - self._changed_s >= self._hold_s:
            self._try_more(now_s)
            return True
        return False

    def _window_s(self) -> float:
        session = self._session
        if session.thinning == ALL:
            return 0.0
        return min(LONGEST_WINDOW_S, session.group_ms / 1000 / session.rate)

    def _look(self, now_s: float) -> _Look:
        session = self._session
        return _Look(
            now_s,
            session.media_ms(),
            session.pictures_shown,
            session.waited_s,
            session.holds,
        )

    def _thin(self, now_s: float, managed_per_s: float) -> None:
        """Go down as far as what the machine managed to show says, a rung at least."""
        if self._has_tried:
            self._hold_s = min(HOLD_S[1], 2 * self._hold_s)
        rungs = self._rungs()
        lower = rungs[rungs.index(self._session.thinning) + 1 :]
        bearable = SPARE * managed_per_s / self._session.pictures_due_per_s
        fitting = (rung for rung in lower if self._share_of(rung) <= bearable)
        self._change(now_s, next(fitting, lower[-1]))

    def _try_more(self, now_s: float) -> None:
        self._has_tried = True
        rungs = self._rungs()
        self._change(now_s, rungs[rungs.index(self._session.thinning) - 1])

    def _rungs(self) -> list[Thinning]:
        # Where every picture is needed by another one, leaving out the others leaves out nothing.
        all_needed = self._session.reference_share >= 1
        return [rung for rung in LADDER if not all_needed or rung != REFERENCES]

    def _share_of(self, rung: Thinning) -> float:
        """About how many of all pictures a rung leaves."""
        return rung.share * (self._session.reference_share if rung.references_only else 1.0)

    def _change(self, now_s: float, thinning: Thinning) -> None:
        self._session.thinning = thinning
        self._strikes = 0
        self._changed_s = now_s
