import errno
import io
import os
import sys

import pytest

from rta_viewer.cli.progress import ProgressLine, describe, size_text
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import TransferProgress


def test_the_line_says_bytes_rate_and_time_left() -> None:
    clock, terminal = ManualClock(0), io.StringIO()
    line = ProgressLine(terminal, clock)
    line.update(TransferProgress(0, 10_000_000))
    clock.advance(1)
    line.update(TransferProgress(2_000_000, 10_000_000))
    shown = terminal.getvalue().split("\r")[-2]
    assert shown.strip() == "20 %  2.0 MB of 10.0 MB  2.0 MB/s  0:04 left"
    line.finish()
    assert terminal.getvalue().split("\r")[-2].strip() == ""


def test_it_is_not_rewritten_for_every_block() -> None:
    clock, terminal = ManualClock(0), io.StringIO()
    line = ProgressLine(terminal, clock)
    for number in range(100):
        line.update(TransferProgress(number, None))
    assert terminal.getvalue().count("\r") == 2


def test_what_is_not_shown_is_not_found_out() -> None:
    clock, asked = ManualClock(0), 0

    def find_out() -> TransferProgress:
        nonlocal asked
        asked += 1
        return TransferProgress(1, 2)

    line = ProgressLine(io.StringIO(), clock)
    for _ in range(3):
        line.update_by(find_out)
    assert asked == 1
    clock.advance(1)
    line.update_by(find_out)
    assert asked == 2
    ProgressLine(None, clock).update_by(find_out)
    assert asked == 2


def test_nothing_is_written_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(None, ManualClock(0))
    line.update(TransferProgress(1, 2))
    line.finish()
    assert capsys.readouterr() == ("", "")


def test_a_transfer_that_starts_over_has_no_negative_rate() -> None:
    clock, terminal = ManualClock(0), io.StringIO()
    line = ProgressLine(terminal, clock)
    for received in (5_000_000, 0, 1_000_000):
        clock.advance(1)
        line.update(TransferProgress(received, None))
    assert "-" not in terminal.getvalue()


def test_a_terminal_that_has_gone_does_not_stop_the_work() -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

    line = ProgressLine(Gone(), ManualClock(0))
    line.update(TransferProgress(1, 2))
    line.finish()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of a size that is set")
def test_in_a_narrow_terminal_it_stays_one_line() -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    try:
        termios.tcsetwinsize(theirs, (24, 40))
        with os.fdopen(theirs, "w") as terminal:
            clock = ManualClock(0)
            line = ProgressLine(terminal, clock)
            line.update(
                TransferProgress(5_700_000, 20_500_000, "The server is preparing the file.")
            )
            shown = os.read(ours, 1000).decode()
            line.finish()
            wiped = os.read(ours, 1000).decode()
    finally:
        os.close(ours)
    assert shown.strip("\r") == "27 %  5.7 MB of 20.5 MB  The server is "
    assert wiped.strip("\r") == " " * 39


def test_without_a_total_there_is_no_share() -> None:
    assert describe(TransferProgress(1500, None), None) == "1.5 kB"
    assert (
        describe(TransferProgress(1500, None, "packaging"), 100.0) == "1.5 kB  100 B/s  packaging"
    )


def test_sizes() -> None:
    assert [size_text(n) for n in (0, 999, 1000, 123_456, 9_990_000, 5e12)] == [
        "0 B",
        "999 B",
        "1.0 kB",
        "123 kB",
        "10.0 MB",
        "5000 GB",
    ]
