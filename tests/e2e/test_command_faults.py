"""The same faults in the commands, each in a process of its own: exit code, one JSON object, one sentence."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.platform.system_clock import SystemClock
from tests.helpers.scripted_http import Reply, scripted
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span, small_world

pytestmark = pytest.mark.e2e

SHARED = "Not-in-any-output-1"
GONE = "Loading dock"
NEVER = "2020-01-01T12:00:00Z"
COMMANDS = ("cameras", "recordings", "probe", "download")


@dataclass(frozen=True)
class Site:
    """A server that lists cameras and one that does not, both without one of their cameras."""

    url: str
    url_without_list: str
    camera: str
    gone_id: str
    at: str
    until: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    now_ms = SystemClock().now_ms()
    world = small_world(folder, now_ms)
    listless = RestOptions(rate_limits=NO_LIMITS, lacking=frozenset({"cameras"}))
    gone_id = camera_named(world, GONE).camera_id
    span = recorded_span(world, camera_named(world, "Main entrance").camera_id, 60_000)
    with (
        running_site(folder / "a", world=world) as listing,
        running_site(folder / "b", options=listless) as other,
    ):
        for each in (listing, other):
            each.world.remove_camera(gone_id)
        times = (iso_utc(span.start_ms), iso_utc(span.start_ms + 5_000))
        yield Site(listing.rest_url, other.rest_url, "Main entrance", gone_id, *times)


def words_of(command: str, camera: str, at: str, until: str, folder: Path) -> list[str]:
    return {
        "cameras": ["cameras"],
        "recordings": ["recordings", camera, "--from", at, "--to", until],
        "probe": ["probe", camera, "--at", at, "--seconds", "0.5"],
        "download": [
            "download",
            camera,
            "--from",
            at,
            "--to",
            until,
            "--output",
            str(folder / "clip.mp4"),
        ],
    }[command]


def ask(url: str, words: list[str], folder: Path, typed: str) -> tuple[int, dict[str, object]]:
    profile = folder / f"profile {words[0]}"
    program = [sys.executable, "-m", "rta_viewer", "--profile", str(profile)]
    server = ["--server", url, "--user", "demo", "--password-stdin", "--json"]
    done = subprocess.run(
        [*program, *words, *server],
        input=f"{typed}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stdout.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    log = (profile / "log" / "rta-viewer.log").read_text(encoding="utf-8")
    assert typed == "demo" or typed not in done.stdout + done.stderr + log
    return done.returncode, json.loads(done.stdout)


def assert_faults(
    url: str,
    asked: list[list[str]],
    folder: Path,
    expected: tuple[int, str, str],
    typed: str = "demo",
) -> None:
    """All the commands end with the code and the kind, and say the words."""
    code, kind, words = expected
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda words: ask(url, words, folder, typed), asked))
    for got, answer in answers:
        assert set(answer) == {"error"}, answer
        error = answer["error"]
        assert isinstance(error, dict)
        assert set(error) == {"kind", "message", "hint"}
        assert (got, error["kind"]) == (code, kind), error
        assert words in error["message"]
    assert not (folder / "clip.mp4").exists()


def test_wrong_password(site: Site, tmp_path: Path) -> None:
    asked = [words_of(each, site.camera, site.at, site.until, tmp_path) for each in COMMANDS]
    assert_faults(site.url, asked, tmp_path, (3, "sign_in", "did not accept"), SHARED)


def test_server_down(site: Site, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    asked = [words_of(each, site.camera, site.at, site.until, tmp_path) for each in COMMANDS]
    assert_faults(url, asked, tmp_path, (5, "network", f"Nothing answers at {url}"), SHARED)


def test_not_a_recording_server(site: Site, tmp_path: Path) -> None:
    asked = [words_of(each, site.camera, site.at, site.until, tmp_path) for each in COMMANDS]
    page = Reply(200, b"<html><h1>It works!</h1></html>", {"Content-Type": "text/html"})
    with scripted(lambda _: page) as server:
        expected = (5, "server", "not as a recording server")
        assert_faults(server.url, asked, tmp_path, expected, SHARED)


@pytest.mark.parametrize("listed", [True, False])
def test_camera_deleted(site: Site, tmp_path: Path, listed: bool) -> None:
    asked = [words_of(each, site.gone_id, site.at, site.until, tmp_path) for each in COMMANDS[1:]]
    url = site.url if listed else site.url_without_list
    said = f"no camera '{site.gone_id}'" if listed else "does not exist"
    assert_faults(url, asked, tmp_path, (4, "not_found", said))


def test_a_time_without_footage(site: Site, tmp_path: Path) -> None:
    until = "2020-01-01T12:01:00Z"
    asked = [words_of(each, site.camera, NEVER, until, tmp_path) for each in COMMANDS[2:]]
    assert_faults(site.url, asked, tmp_path, (4, "no_footage", "Nothing was recorded"))
    words = words_of("recordings", site.camera, NEVER, until, tmp_path)
    code, answer = ask(site.url, words, tmp_path, "demo")
    assert (code, answer["recordings"]) == (0, [])
    assert [gap["reason"] for gap in answer["gaps"]] == ["retention_expired"]  # type: ignore[attr-defined]
