"""Moving by whole pictures, over the borders of groups and of recordings."""

import math
from dataclasses import replace

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError
from rta_viewer.media.gop_cache import CachedGop
from rta_viewer.player.locate import Locator, Window
from rta_viewer.player.stretches import end_before_gap

SAME_PICTURE_MS = 0.5
"""Instants closer than this are the same picture: servers and containers round differently."""

_STEP_BACK_MS = (1, 1_000, 10_000)
"""Where the group before is looked for first; behind a longer gap it is searched."""


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
        raise NoFootageError(tr("There is no picture to step to."))
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
    try:
        if gop.complete:
            found = locator.gop(replace(window, instant_ms=round(gop.end_ms) + 1), cancel)
            if found.start_ms > last_ms:
                return found
        return locator.gop_after(replace(window, instant_ms=math.ceil(last_ms)), cancel)
    except NoFootageError:
        return None


def _gop_before(
    locator: Locator, window: Window, gop: CachedGop, cancel: CancelToken
) -> CachedGop | None:
    before_ms = gop.start_ms - SAME_PICTURE_MS
    for back_ms in _STEP_BACK_MS:
        try:
            asked = replace(window, instant_ms=round(gop.start_ms) - back_ms)
            found = locator.gop(asked, cancel)
        except NoFootageError:
            continue
        if found.start_ms < before_ms:
            return found
    end = end_before_gap(locator, gop.start_ms, _STEP_BACK_MS[-1], cancel)
    earlier = None
    following = (
        locator.gop(replace(window, instant_ms=math.ceil(end.seen_ms)), cancel) if end else None
    )
    while following is not None and following.start_ms < before_ms:
        earlier, following = following, _gop_after(locator, window, following, cancel)
    return earlier
