import subprocess
import sys
from pathlib import Path

import pytest

from rta_viewer.demo.session_folder import SessionFolder
from rta_viewer.errors import StorageError

_HOLD = """
import sys
from pathlib import Path
from rta_viewer.demo.session_folder import SessionFolder
folder = SessionFolder(Path(sys.argv[1]))
(folder.subfolder("exports") / "big.mp4").write_bytes(b"x")
print(folder.path, flush=True)
sys.stdin.read()
"""


def test_closing_deletes_all_that_was_put_in(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path / "deep" / "served")
    (folder.subfolder("exports") / "a.mp4").write_bytes(b"x")
    folder.close()
    folder.close()
    assert list((tmp_path / "deep" / "served").iterdir()) == []


def test_two_runs_share_a_parent_and_only_what_a_killed_one_left_is_removed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        other = Path(process.stdout.readline().strip())
        first = SessionFolder(tmp_path)
        assert (other / "exports" / "big.mp4").exists()
        process.kill()
        process.wait(10)
    second = SessionFolder(tmp_path)
    assert not other.exists()
    assert first.path.exists()
    first.close()
    second.close()


def test_a_folder_that_cannot_be_made_is_a_clear_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="cannot be used"):
        SessionFolder(tmp_path / "file")
