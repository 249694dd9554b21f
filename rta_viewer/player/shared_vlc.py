"""libVLC, loaded when it is first needed and shared by all tiles."""

import threading

from rta_viewer.core.ports import PlayerBackend
from rta_viewer.core.texts import tr
from rta_viewer.errors import MediaError
from rta_viewer.player.vlc_backend import VlcLibrary


class SharedVlc:
    """Safe from any thread. Loading takes some tenths of a second: not on the GUI thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library: VlcLibrary | None = None
        self._closed = False

    def backend(self) -> PlayerBackend:
        """A new backend.

        Raises:
            MediaError: There is no usable libVLC, or the program is ending.
        """
        with self._lock:
            if self._closed:
                raise MediaError(tr("The program is ending."))
            if self._library is None:
                self._library = VlcLibrary()
            return self._library.backend()

    def close(self) -> None:
        """Release it. Backends must be closed before."""
        with self._lock:
            self._closed = True
            library, self._library = self._library, None
        if library is not None:
            library.close()
