import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rta_viewer.core.timetext import iso_utc
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

LIMIT_S = 60.0


@pytest.mark.skipif(sys.platform == "win32", reason="a child cannot be sent Ctrl+C alone there")
def test_ctrl_c_ends_a_command_with_130_and_one_object(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        camera = camera_named(site.world, "Main entrance")
        span = recorded_span(site.world, camera.camera_id, 60_000)
        command = [sys.executable, "-m", "rta_viewer", "--profile", str(tmp_path / "profile")]
        command += ["probe", camera.camera_id, "--at", iso_utc(span.start_ms), "--seconds", "600"]
        command += ["--server", site.rest_url, "--user", "demo", "--password-stdin", "--json"]
        # Whoever starts the tests in the background of a shell has children that ignore Ctrl+C.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        finally:
            signal.signal(signal.SIGINT, before)
        assert child.stdin is not None
        child.stdin.write(b"demo\n")
        child.stdin.flush()
        played = site.log.wait_for(lambda entry: entry.method == "PLAY", LIMIT_S)
        assert played
        child.send_signal(signal.SIGINT)
        out, _err = child.communicate(timeout=LIMIT_S)
    assert child.returncode == 130
    assert json.loads(out)["error"]["kind"] == "cancelled"
