"""What goes wrong in the field, one after the other in one window; after each, something that works."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton

from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import iso_utc
from rta_viewer.demo.site import DemoSite
from rta_viewer.demo.world import demo_world
from rta_viewer.platform.system_clock import SystemClock
from tests.e2e.signing_in import refused, sign_in
from tests.helpers.window import CTRL, Key, Operator
from tests.helpers.worlds import camera_named, recorded_span

PICTURE_MS = 40
LONG_AGO_MS = 1_577_880_000_000
"""2020-01-01T12:00:00Z, before anything was recorded."""


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    folder = Path(given["folder"])
    world = demo_world(SystemClock(), folder / "footage", cache_bytes=64 << 20)
    with DemoSite(world, cache_dir=folder / "site") as site:
        saw = {
            "server_down": refused(operator, given["nobody"], "demo", "demo"),
            "not_a_recorder": refused(operator, given["html"], "demo", "demo"),
            "wrong_password": refused(operator, site.rest_url, "demo", "Wrong-1"),
        }
        sign_in(operator, site.rest_url, "demo", "demo")
        good = recorded_span(world, camera_named(world, "Main entrance").camera_id, 60_000)
        saw["first"] = _watch(operator, good)
        saw["deleted"] = _open_what_was_deleted(operator, site)
        saw["after_deleted"] = _watch(operator, good)
        saw["no_footage"] = _seek_where_nothing_is(operator)
        saw["nothing_to_save"] = _save_what_is_not_there(operator, folder / "clips")
        saw["after_no_footage"] = _watch(operator, good)
    return saw


def _watch(operator: Operator, good: Span) -> int:
    """The right picture of the first camera; its distance from the asked instant in ms."""
    asked_ms = good.start_ms + 7_013
    operator.go_to(iso_utc(asked_ms))
    operator.open_camera("Main entrance")
    return operator.sees(asked_ms - PICTURE_MS, asked_ms + 10_000) - asked_ms


def _open_what_was_deleted(operator: Operator, site: DemoSite) -> str:
    site.world.remove_camera(camera_named(site.world, "Reception desk").camera_id)
    operator.open_camera("Reception desk")
    return _overlay(operator, "camera")


def _seek_where_nothing_is(operator: Operator) -> dict[str, Any]:
    operator.go_to(iso_utc(LONG_AGO_MS))
    note = operator.reads("tile_details", "Skipped to")
    playing_on_ms = operator.sees(LONG_AGO_MS, SystemClock().now_ms())
    operator.press(Key.Key_Space)
    operator.reads("tile_state", "Paused")
    operator.go_to(iso_utc(LONG_AGO_MS))
    said = _overlay(operator, "Nothing was recorded")
    operator.press(Key.Key_Space)
    return {"note": note, "playing_on": iso_utc(playing_on_ms), "paused": said}


def _save_what_is_not_there(operator: Operator, clips: Path) -> dict[str, Any]:
    operator.go_to(iso_utc(LONG_AGO_MS))
    operator.press(Key.Key_I)
    operator.go_to(iso_utc(LONG_AGO_MS + 5_000))
    operator.press(Key.Key_O)
    operator.press(Key.Key_D, CTRL)
    operator.click(operator.appears(QLineEdit, "save_folder"))
    operator.retype(str(clips))
    said = operator.reads("save_stop", "Nothing was recorded")
    saw = {"said": said, "can_save": operator.widget(QPushButton, "save_ok").isEnabled()}
    operator.click(operator.widget(QPushButton, "save_cancel"))
    return saw


def _overlay(operator: Operator, *words: str) -> str:
    text = operator.reads("tile_message", *words)
    return f"{text} {operator.text_of('tile_hint')}".strip()
