"""Whatever is wrong, the window says it in a sentence and goes on."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.evidence.verify import verify
from tests.e2e.conftest import Play
from tests.helpers.scripted_http import Reply, scripted

PICTURE_MS = 40

pytestmark = pytest.mark.e2e


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def web_page() -> Iterator[str]:
    """A server that answers everything with a page for people."""
    page = b"<!DOCTYPE html><html><body><h1>Welcome to the intranet</h1></body></html>"
    with scripted(lambda _: Reply(200, page, {"Content-Type": "text/html"})) as server:
        yield server.url


def test_faults_are_said_and_the_window_goes_on(play: Play, nobody: str, web_page: str) -> None:
    saw = play("faults", nobody=nobody, html=web_page)
    assert saw["server_down"].startswith(f"Nothing answers at {nobody}")
    assert "web page, not as a recording server" in saw["not_a_recorder"]
    assert "did not accept the user name or the password" in saw["wrong_password"]
    assert saw["deleted"].startswith("The camera does not exist on the server any more.")
    assert_no_footage(saw["no_footage"])
    assert "Nothing was recorded in this time." in saw["nothing_to_save"]["said"]
    assert not saw["nothing_to_save"]["can_save"]
    for good in ("first", "after_deleted", "after_no_footage"):
        assert -PICTURE_MS < saw[good] < 3_000


def assert_no_footage(saw: dict[str, str]) -> None:
    assert saw["paused"].startswith("Nothing was recorded at 2020-01-01 12:00:00")
    # The oldest footage is named, and it is where playing goes on.
    oldest = saw["playing_on"][:16].replace("T", " ")
    assert oldest in saw["paused"]
    assert oldest in saw["note"]


def test_a_server_that_dies_and_comes_back(play: Play) -> None:
    saw = play("server_dies")
    assert "connection to the recording server was lost" in saw["lost"]
    assert 0 <= saw["went_on_ms"] - saw["before_ms"] < 10_000
    assert "refused" in saw["paused"]
    assert saw["after_retry"] in range(1 - PICTURE_MS, 1)
    assert saw["waiting"] == "Waiting for the server"
    # A clip that was asked for meanwhile is fetched when the server is there again.
    clip = next(Path(name) for name in saw["files"] if name.endswith(".mp4"))
    assert clip.name in saw["saved"]
    assert verify(clip).ok
