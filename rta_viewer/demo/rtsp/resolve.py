"""Where a PLAY begins and ends: what was asked, held against what exists."""

from dataclasses import dataclass

from rta_viewer.core.clock import Clock
from rta_viewer.core.spans import Span
from rta_viewer.demo.footage.model import CameraFootage, Gop, VideoUnit
from rta_viewer.demo.rtsp.feed import FeedPlan, Pictures
from rta_viewer.demo.rtsp.message import RtspFailure
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.play import PlayAsk, Playing, Timing, timing_of
from rta_viewer.demo.rtsp.presentation import Presentation
from rta_viewer.demo.rtsp.ranges import AskedRange

_NOTHING = AskedRange("", None, None)


@dataclass(frozen=True, slots=True)
class Position:
    """How far an earlier PLAY of the session came. ``last`` is None when it sent no picture."""

    playing: Playing
    last: VideoUnit | None

    @property
    def instant_ms(self) -> float:
        """Where to go on."""
        return self.last.instant_ms if self.last else self.playing.plan.start_ms

    def continues_as(self, ask: PlayAsk) -> VideoUnit | None:
        """The picture whose successor the decoder can take next, None when it must begin afresh."""
        before = self.playing.plan
        same = not before.backwards and before.selection == ask.selection
        return self.last if same else None


@dataclass(frozen=True, slots=True)
class Resolver:
    """Turns wishes into plans for one presentation. Calls may encode a group of pictures."""

    presentation: Presentation
    footage: CameraFootage
    clock: Clock
    options: RtspOptions

    def whole(self) -> tuple[float, float | None]:
        """First instant and end of the presentation; the end is None when open."""
        start, end = self.presentation.start_ms, self.presentation.end_ms
        if start is None:
            existing = self.footage.recorded(Span(0, self.clock.now_ms()))
            start = float(existing[0].start_ms if existing else self.clock.now_ms())
        return start, end

    def resolve(self, ask: PlayAsk, position: Position | None) -> Playing:
        """The plan for a PLAY.

        Raises:
            RtspFailure: 457 when there is nothing to play.
        """
        timing = timing_of(ask, self.presentation, self.options)
        asked = ask.asked or _NOTHING
        if self.presentation.live:
            plan = self._live(ask)
        elif timing.backwards:
            if not self.options.reverse:
                raise RtspFailure(457)
            plan = self._backwards(ask, asked, position)
        else:
            plan = self._forwards(ask, asked, timing, position)
        unit = asked.unit or ("clock" if self.options.clock_range else "npt")
        return Playing(
            plan=plan,
            timing=timing,
            unit=unit,
            answered_start_ms=self._answered_start(plan, unit, asked),
            rate_control=ask.rate_control,
            cseq=ask.cseq,
            asked_scale=ask.scale is not None,
            asked_speed=ask.speed is not None,
        )

    def _answered_start(self, plan: FeedPlan, unit: str, asked: AskedRange) -> float:
        # NPT cannot say what lies before the presentation's start; clients then trust RTP-Info alone.
        if unit == "npt" and not plan.backwards and asked.start_ms is not None:
            return max(plan.start_ms, self.whole()[0])
        return plan.start_ms

    def _live(self, ask: PlayAsk) -> FeedPlan:
        now = float(self.clock.now_ms())
        gop = self.footage.gop_at(now - 1)
        return FeedPlan(
            start_ms=gop.start_ms if gop else now,
            selection=ask.selection,
            audio=ask.selection.pictures is not Pictures.INTRA,
            live=True,
        )

    def _forwards(
        self, ask: PlayAsk, asked: AskedRange, timing: Timing, position: Position | None
    ) -> FeedPlan:
        whole_start, whole_end = self.whole()
        last = None
        if asked.start_ms is not None:
            start = asked.start_ms
        elif position is not None:
            start, last = position.instant_ms, position.continues_as(ask)
        else:
            start = whole_start
        bound = asked.end_ms
        if bound is None and whole_end is not None and start < whole_end:
            bound = whole_end
        if bound is not None and bound <= start:
            raise RtspFailure(457)
        audio = timing.scale == 1.0 and ask.selection.pictures is Pictures.ALL
        if last is not None:
            return FeedPlan(
                start_ms=last.instant_ms + last.duration_ms,
                bound_ms=bound,
                selection=ask.selection,
                skip_gaps=self.presentation.skip_gaps or not ask.rate_control,
                audio=audio,
                resume_after_ms=last.decode_ms,
            )
        gop = self._first(start, bound)
        waits = not self.presentation.skip_gaps and ask.rate_control
        return FeedPlan(
            start_ms=min(start, gop.start_ms) if waits else gop.start_ms,
            bound_ms=bound,
            selection=ask.selection,
            skip_gaps=not waits,
            audio=audio,
        )

    def _first(self, start_ms: float, bound_ms: float | None) -> Gop:
        gop = self.footage.gop_from(start_ms)
        if gop is None or (bound_ms is not None and gop.start_ms >= bound_ms):
            raise RtspFailure(457)
        return gop

    def _backwards(self, ask: PlayAsk, asked: AskedRange, position: Position | None) -> FeedPlan:
        whole_start, whole_end = self.whole()
        if asked.start_ms is not None:
            start = asked.start_ms
        elif position is not None:
            start = position.instant_ms
        else:
            start = whole_end if whole_end is not None else float(self.clock.now_ms())
        bound = asked.end_ms if asked.end_ms is not None else whole_start
        gop = self.footage.gop_at(start) or self.footage.gop_before(start)
        if asked.end_ms is not None and asked.end_ms > start:
            raise RtspFailure(457)
        if gop is None or gop.end_ms <= bound:
            raise RtspFailure(457)
        shown = [unit.instant_ms for unit in gop.units if unit.instant_ms <= start]
        return FeedPlan(
            start_ms=max(shown, default=gop.start_ms),
            bound_ms=min(bound, start),
            backwards=True,
            selection=ask.selection,
            audio=False,
        )
