from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import Availability, Gap, Recording, RecordingKind
from rta_viewer.core.spans import Span
from rta_viewer.ui.timeline.segments import FOOTAGE, Look, Segment, answer_of

WINDOW = Span(0, 100)


def segments(recordings: list[Recording], gaps: list[Gap]) -> tuple[Segment, ...]:
    return answer_of(Availability("c", WINDOW, tuple(recordings), tuple(gaps))).segments


def test_recordings_win_over_gaps_and_the_first_of_two_wins() -> None:
    recordings = [
        Recording(Span(40, 60), RecordingKind.MOTION),
        Recording(Span(50, 70), RecordingKind.CONTINUOUS),
    ]
    gaps = [Gap(Span(0, 45), "disk_full"), Gap(Span(20, 80), "camera_offline")]
    assert segments(recordings, gaps) == (
        Segment(0, 40, Look.GAP, "disk_full"),
        Segment(40, 60, Look.MOTION),
        Segment(60, 70, Look.RECORDED),
        Segment(70, 80, Look.GAP, "camera_offline"),
        Segment(80, 100, Look.GAP),
    )


def test_what_touches_and_looks_alike_is_one() -> None:
    recordings = [Recording(Span(at, at + 10)) for at in range(0, 100, 10)]
    assert segments(recordings, []) == (Segment(0, 100, Look.RECORDED),)


pieces = st.tuples(st.integers(-20, 120), st.integers(0, 60)).map(
    lambda pair: Span(pair[0] + 20, pair[0] + 20 + pair[1])
)
SHIFTED = Span(20, 120)


@given(st.lists(pieces, max_size=6), st.lists(pieces, max_size=6))
def test_the_window_is_filled_whatever_a_server_says(
    recorded: list[Span], named: list[Span]
) -> None:
    recordings = tuple(Recording(span) for span in recorded)
    gaps = tuple(Gap(span, f"reason {index}") for index, span in enumerate(named))
    found = answer_of(Availability("c", SHIFTED, recordings, gaps)).segments
    assert [found[0].start_ms, found[-1].end_ms] == [SHIFTED.start_ms, SHIFTED.end_ms]
    assert [one.end_ms for one in found[:-1]] == [two.start_ms for two in found[1:]]
    for segment in found:
        for instant in range(segment.start_ms, segment.end_ms):
            inside = any(span.contains(instant) for span in recorded)
            assert (segment.look in FOOTAGE) == inside
            if not inside:
                explained = [
                    f"reason {n}" for n, span in enumerate(named) if span.contains(instant)
                ]
                assert segment.reason in (explained or [""])
