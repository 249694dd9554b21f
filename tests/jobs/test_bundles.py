"""Copies on a drive: complete, their links whole, and unchanged to whoever verifies them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.examination import Verdict
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.save_medium import Medium
from rta_viewer.errors import StorageError
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs.bundles import bundles_of
from rta_viewer.jobs.copying import copy_verified
from rta_viewer.jobs.examine import examine
from rta_viewer.jobs.saved_paths import find_files
from tests.helpers.job_desk import MINUTE, Desk, volume_desk
from tests.helpers.shares import share_is_away
from tests.jobs.test_package import Page


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with volume_desk(tmp_path, monkeypatch) as made:
        yield made


def saved(desk: Desk, name: str, medium: Medium, package: str) -> Job:
    job = desk.submit(request=SaveRequest("camera", MINUTE))
    desk.engine.cancel(job.job_id)
    folder = desk.root / (package or "saved")
    wanted = replace(
        job,
        job_id=f"{package}{name}",
        medium=medium,
        file_name=name,
        package=package,
        folder=folder,
    )
    return desk.run(desk.engine.add(wanted))


def assert_whole(folder: Path) -> None:
    """Every link leads somewhere, and verifying finds nothing."""
    page = Page((folder / "index.html").read_text("utf-8"))
    assert page.links
    assert all((folder / unquote(link)).is_file() for link in page.links)
    found = find_files([folder])
    assert found.problems == ()
    verdicts = {examine(path, [], CancelToken()).verdict for path in found.files}
    assert verdicts == {Verdict.UNCHANGED}


def test_a_package_with_volumes_is_whole_on_the_drive(desk: Desk) -> None:
    jobs = [saved(desk, "large.mp4", Medium.DVD, "p"), saved(desk, "small.mp4", Medium.ANY, "p")]
    assert jobs[0].volume_count >= 2
    drive = desk.root / "stick"
    copy_verified(bundles_of(jobs), drive)
    folder = drive / "p"
    assert_whole(folder)
    names = [*(path.name for path in jobs[0].volumes), "small.mp4"]
    wanted = [*names, *(f"{name}.receipt.json" for name in names), "index.html", "SHA256SUMS.txt"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(wanted)


def test_two_packages_with_the_same_names_on_one_drive(desk: Desk) -> None:
    first, second = (saved(desk, "gate.mp4", Medium.ANY, name) for name in ("p", "q"))
    drive = desk.root / "stick"
    copy_verified(bundles_of([first, second]), drive)
    copy_verified(bundles_of([first]), drive)
    for name in ("p", "q", "p (2)"):
        assert_whole(drive / name)


def test_a_whole_package_also_tells_what_is_not_in_it(desk: Desk) -> None:
    """Whoever gets the drive sees the index only; a part of a package tells of that part."""
    jobs = [saved(desk, name, Medium.ANY, "p") for name in ("gate.mp4", "door.mp4")]
    left_out = json.dumps({"spans": [["Yard", MINUTE.start_ms, MINUTE.end_ms]], "more": 0})
    failed = replace(
        jobs[0],
        job_id="failed",
        state=JobState.FAILED,
        reason="The server has no footage.",
        camera_name="Roof",
        left_out=left_out,
    )
    other = replace(failed, job_id="other", package="q", camera_name="Other")
    known = [failed, *jobs, other]
    (whole,) = bundles_of(jobs, known)
    page = Page(whole.index)
    assert "2 of 3 files" in page.words
    assert "not here: The server has no footage." in page.words
    assert "Yard: " in page.words
    assert "Other" not in page.words
    assert [one.path.name for one in whole.originals] == ["gate.mp4", "door.mp4"]
    (part,) = bundles_of(jobs[:1], known)
    assert "1 of 1 files" in Page(part.index).words
    assert "Roof" not in Page(part.index).words


def test_what_is_not_what_was_saved_is_told(desk: Desk) -> None:
    job = saved(desk, "gate.mp4", Medium.ANY, "")
    other = saved(desk, "door.mp4", Medium.DVD, "")
    (one,) = bundles_of([job])
    assert (one.folder_name, one.index) == ("", "")
    assert one.originals[0].sha256 == job.sha256
    content = bytearray(other.volumes[1].read_bytes())
    content[-1] ^= 1
    other.volumes[1].write_bytes(content)
    with pytest.raises(StorageError, match="was changed since"):
        copy_verified(bundles_of([job, other]), desk.root / "stick")
    left = sorted(path.name for path in (desk.root / "stick").iterdir())
    assert left == ["SHA256SUMS.txt", "gate.mp4", "gate.mp4.receipt.json"]
    receipt_path(job.path).write_bytes(receipt_path(other.path).read_bytes().replace(b"a", b"b"))
    with pytest.raises(StorageError, match=r"gate\.mp4 was not copied"):
        bundles_of([job])
    job.path.unlink()
    with pytest.raises(StorageError, match="any more"):
        bundles_of([job])


def test_a_share_that_is_away_is_not_called_a_file_that_is_gone(desk: Desk) -> None:
    job = saved(desk, "gate.mp4", Medium.ANY, "")
    with share_is_away(job.folder), pytest.raises(StorageError, match="cannot be read"):
        bundles_of([job])
    job.path.unlink()
    with pytest.raises(StorageError, match="any more"):
        bundles_of([job])
