"""Signing in once, with the real Secret Service: the next command needs no password; forgetting ends that."""

import json
import secrets
import sys
import time
from pathlib import Path

import pytest

from rta_viewer.core.secret import Secret
from tests.helpers.private_session import UNLOCKED, last_line
from tests.helpers.secret_search import forms
from tests.helpers.site import running_site
from tests.helpers.worlds import small_world

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has a Secret Service"),
]


def test_remembered_used_and_forgotten(tmp_path: Path) -> None:
    password = f"K7/+?&= {secrets.token_hex(12)}>~"
    home = tmp_path / "home"
    world = small_world(tmp_path, now_ms=int(time.time() * 1000))
    with running_site(tmp_path / "server", world=world) as site:
        site.world.set_password(Secret(password))
        program = ["tests.e2e.remembered", str(home / "profile"), site.rest_url]
        codes = json.loads(last_line(home, UNLOCKED, password, *program))
    # Added and kept; used; forgotten: asked for, and nobody answers. The same with taking it off the list.
    assert codes == [0, 0, 0, 2, 0, 0, 2]
    written = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in written)
    assert any(path.suffix == ".log" for path in written)
    for path in written:
        assert not any(form in path.read_bytes() for form in forms(password)), path
