"""A virtual screen for computers without one: Xvfb, which chooses its own free display number."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from installer.process import SetupProblem

START_LIMIT_S = 30.0
STOP_LIMIT_S = 10.0
SIZE = (1920, 1080)


def has_display(env: Mapping[str, str], system: str = sys.platform) -> bool:
    """True where a window can be shown to somebody."""
    return system != "linux" or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_screen(
    system: str = sys.platform, size: tuple[int, int] = SIZE
) -> Iterator[dict[str, str]]:
    """Start Xvfb; yields the environment for programs that shall show their windows on it.

    Only Linux has virtual screens: elsewhere this is the environment as it is.

    ``-displayfd`` lets the server find a number that is really free: locks that others left behind do
    no harm, and two runs at once do not meet.

    Raises:
        SetupProblem: Xvfb is not installed or does not start.
    """
    if system != "linux":
        yield dict(os.environ)
        return
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size[0]}x{size[1]}x24"]
    command += ["-dpi", "96", "-nolisten", "tcp", "-noreset"]
    try:
        server = subprocess.Popen(
            command, pass_fds=(writer,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as err:
        os.close(reader)
        raise SetupProblem(
            "The virtual screen (Xvfb) is not installed.", "sudo apt-get install xvfb"
        ) from err
    finally:
        os.close(writer)
    try:
        number = _read_number(reader)
        env = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        env.update(DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", XDG_SESSION_TYPE="x11")
        yield env
    finally:
        os.close(reader)
        _stop(server)


def _read_number(reader: int) -> int:
    text = b""
    deadline = time.monotonic() + START_LIMIT_S
    while not text.endswith(b"\n"):
        left = max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([reader], [], [], left)
        chunk = os.read(reader, 64) if ready else b""
        if not chunk:
            raise SetupProblem("The virtual screen (Xvfb) did not start.", "Xvfb -displayfd 1")
        text += chunk
    return int(text)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
