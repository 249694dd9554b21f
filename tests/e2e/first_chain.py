"""From the sign-in dialog to a saved clip, with nothing but mouse and keys."""

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from rta_viewer.core.timetext import iso_utc
from tests.e2e.signing_in import sign_in
from tests.helpers.window import CTRL, Key, Operator, grab, wait_for

PICTURE_MS = 40
SPEED = 4.0
SETTLED_S = 2.0
"""Who starts late plays faster until it has caught up."""

WATCHED_S = 4.0
LOOK_EACH_S = 0.2


class FileManager(QObject):
    """Stands where the operating system's file manager would be."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "open")

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    saw: dict[str, Any] = {}
    sign_in(operator, given["server"], "demo", "demo")
    saw["playing"] = _watch_the_asked_moment(operator, given)
    saw["paused"] = _seek_while_paused(operator, given["seek_ms"])
    saw["timeline"] = _look_at_the_timeline(operator, given)
    saw["speed"] = _measure(operator)
    saw["saved"] = _save(operator, given)
    return saw


def _watch_the_asked_moment(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    operator.go_to(iso_utc(given["at_ms"]))
    operator.open_camera(given["camera"])
    began_s = time.monotonic()
    shown_ms = operator.sees(given["at_ms"] - PICTURE_MS, given["at_ms"] + 10_000)
    waited_ms = (time.monotonic() - began_s) * 1000
    later_ms = operator.sees(shown_ms + 500, shown_ms + 10_000)
    code = operator.shown()
    return {
        "first_ms": shown_ms,
        "waited_ms": waited_ms,
        "later_ms": later_ms,
        "camera_number": code.camera_number if code else None,
        "name": operator.tile.header.name.whole_text,
    }


def _seek_while_paused(operator: Operator, asked_ms: int) -> dict[str, Any]:
    operator.press(Key.Key_Space)
    operator.reads("tile_state", "Paused")
    operator.go_to(iso_utc(asked_ms))
    shown_ms = operator.sees(asked_ms - PICTURE_MS, asked_ms)
    said = operator.reads("tile_time", iso_utc(shown_ms)[11:23])
    return {"shown_ms": shown_ms, "said": said}


def _look_at_the_timeline(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    operator.click(operator.widget(QToolButton, "timeline_zoom_10min"))
    canvas = operator.window.timeline.canvas
    gap_ms = (given["gap_start_ms"] + given["gap_end_ms"]) // 2
    operator.point_at(canvas, canvas.band_point(gap_ms))
    gap_words = operator.reads("timeline_hover", "No footage")
    recorded = _inks(operator, given["click_ms"])
    gap = _inks(operator, gap_ms)
    # The mouse hits a pixel, and a pixel is a stretch of time.
    at = canvas.band_point(given["click_ms"])
    asked_ms = canvas.instant_at(at.x())
    operator.click(canvas, at)
    # The thumbnail under the pointer may lie over the time code.
    operator.point_at(canvas, QPoint(5, 5))
    shown_ms = operator.sees(asked_ms - PICTURE_MS, asked_ms)
    operator.click(canvas, canvas.band_point(gap_ms))
    message = operator.reads("tile_message", "Nothing was recorded")
    operator.click(canvas, at)
    operator.point_at(canvas, QPoint(5, 5))
    again_ms = operator.sees(asked_ms - PICTURE_MS, asked_ms)
    return {
        "gap_words": gap_words,
        "recorded_inks": recorded,
        "gap_inks": gap,
        "asked_ms": asked_ms,
        "shown_ms": shown_ms,
        "in_gap": message,
        "again_ms": again_ms,
    }


def _inks(operator: Operator, instant_ms: int) -> float:
    """The share of pixels of the band that have the colour of recordings, at an instant."""
    canvas = operator.window.timeline.canvas
    corner = canvas.mapToGlobal(canvas.band_point(instant_ms) - QPoint(1, 12))
    image = grab(QRect(corner, corner + QPoint(2, 24)))
    wanted = operator.window.theme.colour("recorded").rgb()
    pixels = [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(pixel == wanted for pixel in pixels) / len(pixels)


def _measure(operator: Operator) -> dict[str, Any]:
    operator.click(operator.widget(QToolButton, f"speed_{SPEED:g}"))
    operator.press(Key.Key_Space)
    operator.reads("tile_state", "Playing")
    looks: list[tuple[float, int]] = []
    began_s = looked_s = time.monotonic()

    def look() -> bool:
        nonlocal looked_s
        before_s = time.monotonic()
        # Whoever looks all the time keeps the program from playing.
        if before_s - began_s > SETTLED_S and before_s - looked_s > LOOK_EACH_S:
            looked_s = before_s
            shown_ms = operator.shown_ms()
            if shown_ms is not None:
                looks.append((before_s, shown_ms))
        return before_s - began_s > SETTLED_S + WATCHED_S

    wait_for("end of the measurement", look)
    operator.press(Key.Key_Space)
    operator.reads("tile_state", "Paused")
    operator.click(operator.widget(QToolButton, "speed_1"))
    (from_s, from_ms), (to_s, to_ms) = looks[0], looks[-1]
    return {
        "asked": SPEED,
        "seen": (to_ms - from_ms) / 1000 / (to_s - from_s),
        "looks": len({shown_ms for _, shown_ms in looks}),
    }


def _save(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    marks = []
    for asked_ms, key in ((given["in_ms"], Key.Key_I), (given["out_ms"], Key.Key_O)):
        operator.go_to(iso_utc(asked_ms))
        marks.append(operator.sees(asked_ms - PICTURE_MS, asked_ms))
        operator.press(key)
    operator.reads("range_label", "10 s")
    operator.press(Key.Key_D, CTRL)
    operator.click(operator.appears(QLineEdit, "save_folder"))
    operator.retype(given["clips"])
    covered = operator.text_of("save_coverage")
    save = operator.widget(QPushButton, "save_ok")
    wait_for("possibility to save", save.isEnabled)
    operator.click(save)
    said = operator.reads("message_text", "Saved ")
    job = operator.window.jobs.current_job
    assert job is not None
    manager = FileManager()
    operator.click(operator.widget(QToolButton, "job_open_folder"))
    opened = wait_for("opened folder", lambda: manager.opened)
    return {
        "marks": marks,
        "covered": covered,
        "said": said,
        "state": job.state.value,
        "path": str(Path(job.path)),
        "opened": opened,
    }
