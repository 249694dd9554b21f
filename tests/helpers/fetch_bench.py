"""A file, a server that sends it with all kinds of trouble, and a fetcher that writes down what it tells."""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import Fetched, TransferProgress
from rta_viewer.vms.fetch import Fetcher, Source
from rta_viewer.vms.transport import Transport
from tests.helpers.recorders import Naps
from tests.helpers.scripted_http import Reply, ScriptedServer, Seen, ranged

FILE = b"\x00\x00\x00\x20ftypisom" + random.Random(1).randbytes(300_000)  # noqa: S311 - test data
SHA256 = hashlib.sha256(FILE).hexdigest()


class Ticking(ManualClock):
    """Some time passes between any two readings."""

    def monotonic_s(self) -> float:
        self.advance(0.011)
        return super().monotonic_s()


class Bench:
    """A fetcher with its transport, and all that it reported."""

    def __init__(self, folder: Path, *, verify_tls: bool = True) -> None:
        self.transport = Transport(verify_tls=verify_tls)
        self.part = folder / "x.part"
        self.naps = Naps()
        self.reports: list[TransferProgress] = []
        self.cancel = CancelToken()

    def fetch(self, server: ScriptedServer, path: str = "/file", identity: str = "job") -> Fetched:
        clock = Ticking(1_761_300_000_000)
        fetcher = Fetcher(self.transport.send, clock, self.naps, jitter=lambda: 1.0)
        source = Source(server.url + path, identity, "GET /recordings/{id}/download")
        return fetcher.fetch(source, self.part, cancel=self.cancel, progress=self.reports.append)

    def close(self) -> None:
        assert not self.transport._open, "each answer was read, or closed"
        self.transport.close()


def cutting(*cuts: int, etag: str = '"v1"', **more: Any) -> Callable[[Seen], Reply]:
    """An honest server whose first answers are cut after so many body bytes."""
    left = list(cuts)

    def script(seen: Seen) -> Reply:
        reply = ranged(FILE, seen, etag=etag, **more)
        return (
            Reply(reply.status, reply.body, reply.headers, cut_after=left.pop(0)) if left else reply
        )

    return script


def is_whole(bench: Bench, fetched: Fetched) -> bool:
    return fetched.sha256 == SHA256 and bench.part.read_bytes() == FILE
