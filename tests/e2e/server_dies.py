"""The server is killed while it plays, and started again at the same address; then the same while paused."""

import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from rta_viewer.app.demo_process import DemoOptions, DemoProcess
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.timetext import iso_utc
from rta_viewer.ui.jobs.model import Column
from tests.e2e.moments import CAMERA, steady_ms
from tests.e2e.signing_in import sign_in
from tests.helpers.window import CTRL, Key, Operator, wait_for

PICTURE_MS = 40


class Server:
    """A recording server whose process can be killed, always on the same ports."""

    def __init__(self, folder: Path) -> None:
        self._options = DemoOptions(folder, port=_free_port(), rtsp_port=_free_port())
        self._process = DemoProcess(self._options)

    def address(self) -> str:
        return self._process.wait_until_ready(CancelToken())

    def kill(self) -> None:
        self._process._process.kill()
        self._process.close()

    def start_again(self) -> None:
        self._process = DemoProcess(self._options)
        self.address()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    server = Server(Path(given["folder"]) / "server")
    with ExitStack() as closes:
        closes.callback(server.kill)
        sign_in(operator, server.address(), "demo", "demo")
        return {
            **_while_playing(operator, server),
            **_while_paused(operator, server),
            **_while_saving(operator, server, Path(given["folder"]) / "clips"),
        }


def _while_playing(operator: Operator, server: Server) -> dict[str, Any]:
    operator.go_to(iso_utc(steady_ms()))
    operator.open_camera(CAMERA)
    # What is under way when the server dies is still played: sooner at a higher speed.
    operator.click(operator.widget(QToolButton, "speed_4"))
    first_ms = operator.sees(0, 1 << 44)
    before_ms = operator.sees(first_ms + 2_000, first_ms + 40_000)
    server.kill()
    lost = operator.reads("tile_message", "lost")
    before_ms = operator.shown_ms() or before_ms
    server.start_again()
    operator.reads("tile_state", "Playing")
    return {
        "lost": lost,
        "before_ms": before_ms,
        "went_on_ms": operator.sees(before_ms, before_ms + 40_000),
    }


def _while_paused(operator: Operator, server: Server) -> dict[str, Any]:
    operator.press(Key.Key_Space)
    operator.reads("tile_state", "Paused")
    asked_ms = round(operator.tile.instant_ms or 0) - 600_000
    server.kill()
    operator.go_to(iso_utc(asked_ms))
    said = operator.reads("tile_message", "refused")
    server.start_again()
    operator.click(operator.widget(QPushButton, "tile_retry"))
    return {
        "paused": said,
        "after_retry": operator.sees(asked_ms - PICTURE_MS, asked_ms) - asked_ms,
    }


def _while_saving(operator: Operator, server: Server, clips: Path) -> dict[str, Any]:
    start_ms = round(operator.tile.instant_ms or 0)
    operator.press(Key.Key_I)
    operator.go_to(iso_utc(start_ms + 5_000))
    operator.sees(start_ms + 5_000 - PICTURE_MS, start_ms + 5_000)
    operator.press(Key.Key_O)
    server.kill()
    operator.press(Key.Key_D, CTRL)
    operator.click(operator.appears(QLineEdit, "save_folder"))
    operator.retype(str(clips))
    save = operator.widget(QPushButton, "save_ok")
    wait_for("room for the file", save.isEnabled)
    operator.click(save)
    waiting = wait_for("job that waits", lambda: _waiting_words(operator))
    server.start_again()
    said = operator.reads("message_text", "Saved ")
    files = [str(path) for path in sorted(clips.iterdir())]
    return {"saved": said, "waiting": waiting, "files": files}


def _waiting_words(operator: Operator) -> str:
    """What the list says of the chosen job while its server is away; empty before."""
    panel = operator.window.jobs
    state = panel.model.index(panel.view.currentIndex().row(), Column.STATE).data()
    return state if state == "Waiting for the server" else ""
