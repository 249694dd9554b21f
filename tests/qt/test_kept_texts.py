import threading
from pathlib import Path
from unittest.mock import Mock

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.errors import StorageError
from rta_viewer.qt import kept_texts
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.workers import Lane


def test_what_is_kept_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    first = KeptTexts(path)
    first.put("layouts/http:__server demo", "{}")
    first.put("window/geometry", "AAEC")
    first.put("gone", "x")
    first.put("gone", "")
    first.close()
    second = KeptTexts(path)
    assert second.text("window/geometry") == "AAEC"
    assert second.text("gone") == ""
    assert second.keys("layouts") == ["layouts/http:__server demo"]


def test_another_thread_writes_and_several_changes_at_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers: list[threading.Thread] = []
    monkeypatch.setattr(kept_texts, "_SOON_MS", 0)

    def noted(path: Path, data: bytes) -> None:
        writers.append(threading.current_thread())
        path.write_bytes(data)

    lane = Lane("chores")
    kept = KeptTexts(tmp_path / "window.json", lane, noted)
    for number in range(5):
        kept.put("tiles", str(number))
    qtbot.waitUntil(lambda: bool(writers))
    kept.put("tiles", "last")
    kept.close()
    assert lane.close()
    assert len(writers) == 2
    assert threading.main_thread() not in writers
    assert KeptTexts(tmp_path / "window.json").text("tiles") == "last"


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"a": 1, "b": "ok"}', b"\xff\xfe", b"[" * 9999])
def test_what_cannot_be_read_is_nothing(qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    kept = KeptTexts(path)
    assert kept.text("a") == ""
    assert kept.text("b") in {"", "ok"}


def test_what_could_not_be_read_is_not_overwritten(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup may have it for a moment; somebody may have edited it."""
    path = tmp_path / "window.json"
    for content in (b"{", b'{"layouts/x": "old"}'):
        path.write_bytes(content)
        with monkeypatch.context() as patched:
            patched.setattr(
                Path, "open", Mock(side_effect=PermissionError(13, "Permission denied"))
            )
            kept = KeptTexts(path)
        kept.put("tiles", "new")
        kept.close()
        kept.put("tiles", "newer")
        kept.close()
        assert KeptTexts(path).text("tiles") == "newer"
        assert (tmp_path / "window.unread.json").read_bytes() == content


def test_what_could_not_be_read_stays_when_nothing_can_be_written(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(b'{"layouts/x": "old"}')
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", Mock(side_effect=PermissionError(13, "Permission denied")))
        kept = KeptTexts(path, write=Mock(side_effect=StorageError("The disk is full.")))
    kept.put("tiles", "new")
    with pytest.raises(StorageError):
        kept.close()
    assert KeptTexts(path).text("layouts/x") == "old"


def test_no_timer_runs_for_what_is_put_after_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    lane = Lane("chores")
    kept = KeptTexts(tmp_path / "window.json", lane)
    kept.close()
    kept.put("tiles", "late")
    assert not kept._soon.isActive()
    kept.close()
    assert lane.close()
    assert KeptTexts(tmp_path / "window.json").text("tiles") == "late"
