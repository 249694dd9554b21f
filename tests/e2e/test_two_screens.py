"""Screens of different scale: what is shown is drawn for the one that it is on."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import play_in
from tests.helpers.display import SCALES, two_screens

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="needs a virtual desktop of two screens"),
]


@pytest.fixture(scope="module")
def desktop() -> Iterator[dict[str, str]]:
    with two_screens() as env:
        yield env


def test_a_window_is_sharp_and_whole_on_each_screen(
    desktop: dict[str, str], tmp_path: Path
) -> None:
    saw = play_in(desktop, tmp_path, "two_screens", "demo")
    assert saw["screens"] == SCALES
    assert [there["name"] for there in saw["saw"]] == ["right", "left", "right"]
    for there in saw["saw"]:
        scale = SCALES[there["name"]]
        assert there["scale"] == scale
        assert there["size"] == [1500, 850]
        assert there["picture_px"] == scale
        # Drawn for the other screen it would be off by 12 levels and more.
        assert there["icon_off"] < 4
        assert there["dialogs"] == [[1040, 700], [620, 620]]
