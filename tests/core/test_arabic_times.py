from zoneinfo import ZoneInfo

import pytest

from rta_viewer.core.arabic_times import to_english
from rta_viewer.core.moment import Surroundings, parse_moment
from rta_viewer.core.time_range import split_range

_AROUND = Surroundings(
    ZoneInfo("Africa/Cairo"), now_ms=1_761_310_800_000, here_ms=1_761_307_200_000
)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("الآن", "now"),
        ("أمس 14:05", "yesterday 14:05"),
        ("امس الساعة 14:05", "yesterday at 14:05"),
        ("قبل 10 دقائق", "10 min ago"),
        ("منذ ساعتين", "2 hours ago"),
        ("قبل ساعة", "1 hour ago"),
        ("قبل ساعة و 5 دقائق", "1h 5m ago"),
        ("+30 ثانية", "+30 s"),
        ("24 أكتوبر 2025 3:00 مساءً", "24 october 2025 3:00 pm"),
        ("24 تشرين الأول 2025 10:00", "24 oct 2025 10:00"),
        ("الخميس، 08:30", "thursday 08:30"),
        ("24/10/2025 10:00", "24/10/2025 10:00"),
        ("\u202d2025-10-24 12:00:00\u202c", "2025-10-24 12:00:00"),
    ],
)
@pytest.mark.parametrize("zero", ["0", "\N{ARABIC-INDIC DIGIT ZERO}"])
def test_arabic_means_the_same_as_english(arabic: str, english: str, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(char)) if char.isdecimal() else char for char in arabic)
    assert parse_moment(typed, _AROUND).instant_ms == parse_moment(english, _AROUND).instant_ms


def test_words_of_others_are_left_alone() -> None:
    assert to_english("24 okt 2025") == "24 okt 2025"
    assert to_english("غدا").isascii() is False


def test_a_range_in_arabic() -> None:
    assert split_range("10:00 إلى 10:15") == ("10:00", "10:15")
