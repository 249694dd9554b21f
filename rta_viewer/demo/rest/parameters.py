"""Reading query parameters and JSON members, strictly."""

from collections.abc import Mapping

from rta_viewer.demo.rest.messages import invalid

_TRUE = {"true": True, "1": True, "false": False, "0": False}


def required(query: Mapping[str, str], name: str) -> str:
    """The parameter's text; 400 when it is missing."""
    value = query.get(name, "")
    if not value:
        raise invalid(f"The parameter {name} is missing.")
    return value


def integer(query: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole number within bounds, ``default`` when absent; 400 otherwise."""
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise invalid(f"{name} must be a whole number.")
    value = int(text)
    if not low <= value <= high:
        raise invalid(f"{name} must lie between {low} and {high}.")
    return value


def boolean(query: Mapping[str, str], name: str) -> bool | None:
    """True, False, or None when absent; 400 for anything else."""
    text = query.get(name)
    if text is None:
        return None
    value = _TRUE.get(text.lower())
    if value is None:
        raise invalid(f"{name} must be true or false.")
    return value


def choice(text: str, name: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words, lower case; 400 otherwise."""
    word = text.lower()
    if word not in allowed:
        raise invalid(f"{name} must be one of {', '.join(w for w in allowed if w)}.")
    return word


def member(
    document: Mapping[str, object], name: str, kind: type[object], default: object = None
) -> object:
    """A JSON member of a given type, ``default`` when absent or null; 400 for a wrong type."""
    value = document.get(name)
    if value is None:
        return default
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise invalid(f"{name} has the wrong type.")
    return value


def text_member(document: Mapping[str, object], name: str, *, limit: int = 500) -> str:
    """A text member, empty when absent; 400 for a wrong type or too long a text."""
    value = str(member(document, name, str, ""))
    if len(value) > limit:
        raise invalid(f"{name} is too long.")
    return value
