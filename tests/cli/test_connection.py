import argparse
import getpass
import io
import sys
from collections.abc import Iterator, Sequence

import pytest

from rta_viewer.cli import connection
from rta_viewer.cli.main import run
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera
from rta_viewer.errors import Cancelled, NotFoundError, UsageError
from tests.helpers.shelf_recorder import ShelfRecorder


def args(*, stdin: bool) -> argparse.Namespace:
    return argparse.Namespace(password_stdin=stdin, user="anna")


@pytest.mark.parametrize(
    ("text", "password"),
    [("pass word\n", "pass word"), ("x\r\n", "x"), ("x", "x"), (" x \nmore\n", " x "), ("\n", "")],
)
def test_the_password_is_one_line(
    text: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert connection.read_password(args(stdin=True)).reveal() == password


@pytest.mark.parametrize("text", ["", "x" * 5000, "p\udce4ss\n"])
def test_no_password_or_an_endless_one_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    with pytest.raises(UsageError):
        connection.read_password(args(stdin=True))


@pytest.mark.parametrize("piped", [True, False])
def test_a_program_without_standard_input_has_no_password(
    monkeypatch: pytest.MonkeyPatch, *, piped: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError):
        connection.read_password(args(stdin=piped))


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
    with pytest.raises(UsageError) as caught:
        connection.read_password(args(stdin=False))
    assert "--password-stdin" in caught.value.hint


def test_a_user_that_no_server_can_have_is_refused_before_the_password_is_read() -> None:
    odd = argparse.Namespace(password_stdin=True, user="anna\udcff")
    with pytest.raises(UsageError, match="--user is not UTF-8"):
        connection.with_signed_in(None, odd, lambda recorder, info: None)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt, stream: f"{prompt}!")
    assert connection.read_password(args(stdin=False)).reveal() == "Password of anna: !"

    def leave(prompt: str, stream: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(getpass, "getpass", leave)
    with pytest.raises(Cancelled):
        connection.read_password(args(stdin=False))


DOOR = Camera("id-1", "Front Door")
YARD = Camera("id-2", "Yard")
YARD_TOO = Camera("id-3", "yard")
ODD = Camera("id-4", "id-1")


def find(wanted: str, *cameras: Camera) -> Camera:
    return connection.find_camera(ShelfRecorder(cameras), wanted, CancelToken())


def test_another_way_of_sign_in_is_told_which_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["cameras", "--sign-in", "windows"]) == 2
    assert "'windows' is none of basic, token, openid." in capsys.readouterr().err


def test_a_camera_is_found_by_id_or_by_its_only_name() -> None:
    assert find("id-1", DOOR, YARD) is DOOR
    assert find("front door", DOOR, YARD) is DOOR
    assert find("id-1", ODD, DOOR) is DOOR


def test_a_name_that_two_have_is_refused_with_their_ids() -> None:
    with pytest.raises(UsageError) as caught:
        find("YARD", DOOR, YARD, YARD_TOO)
    assert "id-2, id-3" in caught.value.hint


def test_a_camera_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFoundError) as caught:
        find("Front Dor", DOOR, YARD)
    assert "'Front Door'" in caught.value.hint
    with pytest.raises(NotFoundError):
        find("Front", DOOR)


def test_a_server_without_a_list_is_taken_at_its_word() -> None:
    recorder = ShelfRecorder(None)
    assert connection.find_camera(recorder, "abc", CancelToken()).camera_id == "abc"


def test_the_list_is_asked_for_once_however_many_are_wanted() -> None:
    """Servers take sixty such questions a minute."""

    class Counted(ShelfRecorder):
        lists = 0

        def cameras(self, cancel: CancelToken) -> Iterator[Sequence[Camera]]:
            self.lists += 1
            return super().cameras(cancel)

    recorder = Counted((DOOR, YARD))
    found = connection.find_cameras(recorder, ["id-1", "front door", "id-1"], CancelToken())
    assert (found, recorder.lists) == ([DOOR, DOOR, DOOR], 1)
