"""Times typed in Arabic, turned into the English words that :mod:`rta_viewer.core.moment` reads.

``أمس 14:05``, ``قبل 10 دقائق``, ``24 أكتوبر 2025 3:00 مساءً``: understood whatever language the window speaks.
The months have the names of the Nile, of the Levant and of the Maghreb. Spellings with and without hamza
and with vowel signs are the same word.
"""

import re

_UNITS = {
    "ms": "مللي ثانية|ملي ثانية|مللي|ملي",
    "s": "ثانية|ثوان|ثواني|ث",
    "min": "دقيقة|دقائق|دقايق|د",
    "h": "ساعة|ساعات|س",
    "d": "يوم|أيام|يوما",
    "w": "أسبوع|أسابيع|أسبوعا",
}
_PAIRS = {
    "2 s": "ثانيتين|ثانيتان",
    "2 min": "دقيقتين|دقيقتان",
    "2 h": "ساعتين|ساعتان",
    "2 d": "يومين|يومان",
    "2 w": "أسبوعين|أسبوعان",
}
_WORDS = {
    "now": "الآن",
    "today": "اليوم",
    "yesterday": "أمس|البارحة|امبارح",
    "at": "الساعة|في",
    "am": "صباحا|ص",
    "pm": "مساء|م",
    "utc": "غرينتش|جرينتش|التوقيت العالمي",
    "monday": "الاثنين|الإثنين",
    "tuesday": "الثلاثاء",
    "wednesday": "الأربعاء",
    "thursday": "الخميس",
    "friday": "الجمعة",
    "saturday": "السبت",
    "sunday": "الأحد",
    "january": "يناير|كانون الثاني|جانفي",
    "february": "فبراير|شباط|فيفري",
    "march": "مارس|آذار",
    "april": "أبريل|إبريل|نيسان|أفريل",
    "may": "مايو|أيار|ماي",
    "june": "يونيو|يونيه|حزيران|جوان",
    "july": "يوليو|يوليه|تموز|جويلية|يوليوز",
    "august": "أغسطس|آب|أوت|غشت",
    "september": "سبتمبر|أيلول|شتنبر",
    "october": "أكتوبر|تشرين الأول",
    "november": "نوفمبر|تشرين الثاني|نونبر",
    "december": "ديسمبر|كانون الأول|دجنبر",
}
_LETTERS = str.maketrans("أإآٱىةئؤ،\N{ARABIC DECIMAL SEPARATOR}", "اااايهيو,.")
_VOWELS = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC TATWEEL}]")
_AGO = re.compile(r"^(?:قبل|منذ) (.+)$")
_JOINED = re.compile(r"(?<=[a-z]) (?:و ?)(?=\d)")


def to_english(text: str) -> str:
    """The same with its Arabic words put into English; other texts come back as they are.

    Args:
        text: Lower case, with ASCII digits and one space between words.
    """
    if not any("\N{ARABIC COMMA}" <= char <= "\N{ARABIC LETTER FARSI YEH}" for char in text):
        return text
    said = _WORD.sub(lambda found: _ENGLISH[found[0]], _bare(text))
    said = _UNIT.sub(_unit, said)
    said = _JOINED.sub(" ", said)
    return _AGO.sub(r"\1 ago", said)


def _bare(text: str) -> str:
    return _VOWELS.sub("", text.translate(_LETTERS))


def _table(words: dict[str, str]) -> dict[str, str]:
    return {_bare(word): english for english, line in words.items() for word in line.split("|")}


def _pattern(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    letter = "[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]"
    return re.compile(f"(?<!{letter})(?:{'|'.join(map(re.escape, longest_first))})(?!{letter})")


def _unit(found: re.Match[str]) -> str:
    english = _OF_UNIT[found[0]]
    # "an hour" is a word alone: قبل ساعة.
    counted = found.string[: found.start()].rstrip(" ")[-1:].isdigit()
    return english if counted or english[0].isdigit() else f"1 {english}"


_ENGLISH = _table(_WORDS)
_OF_UNIT = _table(_UNITS | _PAIRS)
_WORD = _pattern(_ENGLISH)
_UNIT = _pattern(_OF_UNIT)
