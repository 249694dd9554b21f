"""Splitting: every picture is in exactly one volume, every volume plays on its own and fits."""

import errno
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.core.saved_file import Stretch
from rta_viewer.errors import Cancelled, MediaError, StorageError
from rta_viewer.jobs.volumes import Volumes, split_at_key_pictures
from rta_viewer.media.file_facts import read_facts
from rta_viewer.media.probe import probe_file

PICTURES = 200
START_MS = 1_761_300_000_480


def paths(volumes: Volumes) -> list[Path]:
    return [volume.path for volume in volumes.all]


def recording(
    path: Path,
    codec_options: dict[str, str] | None = None,
    *,
    codec: str = "libx264",
    sound: str = "aac",
    keys: Sequence[int] = (),
) -> Path:
    """Noise that does not compress, a key picture each second, and pictures that refer ahead."""
    noise = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        stream.options = {
            "preset": "ultrafast",
            "g": "10",
            "bf": "2",
            "forced-idr": "1",
            **(codec_options or {}),
        }
        audio = container.add_stream(sound, rate=16_000, layout="mono") if sound else None
        for number in range(PICTURES):
            noisy = noise.integers(0, 255, (96, 128, 3), dtype=np.uint8)
            picture = av.VideoFrame.from_ndarray(noisy, "rgb24")
            picture.pict_type = PictureType.I if number in keys else PictureType.NONE
            container.mux(stream.encode(picture))
            if audio is not None:
                container.mux(audio.encode(_silence(sound)))
        container.mux(stream.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))
    return path


def _silence(codec: str) -> av.AudioFrame:
    kind, form = (np.float32, "fltp") if codec == "aac" else (np.int16, "s16")
    tone = av.AudioFrame.from_ndarray(np.zeros((1, 1600), dtype=kind), form, "mono")
    tone.sample_rate = 16_000
    return tone


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_volumes_fit_play_and_hold_every_picture(tmp_path: Path, ending: str) -> None:
    source = recording(tmp_path / f"gate.{ending}")
    limit = source.stat().st_size // 3
    folder = tmp_path / "disc"
    folder.mkdir()
    volumes = paths(split_at_key_pictures(source, folder, limit))
    assert len(volumes) >= 3
    assert volumes[0].name == f"gate (volume 1).{ending}"
    assert sorted(volumes) == sorted(folder.iterdir())
    infos = [probe_file(volume) for volume in volumes]
    assert all(info.decodes and info.container == ending for info in infos)
    assert all(info.size_bytes <= limit for info in infos)
    assert sum(info.picture_count for info in infos) == PICTURES
    assert sum(info.duration_s for info in infos) == pytest.approx(20, abs=0.3)
    assert all(info.audio_codec == "AAC" for info in infos)
    assert all(info.first_presentation_s < 0.5 for info in infos)
    for volume in volumes:
        words = ["ffmpeg", "-v", "error", "-i", str(volume), "-f", "null", "-"]
        done = subprocess.run(words, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")
    assert _pictures(volumes) == _pictures([source])


def _pictures(files: list[Path]) -> list[bytes]:
    found = []
    for file in files:
        with av.open(str(file)) as container:
            found += [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]
    return found


def test_what_fits_stays_whole(tmp_path: Path) -> None:
    source = recording(tmp_path / "gate.mp4")
    assert split_at_key_pictures(source, tmp_path, VOLUME_BYTES[Medium.FAT32]) == Volumes()
    assert list(tmp_path.iterdir()) == [source]
    assert VOLUME_BYTES[Medium.FAT32] < 2**32
    assert VOLUME_BYTES[Medium.DVD] < 4_700_000_000
    assert VOLUME_BYTES[Medium.BLU_RAY] < 25_000_000_000


def test_what_cannot_be_split_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    one_group = recording(tmp_path / "gate.mp4", {"g": "1000", "sc_threshold": "0"})
    folder = tmp_path / "disc"
    folder.mkdir()
    with pytest.raises(MediaError, match="key pictures"):
        split_at_key_pictures(one_group, folder, 300_000)
    (tmp_path / "x.mp4").write_bytes(b"\0" * 1000)
    with pytest.raises(MediaError):
        split_at_key_pictures(tmp_path / "x.mp4", folder, 500)
    (tmp_path / "x.ts").write_bytes(b"\0" * 1000)
    with pytest.raises(MediaError):
        split_at_key_pictures(tmp_path / "x.ts", folder, 500)
    with pytest.raises(StorageError):
        split_at_key_pictures(tmp_path / "none.mp4", folder, 500)
    assert list(folder.iterdir()) == []


def test_names_that_are_taken_are_left_alone_and_cancelling_cleans_up(tmp_path: Path) -> None:
    source = recording(tmp_path / "gate.mp4")
    limit = source.stat().st_size // 3
    (tmp_path / "gate (volume 2).mp4").write_bytes(b"somebody's")
    (tmp_path / "gate (2) (volume 1).mp4.receipt.json").write_bytes(b"somebody's")
    volumes = split_at_key_pictures(source, tmp_path, limit)
    assert volumes.base == "gate (3).mp4"
    assert [path.name for path in paths(volumes)][:2] == [
        "gate (3) (volume 1).mp4",
        "gate (3) (volume 2).mp4",
    ]
    assert not (tmp_path / "gate (volume 1).mp4").exists()
    assert (tmp_path / "gate (volume 2).mp4").read_bytes() == b"somebody's"
    before = sorted(tmp_path.iterdir())
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        split_at_key_pictures(source, tmp_path, limit, cancel=token)
    assert sorted(tmp_path.iterdir()) == before


def test_a_scanner_that_looks_at_a_new_volume_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, replace, refusals = recording(tmp_path / "gate.mp4"), Path.replace, [1, 1]

    def held(one: Path, target: Path) -> Path:
        if refusals and "volume 2" in target.name:
            refusals.pop()
            raise PermissionError(errno.EACCES, "held")
        return replace(one, target)

    monkeypatch.setattr(Path, "replace", held)
    volumes = split_at_key_pictures(source, tmp_path, source.stat().st_size // 3)
    assert {source, *paths(volumes)} == set(tmp_path.iterdir())
    assert refusals == []


def test_volumes_that_have_their_names_are_not_lost_by_tidying_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = recording(tmp_path / "gate.mp4")

    def refuse(one: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "unlink", refuse)
    volumes = split_at_key_pictures(source, tmp_path, source.stat().st_size // 3)
    assert {source, *paths(volumes)} == set(tmp_path.iterdir())


def test_a_group_that_is_too_large_at_the_end_leaves_nothing(tmp_path: Path) -> None:
    source = recording(
        tmp_path / "gate.mp4", {"g": "1000", "sc_threshold": "0"}, keys=range(0, 80, 10)
    )
    folder = tmp_path / "disc"
    folder.mkdir()
    with pytest.raises(MediaError, match="key pictures"):
        split_at_key_pictures(source, folder, source.stat().st_size // 3)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_cutting_again_finds_the_volumes_that_are_there(tmp_path: Path, ending: str) -> None:
    source = recording(tmp_path / f"gate.{ending}")
    limit = source.stat().st_size // 3
    stretches = [Stretch(0.0, START_MS, START_MS + 20_000)]
    volumes = split_at_key_pictures(source, tmp_path, limit, stretches)
    found = paths(volumes)
    found[-1].unlink()
    before = [volume.read_bytes() for volume in found[:-1]]
    assert split_at_key_pictures(source, tmp_path, limit, stretches) == volumes
    assert [volume.read_bytes() for volume in found[:-1]] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in (source, *found)
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi"])
def test_each_volume_says_when_it_was_recorded(tmp_path: Path, ending: str) -> None:
    """Also behind a gap that the server closed up, wherever a joint is."""
    bframes = {"bf": "0"} if ending == "avi" else None
    source = recording(tmp_path / f"gate.{ending}", bframes, sound="")
    gap_ms = 3_600_000
    stretches = [
        Stretch(0.0, START_MS, START_MS + 9_000),
        Stretch(9_000.0, START_MS + 9_000 + gap_ms, START_MS + 20_000 + gap_ms),
    ]
    limit = source.stat().st_size // 3
    volumes = split_at_key_pictures(source, tmp_path, limit, stretches)
    at_ms = 0.0
    for volume in volumes.all:
        facts = read_facts(volume.path)
        wanted_ms = START_MS + at_ms + (gap_ms if at_ms >= 9_000 else 0)
        assert facts.stated_ms == pytest.approx(wanted_ms, abs=2)
        assert volume.stretches[0].start_ms == pytest.approx(wanted_ms, abs=2)
        assert len(facts.stated_spans) == len(volume.stretches)
        lengths = sum(one.end_ms - one.start_ms for one in volume.stretches)
        assert lengths == pytest.approx(facts.duration_ms, abs=5)
        at_ms += facts.duration_ms
    assert sum(len(volume.stretches) for volume in volumes.all) == len(volumes.all) + 1
    assert volumes.all[-1].stretches[-1].end_ms == START_MS + 20_000 + gap_ms


@pytest.mark.parametrize(
    ("codec", "options"),
    [
        ("libx264", {"x264-params": "open-gop=1:bframes=3:b-adapt=0:keyint=10:min-keyint=10"}),
        ("libx265", {"x265-params": "open-gop=1:bframes=3:b-adapt=0:keyint=10:log-level=none"}),
    ],
)
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_no_picture_is_lost_where_pictures_refer_across_a_key_picture(
    tmp_path: Path, ending: str, codec: str, options: dict[str, str]
) -> None:
    source = recording(tmp_path / f"gate.{ending}", options, codec=codec)
    limit = source.stat().st_size // 3
    volumes = split_at_key_pictures(source, tmp_path, limit)
    assert len(volumes.all) >= 3
    found: list[bytes] = []
    for volume in paths(volumes):
        assert volume.stat().st_size <= limit
        pictures = _pictures([volume])
        repeated = 1 if found and pictures[0] == found[-1] else 0
        assert bool(found) == bool(repeated)
        found += pictures[repeated:]
    assert found == _pictures([source])


def _sound(files: list[Path]) -> list[float]:
    """Where each piece of sound is, one file after the other."""
    found, at_s = [], 0.0
    for file in files:
        with av.open(str(file)) as container:
            audio = container.streams.audio[0]
            packets = [packet for packet in container.demux(audio) if packet.size]
        found += [at_s + float((packet.pts or 0) * packet.time_base) for packet in packets]
        at_s += probe_file(file).duration_s
    return found


@pytest.mark.parametrize(("sound", "ending"), [("aac", "mkv"), ("pcm_s16le", "avi")])
def test_the_sound_of_an_avi_keeps_its_times(tmp_path: Path, sound: str, ending: str) -> None:
    source = recording(tmp_path / "gate.avi", {"bf": "0"}, sound=sound)
    volumes = split_at_key_pictures(source, tmp_path, source.stat().st_size // 3)
    assert volumes.base == f"gate.{ending}"
    whole, cut = _sound([source]), _sound(paths(volumes))
    assert len(set(cut)) == len(set(whole)) > 100
    assert cut == pytest.approx(whole, abs=0.15)
    assert sum(probe_file(volume).picture_count for volume in paths(volumes)) == PICTURES


def test_an_avi_that_would_play_out_of_order_is_refused(tmp_path: Path) -> None:
    source = recording(tmp_path / "gate.avi", {"bf": "2"})
    with pytest.raises(MediaError, match="AVI"):
        split_at_key_pictures(source, tmp_path, source.stat().st_size // 3)
    assert list(tmp_path.iterdir()) == [source]


def test_volumes_last_before_they_get_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut they are not empty files beside receipts that promise a film."""
    source = recording(tmp_path / "a.mp4")
    lasting: dict[int, int] = {}
    plain = os.fsync

    def fsync(handle: int) -> None:
        plain(handle)
        found = os.fstat(handle)
        lasting[found.st_ino] = found.st_size

    monkeypatch.setattr(os, "fsync", fsync)
    done = paths(split_at_key_pictures(source, tmp_path, source.stat().st_size // 2))
    assert len(done) > 1
    assert lasting == {one.stat().st_ino: one.stat().st_size for one in done}


def test_a_scanner_that_holds_a_volume_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Virus scanners on Windows look at each new file."""
    source = recording(tmp_path / "a.mp4")
    held, plain = [True], Path.open

    def open_it(path: Path, mode: str = "r") -> IO[bytes]:
        if mode == "r+b" and held:
            held.pop()
            raise PermissionError(errno.EACCES, "used by another process")
        return cast("IO[bytes]", plain(path, mode))

    monkeypatch.setattr(Path, "open", open_it)
    done = paths(split_at_key_pictures(source, tmp_path, source.stat().st_size // 2))
    assert len(done) > 1
    assert not held


def test_what_volumes_could_not_hold_is_refused(tmp_path: Path) -> None:
    source = recording(tmp_path / "gate.mp4")
    for name, words in {
        "two.mp4": ["-i", str(source), "-map", "0:v", "-map", "1:v", "-c", "copy"],
        "hidden.mp4": ["-ss", "0.5", "-i", str(source), "-c", "copy"],
    }.items():
        command = ["ffmpeg", "-v", "error", "-i", str(source), *words, str(tmp_path / name)]
        if name == "hidden.mp4":
            command = ["ffmpeg", "-v", "error", *words, str(tmp_path / name)]
        subprocess.run(command, check=True, timeout=60)
    with pytest.raises(MediaError, match="several videos"):
        split_at_key_pictures(tmp_path / "two.mp4", tmp_path, 300_000)
    with pytest.raises(MediaError, match="hides"):
        split_at_key_pictures(tmp_path / "hidden.mp4", tmp_path, 300_000)
    assert len(list(tmp_path.iterdir())) == 3
