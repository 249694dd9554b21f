import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import av
import pytest
import requests

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import ExportState
from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import demo_world
from rta_viewer.errors import NetworkError, StorageError
from tests.helpers.rest_client import RestClient, stored
from tests.helpers.site import running_site, window
from tests.helpers.timecode import read_frame
from tests.helpers.worlds import NOW_MS, small_world


def test_a_site_is_asked_for_a_stream_and_streams_it(tmp_path: Path) -> None:
    with running_site(tmp_path) as site, RestClient(site) as client:
        span = client.span(4000)
        path = f"/recordings/{client.camera_id()}/playback"
        url = client.json(path, **window(span))["playbackUrl"]
        with_credentials = url.replace("rtsp://", "rtsp://demo:demo@")
        with av.open(with_credentials, options={"rtsp_transport": "tcp"}, timeout=10) as stream:
            code = read_frame(next(stream.decode(video=0)))
        assert code is not None
        assert code.instant_ms == span.start_ms
        assert site.log.count(protocol="rtsp", method="PLAY") == 1
        assert site.log.count("playback", protocol="http") == 1
        assert "demo:demo" not in repr([vars(entry) for entry in site.log.entries()])


def test_a_site_ends_all_its_threads_and_deletes_its_files(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with running_site(tmp_path) as site, RestClient(site) as client:
        assert client.get(client.download_path(length_ms=2000)).status_code == 200
        export_id = client.start_export(**window(client.span(2000)))
        assert site.exports.wait_for(export_id, ExportState.COMPLETED)
        assert len(stored(tmp_path / "site")) == 2
        begin = time.monotonic()
        site.close()
        assert time.monotonic() - begin < 5
    assert stored(tmp_path / "site") == []
    assert set(threading.enumerate()) - before == set()
    site.close()


def test_a_site_without_a_cache_folder_takes_a_temporary_one(tmp_path: Path) -> None:
    with DemoSite(small_world(tmp_path)) as site, RestClient(site) as client:
        assert client.get(client.download_path(length_ms=1000)).status_code == 200


def test_a_site_that_cannot_start_leaves_nothing(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        for ports in [(urlsplit(site.rest_url).port, 0), (0, urlsplit(site.rtsp_url).port)]:
            world = small_world(tmp_path / "other")
            second = DemoSite(world, ports[0] or 0, ports[1] or 0, cache_dir=tmp_path / "second")
            with pytest.raises(NetworkError):
                second.start()
            assert list((tmp_path / "second" / "served").iterdir()) == []
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        DemoSite(small_world(tmp_path), cache_dir=tmp_path / "file").start()


def test_addresses_are_known_only_once_started(tmp_path: Path) -> None:
    site = DemoSite(small_world(tmp_path))
    with pytest.raises(RuntimeError, match="not been started"):
        _ = site.rest_url
    site.close()
    site.world.close()


def test_too_many_playbacks_are_refused(tmp_path: Path) -> None:
    options = RestOptions(rate_limits=NO_LIMITS, playbacks_at_once=1)
    with running_site(tmp_path, options=options) as site, RestClient(site) as client:
        path = f"/recordings/{client.camera_id()}/playback"
        asked = window(client.span(60_000))
        url = client.json(path, **asked)["playbackUrl"].replace("rtsp://", "rtsp://demo:demo@")
        with av.open(url, options={"rtsp_transport": "tcp"}, timeout=10):
            refused = client.get(path, params=asked)
            assert refused.status_code == 429
            assert int(refused.headers["Retry-After"]) > 0


def test_estimates_of_an_export_are_near_the_truth(tmp_path: Path) -> None:
    with running_site(tmp_path) as site, RestClient(site) as client:
        body = {"cameraId": client.camera_id("Reception desk"), **window(client.span(20_000))}
        created = client.post("/recordings/export", json=body).json()
        assert site.exports.wait_for(created["exportId"], ExportState.COMPLETED)
        done = client.json(f"/recordings/export/{created['exportId']}")
        assert created["estimatedSizeBytes"] == pytest.approx(done["fileSize"], rel=0.5)


def test_the_present_moves_with_the_clock(tmp_path: Path) -> None:
    clock = ManualClock(NOW_MS)
    world = demo_world(clock, tmp_path / "footage")
    with running_site(tmp_path, world=world) as site, RestClient(site) as client:
        path = f"/recordings/{client.camera_id()}/timeline"
        asked = window(Span(NOW_MS - 60_000, NOW_MS + 60_000))
        before = client.json(path, **asked)["availableDuration"]
        clock.advance(30)
        assert client.json(path, **asked)["availableDuration"] == before + 30


def test_a_user_of_ones_own(tmp_path: Path) -> None:
    from rta_viewer.core.secret import Secret

    world = demo_world(
        ManualClock(NOW_MS), tmp_path / "f", username="anna", password=Secret("geheim")
    )
    with running_site(tmp_path, world=world) as site:
        url = site.rest_url + "/api/rest/v1/system/health"
        assert requests.get(url, auth=("anna", "geheim"), timeout=10).status_code == 200
        assert requests.get(url, auth=("demo", "demo"), timeout=10).status_code == 401
