"""One call, one file: against the embedded server, with real footage."""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import SaveRequest, TransferProgress
from rta_viewer.core.ports import Recorder
from rta_viewer.core.spans import Span
from rta_viewer.demo.http_faults import LengthLie
from rta_viewer.demo.site import DemoSite
from rta_viewer.errors import Cancelled, NoFootageError, ServerError, UsageError
from rta_viewer.jobs import store_lock
from rta_viewer.jobs.save import DifferentFileError, save_now
from rta_viewer.jobs.store_lock import PartInUseError, StoreInUseError, StoreLock
from tests.helpers.packages import shown
from tests.helpers.recorders import signed_in_recorder
from tests.helpers.site import running_site
from tests.helpers.worlds import camera_named, recorded_span

Served = tuple[DemoSite, Recorder, SaveRequest]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with running_site(tmp_path) as site, signed_in_recorder(site.rest_url) as recorder:
        camera_id = camera_named(site.world, "Main entrance").camera_id
        yield site, recorder, SaveRequest(camera_id, recorded_span(site.world, camera_id, 5_000))


@pytest.mark.parametrize("kind", [None, JobKind.EXPORT])
def test_the_file_shows_what_was_asked(
    served: Served, tmp_path: Path, kind: JobKind | None
) -> None:
    site, recorder, request = served
    target = tmp_path / "out" / "gate.mp4"
    reports: list[TransferProgress] = []
    saved = save_now(
        recorder, request, target, cancel=CancelToken(), progress=reports.append, kind=kind
    )
    assert saved.path == target
    assert saved.check == "ok"
    data = target.read_bytes()
    assert (saved.size_bytes, saved.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert saved.duration_s == pytest.approx(5, abs=0.2)
    assert saved.start_ms <= request.span.start_ms
    instants = [instant_ms for _, instant_ms in shown(target)]
    assert instants[0] <= request.span.start_ms
    assert request.span.end_ms - 100 <= instants[-1] < request.span.end_ms
    assert (tmp_path / "out" / "gate.mp4.receipt.json").exists()
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert reports[-1].received_bytes == len(data)
    assert site.log.count("/recordings/export", method="POST") == (kind is JobKind.EXPORT)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_folder_whose_name_is_no_text(served: Served, tmp_path: Path) -> None:
    _, recorder, request = served
    target = tmp_path / "caf\udce9" / "gate\udce9.mp4"
    saved = save_now(
        recorder, request, target, cancel=CancelToken(), progress=lambda progress: None
    )
    assert saved.path == target.with_name("gate.mp4")
    assert saved.path.stat().st_size == saved.size_bytes


def test_a_shortened_file_is_kept_and_told(served: Served, tmp_path: Path) -> None:
    site, recorder, request = served
    site.faults.lie_about_length(LengthLie.LESS, by_bytes=20_000, path="/download")
    target = tmp_path / "gate.mp4"
    with pytest.raises(DifferentFileError) as caught:
        save_now(recorder, request, target, cancel=CancelToken(), progress=lambda report: None)
    assert caught.value.kind == "delivery"
    assert caught.value.saved.path == target
    assert caught.value.saved.check not in {"", "ok"}
    assert str(target) in caught.value.hint
    assert target.exists()


def test_an_interrupted_call_is_taken_up_by_the_same_call(served: Served, tmp_path: Path) -> None:
    site, recorder, request = served
    target, token = tmp_path / "gate.mp4", CancelToken()
    site.faults.cut_body(40_000, path="/download")

    def interrupt(report: TransferProgress) -> None:
        if "Trying again" in report.note:
            token.cancel()

    with pytest.raises(Cancelled):
        save_now(recorder, request, target, cancel=token, progress=interrupt)
    assert not target.exists()
    saved = save_now(recorder, request, target, cancel=CancelToken(), progress=lambda report: None)
    assert saved.check == "ok"
    assert [entry.status for entry in site.log.entries("/download")] == [200, 206]


def test_the_same_call_while_the_first_is_under_way_leaves_its_file_alone(
    served: Served, tmp_path: Path
) -> None:
    site, recorder, request = served
    target = tmp_path / "out" / "gate.mp4"
    refused: list[PartInUseError] = []

    def once_more(progress: TransferProgress) -> None:
        if refused or not progress.received_bytes > 0:
            return
        with signed_in_recorder(site.rest_url) as other, pytest.raises(PartInUseError) as caught:
            save_now(other, request, target, cancel=CancelToken(), progress=lambda _: None)
        refused.append(caught.value)

    saved = save_now(recorder, request, target, cancel=CancelToken(), progress=once_more)
    assert len(refused) == 1
    assert refused[0].hint
    assert hashlib.sha256(target.read_bytes()).hexdigest() == saved.sha256
    assert site.log.count("/download") == 1
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == ["gate.mp4", "gate.mp4.receipt.json"]
    again = save_now(recorder, request, target, cancel=CancelToken(), progress=lambda _: None)
    assert again.path.name == "gate (2).mp4"


def test_a_drive_that_knows_no_locks_is_saved_to_all_the_same(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, recorder, request = served

    def refuses(part: Path) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(store_lock, "StoreLock", refuses)
    target = tmp_path / "out" / "gate.mp4"
    saved = save_now(recorder, request, target, cancel=CancelToken(), progress=lambda _: None)
    assert saved.check == "ok"


def test_a_drive_that_calls_every_lock_taken_is_saved_to_all_the_same(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What SQLite makes of shares that refuse locks with EACCES."""
    _, recorder, request = served

    class Refusing(StoreLock):
        def __init__(self, store: Path) -> None:
            super().__init__(store)
            self.close()
            raise StoreInUseError

    monkeypatch.setattr(store_lock, "StoreLock", Refusing)
    target = tmp_path / "out" / "gate.mp4"
    saved = save_now(recorder, request, target, cancel=CancelToken(), progress=lambda _: None)
    assert saved.check == "ok"
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == ["gate.mp4", "gate.mp4.receipt.json"]


def test_no_footage_no_file(served: Served, tmp_path: Path) -> None:
    _, recorder, request = served
    nothing = SaveRequest(request.camera_id, Span(1_000_000_000_000, 1_000_000_005_000))
    with pytest.raises(NoFootageError):
        save_now(
            recorder,
            nothing,
            tmp_path / "out" / "x.mp4",
            cancel=CancelToken(),
            progress=lambda report: None,
        )
    assert list((tmp_path / "out").iterdir()) == []


def test_a_web_page_is_no_file(served: Served, tmp_path: Path) -> None:
    site, recorder, request = served
    site.faults.answer_instead(b"<html>", content_type="video/mp4", path="/download")
    with pytest.raises(ServerError, match="web page"):
        save_now(
            recorder,
            request,
            tmp_path / "x.mp4",
            cancel=CancelToken(),
            progress=lambda report: None,
        )
    assert not (tmp_path / "x.mp4").exists()


def test_an_empty_span_is_refused(served: Served, tmp_path: Path) -> None:
    _, recorder, _ = served
    with pytest.raises(UsageError):
        save_now(
            recorder,
            SaveRequest("c", Span(5, 5)),
            tmp_path / "x.mp4",
            cancel=CancelToken(),
            progress=lambda report: None,
        )
