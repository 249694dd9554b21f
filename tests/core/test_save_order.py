from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from itertools import pairwise
from pathlib import Path

import pytest

from rta_viewer.core import save_cuts
from rta_viewer.core.filenames import clean_name
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Availability, AvailabilityState, Camera, Recording, StreamInfo
from rta_viewer.core.save_choices import GapPolicy, SaveChoices
from rta_viewer.core.save_cuts import parts_of
from rta_viewer.core.save_order import SaveOrder, plan_pieces
from rta_viewer.core.spans import Span
from rta_viewer.errors import UsageError

START_MS = 1_761_300_000_000
MINUTE_MS = 60_000
DAY_MS = 86_400_000
STREAM = StreamInfo("s", codec="H264", bitrate_kbps=8)
GATE, DOOR = Camera("1", "Gate", streams=(STREAM,)), Camera("2", "Door")


def minutes(first: float, last: float) -> Span:
    return Span(START_MS + round(first * MINUTE_MS), START_MS + round(last * MINUTE_MS))


def order(
    span: Span,
    *cameras: Camera,
    known: Mapping[str, Availability] | None = None,
    **choices: object,
) -> SaveOrder:
    chosen = replace(SaveChoices(), **choices)  # type: ignore[arg-type]
    return SaveOrder(cameras or (GATE,), span, Path("x"), chosen, UTC, "anna", known or {})


def recorded(window: Span, *stretches: Span, size_bytes: int | None = None) -> Availability:
    recordings = tuple(Recording(one, codec="H265", size_bytes=size_bytes) for one in stretches)
    return Availability("1", window, recordings)


def test_short_ranges_of_several_cameras_are_downloads_and_long_ones_exports() -> None:
    short = plan_pieces(order(minutes(0, 29), GATE, DOOR)).pieces
    assert [piece.route.kind for piece in short] == [JobKind.CLIP, JobKind.CLIP]
    long = plan_pieces(order(minutes(0, 30), GATE, DOOR)).pieces
    assert {piece.route.kind for piece in long} == {JobKind.EXPORT}
    marked = plan_pieces(order(minutes(0, 1), GATE, DOOR, watermark=True)).pieces
    assert {piece.route.reason for piece in marked} == {
        "Export, because only an export can burn in a watermark."
    }


def test_a_large_file_is_an_export_however_short() -> None:
    large = Camera("1", "Gate", streams=(StreamInfo("s", bitrate_kbps=100_000),))
    (piece,) = plan_pieces(order(minutes(0, 20), large)).pieces
    assert piece.size_bytes == 15_000_000_000
    assert piece.route.kind is JobKind.EXPORT


def test_a_week_is_cut_into_days_and_days_without_footage_are_left_out() -> None:
    week = Span(START_MS, START_MS + 7 * DAY_MS)
    parts = parts_of(week)
    assert [part.duration_ms for part in parts] == [DAY_MS] * 7
    assert all(one.end_ms == other.start_ms for one, other in pairwise(parts))
    assert len(plan_pieces(order(week, GATE, DOOR)).pieces) == 14
    known = {"1": recorded(week, Span(START_MS + 5, START_MS + DAY_MS + 5))}
    pieces = plan_pieces(order(week, known=known)).pieces
    assert [piece.request.span for piece in pieces] == parts[:2]


def test_each_stretch_becomes_a_file_on_request() -> None:
    window = minutes(0, 10)
    stretches = (minutes(0, 1), minutes(1.01, 2), minutes(5, 6))
    known = {"1": recorded(window, *stretches)}
    together = plan_pieces(order(window, known=known)).pieces
    assert [piece.request.span for piece in together] == [window]
    apart = plan_pieces(order(window, known=known, gaps=GapPolicy.APART)).pieces
    assert [piece.request.span for piece in apart] == [minutes(0, 2), minutes(5, 6)]
    assert all(piece.codec == "H265" for piece in apart)


def test_who_has_nothing_is_left_out_and_who_does_not_say_is_asked() -> None:
    window = minutes(0, 10)
    known = {
        "1": recorded(window),
        "2": Availability("2", window, state=AvailabilityState.NOT_OFFERED),
    }
    found = plan_pieces(order(window, GATE, DOOR, known=known, gaps=GapPolicy.APART))
    assert found.empty == (GATE,)
    assert [piece.camera for piece in found.pieces] == [DOOR]
    assert found.pieces[0].recorded_ms is None


def test_sizes_come_from_the_server_or_from_the_bit_rate() -> None:
    window = minutes(0, 10)
    (by_rate,) = plan_pieces(order(window)).pieces
    assert (by_rate.size_bytes, by_rate.recorded_ms) == (600_000, None)
    half = {"1": recorded(window, minutes(0, 5))}
    (by_footage,) = plan_pieces(order(window, known=half)).pieces
    assert (by_footage.size_bytes, by_footage.recorded_ms) == (300_000, 5 * MINUTE_MS)
    told = {"1": recorded(window, minutes(0, 5), size_bytes=7_000)}
    (by_server,) = plan_pieces(order(window, known=told)).pieces
    assert by_server.size_bytes == 7_000
    (smaller,) = plan_pieces(order(window, known=told, quality="low")).pieces
    assert smaller.size_bytes == 1_750
    (unknown,) = plan_pieces(order(window, DOOR)).pieces
    assert unknown.size_bytes is None


def test_names_are_safe_and_never_meet() -> None:
    twins = (Camera("1", "CON"), Camera("2", "con"), Camera("3", "a/b:c"))
    pieces = plan_pieces(order(minutes(0, 1), *twins, name_template="{camera}")).pieces
    assert [piece.file_name for piece in pieces] == ["_CON.mp4", "_con (2).mp4", "a-b-c.mp4"]
    assert all(clean_name(piece.file_name) == piece.file_name for piece in pieces)
    (named,) = plan_pieces(
        order(minutes(0, 1), name_template="{date} {operator} {duration}.mp4")
    ).pieces
    assert named.file_name == "2025-10-24 anna 1m00s.mp4"


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown field"):
        plan_pieces(order(minutes(0, 1), name_template="{cam}"))
    with pytest.raises(UsageError, match="nothing to save"):
        plan_pieces(order(minutes(0, 0)))
    window = minutes(0, 3000)
    stretches = [minutes(each, each + 0.5) for each in range(1001)]
    many = {"1": recorded(window, *stretches)}
    with pytest.raises(UsageError, match=r"1,000 files"):
        plan_pieces(order(window, known=many, gaps=GapPolicy.APART))


def test_the_watermark_knows_camera_and_operator() -> None:
    (piece,) = plan_pieces(
        order(minutes(0, 1), watermark=True, watermark_text=" {camera} {operator} {timestamp} ")
    ).pieces
    assert piece.request.watermark is not None
    assert piece.request.watermark.text == "Gate anna {timestamp}"


def test_a_watermark_that_would_be_cut_is_refused_for_whichever_camera() -> None:
    window, long = minutes(0, 1), Camera("3", "Corridor " * 5)
    fitting = order(window, GATE, watermark=True, watermark_text="A" * 185 + "{camera} {timestamp}")
    (piece,) = plan_pieces(
        replace(fitting, choices=replace(fitting.choices, watermark_text="A" * 200))
    ).pieces
    assert piece.request.watermark is not None
    assert len(piece.request.watermark.text) == 200
    with pytest.raises(UsageError, match="201 characters for Gate") as caught:
        plan_pieces(fitting)
    assert "servers take 200" in caught.value.summary
    other = replace(
        fitting, choices=replace(fitting.choices, watermark_text="A" * 160 + "{camera}")
    )
    assert len(plan_pieces(other).pieces) == 1
    with pytest.raises(UsageError, match="205 characters for Corridor"):
        plan_pieces(replace(other, cameras=(GATE, long)))
    known = {"3": Availability("3", window)}
    assert len(plan_pieces(replace(other, cameras=(GATE, long), known=known)).pieces) == 1


def test_an_empty_watermark_is_refused() -> None:
    blank = order(minutes(0, 1), watermark=True, watermark_text="  ")
    with pytest.raises(UsageError, match="no text to burn in"):
        plan_pieces(blank)
    (piece,) = plan_pieces(replace(blank, choices=replace(blank.choices, watermark=False))).pieces
    assert piece.request.watermark is None


@pytest.mark.parametrize("gaps", GapPolicy)
def test_too_many_files_are_refused_with_what_helps(gaps: GapPolicy) -> None:
    window = Span(START_MS, START_MS + 1001 * DAY_MS)
    known = {"1": recorded(window, window)}
    with pytest.raises(UsageError) as caught:
        plan_pieces(order(window, known=known, gaps=gaps))
    assert ("one file for all stretches" in caught.value.hint) is (gaps is GapPolicy.APART)


def test_a_mistyped_year_is_refused_before_its_days_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(save_cuts, "parts_of", pytest.fail)
    with pytest.raises(UsageError, match="more than 1,000 files"):
        plan_pieces(order(Span(-62_135_596_800_000, 253_402_300_799_000)))
