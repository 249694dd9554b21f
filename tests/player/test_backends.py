"""One suite for every player backend: what the engine relies on."""

import threading

import pytest

from rta_viewer.core.ports import MediaRequest
from rta_viewer.player.null_backend import NullBackend
from tests.helpers.coded_video import FIRST_MS, VideoKind, shown_instant

PLAIN = VideoKind(seconds=4)


class Listener:
    def __init__(self):
        self.first = threading.Event()
        self.over = threading.Event()
        self.pictures = []
        self.outcome = ""

    def picture_shown(self, picture):
        self.pictures.append((shown_instant(picture), picture.width, picture.height))
        self.first.set()

    def media_ended(self):
        self.outcome = "ended"
        self.over.set()

    def media_failed(self):
        self.outcome = "failed"
        self.over.set()


@pytest.fixture(params=["null", "vlc"])
def backend(request, vlc):
    made = vlc.backend() if request.param == "vlc" else NullBackend()
    yield made
    made.close()


def test_all_calls_are_allowed_at_any_time(backend, coded_video):
    path = str(coded_video(PLAIN))
    backend.stop()
    backend.set_paused(True)
    backend.set_rate(2)
    backend.play(MediaRequest(path), Listener())
    backend.play(MediaRequest(path, rate=4, paused=True), Listener())
    backend.set_paused(False)
    backend.stop()
    backend.stop()


def test_after_a_stop_nothing_is_reported(backend, coded_video):
    listener = Listener()
    backend.play(MediaRequest(str(coded_video(PLAIN))), listener)
    assert isinstance(backend, NullBackend) or listener.first.wait(20)
    backend.stop()
    known = len(listener.pictures)
    backend.close()
    # One may have been on its way.
    assert len(listener.pictures) <= known + 1
    assert not listener.outcome


def test_it_plays_again_after_a_stop_and_may_be_closed_twice(backend, coded_video):
    path = str(coded_video(PLAIN))
    for _ in range(2):
        listener = Listener()
        backend.play(MediaRequest(path, rate=2), listener)
        assert isinstance(backend, NullBackend) or listener.first.wait(20)
        backend.stop()
    backend.close()
    backend.close()


def test_what_cannot_be_read_is_no_error_of_the_call(backend, tmp_path):
    listener = Listener()
    backend.play(MediaRequest(str(tmp_path / "nothing.mp4"), width=64, height=36), listener)
    backend.set_rate(8)
    backend.stop()
    assert listener.pictures == []


def test_vlc_shows_the_pictures_of_a_file_in_order_at_its_own_size(vlc, coded_video):
    backend, listener = vlc.backend(), Listener()
    backend.play(MediaRequest(str(coded_video(PLAIN)), rate=2, width=640, height=360), listener)
    assert listener.over.wait(20)
    assert listener.outcome == "ended"
    instants = list(dict.fromkeys(instant for instant, _, _ in listener.pictures))
    expected = [FIRST_MS + offset for offset in range(0, 4_000, 40)]
    assert [each for each in expected if each in instants] == instants
    assert len(instants) >= 0.9 * len(expected)
    assert {(width, height) for _, width, height in listener.pictures} == {(640, 360)}
    backend.close()


def test_vlc_reports_nothing_of_a_medium_that_was_replaced(vlc, coded_video):
    backend, old, new = vlc.backend(), Listener(), Listener()
    path = str(coded_video(PLAIN))
    backend.play(MediaRequest(path), old)
    assert old.first.wait(20)
    backend.play(MediaRequest(path), new)
    known = len(old.pictures)
    assert new.first.wait(20)
    assert len(old.pictures) == known
    backend.close()


def test_vlc_says_that_a_file_cannot_be_played(vlc, tmp_path):
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"\x00" * 5_000)
    backend, listener = vlc.backend(), Listener()
    backend.play(MediaRequest(str(path)), listener)
    assert listener.over.wait(20)
    assert listener.pictures == []
    backend.close()


@pytest.mark.parametrize(("width", "height"), [(426, 240), (854, 480), (1920, 1080)])
def test_vlc_keeps_odd_sizes(vlc, coded_video, width, height):
    kind = VideoKind(seconds=1, width=width, height=height)
    backend, listener = vlc.backend(), Listener()
    backend.play(MediaRequest(str(coded_video(kind)), width=width, height=height), listener)
    assert listener.over.wait(20)
    assert {each[1:] for each in listener.pictures} == {(width, height)}
    # A busy machine may drop a picture; what is shown must be a whole picture.
    assert {each[0] for each in listener.pictures} <= {FIRST_MS + at for at in range(0, 1_000, 40)}
    backend.close()
