"""Parts of a file that are not what was asked for, or not of the same file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.errors import ServerError
from tests.helpers.fetch_bench import FILE, Bench, is_whole
from tests.helpers.scripted_http import Reply, Seen, ranged, scripted


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


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
