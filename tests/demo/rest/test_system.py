from collections.abc import Callable
from dataclasses import replace

import pytest
import requests

from rta_viewer.demo.rest.options import COMPANIONS, RestOptions
from tests.helpers.rest_client import RestClient
from tests.helpers.site import UNLIMITED, window


def test_health_and_capabilities(client: RestClient) -> None:
    client.clock.advance(7)
    health = client.json("/system/health")
    assert health["status"] == "healthy"
    assert health["version"]
    assert health["uptimeSeconds"] == 7
    assert health["cameras"]["total"] > health["cameras"]["online"] > 0
    capabilities = client.json("/system/capabilities")
    assert capabilities["codecs"] == ["H264", "H265"]
    assert capabilities["formats"] == ["mp4", "avi", "mkv"]
    assert capabilities["export"]["maxConcurrent"] == 10
    assert capabilities["signIn"] == ["basic", "openid", "token"]


def test_everything_but_signing_in_wants_credentials(shared: RestClient) -> None:
    for path in ("/cameras", "/system/health", "/recordings/export/1"):
        assert requests.get(shared.base + path, timeout=10).status_code == 401


def test_unknown_paths_name_the_resource(shared: RestClient) -> None:
    answer = shared.get("/bogus/1")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Unknown resource: bogus"
    outside = shared.session.get(shared.site.rest_url + "/favicon.ico", timeout=10)
    assert outside.status_code == 404


def test_a_wrong_method_names_the_right_ones(shared: RestClient) -> None:
    answer = shared.session.delete(shared.base + "/cameras", timeout=10)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert shared.get("/recordings/export").headers["Allow"] == "POST"


def _paths(client: RestClient) -> dict[str, str]:
    camera_id = client.camera_id()
    return {
        "cameras": "/cameras",
        "camera_details": f"/cameras/{camera_id}",
        "groups": "/cameras/groups",
        "live": f"/cameras/{camera_id}/live",
        "snapshot": f"/cameras/{camera_id}/snapshot",
        "timeline": f"/recordings/{camera_id}/timeline",
        "events": f"/events/{camera_id}",
        "statistics": f"/recordings/{camera_id}/statistics",
        "health": "/system/health",
        "capabilities": "/system/capabilities",
    }


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_that_lacks_every_companion_still_plays(
    make_client: Callable[..., RestClient], status: int
) -> None:
    client = make_client(replace(UNLIMITED, lacking=COMPANIONS, lacking_status=status))
    asked = window(client.span())
    paths = _paths(client)
    assert set(paths) == COMPANIONS
    for path in paths.values():
        assert client.get(path, params=asked).status_code == status
    playback = f"/recordings/{client.camera_id()}/playback"
    assert client.json(playback, **asked)["playbackUrl"]


def test_lacking_one_leaves_the_others(make_client: Callable[..., RestClient]) -> None:
    client = make_client(replace(UNLIMITED, lacking=frozenset({"timeline"})))
    asked = window(client.span())
    statuses = {name: client.get(p, params=asked).status_code for name, p in _paths(client).items()}
    assert statuses.pop("timeline") == 404
    assert set(statuses.values()) == {200}


def test_a_gateway_without_recordings_answers_as_they_do(
    make_client: Callable[..., RestClient],
) -> None:
    options = replace(UNLIMITED, lacking=frozenset({"recordings"}), error_form="details")
    client = make_client(options)
    for path in ("playback", "download", "timeline"):
        answer = client.get(
            f"/recordings/{client.camera_id()}/{path}", params=window(client.span())
        )
        assert answer.status_code == 404
        assert answer.json() == {
            "error": {"httpCode": 404, "details": [{"errorText": "Unknown resource: recordings"}]}
        }
    assert client.post("/recordings/export", json={}).status_code == 404
    assert client.get("/cameras").status_code == 200


def test_options_with_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="telepathy"):
        RestOptions(lacking=frozenset({"telepathy"}))
    with pytest.raises(ValueError, match="kerberos"):
        RestOptions(accept=frozenset({"kerberos"}))
