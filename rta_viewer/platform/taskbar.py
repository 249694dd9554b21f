"""Progress on a window's button in the Windows taskbar (``ITaskbarList3``, shobjidl_core.h).

Qt 6 has no call for that. The interface is used through its table of functions, whose order is part of its
contract: three of ``IUnknown``, five of ``ITaskbarList``, one of ``ITaskbarList2``, then its own.
"""

import ctypes
import logging
from collections.abc import Callable
from enum import IntEnum
from typing import Any
from uuid import UUID

_log = logging.getLogger(__name__)

_TASKBAR_LIST = UUID("56fdf344-fd6d-11d0-958a-006097c9a090")
_ITASKBAR_LIST_3 = UUID("ea1afb91-9e28-4b86-90e9-9e9f8a5eefaf")
_IN_THIS_PROCESS = 1  # CLSCTX_INPROC_SERVER
_STEPS = 1000

_RELEASE, _INIT, _SET_VALUE, _SET_STATE = 2, 3, 9, 10


class TaskbarState(IntEnum):
    """How the button looks (``TBPFLAG``)."""

    NONE = 0
    UNKNOWN = 1
    NORMAL = 2


# A method of a COM object is called as the system's own functions are.
_prototype: Callable[..., Any] = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)


class Taskbar:
    """Shows progress on buttons of windows. One thread, on which COM is in use (Qt's GUI thread).

    Args:
        interface: Address of an ``ITaskbarList3``, which belongs to this object from then on.
    """

    def __init__(self, interface: int) -> None:
        self._interface = interface
        self._shown: tuple[int, TaskbarState, int] | None = None
        if self._call(_INIT) < 0:
            self.close()

    def show(self, window_id: int, share: float | None) -> None:
        """Show how much is done, from 0 to 1; None when that is not known.

        ``window_id`` is the HWND, 0 for a window that has no button now.
        """
        state = TaskbarState.UNKNOWN if share is None else TaskbarState.NORMAL
        self._show(window_id, state, round(_STEPS * min(1.0, max(0.0, share or 0.0))))

    def clear(self, window_id: int) -> None:
        """Nothing is going on any more."""
        self._show(window_id, TaskbarState.NONE, 0)

    def close(self) -> None:
        """Let go of the interface. Idempotent."""
        if self._interface:
            self._call(_RELEASE)
            self._interface = 0

    def _show(self, window_id: int, state: TaskbarState, done: int) -> None:
        wanted = (window_id, state, done)
        if not self._interface or not window_id or wanted == self._shown:
            return
        self._shown = wanted
        window = ctypes.c_void_p(window_id)
        self._call(_SET_STATE, window, ctypes.c_int(state))
        if state is TaskbarState.NORMAL:
            self._call(_SET_VALUE, window, ctypes.c_ulonglong(done), ctypes.c_ulonglong(_STEPS))

    def _call(self, number: int, *arguments: Any) -> int:
        """Call a method by its place in the table; the result is negative when it failed."""
        table = ctypes.cast(self._interface, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
        kinds = [type(argument) for argument in arguments]
        method = _prototype(ctypes.c_long, ctypes.c_void_p, *kinds)(table[number])
        return int(method(self._interface, *arguments))


def open_taskbar() -> Taskbar | None:
    """The taskbar of this desktop; None where there is none of the kind."""
    windows: Any = getattr(ctypes, "windll", None)
    if windows is None:
        return None
    made = ctypes.c_void_p()
    try:
        result = windows.ole32.CoCreateInstance(
            _TASKBAR_LIST.bytes_le,
            None,
            _IN_THIS_PROCESS,
            _ITASKBAR_LIST_3.bytes_le,
            ctypes.byref(made),
        )
    except OSError as err:
        _log.info("no progress in the taskbar: %s", err)
        return None
    return Taskbar(made.value) if result == 0 and made.value else None
