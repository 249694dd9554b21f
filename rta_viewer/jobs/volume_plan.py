"""Where a recording is cut into volumes. Nothing is written.

A volume begins with a key picture. Pictures that are stored after it and shown before it may need what came
before it: they, and the key picture once more, end the volume before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError

PACKET_COST_BYTES = 40
FILE_COST_BYTES = 64 * 1024
_MOST_GROUP_BYTES = 512 * 1024**2
_KEPT = frozenset({"video", "audio", "subtitle"})


@dataclass(frozen=True, slots=True)
class Group:
    """What lies between two key pictures, all streams, in the order of the file.

    Attributes:
        start_s: Where its key picture is, in the time of the file.
        head_bytes: The key picture and those that are stored after and shown before it; 0 without such.
    """

    start_s: float
    size_bytes: int
    head_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """All groups of a file; ``first_s`` is where its first picture is, in the time of the file."""

    groups: tuple[Group, ...]
    first_s: float


def kept_streams(container: InputContainer) -> list[Stream]:
    """The streams that volumes hold.

    Raises:
        MediaError: There are no pictures, or the pictures of several cameras.
    """
    videos = container.streams.video
    if not videos:
        raise MediaError(tr("The file holds no pictures."))
    if len(videos) > 1:
        raise MediaError(tr("The file holds several videos; only one can be cut."))
    return [stream for stream in container.streams if stream.type in _KEPT]


def read_layout(container: InputContainer, cancel: CancelToken) -> Layout:
    """Read a file from its beginning to its end.

    Raises:
        MediaError: It holds no pictures, hides some, or has too few key pictures.
        Cancelled: ``cancel`` was set.
    """
    counts: list[_Count] = []
    first_s = float("inf")
    for begins, packet in packets_of(container, cancel):
        if begins:
            counts.append(_Count())
        counts[-1].add(packet)
        if is_picture(packet):
            if packet.is_discard:
                raise MediaError(
                    tr("The file hides some of its pictures, which volumes would show.")
                )
            first_s = min(first_s, shown_s(packet))
    return Layout(tuple(count.group() for count in counts), first_s)


def packets_of(
    container: InputContainer, cancel: CancelToken
) -> "Iterator[tuple[bool, Packet[Stream]]]":
    """What volumes hold, in the order of the file; True where a group begins.

    Raises:
        MediaError: See :func:`kept_streams`.
        Cancelled: ``cancel`` was set.
    """
    in_group = has_pictures = False
    for packet in container.demux(kept_streams(container)):
        cancel.raise_if_cancelled()
        if not packet.size:
            continue
        begins = not in_group or (has_pictures and is_picture(packet) and packet.is_keyframe)
        if begins:
            in_group, has_pictures = True, False
        has_pictures |= is_picture(packet)
        yield begins, packet


def is_picture(packet: "Packet[Stream]") -> bool:
    """True for what belongs to the video."""
    return packet.stream.type == "video"


def shown_s(packet: "Packet[Stream]") -> float:
    """When a picture is shown, in the time of the file; AVI says only when it is decoded."""
    stamp = packet.pts if packet.pts is not None else packet.dts
    return float((stamp or 0) * packet.time_base)


def size_of(packet: "Packet[Stream]") -> int:
    """What a packet takes in a file, at most."""
    return packet.size + PACKET_COST_BYTES


@dataclass(slots=True)
class _Count:
    key_s: float = 0.0
    key_bytes: int = 0
    size_bytes: int = 0
    early_bytes: int = 0
    has_pictures: bool = False

    def add(self, packet: "Packet[Stream]") -> None:
        self.size_bytes += size_of(packet)
        if self.size_bytes > _MOST_GROUP_BYTES:
            raise MediaError(tr("The file has too few key pictures to be split."))
        if not is_picture(packet):
            return
        if not self.has_pictures:
            self.has_pictures, self.key_s = True, shown_s(packet)
            self.key_bytes = size_of(packet)
        elif shown_s(packet) < self.key_s:
            self.early_bytes += size_of(packet)

    def group(self) -> Group:
        head_bytes = self.key_bytes + self.early_bytes if self.early_bytes else 0
        return Group(self.key_s, self.size_bytes, head_bytes)


def first_groups(groups: Sequence[Group], max_bytes: int) -> list[int]:
    """The numbers of the groups with which volumes begin.

    Raises:
        MediaError: A group is larger than a volume.
    """
    starts: list[int] = []
    size = max_bytes
    for number, group in enumerate(groups):
        tail = groups[number + 1].head_bytes if number + 1 < len(groups) else 0
        if size + group.size_bytes + tail > max_bytes:
            starts.append(number)
            size = FILE_COST_BYTES
            if size + group.size_bytes + tail > max_bytes:
                raise MediaError(
                    tr("Between two key pictures lies more than a volume holds."),
                    tr("Choose larger volumes."),
                )
        size += group.size_bytes
    return starts
