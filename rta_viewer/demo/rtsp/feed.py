"""One camera's footage as the sequence in which a PLAY sends it: forwards, backwards, thinned, over gaps."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import AudioUnit, CameraFootage, Gop, VideoUnit

_TOUCHING_MS = 2.0


class Pictures(StrEnum):
    """Which pictures are sent (ONVIF ``Frames``)."""

    ALL = "all"
    PREDICTED = "predicted"
    INTRA = "intra"


@dataclass(frozen=True, slots=True)
class Selection:
    """Pictures of a kind; key pictures not closer than ``interval_ms`` when only those are sent."""

    pictures: Pictures = Pictures.ALL
    interval_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """What to send.

    Attributes:
        start_ms: Where it begins: forwards a key picture, backwards the last picture.
        bound_ms: First instant that is not sent; backwards the lowest instant that is; None for all.
        resume_after_ms: Decode time of the last picture that was already sent, None to begin afresh.
        live: Wait for footage that does not exist yet.
    """

    start_ms: float
    bound_ms: float | None = None
    backwards: bool = False
    selection: Selection = field(default_factory=Selection)
    skip_gaps: bool = True
    audio: bool = True
    live: bool = False
    resume_after_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit, and how it stands in what is sent.

    Attributes:
        due_ms: Media time since the start at which it is due, skipped gaps taken out.
        shown_ms: The same for its presentation.
        section_end: Nothing follows it immediately in the recording.
        terminal: Nothing follows it in this PLAY.
    """

    unit: VideoUnit | AudioUnit
    due_ms: float
    shown_ms: float
    discontinuity: bool = False
    section_end: bool = False
    terminal: bool = False

    @property
    def is_video(self) -> bool:
        """A picture, not sound."""
        return isinstance(self.unit, VideoUnit)


def pieces(footage: CameraFootage, plan: FeedPlan) -> Iterator[Piece | None]:
    """All pieces in sending order; None means that live footage must first come into being.

    Each step may take as long as encoding a group takes.
    """
    return _Backwards(footage, plan).run() if plan.backwards else _Forwards(footage, plan).run()


class _Forwards:
    def __init__(self, footage: CameraFootage, plan: FeedPlan) -> None:
        self._footage = footage
        self._plan = plan
        self._thinner = _Thinner(plan.selection)
        self._sent_decode_ms = plan.resume_after_ms
        self._skipped_ms = 0.0
        self._discontinuity = plan.resume_after_ms is None

    def run(self) -> Iterator[Piece | None]:
        plan = self._plan
        cursor = plan.start_ms
        previous: Gop | None = None
        while plan.bound_ms is None or cursor < plan.bound_ms:
            gop = self._footage.gop_from(cursor)
            grown = gop is not None and previous is not None and gop.end_ms <= previous.end_ms
            if gop is None or grown:
                if not plan.live:
                    return
                yield None
                continue
            if plan.bound_ms is not None and gop.start_ms >= plan.bound_ms:
                return
            self._step_over_gap(previous, gop)
            yield from self._gop(gop)
            previous, cursor = gop, gop.end_ms

    def _step_over_gap(self, previous: Gop | None, gop: Gop) -> None:
        if previous is None or gop.start_ms - previous.end_ms <= _TOUCHING_MS:
            return
        self._discontinuity = True
        if self._plan.skip_gaps and not self._plan.live:
            self._skipped_ms += gop.start_ms - previous.end_ms

    def _gop(self, gop: Gop) -> Iterator[Piece]:
        found = self._pieces_of(gop)
        if not found:
            return
        found[0] = replace(found[0], discontinuity=self._discontinuity)
        self._discontinuity = False
        if self._plan.live:
            yield from found
            return
        # What follows is asked for as late as possible: asking may encode the next group.
        yield from _marked(found, lambda: self._after(gop))

    def _pieces_of(self, gop: Gop) -> list[Piece]:
        plan, origin = self._plan, self._plan.start_ms + self._skipped_ms
        fresh = [unit for unit in _up_to(gop.units, plan.bound_ms) if self._is_new(unit)]
        if not fresh:
            return []
        self._sent_decode_ms = fresh[-1].decode_ms
        video = [
            Piece(unit, unit.decode_ms - origin, unit.instant_ms - origin)
            for unit in self._thinner.thinned(fresh)
        ]
        if not plan.audio:
            return video
        begin = min(unit.instant_ms for unit in fresh)
        end = gop.end_ms if plan.bound_ms is None else min(gop.end_ms, plan.bound_ms)
        sound = [
            Piece(unit, unit.instant_ms - origin, unit.instant_ms - origin)
            for unit in self._footage.audio_units(begin, end)
        ]
        return list(heapq.merge(video, sound, key=lambda piece: piece.due_ms))

    def _is_new(self, unit: VideoUnit) -> bool:
        # Leading pictures of an open group refer to the group before, which was not sent.
        if self._discontinuity and unit.needs_previous:
            return False
        return self._sent_decode_ms is None or unit.decode_ms > self._sent_decode_ms

    def _after(self, gop: Gop) -> tuple[bool, bool]:
        """Whether the recording, and whether the PLAY, ends with this group."""
        bound = self._plan.bound_ms
        if bound is not None and gop.end_ms >= bound:
            return False, True
        edge = int(gop.end_ms // 1)
        if self._footage.recorded(Span(edge, edge + 1 + int(_TOUCHING_MS))):
            return False, False
        following = self._footage.gop_from(gop.end_ms)
        last = following is None or (bound is not None and following.start_ms >= bound)
        return True, last


class _Backwards:
    def __init__(self, footage: CameraFootage, plan: FeedPlan) -> None:
        self._footage = footage
        self._plan = plan
        self._thinner = _Thinner(plan.selection)
        self._elapsed_ms = 0.0

    def run(self) -> Iterator[Piece | None]:
        start = self._plan.start_ms
        gop = self._footage.gop_at(start) or self._footage.gop_before(start)
        while gop is not None and not self._below_bound(gop.end_ms - 1):
            following = _Later(self._footage, gop.start_ms)
            yield from self._gop(gop, following)
            gop = following.get()

    def _below_bound(self, instant_ms: float) -> bool:
        return self._plan.bound_ms is not None and instant_ms < self._plan.bound_ms

    def _gop(self, gop: Gop, following: "_Later") -> Iterator[Piece]:
        start = self._plan.start_ms
        units = [unit for unit in _up_to(gop.units, start + 0.5) if self._wanted(unit)]
        if not units:
            return
        found = [
            Piece(
                unit,
                self._elapsed_ms + unit.decode_ms - gop.start_ms,
                unit.instant_ms - start,
            )
            for unit in self._thinner.thinned(units)
        ]
        self._elapsed_ms += min(gop.end_ms, max(start, gop.start_ms)) - gop.start_ms
        if found:
            found[0] = replace(found[0], discontinuity=True)
            yield from _marked(found, lambda: self._after(gop, following))

    def _wanted(self, unit: VideoUnit) -> bool:
        # Below the bound only what others need is sent.
        return unit.is_key or unit.reference or not self._below_bound(unit.instant_ms)

    def _after(self, gop: Gop, following: "_Later") -> tuple[bool, bool]:
        if self._below_bound(gop.start_ms - 1):
            return False, True
        earlier = following.get()
        if earlier is None:
            return True, True
        return gop.start_ms - earlier.end_ms > _TOUCHING_MS, self._below_bound(earlier.end_ms - 1)


class _Later:
    """The group before an instant, looked up once, when it is needed."""

    def __init__(self, footage: CameraFootage, instant_ms: float) -> None:
        self._footage = footage
        self._instant_ms = instant_ms
        self._found: Gop | None = None
        self._asked = False

    def get(self) -> Gop | None:
        if not self._asked:
            self._found = self._footage.gop_before(self._instant_ms)
            self._asked = True
        return self._found


class _Thinner:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._last_key_ms: float | None = None

    def thinned(self, units: Sequence[VideoUnit]) -> list[VideoUnit]:
        if self._selection.pictures is Pictures.ALL:
            return list(units)
        if self._selection.pictures is Pictures.PREDICTED:
            return [unit for unit in units if unit.is_key or unit.reference]
        return [unit for unit in units if unit.is_key and self._far_enough(unit.instant_ms)]

    def _far_enough(self, instant_ms: float) -> bool:
        last = self._last_key_ms
        if last is not None and abs(instant_ms - last) < self._selection.interval_ms:
            return False
        self._last_key_ms = instant_ms
        return True


def _up_to(units: Sequence[VideoUnit], bound_ms: float | None) -> Sequence[VideoUnit]:
    """Units in decode order up to the last that is shown before the bound: it may need those between."""
    if bound_ms is None:
        return units
    count = len(units)
    while count and units[count - 1].instant_ms >= bound_ms:
        count -= 1
    return units[:count]


def _marked(found: list[Piece], after: Callable[[], tuple[bool, bool]]) -> Iterator[Piece]:
    """The pieces, the last of each kind told how things go on."""
    lasts = {piece.is_video: number for number, piece in enumerate(found)}
    first_last = min(lasts.values())
    yield from found[:first_last]
    section_end, terminal = after()
    for number, piece in enumerate(found[first_last:], start=first_last):
        if number in lasts.values():
            yield replace(piece, section_end=section_end, terminal=terminal)
        else:
            yield piece
