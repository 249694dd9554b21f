import getpass

import pytest

from rta_viewer.platform.user import user_name


def test_the_system_knows_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    assert user_name() == "anna"


def test_a_system_without_users_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert user_name() == "unknown"
