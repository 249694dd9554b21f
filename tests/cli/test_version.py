from importlib import metadata

import pytest

from rta_viewer.cli import version
from rta_viewer.player import vlc_library


def test_missing_parts_are_named_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.setattr(vlc_library, "libvlc_version", lambda: None)
    lines = "\n".join(version.version_lines())
    assert "Qt missing" in lines
    assert "PyAV missing" in lines
    assert "libVLC missing" in lines
