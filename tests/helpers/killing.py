"""Kills the program again and again while it works off jobs, and looks at what came of it."""

import hashlib
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import SaveRequest, Watermark
from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.evidence.verify import verify
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.system_clock import SystemClock
from tests.helpers.job_orders import submit
from tests.helpers.kill_server_main import CLIP_MS

ROOT = Path(__file__).parents[2]
CAMERA = "Main entrance"
SECRET = "demo"
_ENDS_WITHIN_S = 120.0
_BATCH = (4, 3)
_AT_WORK = 0.8
"""So many kills count from the first request; the others from the start of the program."""

_IN_ORDERS = 4
"""One kill in so many comes while the server has not answered the order of an export yet."""

_RUNS_A_KILL = 10
"""A program that ends at once is not started for ever."""

_HOLDS = ("before", "begun")
_WITHIN_S = 1.3
_LOOK_S = 0.02


class KillServer:
    """The recording server of the test, in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.kill_server_main", CAMERA],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.facts = self._answer()

    def ask(self, word: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer = json.loads(self._process.stdout.readline())
        assert isinstance(answer, dict)
        return answer


@contextmanager
def kill_server() -> Iterator[KillServer]:
    """Until the end of the block."""
    server = KillServer()
    try:
        yield server
    finally:
        server.close()


@dataclass
class Outcome:
    """What there was in the end.

    Attributes:
        duplicate_exports: Exports that the server made again without a reason in the history.
        explained_exports: The same with a reason.
        kills_in_orders: How many kills came while the server had the order of an export and had not answered,
            by whether it had begun the export.
    """

    kills: int = 0
    jobs: int = 0
    files_identical: int = 0
    jobs_lost: int = 0
    files_twice: int = 0
    duplicate_exports: int = 0
    explained_exports: int = 0
    kills_in_orders: Counter[str] = field(default_factory=Counter)
    parts_left: int = 0
    problems: list[str] = field(default_factory=list)


class KillRun:
    """One profile, one folder, many short lives of the program."""

    def __init__(self, folder: Path, server: KillServer, seed: int = 1) -> None:
        self._server = server
        self._profile = folder / "profile"
        self._saved = folder / "saved"
        self._errors = folder / "errors.txt"
        self._random = random.Random(seed)  # noqa: S311 - moments of kills
        self._ordered: dict[str, Job] = {}

    def run(self, kills: int) -> Outcome:
        """Kill so often, then let it end in peace, then look."""
        outcome = Outcome()
        self._order(*_BATCH)
        for _ in range(kills * _RUNS_A_KILL):
            if outcome.kills == kills or outcome.problems:
                break
            self._server.ask("forget")
            if outcome.kills % _IN_ORDERS:
                self._kill_at_random(outcome)
            else:
                self._kill_in_an_order(outcome)
        self._server.ask("calm")
        process = self._start()
        process.wait(_ENDS_WITHIN_S)
        self._ended(process, outcome)
        self._judge(outcome)
        return outcome

    def _kill_at_random(self, outcome: Outcome) -> None:
        process = self._start()
        if self._random.random() < _AT_WORK:
            self._wait_for(process, "requests")
        try:
            process.wait(self._random.uniform(0, _WITHIN_S))
        except subprocess.TimeoutExpired:
            self._kill(process, outcome)
        else:
            self._ended(process, outcome)
            self._order(*_BATCH)

    def _kill_in_an_order(self, outcome: Outcome) -> None:
        """As soon as the server has been asked for an export; it answers late."""
        self._order(1, 1)
        when = _HOLDS[outcome.kills_in_orders.total() % len(_HOLDS)]
        self._server.ask(f"hold {when}")
        process = self._start()
        self._wait_for(process, "unanswered_orders")
        if process.poll() is None:
            self._kill(process, outcome)
            outcome.kills_in_orders[when] += 1
        else:
            self._ended(process, outcome)
            self._order(*_BATCH)

    def _kill(self, process: "subprocess.Popen[str]", outcome: Outcome) -> None:
        process.kill()
        process.wait()
        outcome.kills += 1

    def _ended(self, process: "subprocess.Popen[str]", outcome: Outcome) -> None:
        if process.returncode:
            said = self._errors.read_text("utf-8", "replace").strip()
            outcome.problems.append(f"the program ended with {process.returncode}: {said}")

    def _wait_for(self, process: "subprocess.Popen[str]", what: str) -> None:
        """Until the server has seen one: a busy machine would only kill what still starts."""
        while process.poll() is None and not self._server.ask("stats")[what]:
            time.sleep(_LOOK_S)

    def _start(self) -> "subprocess.Popen[str]":
        words = ["--profile", str(self._profile), "jobs", "run", "--json"]
        words += ["--server", self._server.facts["rest"], "--user", "demo", "--password-stdin"]
        with self._errors.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "rta_viewer", *words],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                encoding="utf-8",
            )
        assert process.stdin is not None
        process.stdin.write(f"{SECRET}\n")
        process.stdin.close()
        return process

    @contextmanager
    def _engine(self) -> Iterator[JobEngine]:
        store = JobStore(self._profile / "data" / "jobs.sqlite3", SystemClock())
        try:
            yield JobEngine(store, lambda server, username: None, SystemClock())
        finally:
            store.close()

    def _order(self, clips: int, exports: int) -> None:
        """Clips and exports, each of a time of its own, some of one name."""
        facts = self._server.facts
        with self._engine() as engine:
            for number in range(clips + exports):
                start_ms = facts["start_ms"] + len(self._ordered) % 190 * CLIP_MS
                is_export = number >= clips
                mark = f"export {len(self._ordered)}"
                request = SaveRequest(
                    facts["camera"],
                    Span(start_ms, start_ms + CLIP_MS),
                    watermark=Watermark(mark) if is_export else None,
                )
                job = submit(
                    engine,
                    request,
                    server=facts["rest"],
                    camera_name=CAMERA,
                    folder=self._saved,
                    file_name=f"gate {number % 3}.mp4",
                    kind=JobKind.EXPORT if is_export else JobKind.CLIP,
                )
                self._ordered[job.job_id] = job

    def _judge(self, outcome: Outcome) -> None:
        with self._engine() as engine:
            jobs = {job.job_id: job for job in engine.jobs()}
            whys = {key: [event.why for event in engine.history(key)] for key, job in jobs.items()}
        outcome.jobs = len(self._ordered)
        done = [job for job in jobs.values() if job.state is JobState.DONE]
        outcome.jobs_lost = len(self._ordered) - len(done)
        outcome.problems += [
            f"{job.state}: {job.reason}" for job in jobs.values() if job.state is not JobState.DONE
        ]
        outcome.files_identical = sum(self._is_identical(job) for job in done)
        expected = {job.path for job in done}
        outcome.files_twice = len(done) - len(expected)
        outcome.files_twice += len(set(self._saved.glob("*.mp4")) - expected)
        outcome.parts_left = len(list(self._saved.glob("*.part*")))
        made = self._server.ask("stats")["exports"]
        for job in done:
            more = made[job.watermark_text] - 1 if job.kind is JobKind.EXPORT else 0
            reasons = sum("twice" in why for why in whys[job.job_id])
            outcome.explained_exports += min(more, reasons)
            outcome.duplicate_exports += max(0, more - reasons)

    def _is_identical(self, job: Job) -> bool:
        """The same bytes as the server sends to somebody whom nobody disturbs."""
        return (
            verify(job.path).ok
            and hashlib.sha256(self._undisturbed(job)).hexdigest()
            == hashlib.sha256(job.path.read_bytes()).hexdigest()
        )

    def _undisturbed(self, job: Job) -> bytes:
        base = f"{self._server.facts['rest']}/api/rest/v1/recordings"
        query = {"startTime": iso_utc(job.span.start_ms), "endTime": iso_utc(job.span.end_ms)}
        with requests.Session() as session:
            session.trust_env = False
            session.auth = ("demo", SECRET)
            if job.kind is JobKind.EXPORT:
                answer = session.get(f"{base}/export/{job.export_id}/file", timeout=20)
            else:
                answer = session.get(f"{base}/{job.camera_id}/download", params=query, timeout=20)
            answer.raise_for_status()
            return answer.content
