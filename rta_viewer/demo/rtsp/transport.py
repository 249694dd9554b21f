"""Choosing out of a ``Transport`` header (RFC 2326, 12.39): only TCP interleaved with RTSP is offered."""

import re
from collections.abc import Sequence

from rta_viewer.demo.rtsp.message import RtspFailure

_CHANNELS = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


def choose_transport(offers: Sequence[str], in_use: set[int]) -> tuple[int, int]:
    """Channels for RTP and RTCP.

    Raises:
        RtspFailure: 461 when no offer fits, 400 when the channels make no sense.
    """
    for offer in offers:
        kind, *parameters = (part.strip() for part in offer.split(";"))
        names = {name.lower() for name in parameters}
        if kind.upper() == "RTP/AVP/TCP" and "multicast" not in names:
            return _channels(parameters, in_use)
    raise RtspFailure(461)


def _channels(parameters: Sequence[str], in_use: set[int]) -> tuple[int, int]:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "interleaved":
            return _asked_channels(value.strip(), in_use)
    rtp = next((number for number in range(0, 256, 2) if not in_use & {number, number + 1}), None)
    if rtp is None:
        raise RtspFailure(461)
    return rtp, rtp + 1


def _asked_channels(text: str, in_use: set[int]) -> tuple[int, int]:
    match = _CHANNELS.fullmatch(text)
    if match is None:
        raise RtspFailure(400)
    rtp = int(match.group(1))
    rtcp = int(match.group(2)) if match.group(2) else rtp + 1
    if rtp == rtcp or max(rtp, rtcp) > 255 or in_use & {rtp, rtcp}:
        raise RtspFailure(461)
    return rtp, rtcp
