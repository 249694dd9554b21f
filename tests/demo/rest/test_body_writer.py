"""Each fault, seen on the wire by a client that takes bytes as they come."""

import http.client
import time
from urllib.parse import urlsplit

import pytest
import requests

from rta_viewer.demo.http_faults import LengthLie, ListDamage
from tests.helpers.curl import curl
from tests.helpers.rest_client import RestClient
from tests.helpers.site import API

SIZE = 100_000


def _raw(client: RestClient, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Answer and body, as far as it came."""
    address = urlsplit(client.site.rest_url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    named = {"Authorization": "Basic ZGVtbzpkZW1v", **headers}
    connection.request("GET", API + path, headers=named)
    response = connection.getresponse()
    try:
        body = response.read()
    except http.client.IncompleteRead as err:
        body = err.partial
    finally:
        connection.close()
    return response, body


def test_failing_with_a_status_and_retry_after(client: RestClient) -> None:
    client.site.faults.fail_next(2, 503, path="/cameras", retry_after="7")
    assert client.get("/system/health").status_code == 200
    for _ in range(2):
        refused = client.get("/cameras")
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "7"
        assert refused.json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert client.get("/cameras").status_code == 200


def test_failing_with_a_proxys_page_or_any_body(client: RestClient) -> None:
    client.site.faults.fail_next_with_html(1, 502)
    page = client.get("/cameras")
    assert page.status_code == 502
    assert page.headers["Content-Type"] == "text/html"
    assert page.text.startswith("<html>")
    client.site.faults.fail_next(1, 500, body=b"\xff\x00", content_type="application/octet-stream")
    assert client.get("/cameras").content == b"\xff\x00"


def test_sign_in_can_fail_too(client: RestClient) -> None:
    client.site.faults.fail_next(1, 503, path="/api/auth/login")
    url = client.site.rest_url + "/api/auth/login"
    login = {"username": "demo", "password": "demo"}
    assert requests.post(url, json=login, timeout=10).status_code == 503
    assert requests.post(url, json=login, timeout=10).status_code == 200


@pytest.mark.parametrize("after", [1, 500, 70_000, 99_999])
def test_a_body_is_cut_after_so_many_bytes(client: RestClient, after: int) -> None:
    client.site.faults.cut_body(after, path="download", count=2)
    for _ in range(2):
        response, body = _raw(client, client.download_path())
        assert response.getheader("Content-Length") == str(SIZE)
        assert len(body) == after
    assert len(_raw(client, client.download_path())[1]) == SIZE
    assert client.site.log.entries("download")[0].sent_bytes == after


def test_a_cut_hits_the_rest_of_a_resumed_body_too(client: RestClient) -> None:
    client.site.faults.cut_body(100, path="download")
    response, body = _raw(client, client.download_path(), Range="bytes=50000-")
    assert response.status == 206
    assert len(body) == 100


@pytest.mark.peer
def test_a_reset_is_an_error_and_no_end(client: RestClient) -> None:
    client.site.faults.cut_body(10, path="download", reset=True)
    seen = curl(client.site, client.base + client.download_path())
    assert seen.returncode in {18, 56}
    assert len(seen.stdout) < SIZE


def test_the_first_byte_can_be_late(client: RestClient) -> None:
    client.site.faults.delay_first_byte(0.4, path="health")
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.session.get(client.base + "/system/health", timeout=0.1)
    client.site.faults.delay_first_byte(0.2, path="health")
    begin = time.monotonic()
    assert client.get("/system/health").status_code == 200
    assert time.monotonic() - begin >= 0.2


def test_a_body_can_drip(client: RestClient) -> None:
    client.site.faults.drip(200_000, path="download")
    begin = time.monotonic()
    assert len(_raw(client, client.download_path())[1]) == SIZE
    assert time.monotonic() - begin >= 0.4


def test_closing_ends_a_drip_at_once(client: RestClient) -> None:
    client.site.faults.drip(1, path="download")
    response = client.get(client.download_path(), stream=True)
    assert response.status_code == 200
    begin = time.monotonic()
    client.site.close()
    assert time.monotonic() - begin < 10
    response.close()


def test_a_range_can_be_ignored(client: RestClient) -> None:
    client.site.faults.ignore_range(path="download")
    response, body = _raw(client, client.download_path(), Range="bytes=10-")
    assert response.status == 200
    assert len(body) == SIZE


@pytest.mark.parametrize(
    ("shift", "first", "last"),
    [
        (-1, 499, SIZE - 2),
        (3, 503, SIZE - 1),
        (-9999, 0, SIZE - 501),
        (10**9, SIZE - 1, SIZE - 1),
    ],
)
def test_a_range_can_be_answered_with_another(
    client: RestClient, shift: int, first: int, last: int
) -> None:
    whole = client.get(client.download_path()).content
    client.site.faults.answer_other_range(shift, path="download")
    response, body = _raw(client, client.download_path(), Range="bytes=500-")
    assert response.status == 206
    assert response.getheader("Content-Range") == f"bytes {first}-{last}/{SIZE}"
    assert body == whole[first : last + 1]


def test_a_file_can_shrink_and_keep_its_etag(client: RestClient) -> None:
    whole = client.get(client.download_path())
    client.site.faults.shrink_file(500, path="download", count=2)
    response, body = _raw(client, client.download_path())
    assert body == whole.content[:500]
    assert response.getheader("ETag") == whole.headers["ETag"]
    response, body = _raw(client, client.download_path(), Range="bytes=600-")
    assert (response.status, response.getheader("Content-Range")) == (416, "bytes */500")


@pytest.mark.parametrize(
    ("lie", "said", "read"),
    [(LengthLie.MORE, "101000", SIZE), ("less", "99000", 99_000), ("none", None, SIZE)],
)
def test_lies_about_the_length(client: RestClient, lie: str, said: str | None, read: int) -> None:
    client.site.faults.lie_about_length(lie, by_bytes=1000, path="download")
    response, body = _raw(client, client.download_path())
    assert response.getheader("Content-Length") == said
    assert len(body) == read
    assert client.get("/system/health").status_code == 200


def test_an_etag_that_changes_lets_a_resume_start_over(client: RestClient) -> None:
    etag = client.get(client.download_path()).headers["ETag"]
    client.site.faults.change_etag(path="download")
    response, body = _raw(client, client.download_path(), Range="bytes=10-", If_Range=etag)
    assert response.getheader("ETag") != etag
    response, body = _raw(
        client, client.download_path(), **{"Range": "bytes=10-", "If-Range": etag}
    )
    assert response.status == 206
    client.site.faults.change_etag(path="download")
    response, body = _raw(
        client, client.download_path(), **{"Range": "bytes=10-", "If-Range": etag}
    )
    assert response.status == 200
    assert len(body) == SIZE


def test_another_body_with_status_200(client: RestClient) -> None:
    client.site.faults.answer_instead(
        b"<html>Log in</html>", content_type="text/html", path="download"
    )
    page = client.get(client.download_path())
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html")
    assert page.content == b"<html>Log in</html>"
    client.site.faults.answer_instead(b'{"error":{"code":"X"}}', path="download")
    assert client.get(client.download_path()).json() == {"error": {"code": "X"}}
    client.site.faults.empty_body(path="download")
    empty = client.get(client.download_path())
    assert (empty.status_code, empty.content, empty.headers["Content-Length"]) == (200, b"", "0")
    assert empty.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\\\x\\\\CON.mp4", "a" * 300 + ".mp4", "10:00:00.mp4", "\u202e4pm.exe"],
)
def test_hostile_names(client: RestClient, name: str) -> None:
    disposition = f'attachment; filename="{name.encode().decode("latin-1")}"'
    client.site.faults.name_file(disposition, path="download")
    response = client.get(client.download_path())
    assert response.headers["Content-Disposition"] == disposition
    assert len(response.content) == SIZE


def test_damaged_camera_lists(client: RestClient) -> None:
    faults = client.site.faults
    faults.damage_camera_list(ListDamage.WRONG_TYPE)
    assert client.get("/cameras").json()["cameras"][0]["id"] == 17
    faults.damage_camera_list("missing_field")
    assert "id" not in client.get("/cameras").json()["cameras"][-1]
    faults.damage_camera_list("not_a_list")
    assert isinstance(client.get("/cameras").json()["cameras"], dict)
    for damage in ("not_json", "truncated"):
        faults.damage_camera_list(damage)
        with pytest.raises(requests.exceptions.JSONDecodeError):
            client.get("/cameras").json()
    assert client.get("/cameras").json()["totalCount"] > 0


@pytest.mark.parametrize("size", [3, 4, 5, 1000, 200_001])
def test_a_huge_body_is_valid_json_of_unknown_length(client: RestClient, size: int) -> None:
    client.site.faults.huge_body(size, path="/cameras")
    response = client.get("/cameras")
    assert "Content-Length" not in response.headers
    assert len(response.content) == size
    assert set(response.json()) == {1}


def test_a_client_that_leaves_a_huge_body_does_no_harm(client: RestClient) -> None:
    client.site.faults.huge_body(1 << 40, path="/cameras")
    response = client.get("/cameras", stream=True)
    assert len(response.raw.read(1 << 20)) == 1 << 20
    response.close()
    assert client.get("/cameras").status_code == 200
