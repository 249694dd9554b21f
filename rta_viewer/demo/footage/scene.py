"""What a generated camera sees at an instant."""

import av
import numpy as np

from rta_viewer.demo import timecode
from rta_viewer.demo.cameras import DemoCamera

DRAWING_VERSION = 0


class Scene:
    """Draws the pictures of one camera. Safe from several threads."""

    def __init__(self, camera: DemoCamera) -> None:
        self._camera = camera

    def draw(self, instant_ms: int) -> av.VideoFrame:
        """The picture of an instant."""
        width, height = self._camera.width, self._camera.height
        frame = av.VideoFrame(width, height, "yuv420p")
        planes = [
            np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)[
                :, : plane.width
            ]
            for plane in frame.planes
        ]
        planes[0][:] = np.linspace(60, 120, height, dtype=np.uint8)[:, None]
        planes[1][:], planes[2][:] = 128 + self._camera.number, 128
        left = instant_ms // 8 % (width - 40)
        planes[0][height // 3 : height // 2, left : left + 40] = 200
        timecode.draw(planes[0], instant_ms, self._camera.number)
        return frame
