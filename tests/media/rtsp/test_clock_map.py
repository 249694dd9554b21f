import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.access_unit import TimeSource
from rta_viewer.media.rtp.replay_header import ReplayHeader
from rta_viewer.media.rtsp.clock_map import Anchor, TrackClock, Unwrapper, signed32

AT_MS = 1_761_300_000_000.0
HOUR_MS = 3_600_000.0
RATE = 90_000
TICK = 90


def header(instant_ms: float, *, discontinuity: bool = False) -> ReplayHeader:
    return ReplayHeader(instant_ms, False, False, discontinuity, False, 0)


def clock(timestamp: int | None = 0, **more: object) -> TrackClock:
    anchor = Anchor(AT_MS, AT_MS + HOUR_MS, timestamp, TimeSource.RTP_INFO, **more)  # type: ignore[arg-type]
    return TrackClock(RATE, anchor)


def test_counts_on_from_the_announced_start() -> None:
    one = clock(1000)
    assert one.stamp(1000 + 40 * TICK, 1.0, None).instant_ms == pytest.approx(AT_MS + 40)
    assert one.stamp(1000 + 80 * TICK, 1.0, None).instant_ms == pytest.approx(AT_MS + 80)
    assert one.stamp(1000, 1.0, None).source is TimeSource.RTP_INFO


def test_a_key_picture_before_the_start() -> None:
    one = clock(5000 * TICK)
    assert one.stamp(3400 * TICK, 1.0, None).instant_ms == pytest.approx(AT_MS - 1600)


def test_the_factor_stretches() -> None:
    one = clock(0)
    assert one.stamp(0, 8.0, None).instant_ms == AT_MS
    assert one.stamp(5 * TICK, 8.0, None).instant_ms == pytest.approx(AT_MS + 40)


@pytest.mark.parametrize(
    ("offset_ms", "more", "believed"),
    [
        (10_000_000, {}, False),
        (-10_000_000, {}, False),
        (20_000, {}, True),
        (20_000, {"exact": True}, False),
        (20_000, {"play_time_ms": 20_000.0}, False),
        (20_000, {"play_time_ms": 5_000.0}, True),
        (-4_000, {"exact": True}, True),
    ],
)
def test_a_wrong_rtptime_is_found_out(
    offset_ms: int, more: dict[str, object], believed: bool
) -> None:
    stamp = clock(0, **more).stamp(offset_ms * TICK, 1.0, None)
    assert stamp.instant_ms == pytest.approx(AT_MS + (offset_ms if believed else 0))


def test_without_rtptime_the_first_unit_is_the_start() -> None:
    one = clock(None)
    assert one.stamp(777, 1.0, None).instant_ms == AT_MS
    assert one.stamp(777 + 40 * TICK, 1.0, None).instant_ms == pytest.approx(AT_MS + 40)


def test_gaps_jumps_and_reordering() -> None:
    one = clock(0)
    one.stamp(0, 1.0, None)
    assert not one.stamp(120 * TICK, 1.0, None).discontinuity
    assert not one.stamp(40 * TICK, 1.0, None).discontinuity
    gap = one.stamp(60_000 * TICK, 1.0, None)
    assert gap.discontinuity
    assert gap.instant_ms == pytest.approx(AT_MS + 60_000)
    back = one.stamp(9 * TICK, 1.0, None)
    assert back.discontinuity
    assert back.instant_ms == pytest.approx(AT_MS + 60_000 + 120, abs=100)
    beyond = one.stamp(int(5 * HOUR_MS) * TICK, 1.0, None)
    assert beyond.discontinuity
    assert beyond.instant_ms < AT_MS + 61_000


def test_the_extension_wins_and_carries_over_units_without_it() -> None:
    one = clock(0)
    first = one.stamp(0, 8.0, header(AT_MS + 7))
    assert (first.instant_ms, first.source) == (AT_MS + 7, TimeSource.ONVIF_EXTENSION)
    assert not first.discontinuity
    one.stamp(5 * TICK, 8.0, header(AT_MS + 47))
    between = one.stamp(10 * TICK, 1.0, None)
    assert between.instant_ms == pytest.approx(AT_MS + 87)
    assert one.stamp(15 * TICK, 8.0, header(AT_MS + 127, discontinuity=True)).discontinuity
    assert one.stamp(20 * TICK, 8.0, header(AT_MS + 100_000)).discontinuity
    assert one.stamp(25 * TICK, 8.0, header(AT_MS)).discontinuity


def test_wrap_around() -> None:
    unwrapper = Unwrapper()
    assert [unwrapper.extend(value) for value in (0xFFFFFFFE, 2, 0xFFFFFFFF, 5)] == [
        0xFFFFFFFE,
        0x1_0000_0002,
        0xFFFFFFFF,
        0x1_0000_0005,
    ]
    one = clock(0xFFFFF000)
    ticks = Unwrapper()
    for number in range(10):
        timestamp = (0xFFFFF000 + number * 40 * TICK) & 0xFFFFFFFF
        stamp = one.stamp(ticks.extend(timestamp), 1.0, None)
        assert stamp.instant_ms == pytest.approx(AT_MS + number * 40)
        assert not stamp.discontinuity


@given(st.integers(-0x80000000, 0x7FFFFFFF), st.integers(0, 0xFFFFFFFF))
def test_differences_are_the_shorter_way_round(difference: int, start: int) -> None:
    assert signed32(((start + difference) & 0xFFFFFFFF) - start) == difference


@given(
    st.lists(
        st.tuples(
            st.integers(0, 0xFFFFFFFF),
            st.one_of(st.none(), st.floats(0, 4e12, allow_nan=False).map(header)),
        ),
        max_size=40,
    ),
    st.sampled_from([1.0, 8.0, 0.25]),
)
def test_any_time_stamps_give_finite_instants(
    units: list[tuple[int, ReplayHeader | None]], factor: float
) -> None:
    one, ticks = clock(5), Unwrapper()
    for timestamp, found in units:
        instant_ms = one.stamp(ticks.extend(timestamp), factor, found).instant_ms
        assert -1e16 < instant_ms < 1e16
