"""An RTSP server that says exactly what a test tells it to, right or wrong."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

SPS = bytes.fromhex("6742c01eda02802dd80a8080a0")
PPS = bytes.fromhex("68ce0fc8")
SDP = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\na=control:*\r\n"
    b"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    b"a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtoCgC3YCoCAoA==,aM4PyA==\r\n"
    b"a=control:trackID=1\r\n"
)


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def cseq(self) -> str:
        return self.headers.get("cseq", "")


@dataclass
class Conversation:
    """One connection, from the server's side."""

    sock: socket.socket
    asked: list[Asked]
    _buffer: bytes = b""
    gone: bool = False

    def next_request(self) -> Asked | None:
        """The next request, None when the client has gone."""
        while b"\r\n\r\n" not in self._buffer:
            try:
                data = self.sock.recv(65536)
            except OSError:
                return None
            if not data:
                return None
            self._buffer += data
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, url, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        self.asked.append(Asked(method, url, headers))
        return self.asked[-1]

    def send(self, data: bytes) -> None:
        try:
            self.sock.sendall(data)
        except OSError:
            self.gone = True

    def answer(
        self,
        asked: Asked,
        status: int = 200,
        fields: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> None:
        lines = [f"RTSP/1.0 {status} Whatever", f"CSeq: {asked.cseq}"]
        lines += [f"{name}: {value}" for name, value in (fields or {}).items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode() + body)


Step = Callable[[Conversation, Asked], None]


def options(conversation: Conversation, asked: Asked) -> None:
    conversation.answer(asked, fields={"Public": "DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER"})


def describe(conversation: Conversation, asked: Asked) -> None:
    conversation.answer(asked, fields={"Content-Type": "application/sdp"}, body=SDP)


def setup(conversation: Conversation, asked: Asked) -> None:
    if "require" in asked.headers:
        conversation.answer(asked, 551, {"Unsupported": asked.headers["require"]})
    else:
        transport = asked.headers["transport"]
        conversation.answer(asked, fields={"Session": "7;timeout=60", "Transport": transport})


def fine(conversation: Conversation, asked: Asked) -> None:
    conversation.answer(asked, fields={"Session": "7"})


def cut(conversation: Conversation, _asked: Asked) -> None:
    conversation.sock.shutdown(socket.SHUT_RDWR)


def silent(_conversation: Conversation, _asked: Asked) -> None:
    """Say nothing."""


def rtp(
    sequence: int,
    timestamp: int,
    payload: bytes,
    *,
    marker: bool = True,
    channel: int = 0,
    payload_type: int = 96,
    extension: bytes = b"",
) -> bytes:
    """An interleaved RTP packet; ``extension`` with its four-byte header."""
    first = 0x90 if extension else 0x80
    second = payload_type | (0x80 if marker else 0)
    packet = struct.pack(">BBHII", first, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, 7)
    packet += extension + payload
    return b"$" + bytes((channel,)) + struct.pack(">H", len(packet)) + packet


def replay_extension(instant_ms: float, *, bits: int = 0, cseq: int = 0) -> bytes:
    """ONVIF's header extension, with the profile and length in front."""
    seconds, rest_ms = divmod(instant_ms, 1000)
    ntp = (int(seconds) + 2_208_988_800, int(rest_ms / 1000 * (1 << 32)))
    return struct.pack(">HHIIBBH", 0xABAC, 3, *ntp, bits, cseq, 0)


KEY = b"\x65\x88\x84" + b"\x11" * 40
DELTA = b"\x41\x9a\x24" + b"\x22" * 20


def pictures(count: int, *, first: int = 0, gop: int = 25, ticks: int = 3600) -> bytes:
    """One packet a picture, a key picture each ``gop``; sequence numbers and times count up from 0."""
    return b"".join(
        rtp(number, number * ticks, KEY if number % gop == 0 else DELTA)
        for number in range(first, first + count)
    )


class ScriptedRtsp:
    """Listens on a free port of 127.0.0.1. ``steps`` replaces what a method is answered with."""

    def __init__(self, **steps: Step) -> None:
        defaults: dict[str, Step] = {
            "OPTIONS": options,
            "DESCRIBE": describe,
            "SETUP": setup,
        }
        self._steps = defaults | steps
        self.asked: list[Asked] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._conversations: list[Conversation] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/playback/cam?start=2025-10-24T10:00:00Z"

    @property
    def connections(self) -> int:
        return len(self._conversations)

    def answer_with(self, method: str, step: Step) -> None:
        """Replace a step from now on."""
        self._steps[method] = step

    def step(self, method: str) -> Step:
        """What a method is answered with now."""
        return self._steps.get(method, fine)

    def methods(self) -> list[str]:
        return [asked.method for asked in self.asked]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(5)
        for conversation in self._conversations:
            with contextlib.suppress(OSError):
                conversation.sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for conversation in self._conversations:
            conversation.sock.close()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            conversation = Conversation(sock, self.asked)
            self._conversations.append(conversation)
            thread = threading.Thread(target=self._serve, args=(conversation,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, conversation: Conversation) -> None:
        while (asked := conversation.next_request()) is not None:
            self._steps.get(asked.method, fine)(conversation, asked)
        with contextlib.suppress(OSError):
            conversation.sock.shutdown(socket.SHUT_RDWR)
