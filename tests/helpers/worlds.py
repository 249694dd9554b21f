"""Worlds for tests: a fixed present, generated footage, a small cache."""

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
from rta_viewer.demo.timecode import draw
from rta_viewer.demo.world import DemoCamera, World, demo_world

NOW_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z


def small_world(tmp_path: Path, now_ms: int = NOW_MS) -> World:
    """The demo world at a fixed present. Its ``clock`` is a :class:`ManualClock`."""
    return demo_world(ManualClock(now_ms), tmp_path / "footage", cache_bytes=64 << 20)


def camera_named(world: World, name: str) -> DemoCamera:
    """The camera with this name."""
    return next(camera for camera in world.cameras if camera.name == name)


def recorded_span(world: World, camera_id: str, length_ms: int, *, back_ms: int = 0) -> Span:
    """The latest whole minute-aligned stretch of at least this length that lies ``back_ms`` in the past."""
    end = world.clock.now_ms() - back_ms
    for span in reversed(world.footage(camera_id).recorded(Span(end - 86_400_000, end))):
        start = -(-span.start_ms // 10_000) * 10_000
        if start + length_ms <= span.end_ms:
            latest = (span.end_ms - length_ms) // 10_000 * 10_000
            return Span(latest, latest + length_ms)
    msg = f"no {length_ms} ms of footage in the last day"
    raise AssertionError(msg)


def make_recording(
    path: Path,
    *ffmpeg: str,
    start_ms: int = NOW_MS,
    camera_number: int = 1,
    size: tuple[int, int] = (426, 240),
    rate: str = "25",
    seconds: float = 4.0,
    sound: bool = False,
) -> list[int]:
    """Let the ffmpeg program encode pictures with time codes; ``ffmpeg`` are its output options.

    Returns:
        The instants that the pictures carry, milliseconds.
    """
    width, height = size
    period = 1000 / Fraction(rate)
    instants = [start_ms + round(period * n) for n in range(int(seconds * 1000 / period))]
    tone = ("-f", "lavfi", "-i", f"sine=440:sample_rate=16000:duration={seconds}")
    command = [
        *("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"),
        *("-s", f"{width}x{height}", "-r", rate, "-i", "-"),
        *(tone if sound else ()),
        *("-pix_fmt", "yuv420p", *ffmpeg, str(path)),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = b"".join(_picture(width, height, instant, camera_number) for instant in instants)
    subprocess.run(command, input=raw, check=True, timeout=60)
    return instants


def _picture(width: int, height: int, instant_ms: int, camera_number: int) -> bytes:
    luma = np.tile(np.linspace(60, 150, width, dtype=np.uint8), (height, 1))
    left = instant_ms // 10 % (width - 30)
    luma[height // 4 : height // 2, left : left + 30] = 210
    draw(luma, instant_ms, camera_number)
    return luma.tobytes()
