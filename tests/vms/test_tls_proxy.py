"""Through a proxy that is itself spoken to by TLS: urllib3's object for the inner TLS is no socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, NetworkError
from rta_viewer.vms.transport import Answer, Call, Transport
from tests.helpers.cancelling import cancelled_when
from tests.helpers.certificates import server_context
from tests.helpers.scripted_http import Reply, Script, ScriptedServer, scripted
from tests.helpers.tls_proxy import TlsProxy, tls_proxy

STALLING = Reply(body=b"abc", length="10", hold=True)


class Way:
    """A server that is reached through the proxy only."""

    def __init__(self, server: ScriptedServer, proxy: TlsProxy) -> None:
        self.server = server
        self.proxy = proxy
        self.transport = Transport(verify_tls=False)

    def send(self, token: CancelToken, timeout_s: float = 60.0) -> Answer:
        call = Call("GET", "https://recorder.invalid/x", {}, timeout_s=timeout_s)
        return self.transport.send(call, token)


class Network:
    """One folder of certificates, and the proxy as the system names it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._tls = server_context(folder)
        self._monkeypatch = monkeypatch
        # The proxy's own certificate is always checked.
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)

    @contextmanager
    def to(self, script: Script) -> Iterator[Way]:
        with scripted(script, tls=self._tls) as server, tls_proxy(self._tls, server.port) as proxy:
            self._monkeypatch.setenv("https_proxy", f"https://localhost:{proxy.port}")
            way = Way(server, proxy)
            yield way
            way.transport.close()


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    return Network(tmp_path, monkeypatch)


def room() -> memoryview:
    return memoryview(bytearray(100))


def test_a_body_arrives_whole(network: Network) -> None:
    body = bytes(range(256)) * 4000
    with network.to(lambda seen: Reply(body=body)) as way, way.send(CancelToken()) as answer:
        assert b"".join(bytes(piece) for piece in answer.pieces(5.0, room)) == body
        assert [line.rpartition(b" ")[0] for line in way.proxy.asked] == [
            b"CONNECT recorder.invalid:443"
        ]


def test_a_body_that_stalls_ends_in_a_time_out(network: Network) -> None:
    with network.to(lambda seen: STALLING) as way, way.send(CancelToken()) as answer:
        pieces = answer.pieces(0.1, room)
        assert bytes(next(pieces)) == b"abc"
        with pytest.raises(NetworkError, match="in time"):
            next(pieces)


def test_a_silent_server_is_left_at_once(network: Network) -> None:
    token = CancelToken()
    with (
        network.to(lambda seen: None) as way,
        cancelled_when(lambda: way.server.wait_for_requests(1), token),
        pytest.raises(Cancelled),
    ):
        way.send(token)


def test_a_stalled_body_is_left_at_once(network: Network) -> None:
    token, reading = CancelToken(), threading.Event()
    with network.to(lambda seen: STALLING) as way, way.send(token) as answer:
        pieces = answer.pieces(60.0, room)
        assert bytes(next(pieces)) == b"abc"
        with cancelled_when(reading.wait, token):
            reading.set()
            with pytest.raises(Cancelled):
                next(pieces)
