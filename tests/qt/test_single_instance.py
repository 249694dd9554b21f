import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from rta_viewer.qt import single_instance
from rta_viewer.qt.single_instance import SingleInstance, ask_to_show, instance_name


def test_the_second_start_shows_the_first_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Waiting for the answer holds Python's lock, and the first one is a thread of the same process here.
    monkeypatch.setattr(single_instance, "_ANSWER_MS", 50)
    name = instance_name(tmp_path)
    first = SingleInstance(name)
    assert first.claim()
    claimed: list[bool] = []
    files = [tmp_path / "a \N{SNOWMAN}.mp4", Path("b.mp4")]
    second = threading.Thread(target=lambda: claimed.append(ask_to_show(name, files)))
    with qtbot.waitSignal(first.shown_again) as caught:
        second.start()
    second.join(10)
    assert caught.args == [[files[0], files[1].absolute()]]
    assert claimed == [True]
    first.close()
    assert not ask_to_show(name)


def test_a_second_one_does_not_claim(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first one cannot answer: its thread is ours.
    monkeypatch.setattr(single_instance, "_ANSWER_MS", 1)
    name = instance_name(tmp_path)
    first, second = SingleInstance(name), SingleInstance(name)
    assert first.claim()
    assert not second.claim()
    first.close()
    assert second.claim()
    second.close()


def test_of_two_that_start_at_once_one_is_the_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first one cannot answer: its thread is ours.
    monkeypatch.setattr(single_instance, "_ANSWER_MS", 1)
    name = instance_name(tmp_path)
    first = SingleInstance(name)
    claimed: list[bool] = []

    def claim() -> None:
        second = SingleInstance(name)
        claimed.append(second.claim())
        second.close()

    at_once = threading.Thread(target=claim)

    def nobody_answers(*_: object) -> bool:
        """As long as the second one comes only now."""
        monkeypatch.setattr(single_instance, "ask_to_show", ask_to_show)
        at_once.start()
        # It has to wait; if it had not, it would be through by then.
        at_once.join(0.2)
        return False

    monkeypatch.setattr(single_instance, "ask_to_show", nobody_answers)
    assert first.claim()
    at_once.join(10)
    assert claimed == [False]
    assert ask_to_show(name)
    first.close()


def test_nobody_waits_for_ever_to_be_the_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_CLAIM_WITHIN_S", 0.05)
    name = instance_name(tmp_path)
    hung = QLockFile(f"{name}.lock")
    assert hung.tryLock(0)
    instance = SingleInstance(name)
    assert instance.claim()
    instance.close()
    assert hung.isLocked()
    hung.unlock()


def test_where_there_can_be_no_lock_nobody_waits_for_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(single_instance.time, "sleep", waits.append)
    with single_instance._alone(str(tmp_path / "none" / "instance")):
        assert waits == []


def test_what_a_killed_program_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    name = instance_name(tmp_path)
    dead = QLocalServer()
    assert dead.listen(name)
    path = Path(dead.fullServerName())
    dead.close()
    if path.is_absolute() and path.parent.is_dir():
        path.write_bytes(b"")
    instance = SingleInstance(name)
    assert instance.claim()
    instance.close()


def test_each_profile_has_its_own(tmp_path: Path) -> None:
    far = tmp_path / ("x" * 120)
    names = {instance_name(one) for one in (tmp_path / "a", tmp_path / "b", far, far / "a")}
    assert len(names) == 4
    assert all(len(name) < 100 for name in names)


@pytest.mark.parametrize(
    "line", [b"nonsense\n", b"{}\n", b"[1, null]\n", b"\xff\n", b"[" * 9999 + b"\n"]
)
def test_nonsense_shows_the_window_and_opens_nothing(
    qtbot: QtBot, tmp_path: Path, line: bytes
) -> None:
    instance = SingleInstance(instance_name(tmp_path))
    assert instance.claim()
    socket = QLocalSocket()
    with qtbot.waitSignal(instance.shown_again) as caught:
        socket.connectToServer(instance_name(tmp_path))
        socket.write(line)
    assert caught.args == [[]]
    socket.abort()
    instance.close()
