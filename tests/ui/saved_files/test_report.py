from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from rta_viewer.core.examination import Examination, Point, Verdict
from rta_viewer.ui.saved_files.report import PROVES, heading, report_text
from tests.helpers.ui_world import NOW_MS

GOOD = Examination(
    Path("case") / "door.mp4",
    Verdict.UNCHANGED,
    ("Unchanged since it was saved.",),
    (
        Point("Length", "5 bytes", "5 bytes", holds=True),
        Point("SHA-256", "ab", "cd", holds=False),
        Point("Asked for", "2025-10-24 10:00:00 UTC to 2025-10-24 10:01:00 UTC", ""),
        Point("Video", "", "H264"),
    ),
)
CHANGED = replace(GOOD, verdict=Verdict.BROKEN, sentences=("It was changed.",))
UNKNOWN = replace(GOOD, verdict=Verdict.CAUTION, sentences=("There is no receipt.",))


def test_one_sentence_about_all() -> None:
    assert heading([CHANGED]) == "It was changed."
    assert heading([GOOD, GOOD]) == "All 2 files are unchanged since they were saved."
    assert heading([GOOD, CHANGED, UNKNOWN]) == "1 of 3 files cannot be relied on."
    assert heading([GOOD, UNKNOWN]).startswith("1 of 2 files cannot be proved")


def test_a_report_to_paste_into_a_case() -> None:
    text = report_text([GOOD], NOW_MS, ZoneInfo("Europe/Copenhagen"))
    assert text.splitlines() == [
        "Examined 2025-10-24 12:00:00 +02:00, RTA Viewer",
        "Unchanged since it was saved.",
        "",
        "door.mp4: Unchanged",
        str(Path("case") / "door.mp4"),
        "Unchanged since it was saved.",
        "  Length: written down 5 bytes, found the same",
        "  SHA-256: written down ab, found cd",
        "  Asked for: 2025-10-24 12:00:00 +02:00 to 2025-10-24 12:01:00 +02:00",
        "  Video: H264",
        "",
        PROVES,
    ]


def test_what_is_missing_is_one_sentence_of_the_report() -> None:
    missing = Examination(Path(), Verdict.BROKEN, ("yard.mp4 is missing; its receipt is there.",))
    lines = report_text([missing, GOOD], NOW_MS).splitlines()
    assert lines[1:5] == [
        "1 of 2 files cannot be relied on.",
        "",
        "yard.mp4 is missing; its receipt is there.",
        "",
    ]
    assert lines[5] == "door.mp4: Unchanged"
