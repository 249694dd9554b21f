import pytest

from rta_viewer.demo.rest import parameters
from rta_viewer.demo.rest.messages import ApiError


def test_missing_parameters_take_their_default() -> None:
    assert parameters.integer({}, "limit", 100, 1, 1000) == 100
    assert parameters.boolean({}, "enabled") is None
    assert parameters.text_member({}, "quality") == ""
    assert parameters.member({"a": None}, "a", bool, True) is True


@pytest.mark.parametrize("text", ["", "-1", "1.5", "0x10", "1001", "9999999999999", "\u0661"])
def test_numbers_are_plain_and_within_bounds(text: str) -> None:
    with pytest.raises(ApiError, match="limit"):
        parameters.integer({"limit": text}, "limit", 100, 1, 1000)


def test_numbers_at_their_bounds() -> None:
    assert parameters.integer({"limit": "1"}, "limit", 100, 1, 1000) == 1
    assert parameters.integer({"limit": "1000"}, "limit", 100, 1, 1000) == 1000


def test_truth_is_true_or_false() -> None:
    assert parameters.boolean({"enabled": "TRUE"}, "enabled") is True
    assert parameters.boolean({"enabled": "0"}, "enabled") is False
    with pytest.raises(ApiError, match="enabled"):
        parameters.boolean({"enabled": "yes"}, "enabled")


def test_choices_name_what_is_possible() -> None:
    assert parameters.choice("MP4", "format", ("mp4", "mkv")) == "mp4"
    with pytest.raises(ApiError, match="mp4, mkv"):
        parameters.choice("exe", "format", ("mp4", "mkv"))


@pytest.mark.parametrize("value", [1, True, [], {}])
def test_members_of_another_type_are_refused(value: object) -> None:
    with pytest.raises(ApiError, match="format"):
        parameters.text_member({"format": value}, "format")


def test_long_texts_are_refused() -> None:
    with pytest.raises(ApiError, match="too long"):
        parameters.text_member({"text": "x" * 501}, "text")


def test_required_parameters_are_named_when_missing() -> None:
    assert parameters.required({"a": "1"}, "a") == "1"
    with pytest.raises(ApiError, match="startTime"):
        parameters.required({"startTime": ""}, "startTime")
