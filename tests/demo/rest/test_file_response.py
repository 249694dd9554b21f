from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.demo.http_faults import HttpFaults
from rta_viewer.demo.package_store import PackagedFile
from rta_viewer.demo.request_log import LoggedRequest
from rta_viewer.demo.rest.file_response import file_response
from rta_viewer.demo.rest.messages import FilePart, Request
from tests.helpers.curl import curl
from tests.helpers.rest_client import RestClient

SIZE = 100_000


@pytest.fixture
def whole(client: RestClient) -> requests.Response:
    return client.get(client.download_path())


def _part(client: RestClient, **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(client.download_path(), headers=named)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=99990-", 99_990, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        ("bytes=-999999", 0, SIZE - 1),
        ("bytes=50-999999999", 50, SIZE - 1),
        ("Bytes = 5 - 6", 5, 6),
        ("bytes=0-" + "9" * 40, 0, SIZE - 1),
    ],
)
def test_one_range(
    client: RestClient, whole: requests.Response, asked: str, first: int, last: int
) -> None:
    part = _part(client, Range=asked)
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert part.headers["Content-Length"] == str(last - first + 1)
    assert part.headers["ETag"] == whole.headers["ETag"]
    assert part.content == whole.content[first : last + 1]


@pytest.mark.parametrize(
    "asked", ["bytes=100000-", "bytes=100000-100001", "bytes=-0", "bytes=" + "9" * 40 + "-"]
)
def test_ranges_beyond_the_end_cannot_be_satisfied(client: RestClient, asked: str) -> None:
    refused = _part(client, Range=asked)
    assert refused.status_code == 416
    assert refused.headers["Content-Range"] == f"bytes */{SIZE}"
    assert refused.content == b""


@pytest.mark.parametrize(
    "asked", ["bytes=5-4", "bytes=", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "0-5"]
)
def test_ranges_that_make_no_sense_or_are_several_are_ignored(
    client: RestClient, asked: str
) -> None:
    response = _part(client, Range=asked)
    assert response.status_code == 200
    assert len(response.content) == SIZE


def test_if_range_gives_the_rest_of_the_same_file_and_all_of_another(
    client: RestClient, whole: requests.Response
) -> None:
    etag = whole.headers["ETag"]
    assert _part(client, Range="bytes=5-", If_Range=etag).status_code == 206
    for other in ('"other"', f"W/{etag}", "Fri, 24 Oct 2025 10:00:00 GMT", "junk"):
        response = _part(client, Range="bytes=5-", If_Range=other)
        assert response.status_code == 200
        assert response.content == whole.content


def test_preconditions(client: RestClient, whole: requests.Response) -> None:
    etag = whole.headers["ETag"]
    for same in (etag, f"W/{etag}", f'"a", {etag}', "*"):
        unchanged = _part(client, If_None_Match=same)
        assert unchanged.status_code == 304
        assert unchanged.content == b""
        assert unchanged.headers["ETag"] == etag
    assert _part(client, If_None_Match='"a"').status_code == 200
    assert _part(client, If_Match=etag, Range="bytes=0-0").status_code == 206
    assert _part(client, If_Match="*").status_code == 200
    for other in ('"a"', f"W/{etag}"):
        assert _part(client, If_Match=other).status_code == 412


def test_the_connection_goes_on_after_unchanged_and_unsatisfiable(client: RestClient) -> None:
    etag = client.get(client.download_path()).headers["ETag"]
    for headers in ({"If-None-Match": etag}, {"Range": "bytes=100000-"}):
        response = client.get(client.download_path(), headers=headers)
        assert response.headers.get("Connection") != "close"


@pytest.mark.peer
def test_curl_gets_ranges(client: RestClient, whole: requests.Response, tmp_path: Path) -> None:
    url = client.base + client.download_path()
    assert curl(client.site, "--range", "10-19", url).stdout == whole.content[10:20]
    assert curl(client.site, "--range", "-7", url).stdout == whole.content[-7:]
    code = curl(client.site, "-r", "100000-", "-o", tmp_path / "x", "-w", "%{http_code}", url)
    assert code.stdout == b"416"


@pytest.mark.peer
def test_curl_continues_a_cut_download(
    client: RestClient, whole: requests.Response, tmp_path: Path
) -> None:
    target = tmp_path / "clip.mp4"
    url = client.base + client.download_path()
    client.site.faults.cut_body(40_000)
    cut = curl(client.site, "--output", target, url)
    assert cut.returncode == 18
    assert target.read_bytes() == whole.content[:40_000]
    resumed = curl(client.site, "--continue-at", "-", "--output", target, url)
    assert resumed.returncode == 0, resumed.stderr
    assert target.read_bytes() == whole.content
    assert client.site.log.entries("download")[-1].headers["range"] == "bytes=40000-"
    assert client.site.log.entries("download")[-1].status == 206


@pytest.mark.peer
def test_curl_saves_etags_and_skips_what_has_not_changed(
    client: RestClient, tmp_path: Path
) -> None:
    url = client.base + client.download_path()
    tag = tmp_path / "etag.txt"
    first = curl(client.site, "--etag-save", tag, "--output", tmp_path / "a.mp4", url)
    assert first.returncode == 0
    again = curl(client.site, "--etag-compare", tag, "-w", "%{http_code}", url)
    assert again.stdout == b"304"


@pytest.mark.peer
def test_curl_takes_the_suggested_name(client: RestClient, tmp_path: Path) -> None:
    url = client.base + client.download_path()
    done = curl(client.site, "--output-dir", tmp_path, "--remote-name", "--remote-header-name", url)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "recording_2025-10-24.mp4").stat().st_size == SIZE


@given(
    first=st.none() | st.integers(0, 60),
    last=st.none() | st.integers(0, 60),
    size=st.integers(0, 40),
)
def test_any_range_is_the_slice_that_the_standard_says(
    first: int | None, last: int | None, size: int
) -> None:
    content = bytes(range(size))
    field = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    made = PackagedFile(Path("x"), size, '"e"')
    headers = {"range": field}
    entry = LoggedRequest("http", "GET", "/x")
    request = Request("GET", "/x", ("x",), {}, headers, b"", "", entry)
    response = file_response(request, made, name="n", container="mp4", faults=HttpFaults())
    if first is None:
        expected = content[-last:] if last else (b"" if last == 0 else content)
    else:
        expected = content[first:] if last is None else content[first : last + 1]
    senseless = (first is None and last is None) or (
        first is not None and last is not None and last < first
    )
    if senseless:
        assert response.status == 200
    elif not expected:
        assert response.status == 416
    else:
        assert response.status == 206
        assert isinstance(response.body, FilePart)
        begin = response.body.offset
        assert content[begin : begin + response.body.length_bytes] == expected
