from pathlib import Path

import pytest

from rta_viewer.errors import StorageError
from rta_viewer.tour.profile import fresh_profile


def test_a_second_tour_finds_nothing_of_the_first(tmp_path: Path) -> None:
    first = fresh_profile(tmp_path)
    jobs = first.data_dir / "jobs.sqlite3"
    jobs.write_text("of the first tour", encoding="utf-8")
    clip = tmp_path / "clips" / "Main entrance.mp4"
    clip.parent.mkdir()
    clip.write_bytes(b"of the first tour")
    second = fresh_profile(tmp_path)
    assert second.data_dir == first.data_dir
    assert second.data_dir.is_dir()
    assert not jobs.exists()
    assert not clip.exists()


def test_a_profile_of_somebody_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "profile" / "notes.txt"
    theirs.parent.mkdir()
    theirs.write_text("keep", encoding="utf-8")
    clip = tmp_path / "clips" / "Main entrance.mp4"
    clip.parent.mkdir()
    clip.write_bytes(b"theirs")
    with pytest.raises(StorageError, match="no tour made it"):
        fresh_profile(tmp_path)
    assert theirs.read_text(encoding="utf-8") == "keep"
    assert clip.exists()
