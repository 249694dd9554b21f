"""A whole site in one object: world, REST, RTSP, request log and faults."""

import contextlib
import ssl
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from rta_viewer.core.cancel import CancelToken
from rta_viewer.demo.exports import Estimate, ExportJobs
from rta_viewer.demo.http_faults import HttpFaults
from rta_viewer.demo.package_store import Packager, PackageRequest, PackageStore
from rta_viewer.demo.packaging import estimate, package
from rta_viewer.demo.request_log import RequestLog
from rta_viewer.demo.rest.options import RestOptions
from rta_viewer.demo.rest.rate_limit import RateLimiter
from rta_viewer.demo.rest.server import RestServer
from rta_viewer.demo.rest.services import Services
from rta_viewer.demo.rest.sign_in import SignIn
from rta_viewer.demo.rtsp.faults import RtspFaults
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from rta_viewer.demo.session_folder import SessionFolder
from rta_viewer.demo.world import World

_PartT = TypeVar("_PartT")

_QUALITY_SIZE = {"low": 0.25, "medium": 0.5, "high": 0.9, "": 1.0}
_ENCODING_TIME = 4.0


class DemoSite:
    """A recording server. :meth:`start` and :meth:`close` belong to one thread, the rest to any.

    Args:
        world: What it serves. The site closes it.
        rest_port: 0 for a free one.
        rtsp_port: 0 for a free one.
        host: Address to listen on.
        cache_dir: Packaged files go there; None uses a temporary folder.
        options: How the REST side behaves.
        rtsp_options: How the RTSP side behaves.
        tls: Server-side context for both, None for plain text.
        packager: Makes the files of downloads and exports.

    Attributes:
        faults: What goes wrong on the REST side.
        rtsp_faults: What goes wrong on the RTSP side.
        log: The requests of both sides.
        exports: The background jobs, with their mutators.
    """

    def __init__(
        self,
        world: World,
        rest_port: int = 0,
        rtsp_port: int = 0,
        *,
        host: str = "127.0.0.1",
        cache_dir: Path | None = None,
        options: RestOptions | None = None,
        rtsp_options: RtspOptions | None = None,
        tls: ssl.SSLContext | None = None,
        packager: Packager = package,
    ) -> None:
        self.world = world
        self._packager = packager
        self.options = options or RestOptions()
        self.faults = HttpFaults()
        self.rtsp_faults = RtspFaults()
        self.log = RequestLog()
        self.sign_in = SignIn(world, self.options)
        self._host = host
        self._ports = (rest_port, rtsp_port)
        self._cache_dir = cache_dir
        most = self.options.playbacks_at_once
        self._rtsp_options = rtsp_options or RtspOptions(max_sessions=most, max_connections=most)
        self._tls = tls
        self._stop = CancelToken()
        self._closing = contextlib.ExitStack()
        self._exports: ExportJobs | None = None
        self._rest: RestServer | None = None
        self._rtsp: RtspServer | None = None

    def start(self) -> None:
        """Listen on both ports.

        Raises:
            NetworkError: A port is in use.
            StorageError: The cache folder cannot be used.
        """
        with contextlib.ExitStack() as undo:
            undo.callback(self.world.close)
            folder = SessionFolder(self._served_dir(undo))
            undo.callback(folder.close)
            self._rtsp = self._make_rtsp()
            undo.callback(self._rtsp.close)
            self._exports = ExportJobs(
                self.world,
                self._packager,
                folder.subfolder("exports"),
                estimator=self._estimate,
                max_bytes=self.options.export_bytes,
            )
            undo.callback(self._exports.close)
            self._rest = self._make_rest(folder, self._exports)
            undo.callback(self._rest.close)
            self._rtsp.start()
            self._exports.start()
            self._rest.start()
            self._closing = undo.pop_all()

    def close(self) -> None:
        """Stop both sides and the exports, delete packaged files, close the world. Idempotent."""
        self._stop.cancel()
        self._closing.close()

    @property
    def exports(self) -> ExportJobs:
        """The background jobs of a started site."""
        return _started(self._exports)

    @property
    def rest_url(self) -> str:
        """``http://127.0.0.1:port`` of a started site."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{_bracketed(self._host)}:{_started(self._rest).port}"

    @property
    def rtsp_url(self) -> str:
        """``rtsp://127.0.0.1:port`` of a started site."""
        return self._stream_base(_bracketed(self._host))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _served_dir(self, undo: contextlib.ExitStack) -> Path:
        if self._cache_dir is not None:
            return self._cache_dir / "served"
        return Path(
            undo.enter_context(
                tempfile.TemporaryDirectory(prefix="rta-demo-", ignore_cleanup_errors=True)
            )
        )

    def _make_rtsp(self) -> RtspServer:
        return RtspServer(
            self.world,
            host=self._host,
            port=self._ports[1],
            faults=self.rtsp_faults,
            tls=self._tls,
            options=self._rtsp_options,
            log=self.log,
        )

    def _make_rest(self, folder: SessionFolder, exports: ExportJobs) -> RestServer:
        packages = PackageStore(
            self.world,
            self._packager,
            folder.subfolder("downloads"),
            max_bytes=self.options.package_bytes,
            at_once=self.options.downloads_at_once,
        )
        services = Services(
            world=self.world,
            options=self.options,
            faults=self.faults,
            log=self.log,
            sign_in=self.sign_in,
            limiter=RateLimiter(self.world.clock, self.options.retry_after),
            exports=exports,
            packages=packages,
            stream_base=self._stream_base,
            playbacks=lambda: _started(self._rtsp).sessions,
            stop=self._stop,
            started_s=self.world.clock.monotonic_s(),
        )
        return RestServer(services, host=self._host, port=self._ports[0], tls=self._tls)

    def _stream_base(self, host: str) -> str:
        scheme = "rtsps" if self._tls else "rtsp"
        return f"{scheme}://{host}:{_started(self._rtsp).port}"

    def _estimate(self, request: PackageRequest) -> Estimate:
        seconds, size_bytes = estimate(self.world, request.camera_id, request.span)
        if request.quality or request.watermark:
            seconds *= _ENCODING_TIME
        return Estimate(seconds, round(size_bytes * _QUALITY_SIZE[request.quality]))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _started(part: _PartT | None) -> _PartT:
    if part is None:
        msg = "the site has not been started"
        raise RuntimeError(msg)
    return part
