from datetime import UTC

from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Availability, Recording
from rta_viewer.core.saved_spans import SavedSpan, SavedState
from rta_viewer.core.spans import Span
from rta_viewer.ui.theme.theme import DARK_THEME
from rta_viewer.ui.timeline.bands import BandBook
from rta_viewer.ui.timeline.canvas import TimelineCanvas
from rta_viewer.ui.timeline.legend import Legend
from rta_viewer.ui.timeline.saved_strip import describe_saved
from rta_viewer.ui.timeline.scene import TimelineCamera
from rta_viewer.ui.timeline.segments import answer_of
from tests.helpers.ui_world import HOUR_MS, MINUTE_MS, NOW_MS

WINDOW = Span(NOW_MS - HOUR_MS, NOW_MS)


def saved(from_min: int, to_min: int, state: SavedState, name: str = "a.mp4") -> SavedSpan:
    span = Span(WINDOW.start_ms + from_min * MINUTE_MS, WINDOW.start_ms + to_min * MINUTE_MS)
    return SavedSpan(span, state, JobKind.CLIP, "demo", NOW_MS, name, name)


def test_saved_differing_and_coming_look_different_at_the_foot_of_the_band(qtbot: QtBot) -> None:
    canvas = TimelineCanvas(DARK_THEME, BandBook())
    qtbot.addWidget(canvas)
    canvas.set_cameras([TimelineCamera("a", "Gate")])
    canvas.resize(1348, canvas.sizeHint().height())
    canvas.show_window(WINDOW)
    canvas.set_availability(answer_of(Availability("a", WINDOW, (Recording(WINDOW),))))
    canvas.show()
    pieces = [
        saved(5, 15, SavedState.SAVED),
        saved(25, 35, SavedState.DIFFERS),
        saved(45, 55, SavedState.COMING),
    ]
    canvas.set_saved({"a": tuple(pieces), "b": (saved(0, 60, SavedState.SAVED),)})
    image = canvas.grab().toImage()
    foot = canvas._layout.row(0).bottom() - 1

    def colours(from_min: int, to_min: int) -> set[str]:
        ends = (canvas.band_point(WINDOW.start_ms + m * MINUTE_MS).x() for m in (from_min, to_min))
        first, last = ends
        return {image.pixelColor(x, foot).name() for x in range(first + 4, last - 4)}

    ink = DARK_THEME.colours
    assert colours(5, 15) == {ink.text}
    assert ink.warning in colours(25, 35)
    assert len(colours(25, 35)) > 1
    assert len(colours(45, 55)) > 1
    assert ink.warning not in colours(45, 55)
    assert colours(16, 24) == {ink.recorded}


def test_the_words_name_who_when_and_the_file() -> None:
    spans = [saved(0, 30, SavedState.SAVED, f"{number}.mp4") for number in range(3)]
    text = describe_saved(spans, WINDOW.start_ms, UTC)
    assert text.startswith("Saved by demo, 2025-10-24 10:00: 0.mp4")
    assert text.endswith("and 1 more")
    assert describe_saved(spans, WINDOW.end_ms, UTC) == ""
    long = describe_saved([saved(0, 1, SavedState.COMING, "x" * 200)], WINDOW.start_ms, UTC)
    assert len(long) < 100


def test_the_legend_names_every_look(qtbot: QtBot) -> None:
    legend = Legend(DARK_THEME)
    qtbot.addWidget(legend)
    for word in ("Recorded", "Motion", "Event", "Saved", "No footage", "Not allowed"):
        assert word in legend.accessibleName()
    legend.resize(legend.sizeHint())
    assert not legend.grab().isNull()
