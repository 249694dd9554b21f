"""What plays in the tiles, and whose time each of them follows. GUI thread."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rta_viewer.core.model import Camera
from rta_viewer.core.playback import PlaybackEngine, PlaybackState, PlaybackStatus
from rta_viewer.qt.bridge import ListenerBridge
from rta_viewer.ui.controllers.motion import Motion
from rta_viewer.ui.controllers.playhead import ON_THE_WAY
from rta_viewer.ui.controllers.speed_meter import SpeedMeter
from rta_viewer.ui.tiles.grid import TileGrid
from rta_viewer.ui.tiles.tile import Tile

_HAS_TIME = (PlaybackState.PLAYING, PlaybackState.GAP, PlaybackState.PAUSED)
"""A tile in one of these can say where the playhead is; of several without focus, the first such state."""


@dataclass(eq=False)
class Runner:
    """What stands behind one tile.

    Attributes:
        own: Its own time, None while it follows that of all others.
        meter: Measures the speed of playing backwards, which the engine does not know.
    """

    tile: Tile
    camera: Camera
    engine: PlaybackEngine
    bridge: ListenerBridge
    status: PlaybackStatus = field(default_factory=PlaybackStatus)
    skips_gaps: bool = True
    meter: SpeedMeter = field(default_factory=SpeedMeter)
    own: Motion | None = None


class Runners:
    """All tiles that show a camera, in the order in which they were opened.

    Attributes:
        common: The time of all tiles that are in step.
    """

    def __init__(self, grid: TileGrid) -> None:
        self.common = Motion()
        self._grid = grid
        self._by_tile: dict[Tile, Runner] = {}

    def __len__(self) -> int:
        return len(self._by_tile)

    def __iter__(self) -> Iterator[Runner]:
        return iter(self._by_tile.values())

    def add(self, runner: Runner) -> None:
        """One more; its tile had none."""
        self._by_tile[runner.tile] = runner

    def take(self, tile: Tile) -> Runner | None:
        """Give up what is in a tile."""
        return self._by_tile.pop(tile, None)

    def of(self, tile: Tile) -> Runner | None:
        """What is in a tile."""
        return self._by_tile.get(tile)

    @property
    def active(self) -> Runner | None:
        """What is in the active tile."""
        return self.of(self._grid.active)

    @property
    def motion(self) -> Motion:
        """What commands and the playhead are about: the active tile's own time, or that of all others."""
        active = self.active
        return self.common if active is None else self.motion_of(active)

    def motion_of(self, runner: Runner) -> Motion:
        """The time that it follows."""
        return runner.own if runner.own is not None else self.common

    @property
    def group(self) -> list[Runner]:
        """Those that commands go to."""
        return self._following(self.motion)

    @property
    def in_step(self) -> list[Runner]:
        """Those without a time of their own, the active one first."""
        return self._active_first([runner for runner in self if runner.own is None])

    def leader_of(self, motion: Motion) -> Runner | None:
        """Whose picture the playhead stands for: the active tile's, or another's while that has none."""
        runners = self._active_first(self._following(motion))
        if runners and runners[0].tile is self._grid.active:
            state = runners[0].status.state
            # A picture of another tile that is there sooner is not quite where a pause was asked for.
            awaited = not motion.playing and motion.tracker.waiting and state in ON_THE_WAY
            if awaited or state in _HAS_TIME:
                return runners[0]
        for state in _HAS_TIME:
            for runner in runners:
                if runner.status.state is state:
                    return runner
        return runners[0] if runners else None

    def _following(self, motion: Motion) -> list[Runner]:
        return [runner for runner in self if self.motion_of(runner) is motion]

    def _active_first(self, runners: list[Runner]) -> list[Runner]:
        return sorted(runners, key=lambda runner: runner.tile is not self._grid.active)
