import errno
import os
from pathlib import Path

import pytest

from rta_viewer.core.filenames import note_path
from rta_viewer.errors import StorageError
from rta_viewer.jobs.placing import discard, place


def part(folder: Path, content: bytes = b"video") -> Path:
    path = folder / "download.x.part"
    path.write_bytes(content)
    note_path(path).write_text("{}")
    return path


def test_the_file_gets_its_name_and_leaves_nothing_behind(tmp_path: Path) -> None:
    names: list[str] = []
    target = place(part(tmp_path), tmp_path, "a.mp4", names.append)
    assert target.read_bytes() == b"video"
    assert names == ["a.mp4"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"somebody's")
    (tmp_path / "a (2).mp4").mkdir()
    names: list[str] = []
    target = place(part(tmp_path), tmp_path, "a.mp4", names.append)
    assert target.name == "a (3).mp4"
    assert names == ["a (3).mp4"]
    assert (tmp_path / "a.mp4").read_bytes() == b"somebody's"


def test_the_name_is_announced_before_the_file_moves(tmp_path: Path) -> None:
    path = part(tmp_path)

    def announce(name: str) -> None:
        assert path.exists()
        assert (tmp_path / name).read_bytes() == path.name.encode()

    place(path, tmp_path, "a.mp4", announce)


def test_a_run_that_was_killed_between_both_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"somebody's")

    def die(name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place(part(tmp_path), tmp_path, "a.mp4", die)
    target = place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert (target.name, target.read_bytes()) == ("a (2).mp4", b"video")
    assert len(list(tmp_path.iterdir())) == 2


def test_the_name_that_another_transfer_has_taken_is_not_ours(tmp_path: Path) -> None:
    other = tmp_path / "download.y.part"
    other.write_bytes(b"other")
    names: list[str] = []

    def in_between(name: str) -> None:
        names.append(place(part(tmp_path), tmp_path, "a.mp4", names.append).name)

    place(other, tmp_path, "a.mp4", in_between)
    assert (tmp_path / "a.mp4").read_bytes() == b"other"
    assert (tmp_path / "a (2).mp4").read_bytes() == b"video"


def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, refusals = Path.replace, [1, 1]

    def held(self: Path, target: Path) -> Path:
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "held")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", held)
    assert place(part(tmp_path), tmp_path, "a.mp4", lambda name: None).read_bytes() == b"video"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be put into"):
        place(part(tmp_path), tmp_path / "gone", "a.mp4", lambda name: None)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced on Windows")
def test_a_dangling_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").symlink_to(tmp_path / "elsewhere")
    target = place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert not (tmp_path / "elsewhere").exists()
    assert target.name == "a (2).mp4"


def test_discarding_takes_part_and_note(tmp_path: Path) -> None:
    path = part(tmp_path)
    discard(path)
    discard(path)
    assert list(tmp_path.iterdir()) == []
