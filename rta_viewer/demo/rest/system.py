"""The system endpoints: health and capabilities; and the two sign-in endpoints."""

from collections.abc import Sequence

from rta_viewer import __version__
from rta_viewer.demo.exports import AT_ONCE
from rta_viewer.demo.rest.messages import Request, Response, json_response
from rta_viewer.demo.rest.routing import API, Route, route
from rta_viewer.demo.rest.saving import CONTAINERS, LONGEST_DOWNLOAD_MS, QUALITIES
from rta_viewer.demo.rest.services import Services
from rta_viewer.demo.rest.times import format_instant

_ZONE = "Asia/Dubai"
"""Where this server stands, as it says."""


class SystemEndpoints:
    """Answers about the server itself."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """What it answers; ways of sign-in that are not offered have no endpoint."""
        sign_in, accept = self._services.sign_in, self._services.options.accept
        table = [
            route("GET", f"{API}/system/health", self.health, feature="health"),
            route("GET", f"{API}/system/capabilities", self.capabilities, feature="capabilities"),
        ]
        if "token" in accept:
            table.append(
                route(
                    "POST", "api/auth/login", lambda request, _: sign_in.login(request), public=True
                )
            )
        if "openid" in accept:
            table.append(
                route(
                    "POST",
                    "API/IDP/connect/token",
                    lambda request, _: sign_in.openid_token(request),
                    public=True,
                )
            )
        return table

    def health(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /system/health``."""
        clock = self._services.world.clock
        cameras = self._services.world.cameras
        return json_response(
            {
                "status": "healthy",
                "name": "RTA demo recording server",
                "version": __version__,
                "timestamp": format_instant(clock.now_ms()),
                "timeZone": _ZONE,
                "uptimeSeconds": round(clock.monotonic_s() - self._services.started_s),
                "cameras": {
                    "total": len(cameras),
                    "online": sum(camera.enabled and not camera.offline for camera in cameras),
                },
            }
        )

    def capabilities(self, request: Request, ids: Sequence[str]) -> Response:
        """``GET /system/capabilities``."""
        options = self._services.options
        codecs = sorted({camera.codec for camera in self._services.world.cameras})
        qualities = [quality for quality in QUALITIES if quality]
        return json_response(
            {
                "version": __version__,
                "signIn": sorted(options.accept),
                "codecs": codecs,
                "formats": list(CONTAINERS),
                "qualities": qualities,
                "playback": {
                    "protocols": ["rtsp"],
                    "speeds": [1, 2, 4, 8],
                    "maxConcurrent": options.playbacks_at_once,
                },
                "download": {"maxDurationSeconds": LONGEST_DOWNLOAD_MS // 1000, "range": True},
                "export": {"maxConcurrent": AT_ONCE, "watermark": True, "includeAudio": True},
            }
        )
