"""How time runs: for all tiles together, or for one that was freed to its own time."""

from dataclasses import dataclass, field

from rta_viewer.ui.controllers.playhead import PlayheadTracker


@dataclass(eq=False)
class Motion:
    """One clock and what was chosen for it. GUI thread.

    Attributes:
        playhead_ms: Where it stands, None before anything was opened.
        playing: Time is meant to run.
        speed: The chosen one.
    """

    playhead_ms: float | None = None
    playing: bool = True
    speed: float = 1.0
    tracker: PlayheadTracker = field(default_factory=PlayheadTracker)

    def copy(self) -> "Motion":
        """The same, going its own way from here on."""
        return Motion(self.playhead_ms, self.playing, self.speed)
