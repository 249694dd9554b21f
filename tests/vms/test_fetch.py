"""Downloads that break in every way; what arrives is the file, byte for byte, or an error."""

import errno
import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.filenames import note_path
from rta_viewer.core.model import TransferProgress
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
from rta_viewer.vms.errors_map import GatewayError
from rta_viewer.vms.fetch import Fetcher, Source
from tests.helpers.certificates import server_context
from tests.helpers.fetch_bench import FILE, Bench, Ticking, cutting, is_whole
from tests.helpers.scripted_http import Reply, Seen, ranged, scripted


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


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
    bench.close()


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


def test_a_length_that_promises_too_much(bench: Bench) -> None:
    def script(seen: Seen) -> Reply:
        if seen.range_start is None:
            return Reply(200, FILE, {"ETag": '"v1"'}, length=str(len(FILE) + 1000))
        return ranged(FILE, seen)

    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))
        assert [seen.range_start for seen in server.seen] == [None, len(FILE)]


@pytest.mark.parametrize("more", [{}, {"Content-Length": str(len(FILE))}])
def test_a_length_that_is_said_several_times_is_one(bench: Bench, more: dict[str, str]) -> None:
    length = f"{len(FILE)}, {len(FILE)}"
    with scripted(lambda seen: Reply(200, FILE, more, length=length, hold=True)) as server:
        assert is_whole(bench, bench.fetch(server))
    assert {report.total_bytes for report in bench.reports} == {None, len(FILE)}


def test_lengths_that_contradict_are_no_answer(bench: Bench) -> None:
    with scripted(lambda seen: Reply(200, FILE, length=f"{len(FILE)}, 5")) as server:
        with pytest.raises(NetworkError):
            bench.fetch(server)
        assert not bench.part.exists()


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
    assert list(bench.part.parent.iterdir()) == []


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


@pytest.mark.parametrize("coding", ["gzip", "X-GZip", "identity, br", "zstd,aws-chunked"])
def test_a_compressed_answer_is_refused(bench: Bench, coding: str) -> None:
    script = lambda seen: Reply(200, FILE, {"Content-Encoding": coding})  # noqa: E731
    with scripted(script) as server, pytest.raises(ServerError, match="compresses"):
        bench.fetch(server)


@pytest.mark.parametrize("coding", ["", "identity", "none", "binary", "UTF-8", "aws-chunked"])
def test_a_coding_that_compresses_nothing_is_forgiven(bench: Bench, coding: str) -> None:
    script = lambda seen: Reply(200, FILE, {"Content-Encoding": coding})  # noqa: E731
    with scripted(script) as server:
        assert is_whole(bench, bench.fetch(server))


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
        (Reply(407), NetworkError, 6),
        (Reply(511, b"<html>Sign in</html>"), NetworkError, 6),
        (Reply(522, b"<html>"), GatewayError, 6),
        (Reply(408, headers={"Retry-After": "9999"}), GatewayError, 1),
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


@pytest.mark.parametrize("status", [408, 425, 502, 504, *range(520, 525)])
def test_what_passes_is_waited_for(bench: Bench, status: int) -> None:
    replies = [Reply(status, b"<html>"), Reply(status, headers={"Retry-After": "17"})]
    with scripted(lambda seen: replies.pop() if replies else ranged(FILE, seen)) as server:
        assert is_whole(bench, bench.fetch(server))
    assert bench.naps.seconds == [17, 2]


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
    later.close()


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
