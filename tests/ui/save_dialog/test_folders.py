"""A folder that hangs holds up no other one, and no number of them takes all threads."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.save_estimate import SaveTarget
from rta_viewer.errors import StorageError
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.save_dialog.folders import MOST_LOOKS, FolderLooks


class Drives:
    """Folders below ``/dead`` answer when ``alive`` is set."""

    def __init__(self, lane: Lane) -> None:
        self.looks = FolderLooks.of(lane)
        self.alive = threading.Event()
        self.asked: list[Path] = []
        self.found: list[Path] = []
        self.looks.found.connect(lambda found: self.found.append(found.folder))

    def look(self, *folders: str) -> None:
        for folder in folders:
            self.looks.look(Path(folder), self._look)

    def _look(self, folder: Path) -> SaveTarget:
        self.asked.append(folder)
        if folder.parts[1] == "dead":
            assert self.alive.wait(20)
        return SaveTarget(folder, 1)


@pytest.fixture
def drives(qtbot: QtBot) -> Iterator[Drives]:
    lane = Lane("drives", workers=MOST_LOOKS)
    drives = Drives(lane)
    yield drives
    drives.alive.set()
    assert lane.close()


def test_another_folder_is_looked_at_beside_one_that_hangs(qtbot: QtBot, drives: Drives) -> None:
    drives.look("/dead/a", "/good/a")
    qtbot.waitUntil(lambda: drives.found == [Path("/good/a")])
    drives.look("/dead/a")
    drives.alive.set()
    qtbot.waitUntil(lambda: len(drives.found) == 2)
    assert drives.asked.count(Path("/dead/a")) == 1


def test_a_path_below_a_dead_share_that_is_typed_leaves_room_for_others(
    qtbot: QtBot, drives: Drives
) -> None:
    drives.look("/dead/a", "/dead/ab", "/dead/abc", "/dead/ab/c", "/good/a")
    qtbot.waitUntil(lambda: drives.found == [Path("/good/a")])
    drives.look("/dead/a/last")
    drives.alive.set()
    qtbot.waitUntil(lambda: len(drives.found) == 4)
    assert sorted(drives.asked) == sorted(
        Path(each) for each in ("/dead/a", "/dead/ab", "/good/a", "/dead/a/last")
    )


def test_the_next_dialog_does_not_ask_again_after_what_hangs(qtbot: QtBot, drives: Drives) -> None:
    drives.look("/dead/a")
    lane = drives.looks.parent()
    assert isinstance(lane, Lane)
    assert FolderLooks.of(lane) is drives.looks
    drives.look("/dead/a")
    assert lane.in_flight == 1


def test_a_failure_is_a_problem_of_its_folder(qtbot: QtBot, drives: Drives) -> None:
    def fail(_folder: Path) -> SaveTarget:
        raise StorageError("The drive is away.")

    with qtbot.waitSignal(drives.looks.found) as caught:
        drives.looks.look(Path("/x/y"), fail)
    assert caught.args == [SaveTarget(Path("/x/y"), problem="The drive is away.")]
