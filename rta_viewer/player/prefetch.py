"""Work that is done one step ahead of whoever uses it."""

import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from rta_viewer.core.cancel import CancelToken

T = TypeVar("T")

_LEAVE_S = 5.0


class Prefetch(Generic[T]):
    """Iterates over what ``make`` yields on a thread of its own, one item ahead.

    Errors of ``make`` are raised where the item would have been taken.

    Args:
        make: Gets the token that ends it.
        name: Of the thread.
    """

    def __init__(self, make: Callable[[CancelToken], Iterator[T]], name: str) -> None:
        self._make = make
        self._cancel = CancelToken()
        self._turn = threading.Condition()
        self._items: list[T] = []
        self._error: Exception | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        """The items; raises Cancelled after :meth:`cancel`, and what ``make`` raises."""
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._items or self._ended)
                self._cancel.raise_if_cancelled()
                if not self._items:
                    break
                item = self._items.pop()
                self._turn.notify_all()
            yield item
        if self._error is not None:
            raise self._error

    def cancel(self) -> None:
        """End it without waiting. Any thread."""
        self._cancel.cancel()
        with self._turn:
            self._ended = True
            self._turn.notify_all()

    def close(self) -> None:
        """End it and wait for the thread (bounded)."""
        self.cancel()
        self._thread.join(_LEAVE_S)

    def _run(self) -> None:
        try:
            for item in self._make(self._cancel):
                with self._turn:
                    self._turn.wait_for(lambda: not self._items or self._ended)
                    if self._ended:
                        return
                    self._items.append(item)
                    self._turn.notify_all()
        except Exception as err:  # noqa: BLE001 - the thread's outermost line; raised where it is used
            self._error = err
        finally:
            with self._turn:
                self._ended = True
                self._turn.notify_all()
