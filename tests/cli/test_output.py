import errno
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.cli.output import Output, OutputLostError, table
from rta_viewer.errors import RtaError


class Console(io.StringIO):
    encoding = "ascii"


def test_names_from_servers_cannot_steer_the_terminal() -> None:
    out = Console()
    Output(stdout=out).result({}, ["door\x1b[2J\x07", "Käthe"])
    assert out.getvalue() == "door?[2J?\nK?the\n"


@given(st.text())
def test_json_is_one_ascii_line_on_any_console(name: str) -> None:
    out = Console()
    Output(as_json=True, stdout=out).result({"name": name}, [])
    assert json.loads(out.getvalue()) == {"name": name}
    assert out.getvalue().isascii()
    assert out.getvalue().count("\n") == 1


def test_errors_for_people_leave_standard_output_alone() -> None:
    out, err = Console(), Console()
    Output(stdout=out, stderr=err).error(RtaError("a", "b"))
    assert (out.getvalue(), err.getvalue()) == ("", "a b\n")
    assert Output(stdout=out, stderr=err).progress_stream is None


def test_columns_are_as_wide_as_they_need() -> None:
    assert table([("a", "bb", "c"), ("aaa", "b", "ccc")]) == ["a    bb  c", "aaa  b   ccc"]
    assert table([]) == []


def test_a_name_cannot_make_a_row_of_its_own() -> None:
    assert table([("a\nb", "c\nd")]) == ["a b  c d"]


def test_what_cannot_be_written_is_told_and_what_nobody_wants_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(Console):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputLostError, match="No space left"):
        Output(stdout=Full()).result({}, ["line"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    nowhere = Output()
    nowhere.result({}, ["line"])
    nowhere.note("line")
    assert nowhere.progress_stream is None


@pytest.mark.parametrize("error", [OSError(errno.EIO, "gone"), BrokenPipeError()])
def test_a_remark_that_nobody_can_get_stops_nothing(error: OSError) -> None:
    class Gone(Console):
        def write(self, _text: str) -> int:
            raise error

    output = Output(stdout=Console(), stderr=Gone())
    output.note("line")
    output.error(RtaError("a", "b"))
