import errno
import io
import os
from pathlib import Path

import pytest

from rta_viewer.core.filenames import note_path, unique_name
from rta_viewer.errors import StorageError
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs import placing
from rta_viewer.jobs.placing import discard, place, withdraw
from tests.helpers.scanner import held_at_first


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


def test_a_receipt_that_stayed_behind_keeps_its_name(tmp_path: Path) -> None:
    """Its file was moved away or renamed: the next one needs a receipt of its own."""
    receipt_path(tmp_path / "a.mp4").write_text("somebody's")
    receipt_path(tmp_path / "a (2).mp4").mkdir()
    target = place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert target.name == "a (3).mp4"
    assert not (tmp_path / "a.mp4").exists()


@pytest.mark.parametrize("has_links", [True, False])
def test_two_transfers_that_want_the_same_name_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """The name is taken before it is announced, and the file moves afterwards."""
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    first, second = part(tmp_path), tmp_path / "download.y.part"
    second.write_bytes(b"another")

    def announce(name: str) -> None:
        assert first.exists()
        assert (tmp_path / name).read_bytes() == first.name.encode()
        assert place(second, tmp_path, "a.mp4", lambda name: None).name == "a (2).mp4"

    place(first, tmp_path, "a.mp4", announce)
    assert (tmp_path / "a.mp4").read_bytes() == b"video"
    assert (tmp_path / "a (2).mp4").read_bytes() == b"another"


def test_the_claim_of_another_transfer_may_go_while_it_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes way for the other file; our folder is not gone for that."""
    (tmp_path / "a.mp4").write_bytes(b"download.y.part")
    read, path = Path.read_bytes, part(tmp_path)

    def goes(one: Path) -> bytes:
        if one.name == "a.mp4":
            one.unlink()
        return read(one)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", goes)
        assert place(path, tmp_path, "a.mp4", lambda name: None).name == "a (2).mp4"
    assert contents(tmp_path) == {"a (2).mp4": b"video"}


def test_a_claim_lasts_before_it_has_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut it would be an empty file that keeps the name for ever."""
    part = tmp_path / "job.part"
    part.write_bytes(b"film")
    lasting: set[tuple[int, int]] = set()
    plain = os.fsync

    def fsync(handle: int) -> None:
        plain(handle)
        found = os.fstat(handle)
        lasting.add((found.st_ino, found.st_size))

    monkeypatch.setattr(os, "fsync", fsync)
    seen: list[tuple[int, int]] = []

    def announce(name: str) -> None:
        found = (tmp_path / name).stat()
        seen.append((found.st_ino, found.st_size))

    place(part, tmp_path, "a.mp4", announce)
    assert len(seen) == 1
    assert lasting >= set(seen)


def test_two_transfers_on_a_drive_without_links_lose_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is free for an instant is taken by the other one, and renaming replaces there."""
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    first, second, unlink = part(tmp_path), tmp_path / "download.y.part", Path.unlink
    second.write_bytes(b"another")
    placed: list[Path] = []

    def place_second() -> None:
        if not placed:
            placed.append(second)
            place(second, tmp_path, "a.mp4", lambda name: None)

    def meanwhile(one: Path, missing_ok: bool = False) -> None:
        unlink(one, missing_ok)
        if one.name == "a.mp4":
            place_second()

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", meanwhile)
        place(first, tmp_path, "a.mp4", lambda name: None)
    place_second()
    assert set(contents(tmp_path)) == {"a.mp4", "a (2).mp4"}
    assert set(contents(tmp_path).values()) == {b"video", b"another"}


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


def killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["rename_to_free", "Path.unlink"])
def test_a_kill_at_any_moment_of_the_move_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before it has its name, and when it has both."""
    path = part(tmp_path)
    with monkeypatch.context() as patched:
        if step == "rename_to_free":
            patched.setattr(placing, "rename_to_free", killed)
        else:
            unlink = Path.unlink
            patched.setattr(
                Path, "unlink", lambda one, **more: killed() if one == path else unlink(one, **more)
            )
        with pytest.raises(KeyboardInterrupt):
            place(path, tmp_path, "a.mp4", lambda name: None)
    assert place(path, tmp_path, "a.mp4", lambda name: None).name == "a.mp4"
    assert contents(tmp_path) == {"a.mp4": b"video"}


def test_a_kill_between_making_the_claim_and_writing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty file would be nobody's for ever."""
    path, really = part(tmp_path), io.open

    def dies(file: object, mode: str = "r", *rest: object, **more: object) -> object:
        stream = really(file, mode, *rest, **more)  # type: ignore[call-overload]
        if set(mode) & set("wx"):
            stream.close()
            raise KeyboardInterrupt
        return stream

    with monkeypatch.context() as patched:
        patched.setattr(io, "open", dies)
        with pytest.raises(KeyboardInterrupt):
            place(path, tmp_path, "a.mp4", killed)
    assert not (tmp_path / "a.mp4").exists()
    place(path, tmp_path, "a.mp4", lambda name: None)
    assert contents(tmp_path) == {"a.mp4": b"video"}


@pytest.mark.parametrize("then", ["place", "withdraw"])
def test_a_kill_while_the_claim_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    path, unlink = part(tmp_path), Path.unlink

    def dies(one: Path, missing_ok: bool = False) -> None:
        if one.exists():
            raise KeyboardInterrupt
        unlink(one, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", dies)
        with pytest.raises(KeyboardInterrupt):
            place(path, tmp_path, "a.mp4", killed)
    if then == "place":
        place(path, tmp_path, "a.mp4", lambda name: None)
        assert contents(tmp_path) == {"a.mp4": b"video"}
    else:
        withdraw(path, tmp_path / "a.mp4")
        assert contents(tmp_path) == {}


def test_a_claim_never_takes_the_place_of_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that came when the name was still free a moment ago."""
    free, writes = placing._free_name, [True]

    def late(folder: Path, wanted: str, one: Path, known: set[str]) -> str:
        name = free(folder, wanted, one, known)
        if writes:
            writes.pop()
            (folder / name).write_bytes(b"somebody's")
        return name

    monkeypatch.setattr(placing, "_free_name", late)
    monkeypatch.setattr(Path, "exists", lambda one: os.path.lexists(one) and one.name != "a.mp4")
    assert placing._take_name(tmp_path, "a.mp4", part(tmp_path)) == "a (2).mp4"
    assert (tmp_path / "a.mp4").read_bytes() == b"somebody's"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("moment", "links"), [("_replace", True), ("_replace", False), ("rename_to_free", True)]
)
def test_what_another_program_writes_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, links: bool
) -> None:
    original, writes = getattr(placing, moment), [True]

    def other(one: Path, target: Path) -> None:
        if writes:
            writes.pop()
            target.write_bytes(b"somebody's")
        original(one, target)

    monkeypatch.setattr(placing, moment, other)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    names: list[str] = []
    place(part(tmp_path), tmp_path, "a.mp4", names.append)
    assert names == ["a.mp4", "a (2).mp4"]
    assert contents(tmp_path) == {"a.mp4": b"somebody's", "a (2).mp4": b"video"}


def test_a_program_that_takes_every_name_is_not_fought_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, original = part(tmp_path), placing._replace

    def other(one: Path, target: Path) -> None:
        target.write_bytes(b"somebody's")
        original(one, target)

    monkeypatch.setattr(placing, "_replace", other)
    with pytest.raises(StorageError, match="File exists"):
        place(path, tmp_path, "a.mp4", lambda name: None)
    assert path.read_bytes() == b"video"


def refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, "no links here")


def test_a_drive_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert contents(tmp_path) == {"a.mp4": b"video"}


def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "rename_to_free", held_at_first(placing.rename_to_free))
    assert place(part(tmp_path), tmp_path, "a.mp4", lambda name: None).read_bytes() == b"video"


def test_a_scanner_that_looks_at_the_claim_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_put_claim", held_at_first(placing._put_claim))
    assert place(part(tmp_path), tmp_path, "a.mp4", lambda name: None).read_bytes() == b"video"
    assert contents(tmp_path) == {"a.mp4": b"video"}


def test_a_drive_that_gives_all_files_the_same_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some shares do: what has the name is not ours for that."""
    (tmp_path / "a.mp4").write_bytes(b"somebody's")
    monkeypatch.setattr(Path, "samefile", lambda one, other: True)
    place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert contents(tmp_path) == {"a.mp4": b"somebody's", "a (2).mp4": b"video"}


def test_a_file_that_cannot_be_moved_leaves_no_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = part(tmp_path)
    before = contents(tmp_path)
    monkeypatch.setattr(placing, "_replace", refuse)
    with pytest.raises(StorageError, match="no links here"):
        place(path, tmp_path, "a.mp4", lambda name: None)
    assert contents(tmp_path) == before


def test_a_name_that_cannot_be_announced_is_given_back(tmp_path: Path) -> None:
    """The list of jobs is busy, say."""
    path = part(tmp_path)
    before = contents(tmp_path)

    def busy(name: str) -> None:
        raise StorageError("The list of jobs cannot be used.")

    with pytest.raises(StorageError, match="list of jobs"):
        place(path, tmp_path, "a.mp4", busy)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("then", ["place", "withdraw"])
def test_a_claim_under_another_name_is_found_again(tmp_path: Path, then: str) -> None:
    """A kill before anybody was told the name, and then the first one is free again."""
    path = part(tmp_path)
    for _ in range(3):
        (tmp_path / unique_name("a.mp4", lambda name: (tmp_path / name).exists())).write_bytes(b"x")
    with pytest.raises(KeyboardInterrupt):
        place(path, tmp_path, "a.mp4", killed)
    assert (tmp_path / "a (4).mp4").exists()
    (tmp_path / "a.mp4").unlink()
    (tmp_path / "a (3).mp4").unlink()
    if then == "place":
        place(path, tmp_path, "a.mp4", lambda name: None)
        assert contents(tmp_path) == {"a.mp4": b"video", "a (2).mp4": b"x"}
    else:
        withdraw(path, tmp_path / "a.mp4")
        assert contents(tmp_path) == {"a (2).mp4": b"x"}


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be put into"):
        place(part(tmp_path), tmp_path / "gone", "a.mp4", lambda name: None)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced on Windows")
def test_a_dangling_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").symlink_to(tmp_path / "elsewhere")
    target = place(part(tmp_path), tmp_path, "a.mp4", lambda name: None)
    assert not (tmp_path / "elsewhere").exists()
    assert target.name == "a (2).mp4"


def test_discarding_takes_part_and_notes(tmp_path: Path) -> None:
    path = part(tmp_path)
    note = note_path(path)
    note.with_name(f"{note.name}.new").write_text("{}")
    discard(path)
    discard(path)
    assert list(tmp_path.iterdir()) == []


def test_withdrawing_takes_the_claim_too_and_nothing_of_others(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"somebody's")
    (tmp_path / "a (3).mp4").write_bytes(b"download.y.part")
    path = part(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        place(path, tmp_path, "a.mp4", killed)
    assert (tmp_path / "a (2).mp4").exists()
    withdraw(path, tmp_path / "a.mp4")
    withdraw(path, tmp_path / "a.mp4")
    assert contents(tmp_path) == {"a.mp4": b"somebody's", "a (3).mp4": b"download.y.part"}


def test_withdrawing_what_never_began_looks_through_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of jobs may be cancelled at once, and their folder holds thousands of files."""
    (tmp_path / "a.mp4").write_bytes(b"somebody's")
    looks: list[Path] = []
    monkeypatch.setattr(os, "listdir", looks.append)
    withdraw(tmp_path / "download.x.part", tmp_path / "a.mp4")
    assert looks == []
    assert (tmp_path / "a.mp4").read_bytes() == b"somebody's"


def test_withdrawing_takes_the_file_that_has_two_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill while it was moved, and then nobody wants it any more."""
    path, unlink = part(tmp_path), Path.unlink
    with monkeypatch.context() as patched:
        patched.setattr(
            Path, "unlink", lambda one, **more: killed() if one == path else unlink(one, **more)
        )
        with pytest.raises(KeyboardInterrupt):
            place(path, tmp_path, "a.mp4", lambda name: None)
    assert contents(tmp_path).keys() > {"a.mp4", path.name}
    withdraw(path, tmp_path / "a.mp4")
    assert contents(tmp_path) == {}


def test_withdrawing_takes_a_file_that_has_its_name_already(tmp_path: Path) -> None:
    path = part(tmp_path)
    target = place(path, tmp_path, "a.mp4", lambda name: None)
    withdraw(path, target)
    assert contents(tmp_path) == {"a.mp4": b"video"}, "it may be a finished one"
    withdraw(path, target, placed_bytes=6)
    assert contents(tmp_path) == {"a.mp4": b"video"}, "it is another one"
    withdraw(path, target, placed_bytes=5)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("sign", ["receipt", "part", "link"])
def test_a_file_that_may_be_somebodys_is_not_withdrawn(tmp_path: Path, sign: str) -> None:
    path, target = tmp_path / "download.x.part", tmp_path / "a.mp4"
    target.write_bytes(b"video")
    if sign == "receipt":
        receipt_path(target).write_text("finished")
    elif sign == "part":
        path.write_bytes(b"video")
    else:
        target.rename(tmp_path / "b.mp4")
        target.symlink_to(tmp_path / "b.mp4")
    withdraw(path, target, placed_bytes=5)
    assert target.read_bytes() == b"video"
