"""Decoding single pictures one after another without decoding the same twice.

A picture is decoded from its group's key picture on. Whoever steps, drags or stops wants neighbours: the
decoder is kept where it stands, and the pictures that it gave last are remembered, within a bound.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from av.video.frame import VideoFrame

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError
from rta_viewer.media.frames import GroupDecoder, to_picture

DEFAULT_LIMIT_BYTES = 96 * 1024 * 1024
"""Thirty pictures of 1920x1080: stepping back, one in thirty has to be decoded from the key picture on."""

_Key = tuple[float, int]


class StillDecoder:
    """Pictures of one camera, converted for the screen. One thread.

    Args:
        limit_bytes: Bound on the decoded pictures that are remembered; one always is.
    """

    def __init__(self, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._frames: OrderedDict[_Key, VideoFrame] = OrderedDict()
        self._decoder: GroupDecoder | None = None
        self._drained = False
        self._fed: list[AccessUnit] = []
        self._by_ticks: dict[int, AccessUnit] = {}
        self._newest_ms = float("-inf")
        self._spent_s = 0.0
        self._decode_s = 0.0

    @property
    def decode_ms(self) -> float:
        """What decoding one picture took lately, on average, in wall-clock time; 0 before the first."""
        return self._decode_s * 1000

    @property
    def size_bytes(self) -> int:
        """Bytes of decoded pictures held."""
        return self._size_bytes

    def picture_at(
        self, units: Sequence[AccessUnit], instant_ms: float, cancel: CancelToken | None = None
    ) -> Picture | None:
        """The last picture at or before the instant; None when no unit is that early.

        Args:
            units: One group of pictures in decode order, from its key picture on; the end may be missing.
            instant_ms: UTC milliseconds.
            cancel: Looked at between pictures; what was decoded so far is of use to the next call.

        Raises:
            MediaError: The data does not decode.
            Cancelled: The token was set.
        """
        candidates = sorted(
            (unit for unit in units if unit.instant_ms <= instant_ms),
            key=lambda unit: unit.instant_ms,
        )
        if not candidates:
            return None
        wanted = candidates[-1]
        if _key(wanted) not in self._frames:
            try:
                self._decode_up_to(units, wanted, cancel)
            except MediaError:
                self.forget()
                raise
        # Pictures that need what was not received give nothing; the one before stands in their place.
        found = next((unit for unit in reversed(candidates) if _key(unit) in self._frames), None)
        if found is None:
            raise MediaError(tr("The recording could not be decoded at this instant."))
        self._frames.move_to_end(_key(found))
        return to_picture(self._frames[_key(found)], found.instant_ms)

    def nearest(self, units: Sequence[AccessUnit], instant_ms: float) -> Picture | None:
        """The latest remembered picture of the group at or before the instant; decodes nothing."""
        at_hand = [
            unit for unit in units if unit.instant_ms <= instant_ms and _key(unit) in self._frames
        ]
        if not at_hand:
            return None
        found = max(at_hand, key=lambda unit: unit.instant_ms)
        return to_picture(self._frames[_key(found)], found.instant_ms)

    def work(self, units: Sequence[AccessUnit], instant_ms: float) -> int:
        """How many units :meth:`picture_at` would have to decode."""
        upto = [number for number, unit in enumerate(units) if unit.instant_ms <= instant_ms]
        wanted = max(
            (units[number] for number in upto), key=lambda unit: unit.instant_ms, default=None
        )
        if wanted is None or _key(wanted) in self._frames:
            return 0
        begun = len(self._fed) if self._continues(units, wanted) else 0
        return max(1, upto[-1] + 1 - begun)

    def forget(self) -> None:
        """Let go of all pictures and of the decoder."""
        self._frames.clear()
        self._size_bytes = 0
        self._fed = []
        self._by_ticks = {}
        self._decoder = None

    def _decode_up_to(
        self, units: Sequence[AccessUnit], wanted: AccessUnit, cancel: CancelToken | None
    ) -> None:
        decoder = self._decoder
        if decoder is None or not self._continues(units, wanted):
            decoder = self._restart(units[0])
        for unit in units[len(self._fed) :]:
            if cancel is not None:
                cancel.raise_if_cancelled()
            self._fed.append(unit)
            self._by_ticks[GroupDecoder.ticks(unit.instant_ms, units[0].instant_ms)] = unit
            if self._remember(self._timed(decoder, unit), wanted):
                return
        self._remember(decoder.drain(), wanted)
        self._drained = True

    def _timed(self, decoder: GroupDecoder, unit: AccessUnit) -> list[VideoFrame]:
        began_s = time.perf_counter()
        decoded = decoder.feed(unit)
        self._spent_s += time.perf_counter() - began_s
        self._decode_s = self._spent_s / len(self._fed)
        return decoded

    def _continues(self, units: Sequence[AccessUnit], wanted: AccessUnit) -> bool:
        return (
            self._decoder is not None
            and not self._drained
            and self._newest_ms < wanted.instant_ms
            and len(self._fed) <= len(units)
            and all(map(_is_same, self._fed, units))
        )

    def _restart(self, key_unit: AccessUnit) -> GroupDecoder:
        self._fed = []
        self._by_ticks = {}
        self._drained = False
        self._spent_s = 0.0
        self._newest_ms = float("-inf")
        decoder = self._decoder
        if decoder is not None and decoder.media_format == key_unit.format:
            decoder.restart(key_unit.instant_ms)
        else:
            decoder = self._decoder = GroupDecoder(key_unit.format, key_unit.instant_ms)
        return decoder

    def _remember(self, decoded: Iterable[VideoFrame], wanted: AccessUnit) -> bool:
        """Keep pictures; True when the wanted one was among them. It is never the one that goes."""
        found = False
        for frame in decoded:
            unit = None if frame.pts is None else self._by_ticks.get(frame.pts)
            if unit is None:
                continue
            self._newest_ms = max(self._newest_ms, unit.instant_ms)
            self._put(unit, frame)
            if unit is wanted:
                found = True
            elif found:
                self._frames.move_to_end(_key(wanted))
        return found

    def _put(self, unit: AccessUnit, frame: VideoFrame) -> None:
        known = self._frames.pop(_key(unit), None)
        if known is not None:
            self._size_bytes -= _size(known)
        self._frames[_key(unit)] = frame
        self._size_bytes += _size(frame)
        while self._size_bytes > self._limit_bytes and len(self._frames) > 1:
            self._size_bytes -= _size(self._frames.popitem(last=False)[1])


def _key(unit: AccessUnit) -> _Key:
    return unit.instant_ms, len(unit.data)


def _is_same(one: AccessUnit, other: AccessUnit) -> bool:
    return one is other or (one.instant_ms == other.instant_ms and one.data == other.data)


def _size(frame: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)
