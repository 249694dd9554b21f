"""A server that spoke plainly when a file was begun, and speaks TLS when it is gone on with."""

import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import ExportState, ExportStatus, SaveRequest
from rta_viewer.core.spans import Span
from rta_viewer.errors import NetworkError
from tests.helpers.certificates import server_context
from tests.helpers.recorders import signed_in_recorder
from tests.helpers.scripted_http import Reply, Seen, ranged, scripted

CANCEL = CancelToken()


def test_half_a_file_of_a_server_that_speaks_tls_by_now_is_gone_on_with(tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000

    def script(seen: Seen) -> Reply:
        if "authorization" not in seen.headers:
            return Reply(401, headers={"WWW-Authenticate": "Basic"})
        if "/download" not in seen.path and "/file" not in seen.path:
            return Reply(200, json.dumps({"cameras": []}).encode())
        reply = ranged(data, seen)
        if server.url.startswith("https"):
            return reply
        return replace(reply, cut_after=0 if seen.range_start else 100_000)

    asked = SaveRequest("c", Span(0, 60_000))
    status = ExportStatus("e", ExportState.COMPLETED, "completed", download_url="/file")
    fetches = {
        "clip": lambda recorder, **how: recorder.fetch_clip(asked, tmp_path / "clip.part", **how),
        "export": lambda recorder, **how: recorder.fetch_export(
            status, tmp_path / "export.part", **how
        ),
    }
    with scripted(script) as server:
        for tls in (None, server_context(tmp_path)):
            server._tls = tls
            with signed_in_recorder(server.url, verify_tls=False) as recorder:
                for fetch in fetches.values():
                    begun = len(server.seen)
                    with nullcontext() if tls else pytest.raises(NetworkError):
                        fetch(recorder, cancel=CANCEL, progress=lambda report: None)
                    starts = [seen.range_start for seen in server.seen[begun:]]
                    assert starts == ([100_000] if tls else [None] + [100_000] * 5)
