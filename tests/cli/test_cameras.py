from collections.abc import Callable

from rta_viewer.core.model import Camera, CameraGroup, StreamInfo
from rta_viewer.errors import SignInError
from tests.helpers.shelf_recorder import ShelfRecorder

DOOR = Camera("id-1", "Door", streams=(StreamInfo("s", width=1920, height=1080, codec="H264"),))
YARD = Camera("id-2", "Yard", enabled=False)
GROUPS = (
    CameraGroup("g1", "Ground", camera_ids=("id-1",)),
    CameraGroup("g2", "All", "", ("id-1",)),
)


def test_the_object_has_the_promised_keys(ask: Callable, recorder: ShelfRecorder) -> None:
    recorder.cameras_, recorder.groups_ = (DOOR, YARD), GROUPS
    code, answer = ask("cameras")
    assert code == 0
    assert answer == {
        "cameras": [
            {
                "id": "id-1",
                "name": "Door",
                "groups": ["Ground", "All"],
                "enabled": True,
                "codec": "H264",
                "width": 1920,
                "height": 1080,
            },
            {
                "id": "id-2",
                "name": "Yard",
                "groups": [],
                "enabled": False,
                "codec": None,
                "width": None,
                "height": None,
            },
        ]
    }
    assert recorder.closed


def test_a_server_without_groups_still_has_cameras(ask: Callable, recorder: ShelfRecorder) -> None:
    recorder.cameras_, recorder.groups_ = (DOOR,), None
    code, answer = ask("cameras")
    assert code == 0
    assert answer["cameras"][0]["groups"] == []


def test_a_wrong_password_closes_the_connection_too(ask: Callable, recorder: ShelfRecorder) -> None:
    recorder.sign_in_error = SignInError("No.", "Check the password.")
    code, answer = ask("cameras")
    assert code == 3
    assert answer == {"error": {"kind": "sign_in", "message": "No.", "hint": "Check the password."}}
    assert recorder.closed


def test_people_get_a_table(ask: Callable, recorder: ShelfRecorder) -> None:
    recorder.cameras_, recorder.groups_ = (DOOR, YARD), GROUPS
    _code, text = ask("cameras", as_json=False)
    header, door, yard = text.splitlines()
    assert header.startswith("NAME")
    assert door.split() == ["Door", "H264", "1920x1080", "Ground,", "All", "id-1"]
    assert yard.startswith("Yard (disabled)")
    recorder.cameras_ = ()
    assert "no cameras" in ask("cameras", as_json=False)[1]
