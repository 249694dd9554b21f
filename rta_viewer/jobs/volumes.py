"""One recording as several files that fit a medium: cut at key pictures, nothing encoded again.

Each volume plays on its own. Cutting the same file again gives the same bytes: what a killed run left
behind is recognised.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.filenames import volume_name
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.evidence.files import hash_file, system_path
from rta_viewer.vms.part_file import storage_errors

_FORMATS = {".mp4": "mp4", ".mkv": "matroska", ".avi": "avi"}
_PACKET_COST_BYTES = 40
_FILE_COST_BYTES = 64 * 1024
_MOST_GROUP_BYTES = 512 * 1024**2


def split_at_key_pictures(
    path: Path, folder: Path, max_bytes: int, *, cancel: CancelToken | None = None
) -> list[Path]:
    """Write ``NAME (volume 1)``, ``NAME (volume 2)`` … into ``folder``; the source stays.

    Returns:
        The volumes in order; the source itself, untouched, when it fits.

    Raises:
        MediaError: It cannot be read, or a stretch between two key pictures is larger than a volume.
        StorageError: A volume cannot be written, or is there already.
        Cancelled: ``cancel`` was set; unfinished volumes are deleted.
    """
    source = system_path(path)
    with storage_errors(source):
        if source.stat().st_size <= max_bytes:
            return [path]
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise MediaError(
            tr("A {suffix} file cannot be split.", suffix=path.suffix), tr("Save it as MP4 or MKV.")
        )
    token = cancel or CancelToken()
    writer = _Writer(path, folder, kind, max_bytes, token)
    try:
        with av.open(str(source), metadata_errors="replace") as container:
            for group in _groups(container, token):
                writer.write(container, group)
        return writer.finish()
    except av.FFmpegError as err:
        raise MediaError(
            tr("{name} cannot be split: {reason}.", name=path.name, reason=err.strerror)
        ) from err
    except OSError as err:
        raise StorageError(
            tr("The volumes cannot be written: {reason}.", reason=err.strerror or err)
        ) from err
    finally:
        writer.discard_unfinished()


@dataclass(slots=True)
class _Group:
    """What lies between two key pictures, all streams, in the order of the file."""

    packets: "list[Packet[Stream]]" = field(default_factory=list)
    size_bytes: int = 0

    def add(self, packet: "Packet[Stream]") -> None:
        self.packets.append(packet)
        self.size_bytes += packet.size + _PACKET_COST_BYTES
        if self.size_bytes > _MOST_GROUP_BYTES:
            raise MediaError(tr("The file has too few key pictures to be split."))


def _groups(container: InputContainer, cancel: CancelToken) -> Iterator[_Group]:
    if not container.streams.video:
        raise MediaError(tr("The file holds no pictures."))
    video = container.streams.video[0]
    streams = [video, *container.streams.audio[:1]]
    group = _Group()
    for packet in container.demux(streams):
        cancel.raise_if_cancelled()
        if not packet.size:
            continue
        if packet.stream is video and packet.is_keyframe and group.packets:
            yield group
            group = _Group()
        group.add(packet)
    if group.packets:
        yield group


class _Writer:
    """The volumes of one file."""

    def __init__(
        self, source: Path, folder: Path, kind: str, max_bytes: int, cancel: CancelToken
    ) -> None:
        self._source = source
        self._cancel = cancel
        self._folder = folder
        self._kind = kind
        self._max_bytes = max_bytes
        self._done: list[Path] = []
        self._open: OutputContainer | None = None
        self._part = self._target = folder
        self._size = 0
        self._streams: dict[int, Stream] = {}
        self._start_s = 0.0

    def write(self, container: InputContainer, group: _Group) -> None:
        """Append, in a new volume where it does not fit any more."""
        needed = group.size_bytes + _FILE_COST_BYTES
        if needed > self._max_bytes:
            raise MediaError(
                tr("Between two key pictures lies more than a volume holds."),
                tr("Choose larger volumes."),
            )
        volume = self._open
        if volume is None or self._size + group.size_bytes > self._max_bytes:
            volume = self._begin(container, group)
        self._size += group.size_bytes
        for packet in group.packets:
            base = packet.time_base
            shift = round(self._start_s / base)
            # Matroska has no decode times: the last pictures may come without.
            packet.dts = None if packet.dts is None else packet.dts - shift
            packet.pts = None if packet.pts is None else packet.pts - shift
            packet.stream = self._streams[packet.stream.index]
            volume.mux(packet)

    def finish(self) -> list[Path]:
        """Close the last one."""
        self._close()
        return self._done

    def discard_unfinished(self) -> None:
        """After a failure: what was begun goes, complete volumes stay."""
        if self._open is not None:
            part, self._open = self._open, None
            with contextlib.suppress(av.FFmpegError):
                part.close()
            system_path(self._part).unlink(missing_ok=True)

    def _begin(self, container: InputContainer, group: _Group) -> OutputContainer:
        self._close()
        self._target = self._folder / volume_name(self._source.name, len(self._done) + 1)
        self._part = self._target.with_name(f"{self._target.name}.part")
        options = {"fflags": "+bitexact"}
        if self._kind == "mp4":
            options["movflags"] = "faststart"
        volume = av.open(str(system_path(self._part)), "w", format=self._kind, options=options)
        self._open = volume
        chosen = [container.streams.video[0], *container.streams.audio[:1]]
        self._streams = {stream.index: volume.add_stream_from_template(stream) for stream in chosen}
        first = group.packets[0]
        self._start_s = float((first.dts or 0) * (first.time_base or 0))
        self._size = _FILE_COST_BYTES
        return volume

    def _close(self) -> None:
        if self._open is None:
            return
        self._open.close()
        self._open = None
        part, target = system_path(self._part), system_path(self._target)
        if not target.exists():
            part.replace(target)
        elif _same(part, target, self._cancel):
            part.unlink()
        else:
            part.unlink()
            raise StorageError(
                tr("{name} is there already.", name=self._target.name), tr("Choose another folder.")
            )
        self._done.append(self._target)


def _same(one: Path, other: Path, cancel: CancelToken) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return hash_file(one, cancel=cancel) == hash_file(other, cancel=cancel)
