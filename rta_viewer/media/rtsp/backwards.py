"""How to ask a server to play backwards, and what to make of the answer (ONVIF Streaming, reverse replay).

A negative ``Scale`` sends groups of pictures in reverse order, each forwards; with ``Frames: intra`` only
their key pictures. First with ``Rate-Control: no`` (as fast as we read, ``Scale: -1``), then with a ``Scale``
of the speed. Without the replay extension nobody knows when such a picture was taken, so servers without it
are not asked. What worked is kept in the memory of the server; the player then fetches key pictures in the
order of recording.
"""

from rta_viewer.core.access_unit import AccessUnit, TimeSource
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError, NotOfferedError
from rta_viewer.media.rtsp.answers import PlayAnswer
from rta_viewer.media.rtsp.ladder import Agreed, Ask, TryAgainError
from rta_viewer.media.rtsp.memory import ReverseWay, ServerMemory, StartWay, following_start
from rta_viewer.media.rtsp.session import ONVIF_REPLAY, Fields, RefusedError, RtspSession

_SHOWN_PER_S = 12.5
"""More key pictures a second than this are not asked for: cameras may send nothing else."""

_WORTH_IT = 0.5
_INVALID_RANGE = 457
_LATE_MS = 2_000


class DirectionRefusedError(TryAgainError):
    """The server does not play backwards in the way that was tried. Never leaves this package."""


def check(memory: ServerMemory) -> None:
    """Do not ask a server that does not play backwards.

    Raises:
        NotOfferedError: It is known not to.
    """
    if memory.reverse_way is ReverseWay.NONE or not memory.onvif:
        raise NotOfferedError(tr("This recording server does not play backwards by itself."))


def fields(session: RtspSession, ask: Ask, way: StartWay) -> Fields:
    """The header fields of the PLAY request."""
    speed = -ask.speed
    found: Fields = []
    if way is StartWay.CLOCK:
        found += session.range_by_clock(ask.start_ms, ask.end_ms)
    else:
        found += session.range_by_npt(ask.start_ms, ask.end_ms)
    found += [("Require", ONVIF_REPLAY), ("Immediate", "yes")]
    found.append(("Frames", f"intra/{round(1000 * speed / _SHOWN_PER_S)}"))
    if session.memory.reverse_way is ReverseWay.FREE:
        return [*found, ("Rate-Control", "no"), ("Scale", "-1.0")]
    return [*found, ("Scale", f"-{speed:.1f}")]


def after_refusal(session: RtspSession, way: StartWay, refused: RefusedError) -> StartWay:
    """The next way to name the start after PLAY was refused.

    Raises:
        DirectionRefusedError: It is not the start that the server does not like.
        NoFootageError: It is known to play backwards, so there is nothing before.
    """
    memory = session.memory
    if refused.unsupported:
        memory.onvif = False
    elif refused.response.status == _INVALID_RANGE and memory.reverse_known:
        raise NoFootageError(tr("Nothing was recorded at that time or earlier.")) from refused
    elif way is StartWay.CLOCK and session.description.clock_range() is None:
        return following_start(way) or way
    else:
        memory.reverse_way = memory.reverse_way.following()
    raise DirectionRefusedError from refused


def agree(session: RtspSession, ask: Ask, answer: PlayAnswer) -> Agreed:
    """Weigh the answer to a PLAY request.

    Raises:
        DirectionRefusedError: It is not what was asked.
    """
    memory = session.memory
    free = memory.reverse_way is ReverseWay.FREE
    promised = answer.speed or 1.0
    kept = answer.rate_control == "no" if free else promised >= -ask.speed * _WORTH_IT
    if not answer.backwards or not kept:
        memory.reverse_way = memory.reverse_way.following()
        raise DirectionRefusedError
    return Agreed(
        answer=answer,
        speed=None if free else promised,
        start_ms=float(ask.start_ms),
        start_named=False,
        play_time_ms=None,
    )


class DirectionCheck:
    """Looks whether key pictures really come the latest first. Not thread-safe."""

    def __init__(self, memory: ServerMemory, start_ms: float) -> None:
        self._memory = memory
        self._before_ms = start_ms + _LATE_MS
        self._seen = 0

    def see(self, unit: AccessUnit) -> None:
        """A key picture has arrived.

        Raises:
            NotOfferedError: It does not go backwards, or nobody knows when it was taken.
        """
        timed = unit.time_source is TimeSource.ONVIF_EXTENSION
        if not timed or unit.instant_ms >= self._before_ms:
            self._memory.reverse_way = ReverseWay.NONE
            raise NotOfferedError(
                tr("This recording server says that it plays backwards, but does not.")
            )
        self._before_ms = unit.instant_ms
        self._seen += 1
        self._memory.reverse_known = self._memory.reverse_known or self._seen > 1
