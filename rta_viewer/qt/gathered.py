"""Telling once of what changes together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Gathered:
    """Tells of each change at once, of those that are made together when all of them are made. GUI thread.

    Args:
        tell: Says that something has changed.
    """

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell = tell
        self._depth = 0
        self._changed = False

    def changed(self) -> None:
        """There is something to tell."""
        if self._depth:
            self._changed = True
        else:
            self._tell()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What changes inside is told once, at the end; also where it ends with an error."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._changed and not self._depth:
                self._changed = False
                self._tell()
