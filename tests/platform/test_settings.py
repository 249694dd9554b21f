import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rta_viewer.core.model import SignInMethod
from rta_viewer.core.servers import ServerEntry
from rta_viewer.errors import StorageError
from rta_viewer.platform.settings import (
    MIB,
    VERSION,
    Settings,
    SettingsStore,
    ThemeMode,
    TimeZoneMode,
    from_json,
    to_json,
)

SERVER = ServerEntry(
    address="https://recorder.example",
    username="käthe",
    method=SignInMethod.OPENID,
    stream_host="10.0.0.5",
    verify_tls=False,
    allow_basic=True,
    trusted_hosts=("cam.example",),
    time_zone="Asia/Dubai",
)
FULL = Settings(
    servers=(SERVER,),
    last_save_folder="C:\\clips",
    time_zone=TimeZoneMode.SERVER,
    player_cache_bytes=64 * MIB,
    skip_gaps=False,
    max_bytes_per_s=2_000_000,
    clips_at_once=3,
    renew_expired=True,
    theme=ThemeMode.SYSTEM,
    keys={"play_pause": ("P",), "snapshot": ()},
)


def store(folder: Path) -> SettingsStore:
    return SettingsStore(folder / "settings.json")


def test_defaults_where_there_is_nothing(tmp_path: Path) -> None:
    loaded = store(tmp_path).load()
    assert loaded.settings == Settings()
    assert loaded.problem == ""


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    store(tmp_path).save(FULL)
    loaded = store(tmp_path).load()
    assert loaded.settings == FULL
    assert loaded.problem == ""
    assert (
        json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))["version"] == VERSION
    )


@pytest.mark.parametrize(
    ("written", "read"), [(0, 0), (-5, 0), (1, 50_000), (10**9, 10**9), (10**20, 10**12)]
)
def test_a_rate_is_none_or_one_that_is_no_stall(written: int, read: int) -> None:
    settings, wrong = from_json({"max_bytes_per_s": written, "clips_at_once": 99})
    assert (settings.max_bytes_per_s, settings.clips_at_once, wrong) == (read, 8, [])


def test_what_an_editor_puts_before_the_text_damages_nothing(tmp_path: Path) -> None:
    """Editors of Windows mark a text as UTF-8 by three bytes."""
    store(tmp_path).save(FULL)
    file = tmp_path / "settings.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    loaded = store(tmp_path).load()
    assert (loaded.settings, loaded.problem) == (FULL, "")


def test_keys_of_other_versions_are_kept(tmp_path: Path) -> None:
    document = json.loads(json.dumps(to_json(FULL))) | {"version": 7, "sound": "low"}
    document["servers"][0]["colour"] = [1, 2]
    (tmp_path / "settings.json").write_text(json.dumps(document), encoding="utf-8")
    loaded = store(tmp_path).load()
    store(tmp_path).save(replace(loaded.settings, skip_gaps=True))
    written = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert written == document | {"skip_gaps": True}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 5_000_000]
)
def test_a_damaged_file_is_set_aside_and_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    loaded = store(tmp_path).load()
    assert loaded.settings == Settings()
    kept = tmp_path / "settings.damaged.json"
    assert str(kept) in loaded.problem
    assert kept.read_bytes() == content[: 4 * MIB + 1]


def test_one_bad_value_does_not_cost_the_others(tmp_path: Path) -> None:
    document = to_json(FULL) | {"skip_gaps": "no", "time_zone": []}
    document["servers"] = [
        *document["servers"],
        {"username": "x"},
        7,
        {"address": "b", "method": 1},
    ]
    (tmp_path / "settings.json").write_text(json.dumps(document), encoding="utf-8")
    loaded = store(tmp_path).load()
    assert loaded.settings.servers == (SERVER, ServerEntry("b"))
    assert loaded.settings.skip_gaps is True
    assert loaded.settings.last_save_folder == "C:\\clips"
    for name in ("skip_gaps", "time_zone", "servers[1]", "servers[2]", "servers[3].method"):
        assert name in loaded.problem
    assert (tmp_path / "settings.damaged.json").exists()


def test_a_file_that_nobody_could_read_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup may have it for a moment, or it may be another user's."""
    store(tmp_path).save(FULL)
    whole = (tmp_path / "settings.json").read_bytes()
    held = store(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", Mock(side_effect=PermissionError(13, "Permission denied")))
        assert "Permission denied" in held.load().problem
    for _ in range(2):
        held.save(Settings(last_save_folder="new"))
    assert store(tmp_path).load().settings.last_save_folder == "new"
    assert (tmp_path / "settings.unread.json").read_bytes() == whole


def test_a_file_that_nobody_could_read_stays_when_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next start would have no settings, and not say so."""
    store(tmp_path).save(FULL)
    held = store(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", Mock(side_effect=PermissionError(13, "Permission denied")))
        held.load()
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", Mock(side_effect=OSError(28, "No space left on device")))
        with pytest.raises(StorageError, match="No space"):
            held.save(Settings())
    assert store(tmp_path).load().settings == FULL
    held.save(Settings())
    assert SettingsStore(tmp_path / "settings.unread.json").load().settings == FULL


def test_sizes_are_kept_within_reason() -> None:
    assert from_json({"player_cache_bytes": -5})[0].player_cache_bytes == 16 * MIB
    assert from_json({"player_cache_bytes": 10**30})[0].player_cache_bytes == 16 * 1024 * MIB
    assert from_json({"player_cache_bytes": True})[1] == ["player_cache_bytes"]


def test_the_server_used_last_comes_first() -> None:
    other = ServerEntry("http://b", "x")
    both = (
        Settings()
        .with_server(SERVER)
        .with_server(other)
        .with_server(replace(SERVER, stream_host=""))
    )
    assert [server.address for server in both.servers] == [SERVER.address, "http://b"]
    assert both.servers[0].stream_host == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*to_json(FULL), "other"])
SERVER_KEYS = st.sampled_from([*to_json(FULL)["servers"][0], "other"])


@given(
    st.dictionaries(KEYS, JSON, max_size=6),
    st.lists(st.dictionaries(SERVER_KEYS, JSON, max_size=6), max_size=3),
)
def test_any_document_gives_settings_that_can_be_saved(
    document: dict[str, Any], servers: list[dict[str, Any]]
) -> None:
    read, _wrong = from_json(document | {"servers": servers})
    again, wrong = from_json(json.loads(json.dumps(to_json(read))))
    assert wrong == []
    assert json.dumps(to_json(again)) == json.dumps(to_json(read))
