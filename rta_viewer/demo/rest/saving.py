"""The endpoints that give files: download and export."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import cast

from rta_viewer.core.model import ExportState
from rta_viewer.demo.exports import ExportView
from rta_viewer.demo.http_faults import HoldOrder, OtherDownloadUrl, ReportProgress
from rta_viewer.demo.package_store import PackageRequest
from rta_viewer.demo.rest import parameters
from rta_viewer.demo.rest.file_response import file_response
from rta_viewer.demo.rest.messages import (
    ApiError,
    Request,
    Response,
    invalid,
    json_response,
    recording_not_found,
)
from rta_viewer.demo.rest.recordings import asked_span
from rta_viewer.demo.rest.routing import API, Route, route
from rta_viewer.demo.rest.services import Services, camera_not_found
from rta_viewer.demo.rest.times import format_instant, parse_span, utc_day
from rta_viewer.demo.world import DemoCamera
from rta_viewer.errors import BusyError

CONTAINERS = ("mp4", "avi", "mkv")
QUALITIES = ("", "low", "medium", "high")
_CODECS = ("", "h264", "h265")
LONGEST_DOWNLOAD_MS = 30 * 60_000
_LONGEST_WATERMARK = 200


class SavingEndpoints:
    """Answers with files, now or later."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """What it answers; ``export`` is no camera id."""
        base = f"{API}/recordings"
        core = "recordings"
        return [
            route("POST", f"{base}/export", self.create, feature=core),
            route("GET", f"{base}/export/*", self.status, feature=core),
            route("GET", f"{base}/export/*/file", self.export_file, feature=core),
            route("GET", f"{base}/*/download", self.download, feature=core),
        ]

    def download(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /recordings/{id}/download``: packages, then sends."""
        camera = self._services.camera(ids[0])
        span = asked_span(request)
        if span.duration_ms > LONGEST_DOWNLOAD_MS:
            raise invalid("A download covers at most 30 minutes. Use an export for longer times.")
        query = request.query
        container = parameters.choice(query.get("format", "mp4"), "format", CONTAINERS)
        quality = parameters.choice(query.get("quality", ""), "quality", QUALITIES)
        quality = _quality_for(camera, query.get("codec", ""), quality)
        order = PackageRequest(camera.camera_id, span, container, quality)
        self._require_footage(order)
        try:
            made = self._services.packages.obtain(order, self._services.stop)
        except KeyError as err:
            raise camera_not_found() from err
        return file_response(
            request,
            made,
            name=_file_name(order),
            container=container,
            faults=self._services.faults,
        )

    def create(self, request: Request, ids: Sequence[str]) -> Response:
        """``POST /recordings/export``."""
        order = self._export_order(_json_object(request))
        self._require_footage(order)
        held = self._services.faults.take(HoldOrder, request.path)
        if held and not held.begun:
            self._services.stop.wait(held.seconds)
        try:
            view = self._services.exports.create(order)
        except BusyError as err:
            raise self._services.limiter.refusal(err.retry_after_s or 1.0, str(err)) from err
        if held and held.begun:
            self._services.stop.wait(held.seconds)
        return json_response(
            {
                "exportId": view.export_id,
                "status": view.state.value,
                "estimatedDurationSeconds": round(view.estimate.duration_s, 1),
                "estimatedSizeBytes": view.estimate.size_bytes,
                "createdAt": format_instant(view.created_ms),
            }
        )

    def status(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /recordings/export/{id}``."""
        view = self._view(ids[0])
        progress = view.progress_percent
        if view.state is ExportState.PROCESSING:
            told = self._services.faults.take(ReportProgress, request.path)
            progress = told.percent if told else progress
        answer: dict[str, object] = {
            "exportId": view.export_id,
            "status": view.state.value,
            "progress": round(progress, 1),
        }
        if view.time_left_s is not None:
            answer["estimatedTimeRemaining"] = round(view.time_left_s, 1)
        if view.error:
            answer["error"] = view.error
        if view.state is ExportState.COMPLETED and view.file and view.expires_ms:
            other = self._services.faults.take(OtherDownloadUrl, request.path)
            answer |= {
                "estimatedTimeRemaining": 0,
                "downloadUrl": other.url if other else self._link(request, view),
                "fileSize": view.file.size_bytes,
                "expiresAt": format_instant(view.expires_ms),
            }
        return json_response(answer)

    def export_file(self, request: Request, ids: Sequence[str]) -> Response:
        """What ``downloadUrl`` leads to: the file, 410 once expired, 404 before it is done."""
        view = self._view(ids[0])
        if view.state is ExportState.EXPIRED:
            raise ApiError(HTTPStatus.GONE, "RECORDING_NOT_FOUND", "The link has expired.")
        if view.file is None:
            raise recording_not_found("The export has no file.")
        return file_response(
            request,
            view.file,
            name=_file_name(view.request),
            container=view.request.container,
            faults=self._services.faults,
        )

    def _link(self, request: Request, view: ExportView) -> str:
        scheme = "https" if request.secure else "http"
        host = request.headers.get("host", "")
        return f"{scheme}://{host}/{API}/recordings/export/{view.export_id}/file"

    def _view(self, export_id: str) -> ExportView:
        view = self._services.exports.view(export_id)
        if view is None:
            raise recording_not_found("There is no such export.")
        return view

    def _require_footage(self, order: PackageRequest) -> None:
        if not self._services.sequences(order.camera_id, order.span):
            raise recording_not_found("Nothing was recorded in the asked time.")

    def _export_order(self, document: Mapping[str, object]) -> PackageRequest:
        camera = self._services.camera(parameters.text_member(document, "cameraId"))
        start = parameters.text_member(document, "startTime", limit=40)
        end = parameters.text_member(document, "endTime", limit=40)
        container = parameters.text_member(document, "format", limit=20) or "mp4"
        quality = parameters.text_member(document, "quality", limit=20)
        return PackageRequest(
            camera.camera_id,
            parse_span(start, end),
            parameters.choice(container, "format", CONTAINERS),
            parameters.choice(quality, "quality", QUALITIES),
            include_audio=bool(parameters.member(document, "includeAudio", bool, False)),
            watermark=_watermark(document),
        )


def _json_object(request: Request) -> Mapping[str, object]:
    try:
        document = json.loads(request.body)
    except (ValueError, RecursionError) as err:
        raise invalid("The body must be JSON.") from err
    if not isinstance(document, dict):
        raise invalid("The body must be a JSON object.")
    return document


def _watermark(document: Mapping[str, object]) -> str | None:
    watermark = cast("dict[str, object]", parameters.member(document, "watermark", dict, {}))
    if not parameters.member(watermark, "enabled", bool, False):
        return None
    text = parameters.text_member(watermark, "text", limit=_LONGEST_WATERMARK)
    if not text.strip():
        raise invalid("watermark.text is missing.")
    return text


def _quality_for(camera: DemoCamera, codec: str, quality: str) -> str:
    """Another codec than the recorded one means encoding again, which makes H.264."""
    codec = parameters.choice(codec, "codec", _CODECS)
    if codec == "h265" and (camera.codec != "H265" or quality):
        raise invalid("This server re-encodes to H264 only.")
    if codec == "h264" and camera.codec != "H264":
        return quality or "high"
    return quality


def _file_name(order: PackageRequest) -> str:
    return f"recording_{utc_day(order.span.start_ms)}.{order.container}"
