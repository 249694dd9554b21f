from rta_viewer.core.model import Camera
from rta_viewer.ui.camera_tree.search import fold, haystack, matches, natural_key, words


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
