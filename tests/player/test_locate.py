"""Previews while dragging: something at once, then the asked picture, unless the operator has dragged on."""

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, NoFootageError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player.locate import Locator, PreviewShows, Window
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant

PLAIN = VideoKind(seconds=12)


class Preview:
    """Previews of one camera, and what they showed."""

    def __init__(self, path):
        self.cache = GopCache()
        self.locator = Locator("cam", FileReplaySource(path, FIRST_MS), self.cache)
        self.superseded = CancelToken()

        self._shown = []
        self._superseded_by = None
        self.marked = []

    def near(self, picture):
        self.exact(picture)
        self.marked.append(self._shown[-1])

    def exact(self, picture):
        assert picture.instant_ms == pytest.approx(shown_instant(picture), abs=0.5)
        self._shown.append(shown_instant(picture) - FIRST_MS)
        if len(self._shown) == self._superseded_by:
            self.superseded.cancel()

    def at(self, offset_ms, *, superseded_by=None):
        """Offsets of the pictures shown; superseded once so many were."""
        self._shown, self.marked = [], []
        self._superseded_by = superseded_by
        window = Window(FIRST_MS + offset_ms, FIRST_MS + 10**6)
        try:
            self.locator.preview(
                window, CancelToken(), self.superseded, PreviewShows(self.near, self.exact)
            )
        except Cancelled:
            assert self.superseded.cancelled
        self.superseded = CancelToken()
        return self._shown


@pytest.fixture
def preview(coded_video):
    return Preview(coded_video(PLAIN))


def test_the_key_picture_comes_first_and_then_the_asked_one(preview):
    assert preview.at(3_333) == [2_000, 3_320]
    assert preview.marked == [2_000]


def test_the_key_picture_itself_comes_once_or_twice_the_same(preview):
    assert set(preview.at(4_010)) == {4_000}


def test_dragging_on_leaves_it_at_the_key_picture_and_keeps_what_was_fetched(preview):
    assert preview.at(3_333, superseded_by=1) == [2_000]
    assert preview.cache.find("cam", FIRST_MS + 2_000) is not None
    assert preview.at(3_333) == [2_000, 3_320]


def test_what_is_superseded_from_the_start_still_shows_something(preview):
    preview.superseded.cancel()
    assert preview.at(3_333) == [2_000]
    preview.at(3_600)
    preview.superseded.cancel()
    assert preview.at(5_000) == [4_000]


def test_in_a_known_group_the_nearest_picture_comes_first(preview):
    preview.at(3_600)
    assert preview.at(3_640) == [3_640]  # the next one is decoded at once
    assert preview.at(3_200) == [3_200]  # still remembered
    assert preview.at(5_900) == [4_000, 5_880]
    assert preview.at(4_400) == [4_400]


def test_cached_groups_ask_the_source_nothing(preview):
    preview.at(3_900)
    asked = []
    preview.locator._source.open = lambda *_args, **_options: asked.append(1)
    assert preview.at(2_500)[-1] == 2_480
    assert preview.at(2_100)[-1] == 2_080
    assert not asked


def test_before_the_first_recording_its_first_picture_is_shown(preview):
    assert preview.at(-5_000) == [0]


def test_after_the_last_recording_there_is_nothing(preview):
    with pytest.raises(NoFootageError):
        preview.at(60_000)
