"""Splitting: every picture is in exactly one volume, every volume plays on its own and fits."""

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.save_medium import VOLUME_BYTES, Medium
from rta_viewer.errors import Cancelled, MediaError, StorageError
from rta_viewer.jobs.volumes import split_at_key_pictures
from rta_viewer.media.probe import probe_file

PICTURES = 200


def recording(path: Path, codec_options: dict[str, str] | None = None) -> Path:
    """Noise that does not compress, a key picture each second, and pictures that refer ahead."""
    noise = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": "10", "bf": "2", **(codec_options or {})}
        sound = container.add_stream("aac", rate=16_000, layout="mono")
        for _ in range(PICTURES):
            picture = noise.integers(0, 255, (96, 128, 3), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
            tone = av.AudioFrame.from_ndarray(np.zeros((1, 1600), dtype=np.float32), "fltp", "mono")
            tone.sample_rate = 16_000
            container.mux(sound.encode(tone))
        container.mux(stream.encode(None))
        container.mux(sound.encode(None))
    return path


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_volumes_fit_play_and_hold_every_picture(tmp_path: Path, ending: str) -> None:
    source = recording(tmp_path / f"gate.{ending}")
    limit = source.stat().st_size // 3
    folder = tmp_path / "disc"
    folder.mkdir()
    volumes = split_at_key_pictures(source, folder, limit)
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
    assert split_at_key_pictures(source, tmp_path, VOLUME_BYTES[Medium.FAT32]) == [source]
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


def test_nothing_is_overwritten_and_cancelling_cleans_up(tmp_path: Path) -> None:
    source = recording(tmp_path / "gate.mp4")
    limit = source.stat().st_size // 3
    (tmp_path / "gate (volume 2).mp4").write_bytes(b"somebody's")
    with pytest.raises(StorageError, match="there already"):
        split_at_key_pictures(source, tmp_path, limit)
    assert (tmp_path / "gate (volume 2).mp4").read_bytes() == b"somebody's"
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        split_at_key_pictures(source, tmp_path, limit, cancel=token)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_cutting_again_finds_the_volumes_that_are_there(tmp_path: Path, ending: str) -> None:
    source = recording(tmp_path / f"gate.{ending}")
    limit = source.stat().st_size // 3
    volumes = split_at_key_pictures(source, tmp_path, limit)
    volumes[-1].unlink()
    before = [volume.read_bytes() for volume in volumes[:-1]]
    assert split_at_key_pictures(source, tmp_path, limit) == volumes
    assert [volume.read_bytes() for volume in volumes[:-1]] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in (source, *volumes)
    )
