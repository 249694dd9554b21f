"""Decoding and encoding again: exact start, every container, smaller files, marks that change with time."""

from pathlib import Path

import av
import numpy as np
import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World
from tests.demo.packaging.conftest import FILES_START_MS
from tests.helpers.packages import ffprobe, save, shown, top_level_boxes
from tests.helpers.worlds import camera_named, recorded_span


def _grays(path: Path) -> list[np.ndarray]:  # type: ignore[type-arg]
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi"])
@pytest.mark.parametrize("name", ["Main entrance", "Ticket hall"])
def test_the_first_picture_is_the_asked_one(
    world: World, tmp_path: Path, name: str, container: str
) -> None:
    camera = camera_named(world, name)
    camera_id, step_ms = camera.camera_id, round(1000 / camera.fps)
    span = recorded_span(world, camera_id, 20_000)
    asked = Span(span.start_ms + 3440, span.start_ms + 6000)
    path = tmp_path / f"a.{container}"
    save(world, camera_id, asked, path, quality="medium")
    pictures = shown(path)
    assert [instant for _, instant in pictures] == list(
        range(asked.start_ms, asked.end_ms, step_ms)
    )
    for file_ms, instant in pictures:
        assert file_ms == pytest.approx(instant - asked.start_ms, abs=0.6)
    probed = ffprobe(path)
    assert probed.video["codec_name"] == "h264"
    assert probed.duration_s == pytest.approx(2.56, abs=0.002)
    assert probed.statement["firstPicture"] == probed.statement["askedStart"]


def test_a_start_between_two_pictures_begins_with_the_next(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 10_000)
    asked = Span(span.start_ms + 2001, span.start_ms + 4000)
    save(world, camera_id, asked, tmp_path / "a.mp4", quality="low")
    assert shown(tmp_path / "a.mp4")[0][1] == span.start_ms + 2040


def test_a_span_inside_one_picture_shows_that_picture(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Warehouse aisle 3").camera_id
    span = recorded_span(world, camera_id, 4000)
    asked = Span(span.start_ms + 1010, span.start_ms + 1050)
    save(world, camera_id, asked, tmp_path / "a.mp4", quality="low")
    assert [instant for _, instant in shown(tmp_path / "a.mp4")] == [span.start_ms + 1000]


def test_quality_decides_about_size(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Loading dock").camera_id
    span = recorded_span(world, camera_id, 2000)
    sizes, widths = [], []
    for quality in ("low", "medium", "high"):
        path = tmp_path / f"{quality}.mp4"
        save(world, camera_id, span, path, quality=quality)
        assert shown(path)[0][1] == span.start_ms
        sizes.append(path.stat().st_size)
        widths.append((ffprobe(path).video["width"], ffprobe(path).video["height"]))
    assert sizes[0] < sizes[1] < sizes[2]
    assert widths == [(640, 360), (1280, 720), (1280, 720)]


def test_a_reencoded_mp4_suits_every_player(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Ticket hall").camera_id
    path = tmp_path / "a.mp4"
    save(world, camera_id, recorded_span(world, camera_id, 5000), path, quality="high")
    boxes = top_level_boxes(path)
    assert boxes.index("moov") < boxes.index("mdat")
    video = ffprobe(path).video
    assert (video["codec_tag_string"], video["pix_fmt"], video["has_b_frames"]) == (
        "avc1",
        "yuv420p",
        0,
    )
    with av.open(str(path)) as container:
        keys = [
            float((packet.pts or 0) * packet.time_base)
            for packet in container.demux(video=0)
            if packet.is_keyframe and packet.size
        ]
    assert keys == pytest.approx([0.0, 2.0, 4.0])


def test_sound_goes_along(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Reception desk").camera_id
    span = recorded_span(world, camera_id, 6000)
    save(world, camera_id, span, tmp_path / "a.mp4", quality="low", include_audio=True)
    audio = ffprobe(tmp_path / "a.mp4").audio
    assert audio is not None
    assert float(audio["duration"]) == pytest.approx(6.0, abs=0.13)


def test_a_watermark_changes_the_top_right_and_nothing_else(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 2000)
    save(world, camera_id, span, tmp_path / "plain.mp4")
    save(world, camera_id, span, tmp_path / "marked.mp4", watermark="RTA {timestamp}")
    for plain, marked in zip(
        _grays(tmp_path / "plain.mp4"), _grays(tmp_path / "marked.mp4"), strict=True
    ):
        difference = np.abs(plain.astype(int) - marked.astype(int))
        assert difference[:22, -300:].mean() > 30
        assert difference[60:].mean() < 3
        assert difference[:, :150].mean() < 3
    assert len(shown(tmp_path / "marked.mp4")) == 50


def test_the_timestamp_in_a_watermark_runs(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 2000)
    save(world, camera_id, span, tmp_path / "still.mp4", watermark="RTA CCTV")
    save(world, camera_id, span, tmp_path / "runs.mp4", watermark="RTA {timestamp}")
    changes = {}
    for name in ("still", "runs"):
        pictures = _grays(tmp_path / f"{name}.mp4")
        first, later = pictures[0].astype(int), pictures[25].astype(int)
        changes[name] = np.abs(first - later)[:22, -160:].max()
    assert changes["still"] < 60
    assert changes["runs"] > 120


def test_gaps_are_closed_up(world: World, tmp_path: Path, gap_span: tuple[str, Span, Span]) -> None:
    camera_id, asked, gap = gap_span
    save(world, camera_id, asked, tmp_path / "a.mp4", quality="low")
    pictures = shown(tmp_path / "a.mp4")
    first = pictures[0][1]
    assert 0 <= first - asked.start_ms < 80
    for file_ms, instant in pictures:
        skipped = gap.duration_ms if instant >= gap.end_ms else 0
        assert file_ms == pytest.approx(instant - first - skipped, abs=0.6)


@pytest.mark.parametrize("name", ["b-frames", "open h265"])
@pytest.mark.parametrize("container", ["mp4", "avi"])
def test_b_frames_start_and_end_exactly(
    files_world: World, source: tuple[Path, int], tmp_path: Path, name: str, container: str
) -> None:
    camera_id = camera_named(files_world, name).camera_id
    path = tmp_path / f"a.{container}"
    span = Span(FILES_START_MS + 3400, FILES_START_MS + 6080)
    save(files_world, camera_id, span, path, quality="medium")
    assert [instant - source[1] for _, instant in shown(path)] == list(range(3400, 6080, 40))
