"""Seeks leave nothing behind: no memory, thread, file, player, decoder or buffer."""

import json
import subprocess
import sys

import pytest

from tests.helpers.coded_video import VideoKind

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
