"""Several cameras at one instant: what each must do to be in step with the others. Pure.

One clock leads. A camera that runs a little ahead or behind is played a little slower or faster, which
nobody sees; one that is far ahead waits; one that is far behind starts again where the others will be.
"""

from dataclasses import dataclass
from enum import StrEnum

IN_STEP_MS = 25.0
"""Closer than this is the same instant: with the length of a picture two tiles are 90 ms apart at most."""

TRIM_LIMIT_MS = 250.0
"""Up to here a change of speed brings a camera back within some seconds; beyond, it waits or starts again."""

MOST_TRIM = 0.05
"""Share by which the speed may be changed without being seen."""

CATCH_UP_S = 2.0
"""Time in which a small drift is to be gone."""


class StepKind(StrEnum):
    """The four things a camera can be told."""

    KEEP = "keep"
    TRIM = "trim"
    WAIT = "wait"
    RESEEK = "reseek"


@dataclass(frozen=True, slots=True)
class Step:
    """One correction.

    Attributes:
        factor: For TRIM: multiplies the speed.
        wait_s: For WAIT: wall-clock seconds to hold.
    """

    kind: StepKind
    factor: float = 1.0
    wait_s: float = 0.0


KEEP = Step(StepKind.KEEP)


def correction(drift_ms: float, speed: float) -> Step:
    """What a camera must do whose picture is ``drift_ms`` ahead of the leading clock (behind: negative).

    Args:
        drift_ms: In recorded time.
        speed: Media seconds per second that is asked of all; positive.
    """
    # Drift is judged as it is seen: at 8x a picture that is 80 ms of wall-clock time late is 640 ms off.
    seen_ms = drift_ms / max(1.0, speed)
    if abs(seen_ms) <= IN_STEP_MS:
        return KEEP
    if abs(seen_ms) <= TRIM_LIMIT_MS:
        share = seen_ms / 1000 / CATCH_UP_S
        return Step(StepKind.TRIM, factor=1.0 - max(-MOST_TRIM, min(MOST_TRIM, share)))
    if drift_ms > 0:
        return Step(StepKind.WAIT, wait_s=drift_ms / 1000 / speed)
    return Step(StepKind.RESEEK)
