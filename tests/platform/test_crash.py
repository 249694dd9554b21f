import logging
import subprocess
import sys
from pathlib import Path

import pytest

from rta_viewer.core.secret import Secret
from rta_viewer.errors import StorageError
from rta_viewer.platform import log
from rta_viewer.platform.crash import LOG_BYTES, CrashReports
from tests.helpers.log_watch import LogWatch

CRASH = """
import logging, sys, faulthandler
from pathlib import Path
from rta_viewer.platform import log
with log.start(Path(sys.argv[1])):
    logging.getLogger("rta_viewer.x").info("Opening rtsp://anna:s3cret@host/")
    faulthandler._sigsegv()
"""


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A folder of logs in which a run of the program has just died."""
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False)
    assert done.returncode != 0
    return tmp_path


def test_a_crash_is_told_once_and_its_report_stays_available(crashed: Path) -> None:
    reports = CrashReports(crashed)
    assert not reports.pending()
    with log.start(crashed):
        logging.getLogger("rta_viewer.x").info("the next run")
        assert reports.pending()
        assert not reports.pending()
        text = reports.text(["RTA Viewer 1", "Python 3"])
    assert "Segmentation fault" in text or "access violation" in text
    assert "Opening rtsp://***@host/" in text
    assert "RTA Viewer 1\nPython 3" in text
    assert "s3cret" not in text


def test_what_the_system_noted_about_handled_faults_is_no_crash(tmp_path: Path) -> None:
    stacks = tmp_path / "rta-viewer-crash-previous.log"
    stacks.write_text("Windows fatal exception: code 0xe06d7363\n\nThread 0x1:\n", encoding="utf-8")
    assert not CrashReports(tmp_path).pending()
    stacks.write_text("Windows fatal exception: access violation\n", encoding="utf-8")
    assert CrashReports(tmp_path).pending()


def test_a_report_without_a_crash(tmp_path: Path) -> None:
    password = Secret("correct horse battery")
    (tmp_path / "rta-viewer.log").write_text(
        f"line {password.reveal()}\nin {Path.home()}/clips\n", encoding="utf-8"
    )
    target = tmp_path / "out" / "report.txt"
    CrashReports(tmp_path).save(target, ["RTA Viewer 1"])
    text = target.read_text(encoding="utf-8")
    assert "Last crash:\nnone" in text
    assert "line ***" in text
    assert str(Path.home()) not in text
    assert password.reveal() not in text


def test_a_long_log_gives_its_end(tmp_path: Path) -> None:
    lines = [f"line {number} {'x' * 100}" for number in range(20_000)]
    (tmp_path / "rta-viewer.log").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "rta-viewer.log.1").write_text("older\n", encoding="utf-8")
    text = CrashReports(tmp_path).text([])
    assert lines[-1] in text
    assert lines[0] not in text
    assert len(text) < LOG_BYTES * 2


def test_nothing_there_and_nowhere_to_write(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path / "nothing")
    assert not reports.pending()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError):
        reports.save(tmp_path / "file" / "report.txt", [])


def test_what_nobody_caught_on_the_main_thread_is_logged(
    tmp_path: Path, error_log: LogWatch
) -> None:
    error_log.expect("Something unforeseen")
    before = sys.excepthook
    with log.start(tmp_path):
        try:
            int("in a slot")
        except ValueError as err:
            sys.excepthook(type(err), err, err.__traceback__)
    assert sys.excepthook is before
    assert "ValueError: invalid literal" in (tmp_path / "rta-viewer.log").read_text(
        encoding="utf-8"
    )
