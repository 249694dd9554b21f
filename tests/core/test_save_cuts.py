from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core import save_cuts
from rta_viewer.core.model import Availability, Camera, Recording, StreamInfo
from rta_viewer.core.save_choices import GapPolicy
from rta_viewer.core.save_cuts import Cutter, Range, cuts_of, part_count, parts_of
from rta_viewer.core.spans import Span

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
GATE = Camera("1", "Gate", streams=(StreamInfo("s", codec="H264", bitrate_kbps=8),))
WEEK = Span(0, 7 * DAY_MS)
TOGETHER = Range(WEEK, GapPolicy.TOGETHER)


def recorded(*stretches: tuple[int, int]) -> Availability:
    spans = [Span(start, end) for start, end in sorted(stretches)]
    return Availability("1", WEEK, tuple(Recording(one, size_bytes=1_000) for one in spans))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, 7 * 24 - 1))
    return start * HOUR_MS, min(7 * 24, start + draw(st.integers(1, 60))) * HOUR_MS


@given(st.lists(stretches(), max_size=12))
def test_each_file_counts_what_reaches_into_it_also_where_recordings_overlap(
    found: list[tuple[int, int]],
) -> None:
    known = recorded(*found)
    cuts = cuts_of(TOGETHER, GATE, known)
    wanted = {}
    for part in parts_of(WEEK):
        inside = [each.span.clip(part) for each in known.recordings]
        length_ms = sum(one.duration_ms for one in inside if one is not None)
        if length_ms:
            wanted[part] = length_ms
    assert {cut.span: cut.recorded_ms for cut in cuts} == wanted
    assert sum(cut.original_bytes or 0 for cut in cuts) == pytest.approx(1_000 * len(found))


@given(st.integers(-40, 40), st.integers(1, 90), st.integers(-50, 50), st.integers(0, 90))
def test_only_the_parts_near_what_was_recorded_are_made(
    start_h: int, length_h: int, reach_h: int, reach_length_h: int
) -> None:
    span = Span(start_h * HOUR_MS, (start_h + length_h) * HOUR_MS)
    reach = Span(reach_h * HOUR_MS, (reach_h + reach_length_h) * HOUR_MS)
    all_of_them = parts_of(span)
    assert len(all_of_them) == part_count(span)
    near = parts_of(span, reach)
    assert set(near) <= set(all_of_them)
    assert {part for part in all_of_them if part.overlaps(reach)} <= set(near)
    assert len(near) <= reach_length_h // 24 + 2


def test_what_is_known_already_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[Camera] = []

    def count(
        asked: Range, camera: Camera, known: Availability | None
    ) -> tuple[save_cuts.Cut, ...]:
        measured.append(camera)
        return cuts_of(asked, camera, known)

    monkeypatch.setattr(save_cuts, "cuts_of", count)
    cutter, known, door = Cutter(), recorded((0, HOUR_MS)), replace(GATE, camera_id="2")
    for _ in range(3):
        first = cutter.cuts(TOGETHER, GATE, known)
        cutter.cuts(TOGETHER, door, None)
    assert measured == [GATE, door]
    assert first == cuts_of(TOGETHER, GATE, known)
    more = recorded((0, 2 * HOUR_MS))
    assert cutter.cuts(TOGETHER, GATE, more)[0].recorded_ms == 2 * HOUR_MS
    assert cutter.cuts(replace(TOGETHER, gaps=GapPolicy.APART), GATE, more)[0].span.end_ms == (
        2 * HOUR_MS
    )
    assert cutter.cuts(replace(TOGETHER, span=Span(0, 5)), GATE, None)[0].span == Span(0, 5)


@pytest.mark.parametrize("other", ["H264", "MJPEG", "MPEG4", "AV1", "VP9", "JPEG", ""])
def test_one_recording_that_few_players_show_counts_for_the_whole_file(other: str) -> None:
    for first, second in (("H265", other), (other, "H265")):
        recordings = (
            Recording(Span(0, HOUR_MS), codec=first),
            Recording(Span(HOUR_MS, 2 * HOUR_MS), codec=second),
        )
        (cut,) = cuts_of(TOGETHER, GATE, Availability("1", WEEK, recordings))
        assert cut.codec == "H265"
