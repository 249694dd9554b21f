"""Cameras and groups in the contract's JSON."""

from rta_viewer.demo.rest.times import format_instant
from rta_viewer.demo.world import DemoCamera, DemoGroup

_BITS_PER_PIXEL = 0.034
_MORE_OF_LARGE_PICTURES = 0.017
"""Bits per pixel that each million pixels of a picture adds."""

_H265_FACTOR = 2.8
"""The fastest setting of the encoder of H.265 costs that much more than the one of H.264."""

_SOUND_KBPS = 28


def bitrate_kbps(camera: DemoCamera) -> int:
    """What the generated footage has on the average, measured for the cameras of the demo world."""
    pixels = camera.width * camera.height
    bits = pixels * (_BITS_PER_PIXEL + _MORE_OF_LARGE_PICTURES * pixels / 1e6) * camera.fps
    factor = _H265_FACTOR if camera.codec == "H265" else 1.0
    return round(bits * factor / 1000) + (_SOUND_KBPS if camera.has_audio else 0)


def size_bytes(camera: DemoCamera, duration_ms: int) -> int:
    """What that much footage takes on the server, by the bit rate."""
    return bitrate_kbps(camera) * duration_ms // 8


def resolution(camera: DemoCamera) -> str:
    """``1920x1080``."""
    return f"{camera.width}x{camera.height}"


def camera_json(camera: DemoCamera) -> dict[str, object]:
    """One entry of the camera list."""
    return {
        "id": camera.camera_id,
        "name": camera.name,
        "enabled": camera.enabled,
        "recordingEnabled": camera.recording_enabled,
        "shortName": camera.short_name,
        "channel": camera.channel,
        "recordingServer": {"id": camera.recording_server_id, "name": camera.recording_server_name},
        "properties": {
            "online": camera.enabled and not camera.offline,
            "model": f"Generated {camera.codec} camera",
        },
        "streams": [
            {
                "streamId": "main",
                "name": "Main stream",
                "resolution": resolution(camera),
                "codec": camera.codec,
                "fps": camera.fps,
                "bitrate": bitrate_kbps(camera),
            }
        ],
    }


def array_json(camera: DemoCamera) -> dict[str, object]:
    """One entry of the ``array`` form."""
    return {
        "id": camera.camera_id,
        "displayName": camera.name,
        "name": camera.name,
        "enabled": camera.enabled,
        "recordingEnabled": camera.recording_enabled,
        "shortName": camera.short_name,
        "channel": camera.channel,
        "relations": {
            "parent": {"type": "recordingServers", "id": camera.recording_server_id},
            "self": {"type": "cameras", "id": camera.camera_id},
        },
    }


def details_json(
    camera: DemoCamera, oldest_ms: int | None, newest_ms: int | None
) -> dict[str, object]:
    """One camera with its place and its recording settings."""
    return camera_json(camera) | {
        "location": {"building": camera.building, "floor": camera.floor, "area": camera.area},
        "recording": {
            "mode": camera.kind.value,
            "retentionDays": camera.retention_days,
            "oldestRecording": None if oldest_ms is None else format_instant(oldest_ms),
            "newestRecording": None if newest_ms is None else format_instant(newest_ms),
        },
    }


def group_json(group: DemoGroup) -> dict[str, object]:
    """One entry of the group list."""
    return {
        "id": group.group_id,
        "name": group.name,
        "description": group.description,
        "cameraCount": len(group.camera_ids),
        "cameras": list(group.camera_ids),
    }
