"""What packaged files say of themselves, asked of programs and parsers that did not write them."""

import json
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.spans import Span
from rta_viewer.demo.packaging import package
from rta_viewer.demo.world import World
from tests.helpers.timecode import TimeCode, read_file


@dataclass(frozen=True)
class Probed:
    """ffprobe's answer."""

    video: dict[str, Any]
    audio: dict[str, Any] | None
    tags: dict[str, str]
    duration_s: float

    @property
    def statement(self) -> dict[str, Any]:
        """The JSON in the comment tag."""
        lowered = {key.lower(): text for key, text in self.tags.items()}
        found: dict[str, Any] = json.loads(lowered["comment"])
        return found


def ffprobe(path: Path) -> Probed:
    """Ask FFmpeg's own program; anything it complains about fails the test."""
    answer = subprocess.run(
        ["ffprobe", "-v", "warning", "-show_format", "-show_streams", "-of", "json", str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert answer.stderr == ""
    tree = json.loads(answer.stdout)
    streams = {stream["codec_type"]: stream for stream in tree["streams"]}
    return Probed(
        streams["video"],
        streams.get("audio"),
        tree["format"].get("tags", {}),
        float(tree["format"]["duration"]),
    )


def save(world: World, camera_id: str, span: Span, target: Path, **order: Any) -> list[float]:
    """Package; returns the reported progress. Container by the target's suffix."""
    seen: list[float] = []
    package(
        world,
        camera_id,
        span,
        target,
        container=target.suffix[1:],
        progress=seen.append,
        cancel=CancelToken(),
        **order,
    )
    return seen


def shown(path: Path) -> list[tuple[float, int]]:
    """Milliseconds since the first picture and the instant that each picture shows; all must be readable."""
    pictures = read_file(path)
    assert pictures
    times_s = [time_s for time_s, _ in pictures]
    if path.suffix == ".avi":
        times_s = _stored_times_s(path)
    return [
        ((time_s - times_s[0]) * 1000, _instant(code))
        for time_s, (_, code) in zip(times_s, pictures, strict=True)
    ]


def _stored_times_s(path: Path) -> list[float]:
    """AVI stores decode times only; what decoders make of them lags behind by a picture."""
    with av.open(str(path)) as container:
        return [
            float(packet.dts * packet.time_base)
            for packet in container.demux(video=0)
            if packet.size and packet.dts is not None
        ]


def _instant(code: TimeCode | None) -> int:
    assert code is not None, "a picture without a readable time code"
    return code.instant_ms


def top_level_boxes(path: Path) -> list[str]:
    """The names of an MP4's outermost boxes, in order."""
    data, position, names = path.read_bytes(), 0, []
    while position < len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        if length == 1:
            length = struct.unpack_from(">Q", data, position + 8)[0]
        names.append(name.decode("latin-1"))
        assert length >= 8
        position += length
    assert position == len(data)
    return names
