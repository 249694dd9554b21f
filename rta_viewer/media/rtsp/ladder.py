"""How to ask for a start and for a speed, and what to make of the answer.

Start: ``Range: clock``, then ``npt`` counted from where the description or the URL starts, then the URL
alone. Speed: ``Rate-Control: no`` (ONVIF: as fast as we read), then ``Scale``, then ``Speed``, then the
``speed=`` of the URL, then what the server gives. What worked is kept in the server's memory.
"""

from dataclasses import dataclass

from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError
from rta_viewer.media.rtsp.answers import PlayAnswer
from rta_viewer.media.rtsp.memory import (
    ServerMemory,
    SpeedWay,
    StartWay,
    following_speed,
    following_start,
)
from rta_viewer.media.rtsp.session import ONVIF_REPLAY, Fields, RefusedError, RtspSession
from rta_viewer.media.rtsp.time_range import ClockRange, NptRange
from rta_viewer.media.rtsp.url import speed_in_url

_TOO_EARLY_MS = 600_000
_WORTH_IT = 0.25
_LOST_SESSION = 454
_INVALID_RANGE = 457


class TryAgainError(Exception):
    """The memory has changed: open a fresh session and ask differently. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the reader wants; ``[start_ms, end_ms)`` and the speed that it will show.

    Backwards the speed is negative and the end lies before the start.
    """

    start_ms: int
    end_ms: int
    speed: float
    key_frames_only: bool

    @property
    def backwards(self) -> bool:
        """True when the latest picture is to come first."""
        return self.speed < 0

    @property
    def window_ms(self) -> tuple[int, int]:
        """Both ends in the order of recording."""
        return min(self.start_ms, self.end_ms), max(self.start_ms, self.end_ms)

    @property
    def fast(self) -> bool:
        """True when more than life speed is wanted."""
        return self.speed > 1.01


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the server agreed to.

    Attributes:
        speed: Media seconds per second, None for "as fast as we read".
        start_ms: The instant that the answer's RTP times count from.
        start_named: The server named that instant itself.
        play_time_ms: ... as play time, None when by wall clock or not at all.
    """

    answer: PlayAnswer
    speed: float | None
    start_ms: float
    start_named: bool
    play_time_ms: float | None


def play_fields(session: RtspSession, ask: Ask, way: StartWay) -> Fields:
    """The header fields of the PLAY request, as far as the memory knows what the server takes."""
    memory = session.memory
    fields: Fields = []
    if way is StartWay.CLOCK:
        fields += session.range_by_clock(ask.start_ms, ask.end_ms)
    elif way is StartWay.NPT:
        fields += session.range_by_npt(ask.start_ms, ask.end_ms)
    if memory.onvif:
        fields += [("Require", ONVIF_REPLAY), ("Immediate", "yes")]
        if memory.free_rate:
            fields.append(("Rate-Control", "no"))
        if ask.key_frames_only:
            fields.append(("Frames", "intra"))
    if ask.fast and not (memory.onvif and memory.free_rate):
        if memory.speed_way is SpeedWay.SCALE:
            fields.append(("Scale", f"{ask.speed:.1f}"))
        elif memory.speed_way is SpeedWay.SPEED:
            fields.append(("Speed", f"{ask.speed:.1f}"))
    return fields


def check_footage(session: RtspSession, ask: Ask) -> None:
    """Refuse a start that lies behind all that the description offers.

    Raises:
        NoFootageError: Nothing was recorded there.
    """
    clock = session.description.clock_range()
    npt = session.description.npt_range()
    behind = False
    if clock is not None:
        behind = clock.end_ms is not None and ask.start_ms >= clock.end_ms
    elif npt is not None and npt.end_s and session.npt_base_ms is not None:
        behind = ask.start_ms >= session.npt_base_ms + npt.end_s * 1000
    if behind:
        raise NoFootageError(
            tr("Nothing was recorded at that time or later."), tr("Choose an earlier time.")
        )


def agree(session: RtspSession, ask: Ask, url: str, answer: PlayAnswer) -> Agreed:
    """Weigh the answer to a PLAY request.

    Raises:
        TryAgainError: It is not what was asked, and there is another way to ask.
    """
    memory = session.memory
    free = memory.onvif and memory.free_rate and answer.rate_control == "no"
    if memory.onvif and memory.free_rate and not free:
        memory.free_rate = False
        if ask.fast:
            raise TryAgainError
    start_ms, named = _start_of(session, ask, answer)
    return Agreed(
        answer=answer,
        speed=None if free else _speed_of(memory, ask, url, answer),
        start_ms=start_ms,
        start_named=named,
        play_time_ms=_play_time_ms(answer),
    )


def believable(answer: PlayAnswer, ask: Ask) -> bool:
    """False for a wall-clock answer from another age: the server took the date for a play time."""
    return not (
        isinstance(answer.range, ClockRange)
        and answer.range.start_ms is not None
        and answer.range.start_ms < ask.window_ms[0] - _TOO_EARLY_MS
    )


def after_refusal(session: RtspSession, ask: Ask, way: StartWay, refused: RefusedError) -> StartWay:
    """The next way to ask after PLAY was refused.

    Raises:
        TryAgainError: The memory was changed.
        RtaError: There is no other way.
    """
    memory = session.memory
    if memory.onvif and refused.unsupported:
        memory.onvif = False
        raise TryAgainError from refused
    speaks = way is StartWay.CLOCK and session.description.clock_range() is not None
    speaks = speaks or (memory.start_known and way is memory.start_way)
    if refused.response.status == _LOST_SESSION or (
        refused.response.status == _INVALID_RANGE and speaks
    ):
        raise refused.error from refused
    following = following_start(way)
    if following is not None:
        return following
    asked_speed = ask.fast and not (memory.onvif and memory.free_rate)
    if asked_speed and memory.speed_way in {SpeedWay.SCALE, SpeedWay.SPEED}:
        memory.speed_way = following_speed(memory.speed_way)
        raise TryAgainError from refused
    raise refused.error from refused


def _start_of(session: RtspSession, ask: Ask, answer: PlayAnswer) -> tuple[float, bool]:
    found = answer.range
    if isinstance(found, ClockRange) and found.start_ms is not None:
        return found.start_ms, True
    if (
        isinstance(found, NptRange)
        and found.start_s is not None
        and session.npt_base_ms is not None
    ):
        return session.npt_base_ms + found.start_s * 1000, True
    return float(ask.start_ms), False


def _play_time_ms(answer: PlayAnswer) -> float | None:
    found = answer.range
    if isinstance(found, NptRange) and found.start_s is not None:
        return found.start_s * 1000
    return None


def _speed_of(memory: ServerMemory, ask: Ask, url: str, answer: PlayAnswer) -> float:
    """Media seconds per second; tries the next way when this one brought nothing."""
    if not ask.fast:
        return answer.speed or 1.0
    speed = answer.speed or 1.0
    if memory.speed_way is SpeedWay.URL:
        speed = answer.speed or speed_in_url(url)
    if speed < 1 + (ask.speed - 1) * _WORTH_IT and memory.speed_way is not SpeedWay.NONE:
        memory.speed_way = following_speed(memory.speed_way)
        raise TryAgainError
    return speed
