"""A camera whose pictures change on the way: an administrator sets another size while it records."""

from collections.abc import Sequence

from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import AudioFormat, AudioUnit, CameraFootage, Gop, VideoFormat


class ChangingFootage:
    """A :class:`~rta_viewer.demo.footage.model.CameraFootage` made of two of the same camera and codec.

    The later one takes over where the group of pictures of the earlier one ends that shows ``from_ms``. Its
    parameter sets are in-band; the description is that of the earlier one, as recorders do it.
    """

    def __init__(self, before: CameraFootage, after: CameraFootage, from_ms: float) -> None:
        self._before = before
        self._after = after
        last = before.gop_at(from_ms)
        self.border_ms = last.end_ms if last is not None and last.start_ms < from_ms else from_ms

    @property
    def video(self) -> VideoFormat:
        """The format of the earlier pictures."""
        return self._before.video

    @property
    def audio(self) -> AudioFormat | None:
        """The format of its sound, None without."""
        return self._before.audio

    def recorded(self, window: Span) -> list[Span]:
        """What exists inside the window, sorted, disjoint."""
        return self._before.recorded(window)

    def gop_at(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, None in a gap."""
        footage = self._before if instant_ms < self.border_ms else self._after
        return footage.gop_at(instant_ms)

    def gop_from(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, or else the first one after it."""
        if instant_ms < self.border_ms:
            gop = self._before.gop_from(instant_ms)
            if gop is None or gop.start_ms < self.border_ms:
                return gop
        return self._after.gop_from(max(instant_ms, self.border_ms))

    def gop_before(self, instant_ms: float) -> Gop | None:
        """The last group that starts before the instant."""
        if instant_ms > self.border_ms:
            gop = self._after.gop_before(instant_ms)
            if gop is not None and gop.start_ms >= self.border_ms:
                return gop
        return self._before.gop_before(min(instant_ms, self.border_ms))

    def audio_units(self, start_ms: float, end_ms: float) -> Sequence[AudioUnit]:
        """Sound that starts inside ``[start_ms, end_ms)``; empty without sound."""
        return self._before.audio_units(start_ms, end_ms)
