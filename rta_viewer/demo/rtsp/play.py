"""What a PLAY asks for, and how its media time, RTP time and delivery relate.

RFC 2326, 12.34 (``Scale``) and 12.35 (``Speed``): with Scale *s* the RTP time runs like a clock on the wall
while the media runs *s* times as fast; Speed only changes how fast packets are delivered. ONVIF Streaming,
replay: ``Rate-Control: no`` sends as fast as the client reads, RTP time is recording time; backwards,
RTP time stamps are those of forward play.
"""

import math
import re
from dataclasses import dataclass

from rta_viewer.demo.rtsp.feed import FeedPlan, Pictures, Selection
from rta_viewer.demo.rtsp.message import Request, RtspFailure
from rta_viewer.demo.rtsp.options import RtspOptions
from rta_viewer.demo.rtsp.presentation import MAX_SPEED, Presentation
from rta_viewer.demo.rtsp.ranges import AskedRange, RangeError, parse_range

_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{0,6})?")
_FRAMES = re.compile(r"(intra|predicted|all)(?:/(\d{1,9}))?")
_MIN_SPEED = 1 / 16


@dataclass(frozen=True, slots=True)
class PlayAsk:
    """The headers of a PLAY.

    Attributes:
        scale: None when not asked.
        speed: None when not asked.
        rate_control: False for "as fast as I read".
    """

    asked: AskedRange | None
    scale: float | None
    speed: float | None
    rate_control: bool
    selection: Selection
    immediate: bool
    cseq: int


def parse_play(request: Request, options: RtspOptions, origin_ms: float) -> PlayAsk:
    """Read the headers; ``npt`` counts from ``origin_ms``.

    Raises:
        RtspFailure: 457 for a range, 400 for anything else that makes no sense.
    """
    return PlayAsk(
        asked=_asked_range(request, options, origin_ms),
        scale=_number(request.header("scale")),
        speed=_positive(request.header("speed")),
        rate_control=not (
            options.rate_control and request.header("rate-control").strip().lower() == "no"
        ),
        selection=_selection(request.header("frames")),
        immediate=options.immediate and request.header("immediate").strip().lower() == "yes",
        cseq=request.cseq,
    )


def _asked_range(request: Request, options: RtspOptions, origin_ms: float) -> AskedRange | None:
    text = request.header("range")
    if not text:
        return None
    try:
        asked = parse_range(text, origin_ms)
    except RangeError as err:
        raise RtspFailure(457) from err
    if not (options.clock_range if asked.unit == "clock" else options.npt_range):
        raise RtspFailure(457)
    return asked


def _number(text: str) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text.strip()) or float(text) == 0:
        raise RtspFailure(400)
    return float(text)


def _positive(text: str) -> float | None:
    # A range of speeds ("1.0-2.5", RTSP 2.0) is answered with its upper end.
    value = _number(text.rpartition("-")[2] if text.strip()[:1] != "-" else text)
    if value is not None and value < 0:
        raise RtspFailure(400)
    return value


def _selection(text: str) -> Selection:
    if not text:
        return Selection()
    match = _FRAMES.fullmatch(text.strip().lower())
    if match is None or (match.group(2) and match.group(1) != "intra"):
        raise RtspFailure(400)
    return Selection(Pictures(match.group(1)), float(match.group(2) or 0))


@dataclass(frozen=True, slots=True)
class Timing:
    """How fast things run.

    Attributes:
        scale: As answered, negative backwards.
        speed: As answered.
        pace: Media seconds delivered per second, None for as fast as the client reads.
        media_per_rtp: Media seconds per second of RTP time.
        recording_time: RTP time follows the recording time, gaps included.
    """

    scale: float
    speed: float
    pace: float | None
    media_per_rtp: float
    recording_time: bool

    @property
    def backwards(self) -> bool:
        """Group after group towards the past."""
        return self.scale < 0


def timing_of(ask: PlayAsk, presentation: Presentation, options: RtspOptions) -> Timing:
    """What the server makes of the wishes for speed."""
    scale = _limited(ask.scale if ask.scale is not None else presentation.speed)
    speed = _limited(ask.speed if ask.speed is not None else 1.0)
    if presentation.live:
        return Timing(1.0, 1.0, 1.0, 1.0, recording_time=True)
    if not options.scale:
        scale = 1.0
    if not ask.rate_control:
        return Timing(math.copysign(1.0, scale), 1.0, None, 1.0, recording_time=True)
    jumps = options.jump_at_gaps or not presentation.skip_gaps or scale < 0
    if options.speed_instead_of_scale and scale > 0:
        speed *= scale
        return Timing(1.0, speed, speed, speed, recording_time=jumps)
    return Timing(scale, speed, abs(scale) * speed, abs(scale), recording_time=jumps)


def _limited(value: float) -> float:
    return math.copysign(min(max(abs(value), _MIN_SPEED), MAX_SPEED), value)


@dataclass(frozen=True, slots=True)
class Playing:
    """One PLAY that was accepted.

    Attributes:
        unit: Of the ``Range`` in the answer, ``clock`` or ``npt``.
        answered_start_ms: The ``Range`` start in the answer.
        rate_control: As asked, for the answer.
    """

    plan: FeedPlan
    timing: Timing
    unit: str
    answered_start_ms: float
    rate_control: bool
    cseq: int
    asked_scale: bool
    asked_speed: bool

    def media_ms(self, instant_ms: float) -> float:
        """RTP milliseconds between the plan's start and an instant, no gap being skipped."""
        return (instant_ms - self.plan.start_ms) / self.timing.media_per_rtp
