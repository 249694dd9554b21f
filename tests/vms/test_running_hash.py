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
    first, second = RunningHash(), RunningHash()
    first.update(piece)
    second.update(piece)
    assert threading.active_count() == before
    first.close()
    second.update(piece)
    assert threading.active_count() == before + 1
    second.close()
    assert second.hexdigest() == hashlib.sha256(piece + piece).hexdigest()
