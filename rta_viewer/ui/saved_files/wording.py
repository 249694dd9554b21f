"""What is said about saved files: on the tile, in the tree, and when they cannot be relied on."""

from collections.abc import Sequence
from datetime import UTC

from rta_viewer.core.model import Camera, CameraState, StreamInfo
from rta_viewer.core.saved_file import SavedFile, TimeOrigin, Trust
from rta_viewer.ui import times

ORIGIN_NOTES = {
    TimeOrigin.RECORD: "time from its job",
    TimeOrigin.RECEIPT: "time from its receipt",
    TimeOrigin.METADATA: "time from the file",
    TimeOrigin.NAME: "time from its name",
    TimeOrigin.FILE_DATE: "time is a guess",
}

_SHORT_NOTES = {
    TimeOrigin.RECORD: "by its job",
    TimeOrigin.RECEIPT: "by its receipt",
    TimeOrigin.METADATA: "by the file",
    TimeOrigin.NAME: "by its name",
    TimeOrigin.FILE_DATE: "a guess",
}

_ORIGIN_SENTENCES = {
    TimeOrigin.RECORD: "Time: from the record of the job that saved it.",
    TimeOrigin.RECEIPT: "Time: from its receipt.",
    TimeOrigin.METADATA: "Time: as the file itself says.",
    TimeOrigin.NAME: "Time: from its name.",
    TimeOrigin.FILE_DATE: "Time: a guess, from the date of the file.",
}

_TRUST_NOTES = {
    Trust.NO_RECEIPT: "",
    Trust.NOT_COMPARED: "comparing with its receipt",
    Trust.MATCHES: "unchanged",
    Trust.MATCHES_NOT_AS_ASKED: "unchanged, not all that was asked",
    Trust.BROKEN: "not to be relied on",
}

_TRUST_SENTENCES = {
    Trust.NO_RECEIPT: "There is no receipt: nobody knows whether it was changed.",
    Trust.NOT_COMPARED: "Not compared with its receipt yet.",
    Trust.MATCHES: "Unchanged since it was saved.",
    Trust.MATCHES_NOT_AS_ASKED: "Unchanged since it was saved, but not all that was asked for.",
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
        name=f"{first.camera_name} (file)" if first.source_id else first.camera_name,
        state=_STATES.get(trust, CameraState.SAVED_FILE),
        location=str(first.path.parent),
        streams=(StreamInfo("file", width=first.width, height=first.height, codec=first.codec),),
        oldest_recording_ms=round(first.start_ms),
        newest_recording_ms=round(last.end_ms),
        notes=_notes(trust, origin),
        note_level=_level(trust, origin),
        remarks=tuple(_remarks(files)),
    )


def _notes(trust: Trust, origin: TimeOrigin) -> tuple[str, ...]:
    compared, time = _TRUST_NOTES[trust], ORIGIN_NOTES[origin]
    if trust is Trust.BROKEN:
        return f"{compared}, {time}", compared, "doubtful"
    both = (f"{compared}, {time}",) if compared else ()
    return (*both, time, _SHORT_NOTES[origin])


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
        found.append(file.path.name)
        found.append(f"{_utc(file.start_ms)} to {_utc(file.end_ms)}")
        found.append(_ORIGIN_SENTENCES[file.origin])
        found += file.problems or (_TRUST_SENTENCES[file.trust],)
        found += file.remarks
    if len(files) > _MOST_TOLD:
        found.append(f"and {len(files) - _MOST_TOLD} more files")
    size = f"{files[0].width} x {files[0].height}" if files[0].width else ""
    found.append(", ".join(part for part in (size, files[0].codec) if part))
    found.append(str(files[0].path.parent))
    return [line for line in found if line]


def _utc(instant_ms: float) -> str:
    """In the form that is worded in the operator's zone later."""
    return times.format_with_zone(instant_ms, UTC)


def trouble_of(files: Sequence[SavedFile]) -> list[str]:
    """A sentence for each file that cannot be relied on."""
    return [f"{file.path.name}: {' '.join(file.problems)}" for file in files if file.problems]
