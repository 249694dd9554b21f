"""How many seconds of media one second of RTP time is, when a server plays faster than life.

By RFC 2326 ``Scale`` changes media time per RTP time and ``Speed`` only the delivery rate. Servers do as
they like (one answers ``Scale: 1.000`` and ``Speed: 8.000``, and lets RTP time follow the wall clock), so the
factor is looked at, not assumed: by the distance of pictures where the rate is known, else by their arrival.
"""

import itertools
import math
import statistics
from collections import deque

_LOOKED_AT = 64
_FEW = 4
_LONG_ENOUGH_S = 0.25
_SHORT_S = 0.02
_FITS = 1.6


class Pace:
    """The factor of one stream, shared by its tracks. Not thread-safe.

    Args:
        promised: Media seconds per second that the server says it delivers.
        media_time: What was measured on this server before, None for nothing.
        picture_interval_s: Expected distance of pictures in the recording, 0 unknown.

    Attributes:
        factor: Media seconds per RTP second, None until it is known.
        measured: True when it was looked at, not taken over or assumed.
    """

    def __init__(
        self, promised: float, media_time: bool | None = None, picture_interval_s: float = 0.0
    ) -> None:
        self.factor: float | None = None
        self.measured = False
        self._promised = promised
        self._interval_s = picture_interval_s
        self._seen: deque[tuple[float, float]] = deque(maxlen=_LOOKED_AT)
        if abs(promised - 1.0) < 0.01:
            self.factor = 1.0
        elif media_time is not None:
            self.factor = 1.0 if media_time else promised

    @property
    def media_time(self) -> bool:
        """True when RTP time runs with the media although the server plays faster."""
        return self.factor == 1.0

    def expect_interval(self, seconds: float) -> None:
        """The distance of pictures became known (by the parameter sets)."""
        self._interval_s = self._interval_s or seconds

    def assume(self) -> None:
        """No (more) evidence will come: take what the server's answer means by its words."""
        if self.factor is None:
            self.factor = self._promised

    def observe(self, rtp_s: float, arrival_s: float) -> None:
        """A picture with that RTP time, unwrapped, in seconds, arrived at that reading of the clock."""
        if self.factor is not None:
            return
        self._seen.append((rtp_s, arrival_s))
        if len(self._seen) >= _FEW:
            self.factor = self._by_cadence()
            self.measured = self.factor is not None
        if self.factor is None and self._enough():
            self._settle_by_arrival()

    def _enough(self) -> bool:
        span_s = self._seen[-1][1] - self._seen[0][1]
        return len(self._seen) >= _LOOKED_AT or (
            len(self._seen) >= _FEW and span_s > _LONG_ENOUGH_S
        )

    def _by_cadence(self) -> float | None:
        if self._interval_s <= 0:
            return None
        times = sorted(rtp_s for rtp_s, _ in self._seen)
        steps = [after - before for before, after in itertools.pairwise(times)]
        step_s = statistics.median(steps)
        fitting = [
            factor
            for factor in (1.0, self._promised)
            if 1 / _FITS < step_s * factor / self._interval_s < _FITS
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _settle_by_arrival(self) -> None:
        later = list(self._seen)[len(self._seen) // 2 :]  # a burst at the start says nothing
        times = [rtp_s for rtp_s, _ in later]
        rtp_s = max(times) - min(times)
        span_s = later[-1][1] - later[0][1]
        if rtp_s <= 0 or span_s <= _SHORT_S:
            self.assume()
            return
        rate = rtp_s / span_s
        self.factor = min(
            (self._promised, 1.0),
            key=lambda factor: abs(math.log(rate * factor / self._promised)),
        )
        self.measured = True
