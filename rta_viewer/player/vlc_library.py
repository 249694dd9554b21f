r"""Finding and loading libVLC 3. The binding looks for the library when it is imported, so this comes first.

Windows: a VLC folder inside the program's own folder (installed program), else the registry's
``Software\VideoLAN\\VLC``, else Program Files. Elsewhere: what the system's loader finds.
"""

import ctypes
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from rta_viewer.core.texts import mark, tr
from rta_viewer.errors import MediaError
from rta_viewer.platform.memory import share_one_heap

_log = logging.getLogger(__name__)
_lock = threading.Lock()

INSTALL_HINT = (
    mark("Install VLC 3 (64 bit) from videolan.org and start again.")
    if sys.platform == "win32"
    else mark(
        "Install libVLC 3 (Debian, Ubuntu: apt install libvlc5 vlc-plugin-base) and start again."
    )
)


def _registry_folders() -> Iterator[Path]:
    yield from ()
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"Software\VideoLAN\VLC") as key:
                    yield Path(winreg.QueryValueEx(key, "InstallDir")[0])
            except OSError:
                continue


def _windows_folders() -> Iterator[Path]:
    yield Path(sys.executable).parent / "vlc"
    yield from _registry_folders()
    for variable in ("ProgramFiles", "ProgramW6432"):
        if base := os.environ.get(variable):
            yield Path(base) / "VideoLAN" / "VLC"


def _prepare_windows() -> None:
    for folder in _windows_folders():
        library = folder / "libvlc.dll"
        if library.is_file():
            if sys.platform == "win32":
                os.add_dll_directory(str(folder))
            os.environ["PYTHON_VLC_LIB_PATH"] = str(library)
            os.environ["PYTHON_VLC_MODULE_PATH"] = str(folder)
            return


def load_binding() -> ModuleType:
    """Import python-vlc with its library, once.

    Raises:
        MediaError: There is no libVLC, or one for another processor or of another major version.
    """
    with _lock:
        share_one_heap()
        if sys.platform == "win32" and "vlc" not in sys.modules:
            _prepare_windows()
        try:
            import vlc
        except (SystemExit, OSError, NotImplementedError, AttributeError, ImportError) as err:
            _log.warning("libVLC could not be loaded: %s", err)
            raise MediaError(tr("libVLC could not be loaded."), tr(INSTALL_HINT)) from err
    if vlc.dll is None:
        raise MediaError(tr("libVLC was not found."), tr(INSTALL_HINT))
    version = _version_of(vlc)
    if not version.startswith("3."):
        raise MediaError(
            tr("libVLC {version} is not supported, version 3 is needed.", version=version),
            tr(INSTALL_HINT),
        )
    return vlc  # type: ignore[no-any-return]


def _version_of(vlc: ModuleType) -> str:
    function = vlc.dll.libvlc_get_version
    function.restype = ctypes.c_char_p
    text = (function() or b"").decode("utf-8", "replace")
    return text.split(" ", 1)[0]


def libvlc_version() -> str | None:
    """``3.0.24`` and the like, or None when there is no usable libVLC. Never raises."""
    try:
        return _version_of(load_binding())
    except MediaError:
        return None
