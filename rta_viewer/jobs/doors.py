"""Servers that do not let in any more who is signed in there, or that nobody vouches for any more.

Their jobs wait until somebody signs in again: an account is locked by many attempts with an old password, and
no waiting cures a certificate. Any thread.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from weakref import ref

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.jobs import Job
from rta_viewer.core.ports import Recorder
from rta_viewer.core.texts import tr
from rta_viewer.errors import (
    Cancelled,
    NotFoundError,
    NotOfferedError,
    RefusedError,
    RtaError,
    ServerError,
)
from rta_viewer.vms.address import origin_of
from rta_viewer.vms.errors_map import ForbiddenError
from rta_viewer.vms.negotiate import NO_EXPORT

RecorderFinder = Callable[[str, str], Recorder | None]
"""``(server, username)`` to the recorder that is signed in there, None while nobody is; returns at once."""


@dataclass(frozen=True, slots=True)
class Shut:
    """What was said when one was shut, for all who wait."""

    reason: str
    hint: str


class Doors:
    """Which recorders are of no use until somebody signs in again, which makes another one."""

    def __init__(self, find: RecorderFinder) -> None:
        self._find = find
        self._lock = threading.Lock()
        # Not kept alive: it knows a password, and who has signed out is to be forgotten.
        self._shut: list[tuple[ref[Recorder], Shut]] = []
        self._refused: set[str] = set()

    def is_current(self, job: Job, recorder: Recorder) -> bool:
        """Nobody has signed out or in since the job was begun with it."""
        return self._find(job.server, job.username) is recorder

    def open_for(self, job: Job) -> Recorder | None:
        """Who is signed in to its server; None while nobody is, or is let in."""
        recorder = self._find(job.server, job.username)
        return recorder if recorder is None or self._why(recorder) is None else None

    def why_shut(self, job: Job) -> Shut | None:
        """Why it waits although somebody is signed in; None where it does not."""
        with self._lock:
            if not self._shut:
                return None
        recorder = self._find(job.server, job.username)
        return None if recorder is None else self._why(recorder)

    def _why(self, recorder: Recorder) -> Shut | None:
        with self._lock:
            return next((shut for known, shut in self._shut if known() is recorder), None)

    def _others(self, recorder: Recorder) -> list[tuple[ref[Recorder], Shut]]:
        """What is shut besides. Called with the lock."""
        alive = ((known, known(), shut) for known, shut in self._shut)
        return [
            (known, shut) for known, one, shut in alive if one is not None and one is not recorder
        ]

    def is_about_job(self, recorder: Recorder, err: RtaError, cancel: CancelToken) -> bool:
        """Whether a refusal says nothing of user and password. Asks the server, unless it is shut anyway.

        Raises:
            Cancelled: The token was set.
        """
        is_open = isinstance(err, RefusedError) and self._why(recorder) is None
        return is_open and lets_in(recorder, cancel)

    def shut(self, job: Job, recorder: Recorder, err: RtaError) -> Shut | None:
        """Have all jobs of the server wait; None where this one is to fail alone.

        That is so for another failure; and for a job that was refused before, and is again by whoever was let
        in meanwhile: then it is only about that job.
        """
        shut = _words(job, err)
        with self._lock:
            if shut is None or job.job_id in self._refused:
                return None
            self._refused.add(job.job_id)
            self._shut = [*self._others(recorder), (ref(recorder), shut)]
            return shut

    def let_in(self, job: Job) -> None:
        """A step of the job ended well: another refusal is no longer about that job alone."""
        with self._lock:
            self._refused.discard(job.job_id)

    def knock(self, job: Job) -> None:
        """Try once more at its server: somebody wants that."""
        recorder = self._find(job.server, job.username)
        if recorder is not None:
            with self._lock:
                self._shut = self._others(recorder)

    @property
    def refused(self) -> frozenset[str]:
        """Jobs that were refused last: others come before them, as it may be about them alone."""
        with self._lock:
            return frozenset(self._refused)


def lets_in(recorder: Recorder, cancel: CancelToken) -> bool:
    """Whether the server takes user and password, asked once, as when signing in; False where it is not said.

    Some servers refuse one camera with the words for a wrong password.

    Raises:
        Cancelled: The token was set.
    """
    try:
        recorder.export_status(NO_EXPORT, cancel)
    except Cancelled:
        raise
    except RtaError as err:
        cancel.raise_if_cancelled()
        return isinstance(err, NotFoundError | NotOfferedError | ForbiddenError)
    return True


def _words(job: Job, err: RtaError) -> Shut | None:
    if isinstance(err, RefusedError):
        return Shut(err.summary, tr("It goes on when somebody signs in again."))
    if isinstance(err, UntrustedCertificateError) and _is_of_server(job, err):
        return Shut(err.summary, tr("{hint} Then sign in again: it goes on.", hint=err.hint))
    return None


def _is_of_server(job: Job, err: UntrustedCertificateError) -> bool:
    """Files may lie elsewhere, which says nothing about the server itself."""
    try:
        return origin_of(err.where).host == origin_of(job.server).host
    except ServerError:
        return False
