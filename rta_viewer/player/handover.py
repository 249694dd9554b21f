"""From the still picture to libVLC's pictures: when has the player caught up?

libVLC says nothing about the time of a picture. It is fed from a key picture on, and what precedes the
asked picture passes within milliseconds; none of that may be seen. The asked picture is known, because
it was decoded here: libVLC's pictures are let through from the first one that looks like it.
"""

import numpy as np

from rta_viewer.core.ports import Picture
from rta_viewer.player.grid import Grid, luma_of_picture, moved_samples

ASKED_SAMPLES = 2
"""So many samples may differ between two conversions of the asked picture; a moving clock digit is more."""

PATIENCE_S = 1.5
PATIENCE_PER_PICTURE_S = 0.1
"""After the player's second picture (the first is shown early, before the buffer is full), and for each
hidden picture: a busy computer decodes ten a second. Past that, what the player shows is shown."""


class Handover:
    """Watches the player's first pictures. One thread at a time.

    Args:
        still: The asked picture.
        hidden_pictures: How many pictures precede it in what the player is fed.

    Attributes:
        recognised: The first picture that may be shown is the asked one, without doubt.
    """

    def __init__(self, still: Picture, hidden_pictures: int) -> None:
        self._asked = luma_of_picture(still)
        self._before: Grid | None = None
        self._hidden = hidden_pictures
        self._patience_s = PATIENCE_S + PATIENCE_PER_PICTURE_S * hidden_pictures
        self._seen = 0
        self._began_s = 0.0
        self.recognised = False
        self.done = False

    def accepts(self, picture: Picture, now_s: float) -> bool:
        """True from the first picture on that may be shown."""
        if self.done:
            return True
        luma = luma_of_picture(picture)
        if self._before is not None and np.array_equal(luma, self._before):
            # While the player waits for data it shows its picture again and again.
            return False
        self._before = luma
        self._seen += 1
        if self._seen <= 2:
            self._began_s = now_s
        self.recognised = moved_samples(luma, self._asked) <= ASKED_SAMPLES
        self.done = (
            self.recognised or self._seen > self._hidden or now_s - self._began_s > self._patience_s
        )
        return self.done
