import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from rta_viewer.__main__ import window_commands
from rta_viewer.cli import demo_server
from rta_viewer.cli.main import run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Stands where the rooms above are, and notes what is started."""
    calls: list[tuple[str, object]] = []

    def room(module: str, *names: str) -> None:
        fake = ModuleType(module)
        for name in names:
            setattr(fake, name, lambda _context, args, name=name: calls.append((name, args)) or 0)
        monkeypatch.setitem(sys.modules, module, fake)

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    room("rta_viewer.app", "run_window", "run_demo", "run_open")
    room("rta_viewer.tour", "run_tour")
    monkeypatch.setattr(
        demo_server, "serve", lambda args, folder, clock: calls.append(("serve", folder)) or 0
    )
    return calls


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        ([], "run_window"),
        (["run"], "run_window"),
        (["demo"], "run_demo"),
        (["tour", "--out", "x"], "run_tour"),
        (["demo", "--server-only"], "serve"),
        (["open", "clip.mp4"], "run_open"),
        ([__file__], "run_open"),
        (["--verbose", __file__, "other.mp4"], "run_open"),
    ],
)
def test_each_command_starts_its_room(
    argv: list[str], name: str, tmp_path: Path, started: list[tuple[str, object]]
) -> None:
    assert run(["--profile", str(tmp_path), *argv], window_commands()) == 0
    assert [call[0] for call in started] == [name]


def test_the_server_keeps_its_files_in_the_profile(
    tmp_path: Path, started: list[tuple[str, object]]
) -> None:
    run(["demo", "--server-only", "--profile", str(tmp_path)], window_commands())
    assert started == [("serve", tmp_path / "cache" / "demo")]
    assert not (tmp_path / "log" / "rta-viewer.log").exists()


def test_the_tour_gets_its_folder(
    tmp_path: Path, started: list[tuple[str, SimpleNamespace]]
) -> None:
    run(["--profile", str(tmp_path), "tour", "--out", "pictures"], window_commands())
    assert started[0][1].out == Path("pictures")


ONE_HEAP = """
import ctypes, re, sys, threading
from rta_viewer import __main__ as door
def start(argv, commands):
    def work():
        held.append([bytes(5_000) for _ in range(100)])
    held = []
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    library.fopen.argtypes = library.malloc_info.argtypes = None
    file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
    library.malloc_info(0, file)
    library.fclose(file)
    print(len(re.findall("<heap nr=", open(sys.argv[1]).read())))
    return 0
door.run = start
if sys.argv[2] == "door":
    door.main()
else:
    start([], [])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only this system's C library")
def test_no_thread_gets_a_heap_of_its_own(tmp_path: Path) -> None:
    def heaps(way: str) -> int:
        words = [sys.executable, "-c", ONE_HEAP, str(tmp_path / way), way]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert heaps("door") == 1
    assert heaps("elsewhere") > 1


STUCK = """
import sys, threading
from PySide6.QtCore import QCoreApplication
from rta_viewer import __main__ as door
from rta_viewer.qt.workers import Lane
def start(argv, commands):
    app = QCoreApplication([])
    lane, begun = Lane("stuck", app), threading.Event()
    def work(cancel):
        begun.set()
        threading.Event().wait(0.0 if is_free else threading.TIMEOUT_MAX)
    is_free = sys.argv[1] == "free"
    lane.submit(work, app, print, print)
    begun.wait(10)
    assert lane.close(20 if is_free else 0.5) == is_free
    print("closed", flush=True)
    if sys.argv[1] == "stuck without a terminal":
        sys.stdout = None
    return 4
door.run = start
raise SystemExit(door.main())
"""


@pytest.mark.parametrize("how", ["stuck", "stuck without a terminal", "free"])
def test_a_thread_that_does_not_end_does_not_make_the_program_crash_at_its_end(how: str) -> None:
    words = [sys.executable, "-c", STUCK, how]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (4, "closed\n")
