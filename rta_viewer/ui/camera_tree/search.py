"""Finding cameras by words in any order, however they are accented. No Qt."""

import re
import unicodedata

from rta_viewer.core.model import Camera

_DIGITS = re.compile(r"\d+")
# Letters that are looked for as one and that Unicode does not take apart by itself.
_SAME_LETTERS = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC TATWEEL}": "",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER AE}": "ae",
    }
)


def fold(text: str) -> str:
    """Lower case, without accents and vowel marks, ligatures taken apart."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return bare.translate(_SAME_LETTERS)


def haystack(camera: Camera, group_names: tuple[str, ...] = ()) -> str:
    """All that a camera can be found by, folded."""
    parts = (camera.name, camera.short_name, camera.camera_id, camera.location, *group_names)
    return fold("\n".join(parts))


def words(query: str) -> tuple[str, ...]:
    """The folded words of what was typed."""
    return tuple(fold(query).split())


def matches(folded: str, wanted: tuple[str, ...]) -> bool:
    """True when every word occurs somewhere."""
    return all(word in folded for word in wanted)


def natural_key(name: str) -> str:
    """Sorts "Camera 2" before "Camera 10"."""
    return _DIGITS.sub(lambda number: number.group().zfill(12), fold(name))
