import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rta_viewer.app import handing_over
from rta_viewer.app.program import Program
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.evidence.receipt import write_receipt
from rta_viewer.jobs.copying import SUMS_NAME, Bundle, Copied
from rta_viewer.ui.jobs.commands import Command
from tests.helpers.receipts import RECEIPT
from tests.helpers.ui_world import job

BODY = bytes(range(256)) * 5000


def saved(folder: Path, number: int, **fields: object) -> Job:
    sha256 = hashlib.sha256(BODY).hexdigest()
    one = job(
        number, JobState.DONE, folder=folder, sha256=sha256, received_bytes=len(BODY), **fields
    )
    folder.mkdir(exist_ok=True)
    one.path.write_bytes(BODY)
    receipt = replace(
        RECEIPT,
        file_name=one.file_name,
        sha256=sha256,
        size_bytes=len(BODY),
        camera_id=one.camera_id,
        camera_name=one.camera_name,
        asked=one.span,
    )
    write_receipt(receipt, one.path)
    return one


def chooses(folder: Path) -> Callable[[Callable[[Path], None]], None]:
    return lambda chosen: chosen(folder)


def test_chosen_files_are_copied_with_their_receipts_and_read_back(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    jobs = [saved(tmp_path / "clips", number) for number in (1, 2)]
    program.copies.chooser = chooses(tmp_path / "stick")
    panel = program.window.jobs
    panel.model.update_jobs(jobs)
    program.window.jobs_dock.show()
    panel.view.selectAll()
    panel.run(Command.COPY_TO)
    assert panel.copying.isVisible()
    assert panel.copying.text.text().startswith("Copying 2 files to ")
    qtbot.waitUntil(lambda: "read back" in program.window.messages.text.text())
    assert program.window.messages.text.text().startswith("2 files were copied to ")
    assert not panel.copying.isVisible()
    names = sorted(path.name for path in (tmp_path / "stick").iterdir())
    assert names == sorted(
        [
            SUMS_NAME,
            *(name for one in jobs for name in (one.file_name, f"{one.file_name}.receipt.json")),
        ]
    )
    sums = (tmp_path / "stick" / SUMS_NAME).read_text(encoding="utf-8")
    assert f"{hashlib.sha256(BODY).hexdigest()}  clip 1.mp4" in sums


def test_a_file_that_is_gone_is_told(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    gone = saved(tmp_path / "clips", 1)
    gone.path.unlink()
    program.copies.copy([gone], tmp_path / "stick")
    qtbot.waitUntil(lambda: "not in" in program.window.messages.text.text())
    assert not program.window.jobs.copying.isVisible()


def test_a_copy_says_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(
        bundles: list[Bundle],
        folder: Path,
        *,
        cancel: CancelToken,
        progress: Callable[[float], None],
    ) -> list[Copied]:
        progress(0.4)
        cancel.wait(20)
        cancel.raise_if_cancelled()
        return []

    monkeypatch.setattr(handing_over, "copy_verified", slow)
    one = saved(tmp_path / "clips", 1)
    program.window.jobs_dock.show()
    program.copies.copy([one], tmp_path / "stick")
    strip = program.window.jobs.copying
    qtbot.waitUntil(lambda: strip.bar.value() == 400)
    program.copies.copy([one], tmp_path / "stick")
    assert "Another copy" in program.window.messages.text.text()
    stop = strip.findChild(QToolButton, "copy_cancel")
    assert isinstance(stop, QToolButton)
    stop.click()
    qtbot.waitUntil(lambda: "stopped" in program.window.messages.text.text())
    assert not strip.isVisible()
