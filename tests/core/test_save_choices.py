import json

import pytest

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.save_choices import (
    GapPolicy,
    SaveChoices,
    choices_from,
    fill_watermark,
    unknown_fields,
)
from rta_viewer.core.save_medium import Medium


def test_what_was_chosen_comes_back_from_the_settings_file() -> None:
    chosen = SaveChoices(
        name_template="{camera} {date}",
        container="mkv",
        quality="medium",
        include_audio=False,
        watermark=True,
        watermark_text="{operator}",
        gaps=GapPolicy.APART,
        medium=Medium.DVD,
        way=JobKind.EXPORT,
    )
    assert choices_from(json.loads(json.dumps(chosen.to_plain()))) == chosen
    assert choices_from(json.loads(json.dumps(SaveChoices().to_plain()))) == SaveChoices()


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"container": "exe", "quality": "best", "gaps": "", "medium": "tape", "way": "pigeon"},
        {"name_template": "  ", "watermark": 1, "include_audio": "no", "container": None},
    ],
)
def test_nonsense_becomes_the_default(plain: dict[str, object]) -> None:
    assert choices_from(plain) == SaveChoices()


def test_long_texts_are_cut() -> None:
    found = choices_from({"watermark_text": "x" * 5000, "name_template": "y" * 5000})
    assert (len(found.watermark_text), len(found.name_template)) == (400, 120)


def test_a_filled_text_is_never_cut() -> None:
    assert fill_watermark("A" * 195 + "{timestamp}", "", "").endswith("A{timestamp}")


def test_the_server_fills_in_the_time_and_we_the_rest() -> None:
    filled = fill_watermark("{camera} {timestamp} by {operator} {x}", "{operator}", "anna")
    assert filled == "{operator} {timestamp} by anna {x}"
    assert unknown_fields("{camera} {timestamp} {operator} {x} {}") == ["x", ""]
