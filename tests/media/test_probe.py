"""Files by FFmpeg's own program, whole and damaged."""

import subprocess
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.timetext import parse_instant
from rta_viewer.errors import Cancelled, MediaError, StorageError
from rta_viewer.media.probe import MediaFileInfo, probe_file

SECONDS = 6


def _ffmpeg(*options: str | Path) -> None:
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, options)], check=True, timeout=60
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("probe")


@pytest.fixture(scope="module")
def h264(folder: Path) -> Path:
    """Six seconds, 25 pictures a second, key pictures each second but one, B-frames, sound."""
    path = folder / "h264.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=s=320x180:r=25:d={SECONDS}"),
        *("-f", "lavfi", "-i", f"sine=r=16000:d={SECONDS}"),
        *("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-pix_fmt", "yuv420p"),
        *("-x264-params", "keyint=250:scenecut=0", "-force_key_frames", "0,1,2,4"),
        *("-c:a", "aac", "-shortest", "-metadata", "creation_time=2025-10-24T10:00:00Z"),
        *("-movflags", "+faststart"),
        path,
    )
    return path


def _remux(source: Path, name: str, *options: str) -> Path:
    target = source.with_name(name)
    _ffmpeg("-i", source, "-c", "copy", *options, target)
    return target


def _check(info: MediaFileInfo, container: str) -> None:
    assert info.container == container
    assert (info.video_codec, info.audio_codec) == ("H264", "AAC")
    assert (info.width, info.height) == (320, 180)
    assert info.picture_count == 25 * SECONDS
    assert info.key_picture_count == 4
    assert info.duration_s == pytest.approx(SECONDS, abs=0.002)
    assert info.last_presentation_s - info.first_presentation_s == pytest.approx(
        SECONDS - 0.04, abs=0.002
    )
    assert info.key_distance_max_s == pytest.approx(2, abs=0.002)
    assert info.key_distance_median_s == pytest.approx(1, abs=0.002)
    assert info.decodes


def test_an_mp4_with_everything(h264: Path) -> None:
    info = probe_file(h264)
    _check(info, "mp4")
    assert info.size_bytes == h264.stat().st_size
    assert info.first_presentation_s == 0
    assert info.creation_time_ms == parse_instant("2025-10-24T10:00:00Z")
    assert info.is_faststart
    assert not info.is_fragmented


@pytest.mark.parametrize(
    ("name", "options", "faststart", "fragmented"),
    [
        ("late.mp4", (), False, False),
        ("fragments.mp4", ("-movflags", "frag_keyframe+empty_moov"), True, True),
        ("other.mov", ("-movflags", "+faststart"), True, False),
    ],
)
def test_where_the_index_is(
    h264: Path, name: str, options: tuple[str, ...], faststart: bool, fragmented: bool
) -> None:
    info = probe_file(_remux(h264, name, *options))
    _check(info, "mp4")
    assert (info.is_faststart, info.is_fragmented) == (faststart, fragmented)


@pytest.mark.parametrize(("name", "container"), [("a.mkv", "mkv"), ("a.ts", "ts")])
def test_other_containers(h264: Path, name: str, container: str) -> None:
    _check(probe_file(_remux(h264, name)), container)


def test_a_creation_time_with_milliseconds(h264: Path) -> None:
    path = _remux(h264, "stamped.mkv", "-metadata", "creation_time=2025-10-24T10:00:00.250Z")
    assert probe_file(path).creation_time_ms == parse_instant("2025-10-24T10:00:00.250Z")


@pytest.mark.parametrize("stamp", ["1970-01-01T00:00:00Z", "now and then", "2025-10-24"])
def test_creation_times_that_are_none(h264: Path, stamp: str) -> None:
    path = _remux(h264, "odd.mkv", "-metadata", "creation_time=", "-metadata", f"date={stamp}")
    assert probe_file(path).creation_time_ms is None


def test_h265_and_avi_and_no_sound(folder: Path) -> None:
    _ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=176x144:r=10:d=2", "-c:v", "libx265"),
        *("-x265-params", "log-level=none:keyint=10", folder / "h265.mkv"),
    )
    info = probe_file(folder / "h265.mkv")
    assert (info.video_codec, info.audio_codec, info.picture_count) == ("H265", None, 20)
    assert info.decodes
    _ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=176x144:r=10:d=2", "-c:v", "mjpeg", "-q:v", "5"),
        folder / "mjpeg.avi",
    )
    info = probe_file(folder / "mjpeg.avi")
    assert (info.container, info.video_codec, info.picture_count) == ("avi", "MJPEG", 20)
    assert info.duration_s == pytest.approx(2)
    assert info.key_distance_max_s == pytest.approx(0.1)
    assert info.decodes


def test_pictures_behind_an_edit_list_do_not_count(h264: Path) -> None:
    """A copy from the middle of a group: the pictures before are in the file and not shown."""
    path = h264.with_name("cut-in.mp4")
    _ffmpeg("-ss", "2.6", "-i", h264, "-c", "copy", path)
    info = probe_file(path)
    assert info.picture_count < 25 * 4
    assert info.duration_s == pytest.approx(SECONDS - 2.6, abs=0.1)


@pytest.mark.parametrize("name", ["h264.mp4", "late.mp4", "cut.mkv", "cut.avi"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_file_is_refused(h264: Path, tmp_path: Path, name: str, share: float) -> None:
    whole = h264 if name == h264.name else h264.with_name(name)
    if not whole.exists():
        _ffmpeg("-i", h264, "-an", "-c:v", "mjpeg" if name.endswith("avi") else "copy", whole)
    data = whole.read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(MediaError, match="cut off"):
        probe_file(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"<!DOCTYPE html><html>504</html>", "a web page instead of a video"),
        (b"\xef\xbb\xbf \r\n<html>", "a web page instead of a video"),
        (
            b'{"error":{"code":"CAMERA_OFFLINE","message":"Camera is\\noffline"}}',
            "a message instead of a video: Camera is offline",
        ),
        (b'{"status":"ok"}', "a message instead of a video."),
        (b"[" * 4000, "a message instead of a video."),
        (b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", "not a video that this program knows"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not a video that this program knows"),
        (bytes(4096), "not a video that this program knows"),
        (b"\x00\x00\x00\x08ftyp", "its index is missing"),
        (b"\x1a\x45\xdf\xa3" + bytes(200), "damaged"),
        (b"RIFF\x00\x00\x00\x00AVI ", "its length was never written"),
    ],
)
def test_what_is_not_a_video(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(MediaError) as caught:
        probe_file(path)
    assert said in caught.value.summary


def test_sound_alone_is_not_a_video(h264: Path) -> None:
    path = h264.with_name("sound.mp4")
    _ffmpeg("-i", h264, "-vn", "-c", "copy", path)
    with pytest.raises(MediaError, match="no pictures"):
        probe_file(path)


@pytest.mark.parametrize("part", ["first", "last"])
def test_pictures_that_do_not_decode_are_found(h264: Path, tmp_path: Path, part: str) -> None:
    """The structure is whole, the picture data is noise."""
    data = bytearray(_remux(h264, "plain.mp4", "-an", "-movflags", "+faststart").read_bytes())
    start, end = data.index(b"mdat") + 4, len(data)
    middle = (start + end) // 2
    noise = range(start, middle, 7) if part == "first" else range(middle, end, 7)
    for position in noise:
        data[position] ^= 0x5A
    path = tmp_path / "noise.mp4"
    path.write_bytes(data)
    info = probe_file(path)
    assert info.picture_count == 25 * SECONDS
    assert not info.decodes


def test_probing_tells_how_far_it_is(h264: Path) -> None:
    seen: list[float] = []
    probe_file(h264, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_probing_can_be_cancelled(h264: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        probe_file(h264, cancel=cancel)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        probe_file(tmp_path / "missing.mp4")
    with pytest.raises(StorageError):
        probe_file(tmp_path)


def test_the_file_is_free_afterwards(h264: Path, tmp_path: Path) -> None:
    """Windows cannot rename a file that is still open."""
    path = tmp_path / "a.mp4"
    path.write_bytes(h264.read_bytes())
    probe_file(path)
    links = Path("/proc/self/fd")
    if links.is_dir():
        assert not [link for link in links.iterdir() if link.resolve() == path]
    path.rename(tmp_path / "b.mp4")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(["h264.mp4", "a.mkv", "cut.avi"]), st.data())
def test_damage_anywhere_gets_an_answer_or_a_sentence(
    h264: Path, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    whole = h264.with_name(name)
    if not whole.exists():
        _ffmpeg("-i", h264, "-an", "-c:v", "mjpeg" if name.endswith("avi") else "copy", whole)
    content = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        # Mostly in the headers, where lengths and codecs are.
        limit = data.draw(st.sampled_from([600, 4000, len(content)]))
        content[data.draw(st.integers(0, limit - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(content)
    try:
        assert probe_file(path).picture_count > 0
    except MediaError:
        return


def test_usual_distances_and_pauses(h264: Path) -> None:
    info = probe_file(h264)
    assert info.usual_distance_s == pytest.approx(0.04, abs=0.002)
    assert info.pauses_s == ()
    assert info.steps_back_s == 0
    assert info.picture_streams == 1
    assert info.damaged_s == ()


@pytest.mark.parametrize("name", ["hole.mp4", "hole.mkv"])
def test_a_hole_in_the_pictures_is_told_with_its_place(h264: Path, name: str) -> None:
    pictures = "setts=pts='if(lt(PTS*TB,2),PTS,PTS+60/TB)':dts='if(lt(PTS*TB,2),DTS,DTS+60/TB)'"
    path = _remux(h264, "hole.mp4", "-an", "-bsf:v", pictures)
    info = probe_file(path if name == path.name else _remux(path, name))
    assert info.duration_s == pytest.approx(SECONDS + 60, abs=0.5)
    assert info.usual_distance_s == pytest.approx(0.04, abs=0.002)
    ((start_s, end_s),) = info.pauses_s
    assert (start_s, end_s) == (pytest.approx(1.96, abs=0.05), pytest.approx(62, abs=0.05))


def test_one_picture_that_stands_for_long_is_a_pause(h264: Path) -> None:
    path = h264.with_name("still.mp4")
    with av.open(str(h264)) as source, av.open(str(path), "w") as target:
        pictures = source.streams.video[0]
        packet = next(source.demux(pictures))
        packet.stream = target.add_stream_from_template(pictures)
        packet.dts = packet.pts = 0
        packet.duration = round(60 / (packet.time_base or 1))
        target.mux(packet)
    info = probe_file(path)
    assert (info.picture_count, info.usual_distance_s) == (1, None)
    assert info.pauses_s == ((0, pytest.approx(60, abs=0.1)),)


def test_pictures_in_reverse_order_are_told(h264: Path, tmp_path: Path) -> None:
    with av.open(str(h264)) as source, av.open(str(tmp_path / "a.mp4"), "w") as target:
        pictures = source.streams.video[0]
        copy = target.add_stream_from_template(pictures)
        count = 25 * SECONDS
        for number, packet in enumerate(source.demux(pictures)):
            if packet.size and packet.time_base:
                packet.pts = round((count - number) * 0.04 / packet.time_base)
                packet.dts = -packet.pts
                packet.stream = copy
                target.mux(packet)
    assert probe_file(tmp_path / "a.mp4").steps_back_s > 2


@pytest.mark.parametrize("name", ["short-sound.mp4", "short-sound.mkv", "short-sound.avi"])
def test_how_long_the_sound_lasts(h264: Path, name: str) -> None:
    assert probe_file(h264).sound_s == pytest.approx(SECONDS, abs=0.1)
    codec = "mjpeg" if name.endswith("avi") else "copy"
    path = h264.with_name(name)
    _ffmpeg("-i", h264, "-t", "2", "-i", h264, "-map", "0:v", "-map", "1:a", "-c:v", codec, path)
    info = probe_file(path)
    assert info.duration_s == pytest.approx(SECONDS, abs=0.1)
    assert info.sound_s == pytest.approx(2, abs=0.2)


def test_more_streams_of_pictures_are_counted_and_a_cover_is_none(h264: Path) -> None:
    assert probe_file(_remux(h264, "two.mp4", "-map", "0:v", "-map", "0:v")).picture_streams == 2
    cover = h264.with_name("cover.png")
    _ffmpeg("-i", h264, "-frames:v", "1", cover)
    path = h264.with_name("covered.mp4")
    both = ("-map", "0:v", "-map", "1:v", "-c", "copy", "-disposition:v:1", "attached_pic")
    _ffmpeg("-i", h264, "-i", cover, *both, path)
    assert probe_file(path).picture_streams == 1


@pytest.mark.parametrize("name", ["twice.mp4", "twice.mkv", "twice.avi"])
def test_a_file_that_holds_its_first_half_twice(tmp_path: Path, name: str) -> None:
    half = tmp_path / "half.mkv"
    pictures = ("-f", "lavfi", "-i", "testsrc2=s=176x144:r=10:d=20")
    _ffmpeg(*pictures, "-c:v", "libx264", "-g", "10", "-bf", "0", half)
    assert probe_file(half).repeated_s is None
    (tmp_path / "list.txt").write_text(f"file {half.name}\n" * 2)
    _ffmpeg("-f", "concat", "-i", tmp_path / "list.txt", "-c", "copy", tmp_path / name)
    info = probe_file(tmp_path / name)
    assert info.steps_back_s == 0
    assert info.repeated_s == (pytest.approx(0, abs=0.01), pytest.approx(20, abs=0.2))


@pytest.mark.parametrize("name", ["lost.mkv", "lost.avi", "live.mkv"])
@pytest.mark.parametrize("filling", [b"\0", b"\x5a"])
def test_pictures_that_are_lost_inside_a_file_are_told(
    tmp_path: Path, name: str, filling: bytes
) -> None:
    """A demuxer goes on behind the hole; what is missing is shorter than a pause."""
    whole = tmp_path / name
    pictures = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=6", "-f", "lavfi", "-i", "sine=d=6")
    coded = ("-c:v", "mpeg4" if name.endswith("avi") else "libx264", "-g", "25", "-bf", "0")
    live = ("-live", "1") if name == "live.mkv" else ()
    _ffmpeg(*pictures, *coded, *live, "-c:a", "pcm_s16le", whole)
    info = probe_file(whole)
    assert (info.picture_count, info.damaged_s) == (150, ())
    data = bytearray(whole.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 12_000] = filling * 12_000
    whole.write_bytes(data)
    assert probe_file(whole).damaged_s


def test_zeros_inside_a_picture_are_told(tmp_path: Path) -> None:
    path = tmp_path / "hole.mp4"
    pictures = "testsrc2=s=640x360:r=5:d=8,noise=alls=60:allf=t"
    _ffmpeg("-f", "lavfi", "-i", pictures, "-c:v", "libx264", "-qp", "20", "-g", "10", path)
    assert probe_file(path).damaged_s == ()
    with av.open(str(path)) as container:
        packet = list(container.demux(container.streams.video[0]))[15]
        assert packet.size > 16_000
        at = packet.pos or 0
    data = bytearray(path.read_bytes())
    data[at + 8_000 : at + 12_096] = bytes(4_096)
    path.write_bytes(data)
    (damaged_s,) = probe_file(path).damaged_s
    assert damaged_s == pytest.approx(3, abs=0.7)


def test_black_pictures_are_told_apart_from_the_others(tmp_path: Path) -> None:
    path = tmp_path / "black.mp4"
    black = "testsrc2=s=320x180:r=5:d=12,drawbox=c=black:t=fill:enable='between(t,4,7.9)'"
    _ffmpeg("-f", "lavfi", "-i", black, "-c:v", "libx264", "-g", "10", "-bf", "2", path)
    ((start_s, end_s),) = probe_file(path).plain_s
    assert (start_s, end_s) == (pytest.approx(4, abs=0.01), pytest.approx(8, abs=0.01))
