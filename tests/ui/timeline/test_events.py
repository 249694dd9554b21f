import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import RecordingEvent
from rta_viewer.core.spans import Span
from rta_viewer.core.timescale import TimeScale
from rta_viewer.ui.timeline.events import EventBand

T = 1_761_300_000_000


def event(start: int, length: int = 5, kind: str = "motion") -> RecordingEvent:
    return RecordingEvent(f"e{start}", kind, Span(T + start, T + start + length))


def test_the_last_answer_about_a_window_wins() -> None:
    band = EventBand()
    band.merge(Span(T, T + 100), [event(10), event(90)])
    band.merge(Span(T + 50, T + 150), [event(120), event(60), event(200)])
    starts = [band.next_start(T + at) for at in (0, 10, 60, 120)]
    assert starts == [T + 10, T + 60, T + 120, None]
    assert band.previous_start(T + 60) == T + 10
    assert band.previous_start(T + 10) is None
    assert band.missing(Span(T, T + 200)) == [Span(T + 150, T + 200)]


def test_the_nearest_event_is_found_and_one_that_lasts() -> None:
    band = EventBand()
    band.merge(Span(T, T + 1000), [event(100), event(110), event(500, 300)])
    for at, within, wanted in ((103, 20, 100), (107, 20, 110), (700, 5, 500)):
        found = band.around(T + at, within)
        assert found is not None
        assert found.span.start_ms == T + wanted
    assert band.around(T + 900, 5) is None
    assert band.around(T - 900, 5) is None


@given(st.lists(st.integers(0, 3000), max_size=30), st.integers(1, 300), st.integers(1000, 4000))
def test_each_pixel_with_an_event_is_named_once(starts: list[int], width: int, window: int) -> None:
    band = EventBand()
    band.merge(Span(T, T + 4000), map(event, starts))
    scale = TimeScale(T + 500, window, width)
    inside = [at for at in starts if 500 <= at < 500 + window]
    wanted = sorted({int((at - 500) * (width / window)) for at in inside})
    assert np.array_equal(band.pixels(scale, width), wanted)
