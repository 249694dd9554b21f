"""Which recorded picture is the one that libVLC just showed? Found by looking, since libVLC does not say.

The pictures around the presumed instant are decoded again and compared on a grid. This runs once
after each start or change of speed, beside the playing, and mends the clock where the start was unclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.media import frames
from rta_viewer.media.gop_cache import CachedGop, GopCache
from rta_viewer.player.grid import SAME_SAMPLES, luma_of_frame, luma_of_picture, moved_samples

DISTINCT_SAMPLES = 4
"""The best picture must be better than the typical one by so many samples; otherwise nothing moves."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A picture that libVLC showed.

    Attributes:
        shown_s: When, by the monotonic clock.
        presumed_ms: The instant that the playback clock gave it.
        reach_ms: How far from that the truth may lie.
    """

    picture: Picture
    shown_s: float
    presumed_ms: float
    reach_ms: float


def true_instant(
    observation: Observation, cache: GopCache, camera_id: str, cancel: CancelToken
) -> float | None:
    """The instant of the recorded picture that was shown; None when it is not within reach, or unclear.

    Raises:
        MediaError, Cancelled: As :func:`rta_viewer.media.frames.decode_between`.
    """
    wanted = luma_of_picture(observation.picture)
    from_ms = observation.presumed_ms - observation.reach_ms
    to_ms = observation.presumed_ms + observation.reach_ms
    found: list[tuple[int, float]] = []
    for gop in _gops_between(cache, camera_id, from_ms, to_ms):
        for instant_ms, frame in frames.decode_between(gop.units, from_ms, to_ms, cancel):
            found.append((moved_samples(luma_of_frame(frame), wanted), instant_ms))
    if len(found) < 2:
        return None
    fewest = min(moved for moved, _instant in found)
    typical = sorted(moved for moved, _instant in found)[len(found) // 2]
    if fewest > SAME_SAMPLES or typical - fewest < DISTINCT_SAMPLES:
        return None
    alike = [instant for moved, instant in found if moved == fewest]
    return min(alike, key=lambda instant: abs(instant - observation.presumed_ms))


def _gops_between(
    cache: GopCache, camera_id: str, from_ms: float, to_ms: float
) -> Sequence[CachedGop]:
    gops: list[CachedGop] = []
    at_ms = to_ms
    while at_ms >= from_ms:
        gop = cache.find(camera_id, at_ms) or cache.last_before(camera_id, at_ms)
        if gop is None or gop.end_ms <= from_ms:
            break
        gops.append(gop)
        at_ms = gop.start_ms - 1
    return gops
