import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from rta_viewer.cli.demo_server import add_arguments, serve
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from tests.helpers.worlds import NOW_MS

_MAIN = """
import argparse, sys
from pathlib import Path
from rta_viewer.cli.demo_server import add_arguments, serve
from rta_viewer.platform.system_clock import SystemClock
parser = argparse.ArgumentParser()
add_arguments(parser)
sys.exit(serve(parser.parse_args(sys.argv[2:]), Path(sys.argv[1]), SystemClock()))
"""


@contextmanager
def _process(
    tmp_path: Path, *arguments: str, ports: bool = True
) -> Iterator[subprocess.Popen[bytes]]:
    free = ["--port", "0", "--rtsp-port", "0"] if ports else []
    command = [sys.executable, "-X", "dev", "-c", _MAIN, str(tmp_path / "cache"), *free, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _ready(process: subprocess.Popen[bytes]) -> dict[str, str]:
    assert process.stdout
    addresses = json.loads(process.stdout.readline())
    assert set(addresses) == {"rest", "rtsp"}
    return dict(addresses)


def _health(addresses: dict[str, str], user: str = "demo", password: str = "demo") -> int:  # noqa: S107
    url = addresses["rest"] + "/api/rest/v1/system/health"
    return requests.get(url, auth=(user, password), timeout=20).status_code


def _finished(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err.decode()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send these to another process")
def test_one_json_line_when_ready_and_a_clean_end_on_a_signal(tmp_path: Path, name: str) -> None:
    with _process(tmp_path) as process:
        addresses = _ready(process)
        assert addresses["rest"].startswith("http://127.0.0.1:")
        assert addresses["rtsp"].startswith("rtsp://127.0.0.1:")
        assert _health(addresses) == 200
        process.send_signal(getattr(signal, name))
        code, out, err = _finished(process)
    assert (code, out) == (0, b"")
    assert name in err
    assert "Traceback" not in err
    assert "Warning" not in err
    assert list((tmp_path / "cache" / "served").iterdir()) == []


def test_it_ends_with_its_standard_input_when_told_so(tmp_path: Path) -> None:
    with _process(tmp_path, "--exit-with-stdin") as process:
        assert _health(_ready(process)) == 200
        assert process.stdin
        process.stdin.close()
        process.stdin = None
        code, _, err = _finished(process)
    assert code == 0
    assert "standard input was closed" in err


def test_the_password_comes_from_standard_input_and_shows_nowhere(tmp_path: Path) -> None:
    arguments = ("--user", "anna", "--password-stdin", "--exit-with-stdin")
    with _process(tmp_path, *arguments) as process:
        assert process.stdin
        process.stdin.write("Gehéimnis 1\r\nrest\n".encode())
        process.stdin.flush()
        addresses = _ready(process)
        assert _health(addresses, "anna", "Gehéimnis 1".encode().decode("latin-1")) == 200
        assert _health(addresses) == 401
        process.stdin.close()
        process.stdin = None
        code, _, err = _finished(process)
    assert code == 0
    assert "Geh" not in err


@pytest.mark.parametrize(
    ("sent", "says"), [(b"\n", "no password"), (b"\xff\n", "UTF-8"), (b"a" * 9999, "long")]
)
def test_passwords_that_are_none_are_refused(tmp_path: Path, sent: bytes, says: str) -> None:
    with _process(tmp_path, "--password-stdin") as process:
        _, err = process.communicate(sent, timeout=60)
        assert process.returncode == 2
        assert says in err.decode()


@pytest.mark.parametrize("option", ["--port", "--rtsp-port"])
def test_a_port_in_use_is_one_sentence_and_code_5(tmp_path: Path, option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with _process(tmp_path, option, port) as process:
            code, out, err = _finished(process)
    assert (code, out) == (5, b"")
    assert port in err
    assert len(err.strip().splitlines()) == 1


def _arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(["--port", "0", "--rtsp-port", "0", *words])


def test_lacking_endpoints_sign_ins_and_cache_are_options(tmp_path: Path) -> None:
    words = (
        "--lacking",
        "timeline, events",
        "--sign-in",
        "token",
        "--cache",
        str(tmp_path / "here"),
    )
    with _process(tmp_path, *words) as process:
        addresses = _ready(process)
        assert _health(addresses) == 401
        login = {"username": "demo", "password": "demo"}
        answer = requests.post(addresses["rest"] + "/api/auth/login", json=login, timeout=20).json()
        headers = {"Authorization": f"Bearer {answer['token']}"}
        base = addresses["rest"] + "/api/rest/v1"
        refused = requests.get(base + "/events/1", headers=headers, timeout=20).json()["error"]
        assert refused["message"] == "Unknown resource: events"
        assert (tmp_path / "here" / "served").is_dir()
        assert not (tmp_path / "cache").exists()


def test_a_cancelled_run_on_another_thread_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cancel = CancelToken()
    codes: list[int] = []
    clock = ManualClock(NOW_MS)
    thread = threading.Thread(
        target=lambda: codes.append(serve(_arguments(), tmp_path, clock, cancel))
    )
    thread.start()
    cancel.cancel()
    thread.join(20)
    assert codes == [0]
    assert json.loads(capsys.readouterr().out)["rest"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--lacking", "telepathy"), 2),
        (("--sign-in", "kerberos"), 2),
        (("--recordings", "/nowhere/at/all"), 2),
    ],
)
def test_senseless_options_are_refused(
    tmp_path: Path, words: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(_arguments(*words), tmp_path, ManualClock(NOW_MS)) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()


def test_ports_are_checked_by_the_parser(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _arguments("--port", "70000")
    assert "70000" in capsys.readouterr().err


def test_defaults_are_the_documented_ones() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = parser.parse_args([])
    assert (args.port, args.rtsp_port, args.user, args.host) == (8090, 8554, "demo", "127.0.0.1")
    assert args.server_only is False


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import argparse, sys; from rta_viewer.cli.demo_server import add_arguments;"
        "add_arguments(argparse.ArgumentParser());"
        "print([name for name in ('av', 'numpy', 'requests') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert done.stdout.strip() == "[]"


def test_real_files_are_served(tmp_path: Path) -> None:
    import av

    folder = tmp_path / "recordings" / "Back door"
    folder.mkdir(parents=True)
    with av.open(str(folder / "2025-10-24T08-00-00Z.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(50):
            file.mux(stream.encode(av.VideoFrame(320, 240, "yuv420p")))
        file.mux(stream.encode(None))
    with _process(tmp_path, "--recordings", str(tmp_path / "recordings")) as process:
        base = _ready(process)["rest"] + "/api/rest/v1"
        with requests.Session() as session:
            session.auth = ("demo", "demo")
            cameras = session.get(base + "/cameras", timeout=20).json()["cameras"]
            assert [camera["name"] for camera in cameras] == ["Back door"]
            assert cameras[0]["streams"][0]["resolution"] == "320x240"
            span = {"startTime": "2025-10-24T08:00:00Z", "endTime": "2025-10-24T08:00:02Z"}
            camera_id = cameras[0]["id"]
            clip = session.get(f"{base}/recordings/{camera_id}/download", params=span, timeout=20)
            assert clip.status_code == 200
            assert clip.content[4:8] == b"ftyp"
            picture = session.get(f"{base}/cameras/{camera_id}/snapshot", timeout=20)
            assert picture.headers["Content-Type"] == "image/jpeg"
