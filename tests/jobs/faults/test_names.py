"""Names that want to be somewhere else."""

import pytest

from rta_viewer.core.filenames import MAX_NAME_CHARS
from tests.helpers.fault_ground import Ground


@pytest.mark.parametrize(
    "name", ["../../x.mp4", "CON.mp4", "a" * 300, "a:b\x01.mp4", "C:\\windows\\x.mp4", "..", ""]
)
def test_a_hostile_file_name_stays_in_the_folder(ground: Ground, name: str) -> None:
    disposition = f'attachment; filename="{name}"'.encode("latin-1", "replace").decode("latin-1")
    ground.site.faults.name_file(disposition.replace("\x01", "?"), path="/download")
    job = ground.save()
    assert ground.is_whole(job)
    assert job.path.parent == ground.folder
    assert len(job.file_name) <= MAX_NAME_CHARS
    assert sorted(path.name for path in ground.folder.iterdir()) == [
        "gate.mp4",
        "gate.mp4.receipt.json",
    ]
