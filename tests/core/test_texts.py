import json
from copy import deepcopy
from pathlib import PurePosixPath

import pytest

from rta_viewer.core import texts
from rta_viewer.core.texts import (
    alone,
    digits,
    english,
    joined,
    kept,
    left_to_right,
    line,
    mark,
    plain,
    recalled,
    tr,
    trn,
    verbatim,
)


class Arabic:
    """Two words of it."""

    right_to_left = True
    zero = "\N{ARABIC-INDIC DIGIT ZERO}"

    def say(self, text: str, meaning: str, count: int) -> str:
        if text == "{n} cameras":
            return "two" if count == 2 else "{n} of them"
        return {
            ("Saved as {path}.", ""): "<{path}>",
            ("Open", "state"): "is open",
            ("{done} of {all}", ""): "{all} / {done}",
        }.get((text, meaning), "")


@pytest.fixture
def arabic():
    texts.use(Arabic())
    yield
    texts.use(None)


def test_english_stands_where_it_is_written() -> None:
    assert tr("Saved as {path}.", path="a{b}.mp4") == "Saved as a{b}.mp4."
    assert tr("{timestamp} stays as it is") == "{timestamp} stays as it is"
    assert tr("{rate:.1f} MB", rate=2.25) == "2.2 MB"
    assert mark("Open", "state") == "Open"


@pytest.mark.parametrize(("count", "said"), [(0, "0 cameras"), (1, "1 camera"), (2, "2 cameras")])
def test_english_has_two_forms(count: int, said: str) -> None:
    assert trn("{n} camera", "{n} cameras", count) == said


@pytest.mark.usefixtures("arabic")
def test_another_language_takes_over() -> None:
    assert tr("Saved as {path}.", path="x") == "\u200f<\u2068x\u2069>"
    assert tr("Open", "state") == "is open"
    assert tr("Open") == "Open"
    assert trn("{n} camera", "{n} cameras", 2) == "\u200ftwo"


@pytest.mark.usefixtures("arabic")
def test_numbers_get_the_digits_of_the_language() -> None:
    assert plain(tr("{done} of {all}", done=12, all=30)) == "30 / 12"
    assert "\u0661\u0662" in tr("{done} of {all}", done=12, all=30)
    assert digits("10:05") == "\u0661\u0660:\u0660\u0665"
    assert plain(left_to_right("2025-10-24 12:00:00")) == "2025-10-24 12:00:00"


@pytest.mark.usefixtures("arabic")
def test_a_path_keeps_its_digits_and_runs_from_the_left() -> None:
    assert verbatim("/clips/2025") == "\u2066/clips/2025\u2069"
    assert plain(verbatim("/clips/2025")) == "/clips/2025"
    assert verbatim("") == ""
    assert tr("Saved as {path}.", path=PurePosixPath("/a")) == "\u200f<\u2066/a\u2069>"


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize("template", ["{day} {year}", "TLS: {day}, {year}"])
def test_a_sentence_without_a_word_of_its_own_runs_from_the_right_all_the_same(
    template: str,
) -> None:
    assert tr(template, day="x", year="y").startswith("\u200f")
    assert not tr("\u0643 {day}", day="x").startswith("\u200f")


@pytest.mark.usefixtures("arabic")
def test_a_line_of_its_own_begins_at_the_right() -> None:
    assert line("Door") == "\u200fDoor"
    assert (plain(line("Door")), english(line("Door")), line("")) == ("Door", "Door", "")


@pytest.mark.usefixtures("arabic")
def test_a_name_on_its_own_keeps_its_side_also_where_it_is_cut() -> None:
    assert alone("Gate (north)") == "\u2068Gate (north)\u2069"
    assert english(alone("Gate")) == "Gate"
    assert alone("") == ""


def test_a_value_is_never_read_as_a_template() -> None:
    assert tr("Name: {name}", name="{name.__class__}") == "Name: {name.__class__}"


def test_places_have_no_attributes() -> None:
    with pytest.raises(KeyError):
        tr("{name.upper}", name="x")


@pytest.mark.usefixtures("arabic")
def test_what_was_said_remembers_its_english() -> None:
    inner = tr("{done} of {all}", done=3, all=left_to_right("07"))
    said = tr("Saved as {path}.", path=inner)
    assert said != "Saved as 3 of 07."
    assert english(said) == "Saved as 3 of 07."
    assert english(trn("{n} camera", "{n} cameras", 1)) == "1 camera"
    assert english(verbatim("/x")) == "/x"
    assert english("as it is") == "as it is"
    assert json.loads(json.dumps({said: 1})) == {str(said): 1}


def test_in_english_nothing_is_remembered() -> None:
    assert type(tr("Saved as {path}.", path="x")) is str


@pytest.mark.usefixtures("arabic")
def test_sentences_after_one_another_and_in_a_list_keep_their_english() -> None:
    both = joined([tr("Saved as {path}.", path="x"), "As it is."])
    assert english(both) == "Saved as x. As it is."
    again = recalled(kept(both))
    assert (again, english(again)) == (both, english(both))
    assert joined(["A.", "B."]) == recalled(kept("A. B.")) == "A. B."


@pytest.mark.usefixtures("arabic")
def test_what_was_said_can_be_copied() -> None:
    said = tr("Saved as {path}.", path="x")
    copied = deepcopy([said])[0]
    assert (copied, english(copied)) == (said, "Saved as x.")
