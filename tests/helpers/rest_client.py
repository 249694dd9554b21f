"""Asks a site's REST side as any program could, with requests."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.demo.site import DemoSite
from tests.helpers.site import API, window
from tests.helpers.worlds import camera_named, recorded_span


class RestClient:
    """A Basic session with the right password; ``get`` and ``post`` take paths below the API's root."""

    def __init__(self, site: DemoSite) -> None:
        self.site = site
        self.base = site.rest_url + API
        self.session = requests.Session()
        self.session.auth = ("demo", "demo")
        self.session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session.close()

    @property
    def clock(self) -> ManualClock:
        clock = self.site.world.clock
        assert isinstance(clock, ManualClock)
        return clock

    def camera_id(self, name: str = "Main entrance") -> str:
        return camera_named(self.site.world, name).camera_id

    def span(self, length_ms: int = 10_000, name: str = "Main entrance", back_ms: int = 0) -> Span:
        return recorded_span(self.site.world, self.camera_id(name), length_ms, back_ms=back_ms)

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(self.base + path, timeout=20, **more)

    def post(self, path: str, **more: Any) -> requests.Response:
        return self.session.post(self.base + path, timeout=20, **more)

    def json(self, path: str, **params: Any) -> Any:
        response = self.get(path, params=params)
        assert response.status_code == 200, response.text
        return response.json()

    def refused(self, path: str, **params: Any) -> tuple[int, str]:
        """Status and code of an error in the contract's form."""
        response = self.get(path, params=params)
        error = response.json()["error"]
        assert error["statusCode"] == response.status_code
        assert error["message"]
        assert error["timestamp"].endswith("Z")
        return response.status_code, error["code"]

    def download_path(self, name: str = "Main entrance", length_ms: int = 10_000) -> str:
        span = window(self.span(length_ms, name))
        return (
            f"/recordings/{self.camera_id(name)}/download"
            f"?startTime={span['startTime']}&endTime={span['endTime']}"
        )

    def start_export(self, **more: Any) -> str:
        body = {"cameraId": self.camera_id(), **window(self.span())} | more
        response = self.post("/recordings/export", json=body)
        assert response.status_code == 200, response.text
        return str(response.json()["exportId"])


def stored(folder: Path) -> list[Path]:
    """All packaged files below a site's cache folder."""
    return sorted(path for path in folder.rglob("*.mp4") if path.is_file())
