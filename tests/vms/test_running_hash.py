import hashlib
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.vms import running_hash
from rta_viewer.vms.running_hash import RunningHash


@settings(max_examples=30)
@given(st.lists(st.integers(0, 3_000_000), max_size=12))
def test_the_sum_is_that_of_all_bytes(lengths: list[int]) -> None:
    ours, theirs = RunningHash(), hashlib.sha256()
    for number, length in enumerate(lengths):
        data = bytes([number]) * length
        ours.update(data)
        theirs.update(data)
        assert number % 5 or ours.hexdigest() == theirs.hexdigest()
    assert ours.hexdigest() == theirs.hexdigest()
    ours.close()
    ours.close()
    assert ours.hexdigest() == theirs.hexdigest()


@settings(max_examples=30)
@given(st.lists(st.integers(1, 3_000_000), max_size=30), st.integers(1, 3))
def test_memory_is_filled_again_only_when_it_was_summed(lengths: list[int], parts: int) -> None:
    ours, theirs = RunningHash(), hashlib.sha256()
    for number, length in enumerate(lengths):
        room = ours.room(length)
        data = bytes([number]) * length
        room[:] = data
        for first in range(0, length, length // parts + 1):
            # One piece may be appended in several parts.
            ours.update(room[first : first + length // parts + 1])
        theirs.update(data)
    assert ours.hexdigest() == theirs.hexdigest()
    ours.close()


class Held:
    """A sum that is not made before somebody lets it."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.seen: list[bytes] = []

    def update(self, data: bytes | memoryview) -> None:
        assert self.gate.wait(10)
        self.seen.append(bytes(data))

    def hexdigest(self) -> str:
        return ""


def test_memory_is_not_given_while_it_waits_to_be_summed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_hash, "_THREAD_FROM_BYTES", 1)
    held = Held()
    one = RunningHash()
    monkeypatch.setattr(one, "_hash", held)
    sent = [bytes([number]) * 10 for number in range(running_hash._MOST_WAITING)]
    for data in sent:
        room = one.room(10)
        room[:] = data
        one.update(room)
    # The next piece arrives already.
    one.room(10)[:] = b"x" * 10
    held.gate.set()
    one.hexdigest()
    assert held.seen == sent
    one.close()


def test_memory_that_was_not_used_is_given_again() -> None:
    one = RunningHash()
    first = one.room(100)
    first[:5] = b"spare"
    assert bytes(one.room(50)[:5]) == b"spare"
    one.close()


def test_short_transfers_need_no_thread_and_long_ones_leave_none() -> None:
    before = threading.active_count()
    one = RunningHash()
    one.update(b"short")
    assert threading.active_count() == before
    for _ in range(40):
        one.update(bytes(running_hash._THREAD_FROM_BYTES // 20))
    assert threading.active_count() == before + 1
    one.close()
    assert threading.active_count() == before


def test_several_at_once_take_turns_on_the_processors_without_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_hash.os, "cpu_count", lambda: 2)
    piece = bytes(running_hash._THREAD_FROM_BYTES)
    before = threading.active_count()
    first = RunningHash()
    first.update(piece)
    assert threading.active_count() == before + 1
    second = RunningHash()
    first.update(piece)
    second.update(piece)
    assert threading.active_count() == before
    assert first.hexdigest() == hashlib.sha256(piece + piece).hexdigest()
    first.close()
    second.update(piece)
    assert threading.active_count() == before + 1
    second.close()
    assert second.hexdigest() == hashlib.sha256(piece + piece).hexdigest()
