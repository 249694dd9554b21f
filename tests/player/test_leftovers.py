"""Seeks leave nothing behind: no memory, thread, file, player, decoder or buffer."""

import gc
import json
import queue
import subprocess
import sys
import threading
import weakref

import pytest

from rta_viewer.core.playback import PlaybackState
from rta_viewer.player import vlc_backend
from tests.helpers.coded_video import FIRST_MS, VideoKind
from tests.helpers.engines import EngineWatch

MOST_MIB = 20
"""A picture in memory is 0.9 MiB: one that stayed of every third seek would be more."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_sixty_seeks_leave_nothing_behind(coded_video):
    path = coded_video(VideoKind(seconds=4))
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.seeking_main", str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    left = json.loads(done.stdout)
    assert left["objects"] == {}
    assert left["threads"] <= 0
    assert left["files"] <= 0
    assert left["mib"] < MOST_MIB


class Rememberer(EngineWatch):
    """Knows the memory of the pictures that libVLC rendered, without keeping it alive."""

    def __init__(self):
        super().__init__()
        self.memory = []

    def picture_shown(self, picture):
        if picture.instant_ms is None:
            view = picture.data.obj
            self.memory += [weakref.ref(view), weakref.ref(view.base)]
        super().picture_shown(picture)


def test_nothing_of_what_played_is_kept_while_it_is_paused(play, vlc, coded_video):
    gc.disable()
    try:
        engine, watch = play(coded_video(VideoKind(seconds=4)), watch=Rememberer())
        engine.seek(FIRST_MS, playing=True)
        # Long enough for all that looks at the screen now and then.
        watch.wait(lambda seen: len([one for one in seen.shown if one.said_ms is None]) > 30)
        engine.seek(FIRST_MS + 1_000, playing=False)
        watch.wait_state(PlaybackState.PAUSED)
        assert vlc.flush(20)
        assert len(watch.memory) > 30
        assert [memory() for memory in watch.memory if memory() is not None] == []
    finally:
        gc.enable()


def test_what_is_freed_soon_after_closing_is_given_back_too(vlc, monkeypatch):
    given = queue.SimpleQueue()
    monkeypatch.setattr(vlc_backend, "_SETTLED_S", 0.01)
    monkeypatch.setattr(
        vlc_backend, "give_back", lambda: given.put(threading.current_thread().name)
    )
    vlc.backend().close()
    assert given.get(timeout=20) == "media-teardown"
