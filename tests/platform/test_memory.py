import subprocess
import sys

import pytest

from rta_viewer.platform.memory import give_back, share_one_heap

PICTURES = """
import os, sys, threading
from rta_viewer.platform.memory import share_one_heap
if sys.argv[1] == "share":
    assert share_one_heap()
    assert share_one_heap()
def resident_mib():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
del [bytearray(20 << 20)][:]  # from now on the library takes blocks of that size from its heaps
held, turn, end = [], threading.Lock(), threading.Event()
done = threading.Semaphore(0)
def player():
    with turn:
        pictures = [(bytearray(1 << 20), bytearray(3000)) for _ in range(40)]
        held.append([small for _picture, small in pictures])
        del pictures
    done.release()
    end.wait()
players = [threading.Thread(target=player) for _ in range(8)]
for thread in players:
    thread.start()
for _ in players:
    done.acquire()
print(resident_mib())
end.set()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only this system's C library")
def test_what_one_player_has_freed_serves_the_next():
    def resident_mib(argument: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PICTURES, argument], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert resident_mib("leave") > 200
    assert resident_mib("share") < 150


GIVEN_BACK = """
import os
from rta_viewer.platform.memory import give_back, share_one_heap
assert share_one_heap()
def resident_mib():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
pictures = [(bytearray(4 << 20), bytearray(3000)) for _ in range(60)]
small = [each[1] for each in pictures]
del pictures
kept = resident_mib()
assert give_back()
print(kept - resident_mib())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only this system's C library")
def test_what_lies_between_blocks_in_use_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", GIVEN_BACK], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 150


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_need_nothing(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert not share_one_heap()
    assert not give_back()
