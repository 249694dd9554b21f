import io
from collections.abc import Callable
from dataclasses import replace

import av
import pytest

from tests.helpers.rest_client import RestClient
from tests.helpers.site import UNLIMITED
from tests.helpers.timecode import read_frame
from tests.helpers.worlds import NOW_MS, camera_named


def test_the_list_has_the_contracts_members(shared: RestClient) -> None:
    answer = shared.json("/cameras")
    assert answer["totalCount"] == len(answer["cameras"]) == len(shared.site.world.cameras) >= 12
    first = answer["cameras"][0]
    assert set(first) >= {
        "id",
        "name",
        "enabled",
        "recordingEnabled",
        "shortName",
        "channel",
        "recordingServer",
        "properties",
        "streams",
    }
    assert set(first["recordingServer"]) == {"id", "name"}
    stream = first["streams"][0]
    assert stream["resolution"] == "640x360"
    assert stream["codec"] == "H264"
    assert set(stream) == {"streamId", "name", "resolution", "codec", "fps", "bitrate"}


def test_pages_by_limit_and_offset_join_to_the_whole(shared: RestClient) -> None:
    whole = shared.json("/cameras")["cameras"]
    pages = []
    for offset in range(0, len(whole) + 5, 5):
        page = shared.json("/cameras", limit=5, offset=offset)
        assert page["totalCount"] == len(whole)
        pages += page["cameras"]
    assert pages == whole


def test_filters(shared: RestClient) -> None:
    disabled = shared.json("/cameras", enabled="false")
    assert [camera["name"] for camera in disabled["cameras"]] == ["Old gatehouse"]
    assert disabled["totalCount"] == 1
    recording = shared.json("/cameras", recordingEnabled="true")["cameras"]
    assert all(camera["recordingEnabled"] for camera in recording)
    assert len(recording) == len(shared.site.world.cameras) - 1


def test_the_array_form_by_page_and_size_until_a_short_page(shared: RestClient) -> None:
    found = []
    page = 0
    while True:
        part = shared.json("/cameras", page=page, size=6)["array"]
        found += part
        page += 1
        if len(part) < 6:
            break
    assert [camera["id"] for camera in found] == [c.camera_id for c in shared.site.world.cameras]
    assert found[0]["displayName"] == "Main entrance"
    assert found[0]["relations"]["parent"]["type"] == "recordingServers"
    assert found[0]["relations"]["parent"]["id"]


def test_a_server_that_only_knows_the_array_form_ignores_limit_and_offset(
    make_client: Callable[..., RestClient],
) -> None:
    client = make_client(replace(UNLIMITED, camera_list="array"))
    answer = client.json("/cameras", limit=2, offset=3)
    assert set(answer) == {"array"}
    assert len(answer["array"]) == len(client.site.world.cameras)


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "ten"},
        {"limit": "100000"},
        {"offset": "-1"},
        {"enabled": "maybe"},
        {"page": "x"},
        {"size": "0"},
    ],
)
def test_senseless_paging_is_refused(shared: RestClient, params: dict[str, str]) -> None:
    assert shared.refused("/cameras", **params) == (400, "INVALID_REQUEST")


def test_groups_overlap_and_leave_one_out(shared: RestClient) -> None:
    groups = shared.json("/cameras/groups")["groups"]
    assert len(groups) >= 3
    for group in groups:
        assert set(group) == {"id", "name", "description", "cameraCount", "cameras"}
        assert group["cameraCount"] == len(group["cameras"])
    members = [camera for group in groups for camera in group["cameras"]]
    assert len(members) > len(set(members))
    assert set(members) < {camera.camera_id for camera in shared.site.world.cameras}


def test_one_camera(shared: RestClient) -> None:
    answer = shared.json(f"/cameras/{shared.camera_id()}")
    assert answer["location"] == {"building": "Terminal", "floor": "Ground", "area": "Entrance"}
    assert answer["recording"]["mode"] == "continuous"
    assert answer["recording"]["retentionDays"] == 7
    assert answer["recording"]["oldestRecording"].startswith("2025-10-17T")
    assert answer["recording"]["newestRecording"] == "2025-10-24T10:00:00Z"


def test_unknown_cameras_are_not_found_everywhere(shared: RestClient) -> None:
    span = {"startTime": "2025-10-24T09:00:00Z", "endTime": "2025-10-24T09:01:00Z"}
    for path in (
        "/cameras/{}",
        "/cameras/{}/live",
        "/cameras/{}/snapshot",
        "/recordings/{}/playback",
        "/recordings/{}/download",
        "/recordings/{}/timeline",
        "/recordings/{}/statistics",
        "/events/{}",
    ):
        for camera_id in ("nobody", "a%2Fb", "%00", "..%2f.."):
            assert shared.refused(path.format(camera_id), **span) == (404, "CAMERA_NOT_FOUND")


def test_a_deleted_camera_is_gone_from_list_and_groups(client: RestClient) -> None:
    camera_id = client.camera_id()
    client.site.world.remove_camera(camera_id)
    assert client.refused(f"/cameras/{camera_id}") == (404, "CAMERA_NOT_FOUND")
    assert camera_id not in str(client.json("/cameras"))
    assert camera_id not in str(client.json("/cameras/groups"))


def test_ids_with_slashes_and_spaces_travel_percent_encoded(client: RestClient) -> None:
    odd = replace(
        camera_named(client.site.world, "Canteen"), camera_id="a/b c?ü", name="Odd", number=99
    )
    client.site.world.replace_camera(odd)
    answer = client.json("/cameras/a%2Fb%20c%3F%C3%BC")
    assert answer["name"] == "Odd"
    live = client.json("/cameras/a%2Fb%20c%3F%C3%BC/live")["streams"][0]["url"]
    assert live == f"{client.site.rtsp_url}/live/a%2Fb%20c%3F%C3%BC"


def test_live(shared: RestClient) -> None:
    camera_id = shared.camera_id()
    stream = shared.json(f"/cameras/{camera_id}/live")["streams"][0]
    assert stream["protocol"] == "rtsp"
    assert stream["url"] == f"{shared.site.rtsp_url}/live/{camera_id}"
    assert set(stream) >= {"streamId", "quality", "resolution", "fps", "codec"}


@pytest.mark.parametrize("name", ["Goods lift", "Old gatehouse"])
@pytest.mark.parametrize("what", ["live", "snapshot"])
def test_cameras_that_send_nothing_have_nothing_of_now(
    shared: RestClient, name: str, what: str
) -> None:
    assert shared.refused(f"/cameras/{shared.camera_id(name)}/{what}") == (409, "CAMERA_OFFLINE")


@pytest.mark.parametrize("name", ["Main entrance", "Ticket hall"])
def test_a_snapshot_shows_the_present(shared: RestClient, name: str) -> None:
    response = shared.get(f"/cameras/{shared.camera_id(name)}/snapshot")
    assert response.headers["Content-Type"] == "image/jpeg"
    picture = _picture(response.content)
    camera = camera_named(shared.site.world, name)
    assert (picture.width, picture.height) == (camera.width, camera.height)
    code = read_frame(picture)
    assert code is not None
    assert NOW_MS - 1000 / camera.fps <= code.instant_ms < NOW_MS
    assert code.camera_number == camera.number


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"width": 320}, (320, 180)),
        ({"height": 180}, (320, 180)),
        ({"width": 333, "height": 101}, (332, 100)),
        ({"width": 1}, (2, 2)),
    ],
)
def test_snapshots_in_the_asked_size(
    shared: RestClient, asked: dict[str, int], size: tuple[int, int]
) -> None:
    response = shared.get(f"/cameras/{shared.camera_id()}/snapshot", params=asked)
    picture = _picture(response.content)
    assert (picture.width, picture.height) == size


def test_a_lower_quality_is_a_smaller_file(shared: RestClient) -> None:
    path = f"/cameras/{shared.camera_id()}/snapshot"
    best, worst = (len(shared.get(path, params={"quality": q}).content) for q in (100, 1))
    assert worst < best * 0.8


@pytest.mark.parametrize("params", [{"width": "0"}, {"height": "99999"}, {"quality": "101"}])
def test_snapshot_bounds(shared: RestClient, params: dict[str, str]) -> None:
    path = f"/cameras/{shared.camera_id()}/snapshot"
    assert shared.refused(path, **params) == (400, "INVALID_REQUEST")


def _picture(jpeg: bytes) -> av.VideoFrame:
    with av.open(io.BytesIO(jpeg), format="jpeg_pipe") as container:
        return next(container.decode(video=0))
