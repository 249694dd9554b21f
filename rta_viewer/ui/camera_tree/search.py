"""Finding cameras by words in any order, however they are accented. No Qt."""

import re
import unicodedata
from collections.abc import Iterable

from rta_viewer.core.model import Camera

_DIGITS = re.compile(r"\d+")
# Letters that are looked for as one and that Unicode does not take apart by itself.
_SAME_LETTERS = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC TATWEEL}": "",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER AE}": "ae",
        # Digits of other scripts are looked for as those on the keyboard.
        **{
            chr(zero + value): str(value)
            for zero in (ord("\N{ARABIC-INDIC DIGIT ZERO}"), 0x06F0)
            for value in range(10)
        },
    }
)


def fold(text: str) -> str:
    """Lower case, without accents and vowel marks, ligatures taken apart."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return bare.translate(_SAME_LETTERS)


def haystack(camera: Camera, group_names: Iterable[str] = ()) -> str:
    """All that a camera can be found by, folded."""
    return fold("\n".join((camera.name, *other_fields(camera, group_names))))


def other_fields(camera: Camera, group_names: Iterable[str] = ()) -> tuple[str, ...]:
    """What a camera can be found by beside its name, best known first."""
    return (
        camera.short_name,
        camera.location,
        *group_names,
        camera.recording_server,
        camera.camera_id,
    )


def words(query: str) -> tuple[str, ...]:
    """The folded words of what was typed."""
    return tuple(fold(query).split())


def matches(folded: str, wanted: tuple[str, ...]) -> bool:
    """True when every word occurs somewhere."""
    return all(word in folded for word in wanted)


def narrows(wanted: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """True when ``wanted`` can only be found among what ``before`` found."""
    return bool(before) and all(any(old in new for new in wanted) for old in before)


def marks(text: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where words were found in a text as it is shown: sorted ``(start, length)``, none in another."""
    folded, places = _folded_with_places(text)
    marked: set[int] = set()
    for word in wanted:
        at = folded.find(word)
        while word and at >= 0:
            marked.update(range(places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return _runs(sorted(marked))


def why(others: Iterable[str], name: str, wanted: tuple[str, ...]) -> str:
    """The field that explains a find where the name alone does not; empty where it does."""
    folded_name = fold(name)
    missing = [word for word in wanted if word not in folded_name]
    if not missing:
        return ""
    return next((text for text in others if any(word in fold(text) for word in missing)), "")


def natural_key(name: str) -> str:
    """Sorts "Camera 2" before "Camera 10"."""
    return _DIGITS.sub(lambda number: number.group().zfill(12), fold(name))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place of the one that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = fold(char)
        letters.append(folded)
        places.extend([place] * len(folded))
    return "".join(letters), places


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
