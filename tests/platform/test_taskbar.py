"""The table of functions of an ``ITaskbarList3``, made by hand: what is called, with what, in which order."""

import ctypes
import sys

import pytest

from rta_viewer.platform import taskbar
from rta_viewer.platform.taskbar import Taskbar, TaskbarState, open_taskbar

WINDOW = 0x1234_5678_9ABC
_LONG, _POINTER, _U64 = ctypes.c_long, ctypes.c_void_p, ctypes.c_ulonglong


class Interface:
    """An object as COM lays it out: a pointer to a table of pointers to functions."""

    def __init__(self, init=0):
        self.calls = []
        prototype = taskbar._prototype
        self._init = init
        functions = {
            2: prototype(_LONG, _POINTER)(lambda _this: self._note("release")),
            3: prototype(_LONG, _POINTER)(lambda _this: self._note("init", result=self._init)),
            9: prototype(_LONG, _POINTER, _POINTER, _U64, _U64)(
                lambda _this, window, done, total: self._note("value", window, done, total)
            ),
            10: prototype(_LONG, _POINTER, _POINTER, ctypes.c_int)(
                lambda _this, window, state: self._note("state", window, state)
            ),
        }
        self._kept = functions
        self._table = (ctypes.c_void_p * 21)()
        for number, function in functions.items():
            self._table[number] = ctypes.cast(function, ctypes.c_void_p).value
        self._object = ctypes.c_void_p(ctypes.addressof(self._table))
        self.address = ctypes.addressof(self._object)

    def _note(self, *call, result=0):
        self.calls.append(call)
        return result


def test_progress_is_shown_in_thousandths_and_taken_away():
    interface = Interface()
    bar = Taskbar(interface.address)
    bar.show(WINDOW, 0.4217)
    bar.clear(WINDOW)
    bar.close()
    assert interface.calls == [
        ("init",),
        ("state", WINDOW, TaskbarState.NORMAL),
        ("value", WINDOW, 422, 1000),
        ("state", WINDOW, TaskbarState.NONE),
        ("release",),
    ]


def test_what_is_shown_already_is_not_said_again():
    interface = Interface()
    bar = Taskbar(interface.address)
    for share in (0.5, 0.5001, 0.5004):
        bar.show(WINDOW, share)
    assert len(interface.calls) == 3


@pytest.mark.parametrize(("share", "done"), [(-1.0, 0), (0.0, 0), (7.0, 1000)])
def test_progress_stays_within_its_bar(share, done):
    interface = Interface()
    Taskbar(interface.address).show(WINDOW, share)
    assert interface.calls[-1] == ("value", WINDOW, done, 1000)


def test_unknown_progress_has_no_value():
    interface = Interface()
    Taskbar(interface.address).show(WINDOW, None)
    assert interface.calls[1:] == [("state", WINDOW, TaskbarState.UNKNOWN)]


def test_a_window_without_a_button_is_left_alone():
    interface = Interface()
    bar = Taskbar(interface.address)
    bar.show(0, 0.5)
    bar.clear(0)
    assert interface.calls == [("init",)]


def test_a_taskbar_that_does_not_begin_is_let_go_of_and_never_asked_again():
    interface = Interface(init=-2147467259)
    bar = Taskbar(interface.address)
    bar.show(WINDOW, 0.5)
    bar.close()
    assert interface.calls == [("init",), ("release",)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is one")
def test_other_desktops_have_none():
    assert open_taskbar() is None
