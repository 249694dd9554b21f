from collections.abc import Callable
from dataclasses import replace

import pytest

from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Camera,
    Gap,
    Recording,
    RecordingKind,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import parse_instant
from tests.helpers.shelf_recorder import ShelfRecorder

START_MS = parse_instant("2025-10-24T10:00Z")
WINDOW = Span(START_MS, START_MS + 600_000)
ANSWER = Availability(
    "id-1",
    WINDOW,
    (Recording(Span(START_MS, START_MS + 60_000), RecordingKind.MOTION),),
    (Gap(Span(START_MS + 60_000, WINDOW.end_ms), "camera_offline"),),
)
ASKED = ["recordings", "door", "--from", "2025-10-24T10:00Z", "--to", "2025-10-24T10:10Z"]


@pytest.fixture(autouse=True)
def _cameras(recorder: ShelfRecorder) -> None:
    recorder.cameras_ = (Camera("id-1", "Door"),)
    recorder.availability_ = ANSWER


def test_the_object_has_the_promised_keys(ask: Callable, recorder: ShelfRecorder) -> None:
    code, answer = ask(*ASKED)
    assert code == 0
    assert answer == {
        "recordings": [
            {
                "start": "2025-10-24T10:00:00.000Z",
                "end": "2025-10-24T10:01:00.000Z",
                "kind": "motion",
            }
        ],
        "gaps": [
            {
                "start": "2025-10-24T10:01:00.000Z",
                "end": "2025-10-24T10:10:00.000Z",
                "reason": "camera_offline",
            }
        ],
    }
    assert recorder.asked == [("id-1", WINDOW)]


def test_local_times_are_those_of_the_zone(ask: Callable, recorder: ShelfRecorder) -> None:
    local = ["recordings", "id-1", "--from", "2025-10-24 14:00", "--to", "2025-10-24 14:10"]
    code, text = ask(*local, "--tz", "Asia/Dubai", as_json=False)
    assert code == 0
    assert recorder.asked == [("id-1", WINDOW)]
    assert "2025-10-24 14:01:00 +04:00" in text
    assert "gap: camera_offline" in text
    assert "Door: 1:00 of 10:00 recorded" in text


@pytest.mark.parametrize(
    ("state", "code", "kind"),
    [
        (AvailabilityState.NOT_OFFERED, 5, "not_offered"),
        (AvailabilityState.NOT_ALLOWED, 3, "sign_in"),
        (AvailabilityState.NO_ANSWER, 5, "network"),
    ],
)
def test_an_unknown_availability_is_not_an_empty_one(
    ask: Callable, recorder: ShelfRecorder, state: AvailabilityState, code: int, kind: str
) -> None:
    recorder.availability_ = replace(ANSWER, recordings=(), gaps=(), state=state)
    got, answer = ask(*ASKED)
    assert got == code
    assert answer["error"]["kind"] == kind


def test_no_footage_is_an_answer(ask: Callable, recorder: ShelfRecorder) -> None:
    recorder.availability_ = replace(ANSWER, recordings=(), gaps=(Gap(WINDOW),))
    code, answer = ask(*ASKED)
    assert code == 0
    assert answer["recordings"] == []
    assert "no footage" in ask(*ASKED, as_json=False)[1]


@pytest.mark.parametrize(
    "change",
    [["--to", "2025-10-24T09:00Z"], ["--from", "yesterday"], ["--tz", "Mars/Base"], ["--tz", ""]],
)
def test_a_time_that_makes_no_sense_is_a_usage_error(
    ask: Callable, recorder: ShelfRecorder, change: list[str]
) -> None:
    code, answer = ask(*ASKED, *change)
    assert code == 2
    assert answer["error"]["kind"] == "usage"
    assert recorder.asked == []
