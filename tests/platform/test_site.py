import json
import sys
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.core.servers import ServerEntry
from rta_viewer.errors import StorageError, UsageError
from rta_viewer.platform.paths import for_all_users
from rta_viewer.platform.site import Site, load_site, site_files


def same(one: str, other: str) -> bool:
    return one == other


def written(folder: Path, document: Any) -> tuple[Path, ...]:
    path = folder / "site.json"
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    return (folder / "missing.json", path)


def test_without_a_file_everything_is_allowed(tmp_path: Path) -> None:
    site = load_site((tmp_path / "none.json",))
    assert site == Site()
    site.check(ServerEntry("http://x", verify_tls=False), same)


def test_reads_servers_and_rules(tmp_path: Path) -> None:
    document = {
        "servers": [{"address": "https://gate", "trusted_hosts": ["files"]}],
        "policy": {"require_trusted_tls": True},
    }
    site = load_site(written(tmp_path, document))
    assert site.servers == (ServerEntry("https://gate", trusted_hosts=("files",)),)
    assert site.require_trusted_tls
    assert not site.only_these_servers


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[]",
        {"policy": []},
        {"policy": {"only_these_servers": "yes"}},
        {"policy": {"a rule of tomorrow": True}},
        {"servers": [{"address": 1}]},
        {"servers": [{"address": "https://gate", "verify_tls": "no"}]},
    ],
)
def test_rules_do_not_vanish_with_a_damaged_file(tmp_path: Path, document: Any) -> None:
    with pytest.raises(StorageError, match="administrator"):
        load_site(written(tmp_path, document))


def test_a_folder_in_the_files_place_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        load_site((tmp_path,))


def test_of_the_users_own_settings_only_who_signs_in_counts() -> None:
    site = Site((ServerEntry("https://gate", pins=("AA",)),))
    own = (
        ServerEntry("https://gate", "anna", verify_tls=False, pins=("BB",)),
        ServerEntry("https://other"),
    )
    first, second = site.servers_with(own, same)
    assert first == ServerEntry("https://gate", "anna", pins=("AA",))
    assert second == own[1]
    assert len(Site(site.servers, only_these_servers=True).servers_with(own, same)) == 1


def test_only_these_servers() -> None:
    site = Site((ServerEntry("https://gate"),), only_these_servers=True)
    site.check(ServerEntry("https://gate"), same)
    with pytest.raises(UsageError, match="certain servers"):
        site.check(ServerEntry("https://other"), same)


@pytest.mark.parametrize(
    "entry",
    [
        ServerEntry("https://x", verify_tls=False),
        ServerEntry("https://x", pins=("AA",)),
        ServerEntry("http://x"),
        ServerEntry("x"),
    ],
)
def test_only_trusted_tls(entry: ServerEntry) -> None:
    site = Site(require_trusted_tls=True)
    site.check(ServerEntry("https://x"), same)
    with pytest.raises(UsageError, match="trusted certificate"):
        site.check(entry, same)


def test_beside_the_packaged_program_and_for_all_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "RTA Viewer.exe"
    program.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    beside, for_all = site_files()
    assert beside == tmp_path / "rta-viewer-site.json"
    assert for_all.parent == for_all_users()
    beside.write_text('{"policy": {"only_these_servers": true}}', encoding="utf-8")
    assert load_site().only_these_servers


def test_the_users_variables_do_not_move_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = site_files()
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, "/elsewhere")
    assert site_files() == before
