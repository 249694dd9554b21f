"""Finding cameras by words in any order, however they are accented. No Qt."""

import re
import unicodedata

from rta_viewer.core.model import Camera

_DIGITS = re.compile(r"\d+")
# Arabic letters that are written in several ways but looked for as one.
_SAME_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
)  # noqa: RUF001


def fold(text: str) -> str:
    """Lower case, without accents and vowel marks, ligatures taken apart."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char) and char != "\u0640")
    return bare.translate(_SAME_LETTERS).replace("ø", "o").replace("æ", "ae").replace("ß", "ss")


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
