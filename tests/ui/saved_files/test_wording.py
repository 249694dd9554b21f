from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.model import CameraState
from rta_viewer.core.saved_file import SavedFile, Stretch, TimeOrigin, Trust
from rta_viewer.ui.camera_tree.wording import tooltip
from rta_viewer.ui.saved_files.wording import ORIGIN_NOTES, camera_of, trouble_of
from tests.helpers.ui_world import NOW_MS

FILE = SavedFile(
    Path("case") / "door.mp4",
    "server\ndoor",
    "Door",
    (Stretch(0, NOW_MS, NOW_MS + 60_000),),
    TimeOrigin.RECORD,
    codec="H264",
    width=1920,
    height=1080,
    trust=Trust.MATCHES,
)
CHANGED = replace(FILE, trust=Trust.BROKEN, problems=("It was changed.",))


def test_a_tooltip_tells_all_in_the_zone_that_is_looked_through() -> None:
    assert tooltip(camera_of("x", [FILE]), ZoneInfo("Europe/Copenhagen")).splitlines() == [
        "Door (file)",
        "Saved file, unchanged",
        "door.mp4",
        "2025-10-24 12:00:00 +02:00 to 2025-10-24 12:01:00 +02:00",
        "Time: from the record of the job that saved it.",
        "Unchanged since it was saved.",
        "1920 x 1080, H264",
        "case",
    ]


@pytest.mark.parametrize(
    ("changes", "state", "level", "short"),
    [
        ({}, CameraState.CHECKED_FILE, "quiet", "by its job"),
        ({"trust": Trust.NO_RECEIPT}, CameraState.SAVED_FILE, "quiet", "by its job"),
        ({"trust": Trust.NOT_COMPARED}, CameraState.SAVED_FILE, "quiet", "by its job"),
        (
            {"trust": Trust.MATCHES_NOT_AS_ASKED},
            CameraState.SAVED_FILE,
            "warning",
            "by its job",
        ),
        ({"trust": Trust.BROKEN}, CameraState.DOUBTFUL_FILE, "danger", "doubtful"),
        (
            {"origin": TimeOrigin.FILE_DATE},
            CameraState.CHECKED_FILE,
            "warning",
            "a guess",
        ),
    ],
)
def test_how_much_can_be_relied_on(
    changes: dict[str, object], state: CameraState, level: str, short: str
) -> None:
    camera = camera_of("x", [replace(FILE, **changes)])  # type: ignore[arg-type]
    assert (camera.state, camera.note_level, camera.notes[-1]) == (state, level, short)


def test_the_worst_of_several_files_speaks_for_all() -> None:
    guessed = replace(FILE, origin=TimeOrigin.FILE_DATE)
    camera = camera_of("x", [FILE, CHANGED, guessed])
    assert (camera.state, camera.note_level) == (CameraState.DOUBTFUL_FILE, "danger")
    assert camera.notes[0] == f"not to be relied on, {ORIGIN_NOTES[TimeOrigin.FILE_DATE]}"
    assert trouble_of([FILE, CHANGED]) == ["door.mp4: It was changed."]
