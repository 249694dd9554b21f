import http.client
import threading
from urllib.parse import urlsplit

import pytest

from rta_viewer.errors import Cancelled, MediaError
from rta_viewer.media import gateway
from rta_viewer.media.gateway import GatewayStream


class Serving:
    """A gateway whose stream is served on a thread."""

    def __init__(self, feed):
        self.stream = GatewayStream()
        self.outcome = None
        self.thread = threading.Thread(target=self._run, args=(feed,))
        self.thread.start()

    def _run(self, feed):
        try:
            self.stream.serve(feed)
            self.outcome = "served"
        except (Cancelled, MediaError) as err:
            self.outcome = type(err).__name__

    def get(self, path=None):
        url = urlsplit(self.stream.locator)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=5)
        connection.request("GET", path or url.path)
        return connection, connection.getresponse()

    def finish(self):
        self.stream.close()
        self.thread.join(5)
        assert not self.thread.is_alive()
        return self.outcome


def test_one_reader_gets_the_bytes():
    serving = Serving(lambda write: [write(b"abc"), write(b"def")])
    connection, response = serving.get()
    assert response.read() == b"abcdef"
    connection.close()
    assert serving.finish() == "served"


def test_a_wrong_address_gets_nothing_and_does_not_spend_the_stream():
    serving = Serving(lambda write: write(b"secret"))
    connection, response = serving.get("/guess")
    assert response.status == 404
    assert response.read() == b""
    connection.close()
    connection, response = serving.get()
    assert response.read() == b"secret"
    connection.close()
    assert serving.finish() == "served"


def test_the_address_works_once():
    serving = Serving(lambda write: write(b"x"))
    connection, response = serving.get()
    response.read()
    connection.close()
    serving.thread.join(5)
    with pytest.raises(OSError, match=r"."):
        serving.get()
    serving.finish()


def test_closing_wakes_a_stream_that_nobody_reads():
    serving = Serving(lambda write: write(b"x"))
    assert serving.finish() == "Cancelled"


def test_closing_wakes_a_writer_whose_reader_stands_still():
    started = threading.Event()

    def feed(write):
        while True:
            write(bytes(100_000))
            started.set()

    serving = Serving(feed)
    connection, _response = serving.get()
    assert started.wait(5)
    assert serving.finish() == "Cancelled"
    connection.close()


def test_nobody_comes(monkeypatch):
    monkeypatch.setattr(gateway, "_ACCEPT_LIMIT_S", 0.05)
    serving = Serving(lambda write: write(b"x"))
    serving.thread.join(5)
    assert serving.finish() == "MediaError"


def test_addresses_cannot_be_guessed_from_one_another():
    first, second = GatewayStream(), GatewayStream()
    assert len(urlsplit(first.locator).path) > 30
    assert urlsplit(first.locator).path != urlsplit(second.locator).path
    first.close()
    second.close()
