"""Keeps all tiles at one instant: small corrections, and a way back for those that dropped out."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from rta_viewer.core.clock import Clock
from rta_viewer.core.in_step import StepKind, correction
from rta_viewer.core.playback import PlaybackEngine, PlaybackState
from rta_viewer.ui.controllers.playback import PlaybackController
from rta_viewer.ui.controllers.runners import Runner

HasFootage = Callable[[str, float], bool]

_INTERVAL_MS = 500
_RESEEK_EVERY_S = 4.0
_KEEPS_UP = 0.8
_START_MS = 300.0
"""From the first picture to pictures that move, usually; a start aims that much further."""

_OUT = frozenset({PlaybackState.NO_FOOTAGE, PlaybackState.ENDED})


@dataclass
class _Memory:
    """What was last done about one engine."""

    factor: float = 1.0
    started_s: float = float("-inf")
    waits_until_s: float = float("-inf")


class StepKeeper(QObject):
    """Compares the tiles twice a second. A slow or dead one never stops the others.

    Args:
        has_footage: ``(camera_id, instant_ms)``: whether something is known to be recorded there.
    """

    def __init__(
        self,
        playback: PlaybackController,
        has_footage: HasFootage,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._has_footage = has_footage
        self._clock = clock
        self._memories: dict[int, _Memory] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.compare)
        playback.cameras_changed.connect(self._on_cameras_changed)

    def close(self) -> None:
        """Compare no more."""
        self._timer.stop()

    @Slot()
    def compare(self) -> None:
        """Look at all tiles and correct those that are out of step."""
        playback = self._playback
        if not playback.common.playing or playback.common.speed <= 0:
            return
        runners = playback.runners
        moving = self._positions(runners)
        leading = _leading_ms(runners, moving)
        if leading is None:
            return
        for runner in runners:
            position = moving[id(runner.engine)]
            if position is not None:
                self._correct(runner.engine, position - leading)
            elif runner.status.state in _OUT:
                self._call_back(runner, leading)

    def _positions(self, runners: list[Runner]) -> dict[int, float | None]:
        """All at one moment: asking one after the other takes a while when threads wait for each other."""
        began_s, speed = self._clock.monotonic_s(), self._playback.common.speed
        found = {}
        for runner in runners:
            position = _position(runner)
            late_ms = (self._clock.monotonic_s() - began_s) * 1000
            found[id(runner.engine)] = None if position is None else position - late_ms * speed
        return found

    def _correct(self, engine: PlaybackEngine, drift_ms: float) -> None:
        memory = self._memories.setdefault(id(engine), _Memory())
        speed, now_s = self._playback.common.speed, self._clock.monotonic_s()
        if now_s < memory.waits_until_s or now_s < memory.started_s + _RESEEK_EVERY_S / 4:
            return
        step = correction(drift_ms, speed)
        factor = step.factor if step.kind is StepKind.TRIM else 1.0
        if factor != memory.factor:
            memory.factor = factor
            engine.trim(factor)
        if step.kind is StepKind.WAIT:
            memory.waits_until_s = now_s + step.wait_s + _INTERVAL_MS / 1000
            engine.wait(step.wait_s)
        elif step.kind is StepKind.RESEEK:
            position = engine.position_ms()
            if position is not None:
                self._start(engine, position - drift_ms)

    def _call_back(self, runner: Runner, leading_ms: float) -> None:
        if self._has_footage(runner.camera.camera_id, leading_ms):
            self._start(runner.engine, leading_ms)

    def _start(self, engine: PlaybackEngine, leading_ms: float) -> None:
        memory = self._memories.setdefault(id(engine), _Memory())
        now_s = self._clock.monotonic_s()
        if now_s - memory.started_s < _RESEEK_EVERY_S:
            return
        memory.started_s = now_s
        memory.factor = 1.0
        takes_ms = (engine.status().first_picture_ms or _START_MS) + _START_MS
        engine.seek(round(leading_ms + takes_ms * self._playback.common.speed), playing=True)

    @Slot()
    def _on_cameras_changed(self) -> None:
        engines = {id(runner.engine) for runner in self._playback.runners}
        self._memories = {key: kept for key, kept in self._memories.items() if key in engines}
        if len(engines) > 1:
            self._timer.start()
        else:
            self._timer.stop()


def _position(runner: Runner) -> float | None:
    playing = runner.status.state is PlaybackState.PLAYING
    return runner.engine.position_ms() if playing else None


def _leading_ms(runners: list[Runner], positions: dict[int, float | None]) -> float | None:
    """The middle one of those that keep up: neither a slow tile nor a hasty one drags the rest along."""
    keeping_up = sorted(
        position
        for runner in runners
        if (position := positions[id(runner.engine)]) is not None and _keeps_up(runner)
    )
    return keeping_up[(len(keeping_up) - 1) // 2] if keeping_up else None


def _keeps_up(runner: Runner) -> bool:
    reached = runner.status.speed_effective
    return reached is None or reached >= _KEEPS_UP * runner.status.speed_asked
