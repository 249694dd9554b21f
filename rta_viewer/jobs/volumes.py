"""One recording as several files that fit a medium: cut at key pictures, nothing encoded again.

Each volume plays on its own and says when it was recorded. Cutting the same file again gives the same bytes:
what a killed run left behind is recognised.
"""

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.drive_calls import at_drive
from rta_viewer.core.filenames import unique_name, volume_name
from rta_viewer.core.saved_file import Stretch
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError, StorageError
from rta_viewer.evidence.files import hash_file, is_there, patiently, system_path
from rta_viewer.evidence.receipt import receipt_path
from rta_viewer.jobs.volume_papers import cut_out, tags_of
from rta_viewer.jobs.volume_plan import (
    Layout,
    first_groups,
    is_picture,
    kept_streams,
    packets_of,
    read_layout,
    shown_s,
)
from rta_viewer.vms.part_file import storage_errors

_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Other errors may be those of a damaged film: libraries tell some of them as the system tells a drive's."""
_FORMATS = {".mp4": "mp4", ".mkv": "matroska", ".avi": "avi"}


@dataclass(frozen=True, slots=True)
class Volume:
    """One of them.

    Attributes:
        stretches: What is in it; empty where the times of the whole file were not given.
    """

    path: Path
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Volumes:
    """All volumes of a file, in order; none when it fits.

    Attributes:
        base: The file name that theirs are made of.
    """

    base: str = ""
    all: tuple[Volume, ...] = ()

    def remove(self) -> None:
        """Delete them and their receipts, as far as that is possible."""
        for volume in self.all:
            for path in (volume.path, receipt_path(volume.path)):
                with contextlib.suppress(OSError):
                    system_path(path).unlink(missing_ok=True)


def split_at_key_pictures(
    path: Path,
    folder: Path,
    max_bytes: int,
    stretches: Sequence[Stretch] = (),
    *,
    cancel: CancelToken | None = None,
) -> Volumes:
    """Write ``NAME (volume 1)``, ``NAME (volume 2)`` … into ``folder``; the source stays.

    Args:
        path: The file; not touched.
        folder: Where they go. If names are taken there, all of them become ``NAME (2) (volume 1)`` and so on.
        max_bytes: The longest that one may be.
        stretches: When the pictures of the file were taken.
        cancel: Looked at often.

    Raises:
        MediaError: It cannot be read, or a stretch between two key pictures is larger than a volume.
        StorageError: A volume cannot be written.
        Cancelled: ``cancel`` was set.
        All of them leave no volume behind.
    """
    source = system_path(path)
    with storage_errors(source):
        if source.stat().st_size <= max_bytes:
            return Volumes()
    if path.suffix.lower() not in _FORMATS:
        raise MediaError(
            tr("A {suffix} file cannot be split.", suffix=path.suffix), tr("Save it as MP4 or MKV.")
        )
    token = cancel or CancelToken()
    with _told(path):
        with _opened(source) as container:
            layout = read_layout(container, token)
            base = _with_sound_in_time(path, container)
        writer = _Writer(folder, base, layout, max_bytes, tuple(stretches))
        try:
            with _opened(source) as container:
                writer.write(container, token)
            return writer.placed(token)
        finally:
            writer.discard_unfinished()


def _opened(source: Path) -> InputContainer:
    return av.open(str(source), metadata_errors="replace")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except av.FFmpegError as err:
        if err.errno in _NO_ROOM:
            raise _unwritten(err) from err
        raise MediaError(
            tr("{name} cannot be split: {reason}.", name=path.name, reason=err.strerror)
        ) from err
    except ValueError as err:
        # A container that cannot hold a codec.
        raise MediaError(
            tr("{name} cannot be split: {reason}.", name=path.name, reason=err)
        ) from err
    except OSError as err:
        raise _unwritten(err) from err


def _unwritten(err: av.FFmpegError | OSError) -> StorageError:
    return StorageError(tr("The volumes cannot be written: {reason}.", reason=err.strerror or err))


def _with_sound_in_time(path: Path, container: InputContainer) -> str:
    """The name to make names of: MKV for an AVI whose sound is in frames, which would lose their length.

    Raises:
        MediaError: That needs to be known when each picture is shown, which AVI does not say.
    """
    in_frames = any(stream.codec_context.frame_size > 1 for stream in container.streams.audio)
    if path.suffix.lower() != ".avi" or not in_frames:
        return path.name
    if container.streams.video[0].codec_context.has_b_frames:
        raise MediaError(
            tr("An AVI file with this video and this sound cannot be split."),
            tr("Save it as MP4 or MKV."),
        )
    return f"{path.stem}.mkv"


class _Writer:
    """The volumes of one file: all of them under other names first."""

    def __init__(
        self,
        folder: Path,
        base: str,
        layout: Layout,
        max_bytes: int,
        stretches: tuple[Stretch, ...],
    ) -> None:
        self._folder = folder
        self._base = base
        self._kind = _FORMATS[Path(base).suffix.lower()]
        self._layout = layout
        self._max_bytes = max_bytes
        self._begins = first_groups(layout.groups, max_bytes)
        self._stretches = stretches
        self._found: list[tuple[Stretch, ...]] = []
        self._open: OutputContainer | None = None
        self._streams: dict[int, Stream] = {}
        self._start_s = 0.0

    def write(self, container: InputContainer, cancel: CancelToken) -> None:
        """Write all of them."""
        for number, group in enumerate(_groups(container, cancel)):
            if number not in self._begins:
                self._append(group)
                continue
            early = _early(group) if number else []
            if early:
                self._append([next(filter(is_picture, group)), *early])
            self._begin(container, group[0], number)
            self._append([packet for packet in group if packet not in early])
        self._close()

    def placed(self, cancel: CancelToken) -> Volumes:
        """Give them names that nobody has; those that a killed run gave are taken up."""
        parts = self._parts
        count = len(parts)

        def is_taken(base: str) -> bool:
            targets = [self._folder / volume_name(base, number) for number in range(1, count + 1)]
            return not all(map(_is_free, parts, targets, [cancel] * count))

        base = unique_name(self._base, is_taken)
        targets = [self._folder / volume_name(base, number) for number in range(1, count + 1)]
        done = Volumes(base, tuple(map(Volume, targets, self._found)))
        for part in parts:
            patiently(partial(_make_last, part))
        try:
            for part, target in zip(parts, targets, strict=True):
                one, other = system_path(part), system_path(target)
                patiently(partial(one.replace, other))
        except OSError:
            done.remove()
            raise
        return done

    def discard_unfinished(self) -> None:
        """What has no name of its own goes, as far as that is possible."""
        if self._open is not None:
            part, self._open = self._open, None
            with contextlib.suppress(av.FFmpegError), at_drive(self._max_bytes):
                part.close()
        for path in self._parts:
            with contextlib.suppress(OSError):
                system_path(path).unlink(missing_ok=True)

    @property
    def _parts(self) -> list[Path]:
        numbers = range(1, len(self._found) + 1)
        return [self._folder / f"{volume_name(self._base, number)}.part" for number in numbers]

    def _append(self, packets: "Sequence[Packet[Stream]]") -> None:
        volume = self._open
        if volume is None:
            return
        for packet in packets:
            stream, kept = packet.stream, (packet.pts, packet.dts, packet.time_base)
            shift = round(self._start_s / packet.time_base)
            # Matroska has no decode times: the last pictures may come without.
            packet.dts = None if packet.dts is None else packet.dts - shift
            packet.pts = None if packet.pts is None else packet.pts - shift
            packet.stream = self._streams[stream.index]
            volume.mux(packet)
            # Key pictures may be written twice.
            packet.stream = stream
            packet.pts, packet.dts, packet.time_base = kept

    def _begin(self, container: InputContainer, first: "Packet[Stream]", number: int) -> None:
        self._close()
        stretches = self._stretches_from(number)
        self._found.append(stretches)
        options = {"fflags": "+bitexact"}
        if self._kind == "mp4":
            options["movflags"] = "faststart"
        path = system_path(self._parts[-1])
        volume = av.open(str(path), "w", format=self._kind, options=options)
        self._open = volume
        if stretches:
            volume.metadata.update(tags_of(container.metadata, stretches))
        self._streams = {
            stream.index: volume.add_stream_from_template(stream)
            for stream in kept_streams(container)
        }
        self._start_s = float((first.dts or 0) * first.time_base)

    def _stretches_from(self, number: int) -> tuple[Stretch, ...]:
        """What lies in the volume that begins with a group."""
        if not self._stretches:
            return ()
        later = next((begin for begin in self._begins if begin > number), None)
        from_ms = self._at_ms(number) if number else 0.0
        return cut_out(
            self._stretches, from_ms, float("inf") if later is None else self._at_ms(later)
        )

    def _at_ms(self, number: int) -> float:
        return (self._layout.groups[number].start_s - self._layout.first_s) * 1000

    def _close(self) -> None:
        if self._open is not None:
            volume, self._open = self._open, None
            # All of it may be moved to make room for its index.
            with at_drive(self._max_bytes):
                volume.close()


def _groups(container: InputContainer, cancel: CancelToken) -> "Iterator[list[Packet[Stream]]]":
    group: list[Packet[Stream]] = []
    for begins, packet in packets_of(container, cancel):
        if begins and group:
            yield group
            group = []
        group.append(packet)
    if group:
        yield group


def _early(group: "Sequence[Packet[Stream]]") -> "list[Packet[Stream]]":
    """Pictures that are shown before the key picture that they are stored after."""
    pictures = list(filter(is_picture, group))
    return [packet for packet in pictures[1:] if shown_s(packet) < shown_s(pictures[0])]


def _make_last(part: Path) -> None:
    """Have it outlive a power cut before it gets its name: the muxer leaves that to the system."""
    with system_path(part).open("r+b") as file, at_drive(os.fstat(file.fileno()).st_size):
        os.fsync(file.fileno())


def _is_free(part: Path, target: Path, cancel: CancelToken) -> bool:
    """Nothing has the name, or what a killed run of the same cutting left."""
    one, other, receipt = map(system_path, (part, target, receipt_path(target)))
    if not is_there(target):
        return not receipt.exists()
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return hash_file(one, cancel=cancel) == hash_file(other, cancel=cancel)
