"""What was written down about a file when it was saved: its receipt, and the record of its job."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.texts import tr, verbatim
from rta_viewer.errors import StorageError
from rta_viewer.evidence.files import is_file
from rta_viewer.evidence.receipt import Receipt, read_receipt, receipt_path

SAVED = frozenset({JobState.DONE, JobState.DIFFERS})


@dataclass(frozen=True, slots=True)
class Papers:
    """What was written down about a file when it was saved.

    Attributes:
        is_at_place: The file is where its job saved it.
    """

    job: Job | None = None
    receipt: Receipt | None = None
    receipt_problem: str = ""
    is_at_place: bool = False

    @property
    def sha256(self) -> str:
        """What its bytes should hash to; empty when nobody wrote that down."""
        if self.receipt is not None:
            return self.receipt.sha256
        return self.job.sha256 if self.job is not None else ""

    @property
    def size_bytes(self) -> int | None:
        """How long it should be."""
        if self.receipt is not None:
            return self.receipt.size_bytes
        return self.job.received_bytes if self.job is not None else None

    @property
    def differences(self) -> tuple[str, ...]:
        """What the check after delivery found; something whenever the file is not as asked."""
        receipt = self.receipt
        if receipt is not None:
            # A receipt is in English.
            said = tuple(verbatim(said) for said in receipt.differences)
            return said if said or receipt.check_ok else (tr("Its receipt does not say how."),)
        job = self.job
        return (job.reason,) if job is not None and job.state is JobState.DIFFERS else ()

    @property
    def agree(self) -> bool | None:
        """Whether the receipt is the one of the job; None where one of them is not there.

        The same bytes elsewhere may have been saved by another job, in other words.
        """
        job, receipt = self.job, self.receipt
        if job is None or receipt is None:
            return None
        return job.sha256 == receipt.sha256 and (not self.is_at_place or _same_words(job, receipt))

    def mismatches(self, size_bytes: int) -> list[str]:
        """What is wrong at first sight, before any byte is read."""
        found = [self.receipt_problem] if self.receipt_problem else []
        expected = self.size_bytes
        if expected is not None and expected != size_bytes:
            found.append(
                tr(
                    "It was changed: it has {size_bytes:,} bytes instead of {expected:,}.",
                    size_bytes=size_bytes,
                    expected=expected,
                )
            )
        if self.agree is False:
            found.append(tr("The receipt beside it is not the one that this computer wrote."))
        return found


def papers_of(path: Path, records: Sequence[Job]) -> Papers:
    """The receipt beside a file, and the job that saved it on this computer, as far as there are any."""
    receipt, problem = None, ""
    beside = receipt_path(path)
    try:
        if is_file(beside):
            receipt = read_receipt(beside)
    except StorageError as err:
        problem = err.summary
    saved = [job for job in records if job.state in SAVED and job.sha256]
    here = [job for job in saved if _same_path(job.path, path)]
    job = _of_these(here, receipt)
    if job is None and receipt is not None:
        job = next((job for job in saved if job.sha256 == receipt.sha256), None)
    return Papers(job, receipt, problem, is_at_place=bool(here))


def _of_these(jobs: Sequence[Job], receipt: Receipt | None) -> Job | None:
    """The job of a receipt, else the last one: an earlier file of that name may have been deleted."""

    def fits(job: Job) -> tuple[bool, bool, int]:
        if receipt is None:
            return False, False, job.updated_ms
        return job.sha256 == receipt.sha256, _same_words(job, receipt), job.updated_ms

    return max(jobs, key=fits, default=None)


def _same_words(job: Job, receipt: Receipt) -> bool:
    """What both of them hold beside the sum."""
    said = (receipt.camera_id, receipt.camera_name, receipt.asked)
    return said == (job.camera_id, job.camera_name, job.span)


def _same_path(one: Path, other: Path) -> bool:
    if one.name.casefold() != other.name.casefold():
        return False
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return one == other
