import unicodedata
from datetime import UTC, timedelta, timezone
from pathlib import Path, PureWindowsPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rta_viewer.core.filenames import (
    MAX_NAME_CHARS,
    clean_name,
    default_name,
    may_be_made_of,
    name_from_path,
    note_path,
    part_path,
    unique_name,
    volume_name,
)
from rta_viewer.core.spans import Span
from rta_viewer.errors import UsageError

NOON_MS = 1_761_300_000_000  # 2025-10-24T10:00:00Z


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\autoexec.bat", "autoexec.bat"),
        ("C:\\Windows\\x.mp4", "x.mp4"),
        ("recording 10:00:00.mp4", "recording 10-00-00.mp4"),
        ("CON.mp4", "_CON.mp4"),
        ("aux", "_aux"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("trailing. . ", "trailing"),
        ("a\x00b\x1f\n.mp4", "ab .mp4"),
        ("harmless\u202e4pm.exe", "harmless4pm.exe"),
        ("zero\u200bwidth.mp4", "zerowidth.mp4"),
        ("...", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_names_of_servers_are_cleaned(hostile: str, clean: str) -> None:
    assert name_from_path(hostile) == clean


def test_a_name_without_anything_left_gets_one() -> None:
    assert clean_name("\u202e...") == "recording"
    assert clean_name("???", fallback="camera") == "camera"


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("x" * 300 + ".mp4")
    assert len(name) == MAX_NAME_CHARS
    assert name.endswith("x.mp4")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_windows_takes(text: str) -> None:
    name = clean_name(text)
    assert name
    assert len(name) <= MAX_NAME_CHARS
    assert len(name.encode("utf-8")) <= 240
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(char)[0] == "C" for char in name)
    assert name == name.strip(" .")
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert clean_name(name) == name


def test_the_default_name_says_camera_time_and_offset() -> None:
    span = Span(NOON_MS, NOON_MS + 15 * 60_000)
    name = default_name("Gate 1", span, ZoneInfo("Europe/Berlin"), "mp4")
    assert name == "Gate 1 2025-10-24 12-00-00+0200 to 12-15-00+0200.mp4"


def test_the_repeated_hour_is_told_apart() -> None:
    zone = ZoneInfo("Europe/Berlin")
    first_ms = 1_761_438_600_000  # 2025-10-26T00:30:00Z, 02:30 summer time
    names = {
        default_name("Gate", Span(start, start + 1000), zone, "mp4")
        for start in (first_ms, first_ms + 3_600_000)
    }
    assert len(names) == 2
    assert {"02-30-00+0200" in name for name in names} == {True, False}


def test_an_end_on_another_day_has_its_date() -> None:
    name = default_name("Gate", Span(NOON_MS, NOON_MS + 86_400_000), UTC, "mkv")
    assert name == "Gate 2025-10-24 10-00-00+0000 to 2025-10-25 10-00-00+0000.mkv"


def test_hostile_camera_names_stay_in_the_folder() -> None:
    zone = timezone(-timedelta(hours=3, minutes=30))
    name = default_name("../..\\NUL:" + "y" * 300, Span(NOON_MS, NOON_MS + 1), zone, "mp4")
    assert "/" not in name
    assert "\\" not in name
    assert name.endswith("-0330.mp4")


@pytest.mark.parametrize(
    "camera", ["Corridor west, building seven, " * 3, "監視カメラ" * 20, "😀" * 60]
)
def test_the_camera_gives_way_so_that_times_stay_whole(camera: str) -> None:
    span = Span(NOON_MS, NOON_MS + 86_400_000)
    times = ("2025-10-24 10-00-00+0000", "2025-10-25 10-00-00+0000")
    template = "{camera} {operator} {duration} {start} to {end} evidence {camera}"
    name = default_name(camera, span, UTC, "mp4", template, operator="anna " * 20)
    assert all(each in name for each in times)
    assert " 24h00m00s " in name
    assert name.endswith(f"{camera[0]}.mp4") or f" evidence {camera[:2]}" in name
    assert len(name) <= MAX_NAME_CHARS
    assert clean_name(name) == name


def test_a_number_and_a_volume_cost_no_digit() -> None:
    span = Span(NOON_MS, NOON_MS + 86_400_000)
    name = default_name("x" * 300, span, UTC, "mp4")
    assert "to 2025-10-25 10-00-00+0000 (2).mp4" in unique_name(name, {name}.__contains__)
    assert "to 2025-10-25 10-00-00+0000 (volume 12).mp4" in volume_name(name, 12)


def test_a_template_that_leaves_no_room_is_refused() -> None:
    span = Span(NOON_MS, NOON_MS + 1000)
    with pytest.raises(UsageError, match="longer than 120 characters"):
        default_name("Gate", span, UTC, "mp4", "y" * 90 + " {start} {end}")


def test_templates_fill_known_fields_only() -> None:
    span = Span(NOON_MS, NOON_MS + 3_725_000)
    assert default_name("G", span, UTC, "mp4", "{camera}_{duration}") == "G_1h02m05s.mp4"
    for template in ("{camera.__class__}", "{0}", "{}"):
        with pytest.raises(UsageError, match="unknown field"):
            default_name("G", span, UTC, "mp4", template)


def test_a_camera_name_is_not_a_template() -> None:
    assert default_name("{end}", Span(0, 1), UTC, "mp4", "{camera}") == "{end}.mp4"


def test_a_taken_name_gets_a_number() -> None:
    taken = {"a.mp4", "a (2).mp4"}
    assert unique_name("a.mp4", taken.__contains__) == "a (3).mp4"
    assert unique_name("b.mp4", taken.__contains__) == "b.mp4"
    long = "x" * (MAX_NAME_CHARS - 4) + ".mp4"
    other = unique_name(long, {long}.__contains__)
    assert len(other) == MAX_NAME_CHARS
    assert other.endswith(" (2).mp4")


@pytest.mark.parametrize("letter", ["x", "م", "監", "😀"])
def test_whatever_is_made_of_a_name_fits_into_what_drives_take(letter: str) -> None:
    """255 bytes on ext4, 255 units of UTF-16 on NTFS; the stem is cut between two characters."""
    name = clean_name(letter * 300 + ".mp4")
    other = unique_name(name, {name}.__contains__)
    third = unique_name(other, {other}.__contains__)
    volume = volume_name(other, 12)
    assert other.endswith(f"{letter} (2).mp4")
    assert third not in {name, other}
    assert volume.endswith(" (volume 12).mp4")
    for each in (other, third, volume):
        assert clean_name(each) == each
        part = Path(f"{each}.part")
        assert len(note_path(part).name.encode()) <= 255


@pytest.mark.parametrize("letter", ["x", "監"])
def test_volumes_of_numbered_names_are_told_apart(letter: str) -> None:
    """Their base is numbered until the names of all are free: that must come to an end."""
    name = clean_name(letter * 300 + ".mp4")
    taken = {volume_name(name, 1)}
    other = unique_name(name, lambda base: volume_name(base, 1) in taken)
    assert volume_name(other, 1).endswith(f"{letter} (2) (volume 1).mp4")


@pytest.mark.parametrize("name", ["a.mp4", "a (2).mp4", "x" * 116 + ".mp4", "case", "a . b"])
def test_a_name_tells_what_it_was_made_of(name: str) -> None:
    taken = {name, unique_name(name, {name}.__contains__)}
    assert all(
        may_be_made_of(each, name) for each in (*taken, unique_name(name, taken.__contains__))
    )
    assert not any(may_be_made_of(each, name) for each in ("b.mp4", "a.mkv", "b (2).mp4", "c"))


def test_what_follows_a_dot_is_only_an_extension_when_it_is_short() -> None:
    name = "Gate 1.5 2025-10-24"
    assert unique_name(name, {name}.__contains__) == "Gate 1.5 2025-10-24 (2)"


def test_parts_of_different_jobs_never_meet() -> None:
    first, second = (part_path(Path("f"), "a.mp4", key) for key in ("1" * 32, "2" * 32))
    assert first != second
    assert first.parent == Path("f")
    assert note_path(first).name == f"{first.name}.json"
