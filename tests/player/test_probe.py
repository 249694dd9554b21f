import threading
import time

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.errors import Cancelled, NoFootageError
from rta_viewer.media.file_source import FileReplaySource
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.player import probe as probing
from rta_viewer.player.engine import EngineParts
from rta_viewer.player.probe import ProbeRequest, probe
from tests.helpers.coded_video import FIRST_MS, VideoKind

PLAIN = VideoKind(seconds=40)


@pytest.fixture
def parts(vlc, coded_video):
    source = FileReplaySource(coded_video(PLAIN), FIRST_MS)
    return EngineParts("cam", source, vlc.backend, GopCache(), lambda: FIRST_MS + 10**8)


def test_it_reports_what_is_there(parts, tmp_path):
    shot = tmp_path / "shot.png"
    request = ProbeRequest(FIRST_MS + 3_333, speed=4, seconds=1.5, snapshot=shot)
    report = probe(parts, request, cancel=CancelToken())
    assert report.first_picture_at_ms == pytest.approx(FIRST_MS + 3_320, abs=1)
    assert report.speed_effective == pytest.approx(4, rel=0.05)
    assert (report.codec, report.width, report.height) == ("H264", 640, 360)
    assert report.key_frame_distance_s == pytest.approx(2.0)
    assert report.lost == 0
    assert shot.stat().st_size > 1_000


def test_a_time_without_footage(parts):
    with pytest.raises(NoFootageError):
        probe(parts, ProbeRequest(FIRST_MS + 10**7), cancel=CancelToken())


def test_it_can_be_cancelled(parts):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        probe(parts, ProbeRequest(FIRST_MS + 1_000, seconds=60), cancel=cancel)


class MendedClock:
    """An engine at speed 1 that finds out after a while that its clock was half a second behind."""

    def __init__(self, watcher):
        self._began_s = time.monotonic()
        self._mended_ms = 0
        self._watcher = watcher
        self._timer = threading.Timer(1.2, self._mend)
        self._timer.start()

    def _mend(self):
        self._mended_ms = 500
        playing = PlaybackStatus(PlaybackState.PLAYING, speed_effective=1.0)
        self._watcher.status_changed(playing)

    def position_ms(self):
        return (time.monotonic() - self._began_s) * 1000 + self._mended_ms

    def close(self):
        self._timer.join()


def test_a_clock_that_is_mended_late_is_not_taken_for_speed():
    watcher = probing._Watcher()
    watcher.status_changed(PlaybackStatus(PlaybackState.PLAYING))
    engine = MendedClock(watcher)
    speed = probing._measure_speed(engine, watcher, 1.0, CancelToken(), lambda _: None)
    engine.close()
    assert speed == pytest.approx(1.0, rel=0.05)
