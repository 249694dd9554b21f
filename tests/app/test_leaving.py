from pytestqt.qtbot import QtBot

from rta_viewer.app.layouts import LayoutStore
from rta_viewer.app.program import Program
from tests.helpers.fake_engine import FakeEngines
from tests.helpers.ui_world import cameras

SERVER, USER = "http://127.0.0.1:8080", "demo"


def test_what_was_open_when_the_program_ends_comes_back(program: Program, qtbot: QtBot) -> None:
    program.playback._make_engine = FakeEngines()
    program.layouts.enter(SERVER, USER)
    program.window.grid.set_layout(2)
    program.playback.open_camera(cameras(1)[0])
    program.window.close()
    last = LayoutStore(program._kept, SERVER, USER).last()
    assert last is not None
    assert (last.tiles, last.cameras) == (2, ("cam-00000", ""))
