"""Footage made of recognisable bytes instead of pictures, so that protocol tests need no encoder."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

from rta_viewer.core.clock import Clock, ManualClock
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span, clip, find
from rta_viewer.demo.footage.model import AudioFormat, AudioUnit, Gop, VideoFormat, VideoUnit

NOW_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z
SPS, PPS = bytes.fromhex("67424d0aff"), bytes.fromhex("68ce38")
VPS_265, SPS_265, PPS_265 = (
    bytes.fromhex(text) for text in ("40010c01", "420101016000000390", "4401c1")
)
GOP_MS, PICTURE_MS = 1000, 100
START_CODE = b"\x00\x00\x00\x01"


def picture_nal(instant_ms: float, is_key: bool, codec: str = "H264", size: int = 40) -> bytes:
    """A slice that says in plain text when it is."""
    headers = {"H264": (b"\x41", b"\x65"), "H265": (b"\x02\x01", b"\x26\x01")}
    return headers[codec][is_key] + f"<{instant_ms:.0f}>".encode().ljust(size, b"x")


def instant_in(payload: bytes) -> int:
    """The instant that a slice, or its first fragment, says."""
    text = payload[payload.index(b"<") + 1 :]
    return int(text[: text.index(b">")])


@dataclass
class FakeFootage:
    """One key picture a second, ten pictures a second, wherever ``spans`` says."""

    spans: list[Span]
    codec: str = "H264"
    sound: bool = False
    key_bytes: int = 40
    reordered: bool = False
    asked: list[float] = field(default_factory=list)

    @property
    def video(self) -> VideoFormat:
        sets = (VPS_265, SPS_265, PPS_265) if self.codec == "H265" else (SPS, PPS)
        return VideoFormat(self.codec, 640, 360, sets)

    @property
    def audio(self) -> AudioFormat | None:
        return AudioFormat(16_000, 1, bytes.fromhex("1408")) if self.sound else None

    def recorded(self, window: Span) -> list[Span]:
        return clip(self.spans, window)

    def gop_at(self, instant_ms: float) -> Gop | None:
        self.asked.append(instant_ms)
        span = find(self.spans, int(instant_ms // 1))
        return self._gop(span, int(instant_ms // GOP_MS) * GOP_MS) if span else None

    def gop_from(self, instant_ms: float) -> Gop | None:
        found = self.gop_at(instant_ms)
        later = [span.start_ms for span in self.spans if span.start_ms > instant_ms]
        return found or (self.gop_at(min(later)) if later else None)

    def gop_before(self, instant_ms: float) -> Gop | None:
        earlier = [span for span in self.spans if span.start_ms < instant_ms]
        if not earlier:
            return None
        return self.gop_at(min(earlier[-1].end_ms, -int(-instant_ms // 1)) - 1)

    def audio_units(self, start_ms: float, end_ms: float) -> list[AudioUnit]:
        if not self.sound:
            return []
        first = -int(-start_ms // 64)
        return [
            AudioUnit(number * 64.0, 64.0, f"<{number * 64}>".encode())
            for number in range(first, -int(-end_ms // 64))
        ]

    def _gop(self, span: Span, grid_ms: int) -> Gop:
        start, end = max(span.start_ms, grid_ms), min(span.end_ms, grid_ms + GOP_MS)
        units = [self._unit(at, start) for at in range(start, end, PICTURE_MS)]
        if self.reordered:
            units = _reorder(units)
        return Gop(start, end, tuple(units))

    def _unit(self, instant_ms: int, gop_start_ms: int) -> VideoUnit:
        is_key = instant_ms == gop_start_ms
        size = self.key_bytes if is_key else 40
        nals = [*self.video.parameter_sets] if is_key else []
        nals.append(picture_nal(instant_ms, is_key, self.codec, size))
        data = b"".join(START_CODE + nal for nal in nals)
        return VideoUnit(instant_ms, instant_ms, PICTURE_MS, data, is_key)


def _reorder(units: list[VideoUnit]) -> list[VideoUnit]:
    """Every second picture refers to the one after it: key, 2, 1, 4, 3, …"""
    ordered = units[:1]
    for index in range(1, len(units), 2):
        ordered += [*units[index + 1 : index + 2], replace(units[index], reference=False)]
    first = units[0].decode_ms - PICTURE_MS
    return [
        replace(unit, decode_ms=first + number * PICTURE_MS) for number, unit in enumerate(ordered)
    ]


class FakeWorld:
    """As much of a world as the RTSP server asks for."""

    def __init__(self, footage: dict[str, FakeFootage], clock: Clock | None = None) -> None:
        self.clock = clock or ManualClock(NOW_MS)
        self.username = "demo"
        self.password = Secret("demo")
        self.offline: set[str] = set()
        self._footage = footage

    def camera(self, camera_id: str) -> SimpleNamespace | None:
        if camera_id not in self._footage:
            return None
        return SimpleNamespace(
            camera_id=camera_id,
            name=f"Camera {camera_id}",
            offline=camera_id in self.offline,
            enabled=True,
        )

    def footage(self, camera_id: str) -> FakeFootage:
        return self._footage[camera_id]
