"""Finds what a test left running: threads, Qt threads, timers and top-level widgets, and where they began."""

import gc
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

JOIN_LIMIT_S = 10.0

_started_at: "weakref.WeakKeyDictionary[threading.Thread, str]" = weakref.WeakKeyDictionary()
_parents: "weakref.WeakKeyDictionary[threading.Thread, weakref.ref[threading.Thread]]" = (
    weakref.WeakKeyDictionary()
)
_qt_started: "weakref.WeakKeyDictionary[Any, str]" = weakref.WeakKeyDictionary()
_patched_qt: list[type] = []


def _caller() -> str:
    """The stack above the start call, without pytest's own part."""
    frames = traceback.extract_stack()[:-2]
    own = [f for f in frames if "_pytest" not in f.filename and "pluggy" not in f.filename]
    return "".join(traceback.format_list(own[-6:]))


def record_thread_starts() -> None:
    """From now on every started thread remembers where and by whom. Call once a process."""
    original = threading.Thread.start

    def start(self: threading.Thread) -> None:
        _started_at[self] = _caller()
        _parents[self] = weakref.ref(threading.current_thread())
        original(self)

    threading.Thread.start = start  # type: ignore[method-assign]


def record_qt_starts() -> None:
    """The same for QTimer and QThread, once Qt is loaded. Idempotent."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or _patched_qt:
        return
    for kind in (core.QTimer, core.QThread):
        _patched_qt.append(kind)
        kind.start = _recording(kind.start)


def _recording(original: Callable[..., Any]) -> Callable[..., Any]:
    def start(self: Any, *args: Any, **kwargs: Any) -> Any:
        _qt_started[self] = _caller()
        return original(self, *args, **kwargs)

    return start


def dangling_threads(
    before: Iterable[threading.Thread], allowed_prefixes: tuple[str, ...] = ()
) -> list[str]:
    """Describe the threads that are there now, were not before, and do not end within the time limit.

    A thread that was started by one that was there before belongs to a fixture of a wider scope (a
    server's connection, say) and is that fixture's business.
    """
    known = set(before)
    main = threading.main_thread()
    found = []
    for thread in threading.enumerate():
        if thread in known or isinstance(thread, threading._DummyThread):
            continue
        parent = _parents.get(thread, lambda: None)()
        if parent is not None and parent is not main and parent in known:
            continue
        if thread.name.startswith(allowed_prefixes or ("\0",)):
            continue
        thread.join(JOIN_LIMIT_S)
        if thread.is_alive():
            found.append(f"thread {thread.name!r}, started at\n{_started_at.get(thread, '?')}")
    return found


def flush_deferred_deletes() -> None:
    """Run what ``deleteLater`` asked for; nothing without a Qt application."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def top_level_widgets() -> set[Any]:
    """All windows of this process, shown or hidden; none without a Qt application."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    return set(widgets.QApplication.topLevelWidgets())


def left_over_qt(widgets_before: set[Any], started_before: set[Any]) -> list[str]:
    """Describe windows, active timers and running Qt threads that a test left behind."""
    flush_deferred_deletes()
    if _qt_left_overs(widgets_before, started_before):
        gc.collect()
        flush_deferred_deletes()
    return _qt_left_overs(widgets_before, started_before)


def _qt_left_overs(widgets_before: set[Any], started_before: set[Any]) -> list[str]:
    found = [f"window {widget!r}" for widget in top_level_widgets() - widgets_before]
    for item, where in list(_qt_started.items()):
        if item not in started_before and _is_running(item):
            found.append(f"{item!r}, started at\n{where}")
    return found


def _is_running(item: Any) -> bool:
    import shiboken6

    if not shiboken6.isValid(item):
        return False
    if hasattr(item, "isActive"):
        return bool(item.isActive())
    return not item.wait(int(JOIN_LIMIT_S * 1000))


@contextmanager
def no_left_overs(allowed_prefixes: list[str]) -> Iterator[None]:
    """Raise AssertionError when the body leaves something running that was not running before."""
    record_qt_starts()
    threads = set(threading.enumerate())
    widgets = top_level_widgets()
    started = set(_qt_started)
    yield
    found = left_over_qt(widgets, started)
    found += dangling_threads(threads, tuple(allowed_prefixes))
    if found:
        raise AssertionError("The test left behind:\n" + "\n".join(found))
