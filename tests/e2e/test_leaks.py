"""Signs in, fails, downloads, plays and crashes, then looks for the password and the tokens everywhere.

Everywhere is: every file that the processes wrote, what they printed, and the command line and environment
of every process of this computer while they ran.
"""

import base64
import secrets
import sys
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from rta_viewer.core.secret import Secret
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rest import sign_in as demo_sign_in
from rta_viewer.demo.site import DemoSite
from rta_viewer.platform.crash import CrashReports
from tests.helpers.secret_search import Runner
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]


class Commands(Runner):
    """The program's own commands, against one server."""

    def __init__(self, folder: Path, site: DemoSite) -> None:
        super().__init__(folder)
        self.site = site

    def command(
        self, *argv: str, typed: str, module: str = "rta_viewer", server: bool = True
    ) -> int:
        where = ["--server", self.site.rest_url] if server else []
        begin = ["-m", module, "--profile", str(self.folder / "profile"), "--verbose"]
        return self.run([*begin, *argv, *where, "--user", "demo", "--password-stdin"], typed)


@pytest.mark.timeout(240)
def test_no_secret_is_written_shown_or_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password, wrong = (f"K7/+?&= {secrets.token_hex(12)}>~" for _ in range(2))
    tokens: list[str] = []

    def issue(size: int) -> str:
        tokens.append(base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("="))
        return tokens[-1]

    monkeypatch.setattr(demo_sign_in.secrets, "token_urlsafe", issue)
    with running_site(tmp_path / "server") as site:
        site.world.set_password(Secret(password))
        one = Commands(tmp_path / "program", site)
        camera = camera_named(site.world, "Main entrance")
        span = recorded_span(site.world, camera.camera_id, 20_000)
        times = ["--from", iso_utc(span.start_ms), "--to", iso_utc(span.start_ms + 5_000)]
        clip = ["download", camera.camera_id, *times, "--output", str(one.folder / "clip.mp4")]
        for way in ("basic", "token", "openid"):
            assert one.command("cameras", "--sign-in", way, typed=password) == 0
            assert one.command("cameras", "--sign-in", way, typed=wrong) == 3
        assert one.command("servers", "add", site.rest_url, typed=password, server=False) == 0
        assert one.command(*clip, "--sign-in", "token", typed=password) == 0
        played = ["probe", camera.camera_id, "--at", iso_utc(span.start_ms), "--seconds", "1"]
        assert one.command(*played, typed=password) == 0
        crash = {"typed": password, "module": "tests.helpers.crashing_main"}
        assert one.command("crash", "raise", "--sign-in", "basic", **crash) == 5
        assert one.command("crash", "raise", "--sign-in", "token", **crash) == 5
        assert one.command("crash", "fault", "--sign-in", "token", **crash) < 0

    logs = one.folder / "profile" / "log"
    log = (logs / "rta-viewer.log").read_text(encoding="utf-8")
    assert "RuntimeError: unforeseen *** " in log
    assert "Segmentation fault" in (logs / "rta-viewer-crash.log").read_text(encoding="utf-8")
    # The report that the next start offers is one of the files.
    (logs / "rta-viewer-crash.log").rename(logs / "rta-viewer-crash-previous.log")
    CrashReports(logs).save(one.folder / "report.txt", ["RTA Viewer"])
    assert "Segmentation fault" in (one.folder / "report.txt").read_text(encoding="utf-8")
    assert (one.folder / "clip.mp4").stat().st_size > 10_000
    assert len(tokens) >= 5
    for secret in (password, wrong, *tokens):
        assert list(one.leaks_of(secret)) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    secret = f"K7/+?&= {secrets.token_hex(12)}>~"
    one = Runner(tmp_path / "program")
    assert list(one.leaks_of(secret)) == []
    header = base64.b64encode(f"demo:{secret}".encode())
    (one.folder / "tmp" / "a").write_bytes(b"Basic " + header)
    (one.folder / "tmp" / "b").write_text(f"password={quote_plus(secret)}", encoding="utf-8")
    one.seen["1 environ"] = f"PASSWORD={secret}".encode()
    assert sorted(one.leaks_of(secret)) == ["1 environ", "in tmp/a", "in tmp/b"]
