import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers import isolation


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such folder")
def test_memory_is_used_where_there_is_plenty_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        isolation.os, "sysconf", {"SC_AVPHYS_PAGES": 1 << 30, "SC_PAGE_SIZE": 4096}.get
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 << 30))
    assert isolation.memory_folder(tmp_path) == tmp_path
    assert isolation.memory_folder(tmp_path / "missing") is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 30))
    assert isolation.memory_folder(tmp_path) is None
