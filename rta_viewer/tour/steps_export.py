"""The tour's export: three cameras with a watermark, from the dialog to files that show it."""

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rta_viewer.app.program import Program
from rta_viewer.core.jobs import Job, JobState
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import plain
from rta_viewer.tour import hand
from rta_viewer.tour.delivered import checked, shown_span
from rta_viewer.tour.guide import Pause, Script, Until
from rta_viewer.tour.own_time import OWN_TIME
from rta_viewer.tour.report import Step
from rta_viewer.ui.save_dialog.dialog import SaveDialog

Record = Callable[[str, object], AbstractContextManager[Step]]

EXPORTED = ("Main entrance", "Stairwell east", "Ticket hall")
_TEXT = "{camera} {timestamp} by {operator}"
_PACKAGE = "Case 2025-114"
_LIMIT_S = 120.0
_PICTURE_MS = 130
_GREY = 128


class ExportSteps:
    """Exports of several cameras. ``record`` makes a step of the report."""

    def __init__(self, program: Program, record: Record, folder: Path) -> None:
        self._program = program
        self._window = program.window
        self._record = record
        self._folder = folder
        self._before: frozenset[str] = frozenset()

    def script(self) -> Script:
        """The cut that is marked, of three cameras."""
        cut = self._window.timeline.canvas.cut.span
        if cut is None:
            msg = "nothing is marked"
            raise RuntimeError(msg)
        self._before = frozenset(job.job_id for job in self._program.services.jobs.jobs())
        dialog = yield from self._open(cut)
        yield from self._choose(dialog)
        yield from self._receive(cut)

    def _open(self, cut: Span) -> Generator[Until | Pause, None, SaveDialog]:
        with self._record("export dialog", [cut.start_ms, cut.end_ms]) as step:
            self._window.acts["export"].trigger()
            dialog = self._program.saving.dialog
            if dialog is None:
                msg = "there is no dialog"
                raise RuntimeError(msg)
            yield Until(dialog.isActiveWindow, "the dialog's activation")
            hand.click(_child(dialog, "save_cameras_none"))
            for name in EXPORTED:
                hand.type_text(dialog.cameras.search, name)
                hand.key(dialog, Qt.Key.Key_Return)
            hand.key(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            hand.key(dialog, Qt.Key.Key_Delete)
            yield Until(lambda: _has_pictures(dialog), "the first and the last picture")
            chosen = [camera.name for camera in dialog.cameras.chosen]
            still = dialog.stills.first.still
            first_ms = still.instant_ms if still is not None else None
            step.read = [*chosen, dialog.stills.first.caption.text()]
            step.passed = sorted(chosen) == sorted(EXPORTED) and first_ms == cut.start_ms
            step.problem = "" if step.passed else "other cameras, or another picture"
            yield Pause(0.2)
        return dialog

    def _choose(self, dialog: SaveDialog) -> Script:
        with self._record("watermark", _TEXT) as step:
            options = dialog.options
            hand.type_text(options.folder, str(self._folder))
            hand.type_text(options.package, _PACKAGE)
            hand.click(options.watermark)
            hand.type_text(options.watermark_text, _TEXT)
            yield Until(dialog.ok.isEnabled, "room for the files")
            step.read = options.watermark_preview.text()
            step.passed = "{" not in step.read and "3" in plain(dialog.summary.headline.text())
            step.problem = "" if step.passed else dialog.summary.headline.text()
            yield Pause(0.2)
        hand.key(dialog, Qt.Key.Key_Return)

    def _receive(self, cut: Span) -> Script:
        with self._record("three exports under way", len(EXPORTED)) as step:
            yield Until(lambda: len(self._jobs()) == len(EXPORTED), "the jobs")
            yield Until(lambda: any(job.server_progress for job in self._jobs()), "their progress")
            step.read = [job.state.value for job in self._jobs()]
        with self._record("three exports", [cut.start_ms, cut.end_ms]) as step:
            yield Until(lambda: all(job.finished for job in self._jobs()), "the files", _LIMIT_S)
            yield Pause(0.5)
            jobs = self._jobs()
            step.read = [job.file_name for job in jobs]
            step.problem = _problem(jobs, cut)
            step.passed = not step.problem

    def _jobs(self) -> list[Job]:
        jobs = self._program.services.jobs.jobs()
        return [job for job in jobs if job.job_id not in self._before]


def _child(dialog: SaveDialog, name: str) -> QWidget:
    widget = dialog.findChild(QWidget, name)
    if not isinstance(widget, QWidget):
        msg = f"the dialog has no {name}"
        raise TypeError(msg)
    return widget


def _has_pictures(dialog: SaveDialog) -> bool:
    return all(view.still is not None for view in (dialog.stills.first, dialog.stills.last))


def _problem(jobs: Sequence[Job], cut: Span) -> str:
    for job in jobs:
        if job.state is not JobState.DONE:
            return f"{job.camera_name}: {job.reason}"
        found = shown_span(job.path)
        off_ms = max(abs(found.start_ms - cut.start_ms), abs(found.end_ms - cut.end_ms))
        if off_ms > _PICTURE_MS:
            return f"{job.file_name} shows {found}"
        if not checked(job.path).ok:
            return f"{job.file_name} does not match its receipt"
        if not _is_marked(job.path):
            return f"{job.file_name} shows no watermark"
    index = jobs[0].folder / "index.html"
    if jobs[0].folder.name != _PACKAGE:
        return f"the folder is called {jobs[0].folder.name}"
    return "" if index.is_file() else "the package has no index"


@OWN_TIME.counted
def _is_marked(path: Path) -> bool:
    """The text stands on grey at the top right."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        chroma = frame.reformat(format="yuv420p").to_ndarray()[frame.height :]
    corner = chroma[: frame.height // 100, -frame.width // 16 :]
    return bool(np.abs(corner.astype(int) - _GREY).max() < 12)
