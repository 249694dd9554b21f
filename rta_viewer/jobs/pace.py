"""How long a job waits until its next step, by what went wrong before. Pure; lives in memory only."""

from dataclasses import dataclass, replace

from rta_viewer.core.model import ExportStatus
from rta_viewer.errors import BusyError, RtaError
from rta_viewer.vms.errors_map import TemporaryServerError

_FIRST_POLL_S = 1.0
_SLOWER = 1.3
_BELIEVED_POLLS = 8
_LONGEST_POLL_S = 15.0
_LONGEST_STEERED_S = 60.0
_FIRST_BUSY_S = 20.0
_LEAST_BUSY_S = 1.0
_LONGEST_STEADY_S = 60.0
_LONGEST_ASKED_S = 300.0
_FIRST_SILENCE_S = 2.0
_MOST_GROWTH = 64
"""Powers of more than that are beyond every limit here, and later beyond what a number can be."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait until the next step, and what went wrong in a row before it.

    Attributes:
        wait_s: Seconds until the next step is due.
        polls: Answers since the export was asked for.
        silent: Questions without an answer in a row; after a transfer that was cut, one.
        busy: Answers in a row that the server is busy.
        again: The next steps only repeat what the history tells of already.
    """

    wait_s: float = 0.0
    polls: int = 0
    silent: int = 0
    busy: int = 0
    again: bool = False

    @property
    def is_held_up(self) -> bool:
        """What was to be done last could not be done."""
        return self.silent > 0


BEGUN = Pace(_FIRST_POLL_S)
"""The server has just begun, or is to begin anew."""


def after_answer(pace: Pace, status: ExportStatus) -> Pace:
    """Often at first, for short exports; then as the server's own estimate suggests.

    An estimate that stays short for ever is believed less and less.
    """
    if status.time_left_s is None or status.time_left_s <= 0:
        wait_s = _grown(_FIRST_POLL_S, _SLOWER, pace.polls, _LONGEST_POLL_S)
    else:
        patience_s = _grown(1.0, _SLOWER, pace.polls - _BELIEVED_POLLS, _LONGEST_POLL_S)
        wait_s = max(_FIRST_POLL_S, patience_s, min(_LONGEST_STEERED_S, status.time_left_s / 2))
    return replace(pace, wait_s=wait_s, polls=pace.polls + 1, silent=0, busy=0)


def after_completion(pace: Pace) -> Pace:
    """The file is there: it may be fetched at once."""
    return Pace(again=pace.again)


def after_relapse() -> Pace:
    """What was complete is worked on once more."""
    return Pace(_LONGEST_POLL_S, again=True)


def after_refusal(pace: Pace, err: BusyError) -> Pace:
    """As long as a busy server asks, within limits, and less and less often while it stays busy."""
    asked_s = err.retry_after_s or 0.0
    first_s = _LEAST_BUSY_S if asked_s else _FIRST_BUSY_S
    steady_s = _grown(first_s, 2.0, pace.busy, _LONGEST_STEADY_S)
    wait_s = max(steady_s, min(_LONGEST_ASKED_S, asked_s))
    return replace(pace, wait_s=wait_s, silent=0, busy=pace.busy + 1)


def after_silence(pace: Pace, err: RtaError | None = None) -> Pace:
    """Whoever has waited for hours can wait for a network to come back; a gateway may ask for longer."""
    asked_s = err.retry_after_s if isinstance(err, TemporaryServerError) else None
    steady_s = _grown(_FIRST_SILENCE_S, 2.0, pace.silent, _LONGEST_STEADY_S)
    wait_s = max(steady_s, min(_LONGEST_ASKED_S, asked_s or 0.0))
    return replace(pace, wait_s=wait_s, silent=pace.silent + 1, busy=0)


def _grown(first_s: float, factor: float, times: int, longest_s: float) -> float:
    return min(longest_s, first_s * factor ** min(_MOST_GROWTH, times))
