"""Downloads that break in every way; what arrives is the file, byte for byte, or an error."""

import errno
import hashlib
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.filenames import note_path
from rta_viewer.core.model import Fetched, TransferProgress
from rta_viewer.errors import (
    BusyError,
    Cancelled,
    NetworkError,
    NoFootageError,
    NotFoundError,
    ServerError,
    SignInError,
    StorageError,
)
from rta_viewer.vms import fetch as fetch_module
from rta_viewer.vms.fetch import Fetcher, Source
from rta_viewer.vms.transport import Transport
from tests.helpers.certificates import server_context
from tests.helpers.recorders import Naps
from tests.helpers.scripted_http import Reply, ScriptedServer, Seen, ranged, scripted

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


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.transport.close()


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


def test_an_undisturbed_download(bench: Bench) -> None:
    script = lambda seen: Reply(  # noqa: E731
        200, FILE, {"Content-Disposition": 'attachment; filename="../a:b.mp4"'}
    )
    with scripted(script) as server:
        fetched = bench.fetch(server)
    assert is_whole(bench, fetched)
    assert (fetched.size_bytes, fetched.suggested_name) == (len(FILE), "a-b.mp4")
    assert "range" not in server.seen[0].headers
    assert server.seen[0].headers["accept-encoding"] == "identity"
    assert bench.reports[0].note == "The server is preparing the file."
    assert bench.reports[-1] == TransferProgress(len(FILE), len(FILE))
    assert bench.naps.seconds == []


@pytest.mark.parametrize("etag", ['"v1"', "", 'W/"weak"'])
def test_after_cuts_the_file_is_identical(bench: Bench, etag: str) -> None:
    with scripted(cutting(100_000, 90_000, 150, etag=etag)) as server:
        assert is_whole(bench, bench.fetch(server))
        assert len(server.seen) == 4
        starts = [seen.range_start for seen in server.seen[1:]]
        overlap = 0 if etag == '"v1"' else 65_536
        assert starts[0] == 100_000 - overlap
        assert ("if-range" in server.seen[1].headers) is (etag == '"v1"')
    assert any("broke off" in report.note for report in bench.reports)


def test_a_cut_before_the_first_byte(bench: Bench) -> None:
    with scripted(cutting(0, 3, 20)) as server:
        assert is_whole(bench, bench.fetch(server))


def test_many_cuts_with_progress_are_no_reason_to_give_up(bench: Bench) -> None:
    with scripted(cutting(*[15_000] * 15)) as server:
        assert is_whole(bench, bench.fetch(server))


def test_without_progress_it_ends(bench: Bench) -> None:
    with scripted(lambda seen: Reply(200, FILE, cut_after=1000)) as server:
        with pytest.raises(NetworkError):
            bench.fetch(server)
        assert len(server.seen) == fetch_module.MAX_FRUITLESS + 1
    assert bench.naps.seconds == [0.5, 2, 4, 8, 16]


@pytest.mark.parametrize("sent", [100_000, 0])
@pytest.mark.parametrize(
    "rubbish",
    [b"\x99" * 500, b"\x17\x03\x03\x00\x40" + bytes(64), b"\x15\x03\x03\x00\x02\x02\x50"],
    ids=["no TLS", "wrong sum", "bare alert"],
)
def test_a_fault_of_tls_on_the_way_goes_on_like_a_cut(
    tmp_path: Path, rubbish: bytes, sent: int
) -> None:
    bench = Bench(tmp_path, verify_tls=False)

    def script(seen: Seen) -> Reply:
        reply = ranged(FILE, seen)
        if len(server.seen) > 1:
            return reply
        return Reply(200, FILE, reply.headers, cut_after=sent, bare_after=rubbish)

    with scripted(script, tls=server_context(tmp_path)) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen] == [None, sent or None]
    bench.transport.close()


def test_a_server_that_ignores_ranges_starts_over(bench: Bench) -> None:
    cuts = [100_000]

    def script(seen: Seen) -> Reply:
        return Reply(200, FILE, {"ETag": '"v1"'}, cut_after=cuts.pop() if cuts else None)

    with scripted(script) as server:
        fetched = bench.fetch(server)
        assert is_whole(bench, fetched)
        assert server.seen[1].range_start == 100_000
    assert fetched.remark.startswith("The server does not go on where a transfer broke off.")
    assert bench.reports[-1].note == fetched.remark


def test_a_part_that_was_changed_on_the_drive_starts_over(bench: Bench) -> None:
    with scripted(cutting(*[100_000] + [0] * 6)) as server:
        with pytest.raises(NetworkError):
            bench.fetch(server)
        data = bytearray(bench.part.read_bytes())
        assert len(data) == 100_000
        data[20_000:20_500] = bytes(500)
        bench.part.write_bytes(data)
        fetched = bench.fetch(server)
        assert is_whole(bench, fetched)
        assert server.seen[-1].range_start is None
    assert fetched.remark == (
        "The unfinished file on the drive was changed. It is fetched again from its start."
    )


def test_a_file_that_changed_meanwhile_starts_over(bench: Bench) -> None:
    other = b"\x00\x00\x00\x20ftypisom" + bytes(200_000)

    def script(seen: Seen) -> Reply:
        if seen.range_start is None and len(server.seen) == 1:
            return Reply(200, FILE, {"ETag": '"v1"'}, cut_after=100_000)
        return ranged(other, seen, etag='"v2"')

    with scripted(script) as server:
        assert bench.fetch(server).sha256 == hashlib.sha256(other).hexdigest()
    assert bench.part.read_bytes() == other


@pytest.mark.parametrize(
    "content_range",
    [
        "bytes 99999-300011/300012",
        "bytes 100001-300011/300012",
        "bytes 100000-300011/999999",
        "nonsense",
        "",
    ],
)
def test_another_range_than_was_asked_starts_over(bench: Bench, content_range: str) -> None:
    def script(seen: Seen) -> Reply:
        if seen.range_start is None:
            return Reply(
                200, FILE, {"ETag": '"v1"'}, cut_after=100_000 if len(server.seen) == 1 else None
            )
        return Reply(206, FILE[99_999:], {"Content-Range": content_range})

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen] == [None, 100_000, None]


def test_ranges_that_were_wrong_once_are_not_asked_for_again(bench: Bench) -> None:
    cuts = [150_000, 100_000]

    def script(seen: Seen) -> Reply:
        if seen.range_start is not None:
            return Reply(206, FILE, {"Content-Range": f"bytes 0-{len(FILE) - 1}/{len(FILE)}"})
        return Reply(200, FILE, {"ETag": '"v1"'}, cut_after=cuts.pop() if cuts else None)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen] == [None, 100_000, None, None]


OTHER = FILE[:1000] + bytes(1000) + FILE[2000:]
"""As long, and the same at its end."""
MONDAY, TUESDAY = "Mon, 01 Jan 2024 00:00:00 GMT", "Tue, 02 Jan 2024 00:00:00 GMT"


@pytest.mark.parametrize(
    ("first", "then", "goes_on"),
    [
        ({"ETag": '"a"'}, {"ETag": '"a"', "Last-Modified": TUESDAY}, True),
        ({"ETag": '"a"'}, {}, False),
        ({"ETag": '"a"'}, {"ETag": 'W/"b"'}, False),
        ({"ETag": '"a"', "Last-Modified": MONDAY}, {"Last-Modified": MONDAY}, True),
        ({"ETag": '"a"', "Last-Modified": MONDAY}, {"Last-Modified": TUESDAY}, False),
        ({"ETag": 'W/"a"'}, {"ETag": 'W/"b"'}, False),
        ({"ETag": 'W/"a"'}, {"ETag": 'W/"a"'}, True),
        ({"ETag": 'W/"a"'}, {}, True),
        ({"Last-Modified": MONDAY}, {"Last-Modified": TUESDAY}, False),
        ({"Last-Modified": MONDAY}, {"Last-Modified": MONDAY}, True),
        ({}, {"ETag": '"a"'}, True),
        ({}, {}, True),
    ],
)
def test_two_files_are_never_mixed(
    bench: Bench, first: dict[str, str], then: dict[str, str], goes_on: bool
) -> None:
    """The server has another file by now, which it calls otherwise, or without a word where one is due."""
    now = FILE if goes_on else OTHER

    def script(seen: Seen) -> Reply:
        if len(server.seen) == 1:
            return Reply(200, FILE, first, cut_after=100_000)
        if seen.range_start is None:
            return Reply(200, now, {**first, **then})
        reply = ranged(now, seen, etag=seen.headers.get("if-range", ""))
        headers = {"Content-Range": reply.headers["Content-Range"], **then}
        return Reply(206, reply.body, headers)

    with scripted(script) as server:
        fetched = bench.fetch(server)
        assert len(server.seen) == (2 if goes_on else 3)
    assert bench.part.read_bytes() == now
    assert bool(fetched.remark) is not goes_on


@pytest.mark.parametrize("etag", ['"v1"', ""])
@pytest.mark.parametrize("step", [50_000, 90_000, 400_000])
def test_ranges_of_a_file_whose_length_nobody_tells(bench: Bench, etag: str, step: int) -> None:
    """It ends where the server has nothing beyond, and not where one of its ranges does."""
    tag = {"ETag": etag} if etag else {}
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + (
        f"ETag: {etag}\r\n" if etag else ""
    )

    def script(seen: Seen) -> Reply | list[bytes]:
        first = seen.range_start
        if first is None:
            cut = len(FILE) if len(server.seen) > 1 else 100_000
            end = b"\r\n0\r\n\r\n" if len(server.seen) > 1 else b""
            return [head.encode() + b"\r\n", b"%x\r\n" % len(FILE), FILE[:cut], end]
        if first >= len(FILE):
            return Reply(416, b"", {"Content-Range": f"bytes */{len(FILE)}"})
        data = FILE[first : first + step]
        return Reply(
            206, data, {**tag, "Content-Range": f"bytes {first}-{first + len(data) - 1}/*"}
        )

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        # Ranges that are shorter than the overlap bring nothing, and are not asked for again.
        asked_at = [seen.range_start for seen in server.seen]
        assert asked_at[-1] == (None if not etag and step < 65_536 else len(FILE))


@pytest.mark.parametrize("tag", ['"v1"', '"v2"', ""])
def test_nothing_beyond_the_end_of_another_file_that_is_as_long(bench: Bench, tag: str) -> None:
    now = OTHER if tag == '"v2"' else FILE

    def script(seen: Seen) -> Reply:
        if len(server.seen) == 1:
            return Reply(200, FILE, {"ETag": '"v1"'}, length=str(len(FILE) + 1))
        if seen.range_start is None:
            return Reply(200, now, {"ETag": tag})
        named = {"ETag": tag} if tag else {}
        return Reply(416, b"", {**named, "Content-Range": f"bytes */{len(now)}"})

    with scripted(script) as server:
        assert bench.fetch(server).size_bytes == len(now)
    assert bench.part.read_bytes() == now


@pytest.mark.parametrize("etag", ['"v1"', ""])
def test_a_server_that_sends_shorter_ranges_than_it_was_asked(bench: Bench, etag: str) -> None:
    def script(seen: Seen) -> Reply:
        reply = ranged(FILE, seen, etag=etag)
        first = seen.range_start
        if first is None:
            return Reply(200, FILE, reply.headers, cut_after=100_000)
        last = min(first + 99_999, len(FILE) - 1)
        headers = {**reply.headers, "Content-Range": f"bytes {first}-{last}/{len(FILE)}"}
        return Reply(206, FILE[first : last + 1], headers)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen].count(None) == 1


def test_another_file_is_noticed_where_nobody_tells_length_or_tag(bench: Bench) -> None:
    """Each range has to begin with what is there already."""
    other = FILE[:12] + bytes(len(FILE) - 12)

    def script(seen: Seen) -> Reply | list[bytes]:
        first, count = seen.range_start, len(server.seen)
        if first is None:
            data, cut = (FILE, 100_000) if count == 1 else (other, len(other))
            end = b"" if count == 1 else b"\r\n0\r\n\r\n"
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            return [head, b"%x\r\n" % len(data), data[:cut], end]
        data = (FILE if count == 2 else other)[first : first + 90_000]
        return Reply(206, data, {"Content-Range": f"bytes {first}-{first + len(data) - 1}/*"})

    with scripted(script) as server:
        fetched = bench.fetch(server)
        assert [seen.range_start is None for seen in server.seen] == [True, False, False, True]
    assert bench.part.read_bytes() == other
    assert "has changed" in fetched.remark


def test_a_length_that_no_file_can_have(bench: Bench) -> None:
    for length in ((1 << 44) + 1, 10**18 - 1):
        with (
            scripted(lambda seen, length=length: Reply(200, FILE, length=str(length))) as server,
            pytest.raises(ServerError, match="no file can have"),
        ):
            bench.fetch(server)
        assert len(server.seen) == 1


def test_a_repackaged_file_without_etag_is_noticed(bench: Bench) -> None:
    other = FILE[:20] + bytes(len(FILE) - 20)

    def script(seen: Seen) -> Reply:
        first = len(server.seen) == 1
        data = FILE if first else other
        reply = ranged(data, seen, etag="")
        return Reply(reply.status, reply.body, reply.headers, cut_after=100_000 if first else None)

    with scripted(script) as server:
        assert bench.fetch(server).sha256 == hashlib.sha256(other).hexdigest()
    assert bench.part.read_bytes() == other


def test_a_range_that_nobody_asked_for_is_an_error(bench: Bench) -> None:
    script = lambda seen: Reply(206, FILE, {"Content-Range": f"bytes 0-9/{len(FILE)}"})  # noqa: E731
    with scripted(script) as server, pytest.raises(ServerError, match="another part"):
        bench.fetch(server)


def test_a_length_that_promises_too_much(bench: Bench) -> None:
    def script(seen: Seen) -> Reply:
        if seen.range_start is None:
            return Reply(200, FILE, {"ETag": '"v1"'}, length=str(len(FILE) + 1000))
        return ranged(FILE, seen)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen] == [None, len(FILE)]


def test_without_a_length_the_end_of_the_body_counts(bench: Bench) -> None:
    chunked = (
        b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (FILE[:1000], FILE[1000:])) + b"0\r\n\r\n"
    )
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: video/mp4\r\n\r\n"
    with scripted(lambda seen: [head, chunked]) as server:
        assert is_whole(bench, bench.fetch(server))
    assert bench.reports[-1].total_bytes == len(FILE)


def test_a_cut_without_a_length_is_noticed(bench: Bench) -> None:
    def script(seen: Seen) -> object:
        head = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: "v1"\r\n\r\n'
        if seen.range_start is None:
            return [head, b"%x\r\n" % len(FILE), FILE[:5000]]
        return ranged(FILE, seen)

    with scripted(script) as server:  # type: ignore[arg-type]
        assert is_whole(bench, bench.fetch(server))
        assert server.seen[1].range_start == 5000


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"", "video/mp4", "empty file"),
        (b"<!doctype html><html>" + b" " * 500, "video/mp4", "web page"),
        (b"<html>Sign in</html>", "text/html", "web page"),
        (b'{"error": {"code": "X", "message": "disk on fire"}}', "video/mp4", "disk on fire"),
        (b'{"status": "ok"}', "application/json", "message in place"),
        (
            b"Service is being restarted, please wait a little longer. " * 3,
            "text/plain",
            "message in place",
        ),
    ],
)
def test_what_is_no_video_is_never_a_success(
    bench: Bench, body: bytes, content_type: str, words: str
) -> None:
    with scripted(lambda seen: Reply(200, body, {"Content-Type": content_type})) as server:
        with pytest.raises(ServerError, match=words):
            bench.fetch(server)
        assert len(server.seen) == 1
    assert bench.part.read_bytes() == b""


def test_no_footage_said_with_status_200(bench: Bench) -> None:
    body = b'{"error": {"code": "RECORDING_NOT_FOUND", "message": "none"}}'
    with scripted(lambda seen: Reply(200, body)) as server, pytest.raises(NoFootageError):
        bench.fetch(server)


@pytest.mark.parametrize(
    "page",
    [
        Reply(200, b"<html>Sign in</html>", {"Content-Type": "text/html"}),
        Reply(200, b'{"error": {"message": "restarting"}}', {"Content-Type": "application/json"}),
        Reply(200),
    ],
    ids=["web page", "message", "nothing"],
)
def test_what_comes_in_place_of_the_rest_costs_nothing_of_what_is_there(
    bench: Bench, page: Reply
) -> None:
    replies = [page, Reply(200, FILE, {"ETag": '"v1"'}, cut_after=9999)]
    with scripted(lambda seen: replies.pop() if replies else ranged(FILE, seen)) as server:
        with pytest.raises(ServerError):
            bench.fetch(server)
        assert bench.part.read_bytes() == FILE[:9999]
        fetched = bench.fetch(server)
        assert is_whole(bench, fetched)
        assert server.seen[-1].range_start == 9999
    assert not fetched.remark


def test_a_wrong_content_type_is_forgiven(bench: Bench) -> None:
    script = lambda seen: Reply(200, FILE, {"Content-Type": "text/html"})  # noqa: E731
    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))


def test_a_compressed_answer_is_refused(bench: Bench) -> None:
    script = lambda seen: Reply(200, FILE, {"Content-Encoding": "gzip"})  # noqa: E731
    with scripted(script) as server, pytest.raises(ServerError, match="compresses"):
        bench.fetch(server)


@pytest.mark.parametrize(
    ("reply", "kind", "asked"),
    [
        (Reply(401), SignInError, 1),
        (Reply(404, b'{"error":{"code":"RECORDING_NOT_FOUND"}}'), NoFootageError, 1),
        (Reply(410), NotFoundError, 1),
        (Reply(400, b"{}"), ServerError, 1),
        (Reply(416), ServerError, 1),
        (Reply(500), ServerError, 6),
        (Reply(503), BusyError, 6),
        (Reply(429, headers={"Retry-After": "9999"}), BusyError, 1),
    ],
)
def test_refusals(bench: Bench, reply: Reply, kind: type[Exception], asked: int) -> None:
    with scripted(lambda seen: reply) as server:
        with pytest.raises(kind):
            bench.fetch(server)
        assert len(server.seen) == asked


def test_waits_as_long_as_the_server_asks_and_goes_on(bench: Bench) -> None:
    replies = [Reply(503), Reply(429, headers={"Retry-After": "17"})]

    def script(seen: Seen) -> Reply:
        return replies.pop() if replies else ranged(FILE, seen)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
    assert bench.naps.seconds == [17, 2]
    assert any("17 s" in report.note for report in bench.reports)


def test_the_other_form_of_retry_after_is_an_instant(bench: Bench) -> None:
    soon = format_datetime(datetime.fromtimestamp(1_761_300_030, UTC), usegmt=True)
    replies = [Reply(429, headers={"Retry-After": soon})]
    with scripted(lambda seen: replies.pop() if replies else ranged(FILE, seen)) as server:
        assert is_whole(bench, bench.fetch(server))
    (slept,) = bench.naps.seconds
    assert 29 < slept <= 30


def test_cancelling_keeps_what_is_there_and_a_new_process_goes_on(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "_PROGRESS_EVERY_S", 0)

    def stalls(seen: Seen) -> Reply:
        return Reply(200, FILE[:200_000], {"ETag": '"v1"'}, length=str(len(FILE)), hold=True)

    enough = threading.Event()
    with scripted(stalls) as server:
        watcher = threading.Thread(target=lambda: (enough.wait(10), bench.cancel.cancel()))
        watcher.start()
        seen_bytes = 0
        bench.reports = _Watched(lambda report: enough.set() if report.received_bytes else None)
        with pytest.raises(Cancelled):
            bench.fetch(server)
        watcher.join()
        seen_bytes = bench.part.stat().st_size
    assert 0 < seen_bytes <= 200_000
    later = Bench(tmp_path)
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        assert is_whole(later, later.fetch(server))
        assert server.seen[0].range_start == seen_bytes
        assert server.seen[0].headers["if-range"] == '"v1"'
    later.transport.close()


class _Watched(list[TransferProgress]):
    """A list that tells somebody of each member."""

    def __init__(self, tell: Callable[[TransferProgress], None]) -> None:
        super().__init__()
        self._tell = tell

    def append(self, member: TransferProgress) -> None:
        super().append(member)
        self._tell(member)


def test_what_is_complete_is_not_fetched_again(bench: Bench) -> None:
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        first = bench.fetch(server)
        assert bench.fetch(server) == first
        assert len(server.seen) == 1


def test_another_transfer_into_the_same_part_starts_afresh(bench: Bench) -> None:
    with scripted(cutting(100_000, *[0] * 9)) as server, pytest.raises(NetworkError):
        bench.fetch(server, identity="one")
    assert bench.part.stat().st_size == 100_000
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        assert is_whole(bench, bench.fetch(server, identity="two"))
        assert server.seen[0].range_start is None


def test_a_lost_note_means_a_fresh_start(bench: Bench) -> None:
    with scripted(cutting(100_000, *[0] * 9)) as server, pytest.raises(NetworkError):
        bench.fetch(server)
    note_path(bench.part).unlink()
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        assert is_whole(bench, bench.fetch(server))
        assert server.seen[0].range_start is None


def test_a_stalled_body_is_taken_up_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "STALL_TIMEOUT_S", 0.2)

    def script(seen: Seen) -> Reply:
        if seen.range_start is None:
            return Reply(200, FILE[:9000], {"ETag": '"v1"'}, length=str(len(FILE)), hold=True)
        return ranged(FILE, seen)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert server.seen[1].range_start == 9000


def test_a_full_disk_is_said_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> tuple[int, int, int]:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("rta_viewer.vms.part_file.shutil.disk_usage", full)
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        with pytest.raises(StorageError, match="disk is full"):
            bench.fetch(server)
        assert len(server.seen) == 1


def test_progress_is_told_ten_times_a_second_at_most(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "_PIECE_BYTES", 3000)
    clock = Ticking(0)
    at_s: list[float] = []
    fetcher = Fetcher(bench.transport.send, clock, bench.naps)
    with scripted(lambda seen: ranged(FILE, seen)) as server:
        fetcher.fetch(
            Source(server.url, "job", "x"),
            bench.part,
            cancel=bench.cancel,
            progress=lambda report: at_s.append(ManualClock.monotonic_s(clock)),
        )
    assert len(at_s) > 10
    pauses = [b - a for a, b in pairwise(at_s[:-1])]
    assert all(pause >= 0.0999 for pause in pauses)
