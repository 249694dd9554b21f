"""What the operator chooses about saved files, whatever is saved; kept for the next time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from rta_viewer.core.filenames import DEFAULT_TEMPLATE
from rta_viewer.core.jobs import JobKind
from rta_viewer.core.save_medium import Medium

CONTAINERS = ("mp4", "mkv", "avi")
QUALITIES = ("", "high", "medium", "low")
DEFAULT_WATERMARK = "RTA CCTV - Exported {timestamp}"
MOST_WATERMARK_CHARS = 200
"""So many a server burns in."""
MOST_WATERMARK_TEMPLATE_CHARS = 400
"""Before it is filled: a placeholder may be longer than what it stands for."""

WATERMARK_FIELDS = ("timestamp", "camera", "operator")
_MOST_TEMPLATE_CHARS = 120
_FIELD = re.compile(r"{([^{}]*)}")


class GapPolicy(StrEnum):
    """What becomes of stretches without footage."""

    TOGETHER = "together"
    """One file from start to end; the time jumps where nothing was recorded."""
    APART = "apart"
    """A file for each unbroken stretch."""


@dataclass(frozen=True, slots=True)
class SaveChoices:
    """Everything but cameras, range and folder.

    Attributes:
        name_template: See :func:`rta_viewer.core.filenames.default_name`.
        container: One of :data:`CONTAINERS`.
        quality: One of :data:`QUALITIES`; empty is the original, untouched.
        watermark: Whether ``watermark_text`` is burned in.
        way: The operator's own choice; None decides by :mod:`rta_viewer.core.route`.
    """

    name_template: str = DEFAULT_TEMPLATE
    container: str = CONTAINERS[0]
    quality: str = ""
    include_audio: bool = True
    watermark: bool = False
    watermark_text: str = DEFAULT_WATERMARK
    gaps: GapPolicy = GapPolicy.TOGETHER
    medium: Medium = Medium.ANY
    way: JobKind | None = None

    def to_plain(self) -> dict[str, str | bool]:
        """For the settings file."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**plain, "way": self.way.value if self.way else ""}


def choices_from(plain: Mapping[str, object]) -> SaveChoices:
    """From the settings file; what makes no sense there becomes the default."""
    standard = SaveChoices()
    words = {name: value for name, value in plain.items() if isinstance(value, str)}
    flags = {name: value for name, value in plain.items() if isinstance(value, bool)}
    template = words.get("name_template", "")[:_MOST_TEMPLATE_CHARS]
    text = words.get("watermark_text", standard.watermark_text)
    ways = {kind.value: kind for kind in JobKind}
    return SaveChoices(
        name_template=template if template.strip() else standard.name_template,
        container=_one_of(words.get("container"), CONTAINERS),
        quality=_one_of(words.get("quality"), QUALITIES),
        include_audio=flags.get("include_audio", True),
        watermark=flags.get("watermark", False),
        watermark_text=text[:MOST_WATERMARK_TEMPLATE_CHARS],
        gaps=GapPolicy(_one_of(words.get("gaps"), tuple(GapPolicy))),
        medium=Medium(_one_of(words.get("medium"), tuple(Medium))),
        way=ways.get(words.get("way", "")),
    )


def _one_of(value: str | None, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else allowed[0]


def fill_watermark(text: str, camera_name: str, operator: str) -> str:
    """What is sent to the server: ``{timestamp}`` is the server's to fill, the rest only we know.

    A camera that is called ``{operator}`` is not a placeholder.
    """
    known = {"camera": camera_name, "operator": operator}
    return _FIELD.sub(lambda found: known.get(found[1], found[0]), text)


def unknown_fields(text: str) -> list[str]:
    """Placeholders of a watermark that nobody fills: they are burned in as they stand."""
    return [name for name in _FIELD.findall(text) if name not in WATERMARK_FIELDS]
