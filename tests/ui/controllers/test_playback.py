from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.theme.theme import Theme
from rta_viewer.ui.tiles.grid import TileGrid
from tests.helpers.fake_engine import FakeEngines
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, cameras

CAMERAS = cameras(4)
START = NOW_MS - 10 * MINUTE_MS


@pytest.fixture
def engines() -> FakeEngines:
    return FakeEngines()


@pytest.fixture
def playback(
    qtbot: QtBot, theme: Theme, lane: Lane, engines: FakeEngines
) -> Iterator[PlaybackController]:
    grid = TileGrid(theme)
    qtbot.addWidget(grid)
    grid.set_layout(4)
    grid.show()
    playback = PlaybackController(grid, engines, RunningClock(), lane, grid)
    yield playback
    playback.close()


def test_a_camera_plays_from_the_newest_recordings(
    playback: PlaybackController, engines: FakeEngines
) -> None:
    playback.open_camera(CAMERAS[0])
    (engine,) = engines.made
    assert engine.calls == [("speed", 1.0), ("seek", NOW_MS - MINUTE_MS, True)]


def test_the_second_camera_opens_at_the_playhead_in_the_next_tile(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    first = playback.open_camera(CAMERAS[0], START)
    engines.made[0].show(START + 400)
    qtbot.waitUntil(lambda: playback.playhead_ms == START + 400)
    second = playback.open_camera(CAMERAS[1])
    assert second is not first
    assert engines.made[1].asked("seek") == [("seek", START + 400, True)]
    assert playback.open_cameras == (CAMERAS[1], CAMERAS[0])


def test_pictures_reach_their_tile_and_move_the_playhead(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    moved: list[float] = []
    playback.playhead_moved.connect(moved.append)
    engines.made[0].show(START + 40, speed_effective=0.99)
    qtbot.waitUntil(lambda: tile.surface.picture is not None and START + 40 in moved)
    assert tile.instant_ms == START + 40
    engines.made[0].position = START + 80
    qtbot.waitUntil(lambda: tile.instant_ms == START + 80)


def test_every_engine_gets_every_command(
    playback: PlaybackController, engines: FakeEngines
) -> None:
    for camera in CAMERAS[:2]:
        playback.open_camera(camera, START)
    for engine in engines.made:
        engine.calls.clear()
    playback.toggle()
    playback.set_speed(8.0)
    playback.seek(START + 5)
    playback.step(-1)
    playback.toggle()
    wanted = [("pause",), ("speed", 8.0), ("seek", START + 5, False), ("step", -1), ("play",)]
    assert [engine.calls for engine in engines.made] == [wanted, wanted]


def test_jumps_add_up_before_the_first_has_arrived(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    playback.open_camera(CAMERAS[0], START)
    engines.made[0].show(START)
    qtbot.waitUntil(lambda: not playback._tracker.waiting)
    engines.made[0].calls.clear()
    for _ in range(3):
        playback.jump(5000)
        playback._on_poll()
    assert [call[1] for call in engines.made[0].calls] == [
        START + 5000,
        START + 10_000,
        START + 15_000,
    ]


def test_dragging_scrubs_and_letting_go_seeks_and_plays_on(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    playback.open_camera(CAMERAS[0], START)
    engine = engines.made[0]
    engine.show(START)
    engine.calls.clear()
    moved: list[float] = []
    playback.playhead_moved.connect(moved.append)
    playback.on_scrub_started()
    for step in range(1, 6):
        playback.on_scrubbed(START + step * 1000)
    qtbot.waitUntil(lambda: len(engine.asked("scrub")) == 2)
    assert engine.asked("scrub") == [("scrub", START + 1000), ("scrub", START + 5000)]
    playback.on_scrub_finished(START + 6000)
    assert engine.calls[-1] == ("seek", START + 6000, True)
    assert moved[-1] == START + 6000
    qtbot.wait(60)
    assert len(engine.asked("scrub")) == 2


def test_speeds_by_key_stop_at_the_ends(playback: PlaybackController, engines: FakeEngines) -> None:
    playback.open_camera(CAMERAS[0], START)
    seen: list[float] = []
    playback.speed_changed.connect(seen.append)
    for _ in range(5):
        playback.faster()
    for _ in range(10):
        playback.slower()
    playback.faster()
    back = [4, 2, 1, 0.5, 0.25, -1, -2, -4, -8, -8]
    assert seen == [2, 4, 8, 8, 8, *back, -4]
    assert [call[1] for call in engines.made[0].asked("speed")][-2:] == [-8, -4]


def test_turning_round_keeps_the_speed(playback: PlaybackController, engines: FakeEngines) -> None:
    playback.set_speed(4.0)
    for wanted in (-4.0, 4.0):
        playback.turn_round()
        assert playback.speed == wanted
    playback.set_speed(0.25)
    playback.turn_round()
    assert playback.speed == -1.0


def test_skipping_gaps_is_told_to_one_camera_and_never_to_several(
    playback: PlaybackController, engines: FakeEngines
) -> None:
    playback.open_camera(CAMERAS[0], START)
    assert engines.made[0].asked("skip_gaps") == []
    playback.set_skip_gaps(False)
    playback.set_skip_gaps(True)
    second = playback.open_camera(CAMERAS[1], START)
    assert engines.made[1].asked("skip_gaps") == [("skip_gaps", False)]
    playback.close_tile(second)
    told = [skip for _, skip in engines.made[0].asked("skip_gaps")]
    assert told == [False, True, False, True]


def test_a_tile_without_footage_names_the_reason_as_soon_as_it_is_known(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    engine, known = engines.made[0], {}
    playback.explain_gaps_by(lambda camera_id, instant_ms: known.get((camera_id, instant_ms), ""))
    engine.say(PlaybackState.NO_FOOTAGE, message="Nothing was recorded.", hint="Go on.")
    qtbot.waitUntil(tile.overlay.isVisible)
    assert tile.overlay.hint.text() == "Go on."
    known[CAMERAS[0].camera_id, START] = "camera offline"
    playback.explain_gaps()
    assert tile.overlay.hint.text() == "Reason: camera offline.\nGo on."
    engine.show(START, note="Skipped 5 min without footage")
    qtbot.waitUntil(lambda: not tile.overlay.isVisible())
    assert "Skipped 5 min without footage (camera offline)" in tile.header.details.text()


def test_waiting_through_a_gap_is_not_the_end(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    first = playback.open_camera(CAMERAS[0], START)
    playback.open_camera(CAMERAS[1], START)
    engines.made[0].say(PlaybackState.GAP)
    qtbot.waitUntil(lambda: first.status.state is PlaybackState.GAP)
    engines.made[1].say(PlaybackState.ENDED)
    qtbot.waitUntil(lambda: playback._grid.active.status.state is PlaybackState.ENDED)
    assert playback.playing


def test_closing_a_tile_closes_its_engine_elsewhere_and_drops_what_comes_late(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    engine = engines.made[0]
    playback.close_tile(tile)
    engine.show(START + 1)
    qtbot.waitUntil(lambda: engine.closed)
    assert tile.camera is None
    assert tile.surface.picture is None
    assert playback.open_cameras == ()


def test_opening_the_same_camera_again_replaces_its_engine(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    first = playback.open_camera(CAMERAS[0], START)
    assert playback.open_camera(CAMERAS[0]) is first
    qtbot.waitUntil(lambda: engines.made[0].closed)
    assert not engines.made[1].closed


def test_a_failure_is_told_in_its_tile_and_can_be_tried_again(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    engine = engines.made[0]
    engine.say(PlaybackState.FAILED, message="No answer.")
    qtbot.waitUntil(tile.overlay.isVisible)
    engine.calls.clear()
    tile.overlay.retry.click()
    assert engine.calls == [("seek", START, True)]


def test_the_end_of_the_recordings_stops_time(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    playback.open_camera(CAMERAS[0], START)
    engines.made[0].show(START, PlaybackState.PLAYING)
    engines.made[0].say(PlaybackState.ENDED)
    qtbot.waitUntil(lambda: not playback.playing)


def test_a_tile_without_footage_moves_nobody_when_it_becomes_the_active_one(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tiles = [playback.open_camera(camera, START) for camera in CAMERAS[:2]]
    plays, silent = engines.made
    silent.show(START)
    plays.show(START + MINUTE_MS)
    silent.say(PlaybackState.NO_FOOTAGE, message="No footage")
    qtbot.waitUntil(lambda: tiles[1].status.state is PlaybackState.NO_FOOTAGE)
    playback.seek(START + MINUTE_MS)
    playback._tracker.forget()
    for tile in (tiles[1], playback._grid.tiles[2], tiles[0]):
        playback._grid.activate(tile)
        playback._on_poll()
        assert playback.playhead_ms == START + MINUTE_MS
    playback._grid.activate(tiles[1])
    playback.jump(5000)
    assert [engine.asked("seek")[-1][1] for engine in engines.made] == [START + 65_000] * 2


def test_a_pause_stays_where_it_was_asked_while_the_active_tile_is_on_its_way(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    for camera in CAMERAS[:2]:
        tile = playback.open_camera(camera, START)
    other, active = engines.made
    for engine in engines.made:
        engine.show(START, PlaybackState.PAUSED)
    playback.pause()
    playback.seek(START + 5_000)
    active.say(PlaybackState.OPENING)
    # Its recordings begin only there.
    other.show(START + 5_040, PlaybackState.PAUSED)
    first = playback._grid.tiles[0]
    qtbot.waitUntil(lambda: first.instant_ms == START + 5_040)
    assert playback.position_now() == START + 5_000
    playback.jump(5_000)
    assert active.asked("seek")[-1] == ("seek", START + 10_000, False)
    active.show(START + 10_000, PlaybackState.PAUSED)
    qtbot.waitUntil(lambda: tile.instant_ms == START + 10_000)
    assert playback.position_now() == START + 10_000


def test_with_no_picture_anywhere_the_playhead_stays(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    engines.made[0].show(START - 60 * MINUTE_MS)
    engines.made[0].say(PlaybackState.NO_FOOTAGE)
    qtbot.waitUntil(lambda: tile.status.state is PlaybackState.NO_FOOTAGE)
    playback._tracker.forget()
    playback._on_poll()
    assert playback.playhead_ms == START


def test_a_mark_right_after_a_short_jump_is_where_the_jump_went(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    (engine,) = engines.made
    playback.pause()
    engine.show(START, PlaybackState.PAUSED)
    qtbot.waitUntil(lambda: tile.status.state is PlaybackState.PAUSED)
    assert playback.position_now() == START
    playback.seek(START + 410)
    # The picture of before is still on the screen.
    assert playback.position_now() == START + 410
    # Nobody has polled yet: the player itself is asked.
    engine.position = START + 400
    assert playback.position_now() == START + 400


def test_a_mark_while_it_plays_is_asked_of_the_player_at_that_moment(
    qtbot: QtBot, playback: PlaybackController, engines: FakeEngines
) -> None:
    tile = playback.open_camera(CAMERAS[0], START)
    (engine,) = engines.made
    engine.show(START)
    qtbot.waitUntil(lambda: tile.status.state is PlaybackState.PLAYING)
    playback._timer.stop()
    engine.position = START + 400
    assert playback.position_now() == START + 400
