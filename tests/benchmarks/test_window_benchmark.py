import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks import report, timeline_requests, window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_the_tree_is_measured(qtbot: QtBot) -> None:
    assert QApplication.instance() is not None
    into = report.Report("window")
    into.measure("Camera tree", lambda: window.tree(into, 300))
    assert into.failures == []
    names = {figure.name for figure in into.figures}
    assert {"tree_load_s", "tree_key_p95_ms", "tree_memory_mb"} <= names
    assert all(figure.value is not None for figure in into.figures)


def test_the_requests_are_counted(qtbot: QtBot) -> None:
    into = report.Report("window")
    into.measure("Requests", lambda: timeline_requests.requests(into, 0.5))
    assert into.failures == []
    figures = {figure.name: figure.value for figure in into.figures}
    assert figures["timeline_requests_in_flight_max"] in {1, 2}
    assert 0 < (figures["timeline_requests_60s"] or 0) < 100


def test_the_made_up_recordings_are_as_many_as_promised() -> None:
    span = window.Span(window.NOW_MS - 31 * window.DAY_MS, window.NOW_MS)
    made = window._recordings("c", span, 6_250, 3)
    assert len(made.recordings) + len(made.gaps) == 6_250
    assert all(one.span.end_ms > one.span.start_ms for one in (*made.recordings, *made.gaps))
    assert len(window._events(span, 3_125, 1)) == 3_125
