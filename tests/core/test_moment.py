from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.moment import Moment, Surroundings, in_words, parse_moment
from rta_viewer.core.timescale import DAY_MS, HOUR_MS, MINUTE_MS, wall_clock
from rta_viewer.errors import UsageError

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW_MS = 1_761_386_400_000  # Saturday 2025-10-25 10:00 UTC, 12:00 in Copenhagen
HERE_MS = NOW_MS - DAY_MS - 2 * HOUR_MS  # Friday, 10:00 in Copenhagen
AROUND = Surroundings(COPENHAGEN, NOW_MS, HERE_MS)


def at(text: str, zone: ZoneInfo = COPENHAGEN) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24/10/2025 10:00", "2025-10-24 10:00"),
        ("24.10.2025 10:00:05", "2025-10-24 10:00:05"),
        ("24-10-2025, 10:00", "2025-10-24 10:00"),
        ("24/10/25 10:00", "2025-10-24 10:00"),
        ("10/24/2025 10:00 PM", "2025-10-24 22:00"),
        ("03/04/2025 10:00", "2025-04-03 10:00"),
        ("2025-10-24 10:00:00", "2025-10-24 10:00"),
        ("2025-10-24", "2025-10-24 00:00"),
        ("2025/10/24 10:00:00.250", "2025-10-24 10:00:00.250"),
        ("20251024_100000", "2025-10-24 10:00"),
        ("20251024T1000", "2025-10-24 10:00"),
        ("24 Oct 2025 10:00", "2025-10-24 10:00"),
        ("Friday 24 October 2025, 10:00:00", "2025-10-24 10:00"),
        ("Oct 24, 2025 10:00 am", "2025-10-24 10:00"),
        ("24th october 10:00", "2025-10-24 10:00"),
        ("10:15 24/10/2025", "2025-10-24 10:15"),
        ("10:15 24-10-2025", "2025-10-24 10:15"),
        ("10:15", "2025-10-24 10:15"),
        ("at 2:30 pm", "2025-10-24 14:30"),
        ("12:10 a.m.", "2025-10-24 00:10"),
        ("yesterday 14:05", "2025-10-24 14:05"),
        ("Yesterday", "2025-10-24 00:00"),
        ("today 9:05", "2025-10-25 09:05"),
        ("monday 14:05", "2025-10-20 14:05"),
        ("fri 14:05", "2025-10-24 14:05"),
        ("saturday 08:00", "2025-10-25 08:00"),
        ("24:00", "2025-10-25 00:00"),
        ("31/12/2025 24:00", "2026-01-01 00:00"),
        ("  \u201024/10/2025".replace("\u2010", "") + "\u00a010:00 ", "2025-10-24 10:00"),
        ("\u0662\u0664/\u0661\u0660/\u0662\u0660\u0662\u0665 \u0661\u0660:\u0660\u0660", "2025-10-24 10:00"),
    ],
)  # fmt: skip
def test_times_by_the_readers_clock(text: str, wanted: str) -> None:
    assert parse_moment(text, AROUND).instant_ms == at(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025-10-24T10:00:00Z", "2025-10-24T10:00:00+00:00"),
        ("2025-10-24T10:00:00.5+02:00", "2025-10-24T10:00:00.500+02:00"),
        ("2025-10-24 10:00:00 +0530", "2025-10-24T10:00:00+05:30"),
        ("24/10/2025 10:00 UTC", "2025-10-24T10:00:00+00:00"),
        ("24/10/2025 10:00 GMT+2", "2025-10-24T10:00:00+02:00"),
        ("20251024T100000Z", "2025-10-24T10:00:00+00:00"),
        ("24/10/2025 10:00 UTC-03:00", "2025-10-24T10:00:00-03:00"),
        ("10:15z", "2025-10-24T10:15:00+00:00"),
        ("1761300000", "2025-10-24T10:00:00+00:00"),
        ("1761300000250", "2025-10-24T10:00:00.250+00:00"),
    ],
)
def test_times_that_say_whose_clock(text: str, wanted: str) -> None:
    instant = round(datetime.fromisoformat(wanted).timestamp() * 1000)
    assert parse_moment(text, AROUND).instant_ms == instant


@pytest.mark.parametrize(
    ("text", "wanted", "relation"),
    [
        ("-30m", HERE_MS - 30 * MINUTE_MS, "30m before the playhead"),
        ("\u221230 min", HERE_MS - 30 * MINUTE_MS, "30 min before the playhead"),
        ("+1h 15m", HERE_MS + 75 * MINUTE_MS, "1h 15m after the playhead"),
        ("-1h30m", HERE_MS - 90 * MINUTE_MS, "1h30m before the playhead"),
        ("-1.5 hours", HERE_MS - 90 * MINUTE_MS, "1.5 hours before the playhead"),
        ("+250ms", HERE_MS + 250, "250ms after the playhead"),
        ("10 min ago", NOW_MS - 10 * MINUTE_MS, "10 min before now"),
        ("2 days ago", NOW_MS - 2 * DAY_MS, "2 days before now"),
        ("now", NOW_MS, "now"),
    ],
)
def test_distances(text: str, wanted: int, relation: str) -> None:
    found = parse_moment(text, AROUND)
    assert (found.instant_ms, found.relation) == (wanted, relation)


def test_without_a_playhead_now_stands_for_it() -> None:
    around = Surroundings(COPENHAGEN, NOW_MS)
    assert parse_moment("-30m", around).instant_ms == NOW_MS - 30 * MINUTE_MS
    assert parse_moment("10:15", around) == Moment(
        at("2025-10-25 10:15"), "Saturday 25 October 2025, 10:15:00 +02:00", "today"
    )


def test_what_was_understood_is_said_in_full() -> None:
    found = parse_moment("10:15", AROUND)
    assert found.words == "Friday 24 October 2025, 10:15:00 +02:00"
    assert found.relation == "of the day that is shown"
    assert in_words(NOW_MS + 40, UTC) == "Saturday 25 October 2025, 10:00:00.040 UTC"


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "soon", "30m", "10", "25:00", "10:60", "13:00 pm", "0:15 am", "32/10/2025", "29/2/2025",
        "2025-13-01", "24/10/2025 10:00 24/10/2025", "yesterdayish", "ago", "-", "9" * 70, "-99999999w",
        "2025-10-24T10:00:00+99:99", "10:00 +02:00 +02:00", "24 foo 2025", "ma 24 10:00", "1890-01-01",
        "2200-01-01", "-1e9m", "20251399", "10:00-10:15", "10:00-05:00", "2025-10-24 12:00-12:15",
        "24/10/2025 10:00-11:00", "2025-10-24 10:00+15:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_moment(text, AROUND)
    assert caught.value.hint
    assert caught.value.summary.startswith(f"{text.strip()!r} is ")


CHANGES = [
    # zone, a time that is skipped, a time that is repeated
    ("Europe/Copenhagen", "2025-03-30 02:30", "2025-10-26 02:30"),
    ("America/New_York", "2025-03-09 02:30", "2025-11-02 01:30"),
    ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-04-06 01:45"),
]


@pytest.mark.parametrize(("name", "skipped", "repeated"), CHANGES)
def test_a_time_that_the_clock_skips_or_repeats_is_refused_with_the_choices(
    name: str, skipped: str, repeated: str
) -> None:
    around = Surroundings(ZoneInfo(name), NOW_MS, None)
    with pytest.raises(UsageError, match="does not exist"):
        parse_moment(skipped, around)
    with pytest.raises(UsageError, match="happens twice") as caught:
        parse_moment(repeated, around)
    choices = [word for word in caught.value.hint.split() if word.startswith("2025")]
    instants = [parse_moment(choice, around).instant_ms for choice in choices]
    assert len(instants) == 2
    shown = {wall_clock(ms, around.zone).strftime("%Y-%m-%d %H:%M") for ms in instants}
    assert shown == {repeated}


@pytest.mark.parametrize("text", ["02:30", "yesterday 02:30", "26.10.2025 2:30", "sunday 02:30 am"])
def test_the_repeated_hour_is_refused_however_it_is_written(text: str) -> None:
    shown = at("2025-10-26 12:00")
    now = shown + (DAY_MS if text.startswith("yesterday") else 0)
    with pytest.raises(UsageError, match="happens twice"):
        parse_moment(text, Surroundings(COPENHAGEN, now, shown))


def test_distances_are_true_time_over_a_clock_change() -> None:
    noon = at("2025-10-26 12:00")
    around = Surroundings(COPENHAGEN, noon, noon)
    assert parse_moment("-24h", around).words.startswith("Saturday 25 October 2025, 13:00")


def test_dubai_has_no_clock_change() -> None:
    dubai = ZoneInfo("Asia/Dubai")
    around = Surroundings(dubai, NOW_MS, None)
    for day in ("2025-03-30", "2025-10-26"):
        assert parse_moment(f"{day} 02:30", around).instant_ms == at(f"{day} 02:30", dubai)


ZONES = ["Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "Asia/Dubai", "UTC"]


@given(st.integers(0, 4_000_000_000), st.sampled_from(ZONES))
def test_its_own_words_and_common_forms_are_read_back(second: int, name: str) -> None:
    zone = ZoneInfo(name)
    instant_ms = second * 1000
    around = Surroundings(zone, NOW_MS, HERE_MS)
    moment = wall_clock(instant_ms, zone)
    texts = [
        in_words(instant_ms, zone),
        moment.isoformat(),
        f"{second:010d}" if second >= 10**9 else "",
    ]
    for text in filter(None, texts):
        if moment.utcoffset().total_seconds() % 60 == 0 and (len(text) != 10 or second < 2 * 10**9):
            assert parse_moment(text, around).instant_ms == instant_ms
    for form in ("%d/%m/%Y %H:%M:%S", "%d %b %Y %I:%M:%S %p"):
        try:
            assert parse_moment(moment.strftime(form), around).instant_ms == instant_ms
        except UsageError as err:
            assert "twice" in str(err)  # noqa: PT017 - the only refusal that is right


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        found = parse_moment(text, AROUND)
    except UsageError:
        return
    assert 0 <= found.instant_ms < 4_102_444_800_000


@given(st.text(alphabet="0123456789/-:. +zTutcagomhdw", max_size=24))
def test_no_jumble_of_digits_does_either(text: str) -> None:
    test_no_text_does_more_than_be_refused.hypothesis.inner_test(text)
