"""Can the pictures of a file be decoded? Tried at places spread over it: all of them would take too long."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from rta_viewer.core.cancel import CancelToken

PLACES = 12
"""So many groups of pictures are tried; a place costs one picture, whatever the length of the file."""

_MAX_LAST_GROUP = 1500
_MAX_GROUP_PACKETS = 600
_MAX_PIXELS = 8192 * 8192


def undecodable_places(
    container: InputContainer, video: VideoStream, shown: Sequence[int], cancel: CancelToken
) -> list[float]:
    """Where the pictures are damaged, of the places tried between the first and the last picture, in seconds.

    Args:
        container: Everything in it was read before, so that it knows where its key pictures are.
        video: The pictures.
        shown: When the first and the last picture are shown, in ticks of ``video``.
        cancel: Looked at often.
    """
    first, last = shown
    base = video.time_base or Fraction(1)
    found = []
    for number in range(PLACES):
        place = first + (last - first) * (2 * number + 1) // (2 * PLACES)
        if not _group_decodes(container, video, place, cancel):
            found.append(float((place - first) * base))
    return found


def first_and_last_decode(
    container: InputContainer, video: VideoStream, points: Sequence[int], cancel: CancelToken
) -> bool:
    """Decode the first key picture, then everything from the last one on.

    Args:
        container: What was read.
        video: The pictures.
        points: What finds the first and the last key picture again; empty without any.
        cancel: Looked at often.
    """
    if not points or is_too_large(video):
        return False
    try:
        container.seek(points[0], stream=video)
        first = next(_frames(container, video, cancel), None)
        container.seek(points[-1], stream=video)
        rest = list(
            islice(
                (frame.is_corrupt for frame in _frames(container, video, cancel)), _MAX_LAST_GROUP
            )
        )
    except av.FFmpegError:
        return False
    return first is not None and bool(rest) and not rest[-1]


def is_too_large(video: VideoStream) -> bool:
    """Pictures that would fill the memory are not decoded."""
    return video.width * video.height > _MAX_PIXELS


def _group_decodes(
    container: InputContainer, video: VideoStream, place: int, cancel: CancelToken
) -> bool:
    """Whether the group of pictures in which ``place`` lies gives at least its first picture."""
    tried = False
    try:
        container.seek(place, stream=video)
        for packet in _group(container, video):
            cancel.raise_if_cancelled()
            tried = True
            frames = _decode(packet)
            if frames:
                return not frames[0].is_corrupt
        frames = video.codec_context.decode(None) if tried else []
    except av.FFmpegError:
        return False
    # Some containers find nothing behind their last key picture.
    return not tried or (bool(frames) and not frames[0].is_corrupt)


def _group(container: InputContainer, video: VideoStream) -> "Iterator[Packet[VideoStream]]":
    """From the packet that was found on; MPEG-TS finds any, and begins with the next key picture."""
    begun = container.format.name != "mpegts"
    is_first = True
    for packet in islice(container.demux(video), _MAX_GROUP_PACKETS):
        if packet.is_keyframe and begun and not is_first:
            return
        begun = begun or packet.is_keyframe
        if begun and packet.size:
            is_first = False
            yield packet


def _frames(
    container: InputContainer, video: VideoStream, cancel: CancelToken
) -> Iterator[av.VideoFrame]:
    for packet in container.demux(video):
        cancel.raise_if_cancelled()
        yield from _decode(packet)


def _decode(packet: "Packet[VideoStream]") -> list[av.VideoFrame]:
    return packet.decode()
