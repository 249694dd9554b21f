"""Choosing footage, on a camera made of plain lists."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span, clip
from rta_viewer.demo.footage.model import AudioFormat, Gop, VideoFormat, VideoUnit
from rta_viewer.demo.packaging.selection import groups, is_reordered, picture_step_ms, select, until
from rta_viewer.errors import Cancelled, NoFootageError

PICTURE_MS = 100
GROUP_MS = 1000


@dataclass
class ListedFootage:
    """Groups on a grid of one second, cut where the recordings are."""

    spans: list[Span]
    audio: AudioFormat | None = None
    video: VideoFormat = field(default_factory=lambda: VideoFormat("H264", 64, 64, ()))

    def recorded(self, window: Span) -> list[Span]:
        return clip(self.spans, window)

    def _groups(self) -> list[Gop]:
        found = []
        for span in self.spans:
            edges = [
                span.start_ms,
                *range(-(-span.start_ms // GROUP_MS) * GROUP_MS, span.end_ms, GROUP_MS),
            ]
            starts = sorted(set(edges))
            for start, end in zip(starts, [*starts[1:], span.end_ms], strict=True):
                units = tuple(
                    VideoUnit(at, at, min(PICTURE_MS, end - at), b"x", at == start)
                    for at in range(start, end, PICTURE_MS)
                )
                found.append(Gop(start, end, units))
        return found

    def gop_at(self, instant_ms: float) -> Gop | None:
        return next((g for g in self._groups() if g.start_ms <= instant_ms < g.end_ms), None)

    def gop_from(self, instant_ms: float) -> Gop | None:
        return self.gop_at(instant_ms) or next(
            (g for g in self._groups() if g.start_ms >= instant_ms), None
        )

    def gop_before(self, instant_ms: float) -> Gop | None:
        return next((g for g in reversed(self._groups()) if g.start_ms < instant_ms), None)

    def audio_units(self, start_ms: float, end_ms: float) -> list[object]:
        return []


recordings = st.lists(
    st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=4
).map(lambda pairs: [Span(start, start + length * PICTURE_MS) for start, length in _starts(pairs)])


def _starts(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    at, found = 0, []
    for pause, length in pairs:
        at += pause * PICTURE_MS
        found.append((at, length))
        at += length * PICTURE_MS
    return found


@given(recordings, st.integers(0, 20_000), st.integers(1, 20_000), st.booleans())
def test_the_file_holds_what_was_recorded_in_the_span(
    spans: list[Span], start: int, length: int, exact_start: bool
) -> None:
    footage, asked = ListedFootage(spans), Span(start, start + length)
    inside = clip(spans, asked)
    if not inside:
        with pytest.raises(NoFootageError):
            select(footage, asked, exact_start=exact_start)
        return
    selection = select(footage, asked, exact_start=exact_start)
    instants = [
        unit.instant_ms
        for segment in selection.segments
        for gop in groups(footage, segment, CancelToken())
        for unit in until(gop.units, segment.end_ms)
    ]
    expected = [
        at
        for span in spans
        for at in range(span.start_ms, span.end_ms, PICTURE_MS)
        if asked.start_ms <= at < asked.end_ms
    ]
    # Decoding begins at the key picture, at most a group earlier.
    assert [at for at in instants if at >= asked.start_ms] == expected
    assert all(asked.start_ms - at <= GROUP_MS for at in instants)
    if exact_start and expected and inside[0].start_ms in expected:
        assert selection.first_ms == expected[0]
    if not exact_start:
        assert selection.first_ms == instants[0]
    ends = [segment.to_file_ms(segment.end_ms) for segment in selection.segments]
    assert [segment.file_ms for segment in selection.segments] == [0.0, *ends[:-1]]


def test_cancelling_stops_before_the_next_group() -> None:
    footage, cancel = ListedFootage([Span(0, 5000)]), CancelToken()
    walk = groups(footage, select(footage, Span(0, 5000), exact_start=False).segments[0], cancel)
    assert next(walk).start_ms == 0
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(walk)


def _unit(instant: int, decode: int, *, reference: bool = True) -> VideoUnit:
    return VideoUnit(instant, decode, 40, b"x", instant == 0, reference)


def test_later_pictures_are_kept_only_when_earlier_ones_refer_to_them() -> None:
    i, p, b1, b2 = _unit(0, -40), _unit(120, 0), _unit(40, 40, reference=False), _unit(80, 80)
    late = _unit(100, 60, reference=False)
    assert until((i, p, b1, b2), 60) == (i, p, b1)
    assert until((i, p, late, b1), 60) == (i, p, b1)
    assert until((i, p, b1, b2), 40) == (i,)
    assert until((i,), 0) == ()
    assert is_reordered(Gop(0, 160, (i, p, b1, b2)))
    assert not is_reordered(Gop(0, 80, (i, b1, b2)))


@pytest.mark.parametrize(
    ("lengths", "step_ms"),
    [
        ([40, 40, 40], 40.0),
        ([80, 120, 80, 120], 40.0),
        ([33.366, 33.367, 66.733], 33.366),
        ([1000, 3000], 1000.0),
        ([90, 120], 30.0),
    ],
)
def test_the_picture_step_fits_all_lengths(lengths: list[float], step_ms: float) -> None:
    instants = [sum(lengths[:number]) for number in range(len(lengths))]
    units = tuple(
        VideoUnit(at, at, length, b"x", at == 0)
        for at, length in zip(instants, lengths, strict=True)
    )
    footage = ListedFootage([Span(0, int(sum(lengths)))])
    footage._groups = lambda: [Gop(0, sum(lengths), units)]  # type: ignore[method-assign]
    selection = select(footage, Span(0, 5000), exact_start=False)
    assert picture_step_ms(footage, selection, CancelToken()) == pytest.approx(step_ms)
