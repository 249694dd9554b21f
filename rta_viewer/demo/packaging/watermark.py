"""Text burned into pictures: along the top, right-aligned, on a darkened band."""

from av.video.frame import VideoFrame


class Stamp:
    """Marks pictures of one size with one text; ``{timestamp}`` is each picture's UTC time."""

    def __init__(self, text: str, width: int, height: int) -> None:
        self._text = text
        self._size = (width, height)

    def draw(self, frame: VideoFrame, instant_ms: float) -> None:
        """Mark a writable ``yuv420p`` picture, in place."""
