import threading

import pytest

from rta_viewer.cli.interrupt import run_interruptible
from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled, NetworkError


def test_results_and_failures_come_through() -> None:
    assert run_interruptible(lambda: 7, CancelToken()) == 7

    def fail() -> int:
        raise NetworkError("down")

    with pytest.raises(NetworkError, match="down"):
        run_interruptible(fail, CancelToken())


@pytest.fixture
def ctrl_c(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Presses Ctrl+C while the main thread waits: once for each element."""
    presses: list[int] = []
    wait, main = threading.Event.wait, threading.main_thread()

    def interrupted(self: threading.Event, timeout: float | None = None) -> bool:
        waits_for_work = timeout is not None and threading.current_thread() is main
        if waits_for_work and presses:
            presses.pop()
            raise KeyboardInterrupt
        return wait(self, timeout)

    monkeypatch.setattr(threading.Event, "wait", interrupted)
    return presses


def test_the_first_ctrl_c_lets_the_work_end_in_its_own_way(ctrl_c: list[int]) -> None:
    cancel = CancelToken()
    tidied = threading.Event()

    def work() -> int:
        assert cancel.wait(20)
        tidied.set()
        raise Cancelled

    ctrl_c.append(1)
    with pytest.raises(Cancelled):
        run_interruptible(work, cancel)
    assert tidied.is_set()


def test_the_second_gives_up_on_it(ctrl_c: list[int]) -> None:
    release = threading.Event()
    ctrl_c.extend([1, 2])
    with pytest.raises(Cancelled):
        run_interruptible(lambda: release.wait(20), CancelToken())
    release.set()
