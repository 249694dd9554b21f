import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.access_unit import AccessUnit, Codec, MediaFormat
from rta_viewer.media.gop_cache import CachedGop, GopCache, GopCollector

FORMAT = MediaFormat(Codec.H264)


def unit(instant_ms, *, key=False, size=10, discontinuity=False):
    return AccessUnit(FORMAT, instant_ms, bytes(size), key, discontinuity=discontinuity)


def gop(start_ms, end_ms, *, complete=True, size=10):
    return CachedGop(start_ms, end_ms, complete, (unit(start_ms, key=True, size=size),))


def test_a_group_is_complete_when_the_next_key_picture_follows():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    for instant in range(0, 200, 40):
        collector.add(unit(instant, key=instant in (0, 120)))
    found = cache.find("c", 100)
    assert found is not None
    assert found.complete
    assert (found.start_ms, found.end_ms) == (0, 120)
    assert found.instants() == [0, 40, 80]
    assert cache.find("c", 130) is None
    collector.share()
    shared = cache.find("c", 130)
    assert shared is not None
    assert not shared.complete
    assert cache.find("c", 170) is None


def test_pictures_that_lead_a_key_picture_belong_to_the_group_before_it():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    # 80 is shown before 120, but needs both groups to be decoded.
    for instant in (0, 40, 120, 80, 200, 160, 240):
        collector.add(unit(instant, key=instant in (0, 120, 240)))
    collector.end(complete=False)
    found = cache.find("c", 80)
    assert found is not None
    assert found.complete
    assert (found.start_ms, found.end_ms) == (0, 120)
    assert found.instants() == [0, 40, 80]
    assert [each.instant_ms for each in found.units] == [0, 40, 120, 80]
    following = cache.find("c", 120)
    assert following is not None
    assert following.instants() == [120, 160, 200]


def test_a_group_whose_end_was_not_seen_is_not_complete():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    for instant in (0, 40, 120):
        collector.add(unit(instant, key=instant in (0, 120)))
    collector.end(complete=False)
    found = cache.find("c", 40)
    assert found is not None
    assert not found.complete
    assert cache.find("c", 80) is None


def test_a_started_group_vouches_only_for_pictures_that_nothing_can_precede():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    collector.reorder_depth = 1
    for instant in (0, 120, 40, 240, 160):
        collector.add(unit(instant, key=instant == 0))
    collector.share()
    assert cache.find("c", 160) is not None
    assert cache.find("c", 200) is None
    collector.end(complete=False, settled=True)
    assert cache.find("c", 240) is not None


def test_units_before_the_first_key_picture_are_ignored():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    collector.add(unit(0))
    collector.end(complete=True)
    assert cache.size_bytes == 0


def test_damage_ends_a_group_and_what_follows_waits_for_a_key_picture():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    for each in (
        unit(0, key=True),
        unit(40),
        unit(120, discontinuity=True),
        unit(160),
        unit(200, key=True),
    ):
        collector.add(each)
    collector.end(complete=False)
    first = cache.find("c", 40)
    assert first is not None
    assert not first.complete
    assert cache.find("c", 150) is None
    assert cache.find("c", 200) is not None


def test_a_gap_leaves_the_group_before_it_with_an_unknown_end():
    cache = GopCache()
    collector = GopCollector(cache, "c")
    collector.add(unit(0, key=True))
    collector.add(unit(40))
    collector.add(unit(90_000, key=True, discontinuity=True))
    assert cache.find("c", 5_000) is None
    assert cache.find("c", 40) is not None


def test_a_complete_group_is_not_replaced_by_a_partial_one():
    cache = GopCache()
    cache.put("c", gop(0, 100))
    cache.put("c", gop(0, 60, complete=False))
    found = cache.find("c", 90)
    assert found is not None
    assert found.complete
    cache.put("d", gop(0, 60, complete=False))
    cache.put("d", gop(0, 100))
    assert cache.find("d", 90) is not None


def test_the_least_recently_used_group_goes_first():
    cache = GopCache(limit_bytes=30)
    for start in (0, 100, 200):
        cache.put("c", gop(start, start + 100))
    cache.find("c", 0)
    cache.put("c", gop(300, 400))
    assert cache.find("c", 100) is None
    assert all(cache.find("c", at) for at in (0, 200, 300))


def test_a_group_larger_than_the_cache_is_not_kept():
    cache = GopCache(limit_bytes=30)
    cache.put("c", gop(0, 100, size=31))
    assert cache.size_bytes == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(1, 60))))
def test_the_bound_holds_and_the_books_balance(puts):
    cache = GopCache(limit_bytes=200)
    for camera, start, size in puts:
        cache.put(camera, gop(start * 10, start * 10 + 10, size=size))
        assert cache.size_bytes <= 200
    held = [each for camera in "ab" for each in cache.all_of(camera)]
    assert sum(each.size_bytes for each in held) == cache.size_bytes
    cache.forget("a")
    assert cache.all_of("a") == []
    cache.forget()
    assert cache.size_bytes == 0


def test_the_last_group_before_an_instant_is_found_even_if_it_ended():
    cache = GopCache()
    cache.put("c", gop(0, 100))
    assert cache.last_before("c", -1) is None
    found = cache.last_before("c", 5_000)
    assert found is not None
    assert found.start_ms == pytest.approx(0)
