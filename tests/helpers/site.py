"""A whole recording server for a test: REST and RTSP on free ports of the loopback interface."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from rta_viewer.core.spans import Span
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import World
from tests.helpers.worlds import small_world

API = "/api/rest/v1"
UNLIMITED = RestOptions(rate_limits=NO_LIMITS)


@contextmanager
def running_site(
    tmp_path: Path,
    *,
    world: World | None = None,
    options: RestOptions = UNLIMITED,
    rtsp_options: RtspOptions | None = None,
    **more: object,
) -> Iterator[DemoSite]:
    """A started site, closed at the end; user ``demo``, password ``demo``.

    Args:
        tmp_path: Footage and packaged files go there.
        world: Served and closed by the site; :func:`~tests.helpers.worlds.small_world` when None.
        options: The REST side's, without rate limits unless given.
        rtsp_options: The RTSP side's.
        more: Further arguments of :class:`DemoSite`.
    """
    site = DemoSite(
        world or small_world(tmp_path),
        cache_dir=tmp_path / "site",
        options=options,
        rtsp_options=rtsp_options,
        **more,  # type: ignore[arg-type]
    )
    with site:
        yield site


@contextmanager
def signed_in(site: DemoSite) -> Iterator[requests.Session]:
    """A Basic session with the right password."""
    with requests.Session() as session:
        session.auth = ("demo", "demo")
        session.trust_env = False
        yield session


def iso(instant_ms: int) -> str:
    """The instant as the contract wants it, written without the server's own code."""
    import datetime

    instant = datetime.datetime.fromtimestamp(instant_ms // 1000, datetime.UTC)
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant_ms % 1000:03d}Z"


def window(span: Span) -> dict[str, str]:
    """``startTime`` and ``endTime`` for a query or a body."""
    return {"startTime": iso(span.start_ms), "endTime": iso(span.end_ms)}
