"""A job: one file on its way to this computer, its states, and the moves between them that are legal.

::

    QUEUED ──► FETCHING ─────────────────────► CHECKING ──► DONE | DIFFERS          a clip
       └─────► ASKING ──► PREPARING ──► READY ──► FETCHING ──► CHECKING ──► …       an export

Every unfinished state may also become FAILED, CANCELLED, PAUSED, or QUEUED again (the program was closed,
or a link has expired). PAUSED goes on from QUEUED. FAILED, CANCELLED and DIFFERS may be tried again: back to
QUEUED. DONE is for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rta_viewer.core.drive_calls import tells_of_silence
from rta_viewer.core.filenames import volume_name
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.spans import Span


class JobKind(StrEnum):
    """The two ways to a file."""

    CLIP = "clip"
    EXPORT = "export"


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    ASKING = "asking"
    PREPARING = "preparing"
    READY = "ready"
    FETCHING = "fetching"
    CHECKING = "checking"
    PAUSED = "paused"
    DONE = "done"
    DIFFERS = "differs"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PauseCause(StrEnum):
    """Who a paused job waits for."""

    NONE = ""
    OPERATOR = "operator"
    STORAGE = "storage"


FINISHED = frozenset({JobState.DONE, JobState.DIFFERS, JobState.FAILED, JobState.CANCELLED})
"""States in which nothing goes on any more."""

RETRYABLE = frozenset({JobState.DIFFERS, JobState.FAILED, JobState.CANCELLED})
"""Finished states from which an operator can start again."""

MOVABLE = frozenset({JobState.QUEUED, JobState.PAUSED, JobState.FAILED, JobState.CANCELLED})
"""States in which a job can be given another folder: nothing is under way, and there is no file."""

_ALWAYS = frozenset({JobState.FAILED, JobState.CANCELLED, JobState.QUEUED, JobState.PAUSED})

TRANSITIONS: Mapping[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset(
        {
            JobState.ASKING,
            JobState.PREPARING,
            JobState.READY,
            JobState.FETCHING,
            JobState.CHECKING,
            JobState.PAUSED,
            JobState.FAILED,
            JobState.CANCELLED,
        }
    ),
    JobState.ASKING: _ALWAYS | {JobState.PREPARING, JobState.READY},
    JobState.PREPARING: _ALWAYS | {JobState.READY, JobState.ASKING},
    JobState.READY: _ALWAYS | {JobState.FETCHING},
    JobState.FETCHING: _ALWAYS | {JobState.CHECKING},
    JobState.CHECKING: _ALWAYS | {JobState.DONE, JobState.DIFFERS},
    JobState.PAUSED: frozenset({JobState.QUEUED, JobState.FAILED, JobState.CANCELLED}),
    JobState.DONE: frozenset(),
    JobState.DIFFERS: frozenset({JobState.QUEUED}),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset({JobState.QUEUED}),
}
"""What each state may become."""


class IllegalTransitionError(ValueError):
    """A move that :data:`TRANSITIONS` does not know: a mistake in the program, not in the world."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way. Immutable: each step makes a new one.

    Attributes:
        job_id: Ours; opaque, unique in one store.
        server: Address that the operator signed in to, as ``ServerInfo.address``.
        folder: Where the file is to be.
        file_name: Without folder; the one planned until CHECKING, from then on the final one.
        quality: ``low``, ``medium``, ``high``, or empty for the original.
        total_bytes: None while the server has not said it.
        server_progress: Percent, as the server says; may jump back. None while unknown.
        server_state: The server's own word for what an export is doing.
        export_id: The server's; empty until it was given.
        sha256: Of the delivered file, lower-case hex; empty until fetched.
        reason: One sentence for the operator: why it waits, failed, or what differs.
        hint: What to do about it.
        why_kind: One sentence: why it is a clip or an export.
        rank: Lower goes first; among equals the oldest.
        package: Several files that belong together carry the same one; empty for a file on its own.
        pause_cause: Whom it waits for while PAUSED.
        folder_seen: The folder was there once: when it is not any more, a drive is gone.
        mount_point: Where the drive of the folder was mounted: when nothing is any more, it is gone. Empty
            where that is not known, and for drives that need no folder: root, drive letters, shares.
        failure: Kind of the error while FAILED, as ``RtaError.kind``.
        renewals: How often the export was asked for again because its link had expired.
        missing: What was recorded and asked for, but is not in the file; None where nothing is known to be.
        next_try_s: Monotonic clock of the next attempt while the server does not answer. Not kept on disk.
        medium: What the file is to fit; a larger one is also cut into volumes.
        volume_count: How many volumes lie beside the file; 0 when it was not cut.
        left_out: What was asked for together with it and is in no file, because nothing was recorded; as
            text, for the index of its package.
        volume_base: The file name that theirs are made of; empty where that is ``file_name``.
        estimated_bytes: About how large it will be, as far as that could be told beforehand.
    """

    job_id: str
    kind: JobKind
    server: str
    username: str
    camera_id: str
    camera_name: str
    span: Span
    folder: Path
    file_name: str
    container: str = "mp4"
    quality: str = ""
    include_audio: bool = True
    watermark_text: str = ""
    state: JobState = JobState.QUEUED
    received_bytes: int = 0
    total_bytes: int | None = None
    server_progress: float | None = None
    server_state: str = ""
    export_id: str = ""
    expires_at_ms: int | None = None
    sha256: str = ""
    reason: str = ""
    hint: str = ""
    why_kind: str = ""
    created_ms: int = 0
    updated_ms: int = 0
    rank: int = 0
    package: str = ""
    pause_cause: PauseCause = PauseCause.NONE
    folder_seen: bool = False
    renewals: int = 0
    failure: str = ""
    missing: Span | None = None
    next_try_s: float | None = None
    medium: Medium = Medium.ANY
    volume_count: int = 0
    estimated_bytes: int | None = None
    volume_base: str = ""
    left_out: str = ""
    mount_point: str = ""

    @property
    def path(self) -> Path:
        """Where the file is to be, or is."""
        return self.folder / self.file_name

    @property
    def volumes(self) -> tuple[Path, ...]:
        """The volumes of the file, in order."""
        numbers = range(1, self.volume_count + 1)
        base = self.volume_base or self.file_name
        return tuple(self.folder / volume_name(base, number) for number in numbers)

    @property
    def finished(self) -> bool:
        """True when nothing goes on any more."""
        return self.state in FINISHED

    @property
    def waits_for_server(self) -> bool:
        """Nothing is under way: the server did not answer, and is asked again at ``next_try_s``."""
        between = {JobState.QUEUED, JobState.PREPARING}
        return self.next_try_s is not None and self.state in between

    @property
    def waits_for_drive(self) -> bool:
        """Its drive was full or gone: it goes on by itself when there is room."""
        return self.state is JobState.PAUSED and self.pause_cause is PauseCause.STORAGE

    @property
    def drive_is_silent(self) -> bool:
        """Whoever works on it waits for its drive, which does not answer."""
        return tells_of_silence(self.reason)

    @property
    def request(self) -> SaveRequest:
        """What is asked of the server."""
        return SaveRequest(
            camera_id=self.camera_id,
            span=self.span,
            container=self.container,
            quality=self.quality,
            include_audio=self.include_audio,
            watermark=Watermark(self.watermark_text) if self.watermark_text else None,
        )

    def changed(self, now_ms: int, **fields: Any) -> "Job":
        """The same job with other fields, in the same state."""
        return replace(self, updated_ms=now_ms, **fields)

    def moved(self, state: JobState, now_ms: int, **fields: Any) -> "Job":
        """The job one step on.

        Raises:
            IllegalTransitionError: The step is not in :data:`TRANSITIONS`.
        """
        if state not in TRANSITIONS[self.state]:
            msg = f"job {self.job_id}: {self.state} cannot become {state}"
            raise IllegalTransitionError(msg)
        return replace(self, state=state, updated_ms=now_ms, **fields)


@dataclass(frozen=True, slots=True)
class JobEvent:
    """One line of a job's history. ``who`` is the user's name, or empty for the program itself."""

    at_ms: int
    state: JobState
    why: str
    who: str = ""
