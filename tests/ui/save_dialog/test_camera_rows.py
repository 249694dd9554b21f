from dataclasses import replace

from PySide6.QtCore import Qt

from rta_viewer.core.model import Camera
from rta_viewer.ui.save_dialog.camera_rows import CameraRows


def rows_of(*cameras: Camera) -> CameraRows:
    return CameraRows(cameras, [], [], lambda _camera: "", lambda _camera: "")


def test_cameras_of_one_name_are_told_apart() -> None:
    gate = Camera("a 1", "Gate", recording_server="North", location="Yard")
    rows = rows_of(
        gate,
        replace(gate, camera_id="b 1", recording_server="South"),
        Camera("c", "Gate"),
        Camera("d", "Roof", recording_server="North"),
    )
    told = ["Gate (North, Yard)", "Gate (South, Yard)", "Gate (c)", "Roof"]
    assert [rows.index(row, 0).data() for row in range(4)] == told
    assert "South" in rows.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    rows.search("roof")
    assert rows.index(0, 0).data() == "Roof"
