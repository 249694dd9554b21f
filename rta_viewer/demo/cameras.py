"""The cameras and groups of the demo world.

Sizes and rates are chosen so that footage is encoded on demand faster than it is played at eight
times the speed; between them the cameras cover what real sites mix: codecs, sizes, key-frame
distances, sound, a varying picture rate, one camera that is offline and one that is disabled.
"""

import uuid
from dataclasses import dataclass

from rta_viewer.core.model import RecordingKind

_NAMESPACE = uuid.UUID("6f1f7b54-0c2e-4e55-9d2a-9b6f8f1d7a10")


def stable_id(text: str) -> str:
    """A GUID that is the same for the same text on every machine."""
    return str(uuid.uuid5(_NAMESPACE, text))


@dataclass(frozen=True, slots=True)
class DemoCamera:
    """One camera of a world.

    Attributes:
        camera_id: GUID text.
        number: 1 to 255, the camera's number in the time code of its pictures.
        codec: ``H264`` or ``H265``.
        fps: Pictures a second; the highest rate when ``variable_frame_rate``.
    """

    camera_id: str
    number: int
    name: str
    short_name: str = ""
    enabled: bool = True
    recording_enabled: bool = True
    offline: bool = False
    codec: str = "H264"
    width: int = 640
    height: int = 360
    fps: float = 25.0
    key_frame_interval_s: float = 2.0
    variable_frame_rate: bool = False
    has_audio: bool = False
    kind: RecordingKind = RecordingKind.CONTINUOUS
    building: str = ""
    floor: str = ""
    area: str = ""
    recording_server_id: str = ""
    recording_server_name: str = ""
    channel: int = 1
    retention_days: int = 7


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A named group; a camera may be in several or in none."""

    group_id: str
    name: str
    description: str
    camera_ids: tuple[str, ...]


_SERVERS = {"A": "Recorder A", "B": "Recorder B"}


def _camera(number: int, name: str, place: str, size: str, **more: object) -> DemoCamera:
    building, floor, area = place.split("/")
    width, height = (int(side) for side in size.split("x"))
    server = "A" if number <= 8 else "B"
    fields: dict[str, object] = {
        "camera_id": stable_id(f"demo camera {number}"),
        "number": number,
        "name": name,
        "short_name": f"C{number:02d}",
        "width": width,
        "height": height,
        "building": building,
        "floor": floor,
        "area": area,
        "recording_server_id": stable_id(f"demo server {server}"),
        "recording_server_name": _SERVERS[server],
        "channel": number if number <= 8 else number - 8,
    }
    return DemoCamera(**(fields | more))  # type: ignore[arg-type]  # checked by DemoCamera's users


def demo_cameras() -> tuple[DemoCamera, ...]:
    """All cameras, in the order of their numbers."""
    motion = RecordingKind.MOTION
    return (
        _camera(1, "Main entrance", "Terminal/Ground/Entrance", "640x360"),
        _camera(2, "Reception desk", "Terminal/Ground/Lobby", "640x360", has_audio=True),
        _camera(3, "Loading dock", "Depot/Ground/Dock 1", "1280x720", fps=12.5),
        _camera(4, "Car park north", "Site/Outside/Car park", "1280x720", fps=12.5, kind=motion),
        _camera(
            5,
            "Car park south",
            "Site/Outside/Car park",
            "1280x720",
            fps=10.0,
            kind=motion,
            retention_days=3,
        ),
        _camera(
            6,
            "Corridor level 1",
            "Terminal/1/Corridor",
            "640x360",
            fps=25.0,
            key_frame_interval_s=1.0,
            kind=motion,
        ),
        _camera(
            7,
            "Stairwell east",
            "Terminal/1/Stairs",
            "640x360",
            fps=12.5,
            key_frame_interval_s=10.0,
        ),
        _camera(8, "Warehouse aisle 3", "Depot/Ground/Aisle 3", "1920x1080", fps=8.0),
        _camera(
            9,
            "Perimeter fence east",
            "Site/Outside/Fence",
            "1920x1080",
            fps=8.0,
            kind=motion,
        ),
        _camera(
            10, "Ticket hall", "Terminal/Ground/Ticket hall", "640x360", fps=12.5, codec="H265"
        ),
        _camera(
            11,
            "Tram stop platform 2",
            "Site/Outside/Platform 2",
            "1280x720",
            fps=10.0,
            kind=motion,
        ),
        _camera(
            12,
            "Canteen",
            "Terminal/1/Canteen",
            "640x360",
            variable_frame_rate=True,
            kind=motion,
        ),
        _camera(13, "Goods lift", "Depot/Ground/Lift", "640x360", fps=12.5, offline=True),
        _camera(
            14,
            "Old gatehouse",
            "Site/Outside/Gate",
            "640x360",
            fps=12.5,
            enabled=False,
            recording_enabled=False,
        ),
    )


_GROUPS = (
    ("Entrances", "Doors and gates", (1, 3, 10, 14)),
    ("Terminal", "Inside the terminal building", (1, 2, 6, 7, 10)),
    ("Outside", "Car parks, platforms and the fence", (4, 5, 9, 11, 14)),
    ("Depot", "Dock, warehouse and lift", (3, 8, 13)),
)


def demo_groups() -> tuple[DemoGroup, ...]:
    """All groups; the main entrance is in two of them, the canteen in none."""
    return tuple(
        DemoGroup(
            stable_id(f"demo group {name}"),
            name,
            description,
            tuple(stable_id(f"demo camera {number}") for number in numbers),
        )
        for name, description, numbers in _GROUPS
    )
