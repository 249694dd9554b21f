"""libVLC as a player backend: the only module that calls it.

Pictures are rendered into memory (``libvlc_video_set_callbacks``) at the size of the source, 32 bits a
pixel. Every medium gets a player of its own, so that a new one starts while the old one is still being
torn down: ``stop`` can take seconds and runs on one teardown thread per library.

libVLC is not re-entrant: its callbacks arrive on its own threads and may only take note.
"""

import ctypes
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from rta_viewer.core.ports import BackendListener, MediaRequest
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError
from rta_viewer.platform.memory import give_back
from rta_viewer.player.vlc_library import INSTALL_HINT, load_binding
from rta_viewer.player.vout_buffers import VoutBuffers

_log = logging.getLogger(__name__)

NETWORK_CACHING_MS = 200
"""Below 100 pictures are lost from 2x on; above 300 a seek only gets slower."""

_ARGUMENTS = (
    "--quiet",
    "--no-interact",
    "--keystore=none",  # without it a Linux without D-Bus can block 90 s
    "--no-osd",
    "--no-spu",
    "--no-video-title-show",
    "--no-snapshot-preview",
    "--no-stats",
    "--no-lua",
    "--no-mouse-events",
    "--no-keyboard-events",
    # Dropping takes as much decoding and shows less; when all are late, it shows nothing.
    "--no-drop-late-frames",
    # Who is late by more than this shall take the delay as given; libVLC would throw away all that it has.
    "--clock-jitter=0",
    # What cannot be decoded whole is not shown: the picture before it stays until the next key picture.
    "--no-avcodec-corrupted",
    # Tried and given up at each start otherwise: pictures are wanted in memory, converted as ours are.
    "--avcodec-hw=none",
    "--text-renderer=none",
)

_TEARDOWN_LIMIT_S = 10.0

_SETTLED_S = 2.0
"""So long after something was closed nobody holds its pictures any more."""

_MOST_PADDING = 64
"""Decoders fill up to whole blocks: 16 (H.264) or 64 (H.265) pixels."""

_PointerArray = ctypes.POINTER(ctypes.c_void_p)
_UnsignedPointer = ctypes.POINTER(ctypes.c_uint)
# The binding types the chroma argument as a copied string; it has to be written to.
_FormatCallback = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    _PointerArray,
    ctypes.c_void_p,
    _UnsignedPointer,
    _UnsignedPointer,
    _UnsignedPointer,
    _UnsignedPointer,
)
_CleanupCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_LockCallback = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, _PointerArray)
_DisplayCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class VlcLibrary:
    """One libVLC instance with its teardown thread; makes backends."""

    def __init__(self) -> None:
        """Load libVLC.

        Raises:
            MediaError: It is missing, unsuitable, or refuses to start.
        """
        self._vlc = load_binding()
        self._instance = self._vlc.Instance(list(_ARGUMENTS))
        if self._instance is None:
            raise MediaError(tr("libVLC did not start."), tr(INSTALL_HINT))
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._gives_back = False
        self._thread = threading.Thread(target=self._run, name="media-teardown", daemon=True)
        self._thread.start()

    def backend(self) -> "VlcBackend":
        """A new backend on this library."""
        return VlcBackend(self)

    def new_run(self, request: MediaRequest, listener: BackendListener) -> "_Run":
        """Start playing one medium with a player of its own."""
        return _Run(self._vlc, self._instance, request, listener)

    def tear_down(self, run: "_Run") -> None:
        """Stop and release on the teardown thread."""
        self._work.put(run.release)

    def flush(self, timeout_s: float) -> bool:
        """Wait until all teardown that was asked for is done; False when that took too long.

        For whoever closes: what others let go of a little later is given back to the system, too.
        """
        done = threading.Event()

        def reached() -> None:
            self._gives_back = True
            done.set()

        self._work.put(reached)
        return done.wait(timeout_s)

    def close(self) -> None:
        """Finish the teardown and release libVLC. Backends must be closed before."""
        self._work.put(None)
        self._thread.join(_TEARDOWN_LIMIT_S)
        if self._thread.is_alive():
            _log.error("libVLC did not stop within %.0f s; it is left behind", _TEARDOWN_LIMIT_S)
            return
        self._instance.release()

    def _run(self) -> None:
        while (work := self._next_work()) is not None:
            try:
                work()
            except Exception:  # noqa: BLE001 - the thread's outermost line
                _log.exception("tearing down a player failed")

    def _next_work(self) -> Callable[[], None] | None:
        while True:
            try:
                return self._work.get(timeout=_SETTLED_S if self._gives_back else None)
            except queue.Empty:
                self._gives_back = False
                give_back()


class VlcBackend:
    """Implements :class:`~rta_viewer.core.ports.PlayerBackend`. Safe from any thread."""

    def __init__(self, library: VlcLibrary) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._run: _Run | None = None

    def play(self, request: MediaRequest, listener: BackendListener) -> None:
        """Start the medium; what played before is silenced at once and torn down elsewhere."""
        with self._lock:
            self._drop_locked()
            self._run = self._library.new_run(request, listener)

    def set_paused(self, paused: bool) -> None:
        """Hold or go on."""
        with self._lock:
            if self._run is not None:
                self._run.set_paused(paused)

    def set_rate(self, rate: float) -> None:
        """Change the speed of what plays."""
        with self._lock:
            if self._run is not None:
                self._run.set_rate(rate)

    def stop(self) -> None:
        """Stop playing; teardown goes on elsewhere."""
        with self._lock:
            self._drop_locked()

    def close(self) -> None:
        """Stop and wait until libVLC let go (bounded)."""
        self.stop()
        if not self._library.flush(_TEARDOWN_LIMIT_S):
            _log.warning("a libVLC player is still stopping after %.0f s", _TEARDOWN_LIMIT_S)

    def _drop_locked(self) -> None:
        if self._run is not None:
            self._run.silence()
            self._library.tear_down(self._run)
            self._run = None


class _Run:
    """One player with one medium, and the buffers it renders into."""

    def __init__(
        self, vlc: Any, instance: Any, request: MediaRequest, listener: BackendListener
    ) -> None:
        self._listener: BackendListener | None = listener
        self._request = request
        self._lock = threading.Lock()
        self._buffers = VoutBuffers()
        self._player = instance.media_player_new()
        self._callbacks: tuple[Any, ...] = (
            _LockCallback(self._on_lock),
            _DisplayCallback(self._on_display),
            _FormatCallback(self._on_format),
            _CleanupCallback(self._on_cleanup),
        )
        self._install_callbacks(vlc)
        self._medium = self._new_medium(instance, request)
        self._player.set_media(self._medium)
        # The player's own method remembers its answers, and so every player, for as long as the program runs.
        events = vlc.libvlc_media_player_event_manager(self._player)
        kinds = vlc.EventType
        events.event_attach(kinds.MediaPlayerEndReached, self._on_ended)
        events.event_attach(kinds.MediaPlayerEncounteredError, self._on_failed)
        self._events = events
        self._event_kinds = (kinds.MediaPlayerEndReached, kinds.MediaPlayerEncounteredError)
        self._player.play()
        self._player.set_rate(request.rate)
        if request.paused:
            self._player.set_pause(1)

    def _install_callbacks(self, vlc: Any) -> None:
        handle = ctypes.c_void_p(ctypes.cast(self._player, ctypes.c_void_p).value)
        lock, display, setup, cleanup = self._callbacks
        callbacks = ctypes.CFUNCTYPE(
            None, ctypes.c_void_p, _LockCallback, ctypes.c_void_p, _DisplayCallback, ctypes.c_void_p
        )(("libvlc_video_set_callbacks", vlc.dll))
        formats = ctypes.CFUNCTYPE(None, ctypes.c_void_p, _FormatCallback, _CleanupCallback)(
            ("libvlc_video_set_format_callbacks", vlc.dll)
        )
        # Nothing is to be done on unlocking; each call into Python waits for the interpreter.
        callbacks(handle, lock, None, display, None)
        formats(handle, setup, cleanup)

    @staticmethod
    def _new_medium(instance: Any, request: MediaRequest) -> Any:
        is_url = request.locator.startswith("http://127.0.0.1:")
        medium = (
            instance.media_new_location(request.locator)
            if is_url
            else instance.media_new_path(request.locator)
        )
        medium.add_option(f":network-caching={NETWORK_CACHING_MS + request.reserve_ms}")
        # Late pictures must still be decoded: others are predicted from them.
        medium.add_option(":no-avcodec-hurry-up")
        if request.demuxer:
            medium.add_option(f":demux={request.demuxer}")
        if not request.audio:
            medium.add_option(":no-audio")
        if request.key_frames_only:
            medium.add_option(":avcodec-skip-frame=3")
        return medium

    def set_paused(self, paused: bool) -> None:
        self._player.set_pause(1 if paused else 0)

    def set_rate(self, rate: float) -> None:
        self._player.set_rate(rate)

    def silence(self) -> None:
        """Report nothing from now on."""
        with self._lock:
            self._listener = None

    def release(self) -> None:
        """Stop and free, on the teardown thread. The callbacks live until libVLC has let go."""
        for kind in self._event_kinds:
            self._events.event_detach(kind)
        self._player.stop()
        self._player.set_media(None)
        self._player.release()
        self._medium.release()
        self._buffers.clear()
        # They refer to this object, which would live until somebody looks for cycles.
        self._callbacks = ()
        self._request = MediaRequest("")

    def _on_format(
        self, opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any
    ) -> int:
        ctypes.memmove(chroma, b"RV32", 4)
        # libVLC offers the decoder's padded size here, and would stretch the picture to it.
        width[0], height[0] = self._true_size(width[0], height[0])
        # What is put here comes with each call for this output.
        opaque[0], pitches[0] = self._buffers.begin(width[0], height[0])
        lines[0] = height[0]
        return 1

    def _true_size(self, width: int, height: int) -> tuple[int, int]:
        """The expected size that a decoder pads to this; the first one asked for, when there is but one."""
        request = self._request
        first = (request.width, request.height)
        expected = {size for size in (first, *request.later_sizes()) if all(size)}
        padded = [
            size
            for size in expected
            if 0 <= width - size[0] < _MOST_PADDING and 0 <= height - size[1] < _MOST_PADDING
        ]
        if padded:
            return max(padded)
        return expected.pop() if len(expected) == 1 else (width, height)

    def _on_cleanup(self, output: int | None) -> None:
        self._buffers.end(output or 0)

    def _on_lock(self, output: int | None, planes: Any) -> int:
        picture_id, planes[0] = self._buffers.lend(output or 0)
        return picture_id

    def _on_display(self, output: int | None, picture_id: int | None) -> None:
        picture = self._buffers.shown(output or 0, picture_id or 0)
        with self._lock:
            listener = self._listener
        if listener is not None and picture is not None:
            listener.picture_shown(picture)

    def _on_ended(self, _event: Any) -> None:
        with self._lock:
            listener = self._listener
        if listener is not None:
            listener.media_ended()

    def _on_failed(self, _event: Any) -> None:
        with self._lock:
            listener = self._listener
        if listener is not None:
            listener.media_failed()
