"""Mistakes that the server makes when told to, so that clients can be tested against them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

_GARBAGE = bytes(range(0x80, 0x100)) * 4


class Verdict(Enum):
    """What happens after some packets were queued."""

    GO_ON = "go_on"
    DROP_CONNECTION = "drop_connection"
    FALL_SILENT = "fall_silent"


@dataclass(slots=True)
class _Fault:
    times: int | None
    method: str = ""
    number: float = 0.0
    data: bytes = b""

    def use(self) -> bool:
        """Count one use; False when all are used up."""
        if self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class RtspFaults:
    """Faults of one server. Each method orders one; ``times`` None means until :meth:`clear`.

    Orders of the same kind add up, the oldest is used first. Safe from any thread; packet faults take
    effect in streams that already play. "After n packets" counts RTP packets since the PLAY.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: dict[str, list[_Fault]] = {}

    def drop_after_packets(self, packets: int, times: int | None = 1) -> None:
        """Cut the connection."""
        self._order("drop_after", _Fault(times, number=packets))

    def drop_at(self, method: str, times: int | None = 1) -> None:
        """Cut the connection instead of answering."""
        self._order("drop_at", _Fault(times, method=method))

    def silence_after_packets(self, packets: int, times: int | None = 1) -> None:
        """Send no more media; the connection stays and answers."""
        self._order("silence", _Fault(times, number=packets))

    def garbage_after_packets(
        self, packets: int, data: bytes = _GARBAGE, times: int | None = 1
    ) -> None:
        """Write bytes between packets that are no frame and no answer."""
        self._order("garbage", _Fault(times, number=packets, data=data))

    def refuse(self, method: str, status: int, times: int | None = 1) -> None:
        """Answer with a status, doing nothing."""
        self._order("refuse", _Fault(times, method=method, number=status))

    def delay_answers(self, seconds: float, method: str = "", times: int | None = 1) -> None:
        """Answer late, to one method or (empty) to any."""
        self._order("delay", _Fault(times, method=method, number=seconds))

    def never_answer(self, method: str, times: int | None = 1) -> None:
        """Take the request and say nothing."""
        self._order("never", _Fault(times, method=method))

    def wrong_cseq(self, times: int | None = 1) -> None:
        """Answer with another sequence number."""
        self._order("cseq", _Fault(times))

    def wrong_rtptime(self, offset: int, times: int | None = 1) -> None:
        """Add an offset, in RTP clock units, to ``rtptime`` of a PLAY answer."""
        self._order("rtptime", _Fault(times, number=offset))

    def lose_every(self, nth: int, times: int | None = None) -> None:
        """Leave out every nth RTP packet; ``times`` counts lost packets."""
        self._order("lose", _Fault(times, number=nth))

    def corrupt_payloads(self, nth: int, times: int | None = 1) -> None:
        """Overwrite the middle of every nth RTP payload; ``times`` counts packets."""
        self._order("corrupt", _Fault(times, number=nth))

    def forget_session(self, times: int | None = 1) -> None:
        """End the session named by the next request, which is answered with 454."""
        self._order("forget", _Fault(times))

    def clear(self) -> None:
        """Make no more mistakes."""
        with self._lock:
            self._orders.clear()

    def _order(self, kind: str, fault: _Fault) -> None:
        with self._lock:
            self._orders.setdefault(kind, []).append(fault)

    def _use(self, kind: str, applies: Callable[[_Fault], bool] = lambda _: True) -> _Fault | None:
        with self._lock:
            for fault in self._orders.get(kind, ()):
                if applies(fault) and fault.use():
                    return fault
            return None

    def _use_for(self, kind: str, method: str) -> _Fault | None:
        return self._use(kind, lambda fault: fault.method in {"", method})

    # What the server asks.

    def drops(self, method: str) -> bool:
        """The connection is to be cut at this request."""
        return self._use_for("drop_at", method) is not None

    def ignores(self, method: str) -> bool:
        """The request is to stay without an answer."""
        return self._use_for("never", method) is not None

    def forgets(self) -> bool:
        """The session is to be forgotten."""
        return self._use("forget") is not None

    def refusal(self, method: str) -> int | None:
        """The status to refuse with."""
        fault = self._use_for("refuse", method)
        return int(fault.number) if fault else None

    def delay_s(self, method: str) -> float:
        """How long to wait before answering."""
        fault = self._use_for("delay", method)
        return fault.number if fault else 0.0

    def answered_cseq(self, cseq: int) -> int:
        """The sequence number to answer with."""
        return cseq + 1000 if self._use("cseq") else cseq

    def rtptime_offset(self) -> int:
        """What to add to ``rtptime``."""
        fault = self._use("rtptime")
        return int(fault.number) if fault else 0

    def on_packets(self, sent: int, packets: Sequence[bytes]) -> tuple[list[bytes], Verdict]:
        """What becomes of interleaved RTP packets when ``sent`` were sent since the PLAY."""
        with self._lock:
            if not self._orders:
                return list(packets), Verdict.GO_ON
        packets, verdict = self._cut(sent, packets)
        kept: list[bytes] = []
        for number, packet in enumerate(packets, start=sent + 1):
            if garbage := self._use("garbage", partial(_reached, number)):
                kept.append(garbage.data)
            if self._use("lose", partial(_is_nth, number)):
                continue
            corrupt = self._use("corrupt", partial(_is_nth, number))
            kept.append(_corrupted(packet) if corrupt else packet)
        return kept, verdict

    def _cut(self, sent: int, packets: Sequence[bytes]) -> tuple[Sequence[bytes], Verdict]:
        reached = sent + len(packets)
        for kind, verdict in (
            ("drop_after", Verdict.DROP_CONNECTION),
            ("silence", Verdict.FALL_SILENT),
        ):
            if fault := self._use(kind, partial(_reached, reached)):
                return packets[: max(0, int(fault.number) - sent)], verdict
        return packets, Verdict.GO_ON


def _reached(number: int, fault: _Fault) -> bool:
    return number > fault.number


def _is_nth(number: int, fault: _Fault) -> bool:
    return number % max(1, int(fault.number)) == 0


def _corrupted(packet: bytes) -> bytes:
    """The interleaved packet with the middle half of what follows its RTP header overwritten."""
    start = min(len(packet), 4 + 12 + 16 + 8)
    quarter = (len(packet) - start) // 4
    middle = bytes(byte ^ 0x5A for byte in packet[start + quarter : len(packet) - quarter])
    return packet[: start + quarter] + middle + packet[len(packet) - quarter :]
