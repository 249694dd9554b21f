"""A hundred exports that the server works on for ten minutes: how often we ask, and what that costs.

The ten minutes are a clock that is moved by hand; every request is a real one.
"""

import json
import tempfile
import time
from pathlib import Path

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.jobs.engine import JobEngine
from rta_viewer.jobs.schedule import Lane, Limits
from rta_viewer.jobs.store import JobStore
from rta_viewer.platform.system_clock import SystemClock
from tests.benchmarks.report import Report
from tests.helpers.job_orders import submit
from tests.helpers.recorders import Naps
from tests.helpers.scripted_http import Reply, Seen, scripted

_JSON = {"Content-Type": "application/json"}


def measure_polling(into: Report, exports: int, minutes: int) -> None:
    polls = 0

    def answer(seen: Seen) -> Reply:
        nonlocal polls
        if seen.path.endswith("/cameras"):
            return Reply(200, b'{"cameras": [], "totalCount": 0}', _JSON)
        if seen.method == "POST":
            document: dict[str, object] = {"exportId": f"e{len(server.seen)}", "status": "queued"}
        elif "/recordings/export/" in seen.path:
            polls += 1
            name = seen.path.rpartition("/")[2]
            document = {"exportId": name, "status": "processing", "progress": 40}
        else:
            return Reply(404, b"{}", _JSON)
        return Reply(200, json.dumps(document).encode(), _JSON)

    with tempfile.TemporaryDirectory() as folder, scripted(answer) as server:
        clock = ManualClock(1_761_300_000_000)
        store = JobStore(Path(folder) / "jobs.db", clock)
        recorder = vms.connect(
            server.url, "demo", Secret("demo"), clock=SystemClock(), sleep=Naps()
        )
        recorder.sign_in(CancelToken())
        engine = JobEngine(
            store, lambda host, user: recorder, clock, limits=Limits(exports_at_once=exports)
        )
        for number in range(exports):
            submit(
                engine,
                SaveRequest(f"{number}", Span(0, 3_600_000)),
                server=server.url,
                camera_name=f"Camera {number}",
                folder=Path(folder) / "saved",
                kind=JobKind.EXPORT,
            )
        cpu_s = _poll(engine, clock, minutes)
        recorder.close()
        store.close()
    into.add("polls_per_job_10s", polls / exports / (minutes * 6), "requests", at_most=1)
    # The thread's own time: the answering server lives in the same process.
    into.add("poll_cpu_pct", 100 * cpu_s / (minutes * 60), "%", at_most=2)


def _poll(engine: JobEngine, clock: ManualClock, minutes: int) -> float:
    began_s = time.thread_time()
    for _ in range(minutes * 60):
        while engine.run_next(Lane.POLLS, CancelToken()):
            pass
        clock.advance(1)
    return time.thread_time() - began_s
