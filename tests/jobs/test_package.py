"""The index of a package: complete, harmless whatever names say, and up to date after a kill."""

import html.parser
import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import Availability, Camera, Recording
from rta_viewer.core.save_choices import GapPolicy, SaveChoices
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.evidence.files import write_atomically
from rta_viewer.jobs import package
from rta_viewer.jobs.package import index_html, names_in_index, renew_index, write_index
from rta_viewer.jobs.plan import plan_jobs
from rta_viewer.jobs.schedule import Lane
from tests.helpers.job_desk import Desk
from tests.helpers.job_recorder import SPAN, job

HOSTILE = "<script src=//x>&\"'\u202e gpj.exe </td><img onerror=x>"
DAY_MS = 86_400_000


class Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_hostile_names_stay_text() -> None:
    done = job("a", state=JobState.DONE, camera_name=HOSTILE, file_name=f"javascript:{HOSTILE}.mp4")
    page = Page(index_html([done, job("b", state=JobState.DIFFERS, reason=HOSTILE)]))
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert all(link.startswith("./") for link in page.links)
    assert HOSTILE in page.words
    assert f"./javascript:{HOSTILE}.mp4" in [unquote(link) for link in page.links]


def test_what_is_worth_knowing_of_a_file_that_is_as_asked_is_told() -> None:
    gap = "Nothing was recorded from 2025-10-24T10:10:00Z to 2025-10-24T10:12:00Z."
    plain = job("a", state=JobState.DONE, sha256="00")
    told = job("b", state=JobState.DONE, sha256="11", reason=gap)
    assert Page(index_html([plain, told])).words.count("as asked") == 2
    assert f"as asked. {gap}" in Page(index_html([plain, told])).words


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_makes_a_page_of_one_row(camera: str, reason: str) -> None:
    failed = job("a", state=JobState.FAILED, camera_name=camera, reason=reason)
    page = Page(index_html([failed]))
    assert page.tags.count("tr") == 2
    assert page.links == []


def plan(
    folder: Path,
    cameras: list[tuple[str, str]],
    span: Span = SPAN,
    *,
    name: str = "",
    known: Sequence[Job] = (),
) -> tuple[Job, ...]:
    choices = SaveChoices(watermark=True, watermark_text="{camera} {timestamp}")
    chosen = tuple(Camera(camera_id, name) for camera_id, name in cameras)
    order = SaveOrder(chosen, span, folder, choices, UTC, package_name=name)
    return plan_jobs(order, server="http://server", username="demo", now_ms=0, known=known).jobs


def test_a_week_of_three_cameras_is_one_package(tmp_path: Path) -> None:
    week = Span(SPAN.start_ms, SPAN.start_ms + 7 * DAY_MS)
    jobs = plan(tmp_path, [("1", "A"), ("2", "B"), ("3", "A")], week)
    assert len(jobs) == 21
    assert len({one.package for one in jobs}) == 1
    assert {one.folder.parent for one in jobs} == {tmp_path}
    assert jobs[0].watermark_text == "A {timestamp}"
    assert all(one.kind is JobKind.EXPORT for one in jobs)
    (single,) = plan(tmp_path, [("1", "A")])
    assert (single.package, single.folder) == ("", tmp_path)
    with pytest.raises(UsageError):
        plan(tmp_path, [])


def test_the_index_tells_what_was_left_out_because_nothing_was_recorded(tmp_path: Path) -> None:
    days = [Span(SPAN.start_ms + n * DAY_MS, SPAN.start_ms + (n + 1) * DAY_MS) for n in range(7)]
    week = Span(days[0].start_ms, days[-1].end_ms)
    cameras = tuple(Camera(name, name) for name in ("A", HOSTILE, "C", "D"))
    recorded = {"A": days, HOSTILE: [*days[:2], *days[4:]], "C": []}
    known = {
        name: Availability(name, week, tuple(Recording(span) for span in spans))
        for name, spans in recorded.items()
    }
    order = SaveOrder(cameras, week, tmp_path, SaveChoices(), UTC, known=known)
    desk = Desk(tmp_path)
    jobs = plan_jobs(order, server="http://server", username="demo", now_ms=0).jobs
    assert len(jobs) == 7 + 5 + 0 + 7
    desk.engine.add_all(jobs)
    desk.restart()
    page = Page(index_html(desk.engine.jobs()))
    desk.store.close()
    assert page.tags.count("li") == 2
    missing = f"{iso_utc(days[2].start_ms)} to {iso_utc(days[3].end_ms)}"
    assert f"{HOSTILE}: {missing}" in page.words
    assert f"C: {iso_utc(week.start_ms)} to {iso_utc(week.end_ms)}" in page.words
    assert "recorded nothing" in page.words
    assert "Left out" not in index_html(jobs[1:])
    assert "Left out" not in index_html([replace(jobs[0], left_out="[[")])


def test_thousands_of_gaps_are_counted(tmp_path: Path) -> None:
    recordings = [
        Span(SPAN.start_ms + n * 10_000, SPAN.start_ms + n * 10_000 + 5_000) for n in range(900)
    ]
    range_ = Span(SPAN.start_ms, recordings[-1].end_ms)
    known = {"1": Availability("1", range_, tuple(map(Recording, recordings)))}
    choices = SaveChoices(gaps=GapPolicy.APART)
    order = SaveOrder((Camera("1", "\u202e" * 60),), range_, tmp_path, choices, UTC, known=known)
    first = plan_jobs(order, server="http://server", username="demo", now_ms=0).jobs[0]
    assert len(first.left_out) < 20_000
    page = Page(index_html([first]))
    listed = page.tags.count("li") - 1
    assert f"and {899 - listed} more" in page.words


def test_the_index_can_be_printed(tmp_path: Path) -> None:
    text = index_html([job("a", state=JobState.DONE, camera_name="x" * 300, sha256="ab" * 32)])
    rules = text[text.index("<style>") : text.index("</style>")]
    assert "@page{size:A4 portrait" in rules
    assert "@media print{" in rules
    assert "table-layout:fixed" in rules
    assert "overflow-wrap:anywhere" in rules
    assert rules.count("{") == rules.count("}")


def test_a_package_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    first = plan(tmp_path, [("1", "A"), ("2", "B")])[0].folder
    first.mkdir()
    assert plan(tmp_path, [("1", "A"), ("2", "B")])[0].folder.name == f"{first.name} (2)"


def test_a_package_that_waits_has_its_folder_already(tmp_path: Path) -> None:
    cameras = [("1", "A"), ("2", "B")]
    first = plan(tmp_path, cameras)
    other = plan(tmp_path, cameras, Span(SPAN.end_ms, SPAN.end_ms + 5_000), known=first)
    assert other[0].folder != first[0].folder
    again = plan(tmp_path, cameras, known=first)
    assert again[0].folder.name == f"{first[0].folder.name} (2)"
    done = [replace(one, state=JobState.DONE) for one in first]
    assert plan(tmp_path, cameras, known=done)[0].folder == first[0].folder
    upper = plan(
        tmp_path, [("1", "A"), ("2", "B")], name="CASE", known=plan(tmp_path, cameras, name="case")
    )
    assert upper[0].folder.name == "CASE (2)"


def test_the_index_follows_the_jobs_also_after_a_kill(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    jobs = [
        desk.engine.add(replace(one, created_ms=desk.clock.now_ms()))
        for one in plan(tmp_path, [("1", "A"), ("2", "B")])
    ]
    index = jobs[0].folder / "index.html"
    assert desk.run(jobs[0]).state is JobState.DONE
    assert "1 of 2 files" in index.read_text("utf-8")
    assert desk.run(jobs[1]).state is JobState.DONE
    complete = index.read_text("utf-8")
    assert "2 of 2 files" in complete
    index.unlink()
    desk.restart()
    desk.engine.tend()
    assert not index.exists(), "a share that is away holds up no start"
    desk.engine.run_next(Lane.POLLS, CancelToken())
    assert index.read_text("utf-8") == complete
    desk.store.close()


def test_indexes_are_looked_after_one_at_a_time_and_old_ones_not_at_all(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    packages = [plan(tmp_path, [("1", "A"), ("2", "B")], name=name) for name in "xyz"]
    for jobs in packages:
        desk.engine.add_all(jobs)
        for one in jobs:
            desk.run(one)
        if jobs is packages[0]:
            desk.clock.advance(3 * 86_400)
    indexes = [jobs[0].folder / "index.html" for jobs in packages]
    for index in indexes:
        index.unlink()
    later_ms = desk.clock.now_ms()
    desk.restart()
    desk.clock.advance((later_ms - desk.clock.now_ms()) / 1000)
    desk.engine.resume_unfinished()
    counts = []
    for _ in range(4):
        desk.engine.run_next(Lane.POLLS, CancelToken())
        counts.append(sum(index.exists() for index in indexes))
    assert counts == [1, 2, 2, 2]
    assert not indexes[0].exists()
    desk.engine.resume_unfinished()
    for jobs in packages:
        for one in jobs:
            desk.engine.forget(one.job_id)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    assert desk.engine.jobs() == [], "what was removed meanwhile is nobody's trouble"
    desk.store.close()


def test_an_index_that_could_not_be_written_is_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drive is full for a moment, or another program holds it."""
    desk = Desk(tmp_path)
    jobs = plan(tmp_path, [("1", "A"), ("2", "B")])
    desk.engine.add_all(jobs)
    desk.run(jobs[0])
    index = jobs[0].folder / "index.html"

    def full(path: Path, data: bytes) -> None:
        raise StorageError("It cannot be written.")

    with monkeypatch.context() as patched:
        patched.setattr(package, "write_atomically", full)
        assert desk.run(jobs[1]).state is JobState.DONE
        desk.engine.run_next(Lane.POLLS, CancelToken())
        assert "1 of 2 files" in index.read_text("utf-8")
        desk.clock.advance(60)
        desk.engine.run_next(Lane.POLLS, CancelToken())
    desk.engine.run_next(Lane.POLLS, CancelToken())
    assert "1 of 2 files" in index.read_text("utf-8"), "it is not tried all the time"
    desk.clock.advance(60)
    desk.engine.run_next(Lane.POLLS, CancelToken())
    assert "2 of 2 files" in index.read_text("utf-8")
    desk.store.close()


def test_indexes_on_a_share_that_is_away_take_little_time_from_exports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each says only after half a minute that it cannot be written, and there may be many."""
    desk = Desk(tmp_path)
    for number in range(9):
        (one,) = plan(tmp_path, [("1", "A")], name=str(number))
        desk.run(desk.engine.add(replace(one, package=str(number), created_ms=desk.clock.now_ms())))
    desk.restart()
    attempts = []

    def away(path: Path, data: bytes) -> None:
        attempts.append(path)
        desk.clock.advance(30)
        raise StorageError("It cannot be written.")

    with monkeypatch.context() as patched:
        patched.setattr(package, "write_atomically", away)
        begun_s = desk.clock.monotonic_s()
        while desk.clock.monotonic_s() < begun_s + 3600:
            desk.engine.run_next(Lane.POLLS, CancelToken())
            desk.clock.advance(1)
    assert len(set(attempts)) == 9, "each gets its turn"
    assert len(attempts) * 30 < 3600 / 8
    desk.store.close()


def test_the_index_tells_of_files_that_nobody_wants_any_more(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    jobs = plan(tmp_path, [("1", "A"), ("2", "B"), ("3", "C")])
    desk.engine.add_all(jobs)
    desk.run(jobs[0])
    for one in jobs[1:]:
        desk.engine.cancel(one.job_id)
    page = Page((jobs[0].folder / "index.html").read_text("utf-8"))
    desk.store.close()
    assert "1 of 3 files" in page.words
    assert page.words.count("not here: cancelled") == 2


def test_the_index_says_why_a_file_is_not_there() -> None:
    failed = replace(job(), state=JobState.FAILED, reason="The server is on fire.")
    waits = replace(job("b.mp4"), state=JobState.PAUSED, reason="")
    words = Page(index_html([failed, waits])).words
    assert "not here: The server is on fire." in words
    assert "not here: paused" in words


def test_a_package_that_was_cancelled_before_it_began_leaves_no_folder(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    jobs = plan(tmp_path, [("1", "A"), ("2", "B")])
    desk.engine.add_all(jobs)
    for one in jobs:
        desk.engine.cancel(one.job_id)
    desk.restart()
    desk.store.close()
    assert not jobs[0].folder.exists()


def test_the_index_is_replaced_in_one_step(tmp_path: Path) -> None:
    write_index(tmp_path, [job("a")])
    write_index(tmp_path, [job("a"), job("b")])
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_files_that_were_taken_off_the_list_stay_in_the_index(tmp_path: Path) -> None:
    """Who tidies the list up while the rest is fetched does not want them to be unknown there."""
    desk = Desk(tmp_path)
    first, *others = plan(tmp_path, [("1", "B <&>"), ("2", "A"), ("3", "A 2"), ("4", "C")])
    jobs = [replace(first, left_out=left_out(("A", SPAN))), *others]
    desk.engine.add_all(jobs)
    desk.run(jobs[0])
    desk.engine.cancel(jobs[2].job_id)
    desk.run(jobs[1])
    done = [desk.engine.job(one.job_id) for one in jobs[:2]]
    for one in jobs[:3]:
        desk.engine.forget(one.job_id)
    desk.run(jobs[3])
    desk.restart()
    desk.engine.run_next(Lane.POLLS, CancelToken())
    page = Page((first.folder / "index.html").read_text("utf-8"))
    desk.store.close()
    assert "3 of 4 files" in page.words
    assert "not here: cancelled" in page.words
    assert page.words.count("Left out") == page.words.count("A: 2") == 1
    linked = {unquote(link) for link in page.links}
    assert linked == {
        f"./{path.name}" for path in first.folder.iterdir() if path.name != "index.html"
    }
    at = [page.words.index(word) for word in ("A2", "A 22", "B <&>", "C2")]
    assert at == sorted(at), "cameras and times are in order"
    assert all(one.sha256 in page.words for one in done)


def test_files_that_were_deleted_and_taken_off_the_list_are_not_called_here(
    tmp_path: Path,
) -> None:
    """Somebody throws away a file that nobody wants, before the last one is there."""
    names = ("gone <&> #1.mp4", "cut.mp4", "here.mp4", "last.mp4")
    done = [
        job(str(at), state=JobState.DONE, folder=tmp_path, file_name=name, sha256=f"sum of {name}")
        for at, name in enumerate(names)
    ]
    done[1] = replace(done[1], volume_count=2)
    volumes = done[1].volumes
    for path in (*(one.path for one in done), *volumes):
        path.touch()
    write_index(tmp_path, done)
    for path in (done[0].path, done[1].path, volumes[1]):
        path.unlink()
    index = write_index(tmp_path, done[3:])
    page = Page(index.read_text("utf-8"))
    linked = {unquote(link)[2:] for link in page.links if not link.endswith(".json")}
    assert linked == {"cut (volume 1).mp4", "here.mp4", "last.mp4"}
    assert "3 of 4 files are here" in page.words
    assert page.words.count("not here: it was saved, and was put elsewhere or deleted since") == 1
    assert [name for name in names if f"sum of {name}" in page.words] == ["here.mp4", "last.mp4"]
    assert write_index(tmp_path, done[3:]).read_text("utf-8") == index.read_text("utf-8")
    assert sorted(names_in_index(index)) == sorted(linked)
    noted = index.read_text("utf-8").replace("<tbody>", '<tr id="n"><td>a note</td></tr>')
    index.write_text(noted, encoding="utf-8")
    assert "a note" in write_index(tmp_path, done[3:]).read_text("utf-8")


def left_out(*spans: tuple[str, Span]) -> str:
    found = [(name, span.start_ms, span.end_ms) for name, span in spans]
    return json.dumps({"spans": found, "more": 0})


def test_what_is_on_another_drive_is_not_called_here(tmp_path: Path) -> None:
    """The first one was full, or gone, and somebody went on on a second one."""
    desk = Desk(tmp_path)
    jobs = plan(tmp_path, [("1", "A"), ("2", "B")])
    desk.engine.add_all(jobs)
    desk.run(jobs[0])
    folder = jobs[0].folder
    folder.rename(folder.with_name("first stick"))
    assert desk.run(jobs[1]).state is JobState.PAUSED
    desk.engine.resume(jobs[1].job_id)
    assert desk.run(jobs[1]).state is JobState.DONE
    page = Page((folder / "index.html").read_text("utf-8"))
    desk.store.close()
    assert "1 of 2 files" in page.words
    assert page.words.count("not here: it was saved, and was put elsewhere or deleted since") == 1
    assert len(page.links) == 2


def test_another_page_of_that_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("somebody's", encoding="utf-8")
    (tmp_path / "index (2).html").mkdir()
    for jobs in ([job("a", package="x")], [job("a", package="x"), job("b", package="x")]):
        assert write_index(tmp_path, jobs).name == "index (3).html"
    assert (tmp_path / "index.html").read_text("utf-8") == "somebody's"


def test_two_packages_in_one_folder_have_an_index_each(tmp_path: Path) -> None:
    """Two computers may choose the same name on a share, before its folder is there."""
    names = []
    for _ in range(2):
        names += [write_index(tmp_path, [job(key, package=key)]).name for key in "xy"]
    assert names == ["index.html", "index (2).html"] * 2


def test_an_index_of_an_earlier_version_is_replaced(tmp_path: Path) -> None:
    page = index_html([job("a", package="x")])
    start, end = page.index('<meta name="package"'), page.index('<meta name="viewport"')
    (tmp_path / "index.html").write_text(page[:start] + page[end:], encoding="utf-8")
    assert write_index(tmp_path, [job("a", package="x")]).name == "index.html"
    assert (tmp_path / "index.html").read_text("utf-8") == page


def test_an_index_of_an_earlier_version_keeps_what_was_taken_off_the_list(tmp_path: Path) -> None:
    """It does not say whose its rows are."""
    jobs = [
        job(name, state=state, folder=tmp_path, file_name=f"{name} & 1.mp4", package="p")
        for name, state in zip("abc", [JobState.DONE, JobState.DONE, JobState.FAILED], strict=True)
    ]
    for one in jobs[:2]:
        one.path.write_bytes(b"x")
    older = re.sub('<tr id="[^"]*">', "<tr>", write_index(tmp_path, jobs).read_text("utf-8"))
    older = re.sub('<meta name="package" content="[^"]*">', "", older)
    (tmp_path / "index.html").write_text(older, "utf-8")
    for _ in range(2):
        index = write_index(tmp_path, jobs[1:])
        page = Page(index.read_text("utf-8"))
        assert [page.words.count(f"{name} & 1.mp4") for name in "abc"] == [1, 1, 0]
        assert "2 of 3 files are here" in page.words
    jobs[0].path.unlink()
    assert "1 of 3 files are here" in write_index(tmp_path, jobs[1:]).read_text("utf-8")


def test_an_index_that_cannot_be_read_now_is_not_taken_for_somebody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(tmp_path, [job("a", package="x")])

    def held(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", held)
        with pytest.raises(StorageError, match="cannot be read"):
            write_index(tmp_path, [job("a", package="x")])
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_the_last_index_is_that_of_the_last_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for its turn writes what is known then, not what was known before."""
    jobs, writing, go_on = [job("a")], threading.Event(), threading.Event()

    def held(path: Path, data: bytes) -> None:
        writing.set()
        assert go_on.wait(20)
        write_atomically(path, data)

    monkeypatch.setattr(package, "write_atomically", held)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(renew_index, tmp_path, lambda: list(jobs))
        assert writing.wait(20)
        others = [pool.submit(renew_index, tmp_path, lambda: list(jobs)) for _ in range(3)]
        jobs.append(job("b"))
        go_on.set()
        for done in (first, *others):
            done.result(20)
    assert "of 2 files" in (tmp_path / "index.html").read_text("utf-8")


def test_an_order_is_in_the_list_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, jobs = Desk(tmp_path), plan(tmp_path, [("1", "A"), ("2", "B"), ("3", "C")])
    write, left = desk.store._write, [2]

    def full(connection: sqlite3.Connection, job: Job, why: str | None, who: str) -> None:
        if not left[0]:
            raise sqlite3.OperationalError("database or disk is full")
        left[0] -= 1
        write(connection, job, why, who)

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "_write", full)
        with pytest.raises(StorageError):
            desk.engine.add_all(jobs)
    assert desk.engine.jobs() == []
    desk.restart()
    assert desk.engine.jobs() == []
    assert desk.engine.add_all(jobs) == list(jobs)
    assert desk.engine.add_all(jobs[:1]) == [jobs[0]]
    assert [event.why for event in desk.engine.history(jobs[2].job_id)] == [jobs[2].why_kind]
    desk.restart()
    assert {job.job_id for job in desk.engine.jobs()} == {job.job_id for job in jobs}
    desk.store.close()
