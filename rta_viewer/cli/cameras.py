"""``rta-viewer cameras``: all cameras that this user may see."""

import argparse
from collections.abc import Sequence
from typing import Any

from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_server, with_recorder
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.output import table
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera, CameraGroup
from rta_viewer.core.ports import Recorder
from rta_viewer.errors import NotOfferedError


class CamerasCommand:
    """Lists cameras with their groups and main stream."""

    name = "cameras"
    help = "list the cameras"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        def ask(recorder: Recorder) -> list[dict[str, Any]]:
            pages = recorder.cameras(context.cancel)
            cameras = [camera for page in pages for camera in page]
            names = group_names(_groups(recorder, context.cancel))
            return [_document(camera, names.get(camera.camera_id, [])) for camera in cameras]

        rows = with_recorder(context, args, ask)
        context.output.result({"cameras": rows}, _lines(rows))
        return ExitCode.DONE


def group_names(groups: Sequence[CameraGroup]) -> dict[str, list[str]]:
    """The names of each camera's groups, by camera."""
    names: dict[str, list[str]] = {}
    for group in groups:
        for camera_id in group.camera_ids:
            names.setdefault(camera_id, []).append(group.name)
    return names


def _groups(recorder: Recorder, cancel: CancelToken) -> Sequence[CameraGroup]:
    try:
        return recorder.groups(cancel)
    except NotOfferedError:
        return ()


def _document(camera: Camera, groups: list[str]) -> dict[str, Any]:
    stream = camera.main_stream
    return {
        "id": camera.camera_id,
        "name": camera.name,
        "groups": groups,
        "enabled": camera.enabled,
        "codec": (stream.codec if stream else "") or None,
        "width": (stream.width if stream else 0) or None,
        "height": (stream.height if stream else 0) or None,
    }


def _lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["This user sees no cameras on this server."]
    return table([("NAME", "PICTURE", "GROUPS", "ID"), *(_cells(row) for row in rows)])


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    size = f"{row['width']}x{row['height']}" if row["width"] and row["height"] else ""
    picture = " ".join(part for part in (row["codec"], size) if part)
    name = row["name"] if row["enabled"] else f"{row['name']} (disabled)"
    return name, picture, ", ".join(row["groups"]), row["id"]
