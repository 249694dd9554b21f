"""A server that is away, for a restart say: the transfer waits for it instead of failing.

And drives that say they have room and take nothing, as a full quota does: tried for days, told of twice.
"""

from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.errors import BusyError, NetworkError, RtaError
from rta_viewer.vms.errors_map import GatewayError, NoTlsError

_FIRST_S = 4.0
_LONGEST_S = 60.0
_LONGEST_ASKED_S = 900.0
_MOST_TOLD = 2
_AWAY = (NetworkError, BusyError, GatewayError)
"""A server that says 500 itself is there, and failed: that is tried a few times only, by the transfer."""

_FINAL = (UntrustedCertificateError, NoTlsError)


def is_away(err: RtaError) -> bool:
    """True when waiting may cure it."""
    return isinstance(err, _AWAY) and not isinstance(err, _FINAL)


class Patience:
    """Counts the attempts of each job that brought nothing. One worker at a time for each job."""

    def __init__(self) -> None:
        self._fruitless: dict[str, tuple[int, int]] = {}

    def wait_s(self, job: Job, err: RtaError, most: int) -> float | None:
        """Seconds until the next attempt; None when the job is to fail.

        Args:
            job: As it is when it failed. Only transfers wait here: another question could be asked twice.
            err: Why.
            most: Attempts in a row that may bring nothing.
        """
        if not is_away(err) or job.state is not JobState.FETCHING:
            return None
        count, received_bytes = self._fruitless.get(job.job_id, (0, 0))
        count = 1 if job.received_bytes > received_bytes else count + 1
        if count > most:
            self.forget(job.job_id)
            return None
        self._fruitless[job.job_id] = (count, job.received_bytes)
        asked_s = err.retry_after_s if isinstance(err, BusyError | GatewayError) else None
        steady_s = min(_LONGEST_S, _FIRST_S * 2.0 ** (count - 1))
        return max(steady_s, min(_LONGEST_ASKED_S, asked_s or 0.0))

    def forget(self, job_id: str) -> None:
        """It is over, or begins anew."""
        self._fruitless.pop(job_id, None)


class DriveTries:
    """Counts how often in a row a job was paused for the same reason, and no more of its file had come.

    One worker at a time for each job.
    """

    def __init__(self) -> None:
        self._vain: dict[str, tuple[str, int, int]] = {}

    def note(self, job: Job, why: str) -> None:
        """It is paused for that reason, and that is written down."""
        _, most_bytes, count = self._vain.get(job.job_id, ("", 0, 0))
        self._vain[job.job_id] = (
            (why, most_bytes, count + 1)
            if self._is_same(job, why)
            else (why, job.received_bytes, 1)
        )

    def are_told(self, job_id: str) -> bool:
        """One more that ends like the last ones would only repeat what the history tells of."""
        return self._vain.get(job_id, ("", 0, 0))[2] >= _MOST_TOLD

    def is_told(self, job: Job, why: str) -> bool:
        """The history tells of this pause already."""
        return self.are_told(job.job_id) and self._is_same(job, why)

    def forget(self, job_id: str) -> None:
        """It is over, or somebody wants it to go on."""
        self._vain.pop(job_id, None)

    def _is_same(self, job: Job, why: str) -> bool:
        last_why, most_bytes, _ = self._vain.get(job.job_id, ("", 0, 0))
        return why == last_why and job.received_bytes <= most_bytes
