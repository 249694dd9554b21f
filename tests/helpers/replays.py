"""What tests of the RTSP client share: who signs in, and what the units that arrive really show."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import islice
from typing import Any

import av
import numpy as np

from rta_viewer.core.access_unit import AccessUnit, Codec
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.secret import Secret
from rta_viewer.media.rtsp.source import GrantUrl
from rta_viewer.media.rtsp.stream import RtspReplayStream

_DECODERS = {Codec.H264: "h264", Codec.H265: "hevc", Codec.MJPEG: "mjpeg"}


def access(shared: str = "demo", **more: object) -> StreamAccess:
    """User ``demo`` with a password, ``demo`` unless told otherwise."""
    hosts = frozenset({"127.0.0.1", "localhost"})
    return StreamAccess("demo", Secret(shared), **({"trusted_hosts": hosts} | more))  # type: ignore[arg-type]


def granting(url: str, asked: list[tuple[int, int, int]] | None = None) -> GrantUrl:
    """Always the same URL; notes what was asked."""

    def grant(start_ms: int, end_ms: int, speed: int, _cancel: CancelToken) -> str:
        if asked is not None:
            asked.append((start_ms, end_ms, speed))
        return url

    return grant


def take(stream: RtspReplayStream, count: int) -> list[AccessUnit]:
    """The next units with pictures."""
    return list(islice((unit for unit in stream.units() if unit.format.codec.is_video), count))


def shown(
    units: Iterable[AccessUnit], read: Callable[[np.ndarray], Any]
) -> list[tuple[float, Any]]:
    """Instant that the client says, and what ``read`` reads from the grey picture; in display order."""
    decoder: av.VideoCodecContext | None = None
    packets: list[av.Packet | None] = []
    origin_ms = 0.0
    for unit in units:
        if decoder is None:
            decoder = av.CodecContext.create(_DECODERS[unit.format.codec], "r")
            origin_ms = unit.instant_ms
        packet = av.Packet(unit.data)
        packet.pts = round((unit.instant_ms - origin_ms) * 1000)
        packet.time_base = Fraction(1, 1_000_000)
        packets.append(packet)
    if decoder is None:
        return []
    return [
        (
            origin_ms + (frame.pts or 0) / 1000,
            read(np.ascontiguousarray(frame.to_ndarray(format="gray"))),
        )
        for packet in [*packets, None]
        for frame in decoder.decode(packet)
    ]
