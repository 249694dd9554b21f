import threading

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.errors import Cancelled


def test_raises_once_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    assert not token.wait(0)
    token.cancel()
    token.cancel()
    assert token.cancelled
    assert token.wait(10)
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_wakes_a_thread_that_waits() -> None:
    token = CancelToken()
    woken = threading.Event()
    thread = threading.Thread(target=lambda: token.wait(30) and woken.set())
    thread.start()
    token.cancel()
    assert woken.wait(5)
    thread.join()


def test_callbacks_run_once() -> None:
    token = CancelToken()
    calls: list[str] = []
    token.on_cancel(lambda: calls.append("a"))
    token.on_cancel(lambda: calls.append("b"))
    token.cancel()
    token.cancel()
    assert calls == ["a", "b"]


def test_a_forgotten_callback_does_not_run() -> None:
    token = CancelToken()
    calls: list[str] = []
    forget = token.on_cancel(lambda: calls.append("a"))
    forget()
    forget()
    token.cancel()
    assert calls == []


def test_a_late_callback_runs_at_once() -> None:
    token = CancelToken()
    token.cancel()
    calls: list[str] = []
    forget = token.on_cancel(lambda: calls.append("late"))
    assert calls == ["late"]
    forget()
