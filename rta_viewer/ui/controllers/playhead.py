"""Where the playhead stands while a seek is on its way. No Qt.

An engine keeps telling the instant of the old picture until the new one is on the screen. The playhead
must not jump back meanwhile, and several jumps in a row must add up.
"""

from dataclasses import dataclass

from rta_viewer.core.playback import PlaybackState

_NEAR_MS = 1_500.0
_SETTLED_S = 2.0

_WITHOUT_PICTURE = frozenset({PlaybackState.NO_FOOTAGE, PlaybackState.FAILED, PlaybackState.IDLE})
ON_THE_WAY = frozenset({PlaybackState.OPENING, PlaybackState.RECONNECTING})


@dataclass(frozen=True, slots=True)
class _Target:
    instant_ms: int
    since_s: float
    before_ms: float | None

    def is_nearer(self, shown_ms: float, run_ms: float) -> bool:
        """Whether a picture is rather the asked one than that of before, which may have run on as far."""
        if self.before_ms is None:
            return True
        to_old_ms = _distance(shown_ms, self.before_ms, self.before_ms + run_ms)
        return _distance(shown_ms, self.instant_ms, self.instant_ms + run_ms) <= to_old_ms


class PlayheadTracker:
    """Chooses between the asked instant and the shown one."""

    def __init__(self) -> None:
        self._target: _Target | None = None

    @property
    def waiting(self) -> bool:
        """True while the asked instant is not on the screen."""
        return self._target is not None

    def ask(self, instant_ms: int, now_s: float, shown_ms: float | None = None) -> None:
        """Somebody wants to be there, while this picture is on the screen."""
        self._target = _Target(instant_ms, now_s, shown_ms)

    def forget(self) -> None:
        """Believe the engine from now on (a step, or nothing is open any more)."""
        self._target = None

    def position(
        self, shown_ms: float | None, state: PlaybackState, speed: float, now_s: float
    ) -> float | None:
        """Where to draw the playhead, given what the engine says; None: where it is."""
        target = self._target
        if target is None:
            # What the engine tells without a picture is the instant of the last one it had.
            return shown_ms if state not in _WITHOUT_PICTURE else None
        elapsed_s = now_s - target.since_s
        if state in _WITHOUT_PICTURE or shown_ms is None:
            return target.instant_ms
        ahead_ms = shown_ms - target.instant_ms
        if speed < 0:
            ahead_ms = -ahead_ms
        run_ms = elapsed_s * 1000 * speed if state is PlaybackState.PLAYING else 0.0
        near = target.is_nearer(
            shown_ms, run_ms
        ) and -_NEAR_MS <= ahead_ms <= _NEAR_MS + elapsed_s * 1000 * max(1.0, abs(speed))
        settled = elapsed_s > _SETTLED_S and state not in ON_THE_WAY
        if near or settled:
            self._target = None
            return shown_ms
        return target.instant_ms


def _distance(value: float, one: float, other: float) -> float:
    """From a value to the nearest one between two others."""
    return max(min(one, other) - value, value - max(one, other), 0.0)
