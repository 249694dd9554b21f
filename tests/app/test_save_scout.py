"""What is known of the servers that share the window, before anything is saved."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rta_viewer.app import save_scout
from rta_viewer.app.joined import Joined
from rta_viewer.app.save_scout import Scout
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.model import Camera
from rta_viewer.core.save_estimate import Experience
from tests.helpers.ui_world import job

NEAR, FAR = "http://near", "http://far"
MEASURED = {NEAR: Experience(8e6, 100.0, 2.0), FAR: Experience(1e6, 50.0, 1.0)}


def session(address: str, *others: Any) -> Any:
    info = SimpleNamespace(address=address, name=address)
    found = SimpleNamespace(key=(address, "demo"), info=info, others=others)
    found.joined = Joined(found, others)
    return found


def scout(signed_in: Any, max_bytes_per_s: int = 0, jobs: Sequence[Job] = ()) -> Scout:
    settings = SimpleNamespace(max_bytes_per_s=max_bytes_per_s)
    services: Any = SimpleNamespace(jobs=object(), settings=settings, known_jobs=lambda: jobs)
    return Scout(services, signed_in)


@pytest.fixture(autouse=True)
def _measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save_scout, "experience_of", lambda _jobs, server: MEASURED[server])


def test_each_camera_is_judged_by_its_own_server() -> None:
    far = session(FAR)
    near = session(NEAR, far)
    found = scout(near).experience()
    joined = Joined(near, (far,))
    here, there = (joined.id_at(member, Camera("1", "Gate").camera_id) for member in (near, far))
    assert found.at(there) == MEASURED[FAR]
    assert found.at(here).bytes_per_s == 8e6


def test_the_limit_of_the_settings_is_for_all_servers() -> None:
    found = scout(session(NEAR, session(FAR)), max_bytes_per_s=2_000_000).experience()
    assert found.bytes_per_s == 2e6
    assert found.at(f"{FAR} 1").bytes_per_s == 1e6


def test_what_other_jobs_will_write_to_the_drive_is_not_free(tmp_path: Path) -> None:
    waiting = job(1, JobState.QUEUED, folder=tmp_path / "case", estimated_bytes=5_000_000_000)
    paused = job(2, JobState.PAUSED, folder=tmp_path, total_bytes=900, received_bytes=200)
    over = job(3, JobState.DONE, folder=tmp_path, total_bytes=70)
    found = scout(session(NEAR), jobs=[waiting, paused, over]).target(tmp_path / "other")
    assert found.reserved_bytes == 5_000_000_700
    assert found.problem == ""
