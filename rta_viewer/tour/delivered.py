"""What a saved file really shows: the time codes of its first and last picture."""

from pathlib import Path

import av
import numpy as np

from rta_viewer.core.spans import Span
from rta_viewer.demo import timecode
from rta_viewer.errors import DeliveryError
from rta_viewer.evidence.verify import verify
from rta_viewer.tour.own_time import OWN_TIME

checked = OWN_TIME.counted(verify)
"""The receipt's verdict; reading the file again is the tour's own work."""


@OWN_TIME.counted
def shown_span(path: Path) -> Span:
    """From the first picture to the end of the last one.

    Raises:
        DeliveryError: A picture carries no time code.
    """
    instants: list[int] = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            code = timecode.read(np.ascontiguousarray(frame.to_ndarray(format="gray")))
            if code is None:
                raise DeliveryError(f"A picture of {path.name} carries no time code.")
            instants.append(code.instant_ms)
    if len(instants) < 2:
        raise DeliveryError(f"{path.name} holds fewer than two pictures.")
    return Span(min(instants), max(instants) + instants[1] - instants[0])
