"""A server over recognisable bytes, closed at the end of the test with everything it started."""

from collections.abc import Callable, Iterator

import pytest

from rta_viewer.core.spans import Span
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.server import RtspServer
from tests.helpers.fake_footage import NOW_MS, FakeFootage, FakeWorld

MakeServer = Callable[..., RtspServer]


def hour(**how: object) -> FakeFootage:
    """The last hour without a gap."""
    return FakeFootage([Span(NOW_MS - 3_600_000, NOW_MS)], **how)  # type: ignore[arg-type]


def with_gap(**how: object) -> FakeFootage:
    """From 60 to 40 s ago and the last 20 s."""
    spans = [Span(NOW_MS - 60_000, NOW_MS - 40_000), Span(NOW_MS - 20_000, NOW_MS)]
    return FakeFootage(spans, **how)  # type: ignore[arg-type]


def world() -> FakeWorld:
    return FakeWorld(
        {
            "cam": hour(),
            "sound": hour(sound=True),
            "h265": hour(codec="H265"),
            "gap": with_gap(),
            "big": hour(key_bytes=200_000),
            "reordered": hour(reordered=True),
            "empty": FakeFootage([]),
        }
    )


@pytest.fixture
def make_server() -> Iterator[MakeServer]:
    made: list[RtspServer] = []

    def make(
        the_world: FakeWorld | None = None, tls: object = None, **options: object
    ) -> RtspServer:
        server = RtspServer(
            the_world or world(),  # type: ignore[arg-type]
            options=RtspOptions(**options),  # type: ignore[arg-type]
            tls=tls,  # type: ignore[arg-type]
        )
        server.start()
        made.append(server)
        return server

    yield make
    for server in made:
        server.close()


@pytest.fixture
def server(make_server: MakeServer) -> RtspServer:
    return make_server()
