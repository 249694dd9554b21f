"""Opening a stream so that the asked picture is at hand: what was received up to it, and the rest to come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rta_viewer.core.access_unit import AccessUnit
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import Picture, ReplaySource, ReplayStream
from rta_viewer.core.texts import tr
from rta_viewer.errors import NoFootageError
from rta_viewer.media import frames
from rta_viewer.media.gop_cache import CachedGop, GopCache, GopCollector
from rta_viewer.media.stills import StillDecoder

_MOST_KEY_PICTURES = 2_000

_AT_ONCE = 3
"""So many pictures are decoded sooner than anybody sees a difference."""


@dataclass(slots=True)
class Located:
    """An open stream, read up to the asked picture.

    Attributes:
        units: From a key picture on, in decode order, enough to decode the asked picture.
        picture_ms: The asked picture's own instant; later than asked when the stream began later.
        reorder_depth: See :func:`rta_viewer.media.frames.reorder_depth`.
        rest: The units after ``units``.
        stills: Decodes single pictures of it.
    """

    stream: ReplayStream
    rest: Iterator[AccessUnit]
    units: list[AccessUnit]
    picture_ms: float
    reorder_depth: int
    collector: GopCollector
    stills: StillDecoder

    def close(self) -> None:
        """Let go of the stream."""
        self.stream.close()


@dataclass(frozen=True, slots=True)
class Window:
    """What to open: from the instant, not past the end, for showing at a speed."""

    instant_ms: int
    end_ms: int
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class PreviewShows:
    """Who shows previews: ``near`` one from before the asked one, marked as such, ``exact`` that one."""

    near: Callable[[Picture], None]
    exact: Callable[[Picture], None]


class Locator:
    """Finds pictures of one camera, in the cache or on the server. One thread."""

    def __init__(self, camera_id: str, source: ReplaySource, cache: GopCache) -> None:
        self._camera_id = camera_id
        self._source = source
        self._cache = cache
        self._depths: dict[bytes, int] = {}
        self._stills = StillDecoder()

    def open(
        self,
        window: Window,
        cancel: CancelToken,
        watch: Callable[[AccessUnit], None] | None = None,
    ) -> Located:
        """Open a stream and read up to the asked picture.

        Args:
            window: What to open.
            cancel: Ends it, and the connection with it.
            watch: Sees each unit as it arrives; may raise to end the reading.

        Raises:
            NoFootageError: Nothing at or after the instant.
            NetworkError, SignInError, MediaError, Cancelled: As the source says.
        """
        stream = self._source.open(
            window.instant_ms,
            window.end_ms,
            speed=window.speed,
            key_frames_only=False,
            cancel=cancel,
        )
        try:
            return self._read_up_to(stream, window, cancel, watch)
        except BaseException:
            stream.close()
            raise

    def _read_up_to(
        self,
        stream: ReplayStream,
        window: Window,
        cancel: CancelToken,
        watch: Callable[[AccessUnit], None] | None,
    ) -> Located:
        instant_ms = window.instant_ms
        collector = GopCollector(self._cache, self._camera_id)
        rest = stream.units()
        units: list[AccessUnit] = []
        depth = 0
        later = 0
        next_key_ms: float | None = None
        for unit in rest:
            cancel.raise_if_cancelled()
            if not unit.format.codec.is_video:
                continue
            collector.add(unit)
            if unit.is_key:
                if not units or (later == 0 and unit.instant_ms <= instant_ms):
                    depth = collector.reorder_depth = self._reorder_depth(unit)
                    units = []
            elif not units or unit.instant_ms < units[0].instant_ms:
                # Pictures that lead the first key picture need what was before it.
                continue
            units.append(unit)
            if watch is not None:
                watch(unit)
            # With B-frames, pictures that are shown earlier may still follow, also after a key picture.
            later += unit.instant_ms > instant_ms
            if later > depth or (next_key_ms is not None and unit.instant_ms > next_key_ms):
                break
            if later and unit.is_key and len(units) > 1:
                next_key_ms = unit.instant_ms
        if not units:
            raise NoFootageError(tr("There is no footage at this time."))
        shown = [unit.instant_ms for unit in units if unit.instant_ms <= instant_ms]
        picture_ms = max(shown) if shown else units[0].instant_ms
        return Located(stream, rest, units, picture_ms, depth, collector, self._stills)

    def _reorder_depth(self, key_unit: AccessUnit) -> int:
        # Decoding a key picture to find out costs more than all the rest of opening a stream.
        sets = frames.parameter_sets(key_unit)
        if sets not in self._depths:
            self._depths = {sets: frames.reorder_depth(key_unit)}
        return self._depths[sets]

    def picture(self, window: Window, cancel: CancelToken) -> Picture:
        """The last picture at or before the instant, or the first one after it where there is none."""
        gop = self._cache.find(self._camera_id, window.instant_ms)
        if gop is not None:
            cached = self._stills.picture_at(gop.units, window.instant_ms, cancel)
            if cached is not None:
                return cached
        located = self.open(window, cancel)
        try:
            return still_of(located, cancel)
        finally:
            located.collector.end(complete=False)
            located.close()

    def preview(
        self,
        window: Window,
        cancel: CancelToken,
        superseded: CancelToken,
        shows: PreviewShows,
    ) -> None:
        """Show something from there at once, then the last picture at or before the instant.

        What comes at once is the nearest earlier picture of the same group that is at hand, or the
        group's key picture; it carries its own instant.

        Args:
            window: Where to look.
            cancel: As in :meth:`open`.
            superseded: The operator has dragged on: what was shown will do, and the connection stays.
            shows: Gets one picture or two.

        Raises:
            NoFootageError, NetworkError, SignInError, MediaError: As :meth:`open`.
            Cancelled: One of the tokens was set; something was shown if it was the second.
        """
        gop = self._cache.find(self._camera_id, window.instant_ms)
        if gop is not None:
            self._preview_cached(gop, window.instant_ms, superseded, shows)
        else:
            self._preview_opened(window, cancel, superseded, shows)

    def _preview_cached(
        self,
        gop: CachedGop,
        instant_ms: float,
        superseded: CancelToken,
        shows: PreviewShows,
    ) -> None:
        if self._stills.work(gop.units, instant_ms) > _AT_ONCE:
            near = self._stills.nearest(gop.units, instant_ms)
            near = near or self._stills.picture_at(gop.units[:1], gop.start_ms)
            if near is not None:
                shows.near(near)
        exact = self._stills.picture_at(gop.units, instant_ms, superseded)
        if exact is not None:
            shows.exact(exact)

    def _preview_opened(
        self,
        window: Window,
        cancel: CancelToken,
        superseded: CancelToken,
        shows: PreviewShows,
    ) -> None:
        def watch(unit: AccessUnit) -> None:
            if unit.is_key:
                self._keep(unit)
                key_picture = self._stills.picture_at([unit], unit.instant_ms)
                if key_picture is not None and unit.instant_ms <= window.instant_ms:
                    shows.near(key_picture)
            superseded.raise_if_cancelled()

        located = self.open(window, cancel, watch)
        try:
            shows.exact(still_of(located, superseded))
        finally:
            located.collector.end(complete=False)
            located.close()

    def cached_picture(self, instant_ms: float) -> Picture | None:
        """As :meth:`picture`, from the cache alone."""
        gop = self._cache.find(self._camera_id, instant_ms)
        return None if gop is None else self._stills.picture_at(gop.units, instant_ms)

    def picture_of(self, gop: CachedGop, instant_ms: float, cancel: CancelToken) -> Picture | None:
        """The last picture at or before the instant of a group that is at hand."""
        return self._stills.picture_at(gop.units, instant_ms, cancel)

    def forget_stills(self) -> None:
        """Let go of decoded pictures: nobody will step or drag for a while."""
        self._stills.forget()

    def key_pictures(
        self, window: Window, cancel: CancelToken, most: int = _MOST_KEY_PICTURES
    ) -> list[AccessUnit]:
        """The key pictures inside the window, in the order of recording; none where nothing was recorded.

        Raises:
            NetworkError, SignInError, MediaError, Cancelled: As the source says.
        """
        try:
            stream = self._source.open(
                window.instant_ms,
                window.end_ms,
                speed=window.speed,
                key_frames_only=True,
                cancel=cancel,
            )
        except NoFootageError:
            return []
        found: list[AccessUnit] = []
        try:
            for unit in stream.units():
                cancel.raise_if_cancelled()
                if unit.instant_ms >= window.end_ms:
                    break
                if unit.format.codec.is_video and unit.is_key:
                    found.append(unit)
                    self._keep(unit)
                    if len(found) >= most:
                        break  # the next one would have to be waited for
        finally:
            stream.close()
        return sorted(found, key=lambda unit: unit.instant_ms)

    def key_pictures_backwards(
        self, window: Window, length_ms: int, cancel: CancelToken
    ) -> Iterator[AccessUnit]:
        """The key pictures at and before the window's instant, the latest first, as the source sends them.

        Args:
            window: The instant and the (positive) speed.
            length_ms: How far back.
            cancel: Ends it.

        Raises:
            NotOfferedError: The source does not play backwards.
            NoFootageError, NetworkError, SignInError, MediaError, Cancelled: As the source says.
        """
        stream = self._source.open(
            window.instant_ms,
            window.instant_ms - length_ms,
            speed=-window.speed,
            key_frames_only=True,
            cancel=cancel,
        )
        try:
            for unit in stream.units():
                cancel.raise_if_cancelled()
                if unit.format.codec.is_video and unit.is_key:
                    self._keep(unit)
                    yield unit
        finally:
            stream.close()

    def _keep(self, key_unit: AccessUnit) -> None:
        gop = CachedGop(key_unit.instant_ms, key_unit.instant_ms + 1, False, (key_unit,))
        self._cache.put(self._camera_id, gop)

    def gop(self, window: Window, cancel: CancelToken) -> CachedGop:
        """The whole group of pictures that covers the instant, or the next one after it."""
        gop = self._cache.find(self._camera_id, window.instant_ms)
        if gop is not None and gop.complete:
            return gop
        located = self.open(window, cancel)
        try:
            return self._whole(located, located.units[0].instant_ms, cancel)
        finally:
            located.close()

    def gop_after(self, window: Window, cancel: CancelToken) -> CachedGop | None:
        """The whole group behind the one that covers the instant, over any gap; None at the end."""
        located = self.open(window, cancel)
        try:
            later = (unit for unit in located.units if unit.instant_ms > window.instant_ms)
            start_ms = next((unit.instant_ms for unit in later if unit.is_key), None)
            while start_ms is None:
                cancel.raise_if_cancelled()
                unit = next(located.rest, None)
                if unit is None:
                    return None
                if unit.format.codec.is_video:
                    located.collector.add(unit)
                    if unit.is_key and unit.instant_ms > window.instant_ms:
                        start_ms = unit.instant_ms
            return self._whole(located, start_ms, cancel)
        finally:
            located.close()

    def _whole(self, located: Located, start_ms: float, cancel: CancelToken) -> CachedGop:
        """Read on until the group that starts there is whole: the next one begins, also behind a gap."""

        def is_behind_gap(unit: AccessUnit) -> bool:
            return unit.is_key and unit.discontinuity and unit.instant_ms > start_ms

        ended = any(map(is_behind_gap, located.units))
        while self._complete(start_ms) is None and not ended:
            cancel.raise_if_cancelled()
            unit = next(located.rest, None)
            if unit is None:
                ended = True
            elif unit.format.codec.is_video:
                located.collector.add(unit)
                ended = is_behind_gap(unit)
        located.collector.end(complete=False, settled=ended)
        found = self._cache.find(self._camera_id, start_ms)
        if found is None:
            raise NoFootageError(tr("There is no footage at this time."))
        return found

    def _complete(self, start_ms: float) -> CachedGop | None:
        gop = self._cache.find(self._camera_id, start_ms)
        return gop if gop is not None and gop.complete else None


def still_of(located: Located, cancel: CancelToken) -> Picture:
    """Decode the asked picture of a located stream."""
    picture = located.stills.picture_at(located.units, located.picture_ms, cancel)
    if picture is None:
        raise NoFootageError(tr("There is no footage at this time."))
    return picture
