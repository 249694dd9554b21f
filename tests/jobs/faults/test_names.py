"""Names that want to be somewhere else: of files, cameras, packages and exports."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path, PureWindowsPath

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import MAX_NAME_CHARS
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import Camera
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.jobs.plan import plan_jobs
from tests.helpers.fault_ground import TENTH, Ground
from tests.helpers.site import API

HOSTILE = [
    "../../../../../../x",
    "..",
    "C:\\windows\\x",
    "\\\\server\\share\\x",
    "CON",
    "a:b",
    "a?b",
    "A|B",
    "a" * 300,
    "😀" * 200,
    "x\x00y\r\nz",
    "gnp.\u202e4pm",
    " . ",
    "",
]

DISPOSITIONS = [
    *(f'attachment; filename="{name}.mp4"' for name in HOSTILE),
    "attachment; filename=../x.mp4",
    "attachment; filename*=UTF-8''..%2F..%2Fx%00.mp4",
    'attachment; filename="..\\\\..\\\\x.mp4"',
    "attachment; filename*=utf-99'' ;;;",
]


def names_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def is_harmless(name: str) -> bool:
    """As one part of a path, on each system."""
    part = PureWindowsPath(name)
    return (
        len(name) <= MAX_NAME_CHARS + len(".receipt.json")
        and name == name.strip(" .") == part.name
        and name.isprintable()
        and not part.is_reserved()
        and not set(name) & set('<>:"|?*')
    )


@pytest.mark.parametrize("number", range(len(DISPOSITIONS)))
def test_what_a_server_calls_a_file_is_only_noted(ground: Ground, number: int) -> None:
    """Beside an unfinished one, cleaned; the file is called as the operator wants."""
    disposition = DISPOSITIONS[number].encode("utf-8").decode("latin-1")
    faults = ground.site.faults
    faults.name_file(disposition.replace("\r\n", "\n "), path="/download")
    faults.cut_body(5 * TENTH, path="/download")

    def refuse(seconds: float, cancel: CancelToken) -> None:
        faults.fail_next(1, 403, path="/download")

    with ground.waiting_by(refuse):
        job = ground.save()
    assert job.state is JobState.FAILED
    assert faults.armed == 0
    part = f"download.{job.job_id[:12]}.part"
    assert names_below(ground.folder) == [part, f"{part}.json"]
    noted = json.loads((ground.folder / f"{part}.json").read_text("utf-8"))["name"]
    assert not noted or is_harmless(noted)
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
    assert names_below(ground.folder) == ["gate.mp4", "gate.mp4.receipt.json"]


def listed(ground: Ground, names: Sequence[str]) -> list[Camera]:
    """Cameras that the server calls so, as the program knows them."""
    world = ground.site.world
    kind = world.camera(ground.request.camera_id)
    assert kind is not None
    ids = [f"0000000{number:x}-0000-0000-0000-000000000000" for number in range(len(names))]
    for camera_id, name in zip(ids, names, strict=True):
        world.replace_camera(replace(kind, camera_id=camera_id, name=name))
    pages = ground.recorder.cameras(CancelToken())
    return [camera for page in pages for camera in page if camera.camera_id in ids]


def saved(ground: Ground, cameras: Sequence[Camera], package_name: str = "") -> list[Job]:
    span = ground.request.span
    order = SaveOrder(
        tuple(cameras), span, ground.folder, SaveChoices(), UTC, package_name=package_name
    )
    plan = plan_jobs(order, server=ground.site.rest_url, username="demo", now_ms=0)
    return [ground.run(job) for job in ground.engine.add_all(plan.jobs)]


def test_cameras_with_hostile_names_are_files_of_one_folder(ground: Ground) -> None:
    cameras = listed(ground, HOSTILE)
    assert len(cameras) == len(HOSTILE)
    assert {"../../../../../../x", "CON", "a" * 300} <= {camera.name for camera in cameras}
    jobs = saved(ground, cameras)
    assert all(ground.is_whole(job) for job in jobs), jobs
    (folder,) = ground.folder.iterdir()
    assert is_harmless(folder.name)
    names = names_below(folder)
    assert len(names) == 2 * len(HOSTILE) + 1
    assert len({name.casefold() for name in names}) == len(names)
    assert all(is_harmless(name) for name in names), names


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_for_a_file_and_for_a_folder(
    ground: Ground, tmp_path: Path, name: str
) -> None:
    cameras = listed(ground, [name, name])
    before = set(tmp_path.iterdir())
    single = saved(ground, cameras[:1])
    several = saved(ground, cameras, package_name=name)
    assert all(ground.is_whole(job) for job in (*single, *several))
    file, folder = single[0].path, several[0].folder
    assert file.parent == folder.parent == ground.folder
    inside = names_below(folder)
    assert len(inside) == 5
    assert set(ground.folder.iterdir()) == {
        file,
        file.with_name(f"{file.name}.receipt.json"),
        folder,
    }
    assert all(is_harmless(one) for one in (file.name, folder.name, *inside))
    assert set(tmp_path.iterdir()) - before <= {ground.folder, tmp_path / "jobs.db.folders"}


@pytest.mark.parametrize(
    "known", ["../../x", "..", ".", "a/b?c=d#e", "%2e%2e%2fx", "x" * 3000, "x\r\nHost: y", "😀", ""]
)
def test_a_hostile_id_of_an_export_stays_one_segment_of_a_path(ground: Ground, known: str) -> None:
    """It is asked for as it was given, and nothing else; the server knows no such export."""
    answer = {"exportId": known, "status": "queued"}
    ground.site.faults.answer_instead(json.dumps(answer).encode(), path="/recordings/export")
    job = ground.save(JobKind.EXPORT)
    assert job.state is JobState.FAILED
    assert job.reason
    assert ground.site.faults.armed == 0
    asked = [entry for entry in ground.site.log.entries() if "/export/" in entry.path]
    assert {entry.path.count("/") for entry in asked} <= {f"{API}/recordings/export/x".count("/")}
    assert all(entry.path.startswith(f"{API}/recordings/export/") for entry in asked)
    assert {entry.query for entry in asked} <= {""}
    assert names_below(ground.folder) == []
    assert ground.is_whole(ground.run(ground.engine.retry(job.job_id)))
