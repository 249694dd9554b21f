"""What an engine is asked to do, in order, with everything that has become pointless left out."""

import threading
from collections import deque
from dataclasses import dataclass

from rta_viewer.core.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class Seek:
    """Go there; replaces every wish before it and interrupts the one being fulfilled."""

    instant_ms: int
    playing: bool


@dataclass(frozen=True, slots=True)
class Scrub:
    """Show a picture from there; replaces an earlier scrub that has not begun."""

    instant_ms: int


@dataclass(frozen=True, slots=True)
class Step:
    """Move by pictures; several become one."""

    pictures: int


@dataclass(frozen=True, slots=True)
class Run:
    """Play or pause."""

    playing: bool


@dataclass(frozen=True, slots=True)
class Speed:
    """Change the speed."""

    speed: float


@dataclass(frozen=True, slots=True)
class Trim:
    """Play a little slower or faster than the chosen speed."""

    factor: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Hold for a moment, then go on."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SkipGaps:
    """Jump over stretches without footage, or wait through them."""

    skip: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened on another thread; ``source`` tells old news from new."""

    source: object
    name: str
    error: Exception | None = None


Wish = Seek | Scrub | Step | Run | Speed | Trim | Wait | SkipGaps | Event


class WishBox:
    """A mailbox for one worker thread. Safe from any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._wishes: deque[Wish] = deque()
        self._closed = False
        self._token = CancelToken()
        self._superseded = CancelToken()

    def post(self, wish: Wish) -> None:
        """Add a wish; drops those that it makes pointless."""
        with self._condition:
            if self._closed:
                return
            if isinstance(wish, Seek):
                self._wishes = deque(
                    w for w in self._wishes if isinstance(w, Event | Speed | SkipGaps)
                )
                self._token.cancel()
            elif isinstance(wish, Scrub):
                self._wishes = deque(w for w in self._wishes if not isinstance(w, Scrub | Seek))
            elif isinstance(wish, Step):
                wish = self._merged_locked(wish)
            self._wishes.append(wish)
            if _is_operators(wish):
                self._superseded.cancel()
            self._condition.notify()

    def _merged_locked(self, step: Step) -> Step:
        last = self._wishes[-1] if self._wishes else None
        if not isinstance(last, Step):
            return step
        self._wishes.pop()
        return Step(last.pictures + step.pictures)

    def take(self, timeout_s: float) -> tuple[Wish | None, CancelToken]:
        """The next wish and the token that interrupts it; None when the time is up or at the end."""
        with self._condition:
            self._condition.wait_for(lambda: self._wishes or self._closed, timeout_s)
            self._token = CancelToken()
            self._superseded = CancelToken()
            if self._closed:
                self._token.cancel()
                self._superseded.cancel()
                return None, self._token
            wish = self._wishes.popleft() if self._wishes else None
            if any(map(_is_operators, self._wishes)):
                self._superseded.cancel()
            return wish, self._token

    def close(self) -> None:
        """Interrupt what is being done and accept nothing more."""
        with self._condition:
            self._closed = True
            self._wishes.clear()
            self._token.cancel()
            self._superseded.cancel()
            self._condition.notify()

    @property
    def superseded(self) -> CancelToken:
        """Set as soon as the operator wishes for something else than what was taken last.

        For work that is worth finishing only while nothing else is to be done; unlike the token of
        :meth:`take` it must not tear down connections.
        """
        return self._superseded

    @property
    def closed(self) -> bool:
        """True after :meth:`close`."""
        return self._closed


def _is_operators(wish: Wish) -> bool:
    """False for news, and for what keeps cameras in step."""
    return not isinstance(wish, Event | Trim | Wait)
