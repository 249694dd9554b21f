"""Cameras, recordings and pictures for tests of the window, made up and always the same."""

import time
from pathlib import Path

from rta_viewer.core.jobs import Job, JobKind, JobState
from rta_viewer.core.model import (
    Availability,
    AvailabilityState,
    Camera,
    CameraGroup,
    CameraState,
    Gap,
    Recording,
    RecordingKind,
    StreamInfo,
)
from rta_viewer.core.ports import Picture
from rta_viewer.core.spans import Span

NOW_MS = 1_761_300_000_000
"""2025-10-24 10:00:00 UTC."""

MINUTE_MS = 60_000
HOUR_MS = 3_600_000

_NAMES = (
    "Main entrance", "Reception", "Car park north", "Car park south", "Loading bay 1",
    "Loading bay 2", "Loading bay 10", "Café terrace", "Server room", "Corridor west",
    "Roof", "Gate",
)  # fmt: skip


class RunningClock:
    """The wall clock stands at ``NOW_MS``; the monotonic one runs."""

    def now_ms(self) -> int:
        return NOW_MS

    def monotonic_s(self) -> float:
        return time.monotonic()


def cameras(count: int = 12) -> list[Camera]:
    states = list(CameraState)
    return [
        Camera(
            camera_id=f"cam-{index:05d}",
            name=_NAMES[index] if index < len(_NAMES) else f"Camera {index}",
            short_name=f"C{index}",
            state=CameraState.RECORDING if index % 7 else states[index // 7 % len(states)],
            location=f"Building {index % 3}",
            streams=(StreamInfo("s", width=1920, height=1080, codec="H264", fps=25),),
        )
        for index in range(count)
    ]


def groups() -> list[CameraGroup]:
    everyone = [camera.camera_id for camera in cameras()]
    return [
        CameraGroup("g1", "Entrances", camera_ids=(everyone[0], everyone[1], everyone[11])),
        CameraGroup("g2", "Outside", camera_ids=tuple(everyone[2:8])),
        CameraGroup("g3", "Inside", camera_ids=(everyone[1], everyone[8], everyone[9])),
    ]


def picture(width: int = 640, height: int = 360, instant_ms: float | None = NOW_MS) -> Picture:
    """Grey with a gradient, a lighter box in the middle, and a strip at the bottom left."""
    stride = width * 4
    rows = []
    for y in range(height):
        shade = 40 + 120 * y // height
        row = bytearray(bytes((shade, shade // 2 + 30, 60, 255)) * width)
        if height // 3 < y < 2 * height // 3:
            row[stride // 3 // 4 * 4 : stride // 2 // 4 * 4] = b"\xc0\xd0\xe0\xff" * (
                stride // 2 // 4 - stride // 3 // 4
            )
        if y > height - 20:
            for block in range(40):
                value = b"\xff\xff\xff\xff" if block * 7 % 3 else b"\x00\x00\x00\xff"
                row[block * 32 : block * 32 + 32] = value * 8
        rows.append(bytes(row[:stride]))
    return Picture(width, height, stride, b"".join(rows), instant_ms)


def availability(camera_id: str, window: Span, seed: int = 0) -> Availability:
    """Recordings with gaps of every kind, the same for any window."""
    recordings: list[Recording] = []
    gaps: list[Gap] = []
    period = 40 * MINUTE_MS
    reasons = ("camera_offline", "motion_recording_no_motion", "disk_full", "no_recording")
    index = window.start_ms // period - 1
    while index * period < window.end_ms:
        start = index * period + seed * 7 * MINUTE_MS
        length = (17 + (index * 7 + seed * 5) % 20) * MINUTE_MS
        kind = RecordingKind.MOTION if (index + seed) % 3 == 0 else RecordingKind.CONTINUOUS
        recorded = Span(start, start + length).clip(window)
        if recorded is not None:
            recordings.append(Recording(recorded, kind))
        gap = Span(start + length, start + period).clip(window)
        if gap is not None:
            gaps.append(Gap(gap, reasons[index % 4]))
        index += 1
    return Availability(camera_id, window, tuple(recordings), tuple(gaps))


def unknown(camera_id: str, window: Span, state: AvailabilityState) -> Availability:
    return Availability(camera_id, window, state=state)


def job(number: int = 1, state: JobState = JobState.FETCHING, **fields: object) -> Job:
    values: dict[str, object] = {
        "job_id": f"job-{number}",
        "kind": JobKind.CLIP,
        "server": "http://127.0.0.1",
        "username": "demo",
        "camera_id": "cam-00000",
        "camera_name": _NAMES[number % len(_NAMES)],
        "span": Span(NOW_MS - HOUR_MS, NOW_MS - HOUR_MS + 5 * MINUTE_MS),
        "folder": Path("clips"),
        "file_name": f"clip {number}.mp4",
        "state": state,
        "created_ms": NOW_MS + number,
    }
    return Job(**{**values, **fields})  # type: ignore[arg-type]
