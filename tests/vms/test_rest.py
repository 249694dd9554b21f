"""The recorder against the embedded server: another implementation of the same contract."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rta_viewer import vms
from rta_viewer.core import spans
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import (
    AvailabilityState,
    ExportState,
    ExportStatus,
    Feature,
    SaveRequest,
    SignInMethod,
    TransferProgress,
    Watermark,
)
from rta_viewer.core.ports import Recorder
from rta_viewer.core.secret import Secret
from rta_viewer.core.spans import Span
from rta_viewer.demo.http_faults import LengthLie, ListDamage
from rta_viewer.demo.rest.options import NO_LIMITS, RECORDINGS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.errors import (
    BusyError,
    Cancelled,
    NetworkError,
    NoFootageError,
    NotFoundError,
    NotOfferedError,
    RefusedError,
    ServerError,
    SignInError,
    UsageError,
)
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.vms.rest import HttpRecorder
from tests.helpers.packagers import FakePackager
from tests.helpers.recorders import signed_in_recorder
from tests.helpers.scripted_http import Reply, Seen, scripted
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

CANCEL = CancelToken()
HOUR_MS = 3_600_000


class Pair:
    """A site and a recorder that is signed in to it."""

    def __init__(self, site: DemoSite, recorder: Recorder, packager: FakePackager) -> None:
        self.site = site
        self.recorder = recorder
        self.packager = packager
        self.camera_id = camera_named(site.world, "Main entrance").camera_id
        self.now_ms = site.world.clock.now_ms()
        self.reports: list[TransferProgress] = []

    @property
    def request(self) -> SaveRequest:
        return SaveRequest(self.camera_id, recorded_span(self.site.world, self.camera_id, 10_000))

    def fetch(self, part: Path, request: SaveRequest | None = None) -> str:
        asked = request or self.request
        fetched = self.recorder.fetch_clip(asked, part, cancel=CANCEL, progress=self.reports.append)
        assert hashlib.sha256(part.read_bytes()).hexdigest() == fetched.sha256
        return fetched.sha256


def options(**more: Any) -> RestOptions:
    return RestOptions(rate_limits=NO_LIMITS, **more)


@pytest.fixture
def packager() -> FakePackager:
    return FakePackager()


@pytest.fixture
def pair(tmp_path: Path, packager: FakePackager) -> Iterator[Pair]:
    with (
        running_site(tmp_path, packager=packager) as site,
        signed_in_recorder(site.rest_url) as recorder,
    ):
        yield Pair(site, recorder, packager)


@pytest.mark.parametrize("method", [None, *SignInMethod])
def test_every_way_of_sign_in_leads_in(tmp_path: Path, method: SignInMethod | None) -> None:
    with (
        running_site(tmp_path) as site,
        signed_in_recorder(site.rest_url, method=method) as recorder,
    ):
        assert next(iter(recorder.cameras(CANCEL)))


@pytest.mark.parametrize("accept", ["basic", "token", "openid"])
def test_the_only_way_is_found(tmp_path: Path, accept: str) -> None:
    only = options(accept=frozenset({accept}))
    with running_site(tmp_path, options=only) as site:
        recorder = vms.connect(site.rest_url, "demo", Secret("demo"), clock=ManualClock(0))
        assert recorder.sign_in(CANCEL).method.value == accept
        assert site.log.entries()[0].auth_scheme == ""
        recorder.close()


@pytest.mark.parametrize("accept", ["basic", "token", "openid"])
def test_a_wrong_password_is_said_so(tmp_path: Path, accept: str) -> None:
    only = options(accept=frozenset({accept}), openid_refusal_status=400)
    with running_site(tmp_path, options=only) as site:
        recorder = vms.connect(site.rest_url, "demo", Secret("nope"), clock=ManualClock(0))
        with pytest.raises(SignInError, match="did not accept"):
            recorder.sign_in(CANCEL)
        recorder.close()


def test_a_native_gateway_is_said_so(tmp_path: Path) -> None:
    lacking = options(lacking=frozenset({RECORDINGS}), error_form="details")
    with running_site(tmp_path, options=lacking) as site:
        recorder = vms.connect(site.rest_url, "demo", Secret("demo"), clock=ManualClock(0))
        with pytest.raises(NotOfferedError, match="does not offer the recordings API"):
            recorder.sign_in(CANCEL)
        recorder.close()


def test_nothing_works_before_sign_in_and_after_close() -> None:
    recorder = vms.connect("http://127.0.0.1:1", "demo", Secret("demo"), clock=ManualClock(0))
    for _ in range(2):
        with pytest.raises(SignInError):
            recorder.groups(CANCEL)
        recorder.close()
    with pytest.raises(SignInError):
        recorder.sign_in(CANCEL)


def test_an_expired_token_is_renewed_unseen(pair: Pair) -> None:
    with signed_in_recorder(pair.site.rest_url, method=SignInMethod.TOKEN) as recorder:
        pair.site.sign_in.revoke_all()
        assert recorder.groups(CANCEL)
        assert pair.site.log.count("/api/auth/login", method="POST") == 2


@pytest.mark.parametrize("form", ["limit_offset", "array"])
def test_all_cameras_page_by_page(
    tmp_path: Path, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rta_viewer.vms.rest.PAGE_SIZE", 5)
    with (
        running_site(tmp_path, options=options(camera_list=form)) as site,
        signed_in_recorder(site.rest_url) as recorder,
    ):
        pages = [list(page) for page in recorder.cameras(CANCEL)]
        ids = [camera.camera_id for page in pages for camera in page]
        assert ids == [camera.camera_id for camera in site.world.cameras]
        assert len(pages) == -(-len(ids) // 5)
        assert [c.name for page in pages for c in page] == [c.name for c in site.world.cameras]


@pytest.mark.parametrize("key", ["cameras", "array"])
@pytest.mark.parametrize("fresh", [True, False], ids=["fresh", "same"])
def test_a_list_that_never_ends_does_end(
    key: str, fresh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rta_viewer.vms.rest._MOST_CAMERAS", 500)
    numbers = count()

    def script(seen: Seen) -> Reply:
        if "authorization" not in seen.headers:
            return Reply(401, headers={"WWW-Authenticate": "Basic"})
        if "/cameras" not in seen.path:
            return Reply(404, b"{}")
        page = [{"id": str(next(numbers) if fresh else number)} for number in range(100)]
        return Reply(200, json.dumps({key: page, "totalCount": 10**9}).encode())

    found: list[object] = []
    end = pytest.raises(ServerError, match="far too large") if fresh else nullcontext()
    with scripted(script) as server, signed_in_recorder(server.url) as recorder, end:
        found.extend(camera for part in recorder.cameras(CANCEL) for camera in part)
    assert len(found) == (500 if fresh else 100)
    assert next(numbers) <= 700


@pytest.mark.parametrize("damage", list(ListDamage))
def test_a_damaged_list_is_an_error_that_says_where(pair: Pair, damage: ListDamage) -> None:
    pair.site.faults.damage_camera_list(damage, count=5)
    with pytest.raises((ServerError, NetworkError), match=r"GET /cameras|broke off"):
        list(pair.recorder.cameras(CANCEL))


def test_groups_hold_cameras_several_times_or_never(pair: Pair) -> None:
    listed = [camera_id for group in pair.recorder.groups(CANCEL) for camera_id in group.camera_ids]
    everything = {camera.camera_id for camera in pair.site.world.cameras}
    assert set(listed) < everything
    assert len(listed) > len(set(listed))


def test_one_camera_with_details(pair: Pair) -> None:
    assert isinstance(pair.recorder, HttpRecorder)
    camera = pair.recorder.camera(pair.camera_id, CANCEL)
    assert camera.name == "Main entrance"
    assert camera.retention_days
    with pytest.raises(NotFoundError, match="camera does not exist"):
        pair.recorder.camera("../../nope", CANCEL)


def test_availability_tells_what_the_world_has(pair: Pair) -> None:
    for camera in pair.site.world.cameras:
        window = Span(pair.now_ms - 30 * HOUR_MS, pair.now_ms)
        found = pair.recorder.availability(camera.camera_id, window, CANCEL)
        assert found.state is AvailabilityState.KNOWN
        recorded = spans.union(recording.span for recording in found.recordings)
        real = spans.union(pair.site.world.footage(camera.camera_id).recorded(window))
        differing = spans.subtract(recorded, real) + spans.subtract(real, recorded)
        assert spans.total_ms(differing) <= 2 * len(found.recordings), camera.name
        covered = spans.union([*recorded, *(gap.span for gap in found.gaps)])
        assert covered == [window]


@pytest.mark.parametrize("status", [404, 405, 501])
def test_missing_companions_are_states(tmp_path: Path, status: int) -> None:
    gone = frozenset({"groups", "timeline", "events", "health", "capabilities"})
    lacking = options(lacking=gone, lacking_status=status)
    with running_site(tmp_path, options=lacking) as site:
        recorder = vms.connect(site.rest_url, "demo", Secret("demo"), clock=ManualClock(0))
        assert recorder.sign_in(CANCEL).missing == {Feature.HEALTH, Feature.CAPABILITIES}
        window = Span(0, 1000)
        found = recorder.availability("x", window, CANCEL)
        assert (found.state, found.recordings, found.gaps) == (
            AvailabilityState.NOT_OFFERED,
            (),
            (),
        )
        with pytest.raises(NotOfferedError):
            recorder.groups(CANCEL)
        with pytest.raises(NotOfferedError):
            recorder.events("x", window, CANCEL)
        recorder.close()


def test_a_camera_that_is_not_allowed_is_a_state(pair: Pair) -> None:
    pair.site.faults.fail_next(1, 403, path="timeline")
    found = pair.recorder.availability(pair.camera_id, Span(0, 1000), CANCEL)
    assert found.state is AvailabilityState.NOT_ALLOWED


def test_a_password_that_is_not_right_any_more_is_no_state_of_a_camera(pair: Pair) -> None:
    pair.site.world.set_password(Secret("another"))
    with pytest.raises(RefusedError):
        pair.recorder.availability(pair.camera_id, Span(0, 1000), CANCEL)


def test_a_deleted_camera_is_said_so(pair: Pair) -> None:
    window = Span(pair.now_ms - HOUR_MS, pair.now_ms)
    with pytest.raises(NotFoundError, match="camera does not exist"):
        pair.recorder.availability("gone", window, CANCEL)
    with pytest.raises(NotFoundError, match="camera does not exist"):
        pair.recorder.playback("gone", window, speed=1, skip_gaps=False, cancel=CANCEL)


def test_events_lie_in_the_window(pair: Pair) -> None:
    window = Span(pair.now_ms - 3 * HOUR_MS, pair.now_ms)
    found = pair.recorder.events(pair.camera_id, window, CANCEL)
    assert found
    assert all(event.span.start_ms < window.end_ms for event in found)


def test_a_playback_url(pair: Pair) -> None:
    window = Span(pair.now_ms - 2 * HOUR_MS, pair.now_ms - HOUR_MS)
    ask = pair.recorder.playback
    grant = ask(pair.camera_id, window, speed=4, skip_gaps=True, cancel=CANCEL)
    assert grant.url.startswith(pair.site.rtsp_url + "/playback/")
    assert "demo" not in grant.url
    assert grant.span == window
    query = pair.site.log.entries("/playback")[-1].query
    assert "speed=4" in query
    assert "skipGaps=true" in query
    ask(pair.camera_id, window, speed=1, skip_gaps=False, cancel=CANCEL)
    assert "speed" not in pair.site.log.entries("/playback")[-1].query


def test_a_time_without_footage(pair: Pair, tmp_path: Path) -> None:
    years_ago = Span(1_000_000_000_000, 1_000_000_060_000)
    with pytest.raises(NoFootageError):
        pair.recorder.playback(pair.camera_id, years_ago, speed=1, skip_gaps=False, cancel=CANCEL)
    with pytest.raises(NoFootageError):
        pair.fetch(tmp_path / "x.part", SaveRequest(pair.camera_id, years_ago))


def test_who_we_are_on_the_rtsp_side(pair: Pair) -> None:
    access = pair.recorder.stream_access()
    assert (access.username, access.password) == ("demo", Secret("demo"))
    assert access.trusted_hosts == {"127.0.0.1"}
    assert access.allow_basic, "the password went to this host in plain text already"
    more = {
        "trusted_hosts": frozenset({"Files.example:8443"}),
        "use_host_for_streams": "outside.example",
    }
    with signed_in_recorder(pair.site.rest_url, **more) as recorder:
        access = recorder.stream_access()
        assert access.trusted_hosts == {"127.0.0.1", "files.example", "outside.example"}
        assert access.use_host == "outside.example"


def test_a_clip(pair: Pair, tmp_path: Path) -> None:
    request = pair.request
    pair.fetch(tmp_path / "x.part", request)
    assert pair.packager.orders[0]["span"] == request.span
    assert pair.packager.orders[0]["quality"] == ""
    assert pair.reports[-1].received_bytes == pair.packager.size_bytes


def test_a_clip_cannot_have_a_watermark(pair: Pair, tmp_path: Path) -> None:
    request = SaveRequest(pair.camera_id, Span(0, 1), watermark=Watermark("x"))
    with pytest.raises(UsageError):
        pair.fetch(tmp_path / "x.part", request)


def test_a_clip_through_all_kinds_of_trouble_is_identical(pair: Pair, tmp_path: Path) -> None:
    undisturbed = pair.fetch(tmp_path / "a.part")
    faults = pair.site.faults
    faults.cut_body(30_000, path="/download", reset=True)
    faults.answer_other_range(path="/download")
    faults.cut_body(50_000, path="/download", count=2)
    faults.fail_next(1, 503, path="/download", retry_after="3")
    faults.lie_about_length(LengthLie.MORE, path="/download")
    assert pair.fetch(tmp_path / "b.part") == undisturbed
    assert faults.armed == 0


@pytest.mark.parametrize("trouble", ["ignore_range", "change_etag"])
def test_a_server_that_does_not_continue_is_started_over(
    pair: Pair, tmp_path: Path, trouble: str
) -> None:
    undisturbed = pair.fetch(tmp_path / "a.part")
    pair.site.faults.cut_body(40_000, path="/download")
    pair.site.log.clear()

    def after_the_cut(report: TransferProgress) -> None:
        if "Trying again" in report.note:
            getattr(pair.site.faults, trouble)(path="/download")

    fetched = pair.recorder.fetch_clip(
        pair.request, tmp_path / "b.part", cancel=CANCEL, progress=after_the_cut
    )
    assert fetched.sha256 == undisturbed
    assert [entry.status for entry in pair.site.log.entries("/download")] == [200, 200]


def test_a_token_that_expires_in_mid_transfer(pair: Pair, tmp_path: Path) -> None:
    with signed_in_recorder(pair.site.rest_url, method=SignInMethod.TOKEN) as recorder:
        pair.site.faults.cut_body(40_000, path="/download")

        def revoke(report: TransferProgress) -> None:
            if "Trying again" in report.note:
                pair.site.sign_in.revoke_all()

        fetched = recorder.fetch_clip(
            pair.request, tmp_path / "x.part", cancel=CANCEL, progress=revoke
        )
        assert fetched.size_bytes == pair.packager.size_bytes
        statuses = [entry.status for entry in pair.site.log.entries("/download")]
        assert statuses == [200, 401, 206]


def test_a_login_page_is_never_a_clip(pair: Pair, tmp_path: Path) -> None:
    pair.site.faults.answer_instead(
        b"<html>Sign in</html>", content_type="video/mp4", path="/download"
    )
    with pytest.raises(ServerError, match="web page"):
        pair.fetch(tmp_path / "x.part")


def test_a_hostile_name_is_a_cleaned_hint(pair: Pair, tmp_path: Path) -> None:
    pair.site.faults.name_file('attachment; filename="..\\\\..\\\\CON.mp4"', path="/download")
    fetched = pair.recorder.fetch_clip(
        pair.request, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
    )
    assert fetched.suggested_name == "_CON.mp4"


def test_waiting_for_a_package_is_left_at_once(pair: Pair, tmp_path: Path) -> None:
    pair.packager.gate.clear()
    token = CancelToken()

    def cancel_when_packaging() -> None:
        assert pair.packager.entered.acquire(timeout=10)
        token.cancel()

    thread = threading.Thread(target=cancel_when_packaging)
    thread.start()
    with pytest.raises(Cancelled):
        pair.recorder.fetch_clip(
            pair.request, tmp_path / "x.part", cancel=token, progress=pair.reports.append
        )
    thread.join()
    pair.packager.gate.set()


def finished_export(pair: Pair, request: SaveRequest | None = None) -> ExportStatus:
    created = pair.recorder.create_export(request or pair.request, CANCEL)
    states = {ExportState.COMPLETED, ExportState.FAILED}
    deadline_s = time.monotonic() + 20
    while time.monotonic() < deadline_s:
        status = pair.recorder.export_status(created.export_id, CANCEL)
        if status.state in states:
            return status
        threading.Event().wait(0.02)
    raise AssertionError("the export did not finish")


def test_an_export_from_order_to_file(pair: Pair, tmp_path: Path) -> None:
    asked = SaveRequest(
        pair.camera_id,
        pair.request.span,
        container="mkv",
        quality="low",
        include_audio=False,
        watermark=Watermark("RTA {timestamp}"),
    )
    status = finished_export(pair, asked)
    order = pair.packager.orders[0]
    assert (order["container"], order["quality"], order["watermark"]) == (
        "mkv",
        "low",
        "RTA {timestamp}",
    )
    assert (order["include_audio"], order["span"]) == (False, asked.span)
    assert status.size_bytes == pair.packager.size_bytes
    # By this computer's clock, which is not the server's.
    ends_ms = SystemClock().now_ms() + 24 * HOUR_MS
    assert status.expires_at_ms == pytest.approx(ends_ms, abs=60_000)
    pair.site.faults.cut_body(30_000, path="/recordings/export")
    part = tmp_path / "x.part"
    fetched = pair.recorder.fetch_export(status, part, cancel=CANCEL, progress=pair.reports.append)
    assert fetched.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
    assert fetched.size_bytes == status.size_bytes


def test_an_export_of_the_original_asks_for_no_quality(pair: Pair) -> None:
    finished_export(pair)
    assert pair.packager.orders[0]["quality"] == ""
    assert pair.packager.orders[0]["watermark"] is None


def test_more_exports_than_the_server_runs(pair: Pair) -> None:
    pair.packager.gate.clear()
    for _ in range(10):
        pair.recorder.create_export(pair.request, CANCEL)
    with pytest.raises(BusyError):
        pair.recorder.create_export(pair.request, CANCEL)
    pair.packager.gate.set()


def test_an_export_that_the_server_forgot(pair: Pair) -> None:
    status = finished_export(pair)
    pair.site.exports.forget(status.export_id)
    with pytest.raises(NotFoundError, match="does not know this export"):
        pair.recorder.export_status(status.export_id, CANCEL)


def test_an_export_whose_link_expired(pair: Pair, tmp_path: Path) -> None:
    status = finished_export(pair)
    pair.site.exports.expire(status.export_id)
    assert pair.recorder.export_status(status.export_id, CANCEL).state is ExportState.EXPIRED
    with pytest.raises(NotFoundError, match="expired"):
        pair.recorder.fetch_export(
            status, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
        )


EXPIRED_XML = b"<?xml version='1.0'?><Error><Message>Request has expired</Message></Error>"


@pytest.mark.parametrize(
    ("reply", "host"),
    [
        (Reply(404, b"<html>404</html>", {"Content-Type": "text/html"}), "127.0.0.1"),
        (Reply(404, b"gone"), "127.0.0.2"),
        (Reply(405), "127.0.0.1"),
        (Reply(403, EXPIRED_XML, {"Content-Type": "application/xml"}), "127.0.0.2"),
        (Reply(401, b"", {"WWW-Authenticate": "Basic realm=x"}), "127.0.0.2"),
    ],
)
def test_a_link_that_does_not_work_may_be_asked_for_again(
    pair: Pair, tmp_path: Path, reply: Reply, host: str
) -> None:
    status = finished_export(pair)
    with scripted(lambda seen: reply, host=host) as other:
        pair.site.faults.override_download_url(f"{other.url}/signed?key=1")
        status = pair.recorder.export_status(status.export_id, CANCEL)
        with pytest.raises(NotFoundError, match=r"does not work \(any more\)") as caught:
            pair.recorder.fetch_export(
                status, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
            )
        assert caught.value.hint == "Ask for the export again."
        assert len(other.seen) == 1


def test_progress_may_jump_back(pair: Pair) -> None:
    pair.packager.gate.clear()
    created = pair.recorder.create_export(pair.request, CANCEL)
    assert pair.packager.entered.acquire(timeout=10)
    pair.site.faults.report_progress(80, 20)
    polled = [pair.recorder.export_status(created.export_id, CANCEL) for _ in range(2)]
    assert [status.progress_percent for status in polled] == [80, 20]
    pair.packager.gate.set()


def test_a_download_url_elsewhere_gets_no_credentials(pair: Pair, tmp_path: Path) -> None:
    data = b"\x00\x00\x00\x20ftypisom" + bytes(5000)
    status = finished_export(pair)
    with scripted(lambda seen: Reply(200, data), host="127.0.0.2") as other:
        pair.site.faults.override_download_url(f"{other.url}/signed?key=1")
        status = pair.recorder.export_status(status.export_id, CANCEL)
        part = tmp_path / "x.part"
        pair.recorder.fetch_export(status, part, cancel=CANCEL, progress=pair.reports.append)
        assert part.read_bytes() == data
        assert ["authorization" in seen.headers for seen in other.seen] == [False]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "http://u:p@127.0.0.1/x", "http://[x"]
)
def test_a_download_url_that_is_not_fetched(pair: Pair, tmp_path: Path, url: str) -> None:
    status = ExportStatus("e", ExportState.COMPLETED, "completed", download_url=url)
    with pytest.raises(ServerError):
        pair.recorder.fetch_export(
            status, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
        )


def test_a_relative_download_url(pair: Pair, tmp_path: Path) -> None:
    status = finished_export(pair)
    path = "/" + status.download_url.split("/", 3)[3]
    pair.site.faults.override_download_url(path)
    status = pair.recorder.export_status(status.export_id, CANCEL)
    assert status.download_url == path
    fetched = pair.recorder.fetch_export(
        status, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
    )
    assert fetched.size_bytes == pair.packager.size_bytes


def test_a_completed_export_without_an_address(pair: Pair, tmp_path: Path) -> None:
    status = ExportStatus("e", ExportState.COMPLETED, "completed")
    with pytest.raises(ServerError, match="no address"):
        pair.recorder.fetch_export(
            status, tmp_path / "x.part", cancel=CANCEL, progress=pair.reports.append
        )


def test_a_huge_answer_is_not_read_to_its_end(pair: Pair) -> None:
    pair.site.faults.huge_body(200 << 20, path="/cameras/groups")
    with pytest.raises(ServerError, match="far too large"):
        pair.recorder.groups(CANCEL)
    assert pair.site.log.entries("/cameras/groups")[-1].sent_bytes < 20 << 20


def test_an_operator_who_drags_stays_under_the_limits(tmp_path: Path) -> None:
    """A hundred timelines in a row, by the server's own limits and clock: never a 429."""
    with running_site(tmp_path, options=RestOptions()) as site:
        clock = site.world.clock
        assert isinstance(clock, ManualClock)

        def sleep(seconds: float, cancel: CancelToken) -> None:
            clock.advance(seconds)

        with signed_in_recorder(site.rest_url, clock=clock, sleep=sleep) as recorder:
            camera_id = site.world.cameras[0].camera_id
            for number in range(150):
                recorder.availability(camera_id, Span(number, number + 1000), CANCEL)
        assert {entry.status for entry in site.log.entries("timeline")} == {200}


def test_a_server_that_says_429_is_obeyed(pair: Pair) -> None:
    pair.site.faults.fail_next(1, 429, path="groups", retry_after="5")
    assert pair.recorder.groups(CANCEL)
    pair.site.faults.fail_next(9, 503, path="groups", retry_after="500")
    with pytest.raises(BusyError) as caught:
        pair.recorder.groups(CANCEL)
    assert caught.value.retry_after_s == 500


def test_no_credentials_in_any_address(pair: Pair, tmp_path: Path) -> None:
    pair.fetch(tmp_path / "x.part")
    finished_export(pair)
    for entry in pair.site.log.entries():
        assert "demo" not in entry.query
