"""Which jobs are being worked on, by one worker each; and how workers learn that something has changed."""

import threading
from dataclasses import dataclass

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobState


@dataclass(slots=True)
class Claim:
    """One job in somebody's hands.

    Attributes:
        token: Ends the work.
        wanted: What the operator wants of it; None while that is to go on.
    """

    token: CancelToken
    wanted: JobState | None = None


class Running:
    """The claims. Any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._claims: dict[str, Claim] = {}
        self._changes = 0

    @property
    def changes(self) -> int:
        """Grows with each change."""
        return self._changes

    def take(self, job_id: str) -> Claim | None:
        """Work on it alone until :meth:`release`; None while somebody else does."""
        with self._changed:
            if job_id in self._claims:
                return None
            self._claims[job_id] = claim = Claim(CancelToken())
            return claim

    def take_or_stop(self, job_id: str, wanted: JobState) -> Claim | None:
        """Take it; or tell whoever works on it what is wanted of it, and return None.

        Cancelling is for good: nothing that is wanted later counts.
        """
        with self._changed:
            claim = self._claims.get(job_id)
            if claim is None:
                self._claims[job_id] = claim = Claim(CancelToken())
                return claim
            if claim.wanted is not JobState.CANCELLED:
                claim.wanted = wanted
        claim.token.cancel()
        return None

    def take_back_pause(self, job_id: str) -> bool:
        """Have whoever is about to pause it queue it again; False when nobody is."""
        with self._changed:
            claim = self._claims.get(job_id)
            if claim is None or claim.wanted is not JobState.PAUSED:
                return False
            claim.wanted = JobState.QUEUED
            return True

    def wanted(self, job_id: str) -> JobState | None:
        """What the operator wants of a job that somebody works on."""
        with self._changed:
            claim = self._claims.get(job_id)
            return None if claim is None else claim.wanted

    def release(self, job_id: str, done: JobState | None = None) -> JobState | None:
        """Let others have it; when more is wanted of it than was ``done``, keep it, and return what."""
        with self._changed:
            claim = self._claims.get(job_id)
            if claim is not None and claim.wanted not in {None, done}:
                return claim.wanted
            self._claims.pop(job_id, None)
            self._changes += 1
            self._changed.notify_all()
            return None

    def wake(self) -> None:
        """Something else has changed."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float, cancel: CancelToken) -> None:
        """Until something has changed since ``seen``, or the time is over; ``cancel`` has to wake us."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes != seen or cancel.cancelled, seconds)
