import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.saved_file import SavedFile, TimeOrigin, Trust
from rta_viewer.core.spans import Span
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.evidence import files, receipt
from rta_viewer.evidence.files import hash_file
from rta_viewer.evidence.receipt import (
    START_BY_FILE,
    START_BY_REQUEST,
    Receipt,
    Whole,
    receipt_path,
    write_receipt,
)
from rta_viewer.jobs import saved_paths
from rta_viewer.jobs.package import index_html
from rta_viewer.jobs.saved_files import compare, read_saved_file
from rta_viewer.jobs.saved_paths import find_files, without_repeats
from tests.helpers import ui_world
from tests.helpers.coded_fixture import coded_video
from tests.helpers.coded_video import FIRST_MS, VideoKind, make_video
from tests.helpers.job_recorder import job
from tests.helpers.receipts import RECEIPT
from tests.helpers.shares import share_is_away

__all__ = ["coded_video"]

SHORT = VideoKind(seconds=4)
TAGS = {"creation_time": "2025-10-24T10:00:00.000000Z"}


@pytest.fixture
def clip(coded_video: Callable[[VideoKind], Path], tmp_path: Path) -> Path:
    """A video that says nothing of itself."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(coded_video(SHORT).read_bytes())
    return path


def receipt_of(path: Path, **fields: object) -> Receipt:
    sha256, size_bytes = hash_file(path)
    span = Span(FIRST_MS + 1_000, FIRST_MS + 4_000)
    values: dict[str, object] = {
        "file_name": path.name,
        "sha256": sha256,
        "size_bytes": size_bytes,
        "asked": span,
        "delivered": Span(FIRST_MS, FIRST_MS + 4_000),
        "check_ok": True,
        "differences": (),
    }
    return replace(RECEIPT, **{**values, **fields})  # type: ignore[arg-type]


def job_of(path: Path, **fields: object) -> Job:
    values: dict[str, object] = {
        "folder": path.parent,
        "file_name": path.name,
        "sha256": hash_file(path)[0],
        "received_bytes": path.stat().st_size,
        "span": Span(FIRST_MS, FIRST_MS + 4_000),
    }
    return ui_world.job(1, JobState.DONE, **{**values, **fields})


def compared(path: Path, *records: Job) -> SavedFile:
    return compare(read_saved_file(path, records), records, CancelToken())


# When it was recorded


def test_the_record_of_its_job_goes_first(clip: Path) -> None:
    record = job_of(clip, camera_id=RECEIPT.camera_id, camera_name=RECEIPT.camera_name)
    write_receipt(receipt_of(clip, asked=record.span), clip)
    file = read_saved_file(clip, [record])
    assert (file.origin, file.start_ms, file.end_ms) == (
        TimeOrigin.RECORD,
        FIRST_MS,
        FIRST_MS + 4_000,
    )
    assert file.trust is Trust.NOT_COMPARED


def test_a_record_is_found_again_after_the_file_was_renamed(clip: Path) -> None:
    job = job_of(clip)
    moved = clip.rename(clip.with_name("evidence 7.mp4"))
    write_receipt(receipt_of(moved), moved)
    file = read_saved_file(moved, [job])
    assert file.origin is TimeOrigin.RECORD
    assert file.camera_name == RECEIPT.camera_name


def test_then_its_receipt(clip: Path) -> None:
    write_receipt(receipt_of(clip), clip)
    file = read_saved_file(clip, [])
    assert (file.origin, file.start_ms) == (TimeOrigin.RECEIPT, FIRST_MS)
    assert file.source_id == f"{RECEIPT.server}\n{RECEIPT.camera_id}"


def test_a_stamp_that_the_check_did_not_believe_is_not_believed_afterwards(tmp_path: Path) -> None:
    """It repeats the order; the first recording began later."""
    clip = make_video(tmp_path / "clip.mp4", SHORT, TAGS)
    later = Span(FIRST_MS + 8_000, FIRST_MS + 12_000)
    write_receipt(receipt_of(clip, delivered=later, start_from=START_BY_REQUEST), clip)
    assert read_saved_file(clip, []).start_ms == later.start_ms
    receipt_path(clip).unlink()
    write_receipt(receipt_of(clip, delivered=later, start_from=START_BY_FILE), clip)
    assert read_saved_file(clip, []).start_ms == FIRST_MS


def test_what_the_file_says_to_the_millisecond_is_taken_where_it_agrees(tmp_path: Path) -> None:
    said = '{"firstPicture": "2025-10-24T09:59:59.480Z"}'
    clip = make_video(tmp_path / "clip.mp4", SHORT, {"comment": said})
    write_receipt(receipt_of(clip, delivered=None), clip)
    assert read_saved_file(clip, []).start_ms == FIRST_MS - 520
    other = Span(FIRST_MS + 10**7, FIRST_MS + 10**7 + 4_000)
    write_receipt(receipt_of(clip, delivered=other), clip)
    assert read_saved_file(clip, []).start_ms == other.start_ms


@pytest.mark.parametrize("origin", [START_BY_FILE, START_BY_REQUEST])
def test_a_start_that_was_assumed_against_the_files_own_time_is_said(
    clip: Path, origin: str
) -> None:
    stamp_ms = FIRST_MS + 2 * 3_600_000
    write_receipt(receipt_of(clip, start_from=origin, stamp_ms=stamp_ms), clip)
    file = read_saved_file(clip, [])
    assert (file.origin, file.start_ms) == (TimeOrigin.RECEIPT, FIRST_MS)
    told = "When it begins is assumed; its own time stamp says 2025-10-24 12:00:00 +00:00."
    assert file.remarks == ((told,) if origin == START_BY_REQUEST else ())


def test_then_what_the_file_says_of_itself(tmp_path: Path) -> None:
    clip = make_video(tmp_path / "2025-10-24T14-00-00Z.mp4", SHORT, TAGS)
    file = read_saved_file(clip, [])
    assert (file.origin, file.start_ms) == (TimeOrigin.METADATA, FIRST_MS)
    assert "2025-10-24 14:00:00" in file.remarks[0]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Main entrance 2025-10-24 12-00-00+0200 to 12-00-04+0200", UTC),
        ("door 20251024_100000", UTC),
        ("door 20251024_120000", ZoneInfo("Europe/Copenhagen")),
    ],
)
def test_then_its_name(clip: Path, name: str, zone: ZoneInfo) -> None:
    named = clip.rename(clip.with_name(f"{name}.mp4"))
    file = read_saved_file(named, [], zone)
    assert (file.origin, file.start_ms, file.remarks) == (TimeOrigin.NAME, FIRST_MS, ())


def test_at_last_its_date_which_is_a_guess(clip: Path) -> None:
    os.utime(clip, (0, (FIRST_MS + 4_000) / 1000))
    file = read_saved_file(clip, [])
    assert file.origin.is_guess
    assert file.start_ms == pytest.approx(FIRST_MS, abs=1)
    assert (file.camera_name, file.source_id) == ("clip", "")


def test_the_stretches_that_were_closed_up(tmp_path: Path) -> None:
    said = (
        '{"firstPicture": "2025-10-24T10:00:00Z", "segments": [["2025-10-24T10:00:00Z", '
        '"2025-10-24T10:00:02Z"], ["2025-10-24T10:05:00Z", "2025-10-24T10:05:02Z"]]}'
    )
    clip = make_video(tmp_path / "clip.mp4", SHORT, {"comment": said})
    file = read_saved_file(clip, [])
    assert [(part.file_ms, part.start_ms - FIRST_MS) for part in file.stretches] == [
        (0, 0),
        (2_000, 300_000),
    ]
    longer = make_video(tmp_path / "longer.mp4", VideoKind(seconds=8), {"comment": said})
    assert len(read_saved_file(longer, []).stretches) == 1


def test_the_receipt_knows_the_gaps_and_the_file_where_they_begin(tmp_path: Path) -> None:
    kind = VideoKind(seconds=8, gop_pictures=25)
    clip = make_video(tmp_path / "clip.mp4", kind, TAGS)
    # The server rounds to seconds: in the file the second stretch begins with the key picture at 5 s.
    spans = (Span(FIRST_MS, FIRST_MS + 4_600), Span(FIRST_MS + 60_000, FIRST_MS + 63_000))
    receipt = receipt_of(clip, delivered=Span(FIRST_MS, FIRST_MS + 63_000), stretches=spans)
    write_receipt(receipt, clip)
    file = read_saved_file(clip, [])
    assert [(part.file_ms, part.start_ms - FIRST_MS) for part in file.stretches] == [
        (0, 0),
        (5_000, 60_000),
    ]
    assert file.remarks == ()


def test_gaps_that_nobody_wrote_down_are_said(clip: Path) -> None:
    covers = Span(FIRST_MS, FIRST_MS + 60_000)
    write_receipt(receipt_of(clip, delivered=covers), clip)
    (remark,) = read_saved_file(clip, []).remarks
    assert "shorter than the time it covers" in remark


# Whether it is unchanged


def test_an_unchanged_file_matches_its_receipt(clip: Path) -> None:
    write_receipt(receipt_of(clip), clip)
    assert compared(clip).trust is Trust.MATCHES


def test_without_a_receipt_the_record_will_do(clip: Path) -> None:
    assert compared(clip, job_of(clip)).trust is Trust.MATCHES


def test_without_both_nothing_is_claimed(clip: Path) -> None:
    assert compared(clip).trust is Trust.NO_RECEIPT


def test_a_file_that_was_not_all_that_was_asked_says_so(clip: Path) -> None:
    missing = "The rest is missing."
    write_receipt(receipt_of(clip, check_ok=False, differences=(missing,)), clip)
    file = compared(clip)
    assert file.trust is Trust.MATCHES_NOT_AS_ASKED
    assert missing in file.remarks


def test_one_changed_bit_is_found(clip: Path) -> None:
    write_receipt(receipt_of(clip), clip)
    content = bytearray(clip.read_bytes())
    content[-1] ^= 1
    clip.write_bytes(content)
    file = compared(clip)
    assert file.trust is Trust.BROKEN
    assert "SHA-256" in file.problems[0]


def test_another_length_is_seen_at_once(clip: Path) -> None:
    write_receipt(receipt_of(clip), clip)
    clip.write_bytes(clip.read_bytes() + b"\0" * 16)
    file = read_saved_file(clip, [])
    assert file.trust is Trust.BROKEN
    assert "16 bytes instead" not in file.problems[0]
    assert "It was changed" in file.problems[0]


def test_a_cut_file_is_never_fine(clip: Path) -> None:
    content = clip.read_bytes()
    clip.write_bytes(content[: len(content) - 2_000])
    with pytest.raises(MediaError):
        read_saved_file(clip, [])


def test_a_forged_receipt_is_not_believed_against_the_record(clip: Path) -> None:
    job = job_of(clip)
    clip.write_bytes(clip.read_bytes() + b"\0\0\0\x08free")
    write_receipt(receipt_of(clip), clip)
    file = compared(clip, job)
    assert file.trust is Trust.BROKEN
    assert "not the one that this computer wrote" in file.problems[0]


def test_a_damaged_receipt_is_said(clip: Path) -> None:
    receipt_path(clip).write_text("{", encoding="utf-8")
    file = compared(clip)
    assert file.trust is Trust.BROKEN
    assert "damaged" in file.problems[0]


def test_a_share_that_goes_away_is_an_error(clip: Path) -> None:
    job = job_of(clip)
    file = read_saved_file(clip, [job])
    with share_is_away(clip.parent), pytest.raises(StorageError, match="cannot be read"):
        compare(file, [job], CancelToken())


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        read_saved_file(tmp_path / "gone.mp4", [])


# Which files are meant


def test_a_package_opens_as_a_whole_and_misses_what_is_gone(clip: Path) -> None:
    folder = clip.parent
    second = folder / "second.mkv"
    second.write_bytes(clip.read_bytes())
    gone = folder / "gone.mp4"
    write_receipt(receipt_of(clip, file_name="gone.mp4"), gone)
    write_receipt(receipt_of(clip), clip)
    (folder / "index.html").write_text("<html>", encoding="utf-8")
    for path in (folder, folder / "index.html"):
        found = find_files([path])
        assert found.files == (clip, second)
        assert found.problems == ("gone.mp4 is missing; its receipt is there.",)


def test_a_file_that_is_no_video_by_its_name_is_not_passed_over(clip: Path) -> None:
    """A mail program may have renamed both."""
    renamed = clip.rename(clip.with_name("clip.mp4_"))
    write_receipt(receipt_of(renamed), renamed)
    found = find_files([clip.parent])
    assert renamed in found.files
    assert found.problems == ()


def test_what_an_index_lists_and_is_gone_with_its_receipt_is_said(clip: Path) -> None:
    folder = clip.parent
    for name in ("renamed by somebody.mp4", "50% a&b.mp4"):
        file = folder / name
        file.write_bytes(clip.read_bytes())
        write_receipt(receipt_of(file, file_name=name.replace(" by somebody", "")), file)
    write_receipt(receipt_of(clip), clip)
    lost = folder / "lost.mp4"
    write_receipt(receipt_of(clip, file_name=lost.name), lost)
    listed = (clip.name, "renamed.mp4", "50% a&b.mp4", lost.name, "gone <\u0661> #1.mp4")
    page = index_html([job(name, state=JobState.DONE, file_name=name) for name in listed])
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "index (2).html").write_text('<a href="./other.mp4">', encoding="utf-8")
    for path in (folder, folder / "index (2).html"):
        assert find_files([path]).problems == (
            "lost.mp4 is missing; its receipt is there.",
            "gone <\u0661> #1.mp4 is missing; the index lists it.",
        )


def test_a_drive_gives_the_packages_on_it(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever verifies what was handed over names the drive."""
    drive = tmp_path / "drive"
    for name in ("Case 2", "Case 1", "copy-1.part", "Case 1/deeper", "holiday"):
        (drive / name).mkdir(parents=True)
        copy = drive / name / clip.name
        copy.write_bytes(clip.read_bytes())
        if name != "holiday":
            write_receipt(receipt_of(copy), copy)
    (drive / "Case 2" / clip.name).unlink()
    (drive / "System Volume Information").mkdir()
    listdir = os.listdir

    def guarded(folder: Path) -> list[str]:
        if Path(folder).name == "System Volume Information":
            raise PermissionError(13, "Access is denied")
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", guarded)
    found = find_files([drive])
    assert found.files == (drive / "Case 1" / clip.name,)
    assert found.problems == (
        "Case 2: clip.mp4 is missing; its receipt is there.",
        f"Case 2: There are no videos in {drive / 'Case 2'}.",
    )
    assert find_files([drive], 5).files == (), "a window opens what was named"


def test_a_package_on_a_drive_of_which_only_the_index_is_left_is_missed(
    clip: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    for name in ("Case 1", "Case 2", "website"):
        (drive / name).mkdir(parents=True)
    page = index_html([job("a", state=JobState.DONE, file_name=clip.name)])
    (drive / "Case 1" / "index.html").write_text(page, encoding="utf-8")
    copy = drive / "Case 2" / clip.name
    copy.write_bytes(clip.read_bytes())
    write_receipt(receipt_of(copy), copy)
    (drive / "website" / "index.html").write_text('<a href="./other.mp4">', encoding="utf-8")
    found = find_files([drive])
    assert found.files == (copy,)
    assert found.problems == (
        "Case 1: clip.mp4 is missing; the index lists it.",
        f"Case 1: There are no videos in {drive / 'Case 1'}.",
    )


def test_a_package_on_a_drive_that_cannot_be_read_hides_no_other(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scratched disk, say: each of the others is verified."""
    drive = tmp_path / "drive"
    for name in ("Case 1", "Case 2", "Case 3"):
        (drive / name).mkdir(parents=True)
        copy = drive / name / clip.name
        copy.write_bytes(clip.read_bytes())
        write_receipt(receipt_of(copy), copy)
        (drive / name / "index.html").touch()
    read = saved_paths.names_in_index

    def scratched(index: Path) -> list[str]:
        if index.parent.name == "Case 1":
            raise StorageError("index.html cannot be read: Input/output error.")
        return read(index)

    listdir = os.listdir

    def guarded(folder: Path) -> list[str]:
        if Path(folder).name == "Case 2":
            raise OSError(5, "Input/output error")
        return listdir(folder)

    monkeypatch.setattr(saved_paths, "names_in_index", scratched)
    monkeypatch.setattr(os, "listdir", guarded)
    found = find_files([drive])
    assert found.files == (drive / "Case 1" / clip.name, drive / "Case 3" / clip.name)
    assert found.problems == (
        "Case 1: index.html cannot be read: Input/output error.",
        "Case 2 cannot be read: Input/output error.",
    )


def test_all_files_of_a_large_package_are_found(tmp_path: Path) -> None:
    """A window opens so many at once; who verifies wants all."""
    for number in range(6):
        (tmp_path / f"{number}.mp4").touch()
    assert len(find_files([tmp_path]).files) == 6
    found = find_files([tmp_path], 5)
    assert len(found.files) == 5
    assert found.problems == ("Only the first 5 of 6 files were opened.",)


def test_long_paths_are_asked_for_as_windows_wants_it(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its prefix nothing is where paths have more than 259 characters."""
    write_receipt(receipt_of(clip), clip)
    gone = write_receipt(receipt_of(clip, file_name="gone.mp4"), clip.with_name("gone.mp4"))
    long = tmp_path / "long"

    def prefixed(path: Path) -> Path:
        return clip.parent / path.relative_to(long) if path.is_relative_to(long) else path

    for module in (files, receipt, saved_paths):
        monkeypatch.setattr(module, "system_path", prefixed)
    found = find_files([long])
    assert found.files == (long / clip.name,)
    assert found.problems == ("gone.mp4 is missing; its receipt is there.",)
    assert find_files([long / clip.name, long / gone.name]).problems == ()


def test_a_file_and_its_volumes_are_looked_at_once(clip: Path) -> None:
    write_receipt(receipt_of(clip), clip)
    volume = clip.with_name("clip (volume 1).mp4")
    volume.write_bytes(clip.read_bytes())
    whole = Whole(clip.name, "ab" * 32, 1, 2)
    write_receipt(receipt_of(volume, volume_of=whole), volume)
    bare = clip.with_name("bare.mp4")
    bare.write_bytes(clip.read_bytes())
    found = find_files([clip.parent]).files
    assert set(found) == {bare, clip, volume}
    assert set(without_repeats(found)) == {bare, clip}
    assert without_repeats([volume]) == (volume,)


def test_a_receipt_means_its_file(clip: Path) -> None:
    beside = write_receipt(receipt_of(clip), clip)
    assert find_files([beside, clip]).files == (clip,)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    found = find_files([tmp_path / "gone.mp4", tmp_path])
    assert found.files == ()
    assert [text.split(" ")[0:3] for text in found.problems] == [
        ["There", "is", "no"],
        ["There", "are", "no"],
    ]


def test_a_volume_is_named_after_the_whole_file(clip: Path) -> None:
    path = clip.rename(clip.with_name("door 2025-10-24 06-00-00+0000 (volume 3).mp4"))
    write_receipt(receipt_of(path), path)
    assert any("another time" in said for said in read_saved_file(path, []).remarks)
    write_receipt(receipt_of(path, volume_of=Whole("door.mp4", "ab" * 32, 3, 3)), path)
    assert read_saved_file(path, []).remarks == ()
