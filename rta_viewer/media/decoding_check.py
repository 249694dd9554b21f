"""Can the pictures of a file be decoded? Tried at places spread over it: all of them would take too long."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice

import av
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from rta_viewer.core.cancel import CancelToken

PLACES = 12
"""So many groups of pictures are tried; a place costs one picture, whatever the length of the file."""

_MAX_LAST_GROUP = 1500
_MAX_GROUP_PACKETS = 600
_MAX_PIXELS = 8192 * 8192


def check_decoding(
    container: InputContainer,
    video: VideoStream,
    points: Sequence[int],
    shown: Sequence[int],
    cancel: CancelToken,
) -> tuple[bool, list[float]]:
    """Decode the first key picture, some between, and everything from the last key picture on.

    Args:
        container: Everything in it was read before, so that it knows where its key pictures are.
        video: The pictures.
        points: What finds the first and the last key picture again; empty without any.
        shown: When the first and the last picture are shown, in ticks of ``video``.
        cancel: Looked at often.

    Returns:
        Whether both ends decode, and if so where between them pictures do not, in seconds since the first.
    """
    if not points or video.width * video.height > _MAX_PIXELS:
        return False, []
    attempt = _Attempt(container, video, cancel)
    if not attempt.succeeds(points[0], attempt.first_decodes):
        return False, []
    first, last = shown
    base = video.time_base or Fraction(1)
    damaged = []
    for number in range(PLACES):
        place = first + (last - first) * (2 * number + 1) // (2 * PLACES)
        if not attempt.succeeds(place, attempt.group_decodes):
            damaged.append(float((place - first) * base))
    if not attempt.succeeds(points[-1], attempt.last_decodes):
        return False, []
    return True, damaged


class _Attempt:
    """Decoding from a place on, with the decoder in use and, where that fails, with a new one.

    Recordings that are joined may differ in their parameters. MP4 hands them over when they change, to a
    decoder that goes on; in Matroska later ones stand before their pictures, and a decoder that has read
    them cannot go back.
    """

    def __init__(self, container: InputContainer, video: VideoStream, cancel: CancelToken) -> None:
        self._container = container
        self._video = video
        self._cancel = cancel

    def succeeds(self, point: int, decodes: Callable[[VideoCodecContext], bool]) -> bool:
        """Whether pictures from the key picture at or before ``point`` decode."""
        for decoder in self._decoders():
            try:
                self._container.seek(point, stream=self._video)
                if decodes(decoder):
                    return True
            except av.FFmpegError:
                continue
        return False

    def first_decodes(self, decoder: VideoCodecContext) -> bool:
        """At least one picture comes."""
        return next(self._frames(decoder), None) is not None

    def last_decodes(self, decoder: VideoCodecContext) -> bool:
        """The last picture comes, and is whole."""
        corrupt = [frame.is_corrupt for frame in islice(self._frames(decoder), _MAX_LAST_GROUP)]
        return bool(corrupt) and not corrupt[-1]

    def group_decodes(self, decoder: VideoCodecContext) -> bool:
        """The first picture of the group comes, and is whole."""
        tried = False
        for packet in _group(self._container, self._video):
            self._cancel.raise_if_cancelled()
            tried = True
            frames = decoder.decode(packet)
            if frames:
                return not frames[0].is_corrupt
        # Some containers find nothing behind their last key picture.
        frames = decoder.decode(None) if tried else []
        return not tried or (bool(frames) and not frames[0].is_corrupt)

    def _decoders(self) -> Iterator[VideoCodecContext]:
        yield self._video.codec_context
        fresh = CodecContext.create(self._video.codec_context.name, "r")
        assert isinstance(fresh, VideoCodecContext)  # noqa: S101 - tells the type checker
        if self._video.codec_context.extradata:
            fresh.extradata = self._video.codec_context.extradata
        yield fresh

    def _frames(self, decoder: VideoCodecContext) -> Iterator[av.VideoFrame]:
        for packet in self._container.demux(self._video):
            self._cancel.raise_if_cancelled()
            yield from decoder.decode(packet)


def _group(container: InputContainer, video: VideoStream) -> "Iterator[Packet[VideoStream]]":
    """From the key picture that was found on; MPEG-TS, and AVI without an index, find any picture."""
    begun = False
    for packet in islice(container.demux(video), _MAX_GROUP_PACKETS):
        if packet.is_keyframe and begun:
            return
        begun = begun or packet.is_keyframe
        if begun and packet.size:
            yield packet
