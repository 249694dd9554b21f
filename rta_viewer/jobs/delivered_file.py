"""What the check after delivery wants to know of a file."""

from collections.abc import Sequence
from typing import Protocol


class DeliveredFile(Protocol):
    """What a probe found in the file; ``media.probe.MediaFileInfo`` is one."""

    @property
    def size_bytes(self) -> int:
        """Length of the file."""
        ...

    @property
    def container(self) -> str:
        """``mp4``, ``mkv``, ``avi`` or ``ts``."""
        ...

    @property
    def video_codec(self) -> str:
        """``H264``, ``H265``, ``MJPEG`` or another name."""
        ...

    @property
    def width(self) -> int:
        """Pixels."""
        ...

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    @property
    def duration_s(self) -> float:
        """From the first picture to the end of the last one."""
        ...

    @property
    def picture_count(self) -> int:
        """Pictures that are presented."""
        ...

    @property
    def audio_codec(self) -> str | None:
        """None without sound."""
        ...

    @property
    def creation_time_ms(self) -> int | None:
        """What the file claims: a hint."""
        ...

    @property
    def is_faststart(self) -> bool:
        """False for an MP4 whose index comes last."""
        ...

    @property
    def is_fragmented(self) -> bool:
        """MP4 in fragments."""
        ...

    @property
    def decodes(self) -> bool:
        """First and last pictures decode."""
        ...

    @property
    def key_picture_count(self) -> int:
        """Of the pictures, those that need no other one."""
        ...

    @property
    def usual_distance_s(self) -> float | None:
        """The median distance of two pictures."""
        ...

    @property
    def pauses_s(self) -> Sequence[tuple[float, float]]:
        """Since the first picture: where one picture stands for long."""
        ...

    @property
    def steps_back_s(self) -> float:
        """How far at most a picture is shown before one that came long before it."""
        ...

    @property
    def sound_s(self) -> float:
        """How long all sound together lasts."""
        ...

    @property
    def picture_streams(self) -> int:
        """How many films there are in it."""
        ...

    @property
    def damaged_s(self) -> Sequence[float]:
        """Since the first picture: where pictures between first and last do not decode."""
        ...

    @property
    def repeated_s(self) -> tuple[float, float] | None:
        """Since the first picture: where pictures begin that are there twice, and where they come again."""
        ...

    @property
    def plain_s(self) -> Sequence[tuple[float, float]]:
        """Since the first picture: where next to nothing is shown, as black pictures."""
        ...
