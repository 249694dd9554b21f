import getpass
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rta_viewer.cli import servers
from rta_viewer.cli.main import run
from rta_viewer.core.model import ConnectionSecurity
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import ServerEntry
from rta_viewer.demo.rest.options import NO_LIMITS, RestOptions
from rta_viewer.demo.site import DemoSite
from rta_viewer.platform import site as site_module
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.server_lists import write_list
from rta_viewer.platform.settings import Settings, SettingsStore
from tests.helpers.certificates import fingerprint, server_context
from tests.helpers.shelf_recorder import ShelfRecorder
from tests.helpers.site import running_site
from tests.helpers.worlds import small_world

Ask = Callable[..., tuple[int, dict[str, Any]]]
OTHER = ":".join(["AB"] * 32)


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    monkeypatch.setattr(site_module, "site_files", lambda: (tmp_path / "site.json",))

    def ask_(*argv: str, typed: str = "demo") -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
        code = run(["--profile", str(tmp_path / "profile"), *argv, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask_


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSite]:
    world = small_world(tmp_path, now_ms=int(time.time() * 1000))
    with running_site(tmp_path, world=world) as site:
        yield site


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[DemoSite]:
    world = small_world(tmp_path, now_ms=int(time.time() * 1000))
    with running_site(tmp_path, world=world, tls=server_context(tmp_path)) as site:
        yield site


SIGN_IN = ["--user", "demo", "--password-stdin"]


def listed(ask: Ask) -> list[dict[str, Any]]:
    code, answer = ask("servers", "list")
    assert code == 0
    found: list[dict[str, Any]] = answer["servers"]
    return found


def test_add_says_what_it_finds_and_keeps_it(ask: Ask, demo: DemoSite) -> None:
    code, answer = ask("servers", "add", demo.rest_url, *SIGN_IN)
    assert code == 0
    assert {finding["step"]: finding["outcome"] for finding in answer["findings"]} == {
        "reachable": "good",
        "encryption": "good",
        "ways_of_sign_in": "good",
        "clock": "good",
        "sign_in": "good",
        "recordings": "good",
        "companions": "good",
        "streams": "good",
    }
    assert (answer["method"], answer["security"]) == ("basic", "local")
    (entry,) = listed(ask)
    assert (entry["address"], entry["username"]) == (demo.rest_url, "demo")
    assert "password" not in json.dumps(entry)


def test_the_password_is_asked_for_on_a_terminal(
    ask: Ask, demo: DemoSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    typed = iter(["wrong", "demo"])

    def prompt(words: str, _stream: object) -> str:
        asked.append(words)
        return next(typed)

    monkeypatch.setattr(getpass, "getpass", prompt)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(io, "StringIO", Terminal)
    add = ["servers", "add", demo.rest_url, "--user", "demo"]
    assert ask(*add)[0] == 3
    assert listed(ask) == []
    assert ask(*add)[0] == 0
    assert len(listed(ask)) == 1
    assert asked == ["Password of demo: "] * 2


def test_test_keeps_nothing(ask: Ask, demo: DemoSite) -> None:
    assert ask("servers", "test", demo.rest_url, *SIGN_IN)[0] == 0
    assert listed(ask) == []


def test_a_wrong_password_keeps_nothing(ask: Ask, demo: DemoSite) -> None:
    code, answer = ask("servers", "add", demo.rest_url, *SIGN_IN, typed="wrong")
    assert (code, answer["error"]["kind"]) == (3, "sign_in")
    assert listed(ask) == []


def test_a_certificate_is_shown_then_pinned_and_then_known_to_all_commands(
    ask: Ask, secure: DemoSite, tmp_path: Path
) -> None:
    code, answer = ask("servers", "add", secure.rest_url, *SIGN_IN)
    assert code == 5
    shown = answer["error"]["certificate"]
    assert shown["fingerprint"] == fingerprint(tmp_path)
    assert shown["subject"].startswith("CN=localhost")
    pin = ["--pin", shown["fingerprint"].replace(":", "").lower()]
    code, answer = ask("servers", "add", secure.rest_url, *SIGN_IN, *pin)
    assert code == 0
    assert answer["security"] == "pinned"
    assert {finding["outcome"] for finding in answer["findings"]} == {"good"}
    assert listed(ask)[0]["pins"] == [shown["fingerprint"]]
    code, answer = ask("cameras", "--server", secure.rest_url, *SIGN_IN)
    assert code == 0
    assert answer["cameras"]
    code, answer = ask("cameras", "--server", secure.rest_url, *SIGN_IN, "--pin", OTHER)
    assert code == 5
    assert answer["error"]["pinned"] == [OTHER]


def test_remove_and_forget(ask: Ask, demo: DemoSite) -> None:
    assert ask("servers", "forget", demo.rest_url)[0] == 4
    ask("servers", "add", demo.rest_url, *SIGN_IN)
    assert ask("servers", "forget", demo.rest_url) == (0, {"forgotten": 1})
    assert ask("servers", "remove", demo.rest_url) == (0, {"removed": 1})
    assert listed(ask) == []
    assert ask("servers", "remove", demo.rest_url)[0] == 4


def test_a_keyring_that_is_not_there_is_no_failure(ask: Ask, demo: DemoSite) -> None:
    code, answer = ask("servers", "add", demo.rest_url, *SIGN_IN, "--remember")
    assert (code, answer["remembered"]) == (0, False)


@pytest.mark.parametrize("argv", [["add"], ["list", "x"], ["dance", "x"], ["add", "gate"]])
def test_words_that_make_no_sense(ask: Ask, argv: list[str]) -> None:
    code, answer = ask("servers", *argv)
    assert (code, answer["error"]["kind"]) == (2, "usage")


def test_a_list_travels_without_secrets_and_without_wider_trust(
    ask: Ask, demo: DemoSite, tmp_path: Path
) -> None:
    ask("servers", "add", demo.rest_url, *SIGN_IN, "--trusted-host", "files.example")
    path = tmp_path / "list.json"
    assert ask("servers", "export", str(path))[1]["servers"] == 1
    document = json.loads(path.read_text(encoding="utf-8"))
    document["servers"].append(
        {"address": "https://gate", "verify_tls": False, "allow_basic": True, "pins": [OTHER]}
    )
    document["servers"][0] |= {"token": "leaves no trace", "stream_host": "elsewhere.example"}
    path.write_text(json.dumps(document), encoding="utf-8")
    ask("servers", "remove", demo.rest_url)
    assert ask("servers", "import", str(path)) == (0, {"added": 2, "known": 0})
    assert ask("servers", "import", str(path)) == (0, {"added": 0, "known": 2})
    first, second = listed(ask)
    assert (first["trusted_hosts"], first["stream_host"]) == ([], "")
    assert "token" not in first
    assert (second["verify_tls"], second["allow_basic"], second["pins"]) == (True, False, [OTHER])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe with a name")
def test_a_list_takes_the_place_of_no_device(ask: Ask, tmp_path: Path) -> None:
    pipe = tmp_path / "stdout"
    os.mkfifo(pipe)
    code, answer = ask("servers", "export", str(pipe))
    assert (code, answer["error"]["kind"]) == (2, "usage")
    assert pipe.is_fifo()
    assert ask("servers", "export", str(tmp_path / ("n" * 300)))[0] == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "rta-viewer servers", "servers": [{"address": "ftp://x"}]}',
        '{"format": "rta-viewer servers", "servers": [1]}',
    ],
)
def test_other_files_are_not_lists(ask: Ask, tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    assert ask("servers", "import", str(path))[0] == 2
    assert listed(ask) == []


def test_the_administrators_servers_and_rules_hold(
    ask: Ask, demo: DemoSite, tmp_path: Path
) -> None:
    site = {
        "servers": [{"address": demo.rest_url, "stream_host": "127.0.0.1"}],
        "policy": {"only_these_servers": True, "forbid_saved_passwords": True},
    }
    (tmp_path / "site.json").write_text(json.dumps(site), encoding="utf-8")
    (entry,) = listed(ask)
    assert (entry["address"], entry["from_site"]) == (demo.rest_url, True)
    assert ask("cameras", "--server", demo.rest_url, *SIGN_IN)[0] == 0
    write_list(tmp_path / "list.json", [ServerEntry("https://elsewhere")])
    for argv in (
        ["servers", "add", "https://elsewhere", *SIGN_IN],
        ["servers", "import", str(tmp_path / "list.json")],
        ["servers", "add", demo.rest_url, *SIGN_IN, "--remember"],
        ["cameras", "--server", "https://elsewhere", *SIGN_IN],
    ):
        code, answer = ask(*argv)
        assert code == 2
        assert "administrator" in answer["error"]["message"]


def test_a_damaged_file_of_the_administrator_stops_everything(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "site.json").write_text('{"policy": {"only_these_servers": 1}}', encoding="utf-8")
    code, answer = ask("cameras", "--server", "https://gate", *SIGN_IN)
    assert (code, answer["error"]["kind"]) == (5, "storage")


class Ring:
    """A keyring that works."""

    kept: dict[tuple[str, str], str]

    def load(self, server: str, username: str) -> Secret | None:
        value = self.kept.get((server, username))
        return Secret(value) if value else None

    def save(self, server: str, username: str, password: Secret) -> None:
        self.kept[server, username] = password.reveal()

    def forget(self, server: str, username: str) -> None:
        self.kept.pop((server, username), None)

    def close(self) -> None:
        return


def test_a_kept_password_is_used_and_forgotten(
    ask: Ask, demo: DemoSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ring.kept = {}
    for module in (servers, sys.modules["rta_viewer.cli.known"]):
        monkeypatch.setattr(module, "KeyringCredentials", Ring)
    ask("servers", "add", demo.rest_url, *SIGN_IN, "--remember")
    assert Ring.kept == {(demo.rest_url, "demo"): "demo"}
    without = ["cameras", "--server", demo.rest_url, "--user", "demo"]
    assert ask(*without)[0] == 0
    assert ask("servers", "test", demo.rest_url)[0] == 0
    ask("servers", "forget", demo.rest_url)
    assert Ring.kept == {}
    assert ask(*without)[0] == 2


def test_plain_http_is_said_once_for_a_known_server(
    recorder: ShelfRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(site_module, "site_files", lambda: ())
    recorder.info_ = replace(recorder.info_, security=ConnectionSecurity.PLAIN)
    address = recorder.info_.address
    paths = Paths(tmp_path / "p")
    paths.create()
    asked = ["--profile", str(tmp_path / "p"), "cameras", "--server", address, "--user", "anna"]
    for known, said in ((False, True), (False, True), (True, True), (True, False)):
        store = SettingsStore(paths.settings_file)
        if known and not store.load().settings.servers:
            store.save(Settings((ServerEntry(address, "anna"),)))
        monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
        assert run([*asked, "--password-stdin"]) == 0
        assert ("without TLS" in capsys.readouterr().err) == said


def test_people_see_each_step(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = RestOptions(rate_limits=NO_LIMITS, lacking=frozenset({"events"}))
    monkeypatch.setattr(site_module, "site_files", lambda: ())
    with running_site(tmp_path, options=options) as site:
        monkeypatch.setattr(sys, "stdin", io.StringIO("demo\n"))
        code = run(["--profile", str(tmp_path / "p"), "servers", "add", site.rest_url, *SIGN_IN])
    assert code == 0
    written = capsys.readouterr()
    assert "does not offer: events" in written.err
    assert f"Added {site.rest_url}." in written.out
