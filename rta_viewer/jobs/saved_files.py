"""Opening saved files: what each is, when it was recorded and how that is known, and whether it is unchanged.

The time of the first picture comes from the best source there is: the record of the job that saved the file,
its receipt, what the file says of itself, its name, and at last the date of the file, which is a guess.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job
from rta_viewer.core.name_times import instant_of_name
from rta_viewer.core.saved_file import SavedFile, Stretch, TimeOrigin, Trust
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import left_to_right, tr
from rta_viewer.core.timetext import format_instant
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.evidence.files import hash_file, system_path
from rta_viewer.evidence.receipt import START_BY_REQUEST
from rta_viewer.jobs.delivery_time import LEAD_IN_MS
from rta_viewer.jobs.papers import Papers, papers_of
from rta_viewer.media.file_facts import FileFacts, read_facts

_AGREES_MS = 2_000.0
_ROUNDED_MS = 1_000.0
_NAME_DIFFERS_MS = 120_000.0
"""Names round to seconds and may carry what was asked for; files begin some seconds before."""


def read_saved_file(path: Path, records: Sequence[Job], zone: tzinfo = UTC) -> SavedFile:
    """Find out what a file is; quick, its bytes are not compared yet. See :func:`compare`.

    Args:
        path: A video.
        records: The jobs that are known.
        zone: Whose wall clock a time in the file's name is, when it does not say.

    Raises:
        MediaError: Not a video that can be played.
        StorageError: It cannot be read.
    """
    try:
        size_bytes = system_path(path).stat().st_size
        modified_ms = system_path(path).stat().st_mtime * 1000
        facts = read_facts(system_path(path))
    except OSError as err:
        raise StorageError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=err.strerror or err)
        ) from err
    papers = papers_of(path, records)
    first_ms, origin = _first_ms(path, facts, papers, modified_ms, zone)
    problems = [*([facts.problem] if facts.problem else []), *papers.mismatches(size_bytes)]
    stretches = _stretches(facts, papers, first_ms)
    owner = papers.receipt or papers.job
    return SavedFile(
        path=path,
        source_id=f"{owner.server}\n{owner.camera_id}" if owner else "",
        camera_name=owner.camera_name if owner else path.stem,
        stretches=stretches,
        origin=origin,
        codec=facts.codec,
        width=facts.width,
        height=facts.height,
        trust=_trust(papers, problems),
        problems=tuple(problems),
        remarks=(
            *papers.differences,
            *_assumed(papers, zone),
            *_other_name(path, papers, first_ms, zone),
            *_unknown_gaps(papers, stretches),
        ),
    )


def compare(
    file: SavedFile,
    records: Sequence[Job],
    cancel: CancelToken,
    progress: Callable[[float], None] | None = None,
) -> SavedFile:
    """Read all bytes and compare them with what was written down when the file was saved.

    Raises:
        StorageError: It cannot be read.
        Cancelled: ``cancel`` was set.
    """
    papers = papers_of(file.path, records)
    if file.trust is not Trust.NOT_COMPARED or not papers.sha256:
        return file
    sha256, _ = hash_file(file.path, cancel=cancel, progress=progress)
    if sha256 != papers.sha256:
        changed = tr("It was changed: its SHA-256 is not the one of the receipt.")
        return replace(file, trust=Trust.BROKEN, problems=(*file.problems, changed))
    return replace(file, trust=Trust.MATCHES_NOT_AS_ASKED if papers.differences else Trust.MATCHES)


def _trust(papers: Papers, problems: Sequence[str]) -> Trust:
    if problems:
        return Trust.BROKEN
    return Trust.NOT_COMPARED if papers.sha256 else Trust.NO_RECEIPT


def _first_ms(
    path: Path, facts: FileFacts, papers: Papers, modified_ms: float, zone: tzinfo
) -> tuple[float, TimeOrigin]:
    stated_ms = facts.stated_ms
    if papers.job is not None or papers.receipt is not None:
        origin = TimeOrigin.RECORD if papers.job is not None else TimeOrigin.RECEIPT
        written_ms = float(_written_ms(papers))
        is_assumed = papers.receipt is not None and papers.receipt.start_from == START_BY_REQUEST
        # What was written down says which range it is; the file, where it was believed, to the millisecond.
        if (
            stated_ms is not None
            and not is_assumed
            and -LEAD_IN_MS <= stated_ms - written_ms <= _AGREES_MS
        ):
            return stated_ms, origin
        return written_ms, origin
    if stated_ms is not None:
        return stated_ms, TimeOrigin.METADATA
    named_ms = instant_of_name(path.stem, zone)
    if named_ms is not None:
        return named_ms, TimeOrigin.NAME
    return modified_ms - facts.duration_ms, TimeOrigin.FILE_DATE


def _written_ms(papers: Papers) -> int:
    receipt = papers.receipt
    if receipt is not None:
        return (receipt.delivered or receipt.asked).start_ms
    if papers.job is None:
        raise MediaError(tr("There is no record of this file."))
    return papers.job.span.start_ms


def _stretches(facts: FileFacts, papers: Papers, first_ms: float) -> tuple[Stretch, ...]:
    # Where the gaps were closed up, the file itself says it, or whoever saved it.
    written = papers.receipt.stretches if papers.receipt is not None else ()
    for spans in (facts.stated_spans, written):
        if _fits(spans, facts, first_ms):
            return tuple(_laid_out(spans, facts.keys_ms, first_ms))
    return tuple(
        Stretch(start_ms, first_ms + start_ms, first_ms + end_ms) for start_ms, end_ms in facts.runs
    )


def _fits(spans: Sequence[Span], facts: FileFacts, first_ms: float) -> bool:
    if not spans or len(facts.runs) != 1 or abs(spans[0].start_ms - first_ms) > _AGREES_MS:
        return False
    allowed_ms = _AGREES_MS + _ROUNDED_MS * (len(spans) - 1)
    return abs(sum(span.duration_ms for span in spans) - facts.duration_ms) <= allowed_ms


def _laid_out(spans: Sequence[Span], keys_ms: Sequence[float], first_ms: float) -> list[Stretch]:
    """One stretch after the other; each begins with a key picture, and servers round to seconds."""
    found = [Stretch(0.0, first_ms, float(spans[0].end_ms))]
    for span in spans[1:]:
        last = found[-1]
        due_ms = last.file_ms + last.end_ms - last.start_ms
        file_ms = min(keys_ms, key=lambda at_ms: abs(at_ms - due_ms), default=due_ms)
        if abs(file_ms - due_ms) > _ROUNDED_MS:
            file_ms = due_ms
        found.append(Stretch(file_ms, float(span.start_ms), float(span.end_ms)))
    return found


def _assumed(papers: Papers, zone: tzinfo) -> list[str]:
    receipt = papers.receipt
    if receipt is None or receipt.start_from != START_BY_REQUEST or receipt.stamp_ms is None:
        return []
    return [
        tr(
            "When it begins is assumed; its own time stamp says {time}.",
            time=left_to_right(format_instant(receipt.stamp_ms, zone)),
        )
    ]


def _other_name(path: Path, papers: Papers, first_ms: float, zone: tzinfo) -> list[str]:
    if papers.receipt is not None and papers.receipt.volume_of is not None:
        # It is named after the whole file.
        return []
    named_ms = instant_of_name(path.stem, zone)
    if named_ms is None or abs(named_ms - first_ms) <= _NAME_DIFFERS_MS:
        return []
    return [
        tr(
            "Its name says another time: {time}.",
            time=left_to_right(format_instant(named_ms, zone)),
        )
    ]


def _unknown_gaps(papers: Papers, stretches: Sequence[Stretch]) -> list[str]:
    delivered = papers.receipt.delivered if papers.receipt is not None else None
    if delivered is None or len(stretches) > 1:
        return []
    missing_ms = delivered.duration_ms - stretches[0].span.duration_ms
    if missing_ms <= 2 * _AGREES_MS:
        return []
    return [
        tr(
            "It is shorter than the time it covers, and nobody wrote down where its gaps are: "
            "times behind a gap are too early."
        )
    ]
