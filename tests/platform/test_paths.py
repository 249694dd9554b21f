import sys
from pathlib import Path

import pytest

from rta_viewer.errors import StorageError
from rta_viewer.platform.paths import Paths

FOLDERS = ("config_dir", "data_dir", "cache_dir", "log_dir")


def test_a_profile_holds_everything(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "profile")
    assert not paths.is_default
    paths.create()
    paths.create()
    for name in FOLDERS:
        folder = getattr(paths, name)
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path / "profile")
    assert paths.settings_file.is_relative_to(tmp_path / "profile")
    assert len({getattr(paths, name) for name in FOLDERS}) == 4


def test_without_a_profile_it_is_the_systems_places() -> None:
    paths = Paths()
    assert paths.is_default
    assert all(getattr(paths, name).is_absolute() for name in FOLDERS)
    assert "viewer" in str(paths.config_dir).lower()


def test_a_relative_profile_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Paths(Path("p")).data_dir == tmp_path / "p" / "data"


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="profile"):
        Paths(tmp_path / "profile").create()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG's variables")
@pytest.mark.parametrize("value", ["", "here"])
def test_a_variable_without_a_whole_path_does_not_put_the_list_into_the_working_folder(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, value)
    paths = Paths()
    assert paths.data_dir == tmp_path / ".local" / "share" / "rta-viewer"
    assert paths.config_dir == tmp_path / ".config" / "rta-viewer"
    assert paths.log_dir == tmp_path / ".cache" / "rta-viewer" / "log"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG's variables")
def test_who_has_no_home_gets_no_folder_called_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert Paths().data_dir == Path("/.local/share/rta-viewer")
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert Paths().data_dir == Path("/srv/data/rta-viewer")
