"""What exists while somebody is signed in to a server."""

import logging
from dataclasses import dataclass, field

from rta_viewer.app.joined import Joined
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.model import ServerInfo
from rta_viewer.core.playback import PlaybackEngine, PlaybackListener
from rta_viewer.core.ports import Picture, Recorder
from rta_viewer.core.spans import Span
from rta_viewer.media.gop_cache import GopCache
from rta_viewer.media.rtsp.memory import Memories
from rta_viewer.media.rtsp.source import RtspReplaySource
from rta_viewer.platform.memory import give_back
from rta_viewer.player.engine import EngineParts, StreamEngine
from rta_viewer.player.locate import Locator, Window
from rta_viewer.player.shared_vlc import SharedVlc
from rta_viewer.ui.sign_in.request import SignInRequest

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Session:
    """One server, one user, and everything that plays from there.

    Attributes:
        others: Sessions at more servers that share the window; they end with this one.
    """

    recorder: Recorder
    info: ServerInfo
    request: SignInRequest
    vlc: SharedVlc
    clock: Clock
    cache: GopCache
    skip_gaps: bool = True
    others: tuple["Session", ...] = ()
    memories: Memories = field(default_factory=Memories)
    _engines: list[StreamEngine] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """How jobs name it: server address and user."""
        return self.info.address, self.request.username

    @property
    def joined(self) -> Joined:
        """All servers of the window as one."""
        return Joined(self, self.others)

    def part_of(self, camera_id: str) -> tuple["Session", str]:
        """The session that a camera belongs to, and the identifier that its server knows."""
        member, plain = self.joined.part_of(camera_id)
        return next(one for one in (self, *self.others) if one is member), plain

    def source(self, camera_id: str) -> RtspReplaySource:
        """A new source of a camera's footage; whoever asked closes it."""
        part, plain = self.part_of(camera_id)

        def grant_url(start_ms: int, end_ms: int, speed: int, cancel: CancelToken) -> str:
            grant = part.recorder.playback(
                plain,
                Span(start_ms, end_ms),
                speed=speed,
                skip_gaps=self.skip_gaps,
                cancel=cancel,
            )
            return grant.url

        access = part.recorder.stream_access()
        return RtspReplaySource(grant_url, access, memories=part.memories, sound=False)

    def engine(self, camera_id: str, listener: PlaybackListener) -> PlaybackEngine:
        """A new engine for one tile; whoever asked closes it."""
        source = self.source(camera_id)
        parts = EngineParts(camera_id, source, self.vlc.backend, self.cache, self.clock.now_ms)
        engine = StreamEngine(parts, listener)
        self._engines = [known for known in self._engines if not known.closed]
        self._engines.append(engine)
        return engine

    def still(self, camera_id: str, instant_ms: int, end_ms: int, cancel: CancelToken) -> Picture:
        """The last picture at or before the instant, else the first one after it; on a worker thread.

        Raises:
            NoFootageError, NetworkError, SignInError, MediaError, Cancelled: As the source says.
        """
        source = self.source(camera_id)
        try:
            locator = Locator(camera_id, source, self.cache)
            return locator.picture(Window(instant_ms, end_ms), cancel)
        finally:
            source.close()

    def close(self) -> None:
        """End all engines, sign out. May take a while."""
        for engine in self._engines:
            engine.begin_close()
        for engine in self._engines:
            engine.close()
        give_back()
        for other in self.others:
            other.close()
        self.recorder.close()
