"""A save dialog over answers from memory."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rta_viewer.core.model import (
    Availability,
    Camera,
    Gap,
    Recording,
    StreamInfo,
)
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_order import SaveOrder
from rta_viewer.core.spans import Span
from rta_viewer.qt.workers import Lane
from rta_viewer.ui.save_dialog.dialog import SaveDialog, SaveProposal
from rta_viewer.ui.save_dialog.inquiry import Inquiry
from rta_viewer.ui.save_dialog.wording import Weight
from tests.helpers.fake_scout import FakeScout
from tests.helpers.ui_world import MINUTE_MS, NOW_MS, RunningClock, cameras

ZONE = ZoneInfo("Europe/Copenhagen")
FIVE = Span(NOW_MS, NOW_MS + 5 * MINUTE_MS)
HOUR = Span(NOW_MS, NOW_MS + 60 * MINUTE_MS)
STREAM = StreamInfo("s", codec="H264", bitrate_kbps=8_000)
ALL = [replace(camera, streams=(STREAM,)) for camera in cameras(12)]
IDS = [camera.camera_id for camera in ALL]


class Desk:
    """A dialog over a scout; closed at the end of the test."""

    def __init__(self, qtbot: QtBot, lane: Lane, drives: Lane, folder: Path) -> None:
        self.scout = FakeScout()
        self._qtbot = qtbot
        self._lanes = lane, lane, drives
        self._folder = folder
        self.orders: list[SaveOrder] = []

    def open(
        self,
        *chosen: str,
        span: Span = FIVE,
        choices: SaveChoices | None = None,
        known: list[Camera] | None = None,
    ) -> SaveDialog:
        proposal = SaveProposal(
            known or ALL,
            chosen or (IDS[0],),
            span,
            self._folder,
            ZONE,
            "anna",
            (IDS[0], IDS[3]),
            choices or SaveChoices(),
        )
        dialog = SaveDialog(proposal, Inquiry(self.scout, *self._lanes), RunningClock())
        dialog.begin()
        self._qtbot.addWidget(dialog)
        dialog.save_requested.connect(self.orders.append)
        dialog.open()
        return dialog

    def opened(
        self, *chosen: str, span: Span = FIVE, choices: SaveChoices | None = None
    ) -> SaveDialog:
        """Open it and wait until everything was found out."""
        dialog = self.open(*chosen, span=span, choices=choices)
        self.settle(dialog)
        return dialog

    def settle(self, dialog: SaveDialog) -> None:
        views = (dialog.stills.first, dialog.stills.last)
        self._qtbot.waitUntil(
            lambda: (
                dialog.summary.room.text().endswith("there.")
                or bool(dialog.summary.text(Weight.STOP))
            )
        )
        self._qtbot.waitUntil(
            lambda: (
                "looking" not in dialog.coverage.text()
                and all(view.still is not None or view._words not in {"", "…"} for view in views)
            )
        )


def half(camera_id: str, span: Span = FIVE) -> Availability:
    """The first and the last quarter."""
    quarter = span.duration_ms // 4
    first = Span(span.start_ms, span.start_ms + quarter)
    last = Span(span.end_ms - quarter, span.end_ms)
    gap = Gap(Span(first.end_ms, last.start_ms), "camera_offline")
    return Availability(camera_id, span, (Recording(first), Recording(last)), (gap,))


def write(edit: QLineEdit, text: str) -> None:
    edit.setText(text)
    edit.textEdited.emit(text)
