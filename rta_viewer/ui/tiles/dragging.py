"""What is carried while cameras and tiles are dragged. Only this program understands it."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

CAMERAS_TYPE = "application/x-rta-viewer-cameras"
TILE_TYPE = "application/x-rta-viewer-tile"

_MOST = 16


def cameras_data(camera_ids: Sequence[str]) -> QMimeData:
    """Cameras out of the tree, in the order in which they stand there."""
    data = QMimeData()
    data.setData(CAMERAS_TYPE, json.dumps(list(dict.fromkeys(camera_ids))).encode())
    return data


def tile_data(position: int) -> QMimeData:
    """A tile by its place in the grid."""
    data = QMimeData()
    data.setData(TILE_TYPE, str(position).encode())
    return data


def cameras_of(data: QMimeData) -> list[str]:
    """The cameras that are carried; empty for anything else."""
    try:
        found = json.loads(bytes(data.data(CAMERAS_TYPE).data()) or b"[]")
    except ValueError:
        return []
    names = found if isinstance(found, list) else []
    return [name for name in names if isinstance(name, str)][:_MOST]


def tile_of(data: QMimeData) -> int | None:
    """The tile that is carried."""
    text = bytes(data.data(TILE_TYPE).data())
    return int(text) if text.isdigit() else None
