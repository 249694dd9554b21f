import threading

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, MediaError
from rta_viewer.player.prefetch import Prefetch


def test_one_item_is_made_ahead_and_no_more():
    made = []
    second = threading.Event()

    def make(_cancel):
        for number in range(4):
            made.append(number)
            if number == 1:
                second.set()
            yield number

    ahead = Prefetch(make, "test-prefetch")
    assert second.wait(5)  # the second is begun while nobody has taken the first
    assert made == [0, 1]
    assert list(ahead) == [0, 1, 2, 3]
    ahead.close()


def test_an_error_comes_after_what_was_made_before_it():
    def make(_cancel):
        yield 1
        raise MediaError("Broken.")

    ahead = Prefetch(make, "test-prefetch")
    items = iter(ahead)
    assert next(items) == 1
    with pytest.raises(MediaError):
        next(items)
    ahead.close()


@pytest.mark.parametrize("taken", [0, 1])
def test_it_can_be_ended_while_it_makes_or_waits(taken):
    ended = threading.Event()

    def make(cancel: CancelToken):
        try:
            yield 1
            cancel.wait(20)
            cancel.raise_if_cancelled()
        finally:
            ended.set()

    ahead = Prefetch(make, "test-prefetch")
    items = iter(ahead)
    for _ in range(taken):
        next(items)
    ahead.close()
    with pytest.raises(Cancelled):
        next(items)
    assert ended.wait(5)
