from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Gap,
    Recording,
    RecordingKind,
)
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import TimeScale
from rta_viewer.ui.timeline.bands import Band
from rta_viewer.ui.timeline.segments import Answer, Look, Segment, answer_of

T = 1_761_300_000_000


def answer(window: Span, *recorded: Span, gaps: tuple[Gap, ...] = ()) -> Answer:
    recordings = tuple(
        Recording(part, RecordingKind.CONTINUOUS)
        for span in recorded
        if (part := span.clip(window)) is not None
    )
    return answer_of(Availability("c", window, recordings, gaps))


def everything(band: Band) -> list[Segment]:
    return list(band.segments(Span(0, 10 * T)))


def test_a_recording_cut_at_the_edge_of_two_answers_is_whole_again() -> None:
    band = Band()
    recording = Span(T + 10, T + 30)
    band.merge(answer(Span(T, T + 20), recording))
    band.merge(answer(Span(T + 20, T + 40), recording))
    assert everything(band) == [
        Segment(T, T + 10, Look.GAP),
        Segment(T + 10, T + 30, Look.RECORDED),
        Segment(T + 30, T + 40, Look.GAP),
    ]


def test_a_gap_keeps_the_servers_reason_and_the_rest_is_a_gap_without() -> None:
    band = Band()
    gap = Gap(Span(T + 10, T + 20), "camera_offline")
    band.merge(answer(Span(T, T + 30), Span(T, T + 10), gaps=(gap,)))
    assert everything(band)[1:] == [
        Segment(T + 10, T + 20, Look.GAP, "camera_offline"),
        Segment(T + 20, T + 30, Look.GAP),
    ]


def test_states_without_knowledge_have_their_own_looks() -> None:
    looks = {}
    for state in AvailabilityState:
        band = Band()
        band.merge(answer_of(Availability("c", Span(T, T + 10), state=state)))
        looks[state] = everything(band)[0].look
    assert looks == {
        AvailabilityState.KNOWN: Look.GAP,
        AvailabilityState.NOT_OFFERED: Look.UNKNOWN,
        AvailabilityState.NOT_ALLOWED: Look.NOT_ALLOWED,
        AvailabilityState.NO_ANSWER: Look.NO_ANSWER,
    }


spans = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


@given(st.lists(st.tuples(spans, st.lists(spans, max_size=4)), max_size=8))
def test_the_last_answer_about_an_instant_wins(answers: list[tuple[Span, list[Span]]]) -> None:
    band = Band()
    truth: dict[int, bool] = {}
    for window, recorded in answers:
        band.merge(answer(window, *sorted(recorded)))
        for instant in range(window.start_ms, window.end_ms):
            truth[instant] = any(span.contains(instant) for span in recorded)
    for instant in range(270):
        segment = band.at(instant)
        shown = None if segment is None else segment.look is Look.RECORDED
        assert shown == truth.get(instant)
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(everything(band)))
    missing = {i for span in band.missing(Span(0, 270)) for i in range(span.start_ms, span.end_ms)}
    assert missing == set(range(270)) - truth.keys()


@given(st.lists(spans, max_size=6), st.integers(1, 40), st.integers(1000, 5000))
def test_runs_fill_the_width_and_hide_no_recording(
    recorded: list[Span], width: int, window: int
) -> None:
    band = Band()
    band.merge(answer(Span(0, 240), *sorted(recorded)))
    scale = TimeScale(0, window, width)
    runs = band.runs(scale)
    assert runs[0].x == 0
    assert runs[-1].end_x == width
    assert all(one.end_x == two.x and one.look is not two.look for one, two in pairwise(runs))
    for span in recorded:
        part = span.clip(Span(0, 240))
        if part is not None:
            x = int(scale.x_of(part.start_ms))
            assert any(run.x <= x < run.end_x and run.look is Look.RECORDED for run in runs)


def test_jumping_from_recording_to_recording() -> None:
    band = Band()
    band.merge(answer(Span(T, T + 100), Span(T + 10, T + 20), Span(T + 40, T + 60)))
    assert band.next_recording(T) == T + 10
    assert band.next_recording(T + 10) == T + 40
    assert band.next_recording(T + 40) is None
    assert band.previous_recording(T + 50) == T + 40
    assert band.previous_recording(T + 40) == T + 10
    assert band.previous_recording(T + 10) is None


def test_the_gap_beside_an_instant_is_found() -> None:
    band = Band()
    gap = Gap(Span(T + 20, T + 40), "camera_offline")
    band.merge(answer(Span(T, T + 100), Span(T, T + 20), Span(T + 40, T + 60), gaps=(gap,)))
    for instant, within, reason in ((T + 30, 0, "camera_offline"), (T + 44, 5, "camera_offline")):
        found = band.gap_near(instant, within)
        assert found is not None
        assert found.reason == reason
    assert band.gap_near(T + 50, 5) is None
    assert band.gap_near(5 * T, 5) is None


def test_footage_and_forgetting() -> None:
    band = Band()
    band.merge(answer(Span(T, T + 100), Span(T + 10, T + 20)))
    assert band.footage(Span(T, T + 15)) == 5
    no_answer = AvailabilityState.NO_ANSWER
    band.merge(answer_of(Availability("c", Span(T + 50, T + 60), state=no_answer)))
    band.forget(Look.NO_ANSWER)
    assert band.missing(Span(T, T + 100)) == [Span(T + 50, T + 60)]
