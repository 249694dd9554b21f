"""Footage of one camera out of recorded files."""

import logging
import math
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.encoder import EncoderSettings, parameter_sets
from rta_viewer.demo.footage.file_groups import FileGroups, OpenFile
from rta_viewer.demo.footage.model import AudioFormat, AudioUnit, Gop, VideoFormat
from rta_viewer.errors import MediaError

_log = logging.getLogger(__name__)

_KEPT_GROUPS = 8
_OPEN_FILES = 2


@dataclass(frozen=True, slots=True)
class FilePiece:
    """One file's part of the footage.

    Attributes:
        span: What of the file is used; shorter than the file where the next one begins earlier.
        sound: The file opened once more for its sound, None when that is not served.
    """

    span: Span
    file: OpenFile
    groups: FileGroups
    sound: OpenFile | None

    @property
    def is_cut(self) -> bool:
        """The end of the file is not used."""
        return self.span.end_ms < self.file.facts.span.end_ms


class FileFootage:
    """A :class:`~rta_viewer.demo.footage.model.CameraFootage` over files.

    Args:
        pieces: Sorted, not overlapping.
        settings: The camera's format; also how files of another format are converted to it.
        passed: A file whose pictures are passed on as they are; its header describes the camera.
        recorded: What exists inside a window.
    """

    def __init__(
        self,
        pieces: Sequence[FilePiece],
        settings: EncoderSettings,
        passed: OpenFile | None,
        recorded: Callable[[Span], list[Span]],
    ) -> None:
        self._pieces = tuple(pieces)
        self._settings = settings
        self._passed = passed
        self._recorded = recorded
        self._lock = threading.Lock()
        self._video: VideoFormat | None = None
        self._kept: OrderedDict[tuple[int, int], Gop] = OrderedDict()
        self._used: OrderedDict[int, FilePiece] = OrderedDict()
        self._audio = next((piece.sound.facts.audio for piece in pieces if piece.sound), None)

    @property
    def video(self) -> VideoFormat:
        """The format of its pictures.

        Raises:
            MediaError: The files have become unreadable.
        """
        with self._lock:
            if self._video is None:
                self._video = VideoFormat(
                    self._settings.codec,
                    self._settings.width,
                    self._settings.height,
                    self._parameter_sets(),
                )
            return self._video

    @property
    def audio(self) -> AudioFormat | None:
        """The format of its sound, None without."""
        return self._audio

    def recorded(self, window: Span) -> list[Span]:
        """What exists inside the window, sorted, disjoint."""
        return self._recorded(window)

    def gop_at(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, None in a gap or where the file is damaged."""
        number = self._piece_at(instant_ms)
        if number is None or not self._exists(instant_ms):
            return None
        return self._gop(number, self._group_number(number, instant_ms))

    def gop_from(self, instant_ms: float) -> Gop | None:
        """The group that shows the instant, or else the first one after it that can be read."""
        cursor: float | None = instant_ms
        while cursor is not None:
            start = self._next_existing(cursor)
            if start is None:
                return None
            gop = self.gop_at(start)
            if gop and gop.units:
                return gop
            cursor = self._after_group(start)
        return None

    def gop_before(self, instant_ms: float) -> Gop | None:
        """The last group that starts before the instant and can be read."""
        number = bisect_right(self._pieces, instant_ms, key=lambda item: item.span.start_ms) - 1
        for piece_number in range(number, -1, -1):
            group = self._group_number(piece_number, instant_ms)
            groups = self._pieces[piece_number].groups
            while group is not None and group >= 0:
                start = groups.start_ms(group)
                if start < instant_ms and self._exists(max(start, self._start_of(piece_number))):
                    gop = self._gop(piece_number, group)
                    if gop and gop.units:
                        return gop
                group -= 1
        return None

    def audio_units(self, start_ms: float, end_ms: float) -> Sequence[AudioUnit]:
        """Sound that starts inside ``[start_ms, end_ms)``; empty without sound."""
        if not self._audio or end_ms <= start_ms:
            return ()
        window = Span(math.floor(start_ms), math.ceil(end_ms))
        found: list[AudioUnit] = []
        for span in self._recorded(window):
            for piece in self._pieces:
                if piece.span.overlaps(span):
                    first = max(start_ms, span.start_ms, piece.span.start_ms)
                    last = min(end_ms, span.end_ms, piece.span.end_ms)
                    found += self._sound(piece, first, last)
        return found

    def close(self) -> None:
        """Let all files go."""
        for piece in self._pieces:
            piece.groups.close()
            if piece.sound:
                piece.sound.close()

    def _parameter_sets(self) -> tuple[bytes, ...]:
        if self._passed is None:
            return parameter_sets(self._settings)
        found = self._passed.parameter_sets()
        self._passed.close()
        return found

    def _exists(self, instant_ms: float) -> bool:
        at = math.floor(instant_ms)
        return bool(self._recorded(Span(at, at + 1)))

    def _next_existing(self, instant_ms: float) -> float | None:
        """The instant itself, or the next one for which something was recorded."""
        if self._exists(instant_ms) and self._piece_at(instant_ms) is not None:
            return instant_ms
        if not self._pieces:
            return None
        end = self._pieces[-1].span.end_ms
        at = math.ceil(instant_ms)
        for span in self._recorded(Span(at, end)) if at < end else []:
            return max(instant_ms, span.start_ms)
        return None

    def _piece_at(self, instant_ms: float) -> int | None:
        number = bisect_right(self._pieces, instant_ms, key=lambda item: item.span.start_ms) - 1
        if number >= 0 and instant_ms < self._pieces[number].span.end_ms:
            return number
        return None

    def _start_of(self, number: int) -> int:
        return self._pieces[number].span.start_ms

    def _group_number(self, number: int, instant_ms: float) -> int | None:
        piece = self._pieces[number]
        try:
            return piece.groups.number_at(min(instant_ms, piece.span.end_ms - 0.5))
        except MediaError as err:
            _log.warning("%s", err)
            return None

    def _after_group(self, instant_ms: float) -> float | None:
        """Where the group after the one at this instant starts."""
        number = self._piece_at(instant_ms)
        if number is None:
            return None
        piece = self._pieces[number]
        group = self._group_number(number, instant_ms)
        if group is not None and group + 1 < piece.groups.count:
            following = piece.groups.start_ms(group + 1)
            if instant_ms < following < piece.span.end_ms:
                return following
        return float(piece.span.end_ms)

    def _gop(self, piece_number: int, group_number: int | None) -> Gop | None:
        if group_number is None:
            return None
        key = (piece_number, group_number)
        with self._lock:
            kept = self._kept.get(key)
            if kept:
                self._kept.move_to_end(key)
                return kept
        gop = self._read(piece_number, group_number)
        with self._lock:
            if gop:
                self._kept[key] = gop
            if len(self._kept) > _KEPT_GROUPS:
                self._kept.popitem(last=False)
        return gop

    def _read(self, piece_number: int, group_number: int) -> Gop | None:
        piece = self._pieces[piece_number]
        self._keep_few_open(piece_number, piece)
        try:
            units = piece.groups.units(group_number)
            start = piece.groups.start_ms(group_number)
            end = float(piece.span.end_ms)
            if group_number + 1 < piece.groups.count:
                end = min(end, piece.groups.start_ms(group_number + 1))
        except MediaError as err:
            _log.warning("%s", err)
            return None
        if piece.is_cut:
            # What is decoded after a picture beyond the cut may be shown before it, and is lost with it.
            beyond = (at for at, unit in enumerate(units) if unit.instant_ms >= piece.span.end_ms)
            units = units[: next(beyond, len(units))]
        return Gop(start, max(end, start), units)

    def _keep_few_open(self, number: int, piece: FilePiece) -> None:
        with self._lock:
            self._used[number] = piece
            self._used.move_to_end(number)
            old = self._used.popitem(last=False)[1] if len(self._used) > _OPEN_FILES else None
        if old:
            old.groups.close()
            if old.sound:
                old.sound.close()

    def _sound(self, piece: FilePiece, start_ms: float, end_ms: float) -> list[AudioUnit]:
        if piece.sound is None or self._audio is None or end_ms <= start_ms:
            return []
        frame_ms = 1024 * 1000 / self._audio.sample_rate
        index = piece.file.index()
        zero_ms = piece.file.facts.origin_ms - float(index.origin * index.time_base * 1000)
        base_ms = index.audio_time_base * 1000
        first = math.ceil((start_ms - zero_ms) / float(base_ms))
        last = math.ceil((end_ms - zero_ms) / float(base_ms))
        try:
            with piece.sound.lock:
                frames = piece.sound.reader().sound(first, last)
        except MediaError as err:
            _log.warning("%s", err)
            return []
        return [AudioUnit(zero_ms + float(pts * base_ms), frame_ms, data) for pts, data in frames]
