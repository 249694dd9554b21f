"""The same task by others: libVLC on a local file (the floor), FFmpeg's own RTSP client."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import av

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import BackendListener, MediaRequest
from rta_viewer.media.frames import ffmpeg_version
from rta_viewer.player.vlc_backend import VlcLibrary, _Run
from rta_viewer.player.vlc_library import libvlc_version
from tests.benchmarks.playing.chain import Chain
from tests.benchmarks.playing.footage import FIRST_MS, PICTURE_MS, Footage, picture_at
from tests.benchmarks.playing.screen import Screen, Shown

_ONE_PICTURE_LIMIT_S = 60.0


class _RunFrom(_Run):
    """A libVLC player that starts at a time, exactly (no fast seek)."""

    start_s = 0.0

    @staticmethod
    def _new_medium(instance: Any, request: MediaRequest) -> Any:
        medium = _Run._new_medium(instance, request)
        medium.add_option(f":start-time={_RunFrom.start_s:.3f}")
        return medium


def floor_by_opening(
    library: VlcLibrary, path: Path, footage: Footage, instants: Sequence[int]
) -> list[float]:
    """Milliseconds from opening the file with ``:start-time`` to the asked picture."""
    found = []
    request = MediaRequest(str(path), width=footage.width, height=footage.height)
    for instant_ms in instants:
        screen = Screen()
        _RunFrom.start_s = (picture_at(instant_ms) - FIRST_MS) / 1000
        began_s = time.monotonic()
        run = _RunFrom(library._vlc, library._instance, request, screen)
        shown = screen.wait_for(lambda each, at=instant_ms: _is_asked(each, at))
        found.append((shown.at_s - began_s) * 1000)
        _end(library, run)
    return found


def floor_by_seeking(
    library: VlcLibrary, path: Path, footage: Footage, instants: Sequence[int]
) -> list[float]:
    """Milliseconds from ``set_time`` on a paused, open file to the asked picture."""
    screen = Screen()
    listener: BackendListener = screen
    request = MediaRequest(str(path), width=footage.width, height=footage.height)
    run = library.new_run(request, listener)
    try:
        screen.wait_for(lambda shown: shown.code_ms is not None)
        run.set_paused(True)
        _settle(screen)
        found = []
        for instant_ms in instants:
            screen.forget()
            began_s = time.monotonic()
            run._player.set_time(picture_at(instant_ms) - FIRST_MS)
            shown = screen.wait_for(lambda each, at=instant_ms: _is_asked(each, at))
            found.append((shown.at_s - began_s) * 1000)
            _settle(screen)
        return found
    finally:
        _end(library, run)


def _is_asked(shown: Shown, instant_ms: int) -> bool:
    """Within a picture: libVLC rounds to its own clock."""
    return shown.code_ms is not None and abs(shown.code_ms - picture_at(instant_ms)) <= PICTURE_MS


def _settle(screen: Screen) -> None:
    """Let libVLC finish what it does: it displays a paused picture again several times a second."""
    time.sleep(0.15)
    screen.forget()


def _end(library: VlcLibrary, run: _Run) -> None:
    run.silence()
    library.tear_down(run)
    library.flush(_ONE_PICTURE_LIMIT_S)


def ffmpeg_opens(
    chain: Chain, camera: str, footage: Footage, instants: Sequence[int]
) -> list[float]:
    """Milliseconds until FFmpeg gives the first decoded picture of the same RTSP URL.

    The ``ffmpeg`` program, started for it as a user would; without one, the FFmpeg inside PyAV. It shows the
    key picture, not the asked one: FFmpeg has no way to ask for a wall-clock time.
    """
    program = shutil.which("ffmpeg")
    found = []
    for instant_ms in instants:
        url = _url(chain, camera, footage, instant_ms)
        found.append(_by_program(program, url, footage) if program else _by_library(url))
    return found


def players_open(
    chain: Chain, camera: str, footage: Footage, instants: Sequence[int]
) -> dict[str, list[float]]:
    """Milliseconds until the players that are installed have a picture to display, by their names.

    The same RTSP URL, no window: drawing costs them nothing.
    """
    opens = {"ffplay": _by_ffplay, "mpv": _by_mpv}
    found: dict[str, list[float]] = {}
    for name, opened in opens.items():
        program = shutil.which(name)
        if program is not None:
            urls = [_url(chain, camera, footage, instant_ms) for instant_ms in instants]
            found[name] = [opened(program, url) for url in urls]
    return found


def _by_ffplay(program: str, url: str) -> float:
    """Until the first picture leaves the filters, from where it is displayed."""
    words = [program, "-hide_banner", "-loglevel", "info", "-nostats", "-rtsp_transport", "tcp"]
    began_s = time.monotonic()
    process = subprocess.Popen(
        [*words, "-an", "-vf", "showinfo", url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        text=True,
    )
    assert process.stderr is not None
    patience = threading.Timer(_ONE_PICTURE_LIMIT_S, process.kill)
    patience.start()
    try:
        if not any("] n:" in line for line in process.stderr):
            msg = "ffplay showed nothing"
            raise OSError(msg)
        return (time.monotonic() - began_s) * 1000
    finally:
        patience.cancel()
        process.kill()
        process.stderr.close()
        process.wait()


def _by_mpv(program: str, url: str) -> float:
    """Until it has ended after displaying one picture."""
    words = [program, "--no-config", "--no-terminal", "--vo=null", "--no-audio", "--frames=1"]
    began_s = time.monotonic()
    done = [*words, "--rtsp-transport=tcp", url]
    subprocess.run(done, capture_output=True, timeout=_ONE_PICTURE_LIMIT_S, check=True)
    return (time.monotonic() - began_s) * 1000


def ffmpeg_library_opens(
    chain: Chain, camera: str, footage: Footage, instants: Sequence[int]
) -> list[float]:
    """The same by the FFmpeg inside PyAV, in this process: nothing is started."""
    return [_by_library(_url(chain, camera, footage, instant_ms)) for instant_ms in instants]


def _url(chain: Chain, camera: str, footage: Footage, instant_ms: int) -> str:
    grant = chain.grant(chain.cameras[camera])
    parts = urlsplit(grant(instant_ms, footage.end_ms, 1, CancelToken()))
    # The embedded server's user and password are public.
    return urlunsplit(parts._replace(netloc=f"demo:demo@{parts.hostname}:{parts.port}"))


def _by_program(program: str, url: str, footage: Footage) -> float:
    words = [program, "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url]
    words += ["-an", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    began_s = time.monotonic()
    done = subprocess.run(words, capture_output=True, timeout=_ONE_PICTURE_LIMIT_S, check=True)
    passed_s = time.monotonic() - began_s
    assert len(done.stdout) == footage.width * footage.height * 3 // 2
    return passed_s * 1000


def _by_library(url: str) -> float:
    began_s = time.monotonic()
    with closing(av.open(url, options={"rtsp_transport": "tcp"})) as container:
        next(container.decode(video=0))
        return (time.monotonic() - began_s) * 1000


def versions() -> dict[str, str | None]:
    """Who took part."""
    return {
        "libVLC": libvlc_version(),
        "FFmpeg": _program_version("ffmpeg", "-version", 2),
        "ffplay": _program_version("ffplay", "-version", 2),
        "mpv": _program_version("mpv", "--version", 1),
        "PyAV": av.__version__,
        "FFmpeg in PyAV": ffmpeg_version(),
    }


def _program_version(name: str, option: str, word: int) -> str | None:
    program = shutil.which(name)
    if program is None:
        return None
    done = subprocess.run([program, option], capture_output=True, text=True, check=True)
    return done.stdout.split()[word]
