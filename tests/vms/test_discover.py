from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.discovery import Finding, Outcome, Step
from rta_viewer.core.ports import StreamAccess
from rta_viewer.core.secret import Secret
from rta_viewer.errors import Cancelled, NetworkError, NotOfferedError, SignInError
from rta_viewer.vms.discover import Discovery
from tests.helpers.certificates import fingerprint, server_context
from tests.helpers.scripted_http import Reply, Seen, scripted
from tests.helpers.site import running_site

NOW_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z
Streams = Callable[[str, StreamAccess, CancelToken], None]


def streams_work(url: str, access: StreamAccess, cancel: CancelToken) -> None:
    assert url.startswith("rtsp://")


def look(
    address: str,
    *,
    typed: str = "demo",
    streams: Streams = streams_work,
    cancel: CancelToken | None = None,
    **more: Any,
) -> tuple[Discovery, dict[Step, Finding]]:
    clock = ManualClock(NOW_MS)
    recorder = vms.connect(address, "demo", Secret(typed), clock=clock, **more)
    discovery = Discovery(recorder, streams, clock)
    try:
        findings = list(discovery.run(cancel or CancelToken()))
    finally:
        recorder.close()
    assert [finding.step for finding in findings] == sorted(
        (finding.step for finding in findings), key=list(Step).index
    )
    return discovery, {finding.step: finding for finding in findings}


def test_everything_of_a_good_server(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        discovery, found = look(site.rest_url)
    assert set(found) == set(Step)
    assert {finding.outcome for finding in found.values()} == {Outcome.GOOD}
    assert discovery.info is not None
    assert discovery.info.version in found[Step.RECORDINGS].text
    offers = found[Step.COMPANIONS].text
    assert "14 cameras. Files come as mp4, avi, mkv. Recordings are H264" in offers


def test_a_clock_that_is_off_and_streams_that_are_not_reached(tmp_path: Path) -> None:
    def no_streams(url: str, access: StreamAccess, cancel: CancelToken) -> None:
        raise NetworkError("No way there.")

    with running_site(tmp_path) as site:
        site.world.clock.advance(3600)  # type: ignore[attr-defined]
        discovery, found = look(site.rest_url, streams=no_streams)
    assert found[Step.CLOCK].outcome is Outcome.NOTE
    assert "ahead" in found[Step.CLOCK].text
    assert found[Step.STREAMS].outcome is Outcome.BAD
    assert "No way there." in found[Step.STREAMS].text
    assert discovery.info is not None


def test_nothing_answers() -> None:
    discovery, found = look("http://127.0.0.1:1")
    assert set(found) == {Step.REACHABLE}
    assert found[Step.REACHABLE].outcome is Outcome.BAD
    assert isinstance(discovery.error, NetworkError)


def test_an_unknown_certificate_is_shown(tmp_path: Path) -> None:
    with running_site(tmp_path, tls=server_context(tmp_path)) as site:
        _, found = look(site.rest_url)
        shown = found[Step.ENCRYPTION].certificate
        assert set(found) == {Step.REACHABLE, Step.ENCRYPTION}
        assert shown is not None
        assert shown.fingerprint == fingerprint(tmp_path)
        _, found = look(site.rest_url, verify_tls=False, streams=lambda *_: None)
        assert found[Step.ENCRYPTION].outcome is Outcome.NOTE
        assert found[Step.ENCRYPTION].certificate == shown


def test_a_wrong_password(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        discovery, found = look(site.rest_url, typed="wrong")
    assert found[Step.SIGN_IN].outcome is Outcome.BAD
    assert isinstance(discovery.error, SignInError)
    assert discovery.info is None


def native_gateway(_seen: Seen) -> Reply:
    return Reply(404, b'{"error": {"details": [{"errorText": "Unknown resource: recordings"}]}}')


def web_page(_seen: Seen) -> Reply:
    return Reply(200, b"<!doctype html><p>Welcome", {"Content-Type": "text/html"})


def test_a_gateway_without_the_recordings_api_is_said_in_plain_words() -> None:
    with scripted(native_gateway) as server:
        discovery, found = look(server.url)
    assert "does not offer the recordings API" in found[Step.RECORDINGS].text
    assert isinstance(discovery.error, NotOfferedError)


def test_a_web_page_is_no_recording_server() -> None:
    with scripted(web_page) as server:
        _, found = look(server.url)
    assert "web page" in found[Step.RECORDINGS].text


def test_a_server_that_fails_later_is_a_finding_too() -> None:
    def broken_later(seen: Seen) -> Reply:
        if "authorization" not in seen.headers:
            return Reply(401, b"{}", {"WWW-Authenticate": "Basic"})
        if seen.path.endswith("/cameras"):
            return Reply(200, b'{"cameras": 7}', {"Content-Type": "application/json"})
        return Reply(404, b'{"error": {"code": "NOT_FOUND"}}')

    with scripted(broken_later) as server:
        discovery, found = look(server.url)
    assert found[Step.COMPANIONS].outcome is Outcome.BAD
    assert discovery.info is not None


def test_can_be_cancelled(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with running_site(tmp_path) as site, pytest.raises(Cancelled):
        look(site.rest_url, cancel=cancel)
