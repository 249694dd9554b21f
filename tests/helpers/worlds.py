"""Worlds for tests: a fixed present, generated footage, a small cache."""

from pathlib import Path

from rta_viewer.core.clock import ManualClock
from rta_viewer.core.spans import Span
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
