"""The camera endpoints: list, one, groups, live, snapshot."""

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from rta_viewer.core.spans import Span
from rta_viewer.demo.http_faults import DamageCameraList, ListDamage
from rta_viewer.demo.rest import parameters
from rta_viewer.demo.rest.camera_json import (
    array_json,
    bitrate_kbps,
    camera_json,
    details_json,
    group_json,
    resolution,
)
from rta_viewer.demo.rest.messages import Request, Response, json_response, recording_not_found
from rta_viewer.demo.rest.routing import API, Route, route
from rta_viewer.demo.rest.services import Services
from rta_viewer.demo.rest.snapshot import MAX_SIDE, jpeg_at
from rta_viewer.demo.world import DemoCamera

_PAGE = 100
_LARGEST_PAGE = 1000
_FAR = 10**9 - 1


class CameraEndpoints:
    """Answers about cameras."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """What it answers; literal paths before ids."""
        one, many = "camera", "camera_list"
        base = f"{API}/cameras"
        return [
            route("GET", base, self.list_cameras, feature="cameras", bucket=many),
            route("GET", f"{base}/groups", self.groups, feature="groups"),
            route("GET", f"{base}/*", self.details, feature="camera_details", bucket=one),
            route("GET", f"{base}/*/live", self.live, feature="live", bucket=one),
            route("GET", f"{base}/*/snapshot", self.snapshot, feature="snapshot", bucket=one),
        ]

    def list_cameras(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /cameras`` in the form that the server has, or that the client asks for."""
        query = request.query
        enabled = parameters.boolean(query, "enabled")
        recording = parameters.boolean(query, "recordingEnabled")
        found = [
            camera
            for camera in self._services.world.cameras
            if enabled in {None, camera.enabled} and recording in {None, camera.recording_enabled}
        ]
        paged = ("page" in query or "size" in query) and "limit" not in query
        if self._services.options.camera_list == "array" or paged:
            response = json_response({"array": _page(found, request)})
        else:
            offset = parameters.integer(query, "offset", 0, 0, _FAR)
            limit = parameters.integer(query, "limit", _PAGE, 1, _LARGEST_PAGE)
            part = [camera_json(camera) for camera in found[offset : offset + limit]]
            response = json_response({"cameras": part, "totalCount": len(found)})
        damage = self._services.faults.take(DamageCameraList, request.path)
        return _damaged(response, damage.damage) if damage else response

    def groups(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /cameras/groups``."""
        return json_response({"groups": [group_json(g) for g in self._services.world.groups]})

    def details(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /cameras/{id}``."""
        camera = self._services.camera(ids[0])
        now_ms = self._services.world.clock.now_ms()
        recorded = self._services.world.footage(camera.camera_id).recorded(Span(0, now_ms))
        oldest = recorded[0].start_ms if recorded else None
        newest = recorded[-1].end_ms if recorded else None
        return json_response(details_json(camera, oldest, newest))

    def live(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /cameras/{id}/live``."""
        camera = self._services.online_camera(ids[0])
        base = self._services.stream_base(request.host)
        stream = {
            "streamId": "main",
            "quality": "high",
            "protocol": "rtsp",
            "url": f"{base}/live/{quote(camera.camera_id, safe='')}",
            "resolution": resolution(camera),
            "fps": camera.fps,
            "codec": camera.codec,
            "bitrate": bitrate_kbps(camera),
        }
        return json_response({"cameraId": camera.camera_id, "streams": [stream]})

    def snapshot(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /cameras/{id}/snapshot``: the newest picture."""
        camera = self._services.online_camera(ids[0])
        width = parameters.integer(request.query, "width", 0, 1, MAX_SIDE)
        height = parameters.integer(request.query, "height", 0, 1, MAX_SIDE)
        quality = parameters.integer(request.query, "quality", 80, 1, 100)
        now_ms = self._services.world.clock.now_ms()
        footage = self._services.world.footage(camera.camera_id)
        jpeg = jpeg_at(footage, now_ms, width=width, height=height, quality=quality)
        if jpeg is None:
            raise recording_not_found("The camera has not sent a picture yet.")
        return Response(200, (("Content-Type", "image/jpeg"), ("Cache-Control", "no-store")), jpeg)


def _page(found: Sequence[DemoCamera], request: Request) -> list[dict[str, object]]:
    page = parameters.integer(request.query, "page", 0, 0, _FAR)
    size = parameters.integer(request.query, "size", _PAGE, 1, _LARGEST_PAGE)
    return [array_json(camera) for camera in found[page * size : (page + 1) * size]]


def _damaged(response: Response, damage: ListDamage) -> Response:
    if damage is ListDamage.NOT_JSON:
        return replace(response, body=b"cameras: none of your business")
    assert isinstance(response.body, bytes)  # noqa: S101 - made a few lines above
    if damage is ListDamage.TRUNCATED:
        return replace(response, body=response.body[: len(response.body) // 2])
    document = json.loads(response.body)
    key = "cameras" if "cameras" in document else "array"
    if damage is ListDamage.NOT_A_LIST:
        document[key] = {"0": "camera"}
    elif document[key] and damage is ListDamage.WRONG_TYPE:
        document[key][0]["id"] = 17
    elif document[key]:
        del document[key][-1]["id"]
    return replace(response, body=json.dumps(document).encode())
