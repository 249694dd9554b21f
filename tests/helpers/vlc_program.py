"""VLC, the program: what somebody sees who opens a saved file with it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import av

from tests.helpers.timecode import TimeCode, read_frame

_NOBODY = 65534
_WITHOUT_WINDOW = (
    *("--intf=dummy", "--vout=dummy", "--no-audio", "--no-spu", "--no-lua", "--no-one-instance"),
    *("--no-drop-late-frames", "--no-skip-frames", "--play-and-exit"),
)


def pictures_in_vlc(path: Path) -> list[TimeCode | None]:
    """The time codes of all pictures that VLC shows of a file, in that order; none where it opens nothing."""
    # Whoever is not root may enter no folder of the tests, and VLC refuses to run as root.
    with tempfile.TemporaryDirectory(prefix="vlc-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        copy = folder / path.name
        shutil.copyfile(path, copy)
        copy.chmod(0o644)
        scenes = ("scene-format=png", "scene-ratio=1", "scene-prefix=shown", f"scene-path={folder}")
        subprocess.run(
            [
                *("vlc", *_WITHOUT_WINDOW, "--video-filter=scene"),
                *(f"--{option}" for option in scenes),
                str(copy),
            ],
            env={"PATH": os.environ["PATH"], "HOME": name},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=60,
            **_somebody_else(),
        )
        return [code for shown in sorted(folder.glob("shown*.png")) for code in _codes(shown)]


def _somebody_else() -> dict[str, Any]:
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def _codes(picture: Path) -> list[TimeCode | None]:
    with av.open(str(picture)) as container:
        return [read_frame(frame) for frame in container.decode(video=0)]
