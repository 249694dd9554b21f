"""Looks after a session that plays: as fast as asked, with all its pictures, by a clock that is right."""

import logging
from collections.abc import Callable

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import mark, tr
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.thinning import ALL
from rta_viewer.player.calibrate import true_instant
from rta_viewer.player.load import LoadWatch
from rta_viewer.player.session import PlaySession
from rta_viewer.player.watchdog import Restarts, Watchdog

_log = logging.getLogger(__name__)

_THINNED = mark("Thinned: this computer cannot decode all pictures at this speed")


class Attendant:
    """Looks now and then. One thread.

    Args:
        cache: Where the session's footage is.
        camera_id: Whose it is.
    """

    def __init__(self, cache: GopCache, camera_id: str) -> None:
        self._cache = cache
        self._camera_id = camera_id
        self._load: LoadWatch | None = None
        self._watchdog: Watchdog | None = None
        self._restarts = Restarts()
        self._measured: tuple[float, float] | None = None
        self._bearable = ALL

    def begin(self, session: PlaySession, now_s: float) -> None:
        """It starts to play."""
        self._load, self._watchdog = LoadWatch(session), Watchdog(session, now_s)
        self._load.go_on_with(self._bearable, now_s)
        self._bearable = ALL
        self._measured = None

    def end(self) -> None:
        """Nothing plays any more. The picture that was shown last is let go of."""
        self._load = self._watchdog = None

    def measure_anew(self) -> None:
        """What was measured of the speed so far says nothing of what comes: it stood, or jumped."""
        self._measured = None

    def trust_again(self) -> None:
        """The operator wants something else: earlier restarts do not count."""
        self._restarts.forget()

    def expect_all(self) -> None:
        """At another speed all pictures are tried again."""
        if self._load is not None:
            self._load.forget()

    def speed(self, now_s: float, position_ms: float, asked: float) -> float | None:
        """The speed since the last look; None at the first one, and where the position has jumped."""
        then, self._measured = self._measured, (now_s, position_ms)
        if then is None:
            return None
        speed = (position_ms - then[1]) / 1000 / max(now_s - then[0], 0.001)
        return speed if abs(speed) < 2 * max(abs(asked), 1) else None

    def load_note(self, session: PlaySession, now_s: float) -> str | None:
        """What is to be said when from now on more or fewer pictures are left out; None without a change."""
        if self._load is None or not self._load.changes(now_s):
            return None
        return "" if session.thinning == ALL else tr(_THINNED)

    def rest(self, now_s: float) -> None:
        """Nothing has to move now."""
        if self._watchdog is not None:
            self._watchdog.rest(now_s)

    def stopped_at(
        self,
        session: PlaySession,
        now_s: float,
        expected: Callable[[float], Picture | None],
    ) -> float | None:
        """Where the player stopped showing pictures that it has; None while all is well.

        Raises:
            MediaError: It happened too often.
        """
        watchdog = self._watchdog
        if watchdog is None or not watchdog.frozen(now_s, expected):
            return None
        _log.warning("the player shows nothing new; starting again")
        self._restarts.count(now_s)
        self._bearable = session.thinning
        return watchdog.alive_ms or session.located.picture_ms

    def calibrate(self, session: PlaySession, cancel: CancelToken) -> None:
        """Mend the session's clock where its start was unclear.

        Raises:
            MediaError, Cancelled: As :func:`rta_viewer.player.calibrate.true_instant`.
        """
        observation = session.observe()
        if observation is None:
            return
        session.located.collector.share()
        true_ms = true_instant(observation, self._cache, self._camera_id, cancel)
        if true_ms is not None:
            _log.debug("clock mended by %.0f ms", true_ms - observation.presumed_ms)
            session.correct(observation, true_ms)
            self._measured = None
