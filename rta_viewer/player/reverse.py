"""Playing backwards: key pictures, latest first, each when it is due.

Works with every server that can start at an instant: the key pictures of a stretch are fetched in the
order of recording and shown in reverse. Nothing between key pictures is shown.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.errors import Cancelled, MediaError, NoFootageError, RtaError
from rta_viewer.media import frames
from rta_viewer.player.locate import Locator, Window

_log = logging.getLogger(__name__)

STRETCH_S = 4.0
"""Wall-clock time that one fetched stretch lasts: short enough to answer at once, long enough to hide the
next fetch."""

LEAST_STRETCH_MS = 12_000
"""Key frames are up to 10 s apart."""

_LONGEST_STRETCH_MS = 24 * 3_600_000
_GAP_FACTOR = 4


class WalkOwner(Protocol):
    """Told from the walk's thread; must return at once."""

    def walk_picture(self, walk: "ReverseWalk", picture: Picture) -> None:
        """This picture is due now."""
        ...

    def walk_ended(self, walk: "ReverseWalk", error: RtaError | None) -> None:
        """The beginning of the recordings was reached, or something broke."""
        ...


class ReverseWalk:
    """Shows key pictures from an instant backwards. Owns one thread, and begins at once.

    Args:
        locator: For this walk alone.
        from_ms: Only pictures before this are shown.
        speed: Positive; media seconds per second.
        owner: Is told.
        now_s: Monotonic seconds.
    """

    def __init__(
        self,
        locator: Locator,
        from_ms: float,
        speed: float,
        owner: WalkOwner,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._locator = locator
        self._speed = speed
        self._owner = owner
        self._now_s = now_s
        self._cancel = CancelToken()
        self._anchor_ms = from_ms
        self._anchor_s = now_s()
        self._thread = threading.Thread(target=self._run, name="reverse-walk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Show nothing more. Any thread; does not wait."""
        self._cancel.cancel()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has come."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        error: RtaError | None = None
        try:
            self._walk()
        except Cancelled:
            return
        except NoFootageError:
            error = None
        except RtaError as err:
            error = err
        except Exception:  # noqa: BLE001 - the thread's outermost line
            _log.exception("playing backwards failed")
            error = MediaError("Playing stopped by an internal fault.", "The log has the details.")
        if not self._cancel.cancelled:
            self._owner.walk_ended(self, error)

    def _walk(self) -> None:
        before_ms = self._anchor_ms
        usual_ms = max(LEAST_STRETCH_MS, STRETCH_S * 1000 * self._speed)
        stretch_ms = usual_ms
        while stretch_ms <= _LONGEST_STRETCH_MS:
            window = Window(round(before_ms - stretch_ms), round(before_ms), self._speed)
            keys = [
                unit
                for unit in self._locator.key_pictures(window, self._cancel)
                if unit.instant_ms < before_ms - 0.5
            ]
            if not keys:
                stretch_ms *= _GAP_FACTOR
                continue
            if stretch_ms > usual_ms:
                # Nothing was recorded between: time does not run through a gap.
                self._anchor_ms, self._anchor_s = keys[-1].instant_ms, self._now_s()
            stretch_ms = usual_ms
            for unit in reversed(keys):
                self._show_when_due(unit)
            before_ms = keys[0].instant_ms

    def _show_when_due(self, unit: AccessUnit) -> None:
        due_s = self._anchor_s + (self._anchor_ms - unit.instant_ms) / 1000 / self._speed
        wait_s = due_s - self._now_s()
        if wait_s > 0 and self._cancel.wait(wait_s):
            raise Cancelled
        self._cancel.raise_if_cancelled()
        picture = frames.picture_at([unit], unit.instant_ms, self._cancel)
        if picture is not None:
            self._owner.walk_picture(self, picture)
