"""Tokens and passwords that end while many ask, and clocks that do not agree, on the embedded server."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rta_viewer import vms
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.ports import Recorder
from rta_viewer.core.secret import Secret
from rta_viewer.demo.rest import sign_in as demo_sign_in
from rta_viewer.demo.site import DemoSite
from rta_viewer.errors import SignInError
from rta_viewer.platform.system_clock import SystemClock
from tests.helpers.recorders import signed_in_recorder
from tests.helpers.scripted_http import Reply, Seen, scripted
from tests.helpers.site import running_site

THREADS = 100
TOKEN_WAYS = [SignInMethod.TOKEN, SignInMethod.OPENID]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DemoSite]:
    with running_site(tmp_path) as running:
        yield running


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every token that the server has handed out."""
    tokens: list[str] = []
    make = demo_sign_in.secrets.token_urlsafe

    def issue(size: int) -> str:
        tokens.append(make(size))
        return tokens[-1]

    monkeypatch.setattr(demo_sign_in.secrets, "token_urlsafe", issue)
    return tokens


def all_at_once(work: Callable[[], object]) -> list[object]:
    """What each of the threads got or failed with."""
    barrier = threading.Barrier(THREADS)
    results: list[object] = []

    def body() -> None:
        barrier.wait(30)
        try:
            results.append(work())
        except SignInError as err:
            results.append(err)

    threads = [threading.Thread(target=body) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def ask(recorder: Recorder) -> int:
    return len(recorder.groups(CancelToken()))


@pytest.mark.parametrize("way", TOKEN_WAYS)
def test_a_hundred_threads_make_one_renewal(
    site: DemoSite, issued: list[str], way: SignInMethod
) -> None:
    with signed_in_recorder(site.rest_url, method=way) as recorder:
        before = len(issued)
        site.sign_in.revoke_all()
        groups = all_at_once(lambda: ask(recorder))
        assert len(set(groups)) == 1
        assert groups[0] != 0
        assert len(groups) == THREADS
        assert len(issued) == before + 1


@pytest.mark.parametrize("way", TOKEN_WAYS)
def test_a_changed_password_is_tried_once_and_not_a_hundred_times(
    site: DemoSite, issued: list[str], way: SignInMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    known = site.sign_in._known

    def counted(username: str, password: str) -> bool:
        asked.append(username)
        return known(username, password)

    with signed_in_recorder(site.rest_url, method=way) as recorder:
        site.world.set_password(Secret("another"))
        site.sign_in.revoke_all()
        monkeypatch.setattr(site.sign_in, "_known", counted)
        results = all_at_once(lambda: ask(recorder))
        assert all(isinstance(result, SignInError) for result in results)
        assert len(asked) == 1
    again = vms.connect(site.rest_url, "demo", Secret("another"), method=way, clock=SystemClock())
    again.sign_in(CancelToken())
    assert ask(again)
    again.close()


def test_a_password_that_changes_under_basic_is_said(site: DemoSite) -> None:
    with signed_in_recorder(site.rest_url, method=SignInMethod.BASIC) as recorder:
        assert ask(recorder)
        site.world.set_password(Secret("another"))
        with pytest.raises(SignInError, match="password"):
            ask(recorder)


@pytest.mark.parametrize("hours", [-30_000, -1, 1, 30_000])
@pytest.mark.parametrize("way", list(SignInMethod))
def test_no_way_of_sign_in_depends_on_the_clocks(
    site: DemoSite, way: SignInMethod, hours: int
) -> None:
    clock = ManualClock(int(time.time() * 1000) + hours * 3_600_000)
    with signed_in_recorder(site.rest_url, method=way, clock=clock) as recorder:
        assert ask(recorder)


@pytest.mark.parametrize("ahead_s", [-7200, 0, 90])
def test_how_far_the_servers_clock_is_off_is_known(ahead_s: int) -> None:
    now_ms = 1_761_300_000_000
    dates = {
        -7200: "Fri, 24 Oct 2025 08:00:00 GMT",
        0: "Fri, 24 Oct 2025 10:00:00 GMT",
        90: "Fri, 24 Oct 2025 10:01:30 GMT",
    }

    def answer(seen: Seen) -> Reply:
        status = 404 if "authorization" in seen.headers else 401
        headers = {"Date": dates[ahead_s], "WWW-Authenticate": "Basic"}
        return Reply(status, b'{"error": {"code": "NOT_FOUND"}}', headers)

    with scripted(answer) as server:
        recorder = vms.connect(server.url, "anna", Secret("x"), clock=ManualClock(now_ms))
        info = recorder.sign_in(CancelToken())
        recorder.close()
    assert info.clock_offset_ms == ahead_s * 1000 + 500
