import subprocess
import sys

import pytest

from rta_viewer.platform.memory import return_large_blocks

PICTURES = """
import os, sys
from rta_viewer.platform.memory import return_large_blocks
if sys.argv[1] == "set":
    assert return_large_blocks()
    assert return_large_blocks()
def resident_mib():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
del [bytearray(20 << 20)][:]  # the first large block that is freed moves the library's own limit
held = [(bytearray(1 << 20), bytearray(3000)) for _ in range(200)]
held = [small for _picture, small in held]
print(resident_mib())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only this system's C library")
def test_freed_pictures_go_back_to_the_system_although_small_things_stay():
    def resident_mib(argument: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PICTURES, argument], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert resident_mib("leave") > 200
    assert resident_mib("set") < 100


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_need_nothing(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert not return_large_blocks()
