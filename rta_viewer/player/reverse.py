"""Playing backwards: key pictures, latest first, each when it is due.

A server that plays backwards itself sends them so. From any other the key pictures of a stretch are fetched
in the order of recording and shown in reverse. Nothing between key pictures is shown.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, MediaError, NoFootageError, NotOfferedError, RtaError
from rta_viewer.media import frames
from rta_viewer.player.locate import Locator, Window
from rta_viewer.player.prefetch import Prefetch
from rta_viewer.player.stretches import LONGEST_GAP_MS, SAME_MS, Stretch, Stretches

_log = logging.getLogger(__name__)

LONGEST_GROUP_MS = 60_000
"""Key pictures further apart than this have a gap between them, whether the server says so or not."""

LATE_S = 0.3
"""A picture that is later than this is passed over while others were just shown: the speed is kept."""


WAITED_S = 0.1
"""Whoever waited so long for data is late because of the server, not because of this computer."""

T = TypeVar("T")


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
        self._lock = threading.Lock()
        self._fetching: Prefetch[Stretch] | None = None
        self._passed_over: AccessUnit | None = None
        self._anchor_ms = self._before_ms = from_ms
        self._anchor_s = self._shown_s = now_s()
        self._thread = threading.Thread(target=self._run, name="reverse-walk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Show nothing more. Any thread; does not wait."""
        self._cancel.cancel()
        with self._lock:
            if self._fetching is not None:
                self._fetching.cancel()

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
            error = MediaError(
                tr("Playing stopped by an internal fault."), tr("The log has the details.")
            )
        if not self._cancel.cancelled:
            self._owner.walk_ended(self, error)

    def _walk(self) -> None:
        try:
            self._walk_as_sent()
        except NotOfferedError as err:
            _log.debug("fetching key pictures forwards: %s", err.summary)
            self._walk_by_stretches()
        if self._passed_over is not None:
            self._show(self._passed_over)

    def _walk_as_sent(self) -> None:
        """The server plays backwards; a new request only when it has sent all of the last."""
        before_ms = None
        bordered = False
        while before_ms != self._before_ms:
            before_ms = self._before_ms
            # The picture at the very instant is on the screen.
            window = Window(math.ceil(before_ms) - 1, 0, self._speed)
            units = self._locator.key_pictures_backwards(window, LONGEST_GAP_MS, self._cancel)
            for unit in self._awaited(units, lambda unit: unit.instant_ms):
                if bordered or self._before_ms - unit.instant_ms > LONGEST_GROUP_MS:
                    self._go_on_from(unit.instant_ms)
                bordered = unit.last_of_recording
                if unit.instant_ms < self._before_ms - SAME_MS:
                    self._show_when_due(unit)

    def _walk_by_stretches(self) -> None:
        """The next stretch is fetched while one is shown: a server that paces would halve the speed."""
        before_ms = self._before_ms
        with self._lock:
            self._cancel.raise_if_cancelled()
            fetch = Stretches(self._locator, before_ms, self._speed)
            self._fetching = Prefetch(fetch.backwards, "reverse-fetch")
        try:
            stretches = iter(self._fetching)
            for stretch in self._awaited(stretches, lambda each: each.keys[-1].instant_ms):
                if stretch.behind_gap:
                    self._go_on_from(stretch.keys[-1].instant_ms)
                for unit in reversed(stretch.keys):
                    self._show_when_due(unit)
        finally:
            self._fetching.close()

    def _awaited(self, items: Iterator[T], instant_ms: Callable[[T], float]) -> Iterator[T]:
        """The items; while the server keeps us waiting, time stands still."""
        while True:
            began_s = self._now_s()
            item = next(items, None)
            if item is None:
                return
            now_s = self._now_s()
            at_ms = instant_ms(item)
            if now_s - began_s > WAITED_S and now_s - self._due_s(at_ms) > LATE_S:
                self._go_on_from(at_ms)
            yield item

    def _due_s(self, instant_ms: float) -> float:
        return self._anchor_s + (self._anchor_ms - instant_ms) / 1000 / self._speed

    def _go_on_from(self, to_ms: float) -> None:
        """Nothing was recorded or received between: the picture is due now."""
        self._anchor_ms, self._anchor_s = to_ms, self._now_s()

    def _show_when_due(self, unit: AccessUnit) -> None:
        self._before_ms = unit.instant_ms
        wait_s = self._due_s(unit.instant_ms) - self._now_s()
        if wait_s > 0 and self._cancel.wait(wait_s):
            raise Cancelled
        self._cancel.raise_if_cancelled()
        self._passed_over = unit
        if wait_s >= -LATE_S or self._now_s() - self._shown_s >= LATE_S:
            self._show(unit)

    def _show(self, unit: AccessUnit) -> None:
        self._passed_over = None
        picture = frames.picture_at([unit], unit.instant_ms, self._cancel)
        if picture is not None:
            self._shown_s = self._now_s()
            self._owner.walk_picture(self, picture)
