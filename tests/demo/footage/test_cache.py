import os
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.demo.footage.cache import GopCache, pack, unpack
from rta_viewer.errors import MediaError, StorageError

GROUP = ((0, b"key" * 100), (1, b""), (3, b"x"))


def files(directory) -> list:
    return sorted(path for path in directory.rglob("*") if path.is_file())


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.binary(max_size=60)), max_size=6))
def test_files_hold_what_was_put_in(group) -> None:
    assert unpack(pack(tuple(group))) == tuple(group)


@settings(max_examples=60)
@given(st.data())
def test_any_damage_is_noticed(data) -> None:
    content = bytearray(pack(GROUP))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    assert unpack(bytes(content)) is None


def test_a_group_is_made_once_and_found_again_by_the_next_process(tmp_path) -> None:
    made = []

    def make():
        made.append(1)
        return GROUP

    first = GopCache(tmp_path, 10_000)
    assert first.get(("camera", 5), make) == GROUP
    assert first.get(("camera", 5), make) == GROUP
    assert GopCache(tmp_path, 10_000).get(("camera", 5), make) == GROUP
    assert made == [1]
    assert [path.suffix for path in files(tmp_path)] == [".gop"]


def test_a_damaged_file_is_made_again(tmp_path) -> None:
    GopCache(tmp_path, 10_000).get(("camera", 5), lambda: GROUP)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-9])
    assert GopCache(tmp_path, 10_000).get(("camera", 5), lambda: GROUP) == GROUP
    assert unpack(path.read_bytes()) == GROUP


def test_the_bound_holds_and_the_least_recently_used_go_first(tmp_path) -> None:
    size = len(pack(((0, bytes(1000)),)))
    cache = GopCache(tmp_path, 3 * size)
    for number in range(3):
        cache.get(("a", number), lambda: ((0, bytes(1000)),))
    reader = GopCache(tmp_path, 3 * size)
    reader.get(("a", 0), lambda: pytest.fail("was cached"))
    for number in range(3, 5):
        reader.get(("a", number), lambda: ((0, bytes(1000)),))
        assert reader.size_bytes <= 3 * size
        assert sum(path.stat().st_size for path in files(tmp_path)) == reader.size_bytes
    assert {path.stem for path in files(tmp_path)} == {"0", "3", "4"}


def test_a_smaller_bound_is_applied_at_the_start(tmp_path) -> None:
    cache = GopCache(tmp_path, 1_000_000)
    for number in range(5):
        cache.get(("a", number), lambda: ((0, bytes(1000)),))
        os.utime(tmp_path / "a" / f"{number}.gop", (number + 1, number + 1))
    GopCache(tmp_path, 2_500)
    assert {path.stem for path in files(tmp_path)} == {"3", "4"}


def test_files_of_others_are_left_alone(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "notes.txt").write_text("mine", encoding="utf-8")
    cache = GopCache(tmp_path, 1)
    cache.get(("a", 1), lambda: GROUP)
    cache.get(("a", 2), lambda: GROUP)
    assert {path.name for path in files(tmp_path)} == {"notes.txt", "2.gop"}


def test_threads_that_ask_together_share_one_making(tmp_path) -> None:
    cache = GopCache(tmp_path, 10_000)
    made, go = [], threading.Event()

    def make():
        made.append(1)
        go.wait(10)
        return GROUP

    results = []
    threads = [
        threading.Thread(target=lambda: results.append(cache.get(("a", 1), make))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join(10)
    assert results == [GROUP] * 6
    assert made == [1]


def test_at_most_two_are_made_at_a_time(tmp_path) -> None:
    cache = GopCache(tmp_path, 10_000)
    lock, running, most = threading.Lock(), [0], [0]

    def make():
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with lock:
            running[0] -= 1
        return GROUP

    threads = [
        threading.Thread(target=cache.get, args=(("a", number), make)) for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most[0] == 2


def test_a_failure_reaches_all_who_wait_and_is_forgotten(tmp_path) -> None:
    cache = GopCache(tmp_path, 10_000)
    inside, go, failures = threading.Event(), threading.Event(), []

    def fail():
        inside.set()
        go.wait(10)
        raise MediaError("no encoder")

    def ask():
        try:
            cache.get(("a", 1), fail)
        except MediaError as err:
            failures.append(err.summary)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    go.set()
    for thread in threads:
        thread.join(10)
    assert failures == ["no encoder"] * 3
    assert cache.get(("a", 1), lambda: GROUP) == GROUP


def test_a_folder_that_cannot_be_made_is_said_clearly(tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot keep footage"):
        GopCache(tmp_path / "file" / "cache", 1000)


def test_footage_is_served_even_when_it_cannot_be_kept(tmp_path) -> None:
    cache = GopCache(tmp_path, 1000)
    (tmp_path / "a").write_text("in the way", encoding="utf-8")
    assert cache.get(("a", 1), lambda: GROUP) == GROUP


def test_left_overs_of_a_killed_server_are_cleared_away(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    old, fresh = tmp_path / "a" / "1.gop.77.88.part", tmp_path / "a" / "2.gop.77.88.part"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    GopCache(tmp_path, 1000)
    assert files(tmp_path) == [fresh]
