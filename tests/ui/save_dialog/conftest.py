from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.qt.workers import Lane
from rta_viewer.ui.save_dialog.folders import MOST_LOOKS
from tests.helpers.save_desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, lane: Lane, tmp_path: Path) -> Iterator[Desk]:
    drives = Lane("drives", workers=MOST_LOOKS)
    yield Desk(qtbot, lane, drives, tmp_path)
    assert drives.close()
