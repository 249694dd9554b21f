import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from rta_viewer.core.model import ExportState
from rta_viewer.core.spans import Span
from rta_viewer.errors import MediaError, StorageError
from tests.helpers.packagers import FakePackager
from tests.helpers.rest_client import RestClient, stored
from tests.helpers.site import UNLIMITED, running_site, window
from tests.helpers.timecode import read_file
from tests.helpers.worlds import NOW_MS, camera_named

MINUTE = 60_000


def _export(client: RestClient, **changes: Any) -> requests.Response:
    body = {"cameraId": client.camera_id(), **window(client.span())} | changes
    return client.post("/recordings/export", json=body)


def _status(client: RestClient, export_id: str) -> Any:
    return client.json(f"/recordings/export/{export_id}")


def _completed(client: RestClient, **changes: Any) -> Any:
    export_id = client.start_export(**changes)
    assert client.site.exports.wait_for(export_id, ExportState.COMPLETED)
    return _status(client, export_id)


def test_a_download_is_a_whole_file_with_its_headers(
    client: RestClient, packager: FakePackager
) -> None:
    response = client.get(client.download_path())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Length"] == "100000" == str(len(response.content))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="recording_2025-10-24.mp4"'
    )
    assert packager.orders == [
        {
            "camera_id": client.camera_id(),
            "span": client.span(),
            "container": "mp4",
            "quality": "",
            "include_audio": True,
            "watermark": None,
        }
    ]


@pytest.mark.parametrize(
    ("container", "content_type"),
    [("mkv", "video/x-matroska"), ("avi", "video/x-msvideo"), ("MP4", "video/mp4")],
)
def test_containers_and_quality_are_passed_on(
    client: RestClient, packager: FakePackager, container: str, content_type: str
) -> None:
    response = client.get(client.download_path() + f"&format={container}&quality=low")
    assert response.headers["Content-Type"] == content_type
    assert f".{container.lower()}" in response.headers["Content-Disposition"]
    assert packager.orders[0]["container"] == container.lower()
    assert packager.orders[0]["quality"] == "low"


def test_identical_requests_share_one_packaging(client: RestClient, packager: FakePackager) -> None:
    first, second = client.get(client.download_path()), client.get(client.download_path())
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    other = client.get(client.download_path() + "&format=mkv")
    assert other.headers["ETag"] != first.headers["ETag"]
    assert len(packager.orders) == 2


def test_half_an_hour_is_the_most_and_the_refusal_names_exports(client: RestClient) -> None:
    end = NOW_MS - MINUTE
    path = f"/recordings/{client.camera_id()}/download"
    most = client.get(path, params=window(Span(end - 30 * MINUTE, end)))
    assert most.status_code == 200
    over = client.get(path, params=window(Span(end - 30 * MINUTE - 1, end)))
    assert over.status_code == 400
    assert "export" in over.json()["error"]["message"].lower()


@pytest.mark.parametrize("more", ["format=exe", "quality=best", "codec=vp9", "codec=h265"])
def test_downloads_that_cannot_be_are_refused(client: RestClient, more: str) -> None:
    refused = client.get(client.download_path() + "&" + more)
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "INVALID_REQUEST"


def test_another_codec_than_the_recorded_one_is_re_encoded(
    client: RestClient, packager: FakePackager
) -> None:
    client.get(client.download_path("Ticket hall") + "&codec=h264")
    client.get(client.download_path("Ticket hall") + "&codec=H265")
    client.get(client.download_path() + "&codec=H264")
    assert [order["quality"] for order in packager.orders] == ["high", "", ""]


def test_a_time_without_footage_is_not_found(client: RestClient, packager: FakePackager) -> None:
    asked = window(Span(NOW_MS + MINUTE, NOW_MS + 2 * MINUTE))
    path = f"/recordings/{client.camera_id()}/download"
    assert client.refused(path, **asked) == (404, "RECORDING_NOT_FOUND")
    assert _export(client, **asked).json()["error"]["code"] == "RECORDING_NOT_FOUND"
    assert packager.orders == []


@pytest.mark.parametrize(
    ("failure", "status"),
    [(MediaError("Broken."), 500), (StorageError("Full."), 507), (KeyError("camera"), 404)],
)
def test_failures_of_packaging_have_an_answer(
    client: RestClient, packager: FakePackager, failure: Exception, status: int
) -> None:
    packager.failure = failure
    assert client.get(client.download_path()).status_code == status
    packager.failure = None
    assert client.get(client.download_path()).status_code == 200


def test_head_tells_the_size_and_sends_nothing(client: RestClient) -> None:
    response = client.session.head(client.base + client.download_path(), timeout=10)
    assert response.headers["Content-Length"] == "100000"
    assert response.content == b""


def test_an_exports_whole_life(client: RestClient, packager: FakePackager) -> None:
    client.site.exports.hold()
    created = _export(client, quality="high", includeAudio=True, format="mkv").json()
    assert created["status"] == "queued"
    assert created["estimatedDurationSeconds"] > 0
    assert created["estimatedSizeBytes"] > 0
    assert created["createdAt"] == "2025-10-24T10:00:00Z"
    export_id = created["exportId"]
    queued = _status(client, export_id)
    assert queued["status"] == "queued"
    assert queued["progress"] == 0
    assert queued["estimatedTimeRemaining"] > 0

    packager.gate.clear()
    client.site.exports.release()
    assert packager.entered.acquire(timeout=10)
    running = _status(client, export_id)
    assert running["status"] == "processing"
    assert 0 <= running["progress"] <= 50
    assert "downloadUrl" not in running

    packager.gate.set()
    assert client.site.exports.wait_for(export_id, ExportState.COMPLETED)
    done = _status(client, export_id)
    assert done["status"] == "completed"
    assert done["progress"] == 100
    assert done["fileSize"] == 100_000
    assert done["expiresAt"] == "2025-10-25T10:00:00Z"
    file = client.session.get(done["downloadUrl"], timeout=10)
    assert file.status_code == 200
    assert len(file.content) == 100_000
    assert file.headers["Content-Disposition"].endswith('"recording_2025-10-24.mkv"')
    part = client.session.get(done["downloadUrl"], headers={"Range": "bytes=99990-"}, timeout=10)
    assert part.status_code == 206
    assert part.content == file.content[-10:]
    assert requests.get(done["downloadUrl"], timeout=10).status_code == 401

    client.clock.advance(24 * 3600)
    assert _status(client, export_id)["status"] == "expired"
    gone = client.session.get(done["downloadUrl"], timeout=10)
    assert gone.status_code == 410
    assert packager.orders[0]["include_audio"] is True
    assert packager.orders[0]["quality"] == "high"


def test_the_contracts_own_example_is_understood(
    client: RestClient, packager: FakePackager
) -> None:
    watermark = {"enabled": True, "text": "RTA CCTV - Exported {timestamp}"}
    _completed(client, format="mp4", quality="high", includeAudio=False, watermark=watermark)
    assert packager.orders[0]["watermark"] == "RTA CCTV - Exported {timestamp}"
    assert packager.orders[0]["include_audio"] is False
    _completed(client, watermark={"enabled": False, "text": "no"})
    assert packager.orders[1]["watermark"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"cameraId": 5},
        {"startTime": None},
        {"endTime": "2025-10-24T09:00:00"},
        {"format": "exe"},
        {"quality": "best"},
        {"includeAudio": "yes"},
        {"watermark": "text"},
        {"watermark": {"enabled": True}},
        {"watermark": {"enabled": True, "text": "x" * 201}},
    ],
)
def test_malformed_exports_are_refused(client: RestClient, changes: dict[str, Any]) -> None:
    refused = _export(client, **changes)
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "INVALID_REQUEST"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 9000])
def test_exports_that_are_no_json_object_are_refused(client: RestClient, body: bytes) -> None:
    assert client.post("/recordings/export", data=body).status_code == 400


def test_exports_of_unknown_cameras_and_unknown_exports_are_not_found(client: RestClient) -> None:
    assert _export(client, cameraId="nobody").json()["error"]["code"] == "CAMERA_NOT_FOUND"
    for path in ("/recordings/export/nobody", "/recordings/export/nobody/file"):
        assert client.refused(path) == (404, "RECORDING_NOT_FOUND")


def test_ten_exports_and_no_more(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, retry_after="date"))
    client.site.exports.hold()
    for _ in range(10):
        assert _export(client).status_code == 200
    refused = _export(client)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert refused.headers["Retry-After"].endswith("GMT")


def test_a_failed_export_says_why_and_has_no_file(client: RestClient) -> None:
    client.site.exports.fail_next(1, "The recorder is gone.")
    export_id = client.start_export()
    assert client.site.exports.wait_for(export_id, ExportState.FAILED)
    status = _status(client, export_id)
    assert status["status"] == "failed"
    assert status["error"] == "The recorder is gone."
    assert client.refused(f"/recordings/export/{export_id}/file") == (404, "RECORDING_NOT_FOUND")


def test_expired_and_forgotten_on_order(client: RestClient) -> None:
    done = _completed(client)
    client.site.exports.expire(done["exportId"])
    assert _status(client, done["exportId"])["status"] == "expired"
    assert client.session.get(done["downloadUrl"], timeout=10).status_code == 410
    client.site.exports.forget(done["exportId"])
    assert client.session.get(done["downloadUrl"], timeout=10).status_code == 404


def test_progress_can_go_back(client: RestClient, packager: FakePackager) -> None:
    packager.gate.clear()
    export_id = client.start_export()
    assert packager.entered.acquire(timeout=10)
    client.site.faults.report_progress(60, 20, 80)
    assert [_status(client, export_id)["progress"] for _ in range(3)] == [60, 20, 80]
    packager.gate.set()


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/f.mp4", "/relative/file", "", "ftp://x"]
)
def test_other_download_and_playback_urls(client: RestClient, url: str) -> None:
    done = _completed(client)
    client.site.faults.override_download_url(url)
    assert _status(client, done["exportId"])["downloadUrl"] == url
    assert _status(client, done["exportId"])["downloadUrl"] == done["downloadUrl"]
    client.site.faults.override_playback_url(url)
    playback = f"/recordings/{client.camera_id()}/playback"
    assert client.json(playback, **window(client.span()))["playbackUrl"] == url


def test_a_server_that_closes_ends_a_download_that_is_being_packaged(
    client: RestClient, packager: FakePackager, tmp_path: Path
) -> None:
    packager.gate.clear()
    seen: list[object] = []

    def work() -> None:
        try:
            seen.append(client.get(client.download_path()).status_code)
        except requests.RequestException as err:
            seen.append(err)

    thread = threading.Thread(target=work)
    thread.start()
    assert packager.entered.acquire(timeout=10)
    client.site.close()
    thread.join(10)
    assert len(seen) == 1
    assert seen[0] != 200
    assert stored(tmp_path / "site") == []


def test_what_arrives_really_are_the_asked_pictures(tmp_path: Path) -> None:
    with running_site(tmp_path) as site, RestClient(site) as client:
        span = client.span(4000)
        clip = tmp_path / "clip.mp4"
        clip.write_bytes(client.get(client.download_path(length_ms=4000)).content)
        codes = [code for _, code in read_file(clip) if code]
        camera = camera_named(site.world, "Main entrance")
        step_ms = round(1000 / camera.fps)
        assert {code.camera_number for code in codes} == {camera.number}
        assert [code.instant_ms for code in codes] == list(
            range(span.start_ms, span.end_ms, step_ms)
        )

        done = _completed(
            client, **window(span), quality="low", watermark={"enabled": True, "text": "X"}
        )
        export = tmp_path / "export.mp4"
        export.write_bytes(client.session.get(done["downloadUrl"], timeout=10).content)
        assert export.stat().st_size == done["fileSize"]
        assert next(code.instant_ms for _, code in read_file(export) if code) == span.start_ms


@pytest.mark.parametrize("begun", [False, True])
def test_the_answer_to_an_order_can_be_held(
    client: RestClient, packager: FakePackager, begun: bool
) -> None:
    client.site.faults.hold_order(30, begun=begun)

    def order() -> None:
        with contextlib.suppress(requests.RequestException):
            _export(client)

    asking = threading.Thread(target=order)
    asking.start()
    assert client.site.log.wait_for(lambda entry: entry.method == "POST") is not None
    assert packager.entered.acquire(timeout=10 if begun else 0.3) is begun
    assert client.site.log.entries("/recordings/export")[0].status == 0
    client.site.close()
    asking.join(20)
    assert not asking.is_alive()
