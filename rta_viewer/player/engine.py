"""The playback engine of one tile: takes the operator's wishes, one thread fulfils them one by one."""

import logging
import threading

from rta_viewer.core.playback import PlaybackListener, PlaybackStatus
from rta_viewer.core.texts import tr
from rta_viewer.errors import Cancelled, MediaError, RtaError
from rta_viewer.player.conductor import CLOSE_LIMIT_S, Conductor
from rta_viewer.player.parts import EngineParts
from rta_viewer.player.wishes import Run, Scrub, Seek, SkipGaps, Speed, Step, Trim, Wait, WishBox

__all__ = ["EngineParts", "StreamEngine"]

_log = logging.getLogger(__name__)


class StreamEngine:
    """Implements :class:`~rta_viewer.core.playback.PlaybackEngine`."""

    def __init__(self, parts: EngineParts, listener: PlaybackListener) -> None:
        self._box = WishBox()
        self._conductor = Conductor(parts, listener, self._box)
        self._thread = threading.Thread(target=self._run, name="playback-engine", daemon=True)
        self._thread.start()

    def seek(self, instant_ms: int, *, playing: bool) -> None:
        """Show the last picture at or before the instant, then play on or stay."""
        self._box.post(Seek(instant_ms, playing))

    def play(self) -> None:
        """Go on from the picture on the screen."""
        self._box.post(Run(True))

    def pause(self) -> None:
        """Hold on the picture on the screen."""
        self._box.post(Run(False))

    def set_speed(self, speed: float) -> None:
        """Change the speed, keep the position."""
        self._box.post(Speed(speed))

    def trim(self, factor: float) -> None:
        """Play a little slower or faster than the chosen speed."""
        self._box.post(Trim(factor))

    def wait(self, seconds: float) -> None:
        """Hold the picture for a moment."""
        self._box.post(Wait(seconds))

    def set_skip_gaps(self, skip: bool) -> None:
        """Jump over stretches without footage, or wait through them."""
        self._box.post(SkipGaps(skip))

    def scrub(self, instant_ms: int) -> None:
        """Show a picture from there while the operator drags."""
        self._box.post(Scrub(instant_ms))

    def step(self, pictures: int) -> None:
        """Pause and move by whole pictures."""
        self._box.post(Step(pictures))

    def position_ms(self) -> float | None:
        """Instant of the picture on the screen."""
        return self._conductor.position_ms()

    def status(self) -> PlaybackStatus:
        """The whole state."""
        return self._conductor.status()

    @property
    def closed(self) -> bool:
        """True when its thread has ended."""
        return not self._thread.is_alive()

    def begin_close(self) -> None:
        """Ask for the end without waiting for it; :meth:`close` waits."""
        self._box.close()

    def close(self) -> None:
        """Stop and let go of everything. Waits for the engine's thread (bounded)."""
        self.begin_close()
        self._thread.join(CLOSE_LIMIT_S)
        if self._thread.is_alive():
            _log.error("a playback engine did not stop within %.0f s", CLOSE_LIMIT_S)

    def _run(self) -> None:
        conductor = self._conductor
        conductor.begin()
        while not self._box.closed:
            wish, cancel = self._box.take(conductor.next_turn_s())
            try:
                conductor.tick(cancel) if wish is None else conductor.fulfil(wish, cancel)
            except Cancelled:
                continue
            except RtaError as err:
                conductor.fail(err)
            except Exception:  # noqa: BLE001 - the thread's outermost line
                _log.exception("the playback engine failed at %r", wish)
                conductor.fail(
                    MediaError(tr("Playing stopped by an internal fault."), tr("See the log."))
                )
        conductor.end()
