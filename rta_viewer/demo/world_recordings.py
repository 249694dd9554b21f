"""What exists on one camera at this moment: the schedule, cut by retention, the present and added gaps."""

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import RecordingKind
from rta_viewer.core.spans import Span, clip, find, gaps, subtract, union
from rta_viewer.demo.cameras import stable_id
from rta_viewer.demo.world_schedule import DAY_MS, HOUR_MS, Occurrence, Planned


@dataclass(frozen=True, slots=True)
class RecordedSequence:
    """An unbroken stretch of footage as the server lists it."""

    sequence_id: str
    span: Span
    kind: RecordingKind
    has_audio: bool
    event_count: int


@dataclass(frozen=True, slots=True)
class DemoGap:
    """A stretch without footage and the server's word for why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """Something that the server noticed; ``kind`` is ``motion``, ``tampering`` or ``audio``."""

    event_id: str
    kind: str
    start_ms: int
    end_ms: int
    severity: str
    description: str


class Plan(Protocol):
    """Where the recordings of one camera lie, whatever the time is now."""

    @property
    def has_audio(self) -> bool:
        """The recordings have sound."""
        ...

    @property
    def quiet_reason(self) -> str:
        """The reason for an instant without footage for which nothing else is known."""
        ...

    def planned(self, window: Span) -> list[Planned]:
        """What is recorded inside the window, sorted, disjoint."""
        ...

    def reasons(self, window: Span) -> list[tuple[Span, str]]:
        """Known reasons, most telling first."""
        ...

    def occurrences(self, window: Span) -> list[Occurrence]:
        """Events that start inside the window, sorted."""
        ...


class Recordings:
    """One camera's recordings. Safe from several threads.

    Args:
        plan: Where the recordings lie.
        clock: Nothing exists after its ``now_ms``.
        retention_days: Nothing exists before, rounded down to the hour; None keeps everything.
        picture_ms: Edges are moved onto whole multiples of it, where the pictures are.
    """

    def __init__(
        self,
        camera_id: str,
        plan: Plan,
        clock: Clock,
        retention_days: int | None,
        picture_ms: int = 1,
    ) -> None:
        self._camera_id = camera_id
        self._plan = plan
        self._clock = clock
        self._retention_days = retention_days
        self._picture_ms = picture_ms
        self._lock = threading.Lock()
        self._added: tuple[DemoGap, ...] = ()

    def add_gap(self, span: Span, reason: str) -> None:
        """Take footage away."""
        with self._lock:
            self._added = (DemoGap(span, reason), *self._added)

    def existing(self) -> Span:
        """From the oldest instant that may exist up to now."""
        now_ms = self._clock.now_ms()
        end = now_ms // self._picture_ms * self._picture_ms
        if self._retention_days is None:
            return Span(min(0, end), end)
        oldest = (now_ms - self._retention_days * DAY_MS) // HOUR_MS * HOUR_MS
        return Span(oldest, max(oldest, end))

    def recorded(self, window: Span) -> list[Span]:
        """What exists inside the window, sorted, disjoint."""
        return union(part for part, _ in self._parts(window))

    def sequences(self, window: Span) -> list[RecordedSequence]:
        """What exists inside the window as the server lists it, sorted."""
        parts = self._parts(window)
        starts = [event.start_ms for event in self.events(window)] if parts else []
        return [
            RecordedSequence(
                stable_id(f"{self._camera_id} sequence {planned.span.start_ms}"),
                part,
                planned.kind,
                self._plan.has_audio,
                bisect_left(starts, part.end_ms) - bisect_left(starts, part.start_ms),
            )
            for part, planned in parts
        ]

    def gaps(self, window: Span) -> list[DemoGap]:
        """What does not exist inside the window up to now, each with its reason, sorted."""
        existing = self.existing()
        past = window.clip(Span(min(window.start_ms, existing.start_ms), existing.end_ms))
        if past is None:
            return []
        missing = gaps(self.recorded(past), past)
        return sorted(
            (DemoGap(part, reason) for part, reason in self._explain(missing, existing, past)),
            key=lambda gap: gap.span,
        )

    def events(self, window: Span) -> list[DemoEvent]:
        """What was noticed while recording, starting inside the window, sorted."""
        recorded = self.recorded(window)
        end = self.existing().end_ms
        return [
            DemoEvent(
                stable_id(f"{self._camera_id} {item.kind} {item.span.start_ms}"),
                item.kind,
                item.span.start_ms,
                min(item.span.end_ms, end),
                item.severity,
                item.description,
            )
            for item in self._plan.occurrences(window)
            if find(recorded, item.span.start_ms)
        ]

    def _parts(self, window: Span) -> list[tuple[Span, Planned]]:
        visible = window.clip(self.existing())
        if visible is None:
            return []
        # Sequences are looked up over a margin so that their ids come from their true starts.
        margin = Span(visible.start_ms - HOUR_MS, visible.end_ms + HOUR_MS)
        with self._lock:
            holes = clip((gap.span for gap in self._added), margin)
        found = []
        for planned in self._plan.planned(margin):
            for part in subtract([planned.span], holes) if holes else [planned.span]:
                snapped = self._snap(part)
                kept = snapped.clip(visible) if snapped else None
                if kept:
                    found.append((kept, planned))
        return found

    def _snap(self, span: Span) -> Span | None:
        step = self._picture_ms
        start, end = -(-span.start_ms // step) * step, -(-span.end_ms // step) * step
        return Span(start, end) if start < end else None

    def _explain(
        self, missing: Sequence[Span], existing: Span, window: Span
    ) -> list[tuple[Span, str]]:
        with self._lock:
            reasons = [(gap.span, gap.reason) for gap in self._added]
        reasons += self._plan.reasons(window)
        if window.start_ms < existing.start_ms:
            reasons.insert(0, (Span(window.start_ms, existing.start_ms), "retention_expired"))
        found = []
        left = list(missing)
        for span, reason in reasons:
            parts = clip(left, span)
            if parts:
                found += [(part, reason) for part in parts]
                left = subtract(left, [span])
        return found + [(hole, self._plan.quiet_reason) for hole in left]
