"""curl, a client that is not ours."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rta_viewer.demo.site import DemoSite


def curl(site: DemoSite, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run curl as ``demo``; skips the test where it is not installed. The last argument is the URL."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    return subprocess.run(
        [
            program,
            "--silent",
            "--show-error",
            "--user",
            "demo:demo",
            "--max-time",
            "20",
            *arguments,
        ],
        capture_output=True,
        check=False,
        timeout=30,
    )
