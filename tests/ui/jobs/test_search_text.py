from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.jobs import Job
from rta_viewer.core.spans import Span
from rta_viewer.ui import times
from rta_viewer.ui.jobs.search_text import fits, search_text, words_of
from tests.helpers.ui_world import HOUR_MS, NOW_MS, job

FOURTH_OF_MARCH_MS = times.parse("2025-03-04 10:00", UTC)
ARABIC = {ord(digit): 0x660 + int(digit) for digit in "0123456789"}


def found(typed: str, job: Job, zone: str = "UTC") -> bool:
    return fits(search_text(job, ZoneInfo(zone)), words_of(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "2025-10-24", "24/10/2025", "24.10.2025", "24-10-2025", "24/10/25", "2025/10/24",
        "2025.10.24", "24/10", "24.10.", "2025/10", "10/24/2025", "24/10/2025 09:00",
        "reception 24.10.2025", "24/10/2025".translate(ARABIC),
    ],
)  # fmt: skip
def test_a_day_is_found_as_the_save_dialog_reads_it(typed: str) -> None:
    assert found(typed, job(1))
    assert not found(typed, job(1, span=Span(FOURTH_OF_MARCH_MS, FOURTH_OF_MARCH_MS + HOUR_MS)))


@pytest.mark.parametrize("typed", ["4/3/2025", "04.03.2025", "4/3", "04.03.25"])
def test_figures_may_lack_their_zero(typed: str) -> None:
    assert found(typed, job(1, span=Span(FOURTH_OF_MARCH_MS, FOURTH_OF_MARCH_MS + HOUR_MS)))
    assert not found(typed, job(1))


def test_a_date_in_a_name_is_found_as_it_is_written() -> None:
    assert found("01.02.2024", job(1, file_name="gate 01.02.2024.mp4"))
    assert not found("10.2", job(1, span=Span(NOW_MS - HOUR_MS, NOW_MS), server="http://10.3.4.5"))


def test_days_are_those_of_the_zone_and_both_ends_count() -> None:
    night = job(1, span=Span(NOW_MS + 13 * HOUR_MS, NOW_MS + 15 * HOUR_MS))
    assert found("24/10/2025 23:00:00", night)
    assert found("25/10/2025 01:00:00", night)
    assert not found("24/10/2025", night, "Europe/Copenhagen")


def test_digits_of_any_script_are_the_same() -> None:
    arabic = "3".translate(ARABIC)
    assert found(f"باب {arabic}", job(1, camera_name="باب 3"))
    assert found("باب 3", job(1, camera_name=f"باب {arabic}"))
    assert found("STRASSE", job(1, camera_name="Gäte Straße"))
