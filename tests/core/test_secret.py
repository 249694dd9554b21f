import copy
import json
import logging
import pickle

import pytest

from rta_viewer.core.secret import Secret


def test_shows_stars_everywhere() -> None:
    secret = Secret("hunter2")
    shown = f"{secret} {secret!r} {[secret]} {secret:}"
    assert "hunter2" not in shown
    assert "***" in shown
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s %r", (secret, secret), None)
    assert "hunter2" not in record.getMessage()


def test_reveals_only_when_asked() -> None:
    assert Secret("hunter2").reveal() == "hunter2"


def test_is_never_serialised() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("x"))
    with pytest.raises(TypeError):
        copy.copy(Secret("x"))
    with pytest.raises(TypeError):
        json.dumps({"password": Secret("x")})


def test_compares_by_value_and_has_no_hash() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert Secret("ä") == Secret("ä")
    with pytest.raises(TypeError):
        hash(Secret("a"))


def test_is_false_when_empty() -> None:
    assert not Secret("")
    assert Secret(" ")
