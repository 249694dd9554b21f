"""What was learned about one server, so that the next stream need not find it out again."""

import threading
from dataclasses import dataclass, field
from enum import Enum

from rta_viewer.media.rtsp.auth import Challenge


class StartWay(Enum):
    """How a server is told where to start, in the order in which it is tried."""

    CLOCK = "Range: clock"
    NPT = "Range: npt"
    URL = "the URL alone"


class SpeedWay(Enum):
    """How a server is told to go faster, in the order in which it is tried."""

    SCALE = "Scale"
    SPEED = "Speed"
    URL = "the URL"
    NONE = "not at all"


class ReverseWay(Enum):
    """How a server is told to play backwards, in the order in which it is tried."""

    FREE = "Scale: -1 and Rate-Control: no"
    SCALE = "a negative Scale"
    NONE = "not at all"

    def following(self) -> "ReverseWay":
        """The next way to try; the last one always works: not to ask."""
        ways = list(ReverseWay)
        return ways[min(ways.index(self) + 1, len(ways) - 1)]


def following_start(way: StartWay) -> StartWay | None:
    """The next way to try, None after the last."""
    ways = list(StartWay)
    position = ways.index(way) + 1
    return ways[position] if position < len(ways) else None


def following_speed(way: SpeedWay) -> SpeedWay:
    """The next way to try; the last one always works."""
    ways = list(SpeedWay)
    return ways[min(ways.index(way) + 1, len(ways) - 1)]


@dataclass
class ServerMemory:
    """One server's habits. Written by the thread that opens a stream; single fields, so no lock.

    Attributes:
        start_way: Worked last, or is to be tried next.
        start_known: It did work: a refused range now means that there is no footage.
        speed_way: Worked last, or is to be tried next.
        onvif: ``Require: onvif-replay`` is worth sending.
        free_rate: ``Rate-Control: no`` is worth sending.
        media_time_rtp: RTP time runs with the media also when the server speeds up (True), with the
            wall clock (False), or it was never measured (None).
        reverse_way: Worked last, or is to be tried next.
        reverse_known: It was seen to play backwards.
        reuse: A session can be played again from another instant.
        public: The methods that OPTIONS named, None before it was asked.
        challenge: The authentication challenge that was answered last.
    """

    onvif: bool = True
    free_rate: bool = True
    start_way: StartWay = StartWay.CLOCK
    start_known: bool = False
    speed_way: SpeedWay = SpeedWay.SCALE
    media_time_rtp: bool | None = None
    reverse_way: ReverseWay = ReverseWay.FREE
    reverse_known: bool = False
    reuse: bool = True
    public: frozenset[str] | None = None
    challenge: Challenge | None = None


@dataclass
class Memories:
    """The memories of all servers of this run, by host and port. Safe from any thread."""

    _known: dict[tuple[str, int], ServerMemory] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, host: str, port: int) -> ServerMemory:
        """The memory of one server, empty at first."""
        with self._lock:
            return self._known.setdefault((host, port), ServerMemory())
