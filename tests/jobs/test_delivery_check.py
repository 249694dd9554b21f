"""Asked = got? Values only; the cases are those of servers that answer "completed" and deliver less."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Recording,
    RecordingKind,
    SaveRequest,
    Watermark,
)
from rta_viewer.core.spans import Span, clip, total_ms
from rta_viewer.jobs.delivery_check import DeliveryReport, check_delivery
from rta_viewer.jobs.delivery_time import LEAD_IN_MS
from tests.helpers.delivered import ALL, ASKED, MINUTE_MS, REQUEST, TEN, File, known


def check(file: File, availability: Availability | None = ALL) -> DeliveryReport:
    return check_delivery(REQUEST, file, availability, None)


def test_a_complete_file_is_ok() -> None:
    report = check(File())
    assert report == DeliveryReport(True, (), ASKED, 1_800_000, 1_800_000)


def test_a_truncated_file_names_what_came_and_what_not() -> None:
    report = check(File(duration_s=1300))
    assert not report.ok
    assert " ".join(report.differences) == (
        "Delivered 2025-10-24T10:00:00Z to 2025-10-24T10:21:40Z"
        " of 2025-10-24T10:00:00Z to 2025-10-24T10:30:00Z, the rest is missing."
    )
    assert report.delivered == Span(TEN, TEN + 1_300_000)
    assert report.missing == Span(TEN + 1_300_000, ASKED.end_ms)


def test_times_are_worded_by_the_callers_formatter() -> None:
    def minutes(instant_ms: int) -> str:
        return f"{(instant_ms - TEN) / MINUTE_MS:g}'"

    report = check_delivery(REQUEST, File(duration_s=600), ALL, None, format_instant=minutes)
    assert report.differences == ("Delivered 0' to 10' of 0' to 30', the rest is missing.",)


def test_gaps_that_the_server_names_are_not_missing() -> None:
    parts = (Span(TEN, TEN + 5 * MINUTE_MS), Span(TEN + 20 * MINUTE_MS, ASKED.end_ms))
    report = check(File(duration_s=900), known(*parts))
    assert report.ok
    assert report.expected_ms == 900_000
    assert report.delivered == ASKED
    assert report.stretches == parts


def test_what_was_not_recorded_is_told_of_a_file_that_joins_what_was() -> None:
    parts = (Span(TEN, TEN + 5 * MINUTE_MS), Span(TEN + 20 * MINUTE_MS, TEN + 25 * MINUTE_MS))
    report = check(File(duration_s=600), known(*parts))
    assert report.ok
    assert report.notes == (
        "Nothing was recorded from 2025-10-24T10:05:00Z to 2025-10-24T10:20:00Z.",
        "Nothing was recorded from 2025-10-24T10:25:00Z to 2025-10-24T10:30:00Z.",
    )


def test_many_gaps_are_counted_and_a_moment_between_recordings_is_none() -> None:
    starts = [TEN + number * 5 * MINUTE_MS for number in range(6)]
    apart = [Span(start, start + 4 * MINUTE_MS) for start in starts]
    many = check(File(duration_s=24 * 60), known(*apart))
    assert many.notes == ("Nothing was recorded in 6 gaps, 6:00 altogether.",)
    joined = [Span(start, start + 5 * MINUTE_MS - 1_000) for start in starts]
    assert check(File(duration_s=1794), known(*joined)).notes == ()


@pytest.mark.parametrize(
    ("recorded_min", "checked_min", "is_told"), [(10, 10, True), (10, 30, False), (30, 10, False)]
)
def test_a_range_that_was_not_over_yet_is_told_apart_from_one_without_recordings_at_its_end(
    recorded_min: int, checked_min: int, is_told: bool
) -> None:
    recorded = known(Span(TEN, TEN + recorded_min * MINUTE_MS))
    file, checked_ms = File(duration_s=recorded_min * 60), TEN + checked_min * MINUTE_MS
    report = check_delivery(REQUEST, file, recorded, None, checked_ms=checked_ms)
    assert report.ok
    assert any("not over yet" in note for note in report.notes) is is_told
    never = "Nothing was recorded from 2025-10-24T10:10:00Z to 2025-10-24T10:30:00Z."
    assert (never in report.notes) is (checked_min > recorded_min)


def test_a_truncation_after_a_gap_is_placed_behind_it() -> None:
    parts = (Span(TEN, TEN + 5 * MINUTE_MS), Span(TEN + 20 * MINUTE_MS, ASKED.end_ms))
    report = check(File(duration_s=420), known(*parts))
    assert report.delivered == Span(TEN, TEN + 22 * MINUTE_MS)
    assert report.stretches[1] == Span(TEN + 20 * MINUTE_MS, TEN + 22 * MINUTE_MS)
    assert "T10:22:00Z of" in report.differences[0]


@pytest.mark.parametrize("lead_s", [0.04, 2, 10, 12])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_lead_in_up_to_the_key_frame_is_fine(lead_s: float, stamped: bool) -> None:
    start = TEN - round(lead_s * 1000)
    stamp = start // 1000 * 1000 if stamped else None
    report = check(File(duration_s=1800 + lead_s, creation_time_ms=stamp))
    assert report.ok
    assert report.delivered is not None
    assert abs(report.delivered.start_ms - start) <= 1000


def test_a_longer_file_than_a_key_frame_explains_is_not_what_was_asked() -> None:
    report = check(File(duration_s=1820))
    assert report.differences == (
        "The file is longer than what was asked: 30:20 instead of 30:00.",
    )


def test_a_lead_in_does_not_make_up_for_a_missing_end() -> None:
    """Ten seconds too early at the front and at the end: only the time stamp gives it away."""
    file = File(duration_s=1800)
    assert check(file).ok
    report = check(replace(file, creation_time_ms=TEN - 10_000))
    assert report.delivered == Span(TEN - 10_000, ASKED.end_ms - 10_000)
    assert "2025-10-24T10:00:00Z to 2025-10-24T10:29:50Z of" in report.differences[0]


def test_a_missing_beginning_is_named_when_the_file_tells() -> None:
    report = check(File(duration_s=1500, creation_time_ms=TEN + 5 * MINUTE_MS))
    assert report.delivered == Span(TEN + 5 * MINUTE_MS, ASKED.end_ms)
    assert "Delivered 2025-10-24T10:05:00Z to 2025-10-24T10:30:00Z of" in report.differences[0]
    assert report.missing == Span(TEN, TEN + 5 * MINUTE_MS)


@pytest.mark.parametrize("stamp", [0, TEN + 4 * 3_600_000, TEN - 4 * 3_600_000])
def test_a_time_stamp_in_local_time_or_none_misleads_nobody(stamp: int) -> None:
    assert check(File(creation_time_ms=stamp)).ok
    assert check(File(duration_s=600, creation_time_ms=stamp)).delivered == Span(
        TEN, TEN + 10 * MINUTE_MS
    )


def test_without_knowledge_only_the_asked_length_is_left() -> None:
    for unknown in (
        None,
        Availability("cam", ASKED, state=AvailabilityState.NOT_OFFERED),
        Availability("cam", ASKED, state=AvailabilityState.NO_ANSWER),
        Availability("cam", Span(TEN, TEN + MINUTE_MS), (Recording(Span(TEN, TEN + 1000)),)),
    ):
        full = check(File(), unknown)
        assert full.ok
        assert full.notes == (
            "The server does not say what it recorded: only the length could be compared.",
        )
        short = check(File(duration_s=600), unknown)
        assert not short.ok
        assert "may never have been recorded" in short.notes[0]


def test_pictures_of_a_time_without_recordings_count_for_more_than_the_timeline() -> None:
    report = check(File(duration_s=10), known())
    assert report.ok
    assert report.expected_ms == 0


def test_no_pictures() -> None:
    report = check(File(picture_count=0, duration_s=0, width=0, height=0))
    assert report.differences == ("The file holds no pictures.",)
    assert report.delivered is None


def test_pictures_that_do_not_decode() -> None:
    assert check(File(decodes=False)).differences == (
        "The pictures in the file cannot be decoded.",
    )


@pytest.mark.parametrize(
    ("request_", "file", "said"),
    [
        (REQUEST, File(container="mkv"), "The file is MKV, MP4 was asked for."),
        (
            REQUEST,
            File(video_codec="MJPEG"),
            "The pictures are MJPEG, the camera recorded H264.",
        ),
        (REQUEST, File(width=640, height=360), "The pictures are 640x360, the camera recorded"),
        (REQUEST, File(audio_codec=None), "The file has no sound"),
    ],
)
def test_another_format_than_asked(request_: SaveRequest, file: File, said: str) -> None:
    whole = known(ASKED, codec="h264", width=1280, height=720, has_audio="sound" in said)
    report = check_delivery(request_, file, whole, None)
    assert len(report.differences) == 1
    assert report.differences[0].startswith(said)


@pytest.mark.parametrize(
    "change", [{"quality": "low"}, {"watermark": Watermark("RTA")}, {"include_audio": False}]
)
def test_a_reencoded_file_may_have_another_codec_and_size(change: dict[str, object]) -> None:
    request = replace(REQUEST, **change)  # type: ignore[arg-type]
    file = File(width=640, height=360, audio_codec="AAC", sound_s=1800)
    recorded = known(ASKED, codec="HEVC", width=1280, height=720)
    report = check_delivery(request, file, recorded, None)
    assert report.ok is ("include_audio" not in change)


def test_a_size_is_compared_with_all_recordings_and_rounded_to_blocks() -> None:
    first, second = ASKED.start_ms, ASKED.end_ms - 60_000
    large = Recording(Span(first, second), width=1280, height=720)
    small = Recording(Span(second, ASKED.end_ms), width=640, height=360)

    def differences(width: int, height: int, *recordings: Recording) -> tuple[str, ...]:
        file = File(width=width, height=height)
        availability = Availability("cam", ASKED, recordings)
        return check_delivery(REQUEST, file, availability, None).differences

    assert differences(160, 90, large, small) == (
        "The pictures are 160x90, the camera recorded 640x360 and 1280x720.",
    )
    assert differences(640, 360, large, small) == ()
    assert differences(640, 368, large, small) == ()
    assert differences(160, 90, large, Recording(small.span)) == ()
    assert differences(160, 90, Recording(ASKED)) == ()


def test_key_pictures_alone_are_told_where_the_rate_is_known() -> None:
    file = File(picture_count=900, key_picture_count=900, usual_distance_s=2.0)
    steady = known(ASKED, fps=25.0)
    assert check_delivery(REQUEST, file, steady, None).differences == (
        "Pictures are left out: the file shows one in 2 s, the camera took 25 a second.",
    )
    assert check_delivery(REQUEST, file, ALL, None).ok
    motion = known(ASKED, kind=RecordingKind.MOTION, fps=25.0)
    assert check_delivery(REQUEST, file, motion, None).ok
    jpeg = replace(file, video_codec="MJPEG", usual_distance_s=0.2)
    assert check_delivery(REQUEST, jpeg, steady, None).ok
    reencoded = replace(REQUEST, quality="low")
    assert check_delivery(reencoded, file, steady, None).ok


def test_sound_is_as_long_as_the_camera_recorded_it() -> None:
    heard = known(ASKED, has_audio=True)

    def differences(sound_s: float, **more: object) -> tuple[str, ...]:
        file = replace(File(audio_codec="AAC", sound_s=sound_s), **more)  # type: ignore[arg-type]
        return check_delivery(REQUEST, file, heard, None).differences

    assert differences(10) == ("The file holds 0:10 of sound, the camera recorded 30:00.",)
    assert differences(1640) == differences(1900) == ()
    assert len(differences(595, duration_s=600)) == 1
    assert len(differences(1500, pauses_s=((60.0, 360.0),))) == 1
    quiet = [Recording(Span(TEN, TEN + MINUTE_MS), has_audio=True)]
    silent = [Recording(Span(TEN + MINUTE_MS, ASKED.end_ms))]
    partly = Availability("cam", ASKED, (*quiet, *silent))
    file = File(audio_codec="AAC", sound_s=58)
    assert check_delivery(REQUEST, file, partly, None).ok
    assert check_delivery(replace(REQUEST, include_audio=False), File(), heard, None).ok


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"damaged_s": (75.0, 150.0)}, "cannot be decoded, as at 1:15, 2:30 from its beginning."),
        ({"steps_back_s": 358.0}, "not in the order in which they were taken."),
        ({"picture_streams": 2}, "The file holds 2 films instead of one."),
        ({"repeated_s": (0.0, 900.0)}, "twice: those from 0:00 on come again from 15:00 on."),
    ],
)
def test_what_is_wrong_inside(change: dict[str, object], said: str) -> None:
    (difference,) = check(replace(File(), **change)).differences  # type: ignore[arg-type]
    assert difference.endswith(said)


@pytest.mark.parametrize("name", ["HEVC", "H.265", "h265"])
def test_names_of_one_codec_are_one_codec(name: str) -> None:
    report = check(File(video_codec="H265"), known(ASKED, codec=name))
    assert report.ok
    assert report.notes == ("The pictures are H.265: not every player shows them.",)


def test_fewer_bytes_than_announced() -> None:
    report = check_delivery(REQUEST, File(), ALL, 1234)
    assert report.differences == ("The server announced 1,234 bytes, 1,000 bytes were delivered.",)
    assert check_delivery(REQUEST, File(), ALL, 1000).ok


def test_what_players_may_refuse_is_noted_and_no_difference() -> None:
    fragmented, late = check(File(is_fragmented=True)), check(File(is_faststart=False))
    assert fragmented.ok
    assert late.ok
    assert "fragmented" in fragmented.notes[0]
    assert "index at the end" in late.notes[0]


def _spans(pairs: list[tuple[int, int]]) -> list[Span]:
    at, found = TEN - 100_000, []
    for pause, length in pairs:
        at += pause * 1000
        found.append(Span(at, at + length * 1000))
        at += length * 1000
    return clip(found, ASKED)


parts = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1, max_size=6).map(
    _spans
)


@given(parts, st.integers(0, 2_000_000), st.integers(0, LEAD_IN_MS), st.booleans())
def test_the_verdict_follows_the_missing_footage(
    recorded: list[Span], missing: int, lead: int, stamped: bool
) -> None:
    expected = total_ms(recorded)
    delivered = max(0, expected - missing)
    if not recorded or not delivered:
        return
    start = recorded[0].start_ms - lead
    stamp = start // 1000 * 1000 if stamped else None
    file = File(duration_s=(delivered + (lead if stamped else 0)) / 1000, creation_time_ms=stamp)
    report = check(file, known(*recorded))
    assert report.expected_ms == expected
    assert report.delivered is not None
    if missing > 11_000:
        assert not report.ok
        assert report.delivered.end_ms <= recorded[-1].end_ms
        covered = total_ms(clip(recorded, report.delivered))
        assert covered == pytest.approx(delivered, abs=2000)
    elif missing < 1000:
        assert report.ok
        assert report.delivered.end_ms == recorded[-1].end_ms


@given(st.floats(0, 1e7), st.integers(0, 10), st.one_of(st.none(), st.integers(-(2**40), 2**43)))
def test_any_file_gets_a_verdict(duration_s: float, count: int, stamp: int | None) -> None:
    file = File(duration_s=duration_s, picture_count=count, creation_time_ms=stamp)
    for availability in (ALL, None, known(), known(Span(TEN + 5000, TEN + 6000))):
        report = check(file, availability)
        assert report.ok is (not report.differences)
        assert all(text.endswith(".") for text in (*report.differences, *report.notes))
