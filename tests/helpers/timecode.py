"""Reads the time code that the embedded server draws into its pictures."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from rta_viewer.demo.timecode import TimeCode, draw, read

__all__ = ["TimeCode", "draw", "read", "read_file", "read_frame", "read_units"]


def read_frame(frame: av.VideoFrame) -> TimeCode | None:
    """The code in a decoded picture of any pixel format."""
    return read(np.ascontiguousarray(frame.to_ndarray(format="gray")))


def read_file(path: Path | str) -> list[tuple[float, TimeCode | None]]:
    """Presentation time in seconds and code of each picture of a file."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            base = frame.time_base or Fraction(1)
            found.append((float((frame.pts or 0) * base), read_frame(frame)))
    return found


def read_units(codec: str, units: list[bytes]) -> list[TimeCode | None]:
    """The codes of Annex B access units, in presentation order."""
    decoder = av.CodecContext.create("hevc" if codec == "H265" else "h264", "r")
    found = []
    for number, data in enumerate(units):
        packet = av.Packet(data)
        packet.pts = packet.dts = number
        found += [read_frame(frame) for frame in decoder.decode(packet)]
    return found + [read_frame(frame) for frame in decoder.decode(None)]
