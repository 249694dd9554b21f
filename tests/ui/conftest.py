import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.qt.workers import Lane
from rta_viewer.ui.theme.theme import DARK_THEME, Theme

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to tell sizes to, and says so."""
    for item in items:
        if HERE in item.path.parents:
            unsupported = r"propagateSizeHints|This plugin does not support (raise|grabbing)"
            item.add_marker(pytest.mark.qt_log_ignore(unsupported, extend=True))


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return DARK_THEME


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test", workers=2)
    yield lane
    assert lane.close()
