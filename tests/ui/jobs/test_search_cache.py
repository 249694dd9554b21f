from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.core.jobs import Job
from rta_viewer.ui.jobs import search_cache
from rta_viewer.ui.jobs.search_cache import SearchCache
from tests.helpers.ui_world import job


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The jobs whose text was made, oldest first."""
    found: list[str] = []
    real = search_cache.search_text

    def counted(job: Job, zone: ZoneInfo) -> str:
        found.append(job.job_id)
        return real(job, zone)

    monkeypatch.setattr(search_cache, "search_text", counted)
    return found


def test_a_text_is_made_once_for_each_name_and_zone(qtbot: QtBot, made: list[str]) -> None:
    cache = SearchCache()
    assert cache.text(job(1)) == cache.text(job(1))
    assert made == ["job-1"]
    assert "other.mp4" in cache.text(job(1, file_name="other.mp4"))
    cache.set_zone(ZoneInfo("Europe/Copenhagen"))
    assert "11:00:00" in cache.text(job(1))
    assert len(made) == 3
    cache.forget("job-1")
    cache.text(job(1))
    cache.keep({"job-2": job(2)})
    cache.text(job(1))
    assert len(made) == 5


def test_all_texts_are_made_ahead_a_few_a_turn(qtbot: QtBot, made: list[str]) -> None:
    cache = SearchCache()
    jobs = {one.job_id: one for one in (job(number) for number in range(450))}
    cache.text(jobs["job-7"])
    cache.read_ahead(jobs, jobs.get)
    assert made == ["job-7"]
    with qtbot.waitSignal(cache._ahead.timeout):
        pass
    assert len(made) == 201
    gone = jobs.popitem()[0]
    qtbot.waitUntil(lambda: not cache._ahead.isActive())
    assert sorted(made) == sorted(jobs)
    assert gone not in made
    cache.read_ahead(jobs, jobs.get)
    assert not cache._ahead.isActive()
