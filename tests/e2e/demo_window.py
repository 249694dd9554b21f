"""``rta-viewer demo``: nothing to fill in, the cameras are there and play."""

from typing import Any

from rta_viewer.core.timetext import iso_utc
from tests.e2e.moments import CAMERA, steady_ms
from tests.helpers.window import Operator


def play(operator: Operator, given: dict[str, Any]) -> dict[str, Any]:
    operator.reads("camera_tree_status", "14 cameras")
    operator.go_to(iso_utc(steady_ms()))
    operator.open_camera(CAMERA)
    first_ms = operator.sees(0, 1 << 44)
    code = operator.shown()
    return {
        "later_ms": operator.sees(first_ms, first_ms + 20_000),
        "first_ms": first_ms,
        "camera_number": code.camera_number if code else None,
        "server": operator.text_of("status_server"),
        "signed_in_by_hand": operator.has("sign_in_dialog"),
    }
