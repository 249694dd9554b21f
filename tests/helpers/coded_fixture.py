"""The fixture that makes each kind of coded video once a session. Conftests import it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.coded_video import VideoKind, make_video


@pytest.fixture(scope="session")
def coded_video(tmp_path_factory: pytest.TempPathFactory) -> Callable[[VideoKind], Path]:
    """``coded_video(kind)`` is the path of a video of this kind."""
    made: dict[VideoKind, Path] = {}
    folder = tmp_path_factory.mktemp("coded")

    def get(kind: VideoKind) -> Path:
        if kind not in made:
            made[kind] = make_video(folder / f"{len(made)}.mp4", kind)
        return made[kind]

    return get
