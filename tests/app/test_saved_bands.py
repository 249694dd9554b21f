from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from rta_viewer.app.saved_bands import SavedBands
from rta_viewer.core.saved_spans import SavedByCamera, SavedState
from rta_viewer.qt.workers import Lane
from tests.helpers.job_desk import Desk
from tests.helpers.ui_world import job

pytestmark = pytest.mark.gui


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("bands")
    yield lane
    lane.close()


def _states(found: object) -> list[SavedState]:
    assert isinstance(found, dict)
    return [one.state for spans in found.values() for one in spans]


def test_a_job_appears_while_it_runs_and_stays_when_it_is_done(
    qtbot: QtBot, tmp_path: Path, lane: Lane
) -> None:
    desk, servers = Desk(tmp_path), {"http://server": ""}
    bands = SavedBands(desk.engine, lambda: servers, lane)
    told: list[SavedByCamera] = []
    bands.changed.connect(told.append)
    with qtbot.waitSignal(bands.changed):
        job = desk.submit()
    assert _states(told[-1]) == [SavedState.COMING]
    with qtbot.waitSignal(bands.changed, check_params_cb=lambda found: _states(found) != []):
        desk.run(job)
    qtbot.waitUntil(lambda: _states(told[-1]) == [SavedState.SAVED])
    servers = {}
    with qtbot.waitSignal(bands.changed):
        bands.refresh()
    assert told[-1] == {}
    bands.close()
    desk.store.close()


def test_what_is_told_just_before_the_end_starts_nothing(
    qtbot: QtBot, tmp_path: Path, lane: Lane
) -> None:
    desk = Desk(tmp_path)
    bands = SavedBands(desk.engine, lambda: {"http://server": ""}, lane)
    told: list[SavedByCamera] = []
    bands.changed.connect(told.append)
    desk.submit()
    bands.close()
    QCoreApplication.sendPostedEvents(bands)
    assert lane.in_flight == 0
    assert not told
    desk.store.close()


def test_cameras_of_servers_that_joined_are_known_by_what_they_are_called_in_the_window(
    qtbot: QtBot, tmp_path: Path, lane: Lane
) -> None:
    desk = Desk(tmp_path)
    desk.submit()
    desk.engine.add(job(2, server="http://two", camera_id="gate", folder=tmp_path))
    desk.engine.add(job(3, server="http://three", camera_id="gate", folder=tmp_path))
    servers = {"http://server": "", "http://two": "http://two "}
    bands = SavedBands(desk.engine, lambda: servers, lane)
    with qtbot.waitSignal(bands.changed) as caught:
        bands.refresh()
    assert sorted(caught.args[0]) == ["camera", "http://two gate"]
    bands.close()
    desk.store.close()


def test_what_changes_nothing_is_neither_counted_nor_told(
    qtbot: QtBot, tmp_path: Path, lane: Lane
) -> None:
    desk = Desk(tmp_path)
    bands = SavedBands(desk.engine, lambda: {"http://server": ""}, lane)
    told: list[SavedByCamera] = []
    bands.changed.connect(told.append)
    with qtbot.waitSignal(bands.changed):
        kept = desk.submit()
    with qtbot.waitSignal(bands._throttle.fired):
        bands.refresh()
    qtbot.waitUntil(lambda: lane.in_flight == 0)
    assert len(told) == 1
    asked: list[object] = []
    bands._told.connect(lambda: asked.append(None))
    desk.engine._board.change(kept.job_id, hint="x")
    desk.engine.pause(kept.job_id)
    assert len(asked) == 1
    bands.close()
    desk.store.close()
