import shutil
import subprocess
import sys

import pytest

from installer import screen


def test_a_display_is_where_a_window_can_be_seen() -> None:
    assert screen.has_display({"DISPLAY": ":0"}, "linux")
    assert screen.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not screen.has_display({"DISPLAY": ""}, "linux")
    assert screen.has_display({}, "win32")


@pytest.mark.skipif(sys.platform != "linux", reason="virtual screens are a Linux thing")
def test_two_virtual_screens_at_once_have_two_numbers() -> None:
    assert shutil.which("Xvfb"), "python3 installer/bootstrap.py test installs it"
    show = "import os; print(os.environ['DISPLAY'])"
    with screen.virtual_screen() as one, screen.virtual_screen() as two:
        said = [
            subprocess.run([sys.executable, "-c", show], env=env, capture_output=True, check=True)
            for env in (one, two)
        ]
    assert said[0].stdout.startswith(b":")
    assert said[0].stdout != said[1].stdout
