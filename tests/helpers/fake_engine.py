"""A playback engine without pictures: notes what it was asked, says what the test wants."""

from rta_viewer.core.playback import PlaybackListener, PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture


class FakeEngine:
    def __init__(self, camera_id: str, listener: PlaybackListener) -> None:
        self.camera_id = camera_id
        self.listener = listener
        self.calls: list[tuple[object, ...]] = []
        self.position: float | None = None
        self.closed = False
        self._status = PlaybackStatus()

    def seek(self, instant_ms: int, *, playing: bool) -> None:
        self.calls.append(("seek", instant_ms, playing))

    def play(self) -> None:
        self.calls.append(("play",))

    def pause(self) -> None:
        self.calls.append(("pause",))

    def set_speed(self, speed: float) -> None:
        self.calls.append(("speed", speed))

    def set_skip_gaps(self, skip: bool) -> None:
        self.calls.append(("skip_gaps", skip))

    def trim(self, factor: float) -> None:
        self.calls.append(("trim", factor))

    def wait(self, seconds: float) -> None:
        self.calls.append(("wait", seconds))

    def scrub(self, instant_ms: int) -> None:
        self.calls.append(("scrub", instant_ms))

    def step(self, pictures: int) -> None:
        self.calls.append(("step", pictures))

    def position_ms(self) -> float | None:
        return self.position

    def status(self) -> PlaybackStatus:
        return self._status

    def close(self) -> None:
        self.closed = True

    def show(
        self, instant_ms: float, state: PlaybackState = PlaybackState.PLAYING, **fields: object
    ) -> None:
        """The engine has come to an instant."""
        self.position = instant_ms
        self._status = PlaybackStatus(state, instant_ms, **fields)  # type: ignore[arg-type]
        self.listener.picture_shown(Picture(2, 2, 8, bytes(16), instant_ms))
        self.listener.status_changed(self._status)

    def say(self, state: PlaybackState, **fields: object) -> None:
        """Another state, the picture stays."""
        self._status = PlaybackStatus(state, **fields)  # type: ignore[arg-type]
        self.listener.status_changed(self._status)

    def asked(self, what: str) -> list[tuple[object, ...]]:
        """The calls of one kind."""
        return [call for call in self.calls if call[0] == what]


class FakeEngines:
    """The factory, remembering what it made."""

    def __init__(self) -> None:
        self.made: list[FakeEngine] = []

    def __call__(self, camera_id: str, listener: PlaybackListener) -> FakeEngine:
        self.made.append(FakeEngine(camera_id, listener))
        return self.made[-1]

    def of(self, camera_id: str) -> FakeEngine:
        return next(e for e in reversed(self.made) if e.camera_id == camera_id)
