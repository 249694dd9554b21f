"""Joining without re-encoding: what a player shows at each time is what was recorded then."""

import itertools
from pathlib import Path

import av
import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.world import World
from rta_viewer.errors import UsageError
from tests.demo.packaging.conftest import FILES_START_MS
from tests.helpers.packages import ffprobe, save, shown, top_level_boxes
from tests.helpers.worlds import camera_named, recorded_span

CONTAINERS = ["mp4", "mkv", "avi"]


def _between_key_pictures(world: World, camera_id: str) -> Span:
    span = recorded_span(world, camera_id, 20_000)
    return Span(span.start_ms + 3400, span.start_ms + 9000)


@pytest.mark.parametrize("container", CONTAINERS)
def test_each_picture_stands_at_its_time(world: World, tmp_path: Path, container: str) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    span = _between_key_pictures(world, camera_id)
    path = tmp_path / f"a.{container}"
    save(world, camera_id, span, path)
    pictures = shown(path)
    first = pictures[0][1]
    assert first == span.start_ms - 1400  # the key picture before, two seconds apart
    assert pictures[-1][1] == span.end_ms - 40
    assert len(pictures) == (span.end_ms - first) // 40
    for file_ms, instant in pictures:
        assert file_ms == pytest.approx(instant - first, abs=0.6)
    assert ffprobe(path).duration_s * 1000 == pytest.approx(span.end_ms - first, abs=1)


def test_the_pictures_are_the_recorded_bytes(world: World, tmp_path: Path) -> None:
    """AVI keeps the byte stream as it is, so the recording can be found in the file."""
    camera_id = camera_named(world, "Main entrance").camera_id
    span = recorded_span(world, camera_id, 4000)
    save(world, camera_id, span, tmp_path / "a.avi")
    data = (tmp_path / "a.avi").read_bytes()
    gop = world.footage(camera_id).gop_at(span.start_ms)
    assert gop
    assert all(unit.data in data for unit in gop.units)


def test_an_mp4_plays_while_it_is_fetched(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Main entrance").camera_id
    save(world, camera_id, recorded_span(world, camera_id, 4000), tmp_path / "a.mp4")
    boxes = top_level_boxes(tmp_path / "a.mp4")
    assert boxes.index("moov") < boxes.index("mdat")
    assert "moof" not in boxes
    assert boxes[0] == "ftyp"
    assert ffprobe(tmp_path / "a.mp4").tags["major_brand"] == "isom"


@pytest.mark.parametrize(
    ("name", "codec", "tag"),
    [("Main entrance", "h264", "avc1"), ("Ticket hall", "hevc", "hvc1")],
)
def test_codec_tags_that_common_players_know(
    world: World, tmp_path: Path, name: str, codec: str, tag: str
) -> None:
    camera = camera_named(world, name)
    span = recorded_span(world, camera.camera_id, 4000)
    save(world, camera.camera_id, span, tmp_path / "a.mp4")
    video = ffprobe(tmp_path / "a.mp4").video
    assert (video["codec_name"], video["codec_tag_string"]) == (codec, tag)
    assert len(shown(tmp_path / "a.mp4")) == 4 * camera.fps


@pytest.mark.parametrize("container", ["mp4", "mkv"])
def test_parameter_sets_are_only_in_the_header(
    world: World, tmp_path: Path, container: str
) -> None:
    for name in ("Main entrance", "Ticket hall"):
        camera_id = camera_named(world, name).camera_id
        path = tmp_path / f"a.{container}"
        save(world, camera_id, recorded_span(world, camera_id, 6000), path)
        data = path.read_bytes()
        for parameter_set in world.footage(camera_id).video.parameter_sets:
            assert data.count(parameter_set) == 1


def test_h265_in_mkv_and_not_in_avi(world: World, tmp_path: Path) -> None:
    camera = camera_named(world, "Ticket hall")
    camera_id = camera.camera_id
    span = recorded_span(world, camera_id, 4000)
    save(world, camera_id, span, tmp_path / "a.mkv")
    assert shown(tmp_path / "a.mkv")[-1][1] == span.end_ms - round(1000 / camera.fps)
    with pytest.raises(UsageError, match="AVI cannot hold"):
        save(world, camera_id, span, tmp_path / "a.avi")
    assert not (tmp_path / "a.avi").exists()


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_varying_picture_rate_is_kept(world: World, tmp_path: Path, container: str) -> None:
    camera_id = camera_named(world, "Canteen").camera_id
    span = recorded_span(world, camera_id, 6000)
    path = tmp_path / f"a.{container}"
    save(world, camera_id, span, path)
    pictures = shown(path)
    steps = {later[1] - earlier[1] for earlier, later in itertools.pairwise(pictures)}
    assert len(steps) > 1
    for file_ms, instant in pictures:
        assert file_ms == pytest.approx(instant - pictures[0][1], abs=0.6)


@pytest.mark.parametrize("container", CONTAINERS)
def test_gaps_are_closed_up(
    world: World, tmp_path: Path, gap_span: tuple[str, Span, Span], container: str
) -> None:
    camera_id, asked, gap = gap_span
    path = tmp_path / f"a.{container}"
    save(world, camera_id, asked, path)
    pictures = shown(path)
    first = pictures[0][1]
    assert not any(gap.contains(instant) for _, instant in pictures)
    assert {instant < gap.start_ms for _, instant in pictures} == {True, False}
    for file_ms, instant in pictures:
        skipped = gap.duration_ms if instant >= gap.end_ms else 0
        assert file_ms == pytest.approx(instant - first - skipped, abs=0.6)
    expected = (asked.end_ms - first - gap.duration_ms) / 1000
    probed = ffprobe(path)
    assert probed.duration_s == pytest.approx(expected, abs=0.09 if container == "avi" else 0.002)
    assert len(probed.statement["segments"]) == 2


@pytest.mark.parametrize("container", CONTAINERS)
def test_sound_goes_along_when_asked(world: World, tmp_path: Path, container: str) -> None:
    camera_id = camera_named(world, "Reception desk").camera_id
    span = recorded_span(world, camera_id, 8000)
    path = tmp_path / f"a.{container}"
    save(world, camera_id, span, path, include_audio=True)
    probed = ffprobe(path)
    assert probed.audio is not None
    assert (probed.audio["codec_name"], probed.audio["sample_rate"]) == ("aac", "16000")
    assert probed.duration_s == pytest.approx(8.0, abs=0.07)
    save(world, camera_id, span, path, include_audio=False)
    assert ffprobe(path).audio is None


def _packet_times_s(path: Path, kind: str) -> list[float]:
    with av.open(str(path)) as container:
        return [
            float(packet.pts * packet.time_base)
            for packet in container.demux(**{kind: 0})
            if packet.pts is not None and packet.size
        ]


def test_sound_stays_with_the_pictures_after_a_gap(world: World, tmp_path: Path) -> None:
    camera_id = camera_named(world, "Reception desk").camera_id
    span = recorded_span(world, camera_id, 30_000, back_ms=3_600_000)
    hole = Span(span.start_ms + 5010, span.start_ms + 20_030)
    world.add_gap(camera_id, hole, "manual_deletion")
    save(world, camera_id, span, tmp_path / "a.mp4", include_audio=True)
    seen, heard = (_packet_times_s(tmp_path / "a.mp4", kind) for kind in ("video", "audio"))
    assert max(seen) == pytest.approx(14.96, abs=0.08)
    assert max(heard) == pytest.approx(15.0, abs=0.13)
    steps = [later - earlier for earlier, later in itertools.pairwise(heard)]
    assert min(steps) > 0.06  # nothing overlaps where the stretches meet
    assert max(steps) < 0.2


@pytest.mark.parametrize("name", ["b-frames", "open h265"])
@pytest.mark.parametrize("end_ms", [5970, 6080, 6160])
def test_b_frames_end_on_time_in_mp4(
    files_world: World, source: tuple[Path, int], tmp_path: Path, name: str, end_ms: int
) -> None:
    """Pictures after the end that earlier ones refer to are in the file, and not shown."""
    camera_id = camera_named(files_world, name).camera_id
    span = Span(FILES_START_MS + 3400, FILES_START_MS + end_ms)
    save(files_world, camera_id, span, tmp_path / "a.mp4")
    pictures = shown(tmp_path / "a.mp4")
    offset = source[1] - FILES_START_MS
    recorded = [offset + FILES_START_MS + 40 * number for number in range(50, -(-end_ms // 40))]
    assert [instant for _, instant in pictures] == recorded
    for file_ms, instant in pictures:
        assert file_ms == pytest.approx(instant - recorded[0], abs=0.6)
    assert ffprobe(tmp_path / "a.mp4").duration_s == pytest.approx((end_ms - 2000) / 1000)


@pytest.mark.parametrize("name", ["b-frames", "open h265"])
def test_b_frames_in_mkv_lose_nothing(
    files_world: World, source: tuple[Path, int], tmp_path: Path, name: str
) -> None:
    camera_id = camera_named(files_world, name).camera_id
    span = Span(FILES_START_MS + 3400, FILES_START_MS + 6080)
    save(files_world, camera_id, span, tmp_path / "a.mkv")
    instants = [instant - source[1] for _, instant in shown(tmp_path / "a.mkv")]
    assert instants[:102] == list(range(2000, 6080, 40))
    assert all(6080 <= late < 6240 for late in instants[102:])


def test_b_frames_are_refused_in_avi(files_world: World, tmp_path: Path) -> None:
    camera_id = camera_named(files_world, "b-frames").camera_id
    span = Span(FILES_START_MS, FILES_START_MS + 4000)
    with pytest.raises(UsageError, match="B-frames"):
        save(files_world, camera_id, span, tmp_path / "a.avi")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("container", CONTAINERS)
def test_ntsc_rates_do_not_drift(files_world: World, tmp_path: Path, container: str) -> None:
    camera_id = camera_named(files_world, "ntsc").camera_id
    span = Span(FILES_START_MS, FILES_START_MS + 6000)
    path = tmp_path / f"a.{container}"
    save(files_world, camera_id, span, path)
    probed = ffprobe(path)
    assert (probed.video["width"], probed.video["height"]) == (854, 480)
    pictures = shown(path)
    assert len(pictures) == 180
    for number, (file_ms, _) in enumerate(pictures):
        assert file_ms == pytest.approx(number * 1001 / 30, abs=0.6)
