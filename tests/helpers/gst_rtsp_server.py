"""Starts GStreamer's RTSP server (a peer that is not ours) with the system's python3."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_MAIN = Path(__file__).with_name("gst_rtsp_server_main.py")
_PYTHON = "/usr/bin/python3"
_PROBE = "import gi; gi.require_version('GstRtspServer', '1.0')"


@cache
def available() -> bool:
    """True where the system's python3 has GStreamer's RTSP server."""
    if not sys.platform.startswith("linux") or not Path(_PYTHON).exists():
        return False
    probe = subprocess.run([_PYTHON, "-c", _PROBE], capture_output=True, check=False, timeout=30)
    return probe.returncode == 0


@contextmanager
def gst_rtsp_server(
    mounts: dict[str, tuple[Path, str]],
    *,
    digest: tuple[str, str] | None = None,
    sound: bool = False,
    ntp_start_ms: int | None = None,
) -> Iterator[int]:
    """Serve files, ``{path: (file, codec)}``; gives the port.

    ``ntp_start_ms`` switches ONVIF replay on: the UTC instant of the file's beginning.
    """
    command = [_PYTHON, str(_MAIN)]
    for path, (file, codec) in mounts.items():
        command += ["--mount", path, str(file), codec]
    if digest is not None:
        command += ["--digest", *digest]
    if sound:
        command.append("--audio")
    if ntp_start_ms is not None:
        command += ["--ntp-start-ms", str(ntp_start_ms)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["port"]
        finally:
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
