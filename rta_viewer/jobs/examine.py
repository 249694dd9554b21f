"""Examining a saved file: is it complete, is it unchanged, and what was written down about it?"""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Examination, Point, Verdict
from rta_viewer.core.jobs import Job
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import left_to_right, mark, tr, trn, verbatim
from rta_viewer.core.timescale import wall_clock
from rta_viewer.core.timetext import format_duration
from rta_viewer.errors import RtaError
from rta_viewer.evidence.files import hash_file, system_path
from rta_viewer.evidence.receipt import START_BY_REQUEST, Receipt, receipt_path
from rta_viewer.jobs.papers import Papers, papers_of
from rta_viewer.media.file_facts import read_facts

_NOBODY_KNOWS = mark("There is no receipt: nobody knows whether it was changed.")


def examine(
    path: Path,
    records: Sequence[Job],
    cancel: CancelToken,
    progress: Callable[[float], None] | None = None,
) -> Examination:
    """Read all of a file and compare it with its receipt and with the record of its job.

    Args:
        path: A video.
        records: The jobs of this computer.
        cancel: Looked at often.
        progress: Called from this thread with a share from 0 to 1.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    try:
        size_bytes = system_path(path).stat().st_size
    except OSError as err:
        return _unreadable(path, tr("It cannot be read: {reason}.", reason=err.strerror or err))
    papers = papers_of(path, records)
    complete = _completeness(path)
    try:
        sha256, _ = hash_file(path, cancel=cancel, progress=progress)
    except RtaError as err:
        cancel.raise_if_cancelled()
        return _unreadable(path, err.summary)
    wrong = [*papers.mismatches(size_bytes)]
    if complete.holds is False:
        wrong.insert(0, complete.found)
    elif papers.sha256 and papers.sha256 != sha256 and papers.size_bytes == size_bytes:
        wrong.append(tr("It was changed: its SHA-256 is not the one that was written down."))
    verdict, sentences = _judged(wrong, papers)
    sentences += _other_name(path, papers)
    points = (complete, *_compared(path, papers, size_bytes, sha256), *_told(papers))
    return Examination(path, verdict, tuple(sentences), points, sha256)


def _unreadable(path: Path, sentence: str) -> Examination:
    return Examination(path, Verdict.BROKEN, (sentence,))


def _judged(wrong: Sequence[str], papers: Papers) -> tuple[Verdict, list[str]]:
    if wrong:
        return Verdict.BROKEN, list(wrong)
    if not papers.sha256:
        return Verdict.CAUTION, [tr(_NOBODY_KNOWS)]
    if papers.differences:
        return Verdict.CAUTION, [
            tr("Unchanged since it was saved. It is not all that was asked for."),
            *papers.differences,
        ]
    return Verdict.UNCHANGED, [tr("Unchanged since it was saved.")]


def _other_name(path: Path, papers: Papers) -> list[str]:
    """Names tell of camera and time, and whoever reads one is to know that it was given later."""
    name = papers.receipt.file_name if papers.receipt is not None else path.name
    # Some drives write a name otherwise than it was given to them.
    is_same = unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", path.name)
    return [] if is_same else [tr("It was saved as {name}.", name=verbatim(name))]


def _completeness(path: Path) -> Point:
    try:
        facts = read_facts(system_path(path))
    except (RtaError, OSError) as err:
        said = (
            err.summary
            if isinstance(err, RtaError)
            else tr("It cannot be read: {reason}.", reason=err)
        )
        return Point(tr("Video"), "", said, holds=False)
    if facts.problem:
        return Point(tr("Video"), "", facts.problem, holds=False)
    length = left_to_right(format_duration(facts.duration_ms))
    size = left_to_right(f"{facts.width} x {facts.height}")
    return Point(tr("Video"), "", f"{facts.codec}, {size}, {length}", holds=True)


def _compared(path: Path, papers: Papers, size_bytes: int, sha256: str) -> list[Point]:
    written_bytes = papers.size_bytes
    length = "" if written_bytes is None else _bytes(written_bytes)
    known = bool(papers.sha256)
    beside = verbatim(receipt_path(path).name)
    missing = papers.receipt_problem or tr("None beside the file")
    found = beside if papers.receipt is not None else missing
    job = papers.job
    return [
        Point(
            tr("Length"),
            length,
            _bytes(size_bytes),
            size_bytes == written_bytes if known else None,
        ),
        Point("SHA-256", papers.sha256, sha256, sha256 == papers.sha256 if known else None),
        Point(
            tr("Receipt"),
            "",
            found,
            False if papers.receipt_problem else papers.receipt is not None or None,
        ),
        Point(
            tr("List of jobs"),
            job.sha256 if job else "",
            "" if job else tr("Not in it"),
            papers.agree,
        ),
    ]


def _told(papers: Papers) -> list[Point]:
    receipt = papers.receipt
    if receipt is None:
        return []
    points = [
        Point(tr("Camera"), receipt.camera_name, ""),
        Point(tr("Server"), verbatim(receipt.server), ""),
        Point(tr("Asked for"), _span(receipt.asked), ""),
        Point(tr("Delivered"), _delivered(receipt), ""),
        Point(tr("Saved", "when"), _saved(receipt), ""),
    ]
    if receipt.stamp_ms is not None and receipt.volume_of is None:
        points.append(Point(tr("Time stamp in the file"), _utc(receipt.stamp_ms), ""))
    checked = tr("as asked") if receipt.check_ok else " ".join(papers.differences)
    return [*points, Point(tr("Check when it was saved"), checked, "", receipt.check_ok)]


def _bytes(count: int) -> str:
    return trn("{n} byte", "{n:,} bytes", count)


def _saved(receipt: Receipt) -> str:
    return tr(
        "{time}, by version {version}",
        time=_utc(receipt.saved_at_ms),
        version=verbatim(receipt.program_version),
    )


def _delivered(receipt: Receipt) -> str:
    if receipt.delivered is None:
        return tr("not known")
    if receipt.start_from != START_BY_REQUEST:
        return _span(receipt.delivered)
    return tr(
        "{span}; its start is assumed: the file does not say it", span=_span(receipt.delivered)
    )


def _span(span: Span) -> str:
    return tr("{start} to {end}", start=_utc(span.start_ms), end=_utc(span.end_ms))


def _utc(instant_ms: int) -> str:
    return f"{wall_clock(instant_ms, UTC):%Y-%m-%d %H:%M:%S} UTC"
