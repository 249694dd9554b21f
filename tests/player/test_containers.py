"""Saved files come in several containers; each is played from the asked picture on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rta_viewer.core.playback import PlaybackState
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video

PICTURE_MS = 40
PLAIN = VideoKind(seconds=8, width=320, height=192)
B_FRAMES = VideoKind(seconds=8, width=320, height=192, b_frames=2)
MJPEG = VideoKind(seconds=8, width=320, height=192, codec="mjpeg")


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [("mkv", B_FRAMES), ("ts", B_FRAMES), ("avi", PLAIN), ("avi", MJPEG)],
    ids=["mkv", "ts", "avi", "avi-mjpeg"],
)
def test_seek_play_and_step(
    play: Callable[..., object], tmp_path: Path, suffix: str, kind: VideoKind
) -> None:
    engine, watch = play(make_video(tmp_path / f"clip.{suffix}", kind))  # type: ignore[misc]
    engine.seek(FIRST_MS + 3_333, playing=False)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait_read(FIRST_MS + 3_320)
    engine.step(-1)
    watch.wait_read(FIRST_MS + 3_280)
    watch.forget()
    engine.seek(FIRST_MS + 4_400, playing=True)
    watch.wait_pictures(12)
    assert watch.shown[0].read_ms == FIRST_MS + 4_400
    assert watch.shown[-1].read_ms > FIRST_MS + 4_400
    engine.step(1)
    watch.wait_state(PlaybackState.PAUSED)
    watch.wait(lambda seen: seen.shown[-1].read_ms == round(engine.position_ms() or 0))
