from pathlib import Path

import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.packaging.selection import Segment, Selection
from rta_viewer.demo.packaging.tags import MAX_SEGMENTS, file_tags, utc_text
from rta_viewer.demo.world import World
from tests.helpers.packages import ffprobe, save
from tests.helpers.worlds import camera_named, recorded_span


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi"])
def test_a_file_tells_where_and_when_it_is_from(
    world: World, tmp_path: Path, container: str
) -> None:
    camera = camera_named(world, "Main entrance")
    span = recorded_span(world, camera.camera_id, 20_000)
    asked = Span(span.start_ms + 2520, span.start_ms + 8000)
    path = tmp_path / f"a.{container}"
    save(world, camera.camera_id, asked, path)
    probed = ffprobe(path)
    first = utc_text(span.start_ms + 2000)
    assert probed.statement == {
        "camera": camera.camera_id,
        "cameraName": "Main entrance",
        "askedStart": utc_text(asked.start_ms),
        "askedEnd": utc_text(asked.end_ms),
        "firstPicture": first,
        "segments": [[first, utc_text(asked.end_ms)]],
    }
    stamped = probed.tags.get("creation_time", probed.tags.get("date", ""))
    assert stamped[:19] == first[:19]


def test_thousands_of_stretches_are_bounded() -> None:
    segments = tuple(
        Segment(n * 1000.0, n * 1000.0 + 500, n * 500.0) for n in range(MAX_SEGMENTS + 7)
    )
    tags = file_tags("id", "Näme", Span(0, 10_000_000), Selection(segments))
    assert '"segmentsLeftOut":7' in tags["comment"]
    assert "Näme" in tags["comment"]
