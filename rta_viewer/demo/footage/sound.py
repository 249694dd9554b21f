"""Sound for generated footage: a steady loop, encoded once, laid on an absolute grid of frames."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.codec.context import Flags
from av.error import FFmpegError

from rta_viewer.demo.footage.model import AudioFormat, AudioUnit
from rta_viewer.errors import MediaError

SAMPLE_RATE = 16_000
FRAME_SAMPLES = 1024
_LOOP_FRAMES = 125  # eight seconds
_SETTLING_FRAMES = 8


@dataclass(frozen=True, slots=True)
class SoundLoop:
    """Frames that repeat for ever; frame ``n`` starts at ``n * 64 ms`` since 1970."""

    format: AudioFormat
    frames: tuple[bytes, ...]

    @property
    def frame_ms(self) -> Fraction:
        """Duration of one frame."""
        return Fraction(FRAME_SAMPLES * 1000, self.format.sample_rate)

    def units(self, start_ms: float, end_ms: float) -> list[AudioUnit]:
        """The frames that start inside ``[start_ms, end_ms)``."""
        step = self.frame_ms
        numbers = range(math.ceil(Fraction(start_ms) / step), math.ceil(Fraction(end_ms) / step))
        return [
            AudioUnit(float(number * step), float(step), self.frames[number % len(self.frames)])
            for number in numbers
        ]


@lru_cache(maxsize=1)
def sound_loop() -> SoundLoop:
    """The hum of a building with a soft chime now and then.

    Raises:
        MediaError: The AAC encoder refused.
    """
    try:
        context = av.CodecContext.create("aac", "w")
        context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "fltp"
        context.bit_rate = 32_000
        context.flags |= Flags.global_header
        context.open()
        frames = _encode(context)
        config = bytes(context.extradata or b"")
    except FFmpegError as err:
        raise MediaError(
            "The demo server could not encode its sound.", "Reinstall the PyAV package."
        ) from err
    return SoundLoop(AudioFormat(SAMPLE_RATE, 1, config), tuple(frames))


def _encode(context: AudioCodecContext) -> list[bytes]:
    samples = _samples()
    packets = []
    # The loop is run up to its own end first, so that its first frame fits its last one.
    order = [*range(_LOOP_FRAMES - _SETTLING_FRAMES, _LOOP_FRAMES), *range(_LOOP_FRAMES + 1)]
    for position, number in enumerate(order):
        start = number % _LOOP_FRAMES * FRAME_SAMPLES
        block = samples[start : start + FRAME_SAMPLES].reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, position * FRAME_SAMPLES
        packets += [bytes(packet) for packet in context.encode(frame)]
    packets += [bytes(packet) for packet in context.encode(None)]
    # One frame of priming: packet n + 1 decodes to block n.
    first = _SETTLING_FRAMES + 1
    return packets[first : first + _LOOP_FRAMES]


def _samples() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Eight seconds whose end runs smoothly into their start: only whole periods."""
    length = _LOOP_FRAMES * FRAME_SAMPLES
    at = np.arange(length) / SAMPLE_RATE
    hum = 0.05 * np.sin(2 * np.pi * 100 * at) + 0.02 * np.sin(2 * np.pi * 200 * at)
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * at / 8)
    chime = np.zeros(length)
    for start_s, pitch in ((1.0, 880.0), (1.6, 660.0)):
        since = at - start_s
        ringing = since >= 0
        chime += np.where(
            ringing, 0.2 * np.sin(2 * np.pi * pitch * since) * np.exp(-3 * np.maximum(since, 0)), 0
        )
    return (hum * swell + chime).astype(np.float32)
