import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rta_viewer.core.texts import Said
from rta_viewer.errors import StorageError
from rta_viewer.platform import log
from tests.helpers.log_watch import LogWatch


@pytest.fixture
def session(tmp_path: Path) -> Iterator[log.LogSession]:
    with log.start(tmp_path) as started:
        yield started


def written(folder: Path) -> str:
    return (folder / "rta-viewer.log").read_text(encoding="utf-8")


@pytest.mark.usefixtures("session")
def test_the_file_holds_lines_without_secrets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("rta_viewer.x").info("Opening %s", "rtsp://anna:s3cret@host/")
    assert "Opening rtsp://***@host/" in written(tmp_path)
    assert "Opening" not in capsys.readouterr().err


@pytest.mark.usefixtures("session")
def test_tracebacks_are_redacted_too(tmp_path: Path, error_log: LogWatch) -> None:
    error_log.expect("It failed")
    try:
        int("https://anna:s3cret@host")
    except ValueError:
        logging.getLogger("x").exception("It failed")
    assert "Traceback" in written(tmp_path)
    assert "s3cret" not in written(tmp_path)


@pytest.mark.usefixtures("session")
def test_a_thread_that_fails_is_logged(tmp_path: Path, error_log: LogWatch) -> None:
    error_log.expect("Thread poor failed")

    def fail() -> None:
        raise ValueError("because")

    thread = threading.Thread(target=fail, name="poor")
    thread.start()
    thread.join()
    assert "ValueError: because" in written(tmp_path)


def test_closing_puts_all_back(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level, threading.excepthook
    session = log.start(tmp_path)
    session.close()
    session.close()
    assert (list(root.handlers), root.level, threading.excepthook) == before


def test_the_file_rotates_within_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 2_000)
    with log.start(tmp_path):
        for number in range(200):
            logging.getLogger("x").info("line %d %s", number, "." * 80)
    files = list(tmp_path.glob("rta-viewer.log*"))
    assert len(files) == log.FILES_KEPT + 1
    assert all(file.stat().st_size <= 2_000 for file in files)


def test_a_crash_report_is_kept_and_mentioned(tmp_path: Path) -> None:
    (tmp_path / "rta-viewer-crash.log").write_text("Fatal Python error", encoding="utf-8")
    with log.start(tmp_path):
        pass
    assert "last run crashed" in written(tmp_path)
    kept = tmp_path / "rta-viewer-crash-previous.log"
    assert kept.read_text(encoding="utf-8") == "Fatal Python error"


def test_a_log_that_cannot_be_written_does_not_stop_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rta-viewer.log").mkdir()
    with log.start(tmp_path):
        logging.getLogger("x").warning("still here")
    err = capsys.readouterr().err
    assert "cannot be written" in err
    assert "still here" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_costs_the_log_and_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rta-viewer.log").symlink_to("/dev/full")
    with log.start(tmp_path):
        logging.getLogger("x").warning("one")
        logging.getLogger("x").warning("two")
    err = capsys.readouterr().err
    assert err.count("rta-viewer.log cannot be written: No space left on device") == 1
    assert "one" in err
    assert "two" in err
    assert "Traceback" not in err


def test_without_standard_error_either_nobody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rta-viewer.log").mkdir()
    monkeypatch.setattr("sys.stderr", None)
    with log.start(tmp_path):
        logging.getLogger("x").warning("still here")


def test_the_log_is_in_english_whatever_the_window_speaks() -> None:
    said = Said("\N{ARABIC LETTER HAH}", "The disk is full.")
    made = logging.makeLogRecord({"msg": "%s, %s: %s", "args": (said, 3, StorageError(said, said))})
    text = log.RedactingFormatter("%(message)s").format(made)
    assert text == "The disk is full., 3: The disk is full. The disk is full."
