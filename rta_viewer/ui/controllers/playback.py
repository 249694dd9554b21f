"""Plays cameras in tiles: one engine a tile, one playhead for all."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import Camera
from rta_viewer.core.playback import (
    REVERSE_SPEEDS,
    SPEEDS,
    PlaybackEngine,
    PlaybackListener,
    PlaybackState,
    PlaybackStatus,
)
from rta_viewer.core.timescale import MINUTE_MS
from rta_viewer.errors import RefusedError, RtaError
from rta_viewer.qt.bridge import ListenerBridge
from rta_viewer.qt.gathered import Gathered
from rta_viewer.qt.throttle import Throttle
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.controllers.motion import Motion
from rta_viewer.ui.controllers.playhead import PlayheadTracker
from rta_viewer.ui.controllers.runners import Runner, Runners
from rta_viewer.ui.tiles.grid import TileGrid
from rta_viewer.ui.tiles.tile import Tile

GapWords = Callable[[str, float], str]
"""Why there is no footage of a camera at an instant or right beside it; empty when nobody knows."""

EngineFactory = Callable[[str, PlaybackListener], PlaybackEngine]

_POLL_MS = 33
_SCRUB_MS = 40
_NEWEST_MS = MINUTE_MS
"""How far from now "the newest recordings" are: servers write them with a delay."""

_FILE_END_MS = 5_000
"""The newest of a saved file: so much of it is still to be seen."""

_LADDER = (*sorted(REVERSE_SPEEDS), *SPEEDS)
_WITHOUT_FOOTAGE = frozenset({PlaybackState.NO_FOOTAGE, PlaybackState.GAP})
_MOVING = frozenset(
    {
        PlaybackState.OPENING,
        PlaybackState.PLAYING,
        PlaybackState.GAP,
        PlaybackState.RECONNECTING,
    }
)


def _nobody_knows(_camera_id: str, _instant_ms: float) -> str:
    return ""


class PlaybackController(QObject):
    """Commands go to the engines of all tiles; what the active tile shows moves the playhead.

    Signals:
        playhead_moved: Where the playhead is, a float in ms or None.
        sought: Somebody wants to be at this instant, an int in ms.
        playing_changed: Time runs, or stands.
        speed_changed: Another speed was chosen.
        speed_reached: The effective speed of the active tile, or None.
        cameras_changed: Which cameras are open, or which one is active.
        refused: The server does not take user and password any more: a :class:`RefusedError`.

    Attributes:
        changes: Lets several cameras be opened and closed ``together()``, told by ``cameras_changed`` once.

    Args:
        closing_lane: Engines are closed there: that may take seconds.
    """

    playhead_moved = Signal(object)
    sought = Signal(object)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    speed_reached = Signal(object)
    cameras_changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        grid: TileGrid,
        engine_factory: EngineFactory,
        clock: Clock,
        closing_lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.changes = Gathered(self.cameras_changed.emit)
        self._grid = grid
        self._make_engine = engine_factory
        self._clock = clock
        self._closing_lane = closing_lane
        self._runners = Runners(grid)
        self._shown_motion = self._runners.common
        self._resume_after_scrub = False
        self._scrubbing = False
        self._skip_gaps = True
        self._gap_words: GapWords = _nobody_knows
        self._scrub = Throttle(_SCRUB_MS, self)
        self._scrub.fired.connect(self._on_scrub_due)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._on_poll)
        grid.active_changed.connect(self._on_active_changed)
        grid.tiles_closed.connect(self.close_tiles)
        grid.tile_retried.connect(self._on_tile_retried)

    # What is open

    @property
    def playing(self) -> bool:
        """True when time is meant to run."""
        return self._motion.playing

    @property
    def speed(self) -> float:
        """The chosen one."""
        return self._motion.speed

    @property
    def playhead_ms(self) -> float | None:
        """Where the playhead stands."""
        return self._motion.playhead_ms

    @property
    def common(self) -> Motion:
        """The time of all tiles that are in step."""
        return self._runners.common

    @property
    def has_own_time(self) -> bool:
        """True while the active tile runs by itself."""
        return self._motion is not self._runners.common

    @property
    def _motion(self) -> Motion:
        return self._runners.motion

    @property
    def _tracker(self) -> PlayheadTracker:
        return self._motion.tracker

    @property
    def active_camera(self) -> Camera | None:
        """The camera of the active tile."""
        return self._grid.active.camera

    @property
    def open_cameras(self) -> tuple[Camera, ...]:
        """All that are in tiles, the active one first."""
        cameras = [runner.camera for runner in self._runners]
        active = self.active_camera
        return tuple(sorted(cameras, key=lambda camera: camera is not active))

    def open_camera(
        self, camera: Camera, instant_ms: int | None = None, tile: Tile | None = None
    ) -> Tile:
        """Show a camera where it already is, in a tile, or in a free one; at an instant or the playhead."""
        tile = self._grid.tile_of(camera.camera_id) or tile or self._grid.free_tile()
        with self.changes.together():
            if self._runners.of(tile) is not None:
                self.close_tile(tile)
            tile.set_camera(camera)
            bridge = ListenerBridge(self)
            runner = Runner(tile, camera, self._make_engine(camera.camera_id, bridge), bridge)
            self._runners.add(runner)
            bridge.picture_arrived.connect(tile.show_picture)
            bridge.status_arrived.connect(self._on_status_arrived)
            self._grid.activate(tile)
            runner.engine.set_speed(self._motion.speed)
            self._tell_gaps()
            self._timer.start()
            self._start(runner, instant_ms)
            self.changes.changed()
        return tile

    def _start(self, runner: Runner, instant_ms: int | None) -> None:
        if instant_ms is not None and len(self._runners) > 1:
            self.seek(instant_ms)
            return
        if instant_ms is None:
            known = self._motion.playhead_ms
            instant_ms = round(known) if known is not None else self._newest_ms(runner.camera)
        self._ask(instant_ms)
        runner.engine.seek(instant_ms, playing=self._motion.playing)
        self.playing_changed.emit(self._motion.playing)

    @Slot(object)
    def update_camera(self, camera: Camera) -> None:
        """More is known of a camera that may be open; what plays goes on."""
        for runner in self._runners:
            if runner.camera.camera_id == camera.camera_id:
                runner.camera = camera
                runner.tile.update_camera(camera)

    def close_cameras(self, wanted: Callable[[Camera], bool]) -> None:
        """Close the tiles of these cameras."""
        self.close_tiles([runner.tile for runner in self._runners if wanted(runner.camera)])

    def close_tile(self, tile: Tile) -> None:
        """Stop what plays in a tile and free it."""
        self.close_tiles([tile])

    @Slot(object)
    def close_tiles(self, tiles: Sequence[Tile]) -> None:
        """Stop what plays in these tiles and free them."""
        freed = [runner for tile in tiles if (runner := self._free(tile)) is not None]
        if not freed:
            return
        self._tell_gaps()
        if not self._runners:
            self._timer.stop()
            self._runners.common.tracker.forget()
            self.speed_reached.emit(None)
        self._show_motion()
        self.changes.changed()
        # Last of all: what ends there wants the interpreter, which each call into Qt lends.
        for runner in freed:
            self._end(runner.engine)

    def _free(self, tile: Tile) -> Runner | None:
        runner = self._runners.take(tile)
        tile.set_camera(None)
        tile.set_own_time(False)
        if runner is not None:
            runner.bridge.close()
            runner.bridge.deleteLater()
        return runner

    def _end(self, engine: PlaybackEngine) -> None:
        self._closing_lane.submit(
            lambda _: engine.close(),
            self,
            self._on_engine_closed,
            self._on_close_failed,
            must_run=True,
        )

    def close(self) -> None:
        """Close every tile; the engines end on the closing lane."""
        self._scrub.cancel()
        self.close_tiles([runner.tile for runner in self._runners])
        self._timer.stop()

    # Commands

    def seek(self, instant_ms: int) -> None:
        """Show this instant everywhere; plays on when it was playing."""
        self._ask(instant_ms)
        for runner in self._runners.group:
            runner.meter.reset()
            runner.engine.seek(instant_ms, playing=self._motion.playing)

    @Slot(object)
    def on_seek_requested(self, instant_ms: int) -> None:
        """The timeline or the date-and-time box."""
        self.seek(instant_ms)

    @Slot(object)
    def jump(self, by_ms: int) -> None:
        """Move by so many ms; jumps that follow each other add up."""
        if self.playhead_ms is not None:
            self.seek(round(self.playhead_ms) + by_ms)

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.playing else self.play()

    def play(self) -> None:
        """Let time run."""
        self._set_playing(playing=True)
        for runner in self._runners.group:
            runner.engine.play()

    def pause(self) -> None:
        """Hold the pictures that are shown."""
        self._set_playing(playing=False)
        for runner in self._runners.group:
            runner.engine.pause()

    def pause_all(self) -> None:
        """Hold every picture, also where a tile has its own time."""
        self.pause()
        for runner in self._runners:
            self._runners.motion_of(runner).playing = False
            runner.engine.pause()

    @Slot(int)
    def step(self, pictures: int) -> None:
        """Pause and move by whole pictures."""
        self._set_playing(playing=False)
        self._tracker.forget()
        for runner in self._runners.group:
            runner.engine.step(pictures)

    @Slot(float)
    def set_speed(self, speed: float) -> None:
        """One of ``SPEEDS`` or ``REVERSE_SPEEDS``."""
        if speed != self._motion.speed:
            self._motion.speed = speed
            for runner in self._runners.group:
                runner.meter.reset()
                runner.engine.set_speed(speed)
        self.speed_changed.emit(speed)

    @Slot()
    def faster(self) -> None:
        """The next speed."""
        self.set_speed(next((speed for speed in _LADDER if speed > self.speed), _LADDER[-1]))

    @Slot()
    def slower(self) -> None:
        """The speed before; below the slowest one time runs backwards."""
        slower = [speed for speed in _LADDER if speed < self.speed]
        self.set_speed(slower[-1] if slower else _LADDER[0])

    @Slot()
    def turn_round(self) -> None:
        """The same speed the other way; slow motion turns into the slowest speed backwards."""
        self.set_speed(-self.speed if -self.speed in _LADDER else REVERSE_SPEEDS[0])

    @property
    def skip_gaps(self) -> bool:
        """True while stretches without footage are jumped over."""
        return self._skip_gaps

    @Slot(bool)
    def set_skip_gaps(self, skip: bool) -> None:
        """Jump over stretches without footage, or let their time pass."""
        self._skip_gaps = skip
        self._tell_gaps()

    def _tell_gaps(self) -> None:
        # Several cameras stay at one instant: one of them must not run ahead over a gap of its own.
        together = sum(runner.own is None for runner in self._runners)
        for runner in self._runners:
            skip = self._skip_gaps and (runner.own is not None or together == 1)
            if runner.skips_gaps != skip:
                runner.skips_gaps = skip
                runner.engine.set_skip_gaps(skip)

    @property
    def runners(self) -> list[Runner]:
        """What plays in the tiles that are in step, the active one first."""
        return self._runners.in_step

    @Slot(bool)
    def set_own_time(self, own: bool) -> None:
        """Free the active tile to its own time, or bring it back to that of the others."""
        runner = self._runners.active
        if runner is not None and own != (runner.own is not None):
            self.position_now()
            runner.own = self._runners.common.copy() if own else None
            runner.tile.set_own_time(own)
            common = self._runners.common
            if not own and common.playhead_ms is not None:
                runner.meter.reset()
                runner.engine.set_speed(common.speed)
                runner.engine.seek(round(common.playhead_ms), playing=common.playing)
            self._tell_gaps()
            self._show_motion()
        self.changes.changed()

    def _show_motion(self) -> None:
        """Another time is the one that counts: tell how it runs."""
        motion = self._motion
        if motion is not self._shown_motion:
            self._shown_motion = motion
            self.playing_changed.emit(motion.playing)
            self.speed_changed.emit(motion.speed)
            if motion.playhead_ms is not None:
                self.playhead_moved.emit(motion.playhead_ms)

    def explain_gaps_by(self, words: GapWords) -> None:
        """Ask this for the reasons of gaps."""
        self._gap_words = words

    @Slot()
    def explain_gaps(self) -> None:
        """More is known of the recordings: tiles without footage may name the reason now."""
        for runner in self._runners:
            if runner.status.state in _WITHOUT_FOOTAGE:
                runner.tile.set_status(runner.status, self._reason(runner))

    @Slot()
    def go_to_newest(self) -> None:
        """The newest recordings of the active camera."""
        camera = self.active_camera
        if camera is not None and camera.is_saved_file:
            self.seek((camera.newest_recording_ms or 0) - _FILE_END_MS)
        elif camera is not None:
            self.seek(self._clock.now_ms() - _NEWEST_MS)

    @Slot()
    def on_scrub_started(self) -> None:
        """The playhead is taken hold of."""
        if not self._scrubbing:
            self._scrubbing = True
            self._resume_after_scrub = self.playing

    @Slot(object)
    def on_scrubbed(self, instant_ms: int) -> None:
        """The playhead is being dragged; the latest place counts."""
        self._ask(instant_ms)
        self._scrub.submit(instant_ms)

    @Slot(object)
    def on_scrub_finished(self, instant_ms: int) -> None:
        """It was let go here."""
        self._scrubbing = False
        self._scrub.cancel()
        self._set_playing(playing=self._resume_after_scrub)
        self.seek(instant_ms)

    # What engines and tiles report

    def _newest_ms(self, camera: Camera) -> int:
        newest = camera.newest_recording_ms
        if camera.is_saved_file:
            return camera.oldest_recording_ms or 0
        limit = self._clock.now_ms() - _NEWEST_MS
        return limit if newest is None else min(limit, newest - _NEWEST_MS)

    def _ask(self, instant_ms: int) -> None:
        leader = self._runners.leader_of(self._motion)
        shown_ms = leader.engine.position_ms() if leader is not None else None
        self._tracker.ask(instant_ms, self._clock.monotonic_s(), shown_ms)
        self._move(instant_ms)
        self.sought.emit(instant_ms)

    def _move(self, instant_ms: float | None) -> None:
        if instant_ms is not None and instant_ms != self._motion.playhead_ms:
            self._motion.playhead_ms = instant_ms
            self.playhead_moved.emit(instant_ms)

    def _set_playing(self, *, playing: bool) -> None:
        if playing != self._motion.playing:
            self._motion.playing = playing
            self.playing_changed.emit(playing)

    @Slot(object)
    def _on_scrub_due(self, instant_ms: int) -> None:
        for runner in self._runners.group:
            runner.engine.scrub(instant_ms)

    @Slot()
    def _on_poll(self) -> None:
        for runner in self._runners:
            if runner.status.state not in {*_WITHOUT_FOOTAGE, PlaybackState.IDLE}:
                position_ms = runner.engine.position_ms()
                runner.tile.set_instant(position_ms)
                if self._runners.motion_of(runner).speed < 0:
                    self._measure(runner, position_ms)
        if self._motion is not self._runners.common:
            position_ms = self._position_of(self._runners.common)
            if position_ms is not None:
                self._runners.common.playhead_ms = position_ms
        self._follow_leader()

    def _position_of(self, motion: Motion) -> float | None:
        leader = self._runners.leader_of(motion)
        if leader is None:
            return None
        shown_ms, now_s = leader.engine.position_ms(), self._clock.monotonic_s()
        return motion.tracker.position(shown_ms, leader.status.state, motion.speed, now_s)

    def _follow_leader(self) -> None:
        if not self._scrubbing:
            self._move(self._position_of(self._motion))

    def position_now(self) -> float | None:
        """Where the playhead is at this moment, asked of the player: exact for a picture that stands."""
        self._follow_leader()
        return self._motion.playhead_ms

    def _measure(self, runner: Runner, position_ms: float | None) -> None:
        playing = runner.status.state is PlaybackState.PLAYING
        runner.meter.note(position_ms if playing else None, self._clock.monotonic_s())

    @Slot(object)
    def _on_status_arrived(self, status: PlaybackStatus) -> None:
        bridge = self.sender()
        for runner in self._runners:
            if runner.bridge is bridge:
                if status.speed_asked < 0:
                    status = replace(status, speed_effective=runner.meter.speed)
                if (
                    isinstance(status.error, RefusedError)
                    and status.error is not runner.status.error
                ):
                    self.refused.emit(status.error)
                runner.status = status
                runner.tile.set_status(status, self._reason(runner))
                if runner.tile is self._grid.active:
                    self._show_active(status)
                return

    def _reason(self, runner: Runner) -> str:
        state = runner.status.state
        if state is PlaybackState.NO_FOOTAGE:
            here_ms = self._runners.motion_of(runner).playhead_ms
        elif state is PlaybackState.GAP or runner.status.note:
            here_ms = runner.engine.position_ms()
        else:
            return ""
        return "" if here_ms is None else self._gap_words(runner.camera.camera_id, here_ms)

    def _show_active(self, status: PlaybackStatus) -> None:
        reached = status.speed_effective if status.state is PlaybackState.PLAYING else None
        self.speed_reached.emit(reached)
        ended = status.state is PlaybackState.ENDED
        if ended and not any(runner.status.state in _MOVING for runner in self._runners.group):
            self._set_playing(playing=False)

    @Slot(object)
    def _on_active_changed(self, tile: Tile) -> None:
        runner = self._runners.of(tile)
        if runner is not None:
            self._show_active(runner.status)
        self._show_motion()
        self.changes.changed()

    @Slot(object)
    def _on_tile_retried(self, tile: Tile) -> None:
        runner = self._runners.of(tile)
        if runner is None:
            return
        motion = self._runners.motion_of(runner)
        if motion.playhead_ms is not None:
            runner.engine.seek(round(motion.playhead_ms), playing=motion.playing)

    def _on_engine_closed(self, result: object) -> None:
        """Nothing is left to do."""

    def _on_close_failed(self, error: RtaError) -> None:
        """The lane has logged it; the tile is free already."""
