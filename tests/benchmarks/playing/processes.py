"""What processes use, read from the system: CPU seconds, memory, threads, open files."""

import ctypes
import gc
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Usage:
    """CPU seconds and resident memory of a process; None where the system does not tell."""

    cpu_s: float | None
    rss_mib: float | None


def usage(pid: int | None = None) -> Usage:
    """Of this process, or of another one."""
    own = pid is None or pid == os.getpid()
    folder = _PROC / str(os.getpid() if pid is None else pid)
    try:
        fields = (folder / "stat").read_text(encoding="ascii", errors="replace")
        pages = int((folder / "statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return Usage(time.process_time() if own else None, _windows_rss_mib() if own else None)
    # The name in brackets may hold anything; utime and stime are the 14th and 15th field.
    words = fields.rpartition(")")[2].split()
    ticks = int(words[11]) + int(words[12])
    return Usage(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / _MIB)


@dataclass(frozen=True)
class Holdings:
    """What this process holds on to."""

    threads: int
    files: int
    rss_mib: float | None


def holdings() -> Holdings:
    """Threads (libVLC's too, where the system tells), open files and sockets, memory."""
    gc.collect()
    return Holdings(_threads(), _open_files(), usage().rss_mib)


def _threads() -> int:
    tasks = _PROC / "self" / "task"
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _open_files() -> int:
    files = _PROC / "self" / "fd"
    if files.is_dir():
        return len(list(files.iterdir()))
    return _windows_handles()


class _Counters(ctypes.Structure):
    """``PROCESS_MEMORY_COUNTERS`` of psapi.h."""

    _fields_ = [
        ("cb", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        *(
            (name, ctypes.c_size_t)
            for name in ("peak", "working_set", "a", "b", "c", "d", "e", "f")
        ),
    ]


def _windows_rss_mib() -> float | None:
    if sys.platform != "win32":
        return None
    counters = _Counters(cb=ctypes.sizeof(_Counters))
    kernel = ctypes.WinDLL("kernel32")
    process = ctypes.c_void_p(-1)  # the pseudo handle of this process
    if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb):
        return None
    return float(counters.working_set) / _MIB


def _windows_handles() -> int:
    if sys.platform != "win32":
        return 0
    count = ctypes.c_uint32()
    ctypes.WinDLL("kernel32").GetProcessHandleCount(ctypes.c_void_p(-1), ctypes.byref(count))
    return int(count.value)
