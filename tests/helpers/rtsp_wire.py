"""A bare RTSP client for tests: writes what it is told and shows what came back, in order."""

import base64
import socket
import ssl
import struct
import time
from dataclasses import dataclass, field
from types import TracebackType

LIMIT_S = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    repeated: list[tuple[str, str]] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.headers[name.lower()]

    @property
    def session(self) -> str:
        return self["session"].partition(";")[0]


@dataclass(frozen=True)
class Mark:
    """The replay extension."""

    instant_ms: float
    clean: bool
    end: bool
    discontinuity: bool
    terminal: bool
    cseq: int


@dataclass(frozen=True)
class Packet:
    """One interleaved frame; RTP fields are 0 for RTCP."""

    channel: int
    data: bytes
    arrived_s: float

    @property
    def is_rtcp(self) -> bool:
        return 200 <= self.data[1] <= 207

    @property
    def sequence(self) -> int:
        return struct.unpack(">H", self.data[2:4])[0]

    @property
    def timestamp(self) -> int:
        return struct.unpack(">I", self.data[4:8])[0]

    @property
    def marker(self) -> bool:
        return bool(self.data[1] & 0x80)

    @property
    def extension(self) -> bytes:
        if not self.data[0] & 0x10:
            return b""
        words = struct.unpack(">H", self.data[14:16])[0]
        return self.data[12 : 16 + 4 * words]

    @property
    def payload(self) -> bytes:
        return self.data[12 + len(self.extension) :]

    @property
    def mark(self) -> Mark | None:
        if not self.extension:
            return None
        profile, words, seconds, fraction, bits, cseq, rest = struct.unpack(
            ">HHIIBBH", self.extension
        )
        assert (profile, words, bits & 0x0F, rest) == (0xABAC, 3, 0, 0)
        instant = (seconds - 2_208_988_800) * 1000 + fraction * 1000 / 2**32
        flags = [bool(bits & 0x80 >> number) for number in range(4)]
        return Mark(round(instant, 3), *flags, cseq)


class RtspWire:
    """One connection. Answers and frames are read in the order in which they arrive."""

    def __init__(
        self,
        port: int,
        *,
        login: str = "demo:demo",
        receive_bytes: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.sock = socket.socket()
        if receive_bytes:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.sock.settimeout(LIMIT_S)
        self.sock.connect(("127.0.0.1", port))
        if tls is not None:
            self.sock = tls.wrap_socket(self.sock, server_hostname="localhost")
        self.login = base64.b64encode(login.encode()).decode()
        self.cseq = 0
        self.packets: list[Packet] = []
        self._buffer = b""

    def __enter__(self) -> "RtspWire":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.sock.close()

    def send(self, method: str, url: str, body: str = "", **headers: str) -> int:
        self.cseq += 1
        named = {"CSeq": str(self.cseq), "Authorization": f"Basic {self.login}"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            named["Content-Length"] = str(len(body))
        lines = [f"{method} {url} RTSP/1.0"]
        lines += [f"{name}: {value}" for name, value in named.items() if value]
        self.sock.sendall(("\r\n".join([*lines, "", ""]) + body).encode())
        return self.cseq

    def ask(self, method: str, url: str, body: str = "", **headers: str) -> Answer:
        """Send and read the answer; frames that come before it are kept in ``packets``."""
        self.send(method, url, body, **headers)
        return self.answer()

    def answer(self) -> Answer:
        while True:
            message = self.message()
            if isinstance(message, Answer):
                return message
            self.packets.append(message)

    def packet(self) -> Packet:
        """The next frame, those kept first."""
        if self.packets:
            return self.packets.pop(0)
        message = self.message()
        assert isinstance(message, Packet), message
        return message

    def rtp(self, count: int, channel: int = 0) -> list[Packet]:
        """The next RTP packets of a channel; others are passed over."""
        found: list[Packet] = []
        while len(found) < count:
            packet = self.packet()
            if packet.channel == channel:
                found.append(packet)
        return found

    def until_goodbye(self, channel: int = 1) -> list[Packet]:
        """All frames up to and including the BYE on this channel."""
        found: list[Packet] = []
        while True:
            found.append(self.packet())
            if found[-1].channel == channel and b"\x81\xcb\x00\x01" in found[-1].data:
                return found

    def message(self) -> Answer | Packet:
        if self._bytes(1) == b"$":
            channel, size = struct.unpack(">xBH", self._take(4))
            return Packet(channel, self._take(size), time.monotonic())
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        end = self._buffer.index(b"\r\n\r\n")
        first, *lines = self._take(end + 4).decode().strip().split("\r\n")
        assert first.startswith("RTSP/1.0 "), first
        pairs = [
            (name.lower(), value.strip())
            for name, _, value in (line.partition(":") for line in lines)
        ]
        body = self._take(int(dict(pairs).get("content-length", "0"))).decode()
        return Answer(int(first.split(" ")[1]), dict(pairs), body, pairs)

    def closed(self) -> bool:
        """True when the server has ended the connection; reads whatever is still there."""
        try:
            while True:
                data = self.sock.recv(65536)
                if not data:
                    return True
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def _bytes(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._more()
        return self._buffer[:count]

    def _take(self, count: int) -> bytes:
        data = self._bytes(count)
        self._buffer = self._buffer[count:]
        return data

    def _more(self) -> None:
        data = self.sock.recv(65536)
        if not data:
            raise EOFError
        self._buffer += data
