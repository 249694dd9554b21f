from rta_viewer.core.model import Camera
from rta_viewer.ui.camera_tree.search import (
    fold,
    haystack,
    marks,
    matches,
    narrows,
    natural_key,
    why,
    words,
)


def test_accents_case_and_arabic_spellings_do_not_matter() -> None:
    assert fold("Café Størm ÆRØ Straße") == "cafe storm aero strasse"
    assert fold("\u0623\u062d\u0645\u062f") == fold("\u0627\u062d\u0645\u062f")
    assert fold("\u0628\u0648\u0627\u0628\u0629") == fold("\u0628\u0648\u0627\u0628\u0647")
    assert fold("\u0645\u064f\u062d") == "\u0645\u062d"


def test_words_in_any_order_over_all_that_is_known() -> None:
    camera = Camera("0f3-guid", "Loading bay 2", short_name="LB2", location="Hall B")
    found = haystack(camera, ("Outside",))
    for query in ("bay loading", "lb2", "0F3", "hall out", "", "LOAD 2"):
        assert matches(found, words(query))
    assert not matches(found, words("bay 7"))


def test_numbers_sort_by_their_value() -> None:
    names = ["Camera 10", "Camera 2", "camera 1"]
    assert sorted(names, key=natural_key) == ["camera 1", "Camera 2", "Camera 10"]


def test_digits_of_other_scripts_and_persian_letters() -> None:
    assert fold("\u0661\u0662 \u06f3") == "12 3"
    assert fold("\u06cc\u06a9") == fold("\u064a\u0643")


def test_marks_stand_where_the_letters_are_on_the_screen() -> None:
    assert marks("Caf\u00e9 terrace", words("terr CAFE")) == [(0, 4), (5, 4)]
    assert marks("Gro\u00dfe Stra\u00dfe", words("ss")) == [(3, 1), (10, 1)]
    assert marks("Cafe\u0301 bar", words("cafe")) == [(0, 4)]
    assert marks("ab ab", words("ab b")) == [(0, 2), (3, 2)]
    assert marks("Gate", words("tower")) == []
    assert marks("Gate", ()) == []


def test_the_field_that_explains_a_find() -> None:
    assert why(("G1", "Hall B"), "Gate", words("gate hall")) == "Hall B"
    assert why(("G1", "Hall B"), "Gate", words("gat")) == ""


def test_longer_words_find_less() -> None:
    assert narrows(words("gate 12"), words("gat"))
    assert not narrows(words("gat"), words("gate"))
    assert not narrows(words("hall"), words("gate"))
    assert not narrows(words("hall"), ())
