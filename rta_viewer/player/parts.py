"""What a playback engine works with."""

from collections.abc import Callable
from dataclasses import dataclass

from rta_viewer.core.ports import PlayerFactory, ReplaySource
from rta_viewer.media.gop_cache import GopCache


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What an engine works with.

    Attributes:
        source: The camera's footage; the engine closes it.
        backend: Makes the player, on the engine's thread; the engine closes it. Where it cannot be made,
            paused pictures are shown all the same.
        end_ms: Until when there may be footage, asked at each opening (usually: now).
    """

    camera_id: str
    source: ReplaySource
    backend: PlayerFactory
    cache: GopCache
    end_ms: Callable[[], int]
