"""The same search as for the commands, after work in the real window: nothing is left anywhere."""

import base64
import json
import secrets
import sys
from pathlib import Path

import pytest

from rta_viewer.core.secret import Secret
from rta_viewer.demo.rest import sign_in as demo_sign_in
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.platform.crash import CrashReports
from tests.helpers.secret_search import Runner
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]
CAMERA = "Reception desk"


@pytest.mark.timeout(240)
def test_the_window_leaves_no_secret_behind(
    screen_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = (f"K7/+?&= {secrets.token_hex(12)}>~" for _ in range(2))
    tokens: list[str] = []

    def issue(size: int) -> str:
        tokens.append(base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("="))
        return tokens[-1]

    monkeypatch.setattr(demo_sign_in.secrets, "token_urlsafe", issue)
    one = Runner(tmp_path / "program")
    one.environment |= {key: screen_env[key] for key in ("DISPLAY", "QT_QPA_PLATFORM")}
    options = RestOptions(rate_limits=NO_LIMITS, accept=frozenset({"token"}))
    with running_site(tmp_path / "server", options=options) as site:
        site.world.set_password(Secret(right))
        camera = camera_named(site.world, CAMERA)
        span = recorded_span(site.world, camera.camera_id, 60_000)
        given = {
            "folder": str(one.folder),
            "server": site.rest_url,
            "camera": CAMERA,
            "at_ms": span.start_ms,
        }
        program = ["--profile", str(one.folder / "profile"), "--verbose", "run"]
        scenario = ["-m", "tests.e2e.scenario", "leaking_window", json.dumps(given), *program]
        code = one.run(scenario, json.dumps({"right": right, "wrong": wrong}))
    assert code < 0, one.printed.decode("utf-8", "replace")
    assert (one.folder / "all-was-done").exists()
    log = one.folder / "profile" / "log" / "rta-viewer.log"
    text = log.read_text(encoding="utf-8")
    assert "unforeseen" in text
    assert "***" in text
    assert "Segmentation fault" in (log.parent / "rta-viewer-crash.log").read_text(encoding="utf-8")
    CrashReports(log.parent).save(one.folder / "report.txt", ["RTA Viewer"])
    assert "unforeseen" in (one.folder / "report.txt").read_text(encoding="utf-8")
    assert tokens
    for secret in (right, wrong, *tokens):
        assert list(one.leaks_of(secret)) == []
