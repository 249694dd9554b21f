"""Signs in, fails, downloads, plays and crashes, then looks for the password and the tokens everywhere.

Everywhere is: every file that the processes wrote, what they printed, and the command line and environment
of every process of this computer while they ran.
"""

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from rta_viewer.core.secret import Secret
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rest import sign_in as demo_sign_in
from rta_viewer.demo.site import DemoSite
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

ROOT = Path(__file__).parents[2]
HERE = (
    ("HOME", "home"),
    ("TMPDIR", "tmp"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
)
MORE = (("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "runtime"))

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]


def forms(secret: str) -> set[bytes]:
    """All ways in which it could have been written down."""
    data = secret.encode()
    found = {data, quote(secret).encode(), quote(secret, safe="").encode()}
    found.add(quote_plus(secret).encode())
    for before in (b"", b"x", b"xx", b"demo:"):
        coded = base64.b64encode(before + data)
        # The ends depend on what stands before and behind it.
        middle = coded[(len(before) * 4 + 2) // 3 + 1 : -4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    assert all(len(form) > 10 for form in found)
    return found


class Runner:
    """Starts the program with a home of its own, and watches all processes meanwhile."""

    def __init__(self, folder: Path, site: DemoSite) -> None:
        self.folder = folder
        self.site = site
        self.seen: dict[str, bytes] = {}
        self.printed = b""
        self.environment = dict(os.environ)
        for name, sub in (*HERE, *MORE):
            path = folder / sub
            path.mkdir(mode=0o700, parents=True)
            self.environment[name] = str(path)

    def run(self, *argv: str, typed: str, module: str = "rta_viewer", server: bool = True) -> int:
        where = ["--server", self.site.rest_url] if server else []
        command = [sys.executable, "-m", module, "--profile", str(self.folder / "profile")]
        process = subprocess.Popen(
            [*command, "--verbose", *argv, *where, "--user", "demo", "--password-stdin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
            cwd=ROOT,
        )
        assert process.stdin is not None
        process.stdin.write(f"{typed}\n".encode())
        process.stdin.flush()
        own = f"{process.pid} cmdline"
        while True:
            self._look_at_all_processes()
            try:
                printed, _ = process.communicate(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        assert own in self.seen
        self.printed += printed
        return process.returncode

    def _look_at_all_processes(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    data = (process / name).read_bytes()
                except OSError:
                    continue
                self.seen[f"{process.name} {name}"] = data

    def leaks_of(self, secret: str) -> Iterator[str]:
        sources = {**self.seen, "standard output": self.printed}
        for path in self.folder.rglob("*"):
            sources[str(path.relative_to(self.folder))] = path.name.encode()
            if path.is_file():
                sources[f"in {path.relative_to(self.folder)}"] = path.read_bytes()
        wanted = forms(secret)
        for name, data in sources.items():
            if any(form in data for form in wanted):
                yield name


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
        one = Runner(tmp_path / "program", site)
        camera = camera_named(site.world, "Main entrance")
        span = recorded_span(site.world, camera.camera_id, 20_000)
        times = ["--from", iso_utc(span.start_ms), "--to", iso_utc(span.start_ms + 5_000)]
        clip = ["download", camera.camera_id, *times, "--output", str(one.folder / "clip.mp4")]
        for way in ("basic", "token", "openid"):
            assert one.run("cameras", "--sign-in", way, typed=password) == 0
            assert one.run("cameras", "--sign-in", way, typed=wrong) == 3
        assert one.run("servers", "add", site.rest_url, typed=password, server=False) == 0
        assert one.run(*clip, "--sign-in", "token", typed=password) == 0
        played = ["probe", camera.camera_id, "--at", iso_utc(span.start_ms), "--seconds", "1"]
        assert one.run(*played, typed=password) == 0
        crash = {"typed": password, "module": "tests.helpers.crashing_main"}
        assert one.run("crash", "raise", "--sign-in", "basic", **crash) == 5
        assert one.run("crash", "raise", "--sign-in", "token", **crash) == 5
        assert one.run("crash", "fault", "--sign-in", "token", **crash) < 0

    logs = one.folder / "profile" / "log"
    log = (logs / "rta-viewer.log").read_text(encoding="utf-8")
    assert "RuntimeError: unforeseen *** " in log
    assert "Segmentation fault" in (logs / "rta-viewer-crash.log").read_text(encoding="utf-8")
    assert (one.folder / "clip.mp4").stat().st_size > 10_000
    assert len(tokens) >= 5
    for secret in (password, wrong, *tokens):
        assert list(one.leaks_of(secret)) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    secret = f"K7/+?&= {secrets.token_hex(12)}>~"
    with running_site(tmp_path / "server") as site:
        one = Runner(tmp_path / "program", site)
    assert list(one.leaks_of(secret)) == []
    header = base64.b64encode(f"demo:{secret}".encode())
    (one.folder / "tmp" / "a").write_bytes(b"Basic " + header)
    (one.folder / "tmp" / "b").write_text(f"password={quote_plus(secret)}", encoding="utf-8")
    one.seen["1 environ"] = f"PASSWORD={secret}".encode()
    assert sorted(one.leaks_of(secret)) == ["1 environ", "in tmp/a", "in tmp/b"]
