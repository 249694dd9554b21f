"""What the engine says in another language, and the papers that stay English all the same."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.cli.job_list import document, lines
from rta_viewer.core import texts
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import english
from rta_viewer.evidence.receipt import receipt_path
from tests.helpers.job_desk import Desk
from tests.helpers.job_orders import submit
from tests.helpers.job_recorder import SPAN, video

AHA = "\N{ARABIC LETTER HAH}"
MISSING = (
    "Delivered 2025-10-24T10:00:00Z to 2025-10-24T10:00:01Z of 2025-10-24T10:00:00Z "
    "to 2025-10-24T10:01:00Z, the rest is missing."
)
MINUTE = Span(SPAN.start_ms, SPAN.start_ms + 60_000)


class Foreign:
    """Every sentence begins with a letter that English does not have."""

    right_to_left = True
    zero = "\N{ARABIC-INDIC DIGIT ZERO}"

    def say(self, text: str, meaning: str, count: int) -> str:
        return f"{AHA} {text}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    texts.use(Foreign())
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()
    texts.use(None)


def short_file(desk: Desk) -> Job:
    """One of a package."""
    desk.recorder.body = video(1)
    desk.recorder.recorded = (MINUTE,)
    asked = SaveRequest("camera", MINUTE)
    name, folder = "gate.mp4", desk.folder
    return desk.run(submit(desk.engine, asked, folder=folder, file_name=name, package="order"))


def test_reasons_and_history_are_in_it_and_receipts_and_indexes_in_english(desk: Desk) -> None:
    job = short_file(desk)
    assert job.state is JobState.DIFFERS
    assert AHA in job.reason
    assert job.hint.startswith(AHA)
    assert all(AHA in event.why for event in desk.engine.history(job.job_id))
    receipt = json.loads(receipt_path(job.path).read_text(encoding="utf-8"))
    assert receipt["check"]["differences"] == [MISSING]
    index = (desk.folder / "index.html").read_text(encoding="utf-8")
    assert MISSING in index
    assert AHA not in index


def test_what_was_said_outlives_the_program_with_its_english(desk: Desk) -> None:
    before = short_file(desk)
    (desk.folder / "index.html").unlink()
    desk.restart()
    desk.turn()
    job = desk.engine.job(before.job_id)
    assert (job.reason, job.hint, job.why_kind) == (before.reason, before.hint, before.why_kind)
    assert AHA not in english(job.reason)
    last = desk.engine.history(job.job_id)[-1]
    assert (last.why, english(last.why)) == (job.reason, MISSING)
    assert AHA not in (desk.folder / "index.html").read_text(encoding="utf-8")
    assert AHA not in f"{lines([job])}{document([job])}"
