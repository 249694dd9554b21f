"""Moving by whole pictures, over the borders of groups and of recordings."""

from dataclasses import replace

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.errors import NoFootageError
from rta_viewer.media.gop_cache import CachedGop
from rta_viewer.player.locate import Locator, Window

SAME_PICTURE_MS = 0.5
"""Instants closer than this are the same picture: servers and containers round differently."""

_STEP_BACK_LIMIT_MS = (1_000, 10_000, 60_000, 600_000)


def step_from(locator: Locator, window: Window, pictures: int, cancel: CancelToken) -> Picture:
    """The picture that many pictures after (before, when negative) the one at the window's instant.

    Stops at the first or last picture of the footage.

    Raises:
        NoFootageError, NetworkError, MediaError, Cancelled: As :class:`Locator`.
    """
    instant_ms = float(window.instant_ms)
    gop = locator.gop(window, cancel)
    index = _index_at(gop, instant_ms) + pictures
    while index < 0:
        earlier = _gop_before(locator, window, gop, cancel)
        if earlier is None:
            index = 0
            break
        index += len(earlier.instants())
        gop = earlier
    while index >= len(gop.instants()):
        later = _gop_after(locator, window, gop, cancel)
        if later is None:
            index = len(gop.instants()) - 1
            break
        index -= len(gop.instants())
        gop = later
    picture = locator.picture_of(gop, gop.instants()[index], cancel)
    if picture is None:
        raise NoFootageError("There is no picture to step to.")
    return picture


def _index_at(gop: CachedGop, instant_ms: float) -> int:
    instants = gop.instants()
    # A picture's instant may carry a fraction that a whole millisecond lost.
    at_or_before = sum(each <= instant_ms + SAME_PICTURE_MS for each in instants)
    return max(0, at_or_before - 1)


def _gop_after(
    locator: Locator, window: Window, gop: CachedGop, cancel: CancelToken
) -> CachedGop | None:
    last_ms = gop.instants()[-1]
    asked_ms = round(gop.end_ms) if gop.complete else round(last_ms) + 1
    try:
        found = locator.gop(replace(window, instant_ms=asked_ms + 1), cancel)
    except NoFootageError:
        return None
    return found if found.start_ms > last_ms else None


def _gop_before(
    locator: Locator, window: Window, gop: CachedGop, cancel: CancelToken
) -> CachedGop | None:
    for back_ms in (1, *_STEP_BACK_LIMIT_MS):
        asked_ms = round(gop.start_ms) - back_ms
        try:
            found = locator.gop(replace(window, instant_ms=asked_ms), cancel)
        except NoFootageError:
            continue
        if found.start_ms < gop.start_ms - SAME_PICTURE_MS:
            return found
    return None
