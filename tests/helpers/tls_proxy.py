"""A proxy that is itself spoken to by TLS, and lets every CONNECT through to one place."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator


class TlsProxy:
    """Listens on a free port of 127.0.0.1 until closed.

    Args:
        tls: What the proxy shows.
        target_port: On 127.0.0.1, whatever a client asks for.
    """

    def __init__(self, tls: ssl.SSLContext, target_port: int) -> None:
        self._tls = tls
        self._target_port = target_port
        self.port = 0
        self.asked: list[bytes] = []
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._writers: list[asyncio.StreamWriter] = []
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: self._loop.run_until_complete(self._run(ready)), name="tls-proxy"
        )
        self._thread.start()
        assert ready.wait(5)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        self._loop.close()

    async def _run(self, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._end.wait()
        server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.partition(b"\r\n")[0])
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._writers += [writer, far_writer]
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    # Whoever still waits for the other direction is told, too.
    writer.close()


@contextlib.contextmanager
def tls_proxy(tls: ssl.SSLContext, target_port: int) -> Iterator[TlsProxy]:
    """One that listens until the end of the block."""
    proxy = TlsProxy(tls, target_port)
    try:
        yield proxy
    finally:
        proxy.close()
