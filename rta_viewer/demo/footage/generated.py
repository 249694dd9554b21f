"""Footage that is drawn and encoded when somebody asks for it.

Pictures lie on a grid of whole picture periods since 1970, groups on a grid of whole key-frame
intervals, so the same instant always gives the same picture. Where a recording starts between two grid
points of the groups, a shorter group starts there.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from fractions import Fraction

from rta_viewer.core.spans import Span, find
from rta_viewer.demo.cameras import DemoCamera
from rta_viewer.demo.footage.cache import GopCache, Group
from rta_viewer.demo.footage.encoder import EncoderSettings, encode_group, parameter_sets
from rta_viewer.demo.footage.model import AudioFormat, AudioUnit, Gop, VideoFormat, VideoUnit
from rta_viewer.demo.footage.scene import DRAWING_VERSION, Scene
from rta_viewer.demo.footage.sound import SoundLoop, sound_loop

_LOOK_AHEAD_MS = 3_600_000


def picture_ms(camera: DemoCamera) -> int:
    """The picture period of a generated camera, whole milliseconds.

    Raises:
        ValueError: The rate has no whole period, or the key-frame interval is no multiple of it.
    """
    period = Fraction(1000) / Fraction(camera.fps).limit_denominator(1000)
    interval = Fraction(camera.key_frame_interval_s).limit_denominator(1000) * 1000
    if period.denominator != 1 or (interval / period).denominator != 1:
        msg = f"{camera.name}: {camera.fps} pictures/s do not fill {camera.key_frame_interval_s} s evenly"
        raise ValueError(msg)
    return int(period)


class GeneratedFootage:
    """A :class:`~rta_viewer.demo.footage.model.CameraFootage` that draws what it is asked for.

    Args:
        recorded: What exists inside a window, on the picture grid.
        existing: The span in which anything can exist now.
    """

    def __init__(
        self,
        camera: DemoCamera,
        recorded: Callable[[Span], list[Span]],
        existing: Callable[[], Span],
        cache: GopCache,
    ) -> None:
        self._camera = camera
        self._recorded = recorded
        self._existing = existing
        self._cache = cache
        self._picture_ms = picture_ms(camera)
        self._group_ms = round(camera.key_frame_interval_s * 1000)
        self._settings = EncoderSettings(
            camera.codec, camera.width, camera.height, Fraction(1000, self._picture_ms)
        )
        self._folder = _folder(camera, self._settings)
        self._lock = threading.Lock()
        self._video: VideoFormat | None = None
        self._scene: Scene | None = None

    @property
    def video(self) -> VideoFormat:
        """The format of all its pictures."""
        with self._lock:
            if self._video is None:
                self._video = VideoFormat(
                    self._camera.codec,
                    self._camera.width,
                    self._camera.height,
                    parameter_sets(self._settings),
                )
            return self._video

    @property
    def audio(self) -> AudioFormat | None:
        """The format of its sound, None without."""
        loop = self._sound()
        return loop.format if loop else None

    def recorded(self, window: Span) -> list[Span]:
        """What exists inside the window, sorted, disjoint."""
        return self._recorded(window)

    def gop_at(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, None in a gap."""
        start = int(instant_ms // self._group_ms) * self._group_ms
        # One picture more on the left tells whether the recording began before this group.
        window = Span(start - self._picture_ms, start + self._group_ms)
        span = find(self._recorded(window), int(instant_ms // 1))
        return self._group(span, start) if span else None

    def gop_from(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, or else the first one after it."""
        found = self.gop_at(instant_ms)
        if found:
            return found
        existing = self._existing()
        cursor = max(int(instant_ms // 1), existing.start_ms)
        while cursor < existing.end_ms:
            ahead = self._recorded(Span(cursor, min(cursor + _LOOK_AHEAD_MS, existing.end_ms)))
            if ahead:
                return self.gop_at(ahead[0].start_ms)
            cursor += _LOOK_AHEAD_MS
        return None

    def gop_before(self, instant_ms: float) -> Gop | None:
        """The last group that starts before the instant."""
        existing = self._existing()
        cursor = min(-int(-instant_ms // 1), existing.end_ms)
        while cursor > existing.start_ms:
            behind = self._recorded(Span(max(cursor - _LOOK_AHEAD_MS, existing.start_ms), cursor))
            if behind:
                return self.gop_at(behind[-1].end_ms - 1)
            cursor -= _LOOK_AHEAD_MS
        return None

    def audio_units(self, start_ms: float, end_ms: float) -> Sequence[AudioUnit]:
        """Sound that starts inside ``[start_ms, end_ms)``; empty without sound."""
        loop = self._sound()
        if not loop or end_ms <= start_ms:
            return ()
        window = Span(int(start_ms // 1), -int(-end_ms // 1))
        return [
            unit
            for span in self._recorded(window)
            for unit in loop.units(max(span.start_ms, start_ms), min(span.end_ms, end_ms))
        ]

    def _sound(self) -> SoundLoop | None:
        return sound_loop() if self._camera.has_audio else None

    def _group(self, span: Span, grid_ms: int) -> Gop:
        """The group on this grid place, as far as it lies in the recording."""
        start = max(span.start_ms, grid_ms)
        group = self._cache.get(
            (self._folder, start), lambda: self._encode(start, grid_ms + self._group_ms)
        )
        end = min(span.end_ms, grid_ms + self._group_ms)
        instants = [start + index * self._picture_ms for index, _ in group]
        nexts = [*instants[1:], grid_ms + self._group_ms]
        units = tuple(
            VideoUnit(
                instant_ms=instant,
                decode_ms=instant,
                duration_ms=min(following, end) - instant,
                data=data,
                is_key=index == 0,
            )
            for (index, data), instant, following in zip(group, instants, nexts, strict=True)
            if instant < end
        )
        return Gop(start, end, units)

    def _encode(self, start_ms: int, end_ms: int) -> Group:
        scene = self._drawing()
        count = (end_ms - start_ms) // self._picture_ms
        kept = [
            index
            for index in range(count)
            if index == 0 or not self._left_out(start_ms + index * self._picture_ms)
        ]
        pictures = ((index, scene.draw(start_ms + index * self._picture_ms)) for index in kept)
        return encode_group(self._settings, pictures)

    def _left_out(self, instant_ms: int) -> bool:
        """A camera with a varying rate leaves pictures out: few by day, most in dark seconds."""
        if not self._camera.variable_frame_rate or instant_ms % self._group_ms == 0:
            return False
        number = instant_ms // self._picture_ms
        phase = instant_ms // 7_000 % 3
        return (False, number % 2 != 0, number % 5 not in {0, 3})[phase]

    def _drawing(self) -> Scene:
        with self._lock:
            if self._scene is None:
                self._scene = Scene(self._camera)
            return self._scene


def _folder(camera: DemoCamera, settings: EncoderSettings) -> str:
    """A cache folder for everything that changes a camera's bytes."""
    parts = (
        DRAWING_VERSION,
        settings,
        camera.number,
        camera.name,
        camera.key_frame_interval_s,
        camera.variable_frame_rate,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
