"""The benchmark's parts on a tiny input: they measure something; how fast it is does not matter."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.report import Report
from tests.benchmarks.transfers.panel import measure_panel
from tests.benchmarks.transfers.polling import measure_polling
from tests.benchmarks.transfers.rates import measure_rates


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is the measure")
def test_transfers_are_measured_against_curl() -> None:
    into = Report("jobs")
    measure_rates(into, 8_000_000, 1)
    values = {figure.name: figure.value for figure in into.figures}
    assert set(values) == {
        "rate_over_curl",
        "rate_mb_per_s",
        "rss_growth_mb",
        "resume_extra_s",
        "rate8_over_curl",
        "rate8_over_parallel_curl",
        "rate8_bare_over_curl",
    }
    assert None not in values.values()


def test_polls_are_counted() -> None:
    into = Report("jobs")
    measure_polling(into, 3, 10)
    polls, cpu = into.figures
    assert polls.name == "polls_per_job_10s"
    assert polls.value is not None
    assert 0 < polls.value <= 1
    assert cpu.value is not None


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_list_is_opened_and_changed(qtbot: QtBot) -> None:
    assert QApplication.instance() is not None
    into = Report("jobs")
    measure_panel(into, 450, 3)
    values = {figure.name: figure.value for figure in into.figures}
    assert {"panel_open_ms", "panel_update_ms"} <= set(values)
    assert None not in values.values()
