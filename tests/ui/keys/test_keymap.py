import pytest

from rta_viewer.ui.keys.keymap import KeyMap, native, normal, why_not
from rta_viewer.ui.keys.tips import with_key

DEFAULTS = {"play": ("Space", "K"), "snapshot": ("Ctrl+S",), "enlarge": ()}


def test_the_operator_s_keys_go_before_the_program_s() -> None:
    keys = KeyMap(DEFAULTS, {"enlarge": ["K"], "gone": ["X"]})
    assert keys.keys("enlarge") == ("K",)
    assert keys.keys("play") == ("Space",)
    assert keys.owner("k") == "enlarge"
    assert keys.owner("X") == ""


def test_a_key_that_is_given_is_taken_from_the_other() -> None:
    keys = KeyMap(DEFAULTS).with_keys("enlarge", ["ctrl+s", "E"])
    assert keys.keys("enlarge") == ("Ctrl+S", "E")
    assert keys.keys("snapshot") == ()
    assert keys.own == {"enlarge": ("Ctrl+S", "E"), "snapshot": ()}
    assert KeyMap(DEFAULTS, keys.own).own == keys.own
    back = keys.with_default("snapshot")
    assert (back.keys("snapshot"), back.keys("enlarge")) == (("Ctrl+S",), ("E",))
    assert keys.with_defaults().own == {}


@pytest.mark.parametrize("nonsense", ["", "Ctrl+S, Ctrl+T", "Hello", "Ctrl+"])
def test_what_is_no_key_is_ignored(nonsense: str) -> None:
    assert normal(nonsense) == ""
    assert why_not(nonsense) != ""
    assert KeyMap(DEFAULTS, {"play": [nonsense]}).keys("play") == ()


def test_keys_that_move_about_stay_what_they_are() -> None:
    assert "needed to move about" in why_not("Return")
    assert "needed to move about" in why_not("Shift+Tab")
    assert why_not("Ctrl+Return") == ""
    assert why_not("P") == ""


def test_a_tooltip_with_another_key() -> None:
    assert with_key("Mark in (I)", ("X",)) == f"Mark in ({native('X')})"
    assert with_key("Mark in (I)", ()) == "Mark in"
    assert with_key("Date (Ctrl+G), for example\n10:15 (today)", ("F2",)) == (
        "Date (F2), for example\n10:15 (today)"
    )
    assert with_key("No key here", ("X",)) == "No key here"
