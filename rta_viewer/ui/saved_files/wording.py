"""What is said about saved files: on the tile, in the tree, and when they cannot be relied on."""

from collections.abc import Sequence
from datetime import UTC

from rta_viewer.core.model import Camera, CameraState, StreamInfo
from rta_viewer.core.saved_file import SavedFile, TimeOrigin, Trust
from rta_viewer.core.texts import left_to_right, mark, tr, trn, verbatim
from rta_viewer.ui import times

ORIGIN_NOTES = {
    TimeOrigin.RECORD: mark("time from its job"),
    TimeOrigin.RECEIPT: mark("time from its receipt"),
    TimeOrigin.METADATA: mark("time from the file"),
    TimeOrigin.NAME: mark("time from its name"),
    TimeOrigin.FILE_DATE: mark("time is a guess"),
}

_SHORT_NOTES = {
    TimeOrigin.RECORD: mark("by its job"),
    TimeOrigin.RECEIPT: mark("by its receipt"),
    TimeOrigin.METADATA: mark("by the file"),
    TimeOrigin.NAME: mark("by its name"),
    TimeOrigin.FILE_DATE: mark("a guess"),
}

_ORIGIN_SENTENCES = {
    TimeOrigin.RECORD: mark("Time: from the record of the job that saved it."),
    TimeOrigin.RECEIPT: mark("Time: from its receipt."),
    TimeOrigin.METADATA: mark("Time: as the file itself says."),
    TimeOrigin.NAME: mark("Time: from its name."),
    TimeOrigin.FILE_DATE: mark("Time: a guess, from the date of the file."),
}

_TRUST_NOTES = {
    Trust.NO_RECEIPT: "",
    Trust.NOT_COMPARED: mark("comparing with its receipt"),
    Trust.MATCHES: mark("unchanged"),
    Trust.MATCHES_NOT_AS_ASKED: mark("unchanged, not all that was asked"),
    Trust.BROKEN: mark("not to be relied on"),
}

_TRUST_SENTENCES = {
    Trust.NO_RECEIPT: mark("There is no receipt: nobody knows whether it was changed."),
    Trust.NOT_COMPARED: mark("Not compared with its receipt yet."),
    Trust.MATCHES: mark("Unchanged since it was saved."),
    Trust.MATCHES_NOT_AS_ASKED: mark(
        "Unchanged since it was saved, but not all that was asked for."
    ),
    Trust.BROKEN: "",
}

_WORST_FIRST = (
    Trust.BROKEN,
    Trust.NOT_COMPARED,
    Trust.NO_RECEIPT,
    Trust.MATCHES_NOT_AS_ASKED,
    Trust.MATCHES,
)
_STATES = {
    Trust.MATCHES: CameraState.CHECKED_FILE,
    Trust.BROKEN: CameraState.DOUBTFUL_FILE,
}
_MOST_TOLD = 8


def camera_of(camera_id: str, files: Sequence[SavedFile]) -> Camera:
    """Files that are shown in one tile, as a camera. The least trusted of them speaks for all."""
    first, last = files[0], files[-1]
    trust = min((file.trust for file in files), key=_WORST_FIRST.index)
    origin = max((file.origin for file in files), key=list(TimeOrigin).index)
    return Camera(
        camera_id=camera_id,
        # Beside the camera itself, on the timeline too, one must know which is which.
        name=_name(first),
        state=_STATES.get(trust, CameraState.SAVED_FILE),
        location=str(first.path.parent),
        streams=(StreamInfo("file", width=first.width, height=first.height, codec=first.codec),),
        oldest_recording_ms=round(first.start_ms),
        newest_recording_ms=round(last.end_ms),
        notes=_notes(trust, origin),
        note_level=_level(trust, origin),
        remarks=tuple(_remarks(files)),
    )


def _name(first: SavedFile) -> str:
    if not first.source_id:
        return first.camera_name
    return tr("{camera} (file)", camera=first.camera_name)


def _notes(trust: Trust, origin: TimeOrigin) -> tuple[str, ...]:
    compared, time = _trust_note(trust), tr(ORIGIN_NOTES[origin])
    if trust is Trust.BROKEN:
        return _both(compared, time), compared, tr("doubtful")
    both = (_both(compared, time),) if compared else ()
    return (*both, time, tr(_SHORT_NOTES[origin]))


def _trust_note(trust: Trust) -> str:
    note = _TRUST_NOTES[trust]
    return tr(note) if note else ""


def _both(compared: str, time: str) -> str:
    return tr("{first}, {second}", first=compared, second=time)


def _level(trust: Trust, origin: TimeOrigin) -> str:
    if trust is Trust.BROKEN:
        return "danger"
    doubtful = origin.is_guess or trust is Trust.MATCHES_NOT_AS_ASKED
    return "warning" if doubtful else "quiet"


def _remarks(files: Sequence[SavedFile]) -> list[str]:
    found = []
    for file in files[:_MOST_TOLD]:
        if len(files) > 1:
            found.append("")
        found.append(verbatim(file.path.name))
        found.append(tr("{start} to {end}", start=_utc(file.start_ms), end=_utc(file.end_ms)))
        found.append(tr(_ORIGIN_SENTENCES[file.origin]))
        found += file.problems or (_trust_sentence(file.trust),)
        found += file.remarks
    if len(files) > _MOST_TOLD:
        more = len(files) - _MOST_TOLD
        found.append(trn("and {n} more file", "and {n} more files", more))
    size = left_to_right(f"{files[0].width} x {files[0].height}") if files[0].width else ""
    found.append(", ".join(part for part in (size, files[0].codec) if part))
    found.append(verbatim(str(files[0].path.parent)))
    return [line for line in found if line]


def _trust_sentence(trust: Trust) -> str:
    sentence = _TRUST_SENTENCES[trust]
    return tr(sentence) if sentence else ""


def _utc(instant_ms: float) -> str:
    """In the form that is worded in the operator's zone later."""
    return times.format_with_zone(instant_ms, UTC)


def trouble_of(files: Sequence[SavedFile]) -> list[str]:
    """A sentence for each file that cannot be relied on."""
    return [
        f"{verbatim(file.path.name)}: {' '.join(file.problems)}" for file in files if file.problems
    ]
